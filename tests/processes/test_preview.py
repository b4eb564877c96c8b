"""The preview shows what a build would write, and follows the editor's files; its server answers this machine alone."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented import EXCHANGE, report
from patience import seconds
from staging import INVENTED, Stage, plain_theme

from generator.build import Preview, PreviewServer, Project, Publication, Theme, publish
from generator.datafile import DatafileError
from generator.diagnostics import Diagnostic
from generator.text.source import Location

PAGE = "countries/xar/crc-102/index.html"


def themed(publication: Publication, folder: Path) -> Theme:
    return plain_theme(publication, folder)


def previewed(stage: Stage, **more: object) -> Preview:
    return Preview(replace(stage.project, **more), stage.folder / "site", themed)


@pytest.fixture
def preview(stage) -> Preview:
    """The preview of one report."""
    stage.put({"a.md": report()})
    return previewed(stage)


def shown(preview: Preview, name: str = PAGE) -> str:
    found = preview.get(name)
    assert found is not None
    return found[0].decode()


def test_every_file_is_what_a_build_writes(stage) -> None:
    for path in (INVENTED / "sources").glob("*.md"):
        stage.put({path.name: path.read_bytes()})
    publish(stage.project, stage.folder / "site", themed)
    preview = previewed(stage)
    names = [p.relative_to(stage.folder / "site").as_posix() for p in (stage.folder / "site").rglob("*") if p.is_file()]
    assert len(names) > 200
    for name in names:
        found = preview.get(name)
        assert found is not None, name
        assert found[0] == (stage.folder / "site" / name).read_bytes(), name


@pytest.mark.parametrize("name", ["nothing.html", "nothing/index.html", "countries/zzz/index.html", "../secret", "",
                                  "assets/sessional/../../pages/country.html.j2", "assets/sessional/none.css",
                                  "data/none.json", "search/none.js", "countries/xar/crc-1/starter.csv"])  # fmt: skip
def test_what_the_site_has_not_the_preview_has_not(preview, name) -> None:
    assert preview.get(name) is None


def test_a_change_is_read_and_nothing_else(preview, stage, monkeypatch) -> None:
    stage.put({"b.md": report("FREEDONIA")})
    assert [one.code for one in preview.refresh()] == []
    assert "birth registration" not in shown(preview)
    stage.put({"a.md": report(body=EXCHANGE.replace("trafficking", "birth registration"))})
    read: list[str] = []

    def noted(paths, *_more):
        read.extend(path.name for path in paths)
        return iter([])

    monkeypatch.setattr("generator.build.reading.read_each", noted)
    with pytest.raises(RuntimeError):
        preview.refresh()
    assert read == ["a.md"]
    monkeypatch.undo()
    preview.refresh()
    assert "birth registration" in shown(preview)


def test_a_report_that_is_taken_away_is_gone(preview, stage) -> None:
    (stage.folder / "sources/a.md").unlink()
    preview.refresh()
    assert preview.get(PAGE) is None


def test_findings_are_told_once(preview, stage) -> None:
    stage.put({"b.md": b""})
    assert [one.code for one in preview.refresh()] == ["S002"]
    stage.put({"a.md": report(body="")})
    assert preview.refresh() == []
    assert preview.refresh() is None


def test_a_page_of_a_new_shape_has_a_shell_too(stage) -> None:
    preview = previewed(stage)
    assert preview.get(PAGE) is None
    stage.put({"a.md": report()})
    preview.refresh()
    assert "trafficking" in shown(preview)


def test_a_vocabulary_that_cannot_be_read_is_shown_until_it_is_mended(preview, monkeypatch) -> None:
    broken = Diagnostic(Location("themes.yaml", 3, 1), "D001", "<b>no such cluster</b>")
    vocabulary = type(preview.edition.reading.project).vocabulary

    def fails(_self: Project):
        raise DatafileError(broken)

    monkeypatch.setattr(type(preview.edition.reading.project), "vocabulary", fails)
    (preview.edition.reading.project.source_paths[0].parent / "threads.yaml").write_text("format: threads/1\n")
    changes = iter(range(9))
    monkeypatch.setattr("generator.build.inputs.vocabularies", lambda _project: bytes([next(changes)]))
    assert preview.refresh() == [broken]
    assert "&lt;b&gt;no such cluster&lt;/b&gt;" in shown(preview)
    assert "themes.yaml:3:1" in shown(preview)
    monkeypatch.setattr(type(preview.edition.reading.project), "vocabulary", vocabulary)
    (preview.edition.reading.project.source_paths[0].parent / "threads.yaml").unlink()
    assert [one.code for one in preview.refresh()] == ["D003"]
    assert "trafficking" in shown(preview)


# --- over http ----------------------------------------------------------------------------------------------------


@pytest.fixture
def server(preview) -> Iterator[PreviewServer]:
    """The preview served."""
    made = PreviewServer("127.0.0.1", 0, preview, lambda _found, _seconds: None)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def asked(server: PreviewServer, path: str, host: str = "localhost") -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=seconds(30))
    connection.request("GET", path, headers={"Host": f"{host}:{server.server_port}"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), dict(answer.getheaders())


def test_a_folder_is_its_page(server) -> None:
    status, text, headers = asked(server, "/countries/xar/crc-102/")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert "trafficking" in text
    assert asked(server, f"/{PAGE}")[1] == text


def test_what_is_not_there_is_said(server) -> None:
    assert asked(server, "/nothing/")[0] == 404
    assert asked(server, "/%2e%2e/%2e%2e/etc/passwd")[0] == 404


def test_another_host_gets_nothing(server) -> None:
    status, text, _ = asked(server, "/", host="evil.example")
    assert status == 403
    assert "trafficking" not in text


def test_an_open_page_hears_of_a_change_and_then_shows_it(server, stage) -> None:
    first = asked(server, f"/{PAGE}")[1]
    assert '"/-/asks?since=0"' in first
    assert '"/-/changed?since=0"' in asked(server, "/-/asks?since=0")[1]
    heard: list[str] = []
    waits = threading.Thread(target=lambda: heard.append(asked(server, "/-/changed?since=0")[1]))
    waits.start()
    stage.put({"a.md": report(body=EXCHANGE.replace("trafficking", "adoption"))})
    server.check()
    waits.join(seconds(20))
    assert heard == ["location.reload();"]
    second = asked(server, f"/{PAGE}")[1]
    assert "adoption" in second
    assert '"/-/asks?since=1"' in second


def test_who_watches_hears_of_a_saved_file_at_once(server, preview, stage, monkeypatch) -> None:
    monkeypatch.setattr("generator.build.server._PAUSE", 60.0)
    watch = preview.watch()
    watching = threading.Thread(target=server.watch, args=(watch,), daemon=True)
    watching.start()
    try:
        stage.put({"a.md": report(body=EXCHANGE.replace("trafficking", "adoption"))})
        assert asked(server, "/-/changed?since=0")[1] == "location.reload();"
    finally:
        watch.close()
    watching.join(seconds(20))
    assert not watching.is_alive()
