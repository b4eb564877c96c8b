"""What does not show is named, links lead to the web only, and a data file is a file of a size."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.build.bundle import refuse_unsafe
from generator.datafile import DatafileError, load, loads
from generator.parse import parse
from generator.registry import load_entries
from generator.render import _shown, _text
from generator.text.normaliser import hidden, visible
from generator.text.source import SourceText
from generator.vocabulary import Vocabulary
from generator.vocabulary.folding import slug


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\x1b", "\x85", "\u2028", "\ufeff", "\U000e0041"])
def test_what_does_not_show_is_named(character: str) -> None:
    text = f"a{character}b"
    assert [found[0] for found in hidden(text)] == [character]
    assert visible(text) == f"a[U+{ord(character):04X}]b"


@pytest.mark.parametrize(
    "text",
    ["a\tb\nc\r\n", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "👩\u200d⚖️", "naïve “x” – y", "a\u00a0b"],
)
def test_what_shows_or_is_needed_to_write_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_on_a_page_the_name_stands_beside_the_character_and_the_text_stays() -> None:
    html = _shown('<p title="{}">{}</p>'.format(_text("x\u202ey"), _text("a\u202eb<&#x41;")))
    assert html == ('<p title="x\u202ey">a<bdi class="s-unseen" data-unseen="U+202E">\u202e</bdi>b&lt;&amp;#x41;</p>')


@pytest.mark.parametrize("coded", ["&#x202e;", "&#8238;", "&#8203;", "&ZeroWidthSpace;", "&rlm;"])
def test_a_character_that_does_not_show_is_found_in_its_coded_form(vocabulary: Vocabulary, coded: str) -> None:
    _, found = parse(SourceText.from_str("r.md", f"# One\n\nA sentence{coded} here.\n"), vocabulary)
    assert [(one.location.line, one.location.column) for one in found if one.code == "S008"] == [(3, 11)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("one “two” ".encode("utf-16") + b"\x00", "decoded from utf-16; 1 character cannot be read in it"),
        (b"\xff\xfea\x00", "decoded from utf-16"),
        (b"\xfe\xff\x00a", "decoded from utf-16"),
        (b"\xe9t\xe9", "decoded from windows-1252; 2 characters could be meant otherwise"),
        ("“one” ".encode() + b"tw\x92o", "decoded from utf-8 and windows-1252; 1 character could be meant otherwise"),
    ],
)
def test_what_was_guessed_is_counted(vocabulary: Vocabulary, data: bytes, message: str) -> None:
    _, found = parse(SourceText.from_bytes("r.md", data), vocabulary)
    (said,) = [one.message for one in found if one.code == "S003"]
    assert said.removesuffix(", the first here") == message


@pytest.mark.parametrize("data", ["é".encode(), b"\xef\xbb\xbfa"])
def test_utf_8_is_nothing_to_tell(vocabulary: Vocabulary, data: bytes) -> None:
    assert "S003" not in {one.code for one in parse(SourceText.from_bytes("r.md", data), vocabulary)[1]}


# --- data files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["https://a.example/x?y=1#z", "http://a.example", "mailto:a@b.example"])
def test_an_address_of_the_web(text: str) -> None:
    assert loads(f"url: '{text}'", "a.yaml").need("url").web_address() == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "relative/path",
        "https://",
        "https:///x",
        "https://a.example/\\u202excod.exe",
        "https://a.example/ b",
        "",
    ],
)
def test_no_address_of_the_web(text: str) -> None:
    with pytest.raises(DatafileError, match="is no address of the web"):
        loads(f'url: "{text}"', "a.yaml").need("url").web_address()


def of_size(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(9 * 1024 * 1024)


def linked(path: Path) -> None:
    (path.parent / "other").write_text("a: 1\n")
    path.symlink_to(path.parent / "other")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (of_size, "larger than 8 MiB"),
        (linked, "this is a symbolic link"),
        (os.mkfifo, "this is no plain file"),
        (Path.mkdir, "this is no plain file"),
        (lambda _path: None, "cannot be read: No such file"),
        (lambda path: path.write_bytes(b"\xff\xfea\x00"), "not UTF-8"),
    ],
)
def test_what_is_no_data_file_is_said(tmp_path: Path, make, message: str) -> None:
    make(tmp_path / "a.yaml")
    with pytest.raises(DatafileError, match=message):
        load(tmp_path / "a.yaml", "a.yaml")


def test_a_registry_that_is_nested_without_end_is_said() -> None:
    with pytest.raises(DatafileError, match="no entry of a registry"):
        list(load_entries('{"id": ' + "[" * 100_000, "a.jsonl"))


@pytest.mark.parametrize("name", ["con", "AUX", "Nul.", "com0", "LPT9"])
def test_no_address_is_the_name_of_a_device(name: str) -> None:
    refuse_unsafe([f"people/{slug(name)}/index.html"])


@pytest.mark.parametrize("mark", ["> ", "- "])
def test_what_is_nested_too_deep_is_said_where_it_begins(vocabulary: Vocabulary, mark: str) -> None:
    def nested(times: int) -> list[int]:
        lines = [("  " * depth + mark if mark == "- " else mark * (depth + 1)) + "word" for depth in range(times)]
        _, found = parse(SourceText.from_str("r.md", "\n".join(["# One", "", *lines])), vocabulary)
        return [one.location.line for one in found if one.code == "S010"]

    assert nested(5) == []
    assert len(nested(60)) == 1
