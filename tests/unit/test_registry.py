"""Ids that were promised: what keeps one, what loses one, and that none is lost in silence."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import examination, report, say, told
from staging import Stage

from generator.build import Reading, read_project, register
from generator.corpus import Corpus, assemble
from generator.datafile import DatafileError, loads
from generator.registry import Entry, Registry, dump_entries, load_entries, load_retired, settle
from generator.source import Location

SENTENCES = (
    "The Committee was concerned about the lack of data on trafficking in the provinces.",
    "The delegation replied that a register had been opened in the capital last year.",
    "The Committee asked about birth registration of refugee children in the camps.",
    "The Committee recommended that the State party prohibit corporal punishment in all settings.",
    "The Committee welcomed the new law on adoption that entered into force in March.",
    "The delegation stated that teachers had been trained in every district of the country.",
)
RETIRED = "format: retired/1\nretired:\n- {{id: {id}, reason: {reason}, note: {note}, date: {date}, editor: A. B.}}\n"


def corpus_of(*texts: str, **more: str) -> Corpus:
    return assemble([told(*(say(text, at=n) for n, text in enumerate(texts)), **more)])[0]


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
    assert len(register(read(stage), write=False).files) == 1
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


# --- what readers are told ----------------------------------------------------------------------------------------


def page(folder: Path, address: str) -> str:
    return (folder / address / "index.html").read_text()


def test_where_a_statement_stood_the_page_says_why_it_is_gone(published) -> None:
    id_ = id_of(published, SENTENCES[3])
    without(published, SENTENCES[3])
    retire(published, id_)
    site, check = published.write({})
    assert check.diagnostics == ()
    for address in ("countries/xar/crc-102", "about/corrections"):
        text = page(site, address)
        assert f'id="{id_}"' in text
        assert "It was doubled." in text
        assert "corporal punishment in all settings" not in text
    feed = ElementTree.fromstring((site / "about/corrections/feed.xml").read_text())  # noqa: S314 - our own
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = feed.iter(f"{atom}entry")
    assert entry.find(f"{atom}link").get("href") == f"index.html#{id_}"
    assert feed.find(f"{atom}updated").text == "2026-11-25T00:00:00Z"


def test_what_a_statement_was_merged_into_is_linked(published) -> None:
    id_, into = id_of(published, SENTENCES[3]), id_of(published, SENTENCES[2])
    without(published, SENTENCES[3])
    retire(published, id_, f"merged, into: {into}")
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


# --- no id is lost in silence -------------------------------------------------------------------------------------


def typo(paragraphs: list[str], chance: random.Random) -> None:
    number = chance.randrange(len(paragraphs))
    words = paragraphs[number].split()
    at = chance.randrange(len(words))
    words[at] = words[at][1:] + words[at][:1]
    paragraphs[number] = " ".join(words)


def move(paragraphs: list[str], chance: random.Random) -> None:
    paragraphs.insert(chance.randrange(len(paragraphs)), paragraphs.pop(chance.randrange(len(paragraphs))))


def insert(paragraphs: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(paragraphs))
    paragraphs[at:at] = ["## Protection", "The Committee was concerned about the detention of children."]


def retype(paragraphs: list[str], chance: random.Random) -> None:
    number = chance.randrange(len(paragraphs))
    paragraphs[number] = paragraphs[number].replace("was concerned about", "asked about")


def join(paragraphs: list[str], _chance: random.Random) -> None:
    paragraphs[:2] = [" ".join(paragraphs[:2])]


def double(paragraphs: list[str], chance: random.Random) -> None:
    paragraphs.append(chance.choice(paragraphs))


def drop(paragraphs: list[str], chance: random.Random) -> None:
    if len(paragraphs) > 2:
        paragraphs.pop(chance.randrange(len(paragraphs)))


EDITS = (typo, typo, move, insert, retype, join, double, drop)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=5), st.booleans(), st.integers(0, 2**32))
def test_no_id_is_lost_in_silence(tmp_path_factory, invented_vocabulary, edits, split, seed) -> None:
    stage = Stage(tmp_path_factory.mktemp("registry"), invented_vocabulary)
    chance = random.Random(seed)  # noqa: S311
    paragraphs = list(SENTENCES)
    stage.put({"arcadia.md": report(body="\n\n".join(paragraphs))})
    register(read(stage))
    promised = set(read(stage).corpus.by_id)
    for edit in edits:
        edit(paragraphs, chance)
    half = len(paragraphs) // 2 if split else len(paragraphs)
    stage.put({"arcadia.md": report(body="\n\n".join(paragraphs[:half]))})
    if split:
        stage.put({"second.md": report(body="\n\n".join(paragraphs[half:]))})
    after = read(stage)
    said = " ".join(found(after).get("I001", []))
    assert {id_ for id_ in promised - set(after.corpus.by_id) if id_ not in said} == set()
    assert len(after.corpus.by_id) == len(after.corpus.statements)
    if drop not in edits and retype not in edits and edits.count(typo) < 2 and join not in edits:
        assert promised <= set(after.corpus.by_id)
    shutil.rmtree(stage.folder)
