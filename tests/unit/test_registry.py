"""Ids that were promised: what keeps one, what loses one, and that none is lost in silence."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from invented import examination, report, say, told
from staging import Stage

from generator.build import Reading, lost_pages, read_project, register
from generator.corpus import Corpus, assemble
from generator.datafile import DatafileError, loads
from generator.registry import Comparison, Entry, Registry, Settler, dump_entries, load_entries, load_retired
from generator.text.source import Location
from generator.vocabulary import Sense, StateNames

SENTENCES = (
    "The Committee was concerned about the lack of data on trafficking in the provinces.",
    "The delegation replied that a register had been opened in the capital last year.",
    "The Committee asked about birth registration of refugee children in the camps.",
    "The Committee recommended that the State party prohibit corporal punishment in all settings.",
    "The Committee welcomed the new law on adoption that entered into force in March.",
    "The delegation stated that teachers had been trained in every district of the country.",
)
GONE = "- {{address: {address}, reason: Nothing of it is left., date: 2026-11-25, editor: A. B.}}\n"
RETIRED = "format: retired/1\nretired:\n- {{id: {id}, reason: {reason}, note: {note}, date: {date}, editor: A. B.}}\n"


def corpus_of(*texts: str, **more: str) -> Corpus:
    return assemble([told(*(say(text, at=n) for n, text in enumerate(texts)), **more)])[0]


SENSE = Sense(frozenset({"not", "all"}), (), ("un",), StateNames(()))


def settle(corpus: Corpus, registry: Registry, kept: tuple[str, ...] = ()) -> tuple[Corpus, Comparison]:
    return Settler().settle(corpus, registry, SENSE, kept)


def registered(corpus: Corpus) -> Registry:
    place = Location("registry/x.jsonl", 1, 1)
    return Registry({one.id: Entry(one.id, one.statement.text, place) for one in corpus.statements})


def names(corpus: Corpus) -> dict[str, str]:
    return {one.statement.text: one.id for one in corpus.statements}


# --- what keeps an id ---------------------------------------------------------------------------------------------


def test_without_a_registry_nothing_is_compared() -> None:
    corpus = corpus_of(*SENTENCES)
    settled, found = settle(corpus, Registry())
    assert settled is corpus
    assert (found.similar, found.lost, found.new) == ((), (), ())


def test_a_corrected_spelling_keeps_its_id() -> None:
    before = corpus_of(*SENTENCES)
    corrected = SENTENCES[0].replace("trafficking", "traficking")
    settled, found = settle(corpus_of(corrected, *SENTENCES[1:]), registered(before))
    assert names(settled)[corrected] == names(before)[SENTENCES[0]]
    assert [(entry.words, one.statement.text) for entry, one in found.similar] == [(SENTENCES[0], corrected)]
    assert not found.lost
    assert not found.new


def test_other_words_do_not_inherit_an_id() -> None:
    before = corpus_of(*SENTENCES)
    settled, found = settle(corpus_of("Nothing of this sort.", *SENTENCES[1:]), registered(before))
    assert [entry.words for entry in found.lost] == [SENTENCES[0]]
    assert [one.statement.text for one in found.new] == ["Nothing of this sort."]
    assert names(before)[SENTENCES[0]] not in settled.by_id


def test_an_id_does_not_move_to_another_examination() -> None:
    before = corpus_of(SENTENCES[0])
    other = corpus_of(SENTENCES[0], facts=(examination(session="102"),))
    settled, found = settle(other, registered(before))
    assert [entry.id for entry in found.lost] == list(before.by_id)
    assert list(settled.by_id) == list(other.by_id)


def test_the_old_words_said_anew_get_an_id_of_their_own() -> None:
    before = corpus_of(SENTENCES[0])
    corrected = SENTENCES[0].replace("lack", "lakc")
    once, _ = settle(corpus_of(corrected), registered(before))
    settled, found = settle(corpus_of(corrected, SENTENCES[0]), registered(once))
    assert names(settled)[corrected] == names(before)[SENTENCES[0]]
    assert len(settled.by_id) == len(settled.statements) == 2
    assert [one.id for one in found.new] == [names(settled)[SENTENCES[0]]]


def test_equal_words_keep_their_ids_in_their_order() -> None:
    before = corpus_of("Same.", "same", "SAME!")
    settled, found = settle(before, registered(before))
    assert [one.id for one in settled.statements] == [one.id for one in before.statements]
    assert not found.similar


def test_replies_follow_the_ids_of_what_they_answer() -> None:
    ask, reply = SENTENCES[0], SENTENCES[1]
    before = assemble([told(say(ask), say(reply, "reply", at=(0, 1)))])[0]
    mended = ask.replace("provinces", "provincies")
    after = assemble([told(say(mended), say(reply, "reply", at=(0, 1)))])[0]
    settled, _ = settle(after, registered(before))
    assert {one.id: (one.replies_to, one.answered_by) for one in settled.statements} == {
        one.id: (one.replies_to, one.answered_by) for one in before.statements
    }


# --- its files ----------------------------------------------------------------------------------------------------


def test_entries_come_back_as_they_were_written() -> None:
    entries = [("xar-crc-101.b", "Zwei „Wörter“"), ("xar-crc-101.a", None)]
    read = [(one.id, one.words) for one in load_entries(dump_entries(entries), "r.jsonl")]
    assert read == sorted(entries)


@pytest.mark.parametrize(
    "line", ["no json", "[]", '{"id": "a.b"}', '{"id": 1, "words": "x"}', '{"id": "x", "words": ""}']
)
def test_a_line_that_is_no_entry_is_shown(line) -> None:
    with pytest.raises(DatafileError) as caught:
        list(load_entries(dump_entries([("a.b", "c")]) + line, "r.jsonl"))
    assert caught.value.diagnostic.location == Location("r.jsonl", 2, 1)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reason": "tidied"}, "expected one of"),
        ({"date": "yesterday"}, "no day"),
        ({"reason": "merged"}, "merged into is missing"),
        ({"note": "''"}, "note is empty"),
        ({"id": "abc"}, "no id of a statement"),
    ],
)
def test_a_retirement_says_why_when_and_by_whom(given, why) -> None:
    whole = {"id": "a-b-1.c", "reason": "removed", "note": "Why.", "date": "2026-11-25"}
    list(load_retired(loads(RETIRED.format(**whole), "retired.yaml")))
    with pytest.raises(DatafileError, match=why):
        list(load_retired(loads(RETIRED.format(**(whole | given)), "retired.yaml")))


# --- a folder an editor works in ----------------------------------------------------------------------------------


def read(stage: Stage) -> Reading:
    return read_project(stage.project)


def found(reading: Reading) -> dict[str, list[str]]:
    """What was found about ids, by rule."""
    codes = sorted({d.code for d in reading.diagnostics if d.code.startswith("I")})
    return {code: [d.message for d in reading.diagnostics if d.code == code] for code in codes}


@pytest.fixture
def published(stage) -> Stage:
    """A report whose ids were published."""
    stage.put({"arcadia.md": report(body="\n\n".join(SENTENCES))})
    assert register(read(stage)).new == len(read(stage).corpus.statements)
    return stage


def id_of(stage: Stage, words: str) -> str:
    return names(read(stage).corpus)[words]


def without(stage: Stage, words: str) -> None:
    stage.put({"arcadia.md": report(body="\n\n".join(one for one in SENTENCES if one != words))})


def retire(stage: Stage, id_: str, reason: str = "removed") -> None:
    text = RETIRED.format(id=id_, reason=reason, note="It was doubled.", date="2026-11-25")
    stage.put({"registry/retired.yaml": text})


def test_what_is_registered_is_not_written_twice(published) -> None:
    assert register(read(published)).files == ()
    assert found(read(published)) == {}


def test_a_dry_run_writes_nothing(stage) -> None:
    stage.put({"arcadia.md": report()})
    assert [file.name for file in register(read(stage), write=False).files] == [
        "xar-crc-102.jsonl",
        "pages.txt",
        "files.txt",
    ]
    assert not (stage.folder / "registry").exists()


def test_a_lost_id_is_an_error_until_it_is_retired(published) -> None:
    id_ = id_of(published, SENTENCES[3])
    without(published, SENTENCES[3])
    (message,) = found(read(published))["I001"]
    assert id_ in message
    retire(published, id_)
    assert found(read(published)) == {}
    assert register(read(published)).retired == 1
    assert found(read(published)) == {}
    (line,) = [
        json.loads(x) for x in (published.folder / "registry/xar-crc-102.jsonl").read_text().splitlines() if id_ in x
    ]
    assert line == {"id": id_, "words": None}


def test_a_retirement_that_is_taken_back_is_a_loss_again(published) -> None:
    id_ = id_of(published, SENTENCES[3])
    without(published, SENTENCES[3])
    retire(published, id_)
    register(read(published))
    (published.folder / "registry/retired.yaml").unlink()
    (message,) = found(read(published))["I001"]
    assert id_ in message


def test_what_is_published_cannot_be_retired(published) -> None:
    retire(published, id_of(published, SENTENCES[3]))
    assert "is retired here, but published" in found(read(published))["I003"][0]


def test_a_report_that_goes_takes_no_id_in_silence(published) -> None:
    (published.folder / "sources/arcadia.md").rename(published.folder / "arcadia.md")
    published.put({"freedonia.md": report("FREEDONIA")})
    (message,) = found(read(published))["I001"]
    assert message.startswith("xar-crc-102 is not published any more; 7 ids")


def test_a_corrected_word_is_a_note_until_it_is_registered(published) -> None:
    id_ = id_of(published, SENTENCES[0])
    path = published.folder / "sources/arcadia.md"
    path.write_text(path.read_text().replace("provinces", "provnices"))
    assert list(found(read(published))) == ["I002"]
    assert id_ in read(published).corpus.by_id
    register(read(published))
    assert found(read(published)) == {}
    assert id_ in read(published).corpus.by_id


def let_go(stage: Stage) -> None:
    """An editor says of each page that is gone that it is."""
    lost = [d.message.split()[2] for d in lost_pages(read(stage)) if d.code == "I005"]
    gone = "".join(GONE.format(address=one) for one in lost)
    stage.put({"registry/moved.yaml": f"format: moved/1\ngone:\n{gone}"})


# --- what may have changed its sense ------------------------------------------------------------------------------


def test_a_denial_that_comes_or_goes_needs_a_decision() -> None:
    before = corpus_of(*SENTENCES)
    denied = SENTENCES[4].replace("welcomed", "welcomed not")
    settled, found = settle(corpus_of(*SENTENCES[:4], denied, SENTENCES[5]), registered(before))
    id_ = names(before)[SENTENCES[4]]
    assert [(entry.id, one.statement.text, words) for entry, one, words in found.turned] == [(id_, denied, ("not",))]
    assert [entry.id for entry in found.lost] == [id_]
    assert id_ not in settled.by_id


def test_who_decides_to_keep_it_keeps_it() -> None:
    before = corpus_of(*SENTENCES)
    id_ = names(before)[SENTENCES[4]]
    denied = SENTENCES[4].replace("welcomed", "welcomed not")
    settled, found = settle(corpus_of(*SENTENCES[:4], denied, SENTENCES[5]), registered(before), (id_,))
    assert names(settled)[denied] == id_
    assert (found.turned, found.lost) == ((), ())


def test_the_old_words_do_not_take_back_an_id_that_was_given_to_their_contrary() -> None:
    first = corpus_of(SENTENCES[4])
    id_ = names(first)[SENTENCES[4]]
    denied = SENTENCES[4].replace("welcomed", "welcomed not")
    kept, _ = settle(corpus_of(denied), registered(first), (id_,))
    settled, found = settle(corpus_of(SENTENCES[4]), registered(kept))
    assert id_ not in settled.by_id
    assert [entry.id for entry, _, _ in found.turned] == [id_]


def test_a_wording_that_keeps_the_sense_goes_before_a_nearer_one_that_does_not() -> None:
    before = corpus_of(SENTENCES[4])
    near, far = SENTENCES[4].replace("new", "not"), SENTENCES[4].replace("adoption", "adopshun")
    settled, found = settle(corpus_of(near, far), registered(before))
    assert names(settled)[far] == names(before)[SENTENCES[4]]
    assert found.turned == ()


# --- what readers are told ----------------------------------------------------------------------------------------


def page(folder: Path, address: str) -> str:
    return (folder / address / "index.html").read_text()


def test_where_a_statement_stood_the_page_says_why_it_is_gone(published) -> None:
    id_ = id_of(published, SENTENCES[3])
    without(published, SENTENCES[3])
    retire(published, id_)
    let_go(published)
    site, check = published.write({})
    assert check.diagnostics == ()
    for address in ("countries/xar/crc-102", "about/corrections"):
        text = page(site, address)
        assert f'id="{id_}"' in text
        assert "It was doubled." in text
        assert "corporal punishment in all settings" not in text
    feed = ElementTree.fromstring((site / "about/corrections/feed.xml").read_text())  # noqa: S314 - our own
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = (one for one in feed.iter(f"{atom}entry") if one.find(f"{atom}id").text.endswith(f":{id_}"))
    assert entry.find(f"{atom}link").get("href") == f"index.html#{id_}"
    assert feed.find(f"{atom}updated").text == "2026-11-25T00:00:00Z"


def test_what_a_statement_was_merged_into_is_linked(published) -> None:
    id_, into = id_of(published, SENTENCES[3]), id_of(published, SENTENCES[2])
    without(published, SENTENCES[3])
    retire(published, id_, f"merged, into: {into}")
    let_go(published)
    site, check = published.write({})
    assert check.diagnostics == ()
    assert f'href="../../countries/xar/crc-102/index.html#{into}"' in page(site, "about/corrections")


def test_an_examination_that_is_gone_leaves_a_page(published) -> None:
    id_ = id_of(published, SENTENCES[3])
    (published.folder / "sources/arcadia.md").unlink()
    retire(published, id_)
    site, _ = published.write({"freedonia.md": report("FREEDONIA")})
    assert f'id="{id_}"' in page(site, "countries/xar/crc-102")


def test_without_corrections_the_page_says_so(stage) -> None:
    site, _ = stage.write({"arcadia.md": report()})
    assert "Nothing that was published here has been taken away." in page(site, "about/corrections")
    assert "No longer published" not in page(site, "countries/xar/crc-102")


# --- readings that an editor corrected ----------------------------------------------------------------------------

READINGS = """format: corrections/1
corrections:
- quote: The Committee was concerned about the lack
  expect: {kind: concern, speaker: committee}
  set: {kind: question, themes: [trafficking]}
  reason: The Committee asked for data.
  date: 2026-11-20
- quote: The delegation stated that teachers
  expect: {kind: reply}
  drop: true
  reason: The sentence is a heading.
- quote: The Committee welcomed
  expect: {kind: positive}
  confirm: true
  reason: It is praise.
facts:
- fact: date
  expect: "2026-05-25"
  set: "2026-05-26"
  reason: The record gives this day.
"""


def test_what_an_editor_corrected_is_told_with_what_the_program_had_read(stage) -> None:
    stage.put({"arcadia.md": report(body="\n\n".join(SENTENCES)), "corrections/arcadia.yaml": READINGS})
    site, check = stage.write({})
    assert check.diagnostics == ()
    text = page(site, "about/corrections")
    assert "“The Committee was concerned about the lack …”" in text
    assert "<dd>Concern, Committee</dd>" in text
    assert "<dd>kind: Question; themes: Trafficking" in text
    id_ = names(read(stage).corpus)[SENTENCES[0]]
    assert f'href="../../countries/xar/crc-102/index.html#{id_}">the statement</a>' in text
    assert "<dd>no statement</dd>" in text
    assert "<dd>25 May 2026</dd>" in text or "<dd>2026-05-25</dd>" in text
    assert "<dd>26 May 2026</dd>" in text
    assert "It is praise." not in text
    assert text.index("2026-11-20") < text.index("Day not recorded")


def test_the_feed_holds_only_what_has_a_day(stage) -> None:
    stage.put({"arcadia.md": report(body="\n\n".join(SENTENCES)), "corrections/arcadia.yaml": READINGS})
    site, _ = stage.write({})
    feed = ElementTree.fromstring((site / "about/corrections/feed.xml").read_text())  # noqa: S314 - our own
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = feed.iter(f"{atom}entry")
    assert "The Committee asked for data." in entry.find(f"{atom}summary").text
    anchor = entry.find(f"{atom}link").get("href").removeprefix("index.html#")
    assert f'id="{anchor}"' in page(site, "about/corrections")


def test_words_that_may_not_be_shown_are_not_shown_as_corrected(stage) -> None:
    register_ = "format: sources/1\nsources:\n- {file: arcadia.md, kind: summary, publisher: P, source_text: none}\n"
    stage.put({"arcadia.md": report(body="\n\n".join(SENTENCES)), "corrections/arcadia.yaml": READINGS})
    stage.put({"sources.yaml": register_})
    site, _ = stage.write({})
    text = page(site, "about/corrections")
    assert "The source’s terms do not let us show these words." in text
    assert "lack" not in text
    assert "teachers" not in text


def test_a_day_that_is_none_is_an_error_at_its_place(stage) -> None:
    stage.put({"arcadia.md": report(), "corrections/arcadia.yaml": READINGS.replace("2026-11-20", "last week")})
    (one,) = [d for d in read(stage).diagnostics if d.code == "D002"]
    assert "is no day" in one.message
