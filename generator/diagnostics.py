"""Findings in content, for the people who edit it.

Takes nothing from other rooms but `Location`. Gives `Diagnostic`, the registry `RULES` with an explanation of each
rule, and the renderers (text, JSON, GitHub annotations). An error means that publishing would say something false or
lose something: that document is withheld, the others are built.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from generator.text.source import Location


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be found: `name` reads after "allow …"; the rest is its manual page."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding at one place. `length` marks so many characters of the line.

    `detail` is for whoever looks for a fault of the program: the traceback.
    """

    location: Location
    code: str
    message: str
    hint: str = ""
    length: int = 1
    detail: str = field(default="", compare=False)

    @property
    def rule(self) -> Rule:
        """The rule that found it."""
        return RULES[self.code]

    @property
    def severity(self) -> Severity:
        """The severity of its rule."""
        return RULES[self.code].severity


def _rules(*rules: Rule) -> dict[str, Rule]:
    return {rule.code: rule for rule in rules}


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: Mapping[str, Rule] = _rules(
    # S: the file as received
    Rule(
        "S001",
        "unreadable-source",
        E,
        "The file cannot be read, or holds NUL bytes.",
        "NUL bytes mean that this is no text (a PDF, a Word file, UTF-16 without a mark). Guessing would invent words.",
        "Convert the report to Markdown in UTF-8 and replace the file.",
    ),
    Rule(
        "S002",
        "empty-source",
        E,
        "The file holds no text.",
        "An empty page under a State's name would say that nothing was said.",
        "Put the report in, or remove the file.",
    ),
    Rule(
        "S003",
        "other-encoding",
        W,
        "The file is not UTF-8; it was decoded from another encoding.",
        "Windows-1252 decodes any bytes, so a wrong guess shows only as wrong letters in names.",
        "Look at accented letters and quotation marks, then save the file as UTF-8.",
    ),
    Rule(
        "S004",
        "html-as-text",
        W,
        "The report holds HTML that no report needs, which is left out, or tags unknown to HTML, shown as text.",
        "Nothing in a source may run or draw anything on our pages; words in a tag nobody knows may be somebody’s.",
        "Nothing to do if the report really writes so; else remove the tags from the conversion.",
    ),
    Rule(
        "S005",
        "oversize-source",
        E,
        "The file is larger than a report can be.",
        "The largest report of these families has under one megabyte; more is another kind of file.",
        "Split the file into one report each.",
    ),
    Rule(
        "S006",
        "front-matter-ignored",
        W,
        "The file begins with front matter, which is not part of the report.",
        "Sources are texts as received; what editors know of them stands in sources.yaml.",
        "Move what matters to content/sources.yaml.",
    ),
    Rule(
        "S007",
        "unsafe-source-name",
        E,
        "The file's name or place cannot be used: a symbolic link, or a name that is no plain file name.",
        "A name becomes an address; a link can publish a file that nobody meant to publish.",
        "Rename the file with letters, digits, dots, hyphens; replace the link by the file.",
    ),
    Rule(
        "S008",
        "hidden-characters",
        W,
        "The text holds control or direction characters that do not show.",
        "They can make a sentence read otherwise than it is stored. The text is kept exactly; a direction character "
        "acts only inside its own quotation.",
        "Remove them from the conversion if they are not in the original.",
    ),
    Rule(
        "S009",
        "still-to-be-written",
        W,
        "The file was begun with `sessional new`; its report is still to be put in. Nothing of it is published.",
        "An empty page under a State's name would say that nothing was said.",
        "Put the whole report in the place of everything in the file.",
    ),
    Rule(
        "S010",
        "nested-too-deep",
        W,
        "Lists or quotes stand in each other deeper than a report needs; what is deeper was not read.",
        "Reading them without end would let one file stop the build. The text stands on the source page.",
        "Take the marks of lists and quotes out of the conversion where they mean nothing.",
    ),
    Rule(
        "S011",
        "reading-failed",
        E,
        "The program failed while it read the document. Nothing of it is published; every other document is.",
        "A document that is read in part would say less than its author did, or something else.",
        "This is a fault of the program, not of the text: report it with the file and with what "
        "`sessional --debug check FILE` prints.",
    ),
    # D: data files of the project
    Rule(
        "D001",
        "broken-yaml",
        E,
        "A data file is not valid YAML.",
        "Nothing in it can be trusted, so what depends on it is withheld.",
        "Mend the line that is named; often a colon or a quotation mark is missing.",
    ),
    Rule(
        "D002",
        "unexpected-value",
        E,
        "A data file holds a key or value that is not understood.",
        "A misspelt key would be dropped in silence.",
        "Compare with the other entries of the file; the message says what was expected.",
    ),
    Rule(
        "D003",
        "source-not-listed",
        W,
        "The report is not listed in sources.yaml: publisher, rights and date are not recorded.",
        "Visitors must know whose text it is and on what terms it is shown.",
        "Add an entry with the file's name to content/sources.yaml.",
    ),
    Rule(
        "D004",
        "source-changed",
        E,
        "The file's sha256 is not the one recorded in sources.yaml.",
        "Sources are published as received; a silent change would change what somebody said.",
        "Restore the file, or record the new sha256 with the reason for the change.",
    ),
    Rule(
        "D005",
        "expectation-not-met",
        E,
        "A total of the collection is not the one recorded in expectations.yaml.",
        "A change of a rule may lose statements in documents that nobody looked at.",
        "If the change is meant, record the new total; else find out which document lost what.",
    ),
    # R: recognition of the examination
    Rule(
        "R001",
        "state-not-recognised",
        E,
        "The State examined could not be recognised from the title.",
        "Without it the report belongs on no page; guessing would put words under another State.",
        "Check the title's spelling; a new spelling of a name goes to content/vocabularies/states.yaml.",
    ),
    Rule(
        "R002",
        "session-not-recognised",
        E,
        "The session could not be recognised.",
        "An examination is a State, a treaty and a session; without the session it has no address.",
        "Check the session line under the title; sessions stand in content/vocabularies/sessions.yaml.",
    ),
    Rule(
        "R003",
        "treaty-not-recognised",
        E,
        "The treaty under which the State was examined could not be recognised.",
        "The same State may be examined under several treaties in one session.",
        "Check the title; treaties stand in content/vocabularies/treaties.yaml.",
    ),
    Rule(
        "R004",
        "family-not-recognised",
        E,
        "The text is not a report of a kind that is known.",
        "Speakers and kinds are read by the habits of a family of reports; other texts would be misread.",
        "Describe the new family in content/vocabularies/families.yaml.",
    ),
    Rule(
        "R005",
        "date-not-recorded",
        W,
        "The day of the examination is not in the report.",
        "A session's range is never taken for the day of the examination.",
        "Nothing, or record the day in the corrections file with its source.",
    ),
    Rule(
        "R006",
        "date-outside-session",
        W,
        "The examination is dated outside the session's dates.",
        "One of the two is wrong.",
        "Check the session's number and the day; correct the one that is wrong.",
    ),
    Rule(
        "R007",
        "treaty-inferred",
        W,
        "A treaty's title is cut in the source; which one is meant was inferred.",
        "What is inferred is shown as inferred, never as stated.",
        "Accept it in the corrections file when another document says so.",
    ),
    Rule(
        "R008",
        "delegation-not-recognised",
        W,
        "No sentence that names the delegation or its head was understood.",
        "The page then says that the head of delegation is not recorded.",
        "Nothing if the report does not say; else tell us the sentence so that the rule can learn it.",
    ),
    Rule(
        "R009",
        "session-not-listed",
        W,
        "The session is not in the vocabulary of sessions.",
        "Its dates cannot be shown or checked.",
        "Add it to content/vocabularies/sessions.yaml with its source.",
    ),
    Rule(
        "R010",
        "facts-disagree",
        W,
        "Two places of the report state one fact differently.",
        "The first is shown; one of them is wrong.",
        "Check both lines; correct the fact, or accept the finding, in the corrections file.",
    ),
    Rule(
        "R011",
        "file-name-differs",
        W,
        "The file's name says another State or year than the text.",
        "Names of files are given by people and programs; the text is what was published. The text counts.",
        "Rename the file, or accept the finding in the corrections file.",
    ),
    Rule(
        "R012",
        "recommending-state-unknown",
        W,
        "A State is named where one is expected, but no State is called so.",
        "The statement is published without that State: names are matched exactly, never by likeness.",
        "Add the spelling to states.yaml if it is a name of a State; else correct the statement beside the source.",
    ),
    Rule(
        "R013",
        "recommending-state-missing",
        W,
        "A recommendation of the conclusions ends without the State that makes it.",
        "The page then says that the recommending State is not recorded.",
        "Look at the source: a bracket may be lost in the conversion, or stand on another line.",
    ),
    Rule(
        "R014",
        "reference-not-resolved",
        W,
        "The conclusions name a paragraph or item as a recommendation, but none was understood there.",
        "The State's position on it is then missing from the page.",
        "Read the paragraph; add or set the statement in the corrections file.",
    ),
    Rule(
        "R015",
        "bracket-without-recommendation",
        W,
        "A paragraph of the conclusions begins with States in brackets, and no recommendation stands before it.",
        "Such a bracket names those who make the recommendation before it; words may be lost in the conversion.",
        "Compare with the original document, and put the words that are missing before the bracket.",
    ),
    Rule(
        "R016",
        "recommendations-not-read",
        E,
        "The conclusions of a report that lists recommendations hold none that was understood.",
        "The page would say that nothing was recommended.",
        "Look at how they are numbered: a number begins a line, or stands in a column of a table.",
    ),
    # P: parsing
    Rule(
        "P001",
        "furniture-guessed",
        W,
        "A line was taken for page furniture (a page number, a footnote dropped into the text) by its shape alone.",
        "If it was part of a sentence, words are missing on the page.",
        "Look at the source page: furniture is greyed there.",
    ),
    Rule(
        "P002",
        "unread-block",
        W,
        "A part of the report was not read: a table, a block of code or another form that holds no sentences.",
        "It stands on the source page, but no statement was taken from it.",
        "Read it yourself, and bring it into running text in the conversion if sentences were lost.",
    ),
    Rule(
        "P003",
        "sentence-joined",
        N,
        "A sentence that was cut by a page break was joined.",
        "Both places are quoted together.",
        "Nothing, if the two parts are one sentence.",
    ),
    Rule(
        "P004",
        "heading-not-listed",
        N,
        "A contents list names a heading that was not found in the text.",
        "A section may have been lost in the conversion.",
        "Compare with the original document.",
    ),
    Rule(
        "P005",
        "page-missing",
        W,
        "The converter says that it could not read a page.",
        "What stood on that page is not in the text.",
        "Convert the original again, by another way if need be, or put the missing text in by hand.",
    ),
    Rule(
        "P006",
        "note-guessed",
        N,
        "A paragraph was taken for the words of a note by its number, though nothing in the text calls it.",
        "If somebody said it in the dialogue, it is missing among the statements.",
        "Look at the source page: notes are named there.",
    ),
    Rule(
        "P007",
        "heading-read-as-text",
        N,
        "A sentence marked as a heading was read as part of the text.",
        "Converters mark bold or large sentences as headings; a heading is never quoted.",
        "Nothing, if it is a sentence; else take its end mark off in the conversion.",
    ),
    # H: the health of a text
    Rule(
        "H001",
        "damaged-characters",
        W,
        "Signs stand in the place of letters: “�”, “(cid:72)”, “/uniFB01”, “GLYPH<…>”, private or control characters.",
        "A quotation with them is not what was said, and names in it are wrong. A sentence with them is shown on its "
        "document’s page only, and stands in no index.",
        "Export the text again from the original, or run OCR (text recognition) on it. A single sentence can be put "
        "right in the corrections file.",
    ),
    Rule(
        "H002",
        "word-in-pieces",
        W,
        "A word is in pieces or has lost letters: “dele gation”, “recom-mended”, “con ict”.",
        "Who speaks and what is said are read from whole words. A sentence with such a word is shown on its document’s "
        "page only, and stands in no index.",
        "Export the text again from the original, or correct the statement in the corrections file. If these are two "
        "words after all, add the one that is missing to content/vocabularies/words.yaml.",
    ),
    Rule(
        "H003",
        "columns-mixed",
        W,
        "Lines of two columns stand side by side, and were read across.",
        "The sentences are made of halves that do not belong together. They are shown on the document’s page only, and "
        "stand in no index.",
        "Convert the original again with a program that reads columns one after the other.",
    ),
    Rule(
        "H004",
        "sentence-as-heading",
        W,
        "A heading is a sentence in which somebody says something.",
        "What stands in a heading is not read as a statement, so that it is missing from the page.",
        "Take the mark of the heading away in the conversion.",
    ),
    Rule(
        "H005",
        "cells-as-lines",
        W,
        "Short lines follow each other that look like the cells of a table.",
        "What stood in one row of the table is no longer told, so nothing was read of it.",
        "Convert the table again, or bring it into running text.",
    ),
    Rule(
        "H006",
        "numbers-missing",
        W,
        "Many paragraphs of a text whose paragraphs are numbered have no number.",
        "Recommendations are cited by the number of their paragraph, and positions refer to it.",
        "Export the text again with its numbering; in Word, convert automatic numbers to text first.",
    ),
    Rule(
        "H007",
        "speakers-not-named",
        W,
        "More than half of the sentences name no speaker that is known.",
        "Nothing of them stands in an index. The text may be of another kind, or its subjects are damaged.",
        "Look at some of these sentences; add names that are missing to the vocabularies.",
    ),
    Rule(
        "H008",
        "text-unusable",
        E,
        "More than half of the sentences are damaged.",
        "What is left would give a false picture of what was said.",
        "Export the text again from the original, or run OCR (text recognition) on it.",
    ),
    # X: extraction
    Rule(
        "X001",
        "statement-doubtful",
        N,
        "A statement has no named speaker or can be read in another way.",
        "It is shown on the document's own page only, with the other readings.",
        "Decide it in the corrections file.",
    ),
    Rule(
        "X002",
        "sentence-too-long",
        W,
        "Thousands of characters stand without the end of a sentence. They are kept as background, nobody's words.",
        "Nobody speaks so long: full stops, or the breaks between paragraphs, are lost in the conversion.",
        "Put the ends of sentences back in the conversion.",
    ),
    # C: corrections
    Rule(
        "C001",
        "stale-correction",
        E,
        "A correction points to words that are not in the source, or expects a reading the program no longer gives; or "
        "a decision about a thread says what the documents do not.",
        "What the editor decided may no longer be what is shown.",
        "Read the sentence again and renew or remove the correction.",
    ),
    Rule(
        "C002",
        "superfluous-correction",
        W,
        "A correction changes nothing: the program reads the sentence that way by itself.",
        "Corrections that do nothing hide those that do.",
        "Remove it.",
    ),
    # I: ids that were published
    Rule(
        "I001",
        "id-lost",
        E,
        "An id that was published leads to no statement any more, and nobody said why.",
        "Somebody may have cited it. A link that we published is a promise.",
        "Bring the words back; or say in registry/retired.yaml why they are gone, and run `sessional register`.",
    ),
    Rule(
        "I002",
        "id-kept",
        N,
        "The words of a statement differ a little from those that were registered; it keeps its id.",
        "A corrected spelling is the same statement; other words may be another one.",
        "Compare the two; run `sessional register` when they are the same statement.",
    ),
    Rule(
        "I003",
        "retirement-does-not-fit",
        E,
        "An entry in retired.yaml names an id that is published, that never was, or another that is not there.",
        "The page would tell of a removal that did not happen, or lead nowhere.",
        "Mend or remove the entry.",
    ),
    Rule(
        "I004",
        "sense-may-have-changed",
        E,
        "The words of a statement are nearly those that were registered, but differ by a denial, a “shall” or “may”, a "
        "number, a date, the name of a State: by a word that can turn the sense round.",
        "Somebody may have cited the id for what was said then. It may not come to stand for the contrary in silence.",
        "Compare the two with the document. If it is the same statement, `sessional register --keep ID`; if it is "
        "another, retire the id in registry/retired.yaml as corrected, into the new one.",
    ),
    Rule(
        "I005",
        "address-lost",
        E,
        "The address of a page that was published leads to no page any more, and nobody said why.",
        "Somebody may have cited it, or kept it as a bookmark.",
        "Say in registry/moved.yaml where it moved, or that it is gone; a page at the old address then tells.",
    ),
    Rule(
        "I006",
        "move-does-not-fit",
        E,
        "An entry in moved.yaml names an address that is published, that never was, or leads to none that is.",
        "The page at the old address would lead nowhere, round in a circle, or to another such page.",
        "Mend or remove the entry; name the address that the page has now.",
    ),
    Rule(
        "I007",
        "redaction-hides-nothing",
        W,
        "The words of an entry in redactions.yaml are found in no source.",
        "Somebody asked for them to be withheld; if they are written in another way they are published.",
        "Run `sessional redact` for the way they are written now; remove the entry when its source is gone.",
    ),
    Rule(
        "I008",
        "files-lost",
        E,
        "A kind of files that was published, such as themes/*/feed.xml, is not made any more, and nobody said why.",
        "Programs and people fetch such files by their addresses.",
        "Say in registry/files.yaml since when, and what follows them.",
    ),
    # L: linking and publishing
    Rule(
        "L001",
        "identical-document",
        W,
        "The same document stands twice in the sources.",
        "It is published once; counted twice it would double what was said.",
        "Remove one of the files.",
    ),
    Rule(
        "L002",
        "quotation-not-in-source",
        E,
        "The words of a statement are not what its place in the source says.",
        "Every quotation on the site is proved against the source; this one failed.",
        "This is a fault of the program: please report it with the file.",
    ),
    Rule(
        "L003",
        "broken-link",
        E,
        "A link or an anchor of the finished site leads nowhere.",
        "A link that we publish is a promise.",
        "If the link stands in a hand-written page, mend it there; else report it.",
    ),
    Rule(
        "L004",
        "foreign-request",
        E,
        "A page asks another host for something.",
        "The site must work from a stick without a network, and tell nobody who reads it.",
        "Bundle the file with the site.",
    ),
)


def count(diagnostics: Iterable[Diagnostic], severity: Severity) -> int:
    """How many findings have this severity."""
    return sum(1 for diagnostic in diagnostics if diagnostic.severity is severity)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """One line: `1 error, 2 warnings, 0 notes`."""
    found = list(diagnostics)
    parts = []
    for severity in Severity:
        number = count(found, severity)
        parts.append(f"{number} {severity}{'' if number == 1 else 's'}")
    return ", ".join(parts)


def render_text(
    diagnostics: Iterable[Diagnostic],
    line_of: Callable[[Location], str | None],
    every: bool = False,
    details: bool = False,
) -> str:
    """As a person reads it, with the source line and a mark under the place. `line_of` finds a line's text.

    Of findings that are alike the first is shown, and where the others are; with `every` each is shown. With
    `details`, tracebacks are shown.
    """
    out = []
    for alike in group(diagnostics) if not every else ((one,) for one in sorted(diagnostics)):
        diagnostic = alike[0]
        rule, place = diagnostic.rule, diagnostic.location
        out.append(f"{place} {rule.severity}[{rule.code}] {rule.name}: {diagnostic.message}")
        line = line_of(place) if place.line else None
        if line is not None:
            out += _excerpt(line, place, diagnostic.length)
        if diagnostic.hint:
            out.append(f"    hint: {diagnostic.hint}")
        if len(alike) > 1:
            out.append(f"    {_others(alike[1:])}")
        if details and diagnostic.detail:
            out += [f"    {line}" for line in diagnostic.detail.splitlines()]
    return "\n".join(out)


def group(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, ...]]:
    """Findings that are alike together, in the order of their first: those of one rule in one file.

    Each error counts for itself unless it says the same: it has to be dealt with.
    """
    found: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for one in sorted(diagnostics):
        words = one.message if one.severity is Severity.ERROR else ""
        found.setdefault((one.location.path, one.code, words), []).append(one)
    return [tuple(alike) for alike in found.values()]


_MOST_LINES = 8  # that are named of findings which are alike


def _others(diagnostics: Sequence[Diagnostic]) -> str:
    """How many more there are, and on which lines the first of them stand."""
    lines = list(dict.fromkeys(one.location.line for one in diagnostics if one.location.line))
    named = ", ".join(map(str, lines[:_MOST_LINES])) + (", …" if len(lines) > _MOST_LINES else "")
    word = "line" if len(lines) == 1 else "lines"
    return f"and {len(diagnostics):,} more like this" + (f" ({word} {named})" if lines else "")


def _excerpt(line: str, place: Location, length: int, width: int = 100) -> list[str]:
    """The line around the place, cut to `width`, and the mark under it."""
    start = max(0, min(place.column - 1, len(line)) - width // 3)
    shown = "".join(c if c.isprintable() else "�" for c in line[start : start + width])
    before = "…" if start else ""
    after = "…" if start + width < len(line) else ""
    column = place.column - 1 - start + len(before)
    mark = max(1, min(length, len(before + shown) - column))
    gutter = f"{place.line:5d} | "
    return [gutter + before + shown + after, " " * (len(gutter) - 2) + "| " + " " * column + "^" * mark]


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A list of objects, one a finding."""
    return json.dumps(
        [
            {
                "path": d.location.path,
                "line": d.location.line,
                "column": d.location.column,
                "severity": d.severity,
                "code": d.code,
                "name": d.rule.name,
                "message": d.message,
                "hint": d.hint,
            }
            for d in sorted(diagnostics)
        ],
        ensure_ascii=False,
        indent=1,
    )


def render_github(diagnostics: Iterable[Diagnostic]) -> str:
    """GitHub workflow annotations, one a line."""
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    lines = []
    for d in sorted(diagnostics):
        message = f"{d.message} {d.hint}".strip()
        for raw, safe in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            message = message.replace(raw, safe)
        path = d.location.path.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        lines.append(
            f"::{level[d.severity]} file={path},line={max(1, d.location.line)},col={max(1, d.location.column)},"
            f"title={d.code} {d.rule.name}::{message}"
        )
    return "\n".join(lines)


def explain(code: str) -> str | None:
    """The manual page of a rule, by code or name; None where there is no such rule."""
    wanted = code.strip().casefold()
    for rule in RULES.values():
        if wanted in (rule.code.casefold(), rule.name):
            head = f"{rule.code} {rule.name} ({rule.severity})"
            return "\n\n".join((head, rule.what, f"Why: {rule.why}", f"What to do: {rule.instead}"))
    return None
