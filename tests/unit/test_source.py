"""The quotation normaliser operation by operation, offsets, spans over lines, encodings."""

from __future__ import annotations

import pytest

from generator.text.normaliser import normalise, normalise_with_offsets
from generator.text.source import Location, SourceText, Span


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        # marks are left to the spans
        ("a * star and _marks_", "a * star and _marks_"),
        ("<b>other tags</b> are text", "<b>other tags</b> are text"),
        # line breaks of HTML
        ("one<br>two <br/> three<BR />", "one two three"),
        # entities
        ("Children&rsquo;s Act", "Children’s Act"),
        ("a&nbsp;b&#160;c", "a b c"),
        ("&#8220;quoted&#x201D;", "“quoted”"),
        ("AT&T and &nosuchname; stay", "AT&T and &nosuchname; stay"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("co&shy;ordination", "coordination"),
        # soft hyphens
        ("co\u00adordi\u00adnation", "coordination"),
        # words broken at a line end
        ("coordi-\nnation", "coordination"),
        ("coordi\u00ad\nnation", "coordination"),
        ("self-\nesteem", "self-esteem"),
        ("follow-\nup", "follow-up"),
        ("Al-\nThani", "Al-Thani"),
        ("the delegation -\nled by", "the delegation - led by"),
        ("2011-\n2015", "2011- 2015"),
        ("mid-\n2027", "mid-2027"),
        ("the re¬\nquired proof", "the required proof"),
        ("shel-<br>ters", "shelters"),
        # white space
        ("  two  spaces \t and\na line ", "two spaces and a line"),
        ("no\u00a0break\u2003space", "no break space"),
        ("hard break  \nnext", "hard break next"),
        # everything else stays
        ("has “many serious challenges” – and 3.5 %", "has “many serious challenges” – and 3.5 %"),
        ("therefore making particularly vulnerable", "therefore making particularly vulnerable"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_normalise(raw: str, text: str) -> None:
    assert normalise(raw) == text


def test_normalise_again_changes_nothing() -> None:
    once = normalise("Lao coordi-\nnation &amp;<br> spaces")
    assert normalise(once) == once == "Lao coordination & spaces"


def test_offsets_lead_back_to_the_raw_text() -> None:
    raw = "on 20\n  May"
    text, starts, ends = normalise_with_offsets(raw)
    assert text == "on 20 May"
    assert list(starts) == [0, 1, 2, 3, 4, 5, 8, 9, 10]
    assert list(ends) == [1, 2, 3, 4, 5, 8, 9, 10, 11]
    assert [raw[s:e] for s, e in zip(starts, ends, strict=True)] == [*"on 20", "\n  ", *"May"]


def test_an_entity_is_one_character_from_many() -> None:
    text, starts, ends = normalise_with_offsets("a&amp;b")
    assert (text, list(starts), list(ends)) == ("a&b", [0, 1, 6], [1, 6, 7])


def test_lines_and_columns() -> None:
    source = SourceText.from_str("a.md", "one\ntwo three\n")
    assert source.line_count == 2
    assert source.line(2) == "two three"
    assert source.location(source.text.index("three")) == Location("a.md", 2, 5)
    assert source.slice(Span(2, 4, 9)) == "three"


def test_quote_joins_spans_over_lines() -> None:
    source = SourceText.from_str("a.md", "a framework has\n\nbeen established. Next")
    assert source.quote([Span(1, 2, 15), Span(3, 0, 17)]) == "framework has been established."


def test_spans_of_one_line_and_glued_ones_follow_each_other() -> None:
    source = SourceText.from_str("a.md", "**The Com**mittee saw chil\n\n7\n\ndren.")
    assert source.quote([Span(1, 2, 9), Span(1, 11, 26), Span(5, 0, 5, glued=True)]) == "The Committee saw children."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    source = SourceText.from_str("a.md", f"one{end}{end}three{end}")
    assert [source.line(number) for number in range(1, source.line_count + 1)] == ["one", "", "three"]
    assert source.slice(Span(3, 1, 3)) == "hr"


def test_no_final_line_end() -> None:
    assert SourceText.from_str("a.md", "one\ntwo").line_count == 2
    assert SourceText.from_str("a.md", "").line_count == 0


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("é".encode(), "utf-8", "é"),
        (b"\xef\xbb\xbfabc", "utf-8", "abc"),
        ("é".encode("utf-16"), "utf-16", "é"),
        (b"\xfe\xff\x00a\x00b", "utf-16", "ab"),
        ("déjà “vu”".encode("windows-1252"), "windows-1252", "déjà “vu”"),
        # 0x81 is nothing in Windows-1252
        (b"caf\xe9 \x81", "windows-1252", "café \x81"),
        # one byte of another encoding does not spoil the others
        ("“déjà” ".encode() + b"vu\x92s", "utf-8 and windows-1252", "“déjà” vu’s"),
        (b"", "utf-8", ""),
    ],
)
def test_encodings(data: bytes, encoding: str, text: str) -> None:
    source = SourceText.from_bytes("a.md", data)
    assert (source.encoding, source.text) == (encoding, text)


def test_the_hash_is_of_the_bytes_as_received() -> None:
    source = SourceText.from_bytes("a.md", b"\xef\xbb\xbfabc")
    assert source.sha256 == "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c"


@pytest.mark.parametrize(
    ("location", "shown"),
    [(Location("a.md", 3, 7), "a.md:3:7"), (Location("a.md"), "a.md"), (Location("a.md", 2), "a.md:2:0")],
)
def test_location_as_text(location: Location, shown: str) -> None:
    assert str(location) == shown
