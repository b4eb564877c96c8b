"""A site built in steps is the site built at once: whatever editors do between, byte for byte."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import SESSION, report
from staging import INVENTED, ROOT, Rehearsal, Stage, plain_theme

from generator.build import LinkCheck, Output, Preview, Publication, Theme, publish, read_project, rendering
from generator.build import register as write_registry
from generator.build.manifest import opened
from generator.redactions import Redaction, dump_redaction, mark, words
from generator.render import Renderer
from generator.text.source import Location
from generator.vocabulary import Vocabulary

EARLIER = "101<sup>ST</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD  \n14<sup>TH</sup> JANUARY 2026"
STATES = ("ARCADIA", "FREEDONIA", "RURITANIA", "SYLVANIA")
SENTENCES = (
    "The Committee was concerned about the lack of data on trafficking.",
    "The delegation replied that a register had been opened.",
    "The Committee asked about birth registration of refugee children.",
    "The delegation stated that the Government would ratify the Optional Protocol by 2027.",
    "The Committee recommended that the State party prohibit corporal punishment.",
    "The Committee welcomed the law on adoption.",
    "The NGO believes that this is not enough.",
    "The Committee was concerned that " + "children in street situations and " * 12 + "others were detained.",
)
CORRECTIONS = """format: corrections/1
corrections:
- quote: {quote}
  expect: {{kind: {kind}}}
  set: {{kind: question}}
  reason: The Committee asked for data.
  {day}
"""
REGISTER = """format: sources/1
sources:
- {{file: {file}, kind: summary, publisher: {publisher}, source_text: {shown}}}
"""
THREADS = """format: threads/1
threads:
- {{state: XAR, theme: trafficking, examination: xar-crc-102, status: {status}, editor: A. B.}}
"""
RETIRED = """format: retired/1
retired:
- {{id: {id}, reason: removed, note: {note}, date: 2026-11-25, editor: A. B.}}
"""
MOVED = """format: moved/1
gone:
- {{address: {one}, reason: {word}., date: 2026-11-25, editor: A. B.}}
moved:
- {{from: {other}a/, to: {other}, reason: {word}., date: 2026-11-25, editor: A. B.}}
renamed:
- {{from: xar-crc-102, to: xar-crc-101, reason: {word}., date: 2026-11-25, editor: A. B.}}
"""


@dataclass
class Bench:
    """A folder of sources that an editor works in, and two sites of it: one kept, one made anew each time."""

    stage: Stage
    chance: random.Random

    @property
    def sources(self) -> Path:
        return self.stage.folder / "sources"

    def files(self) -> list[Path]:
        return sorted(self.sources.glob("*.md"))

    def build(self, site: str = "kept", clean: bool = False, **more: object) -> tuple[Publication, LinkCheck]:
        project = replace(self.stage.project, **more)
        return publish(project, self.stage.folder / site, plain_theme_of, clean=clean)

    def digests(self, site: str) -> dict[str, str]:
        folder = self.stage.folder / site
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }

    def check(self) -> None:
        """The kept site, after a step, against one made at once."""
        kept, said = self.build()
        anew, told = self.build("anew", clean=True)
        assert self.digests("kept") == self.digests("anew")
        assert kept.reading.diagnostics == anew.reading.diagnostics
        assert (said.pages, said.links, said.anchors) == (told.pages, told.links, told.anchors)
        assert [d.message for d in said.diagnostics] == [d.message for d in told.diagnostics]


def plain_theme_of(publication: Publication, folder: Path) -> Theme:
    return plain_theme(publication, folder)


# --- what editors do ----------------------------------------------------------------------------------------------


def body(chance: random.Random) -> str:
    return "\n\n".join(" ".join(chance.sample(SENTENCES, chance.randint(1, 3))) for _ in range(chance.randint(1, 3)))


def add(bench: Bench) -> None:
    state, session = bench.chance.choice(STATES), bench.chance.choice((SESSION, EARLIER))
    head = bench.chance.choice(("Mr. Ignace Tillery", "Ms. Orsola Venn"))
    name = f"{state.lower()}-{bench.chance.randint(1, 4)}.md"
    text = report(state, body(bench.chance), session=session, led_by=f"{head}, Minister of Social Welfare")
    bench.stage.put({name: text})


def edit(bench: Bench) -> None:
    path = bench.chance.choice(bench.files())
    text = path.read_text(errors="replace")
    old, new = bench.chance.choice(SENTENCES), bench.chance.choice((*SENTENCES, ""))
    path.write_text(text.replace(old, new, 1) if old in text else f"{text}\n{new}\n")


def move(bench: Bench) -> None:
    path = bench.chance.choice(bench.files())
    head, found, rest = path.read_text(errors="replace").partition("## Prevention\n\n")
    paragraphs = rest.strip().split("\n\n")
    bench.chance.shuffle(paragraphs)
    path.write_text(head + found + "\n\n".join(paragraphs) + "\n")


def remove(bench: Bench) -> None:
    if len(bench.files()) > 1:
        bench.chance.choice(bench.files()).unlink()


def rename(bench: Bench) -> None:
    path = bench.chance.choice(bench.files())
    path.rename(path.with_name(f"{bench.chance.choice('abc')}-{path.name}"[:40]))


def correct(bench: Bench) -> None:
    path = bench.chance.choice(bench.files())
    quote, kind = bench.chance.choice(
        ((SENTENCES[0], "concern"), (SENTENCES[4], "recommendation"), (SENTENCES[5], "x"))
    )
    day = bench.chance.choice(("", "date: 2026-11-24"))
    text = CORRECTIONS.format(quote=f'"{quote}"', kind=kind, day=day)
    bench.stage.put({f"corrections/{path.stem}.yaml": text})


def register(bench: Bench) -> None:
    path = bench.chance.choice(bench.files())
    shown = bench.chance.choice(("full", "excerpts", "none"))
    text = REGISTER.format(file=path.name, publisher=bench.chance.choice(("One", "Two")), shown=shown)
    bench.stage.put({"sources.yaml": text})


def decide(bench: Bench) -> None:
    bench.stage.put({"threads.yaml": THREADS.format(status=bench.chance.choice(("new", "raised-again")))})


def promise(bench: Bench) -> None:
    """What is published now is registered, whatever else is wrong with it."""
    write_registry(read_project(bench.stage.project))


def retire(bench: Bench) -> None:
    lines = [line for file in bench.stage.folder.glob("registry/*.jsonl") for line in file.read_text().splitlines()]
    if lines:
        id_ = json.loads(bench.chance.choice(sorted(lines)))["id"]
        bench.stage.put({"registry/retired.yaml": RETIRED.format(id=id_, note=bench.chance.choice(("One.", "Two.")))})


def depart(bench: Bench) -> None:
    """An editor says of pages that they moved, are gone, or belong to an examination that has another key."""
    file = bench.stage.folder / "registry/pages.txt"
    if file.is_file():
        one, other = (bench.chance.choice(file.read_text().splitlines()).split()[0] for _ in range(2))
        bench.stage.put({"registry/moved.yaml": MOVED.format(one=one, other=other, word=bench.chance.choice("AB"))})


def mistype(bench: Bench) -> None:
    path = bench.chance.choice(bench.files())
    text, words = path.read_text(errors="replace"), bench.chance.choice(SENTENCES)
    path.write_text(text.replace(words, words.replace("t", "tt", 1)))


def spoil(bench: Bench) -> None:
    bench.chance.choice(bench.files()).write_bytes(
        bench.chance.choice((b"", b"\xff\xfe\x00", b"# No report\n\nText.\n"))
    )


def tamper(bench: Bench) -> None:
    """Somebody changes or removes a file of the site itself."""
    found = sorted(path for path in (bench.stage.folder / "kept").rglob("*") if path.is_file())
    path = bench.chance.choice(found)
    if bench.chance.random() < 0.5:
        path.unlink()
    else:
        path.write_bytes(b"tampered with")


STEPS: tuple[Callable[[Bench], None], ...] = (
    add, add, edit, edit, edit, move, remove, rename, correct, register, decide, spoil, tamper,
    promise, promise, mistype, mistype, retire, depart, depart,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=4), st.integers(0, 2**32))
def test_a_site_built_in_steps_is_the_site_built_at_once(tmp_path_factory, invented_vocabulary, steps, seed) -> None:
    bench = started(tmp_path_factory.mktemp("differential"), invented_vocabulary, seed)
    bench.check()
    for step in steps:
        step(bench)
        bench.check()
    shutil.rmtree(bench.stage.folder)


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=8), st.integers(0, 2**32))
def test_a_preview_that_follows_holds_what_is_read_at_once(tmp_path_factory, invented_vocabulary, steps, seed) -> None:
    bench = started(tmp_path_factory.mktemp("following"), invented_vocabulary, seed)
    preview = Preview(bench.stage.project, bench.stage.folder / "kept", plain_theme_of)
    bench.build()  # something to tamper with
    for step in steps:
        step(bench)
        preview.refresh()
        held, anew = preview.edition.reading, read_project(bench.stage.project)
        assert held.corpus.statements == anew.corpus.statements
        for key, examination in anew.corpus.examinations.items():
            other = held.corpus.examinations[key]
            assert (other.facts, other.documents, other.statements, other.shared_with) == (
                examination.facts, examination.documents, examination.statements, examination.shared_with
            )  # fmt: skip
            assert [one.unanswered for one in other.linked] == [one.unanswered for one in examination.linked]
        same = "withheld diagnostics confirmations registry compared registries redactions corrections"
        for name in same.split():
            assert getattr(held, name) == getattr(anew, name), name
    shutil.rmtree(bench.stage.folder)


def started(folder: Path, vocabulary: Vocabulary, seed: int = 0) -> Bench:
    # Pages are small, so that lists fill several and what stands on which can change.
    bench = Bench(Stage(folder, vocabulary, 12), random.Random(seed))  # noqa: S311
    for path in (INVENTED / "sources").glob("*.md"):
        bench.stage.put({path.name: path.read_bytes()})
    add(bench)
    return bench


# --- what is done again, and what is not --------------------------------------------------------------------------


@pytest.fixture
def bench(tmp_path, invented_vocabulary) -> Bench:
    """Sources, and a site that was built of them."""
    made = started(tmp_path, invented_vocabulary)
    made.build()
    return made


@pytest.fixture
def rendered(monkeypatch) -> list[str]:
    """The addresses of the pages that are rendered from now on, all by this process."""
    monkeypatch.setattr("generator.build.rendering.workers_for", lambda _pages, _cores: 1)
    addresses: list[str] = []
    whole = Renderer.page

    def noted(self: Renderer, page, shell):
        addresses.append(page.address)
        return whole(self, page, shell)

    monkeypatch.setattr(Renderer, "page", noted)
    return addresses


def test_nothing_is_rendered_twice(bench, rendered) -> None:
    bench.build()
    assert rendered == []


def test_a_changed_report_renders_what_tells_of_it(bench, rendered) -> None:
    path = bench.sources / "freedonia-opac-102.md"
    assert path.exists()
    path.write_text(path.read_text().replace("recruit", "re-recruit", 1) + "\n")
    bench.build()
    assert any(address.startswith("countries/xfr/opac-102/") for address in rendered)
    assert not any(address.startswith(("countries/xru/", "countries/xar/crc-101/")) for address in rendered)


def test_other_vocabularies_or_templates_make_everything_anew(bench, rendered, tmp_path) -> None:
    (tmp_path / "more").mkdir()
    publication, _ = bench.build(overlays=(tmp_path / "more",))
    (tmp_path / "more/note.yaml").write_text("format: none\n")
    rendered.clear()
    bench.build(overlays=(tmp_path / "more",))
    assert len(rendered) == len(publication.plan.pages)


def test_a_clean_build_asks_nothing_of_the_last(bench, rendered) -> None:
    publication, _ = bench.build(clean=True)
    assert len(rendered) == len(publication.plan.pages)


def test_a_manifest_that_is_none_is_put_away(bench, rendered) -> None:
    (bench.stage.folder / ".kept.manifest").write_bytes(b"not a database" * 100)
    publication, _ = bench.build()
    assert len(rendered) == len(publication.plan.pages)
    rendered.clear()
    bench.build()
    assert rendered == []


def test_a_site_that_another_put_there_is_not_trusted(bench, rendered) -> None:
    folder = bench.stage.folder
    shutil.copytree(folder / "kept", folder / "copy")
    shutil.rmtree(folder / "kept")
    (folder / "copy").rename(folder / "kept")
    publication, _ = bench.build()
    assert len(rendered) == len(publication.plan.pages)


def test_a_manifest_runs_nothing(bench) -> None:
    class Hostile:
        def __reduce__(self):
            return (Path.touch, (bench.stage.folder / "ran",))

    with opened(bench.stage.folder / "kept") as manifest:
        for room in (manifest.readings, manifest.themes, manifest.links):
            rows = [(name, key, Hostile()) for name, key in room.keys().items()]
            assert rows
            room.keep(rows)
        manifest.commit()
    bench.check()
    assert not (bench.stage.folder / "ran").exists()


def test_a_file_that_was_taken_and_is_written_after_all_is_another(tmp_path) -> None:
    before = Output(tmp_path / "before")
    before.write("a/index.html", b"old", b"stamp")
    output = Output(tmp_path / "new", tmp_path / "before", before.keys)
    assert output.take(["a/index.html"], b"stamp")
    output.write("a/index.html", b"new")
    assert (tmp_path / "before/a/index.html").read_bytes() == b"old"
    assert (tmp_path / "new/a/index.html").read_bytes() == b"new"
    assert output.keys == {}


@pytest.fixture
def settled(bench) -> Bench:
    """A site that was built in steps, so that the one before it is put by."""
    for _ in range(2):
        edit(bench)
        bench.build()
    assert (bench.stage.folder / ".kept.spare").is_dir()
    return bench


def test_a_site_that_was_put_by_is_begun_with(settled, monkeypatch) -> None:
    linked: list[str] = []
    monkeypatch.setattr(
        "generator.build.output._link", lambda source, target: linked.append(target) or os.link(source, target)
    )
    edit(settled)
    settled.check()
    assert len(linked) < len(settled.digests("kept")) / 2


@pytest.mark.parametrize(
    "stage", ["data beside pages", "writing", "search index", "checking links", "putting in place"]
)
def test_a_build_that_fails_does_not_write_into_the_site_that_stands(settled, stage) -> None:
    before = settled.digests("kept")

    def progress(name: str, _number: int, _total: int) -> None:
        if name == stage:
            raise OSError("the disk is full")

    add(settled)
    with pytest.raises(OSError, match="disk is full"):
        publish(settled.stage.project, settled.stage.folder / "kept", plain_theme_of, progress)
    assert settled.digests("kept") == before
    settled.check()


@pytest.mark.parametrize("stage", ["data beside pages", "writing"])
def test_a_build_that_fails_ends_its_workers_at_once(settled, monkeypatch, stage) -> None:
    monkeypatch.setattr(rendering, "workers_for", lambda _items, _cores: 2)
    monkeypatch.setattr(rendering, "_WORTH_WORKERS", 0)
    at_work = []

    def progress(name: str, number: int, total: int) -> None:
        if name == stage and 0 < number < total:
            at_work.extend(multiprocessing.active_children())
            raise OSError("the disk is full")

    add(settled)
    with pytest.raises(OSError, match="disk is full") as held:
        publish(settled.stage.project, settled.stage.folder / "kept", plain_theme_of, progress)
    assert at_work
    # What is held of the fault holds all that was at work when it came.
    assert held.traceback
    assert not multiprocessing.active_children()


def test_what_others_did_to_a_site_that_was_put_by_goes_no_further(settled, tmp_path) -> None:
    put_by, elsewhere = settled.stage.folder / ".kept.spare", tmp_path / "elsewhere"
    (put_by / "extra").mkdir()
    (put_by / "extra/file.html").touch()
    (put_by / "data/file.csv").touch()
    shutil.copytree(put_by / "themes", elsewhere)
    kept = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
    shutil.rmtree(put_by / "themes")
    (put_by / "themes").symlink_to(elsewhere)
    (put_by / "index.html").unlink()
    (put_by / "index.html").mkdir()
    (put_by / "countries/index.html").unlink()
    (put_by / "countries/index.html").symlink_to(settled.stage.folder / "kept/countries/index.html")
    add(settled)
    settled.check()
    assert {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()} == kept
    assert not any(path.is_symlink() for path in (settled.stage.folder / "kept").rglob("*"))


def test_a_folder_of_that_name_that_is_not_ours_is_not_begun_with(settled) -> None:
    put_by = settled.stage.folder / ".kept.spare"
    shutil.rmtree(put_by)
    put_by.mkdir()
    (put_by / "index.html").write_text("other")
    edit(settled)
    settled.check()


def test_a_link_to_a_site_that_was_put_by_stops_no_build(settled, tmp_path, monkeypatch) -> None:
    put_by = settled.stage.folder / ".kept.spare"
    put_by.rename(tmp_path / "elsewhere")
    put_by.symlink_to(tmp_path / "elsewhere")
    for number in range(2):
        monkeypatch.setenv("SITE_URL", f"https://example.org/{number}/")  # the theme is made anew
        edit(settled)
        settled.check()


def test_a_report_that_is_gone_lies_in_no_site_that_is_put_by(settled) -> None:
    (settled.sources / "freedonia-opac-102.md").unlink()
    settled.check()
    assert not (settled.stage.folder / ".kept.spare").exists()
    edit(settled)
    settled.check()
    assert not (settled.stage.folder / ".kept.spare/countries/xfr").exists()


def test_a_page_written_by_hand_that_is_gone_lies_in_no_site_that_is_put_by(settled, monkeypatch) -> None:
    def without(publication: Publication, folder: Path) -> Theme:
        return replace(plain_theme(publication, folder), hand_written=())

    for theme, put_by in ((plain_theme_of, True), (without, False)):
        monkeypatch.setenv("SITE_URL", f"https://example.org/{put_by}/")  # the theme is made anew
        publish(settled.stage.project, settled.stage.folder / "kept", theme)
        assert (settled.stage.folder / ".kept.spare").exists() is put_by


def test_what_is_withheld_lies_in_no_site_that_is_put_by(settled) -> None:
    def holds(site: str) -> bool:
        folder = settled.stage.folder / site
        return any(b"Tillery" in path.read_bytes() or b"Venn" in path.read_bytes() for path in folder.rglob("*.html"))

    assert holds("kept")
    assert holds(".kept.spare")
    nowhere = Location("redactions.yaml", 1, 1)
    entries = "".join(
        dump_redaction(
            Redaction(
                f"name-{n}", "person", (mark(words(name)),), "privacy", "Withheld.", "2026-01-01", "A. B.", nowhere
            )
        )
        for n, name in enumerate(("Ignace Tillery", "Orsola Venn"))
    )
    settled.stage.put({"redactions.yaml": f"format: redactions/1\nredactions:\n{entries}"})
    settled.check()
    assert not holds("kept")
    assert not (settled.stage.folder / ".kept.spare").exists()


def test_what_a_build_that_failed_had_read_is_not_read_again(bench, monkeypatch) -> None:
    add(bench)

    def fails(_publication: Publication, _folder: Path) -> Theme:
        raise OSError("the disk is full")

    (bench.stage.folder / ".kept.manifest").unlink()
    project = bench.stage.project
    with pytest.raises(OSError, match="disk is full"):
        publish(project, bench.stage.folder / "kept", fails)
    monkeypatch.setattr("generator.build.reading.read_source", None)
    bench.build()


def test_the_project_itself_is_built_in_steps(tmp_path, invented_vocabulary) -> None:
    project = Rehearsal(ROOT, (ROOT / "content/sources",), known=invented_vocabulary)
    first, _ = publish(project, tmp_path / "site", plain_theme_of)
    again, _ = publish(project, tmp_path / "site", plain_theme_of)
    assert len(first.plan.pages) == len(again.plan.pages)
