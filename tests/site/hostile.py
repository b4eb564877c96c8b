"""Files that mean harm, each in a folder of its own with what stands beside it, made anew for every run.

`CASES` has them by name: what is written, which finding it must get, or why it needs none. Everything that could run
would set `window.ran` or ask `evil.example`. `make` writes them all beside each other; `OVERLAY` is a vocabulary in
which a State, a theme and a person are called by a script.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from invented import EXCHANGE, report

FAR = "https://evil.example/"
SCRIPT = f'<script>window.ran=1;alert(1);fetch("{FAR}")</script>'
IMAGE = f'<img src="{FAR}x.png" onerror="window.ran=1">'
BROKEN_OUT = f"\"'></p></blockquote></article></main>{SCRIPT}"
FIRST_SESSION = 103  # of the invented State whose reports these are; sessions before it are other reports'


@dataclass(frozen=True)
class Case:
    """`files` by name below the case's folder; `codes` are those of which it must get one, `why` is for none."""

    name: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    codes: str = ""
    why: str = ""
    # What no write makes: links, pipes.
    further: Callable[[Path], None] = lambda _folder: None

    def write(self, folder: Path) -> Path:
        """Make the files; gives the folder of the sources."""
        (folder / "sources").mkdir(parents=True)
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.further(folder)
        return folder / "sources"


def _session(number: int) -> str:
    body = "<sup>TH</sup> SESSION OF THE COMMITTEE ON THE RIGHTS OF THE CHILD"
    return f"{FIRST_SESSION + number}{body}  \n25<sup>TH</sup> MAY 2026"


class _Made:
    """Numbers the reports, so that each is of an examination of its own."""

    def __init__(self) -> None:
        self.number = 0

    def text(self, body: str = EXCHANGE, **more: str) -> str:
        self.number += 1
        return report(more.pop("state", "RURITANIA"), body, session=_session(self.number), **more)

    def data(self, body: str = EXCHANGE, **more: str) -> bytes:
        return self.text(body, **more).encode("utf-8", "surrogatepass")


_made = _Made()


def _said(hostile: str) -> bytes:
    """A report that has something hostile in a heading's place of its own, in a paragraph and in a sentence."""
    sentence = (
        f"The Committee was concerned about {hostile} in schools. The delegation replied that {hostile} was known."
    )
    return _made.data(f"{EXCHANGE}\n\n{hostile}\n\n{sentence}")


def _of(name: str, data: bytes, codes: str = "", why: str = "", file: str = "") -> Case:
    return Case(name, {f"sources/{file or name.replace(' ', '-') + '.md'}": data}, codes, why)


# --- script in every position -------------------------------------------------------------------------------------


def _scripts() -> Iterator[Case]:
    yield _of("script in a heading", _made.data(f"{EXCHANGE}\n\n## {SCRIPT} Schools\n\n{EXCHANGE}"), "S004")
    titled = f"STATE PARTY EXAMINATION OF RURITANIA’S SECOND PERIODIC REPORT {SCRIPT}"
    yield _of("script in the title", _made.data(title=titled), "S004")
    yield _of("script in a list", _made.data(f"{EXCHANGE}\n\n- one\n- The Committee asked about {SCRIPT}.\n"), "S004")
    table = f"{EXCHANGE}\n\n| a | b |\n|---|---|\n| {SCRIPT} | {IMAGE} |\n"
    yield _of("script in a table", _made.data(table), "S004")
    yield _of("script in a session line", _made.data().replace(b"25<sup>", f"{SCRIPT} 25<sup>".encode()), "S004")
    yield _of("script in the delegation", _made.data(led_by=f"Ms. Ada {SCRIPT}, Minister of {IMAGE}"), "S004")
    pieces = {
        "script in a sentence": SCRIPT,
        "image with a handler": IMAGE,
        "drawing with a handler": '<svg onload="window.ran=1"><animate onbegin="window.ran=1" dur="1s"/></svg>',
        "element with handlers": '<div onmouseover="window.ran=1" onfocus="window.ran=1" autofocus tabindex="0">',
        "open details": '<details open ontoggle="window.ran=1"><summary>x</summary></details>',
        "frame": f'<iframe src="{FAR}" srcdoc="<script>parent.ran=1</script>"></iframe>',
        "form": f'<form action="{FAR}"><button formaction="javascript:window.ran=1">x</button></form>',
        "base": f'<base href="{FAR}">',
        "refresh": f'<meta http-equiv="refresh" content="0;url={FAR}">',
        "style": f'<style>@import "{FAR}x.css"; body {{ background: url({FAR}y.png) }}</style>',
        "style sheet": f'<link rel="stylesheet" href="{FAR}x.css"><link rel="preload" as="script" href="{FAR}x.js">',
        "object": f'<object data="{FAR}x"></object><embed src="{FAR}y"><video src="{FAR}z" autoplay></video>',
        "comment that ends": f"<!-- a --> {SCRIPT} <!-- b",
        "character data": f'<![CDATA[ {SCRIPT} ]]> <?php echo 1 ?> <!DOCTYPE x [<!ENTITY y SYSTEM "{FAR}">]>',
        "closing tags": BROKEN_OUT,
        "closing script": f"</script></style></textarea></title>{SCRIPT}",
        "template of another": "<template><script>window.ran=1</script></template><x-y is=z onclick=window.ran=1>",
        "mathematics": '<math><maction actiontype="statusline" xlink:href="javascript:window.ran=1">x</maction></math>',
    }
    for name, piece in pieces.items():
        yield _of(name, _said(piece), "S004")
    as_text = "it is text by CommonMark and by the templates, and makes no tag"
    harmless = {
        "link to a script": "[x](javascript:window.ran=1)",
        "link to data": f"[x](data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuPTE8L3NjcmlwdD4=) [y]: {FAR}",
        "image from afar": f"![x]({FAR}x.png)",
        "attribute list": '[x](a){: onclick="window.ran=1" } {#id .class style="color:red"}',
        "template language": "{{ 7 * 7 }} {% raw %} {{ config.__class__.__init__.__globals__ }} ${7*7} <%= 7 %>",
        "coded script": "&lt;script&gt;window.ran=1&lt;/script&gt; &amp;lt;img src=x onerror=window.ran=1&amp;gt;",
        "coded by number": "&#60;img src=x onerror=&#34;window.ran=1&#34;&#62; &#x3c;svg onload=window.ran=1&#x3e;",
        "coded address": "[x](&#106;avascript&colon;window.ran=1)",
        "code block": f"```html\n{SCRIPT.replace('<', '< ')}\n```",
        "formula of a spreadsheet": "=cmd|' /C calc'!A0 and @SUM(1+1)*cmd and +1-1",
        "names of a prototype": "__proto__ constructor toString hasOwnProperty valueOf __defineGetter__",
        "quotation marks": "\" onmouseover=window.ran=1 x=' onfocus=window.ran=1 ` $(x) \\\" \\'",
    }
    for name, piece in harmless.items():
        yield _of(name, _said(piece), why=as_text)
    yield _of("autolink to a script", _said(f"<javascript:window.ran=1> <{FAR}>"), why=as_text)
    clobbering = "".join(
        f"\n\n## {name}\n\n{EXCHANGE}" for name in ("q", "__config", "s-quick", "s-header-q", "places")
    )
    yield _of(
        "headings named like parts of the page", _made.data(f"{EXCHANGE}{clobbering}"), why="places have names of ours"
    )


# --- front matter and names ---------------------------------------------------------------------------------------


def _around() -> Iterator[Case]:
    def front(inside: str) -> bytes:
        return f"---\n{inside}\n---\n".encode() + _made.data()

    yield _of("front matter with a script", front(f"title: {SCRIPT}\ntags: ['{IMAGE}']"), "S006")
    yield _of("front matter that picks a template", front("template: ../../../etc/hostname\nhide: [toc]"), "S006")
    yield _of("front matter with objects", front("title: !!python/object/apply:os.system ['touch /tmp/ran']"), "S006")
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, *a]\n" for n in range(30))
    yield _of("front matter with a bomb", front(bomb), "D001")
    yield _of("front matter that is broken", front("title: [a\nb: }"), "D001")
    yield _of("name with a tag", _made.data(), "S007", file="<script>alert(1)<.md")
    yield _of("name with quotation marks", _made.data(), "S007", file="a\" onload='window.ran=1.md")
    yield _of("name with a line end", _made.data(), "S007", file="a\n::error::b.md")
    yield _of("name that turns", _made.data(), "S007", file="a\u202edm.exe.md")
    yield _of("name with an option", _made.data(), "S007", file="--strict.md")
    yield _of("name that hides", _made.data(), "S007", file=".hidden.md")
    yield _of("name in capitals", _made.data(), "S007", file="REPORT.MD")
    of_address = "its address is made of the examination, and of letters, digits and hyphens"
    yield _of("name of a device", _made.data(), why=of_address, file="con.md")
    yield _of("name of a device with more", _made.data(), why=of_address, file="aux.txt.md")
    one, other = _made.text(), _made.text(EXCHANGE + " The Committee asked about schools.")
    other = other.replace(f"{FIRST_SESSION + _made.number}<sup>", f"{FIRST_SESSION + _made.number - 1}<sup>")
    files = {"sources/Case.md": one.encode(), "sources/case.md": other.encode(), "sources/c-a-s-e.md": b""}
    yield Case("names that differ in case", files, "S002")
    yield _of("name in other letters", _made.data(), why=of_address, file="сonfus-е́-ﬁ.md")
    yield _of("State in other letters", _made.data(state="RURIT\u0410NIA"), "R001")
    yield _of(
        "State called by a script", _made.data(state="EVILIA"), why="the vocabulary's names are escaped like all text"
    )
    yield _of("theme called by a script", _made.data("The Committee was concerned about evildoing."), why="escaped too")


# --- what stands beside a source ----------------------------------------------------------------------------------


def _beside() -> Iterator[Case]:
    def register(name: str, **fields: str) -> bytes:
        told = {"kind": "summary", "publisher": "Nobody", "source_text": "full", **fields}
        return (
            f"format: sources/1\nsources:\n- file: {name}.md\n".encode()
            + "".join(f"  {key}: {value}\n" for key, value in told.items()).encode()
        )

    def case(name: str, codes: str = "", why: str = "", **beside: bytes) -> Case:
        files = {f"sources/{name.replace(' ', '-')}.md": _made.data()}
        named = {"register": "sources.yaml", "threads": "threads.yaml", "retired": "registry/retired.yaml"}
        named |= {"corrections": f"corrections/{name.replace(' ', '-')}.yaml", "ids": "registry/xru-crc-1.jsonl"}
        return Case(name, {**files, **{named[key]: data for key, data in beside.items()}}, codes, why)

    def field_of(name: str, **fields: str) -> bytes:
        return register(name.replace(" ", "-"), **fields)

    text = "the register's words are escaped like all text"
    for name in ("publisher", "notice"):
        yield case(
            f"{name} with a script",
            why=text,
            register=field_of(f"{name} with a script", **{name: f"'{IMAGE}{SCRIPT}'"}),
        )
    rights = f"{{holder: '{SCRIPT}', terms: '{BROKEN_OUT.replace(chr(39), chr(39) * 2)}'}}"
    yield case("rights with a script", why=text, register=field_of("rights with a script", rights=rights))
    yield case("date with a script", why=text, register=field_of("date with a script", date=f"'{SCRIPT}'"))
    yield case("address that runs", "D002", register=field_of("address that runs", url="'javascript:window.ran=1'"))
    yield case("rights that run", "D002", register=field_of("rights that run", rights="{url: 'data:text/html,x'}"))
    yield case("checksum of another", "D004", register=field_of("checksum of another", sha256=f"'{'0' * 64}'"))
    path = register("../../../../etc/passwd")
    yield case("register of a path", "D003", register=path)
    yield case(
        "register with objects", "D002", register=field_of("register with objects", kind="!!python/name:os.system x")
    )
    twice = field_of("register with a key twice", publisher="A") + b"  publisher: B\n"
    yield case("register with a key twice", "D001", register=twice)
    yield case("register of a wrong type", "D002", register=b"format: sources/1\nsources: {a: [b]}\n")
    yield case("register in another encoding", "D001", register="format: é".encode("utf-16"))
    deep = b"format: sources/1\nsources: " + b"[" * 200_000
    yield case("register that is deep", "D001", register=deep)
    yield case("register that is large", "D001", register=b"#" * (9 << 20))
    bomb = "format: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}]\n" for n in range(40))
    yield case("corrections with a bomb", "D001", corrections=bomb.encode())
    kept = "format: corrections/1\ncorrections:\n- quote: The Committee was concerned\n"
    kept += "  expect: {kind: concern, speaker: committee}\n"
    yield case(
        "reason with a script",
        why="the reason is escaped like all text",
        corrections=f"{kept}  set: {{kind: question}}\n  reason: '{SCRIPT}'\n".encode(),
    )
    yield case("corrections with a wrong type", "D002", corrections=b"format: corrections/1\ncorrections: yes\n")
    yield case(
        "corrections with a wrong place",
        "C001",
        corrections=kept.replace("concerned", "delighted").encode() + b"  drop: true\n  reason: x\n",
    )
    long = f"{kept}  set: {{kind: question}}\n  reason: '{'x' * 9_000_000}'\n".encode()
    yield case("corrections that are large", "D001", corrections=long)
    entry = f"{{state: XRU, theme: evil, examination: xru-crc-1, status: same, note: '{SCRIPT}', editor: x}}"
    note = f"format: threads/1\nthreads:\n- {entry}\n"
    yield case("threads with a script", "D002 C001", threads=note.encode())
    entry = f"id: xru-crc-1.abcdef, reason: removed, note: '{SCRIPT}\u202e', date: 2026-01-01, editor: '{IMAGE}'"
    retired = f"format: retired/1\nretired:\n- {{{entry}}}\n"
    ids = b'{"id": "xru-crc-1.abcdef", "words": "<script>window.ran=1</script>"}\n'
    yield case("registry with a script", why="notes are escaped like all text", retired=retired.encode(), ids=ids)
    yield case("registry that is no JSON", "D001", ids=b'{"id": <script>}\n')
    yield case("registry that is deep", "D001", ids=b"[" * 200_000)
    yield case("registry of numbers", "D002", ids=b'{"id": 1e999, "words": 2}\n')


# --- form, size, encoding -----------------------------------------------------------------------------------------


def _bytes() -> Iterator[Case]:
    quick = "it is read in time in proportion to its length"
    yield _of("too large", b"# x\n" + b"x" * (9 << 20), "S005")
    yield _of("one long line", _made.data(f"The Committee asked about {'visits and ' * 60_000}schools."), why=quick)
    yield _of("one long word", _made.data(f"The Committee asked about {'x' * 500_000}."), why=quick)
    yield _of("many sentences", _made.data("The Committee asked about schools. " * 3_000), why=quick)
    yield _of("many brackets", _made.data("[" * 20_000 + "\n\n" + "[a](" * 5_000), why=quick)
    yield _of("many parentheses", _made.data("The Committee asked (" + "(" * 20_000 + ")" * 20_000 + "."), why=quick)
    yield _of("many stars", _made.data("*" * 20_000 + "a" + "**_" * 10_000), why=quick)
    yield _of("many tags", _made.data("<div>" * 20_000 + "<sup>" * 20_000), why=quick)
    yield _of("many references", _made.data("&amp;" * 20_000 + "&#x1F600;" * 5_000), why=quick)
    yield _of("many headings", _made.data("\n\n".join(f"## {n}" for n in range(2_000))), why=quick)
    yield _of(
        "many cells", _made.data("|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n" + ("|" + "b|" * 500 + "\n") * 40), "P002"
    )
    yield _of("deep quotes", _made.data("> " * 2_000 + "The Committee asked about schools."), "S010")
    yield _of("deep lists", _made.data("\n".join("  " * n + "- item" for n in range(300))), "S010")
    yield _of("nothing", b"", "S002")
    yield _of("white space only", b" \n\t\r\n" * 100, "S002")
    yield _of("zeros", _made.data().replace(b"Opening", b"Open\0ing"), "S001")
    yield _of("another kind of file", b"%PDF-1.7\n\x00\xff\xfe" + bytes(range(256)) * 20, "S001")
    yield _of("UTF-16 without a mark", _made.text().encode("utf-16-le"), "S001")
    yield _of("UTF-16, small end first", b"\xff\xfe" + _made.text().encode("utf-16-le"), "S003")
    yield _of("UTF-16, big end first", b"\xfe\xff" + _made.text().encode("utf-16-be"), "S003")
    yield _of("UTF-16 cut off", b"\xff\xfe" + _made.text().encode("utf-16-le")[:-1], "S003")
    yield _of("UTF-8 with a mark", b"\xef\xbb\xbf" + _made.data(), why="the mark is no part of the text")
    yield _of("Windows-1252", _made.text("The Committee asked about the régime. " + EXCHANGE).encode("cp1252"), "S003")
    yield _of(
        "UTF-8 with broken bytes",
        _made.data("The Committee asked about “x”.").replace(b"about", b"ab\xffout\xc0\xaf"),
        "S003",
    )
    yield _of("half characters", _made.data(f"The Committee asked about \ud83d schools. {EXCHANGE}"), "S003")
    yield _of(
        "direction in a title",
        _made.data(title="STATE PARTY EXAMINATION OF RURITANIA’S \u202eDNOCES\u202c SECOND PERIODIC REPORT"),
        "S008",
    )
    yield _of("direction in a sentence", _said("the \u202edecrof\u202c \u2066work\u2069"), "S008")
    yield _of("direction, coded", _said("the &#x202e;decrof&#8236; work"), "S008")
    yield _of("direction in a name", _made.data(led_by="Ms. Ada \u202eecalevoL, Minister of Justice"), "S008")
    yield _of("no width in words", _said("traf\u200bfick\u2060ing \ufeff \U000e0041"), "S008")
    yield _of("line separators", _said("one\u2028two\u2029three\x85four\x0bfive\x0csix"), "S008")
    yield _of("commands to a terminal", _said("\x1b[2J\x1b]0;owned\x07 \x9b31m \x08\x08"), "S008")
    yield _of("line ends of old", _made.data().replace(b"\n", b"\r"), why="a lone CR ends a line")
    mixed = b"".join(
        line + end for line, end in zip(_made.data().split(b"\n"), [b"\n", b"\r\n", b"\r"] * 9, strict=False)
    )
    yield _of("line ends of all kinds", mixed, why="each of them ends a line")
    yield _of("marks on letters", _said("z" + "\u0301" * 3_000), why=quick)


# --- what is no file ----------------------------------------------------------------------------------------------


def _places() -> Iterator[Case]:
    def linked(name: str, target: str) -> Callable[[Path], None]:
        return lambda folder: (folder / name).symlink_to(target)

    def pipe(name: str) -> Callable[[Path], None]:
        return lambda folder: os.mkfifo(folder / name)

    good = {"sources/good.md": _made.data()}
    yield Case("link to a secret", {}, "S007", further=linked("sources/link.md", "/etc/passwd"))
    yield Case("link to a device", {}, "S007", further=linked("sources/zero.md", "/dev/zero"))
    yield Case("link to nothing", {}, "S007", further=linked("sources/none.md", "/nowhere/at/all"))
    yield Case("link to itself", {}, "S007", further=linked("sources/self.md", "self.md"))
    yield Case("link to a folder", {}, "S007", further=linked("sources/etc", "/etc"))
    yield Case("pipe", {}, "S007", further=pipe("sources/pipe.md"))
    yield Case("register that is a link", good, "D001", further=linked("sources.yaml", "/etc/passwd"))
    good = {"sources/good.md": _made.data()}
    yield Case("register that is a pipe", good, "D001", further=pipe("sources.yaml"))

    def corrections(folder: Path) -> None:
        (folder / "corrections").mkdir()
        (folder / "corrections/good.yaml").symlink_to("/etc/passwd")

    yield Case("corrections that are a link", {"sources/good.md": _made.data()}, "D001", further=corrections)
    why = "a folder may be called so; what is in it is read"
    yield Case("folder called like a report", {"sources/folder.md/a.md": _made.data()}, why=why)


CASES: tuple[Case, ...] = (*_scripts(), *_around(), *_beside(), *_bytes(), *_places())

OVERLAY = {
    "states.yaml": f"""format: states/1
states:
- code: XEV
  status: member
  region: 'Invented {SCRIPT}'
  subregion: '{IMAGE}'
  names:
    en: {{short: 'Evilia', formal: 'Republic of {SCRIPT}{IMAGE}'}}
    fr: {{short: '{SCRIPT}'}}
    es: {{short: '{IMAGE}'}}
  weak: [Evilian]
""",
    "themes.yaml": f"""format: themes/1
themes:
- id: evildoing
  label: {{en: '{SCRIPT}{IMAGE}'}}
  definition: '{SCRIPT}'
  cluster: GM
  cues: {{en: [evildoing]}}
""",
}

GOOD = {"good-one.md": report("ARCADIA").encode(), "good-two.md": report("FREEDONIA").encode()}


def good(folder: Path) -> Path:
    """The two reports that mean well, with their register."""
    (folder / "sources").mkdir(parents=True)
    entries = "".join(f"- {{file: {name}, kind: summary, publisher: Nobody, source_text: full}}\n" for name in GOOD)
    (folder / "sources.yaml").write_text(f"format: sources/1\nsources:\n{entries}")
    for name, data in GOOD.items():
        (folder / "sources" / name).write_bytes(data)
    return folder / "sources"


def overlay(folder: Path) -> Path:
    """The vocabulary of hostile names."""
    folder.mkdir(parents=True)
    for name, text in OVERLAY.items():
        (folder / name).write_text(text)
    return folder


def folder_of(case: Case) -> str:
    """What the folder of a case is called."""
    return "".join(c if c.isalnum() else "-" for c in case.name.lower())


def make(folder: Path) -> dict[str, Path]:
    """All cases; gives each one's folder of sources, by its name."""
    return {case.name: case.write(folder / folder_of(case)) for case in CASES}
