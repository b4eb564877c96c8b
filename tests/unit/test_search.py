"""The search index: scripts that only a script can read, holding what the indexes hold and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import examination, report, say, told

from generator.corpus import assemble
from generator.model import Confidence, ReadDocument
from generator.pages import plan
from generator.search import search_files
from generator.search.postings import Postings, number, numbers, rising
from generator.search.records import SLOT
from generator.search.words import split
from generator.text.normaliser import visible

SCRIPT = re.compile(r'__sessionalSearch\("(\w+)",(\d+),(.*)\);\n', re.DOTALL)


class Index:
    """The files of an index, read back as the browser reads them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.scripts = {name: data.decode() for name, data in files.items()}
        self.data: dict[tuple[str, int], Any] = {}
        for text in self.scripts.values():
            found = SCRIPT.fullmatch(text)
            assert found
            self.data[found[1], int(found[2])] = json.loads(found[3])
        self.meta = self.data["meta", 0]

    def shards(self, kind: str) -> list[Any]:
        return [data for (what, _), data in sorted(self.data.items()) if what == kind]

    @property
    def words(self) -> dict[str, list[int]]:
        """Records by word."""
        return {name: records for (_, name), records in self.lists.items()}

    @property
    def lists(self) -> dict[tuple[str, str], list[int]]:
        """Records by the key of their row and their name."""
        found = {}
        for shard in self.shards("t"):
            for key, *row in shard:
                for name, count, written in (one for one in row if len(one) == 3):
                    records = read_rising(written if isinstance(written, str) else self.data["b", written])
                    assert len(records) == count
                    found[key, name] = records
        return found

    @property
    def pairs(self) -> dict[str, list[list[str]]]:
        """Names by the key of their row."""
        return {key: [one for one in row if len(one) == 2] for shard in self.shards("t") for key, *row in shard}

    @property
    def places(self) -> dict[tuple[str, str], list[int]]:
        """Places by family and word."""
        found = {}
        for at, shard in enumerate(self.shards("t")):
            names = [(key, one[0]) for key, *row in shard for one in row if len(one) == 3]
            found |= dict(zip(names, map(list, map(read_numbers, self.data.get(("p", at), []))), strict=False))
        return found

    def row(self, record: int) -> list[Any]:
        return self.data["d", record // self.meta["block"]][1][record % self.meta["block"]]

    @property
    def texts(self) -> dict[int, str]:
        """The words of the statements that are shown, by their records."""
        return {
            number * self.meta["block"] + n: row[4]
            for (what, number), data in self.data.items()
            if what == "d"
            for n, row in enumerate(data[1])
            if row and len(row) > 3
        }

    def found(self, word: str, row: str = "") -> list[str]:
        """What a word finds, or a list of a row."""
        texts, records = self.texts, self.lists.get((row, word), []) if row else self.words.get(word, [])
        return [texts[record] for record in records if record in texts]


def read_numbers(text: str) -> Iterator[int]:
    value, scale = 0, 1
    for sign in text:
        digit = ord(sign) - 35 - (sign > "\\")
        if digit < 56:
            yield value + digit * scale
            value, scale = 0, 1
        else:
            value, scale = value + (digit - 56) * scale, scale * 32


def read_rising(text: str) -> list[int]:
    if text.startswith("~"):
        cells = [ord(sign) - 35 - (sign > "\\") for sign in text[1:]]
        return [6 * at + bit for at, cell in enumerate(cells) for bit in range(6) if cell >> bit & 1]
    found, last = [], 0
    for step in read_numbers(text):
        last += step
        found.append(last)
    return found


def index(vocabulary, *documents: ReadDocument) -> Index:
    planned = plan(assemble(documents)[0], vocabulary)
    return Index(dict(search_files(planned.views, planned.pages)))


# --- lists ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 1 << 31)))
def test_numbers_are_read_back_as_they_were_written(values: list[int]) -> None:
    assert list(read_numbers(numbers(values))) == values
    assert list(read_numbers("".join(map(number, values)))) == values
    once = sorted(set(values))
    assert read_rising(rising(once)) == once


@given(st.sets(st.integers(0, 300)))
def test_numbers_that_stand_close_are_read_back(values: set[int]) -> None:
    once = sorted(set(values))
    assert read_rising(rising(once)) == once
    assert json.dumps(rising(sorted(values))) == f'"{rising(sorted(values))}"'


def test_the_signs_need_no_escape() -> None:
    text = numbers(range(200_000))
    assert json.dumps(text) == f'"{text}"'


def test_a_phrase_is_words_that_follow_each_other() -> None:
    postings = Postings()
    postings.add(3, split("the rights of the child"))
    postings.add(4, split("the child of the rights"))
    postings.add(9, split("rights rights of the child"))
    assert postings.phrase("rights of the child".split()) == [3, 9]
    assert postings.phrase("the child".split()) == [3, 4, 9]
    assert postings.phrase(["rights"]) == [3, 4, 9]
    assert postings.phrase("child rights".split()) == []
    assert postings.phrase("no such".split()) == []
    assert list(read_numbers(postings.places("rights"))) == [2, 8, 1, 2]


def test_a_name_is_not_found_as_a_part_of_a_longer_one() -> None:
    postings = Postings()
    postings.add(1, split("equatorial guinea asked"))
    postings.add(2, split("guinea and equatorial guinea"))
    postings.add(3, split("guinea bissau"))
    assert postings.phrase(["guinea"], [["equatorial", "guinea"], ["guinea", "bissau"]]) == [2]
    assert postings.phrase(["guinea"]) == [1, 2, 3]


def test_a_very_long_record_keeps_all_its_words() -> None:
    postings = Postings()
    postings.add(7, split(" ".join(f"word{n}" for n in range(3000))))
    assert postings.records("word2999") == [7]
    assert postings.records("word0") == [7]


# --- what is found ---------------------------------------------------------------------------------------------------


def test_a_statement_is_found_by_each_of_its_words(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("The Committee was concerned."), say("A reply.", "reply", at=1)))
    assert found.found("concerned") == ["The Committee was concerned."]
    assert found.found("reply") == ["A reply."]
    assert found.meta["statements"] == 2


def test_a_row_says_what_where_and_whose(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("The Committee was concerned.")))
    (record,) = found.texts
    names, _ = found.data["d", record // found.meta["block"]]
    local, examination, address, who, text = found.row(record)
    assert names[examination] == ["xar-crc-101", "CRC, 101th session", "A badge.", "Arcadia", "countries/xar/crc-101/"]
    assert (local, names[who], text) == ("rtgnfr", "Committee", "The Committee was concerned.")
    assert address == 0  # that of the examination


def test_a_row_tells_who_recommended_what_came_of_it_and_what_is_a_digest(invented_vocabulary) -> None:
    one = say(
        "Ratify.", "recommendation", "reviewing-state", number="1.2", recommending_states=("XFR",), listed=True,
        response="noted",
    )  # fmt: skip
    found = index(invented_vocabulary, told(one))
    (record,) = found.texts
    assert found.row(record)[5:] == ["Freedonia", 0, "No. 1.2 · Noted"]


def test_what_stands_in_no_index_is_not_found(invented_vocabulary) -> None:
    document = told(
        say("found"),
        say("opinion", speaker="author", confidence=Confidence.LOW, at=1),
        say("background", "background", at=2),
        say("procedural", "procedural", at=3),
        say("doubtful", confidence=Confidence.LOW, at=4),
        say("surely", speaker="author", confidence=Confidence.HIGH, at=5),
    )
    assert list(index(invented_vocabulary, document).texts.values()) == ["found"]


def test_records_of_one_shelf_and_state_stand_together(invented_vocabulary) -> None:
    document = told(
        *(say(f"Concern {n}.", at=n) for n in range(5)), *(say(f"Reply {n}.", "reply", at=9 + n) for n in range(3))
    )
    found = index(invented_vocabulary, document)
    counts, states = list(read_numbers(found.meta["counts"])), ["", *found.meta["states"].split(" ")]
    assert len(counts) == len(found.meta["shelves"]) * len(states)
    first = 0
    for place, count in enumerate(counts):
        kind = found.meta["shelves"][place // len(states)][0]
        for record in range(first, first + count):
            row = found.row(record)
            assert (kind == "page") == (len(row) == 3)
            assert kind == "page" or row[4].casefold().startswith(kind)
        first += -(-count // SLOT) * SLOT


def test_pages_are_found_by_their_titles(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("x")))
    pages = {found.row(record)[0] for record in found.words["arcadia"] if len(found.row(record)) == 3}
    assert pages == {"countries/xar/", "countries/xar/crc-101/"}


def test_a_number_and_a_speakers_name_find_their_statement_but_are_no_words_of_it(invented_vocabulary) -> None:
    statement = say("Ratify the treaty.", "recommendation", number="135.27", speaker_name="Teodor Quillan")
    found = index(invented_vocabulary, told(statement))
    assert found.found("27") == found.found("quillan") == ["Ratify the treaty."]
    places = {word: at for (_, word), at in found.places.items()}
    assert places["treaty"] == [2 * 2]
    assert places["135"] == [2 * 4]


def test_other_names_of_a_state_lead_to_it(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("The Republic of Arcadia ought to know."), say("other", at=1)))
    ((label, names),) = found.pairs["@XAR"]
    assert label == "Arcadia"
    assert "republic of arcadia" in names.split("|")
    assert ["republic of arcadia", "@XAR"] in found.pairs["republic"]
    assert ["arcadia", "@XAR"] in found.pairs["arcadia"]
    assert found.found("name", "@XAR") == ["The Republic of Arcadia ought to know."]


def test_a_query_may_hold_a_name_that_running_text_may_not(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("An Arcadian law."), say("other", at=1)))
    assert ["arcadian", "@XAR"] in found.pairs["arcadian"]
    assert found.found("name", "@XAR") == []


def test_what_a_search_is_narrowed_by_stands_among_the_words(invented_vocabulary) -> None:
    one = say("one", themes=("trafficking",))
    two = say("two", "recommendation", "reviewing-state", at=1, recommending_states=("XFR",))
    found = index(invented_vocabulary, told(one, two))
    assert found.found("all", "@theme:trafficking") == ["one"]
    assert found.found("by", "@XFR") == ["two"]


def test_a_word_of_two_languages_has_its_own_records_in_each(invented_vocabulary) -> None:
    french = told(say("La protection sociale.", lang="fr"), path="b.md", facts=(examination(session="102"),))
    found = index(invented_vocabulary, told(say("A protection for all.")), french)
    lists = {key: records for (key, name), records in found.lists.items() if name == "protection"}
    assert len(lists) == 2
    assert sorted(map(len, lists.values())) == [1, 1]
    assert sorted(at for (_, name), at in found.places.items() if name == "protection") == [[2], [2]]


def test_examinations_are_counted_by_shelf(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("one"), say("two", at=1)))
    facets = found.data["facets", 0]
    counts = list(read_numbers(facets["counts"]))
    rows = list(read_numbers(facets["state"]))
    assert len(counts) == len(found.meta["shelves"]) * len(rows)
    assert sum(counts) == sum(read_numbers(found.meta["counts"]))
    columns = [[values[at] for at in read_numbers(places)] for values, places in map(facets.get, ("treaty", "session"))]
    assert ("CRC", "CRC 101th session") in list(zip(*columns, strict=True))
    assert [facets["states"][at][0] for at in rows] == ["", "Arcadia", "Arcadia"]


def test_a_compound_is_of_the_family_of_the_word_without_hyphens(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("One whistle-blower."), say("Whistleblowers.", at=1)))
    families = {name: key for key, name in found.lists if "blow" in name}
    assert set(families) == {"whistle-blower", "whistleblowers", "blower"}
    assert families["whistle-blower"] == families["whistleblowers"] != families["blower"]
    assert found.found("whistle-blower") == found.found("blower") == ["One whistle-blower."]
    places = {word: at for (_, word), at in found.places.items()}
    assert (places["whistle"], places["blower"], places["whistle-blower"]) == ([2], [4], [])


def test_a_language_without_data_can_be_searched(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("ສະຫວັດດີ", lang="lo")))
    assert found.found("ສະ") == ["ສະຫວັດດີ"]


def test_shards_are_in_the_order_in_which_a_script_compares(invented_vocabulary) -> None:
    """Characters beyond the first 65,536 come before the last of these there."""
    found = index(invented_vocabulary, told(*(say(text, at=n) for n, text in enumerate(("𐐨a", "\ufa0e", "ꜣa")))))
    families = [family[0] for shard in found.shards("t") for family in shard]
    assert [one for one in families if not one.isascii()] == ["ꜣa", "𐐨a", "\ufa0e"]


# --- how it is written -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", '"\\</', "\x00", "__proto__"]
)
def test_no_text_can_end_a_script(invented_vocabulary, text) -> None:
    found = index(invented_vocabulary, told(say(text)))
    assert list(found.texts.values()) == [visible(text)]
    for script in found.scripts.values():
        assert "</" not in script
        assert not re.search("[\u2028\u2029\x00]", script)
        assert script.count("\n") == 1


def test_words_that_may_not_be_shown_are_not_in_the_index(stage) -> None:
    rights = "format: sources/1\nsources:\n- {file: a.md, kind: summary, publisher: Us, source_text: none}\n"
    publication = stage.publish({"a.md": report(), "sources.yaml": rights})
    files = dict(search_files(publication.plan.views, publication.plan.pages))
    assert not any(b"register" in data for name, data in files.items() if name != "search/meta.js")


def test_an_empty_corpus_has_an_index(invented_vocabulary) -> None:
    found = index(invented_vocabulary)
    assert found.meta["statements"] == 0
    assert found.texts == {}


def test_the_order_of_documents_makes_no_difference(invented_vocabulary) -> None:
    first = told(say("one"), path="a.md")
    second = told(say("two"), path="b.md", facts=(examination(session="102"),))
    assert index(invented_vocabulary, first, second).scripts == index(invented_vocabulary, second, first).scripts


def test_every_file_is_named_after_what_it_holds(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("one")))
    for name, script in found.scripts.items():
        kind, number = SCRIPT.fullmatch(script).group(1, 2)
        assert name in (f"search/{kind}/{number}.js", f"search/{kind}.js")
        assert len(name) < 40


def test_shards_follow_one_order_from_digits_to_letters(invented_vocabulary) -> None:
    found = index(invented_vocabulary, told(say("In 2015 and 1325 the Arcadia Zebra.", themes=("trafficking",))))
    families = [family[0] for shard in found.shards("t") for family in shard]
    assert families == sorted(families)
    assert {"1325", "@theme:trafficking", "zebra"} <= set(families)
