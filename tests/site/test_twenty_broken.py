"""Twenty broken documents beside the project's own are withheld with errors; the rest is built as without them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from building import INVENTED, ROOT
from invented import report, review
from staging import plain_theme

from generator.build import Output, Project, prepare, reading

FAILING = {"raises.md": IndexError("tuple index out of range"), "has-no-memory.md": MemoryError(), "is-deep.md": None}


def broken() -> Mapping[str, bytes]:
    """By name, what a document is broken by."""
    good = report("ARCADIA").encode()
    of_states = review().partition("7.1.")[0] + "(Freedonia);\n"
    head, _, _ = review().partition("1. The Working Group")
    return {
        "states-alone.md": re.sub(r"held its ninetieth session from [^.]+\.", "met.", of_states).encode(),
        "states-alone-without-title.md": of_states.replace("Arcadia", "").encode(),
        "nul-bytes.md": good.replace(b"Opening", b"Open\0ing"),
        "only-nul-bytes.md": b"\0" * 4096,
        "empty.md": b"",
        "white-space.md": b" \n\t\r\n" * 100,
        "one-line-of-10-mb.md": b"# x\n\n" + b"The Committee asked about schools and " * 280_000,
        "large-and-in-order.md": good + b"\n\nThe Committee asked about schools." * 300_000,
        "utf-16-without-mark.md": good.decode().encode("utf-16-le"),
        "utf-16-cut-off.md": b"\xff\xfe" + "Zusammenfassung".encode("utf-16-le")[:-1],
        "random-bytes.md": bytes(range(256)) * 40,
        "deep-quotes.md": b"> " * 20_000 + b"The Committee asked about schools.",
        "deep-lists.md": "\n".join("  " * depth + "- item" for depth in range(400)).encode(),
        "unknown-state.md": report("SYLDAVIA").encode(),
        "no-session.md": report("FREEDONIA", session="").encode(),
        "endless-session.md": report("FREEDONIA").replace("102<sup>", "99999999999999999999<sup>").encode(),
        **{name: report("RURITANIA").encode() for name in FAILING},
        "head-alone.md": head.encode(),
    }


def files_of(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def built(content: Path, site: Path) -> tuple[dict[str, bytes], object]:
    publication = prepare(Project(ROOT, (content / "sources",), (INVENTED / "vocabularies",)), executor="in-process")
    publication.write(Output(site), plain_theme(publication, site))
    return files_of(site), publication.reading


def test_twenty_broken_documents_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    for name in ("sources", "corrections", "registry"):
        shutil.copytree(ROOT / "content" / name, content / name)
    for name in ("sources.yaml", "threads.yaml"):
        shutil.copy(ROOT / "content" / name, content / name)
    without, before = built(content, tmp_path / "without")
    real = reading.extract

    def extract(document, *more):
        name = document.source.path.rpartition("/")[2]
        if name not in FAILING:
            return real(document, *more)
        if error := FAILING[name]:
            raise error
        return extract(document, *more)  # too deep

    monkeypatch.setattr(reading, "extract", extract)
    files = broken()
    assert len(files) == 20
    for name, data in files.items():
        (content / "sources/broken").mkdir(exist_ok=True)
        (content / "sources/broken" / name).write_bytes(data)
    with_them, after = built(content, tmp_path / "with")
    assert {path.rpartition("/")[2] for path in after.withheld} - set(before.withheld) == set(files)
    told = {d.location.path.rpartition("/")[2] for d in after.diagnostics if d.severity == "error"}
    assert told >= set(files)
    assert {d.location.path.rpartition("/")[2] for d in after.diagnostics if d.code == "S011"} == set(FAILING)
    assert {name for name in with_them if with_them[name] != without.get(name)} == set()
    assert with_them.keys() == without.keys()
