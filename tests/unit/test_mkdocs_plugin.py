"""The rim towards mkdocs: placeholders go in, shells come out, and a broken document stops no build."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from invented import report
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from staging import ROOT, framed

from generator.build import Project, prepare
from generator.mkdocs_plugin import SessionalPlugin, _paths
from generator.render import BODY, HOME_MARK, PLACEHOLDER


@pytest.fixture
def config(monkeypatch, invented_vocabulary, tmp_path) -> MkDocsConfig:
    """The project's own configuration, with one report to read and its site elsewhere."""
    monkeypatch.setattr(Project, "vocabulary", lambda _self: invented_vocabulary)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.md").write_text(report(), encoding="utf-8")
    loaded = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    loaded.plugins["sessional"].config["sources"] = [str(tmp_path / "sources")]
    return loaded


@pytest.fixture
def plugin(config) -> SessionalPlugin:
    """The plugin as mkdocs made it."""
    return config.plugins["sessional"]


def mounted(config: MkDocsConfig, *more: File) -> dict[str, File]:
    """The files mkdocs goes on with, by name."""
    config.plugins.on_pre_build(config=config)
    return {file.src_uri: file for file in config.plugins.on_files(Files(list(more)), config=config)}


def rendered(plugin: SessionalPlugin, config, files: dict[str, File]) -> list[str]:
    """What is left for mkdocs to write, after the theme showed each placeholder."""
    theme = framed(f"<h1>{BODY}</h1>")
    return [
        plugin.on_post_page(theme, page=SimpleNamespace(file=file), config=config)
        for uri, file in files.items()
        if uri.endswith(".md")
    ]


def test_names_in_a_navigation_are_found_at_any_depth() -> None:
    nav = [{"Home": "index.md"}, {"About": [{"A": "about/index.md"}, "b.md", {"C": [{"D": "d.md"}]}]}]
    assert list(_paths(nav)) == ["index.md", "about/index.md", "b.md", "d.md"]
    assert list(_paths(None)) == []


def test_each_page_of_the_navigation_and_each_shape_has_a_placeholder(config) -> None:
    files = mounted(config)
    assert {"countries/index.md", "concerns/index.md", "search/index.md", "about/sources/index.md"} <= files.keys()
    assert {
        "countries/_/index.md",
        "countries/_/_/index.md",
        "countries/_/_/_/index.md",
        "themes/_/index.md",
    } <= files.keys()
    assert all(file.content_string == PLACEHOLDER for file in files.values())
    hidden = {uri for uri, file in files.items() if file.inclusion is InclusionLevel.NOT_IN_NAV}
    assert hidden == {uri for uri in files if "/_/" in uri}


def test_hand_written_pages_stay_and_unused_files_of_the_theme_go(config, tmp_path) -> None:
    unused = ("assets/javascripts/bundle.js", "assets/javascripts/workers/search.js", "assets/x.css.map")
    names = ("index.md", "assets/x.css", *unused)
    files = mounted(config, *(File(name, str(tmp_path), config.site_dir, False) for name in names))
    assert files["index.md"].src_dir == str(tmp_path)
    assert set(names) & files.keys() == {"index.md", "assets/x.css"}


def test_mkdocs_writes_nothing_for_a_placeholder(plugin, config) -> None:
    files = mounted(config)
    assert set(rendered(plugin, config, files)) == {""}
    other = SimpleNamespace(file=SimpleNamespace(src_uri="about/index.md"))
    assert "<p>a</p>" in plugin.on_post_page(framed("<p>a</p>"), page=other, config=config)


def test_a_theme_that_shows_no_body_stops_the_build(plugin, config) -> None:
    files = mounted(config)
    page = SimpleNamespace(file=files["countries/index.md"])
    with pytest.raises(PluginError, match=r"countries/index\.md: the theme shows the placeholder's body 0 times"):
        plugin.on_post_page(framed("<h1>another theme</h1>"), page=page, config=config)


def test_the_home_page_gets_its_living_part(plugin, config) -> None:
    files = mounted(config)
    home = SimpleNamespace(file=SimpleNamespace(src_uri="index.md"))
    assert plugin.on_post_page(framed(f"<p>a</p>{HOME_MARK}<p>b</p>"), page=home, config=config) == ""
    rendered(plugin, config, files)
    html = (end(plugin, config) / "index.html").read_text()
    assert html.index("<p>a</p>") < html.index("1 document on 1 examination of 1 State") < html.index("<p>b</p>")


def test_the_site_map_of_mkdocs_is_left_out(plugin, config) -> None:
    assert plugin.on_post_template("<xml>", template_name="sitemap.xml", config=config) == ""
    assert "<p>a</p>" in plugin.on_post_template(framed("<p>a</p>"), template_name="404.html", config=config)


def test_every_page_of_the_theme_has_a_policy(plugin, config) -> None:
    mounted(config)
    other = SimpleNamespace(file=SimpleNamespace(src_uri="about/index.md"))
    assert "Content-Security-Policy" in plugin.on_post_page(framed(""), page=other, config=config)
    assert "Content-Security-Policy" in plugin.on_post_template(framed(""), template_name="404.html", config=config)
    with pytest.raises(PluginError, match="no <meta charset> stands before"):
        plugin.on_post_page(framed("", charset=""), page=other, config=config)


def test_a_theme_that_was_changed_stops_the_build(plugin, config) -> None:
    mounted(config)
    other = SimpleNamespace(file=SimpleNamespace(src_uri="about/index.md"))
    with pytest.raises(PluginError, match="The theme cannot be used: it has the main part 0 times"):
        plugin.on_post_page(framed("").replace("md-main", "main"), page=other, config=config)


def test_the_server_of_mkdocs_may_add_its_own_script(plugin, config) -> None:
    plugin.on_startup(command="serve", dirty=False)
    mounted(config)
    other = SimpleNamespace(file=SimpleNamespace(src_uri="about/index.md"))
    assert "Content-Security-Policy" not in plugin.on_post_page(framed(""), page=other, config=config)


def finish(plugin: SessionalPlugin, config) -> Path:
    rendered(plugin, config, mounted(config))
    return end(plugin, config)


def end(plugin: SessionalPlugin, config) -> Path:
    """The site after mkdocs wrote the pages that are not ours."""
    site = Path(config.site_dir)
    for name in ("index.html", "about/index.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    plugin.on_post_build(config=config)
    return site


def test_the_site_is_written_when_mkdocs_is_done(plugin, config, capsys) -> None:
    site = finish(plugin, config)
    assert (site / "countries/xar/crc-102/index.html").is_file()
    said = capsys.readouterr().err
    assert "warning[D003]" in said
    assert "Sessional: 0 errors, 1 warning, 0 notes; " in said


def test_an_error_is_told_after_everything_else_is_built(plugin, config, tmp_path, capsys) -> None:
    (tmp_path / "sources/b.md").write_bytes(b"")
    with pytest.raises(PluginError, match="1 error; the documents they concern are withheld"):
        finish(plugin, config)
    assert (Path(config.site_dir) / "countries/xar/crc-102/index.html").is_file()
    assert "error[S002]" in capsys.readouterr().err


def test_for_what_was_planned_before_only_the_theme_makes_its_part(plugin, config, tmp_path, capsys) -> None:
    publication = prepare(plugin.project(config))
    (tmp_path / "sources/b.md").write_bytes(b"")
    plugin.give(publication)
    site = finish(plugin, config)
    assert plugin.publication is publication
    assert plugin.theme.files == ("about/index.html", "index.html")
    assert plugin.theme.shells.keys() >= {"countries/", "countries/3"}
    assert not (site / "countries").exists()
    assert capsys.readouterr().err == ""


def test_strict_makes_warnings_errors(plugin, config) -> None:
    plugin.config["strict"] = True
    with pytest.raises(PluginError, match="warnings are errors in strict mode"):
        finish(plugin, config)


def test_a_public_address_ends_with_a_slash(plugin, config) -> None:
    config["site_url"] = "https://example.org/crc"
    mounted(config)
    assert plugin.publication.reading.project.site_url == "https://example.org/crc/"


def test_serving_watches_what_the_site_is_made_of(plugin, config, tmp_path) -> None:
    watched: list[str] = []
    plugin.on_serve(SimpleNamespace(watch=watched.append), config=config, builder=None)
    assert watched == [str(ROOT / "content"), str(ROOT / "templates"), str(tmp_path / "sources")]
