"""A site that is the old one whole or the new one whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build import Neighbours, NotPutAwayError, SiteInUseError, made_whole, whole


def put(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")


def shown(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def left(site: Path) -> set[str]:
    """What stands beside the site, but for the file that tells who writes it."""
    return {one.name for one in site.parent.iterdir()} - {site.name, f".{site.name}.lock"}


def build(site: Path, text: str, fault: BaseException | None = None) -> None:
    with made_whole(site) as folder:
        put(folder, text)
        if fault:
            raise fault


@pytest.fixture(params=[True, False], ids=["in one step", "in two steps"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(whole, "exchange", lambda _one, _other: False)


@pytest.mark.usefixtures("steps")
def test_a_finished_build_takes_the_place_of_the_site(tmp_path: Path) -> None:
    site = tmp_path / "deeper/site"
    build(site, "old")
    assert shown(site) == "old"
    (site / "gone.html").touch()
    build(site, "new")
    assert shown(site) == "new"
    assert not (site / "gone.html").exists()
    assert left(site) == set()


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("there", ["", "folder", "link"])
def test_the_site_that_stood_there_may_be_put_by(tmp_path: Path, there: str) -> None:
    site, put_by = tmp_path / "site", Neighbours(tmp_path / "site").spare
    build(site, "older")
    if there == "folder":
        put(put_by, "oldest")
    elif there == "link":
        put(tmp_path / "elsewhere", "another's")
        put_by.symlink_to(tmp_path / "elsewhere")
    with made_whole(site, lambda: True) as folder:
        put(folder, "old")
    assert (shown(site), shown(put_by)) == ("old", "older")
    assert not put_by.is_symlink()
    build(site, "new")
    assert (shown(site), shown(put_by)) == ("new", "older")
    assert there != "link" or shown(tmp_path / "elsewhere") == "another's"


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt(), SystemExit(2)])
def test_a_build_that_fails_leaves_the_site_as_it_was(tmp_path: Path, fault: BaseException) -> None:
    site = tmp_path / "site"
    build(site, "old")
    with pytest.raises(type(fault)):
        build(site, "half", fault)
    assert shown(site) == "old"
    assert left(site) == set()


@pytest.mark.parametrize("place", [".site.new", ".site.old"])
def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path, place: str) -> None:
    site = tmp_path / "site"
    build(site, "old")
    put(tmp_path / place, "half")
    build(site, "new")
    assert shown(site) == "new"
    assert left(site) == set()


def test_a_site_that_was_put_aside_comes_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(tmp_path / ".site.old", "old")
    put(tmp_path / ".site.new", "half")
    with pytest.raises(ValueError, match="the build fails"):
        build(site, "new", ValueError("the build fails"))
    assert shown(site) == "old"


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("put_by", [True, False])
def test_a_site_that_cannot_be_put_away_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put_by: bool
) -> None:
    site = tmp_path / "site"
    build(site, "old")

    def stuck(path: Path) -> None:
        raise PermissionError(13, "Permission denied", f"{path}/a")

    making = made_whole(site, lambda: put_by)
    put(making.__enter__(), "new")
    monkeypatch.setattr(whole, "remove", stuck)
    with pytest.raises(NotPutAwayError) as told:
        making.__exit__(None, None, None)
    assert shown(site) == "new"
    (lies_in,) = left(site)
    assert shown(tmp_path / lies_in) == "old"
    assert f"the one before it lies in {tmp_path / lies_in}; remove it (Permission denied: " in str(told.value)
    monkeypatch.undo()
    build(site, "newer")
    assert (shown(site), left(site)) == ("newer", set())


def test_two_builds_of_one_site_refuse(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with made_whole(site) as folder:
        put(folder, "first")
        with pytest.raises(SiteInUseError, match="another build is writing"), made_whole(site):
            pass
        build(tmp_path / "another", "beside")
    assert shown(site) == "first"


def test_a_link_to_a_site_stays_a_link(tmp_path: Path) -> None:
    build(tmp_path / "there/site", "old")
    (tmp_path / "site").symlink_to(tmp_path / "there/site")
    build(tmp_path / "site", "new")
    assert (tmp_path / "site").is_symlink()
    assert shown(tmp_path / "there/site") == "new"


@pytest.mark.skipif(not shutil.which("uname") or not Path("/proc").exists(), reason="only Linux has it")
def test_folders_change_places_in_one_step(tmp_path: Path) -> None:
    put(tmp_path / "a", "a")
    put(tmp_path / "b", "b")
    assert whole.exchange(tmp_path / "a", tmp_path / "b")
    assert (shown(tmp_path / "a"), shown(tmp_path / "b")) == ("b", "a")
    assert not whole.exchange(tmp_path / "a", tmp_path / "nothing")
