"""YAML with places: line and column of values, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.datafile import DatafileError, Node, load, loads
from generator.diagnostics import Diagnostic
from generator.text.source import Location


def place(line: int, column: int) -> Location:
    return Location("a.yaml", line, column)


def refused(text: str) -> tuple[Location, str, str]:
    with pytest.raises(DatafileError) as caught:
        loads(text, "a.yaml")
    found = caught.value.diagnostic
    return found.location, found.code, found.message


def test_values_know_their_places() -> None:
    root = loads("a: 1\nlist:\n- x\n- {b: 'y z'}\n", "a.yaml")
    assert root == Node(
        {
            "a": Node("1", place(1, 4)),
            "list": Node([Node("x", place(3, 3)), Node({"b": Node("y z", place(4, 7))}, place(4, 3))], place(3, 1)),
        },
        place(1, 1),
    )


def test_everything_is_text_but_nothing() -> None:
    root = loads("{a: 007, b: yes, c: ~, d: null, e: '', f: , g: 'null', h: 2015-05-27}", "a.yaml")
    assert {key: node.value for key, node in root.mapping().items()} == {
        "a": "007",
        "b": "yes",
        "c": None,
        "d": None,
        "e": "",
        "f": None,
        "g": "null",
        "h": "2015-05-27",
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_file_is_nothing(text: str) -> None:
    assert loads(text, "a.yaml").value is None


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "the key 'a' stands twice"),
        ("a: b: c\n", 1, 5, "mapping values are not allowed in this context"),
        ("a: [1, 2\nb: 3\n", 2, 2, "did not find expected ',' or ']'"),
        ("a: 'x\n", 2, 1, "found unexpected end of stream"),
        ("? [1, 2]\n: x\n", 1, 3, "a key must be text"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document begins; expected one"),
        ("a: &x [1]\nb: *x\n", 2, 4, "the alias *x is not allowed"),
        ("a: &x [*x]\n", 1, 8, "the alias *x is not allowed"),
        ("\x07", 1, 1, "unacceptable character #x0007: control characters are not allowed"),
        ("[" * 41, 1, 41, "nested more than 40 deep"),
    ],
)
def test_broken_yaml_is_named_at_its_place(text: str, line: int, column: int, message: str) -> None:
    assert refused(text) == (place(line, column), "D001", message)


def test_a_billion_laughs_are_refused() -> None:
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    assert refused("\n".join(lines)) == (place(2, 8), "D001", "the alias *a is not allowed")


def test_a_million_brackets_are_refused() -> None:
    assert refused("[" * 1_000_000)[0] == place(1, 41)


def test_tags_make_no_objects() -> None:
    assert loads("a: !!python/object/apply:os.getcwd []\n", "a.yaml").need("a").value == []


@pytest.mark.parametrize(
    ("text", "read", "message", "hint"),
    [
        ("[1]", lambda node: node.mapping(), "found a list, expected a mapping", ""),
        ("{a: 1}", lambda node: node.items(), "found a mapping, expected a list", ""),
        ("[1]", lambda node: node.text(), "found a list, expected text", ""),
        ("~", lambda node: node.text(), "found nothing, expected text", ""),
        ("x", lambda node: node.integer(), "found 'x', expected a whole number", ""),
        ("maybe", lambda node: node.flag(), "found 'maybe', expected true or false", ""),
        ("x", lambda node: node.one_of("a b"), "found 'x', expected one of: a, b", ""),
        ("{a: 1}", lambda node: node.need("b"), "the key 'b' is missing", ""),
        ("{a: 1}", lambda node: node.mapping("b c"), "unknown key 'a'", "known here: b, c"),
    ],
)
def test_a_wrong_type_or_key(text: str, read: object, message: str, hint: str) -> None:
    node = loads(text, "a.yaml")
    with pytest.raises(DatafileError) as caught:
        read(node)  # type: ignore[operator]
    found = caught.value.diagnostic
    assert (found.code, found.message, found.hint) == ("D002", message, hint)


def test_readers_of_good_values() -> None:
    node = loads("{n: 12, yes: true, many: [a, b], kind: concern}", "a.yaml")
    assert node.need("n").integer() == 12
    assert node.need("yes").flag() is True
    assert node.need("many").texts() == ("a", "b")
    assert node.need("kind").one_of("concern reply") == "concern"
    assert node.get("absent").items() == []
    assert node.get("absent").mapping() == {}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"a: \xe9")
    with pytest.raises(DatafileError) as caught:
        load(tmp_path / "latin.yaml", "latin.yaml")
    assert caught.value.diagnostic.location == Location("latin.yaml", 1, 1)
    with pytest.raises(DatafileError) as caught:
        load(tmp_path / "none.yaml", "none.yaml")
    assert caught.value.diagnostic == Diagnostic(
        Location("none.yaml"), "D001", "cannot be read: No such file or directory"
    )
