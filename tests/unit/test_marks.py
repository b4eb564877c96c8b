"""Words and marks: what a reader reads, notation by notation."""

from __future__ import annotations

import pytest

from generator.text.marks import Labels, Mark, MarkKind, marks
from generator.text.passage import visible_words

LABELS = Labels(links=frozenset({"figures", "the table"}), notes=frozenset({"7", "a"}))


def words(raw: str) -> str:
    """What is left of a text without its marks."""
    kept, at = [], 0
    for mark in marks(raw, LABELS):
        kept.append(raw[at : mark.start])
        at = mark.end
    return "".join(kept) + raw[at:]


def of_kind(raw: str, kind: MarkKind) -> list[str]:
    return [raw[mark.start : mark.end] for mark in marks(raw, LABELS) if mark.kind is kind]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        # emphasis
        ("*Lao PDR ratified*", "Lao PDR ratified"),
        ("giving **all** and _young_ children", "giving all and young children"),
        ("__bold__ and ___both___", "bold and both"),
        ("**The Com**mittee", "The Committee"),
        ("_on the 12_<sup>_th_</sup> _June_", "on the 12th June"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("snake_case_name and A_B%", "snake_case_name and A_B%"),
        ("a line to write on: ______", "a line to write on: ______"),
        ("**92.1.** **Accede to", "92.1. Accede to"),
        ("*the* ***Act*** of **Parliament**.", "the Act of Parliament."),
        ("~~struck~~ kept", " kept"),
        ("==marked== words", "marked words"),
        # escapes
        (r"Ms\. Example, data\_2026, article 5\*, mid\-2027", "Ms. Example, data_2026, article 5*, mid-2027"),
        ("courts.\\\nIt also", "courts.\nIt also"),
        (r"C:\Temp", r"C:\Temp"),
        (r"\*not emphasis\*", "*not emphasis*"),
        # tags
        ("69<sup>TH</sup>, H<SUB>2</SUB>O", "69TH, H2O"),
        ('<span id="p"></span>The <u>Act</u> of <a name="x">law</a>', "The Act of law"),
        ("the <s>old</s> <del>former</del> law", "the   law"),
        ("said by <somebody> of <Example>", "said by <somebody> of <Example>"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("before<!-- a\ncomment -->after", "beforeafter"),
        ("an <!-- that never ends", "an <!-- that never ends"),
        # links
        ("[the courts](https://example.org/courts_(all)).", "the courts."),
        ('[Act](<a b.md> "The Committee urges")', "Act"),
        ("[figures][figures], [The Table], [figures][]", "figures, The Table, figures"),
        ("[the child] and [sic]", "[the child] and [sic]"),
        ("by <https://example.org/s>.", "by https://example.org/s."),
        ("[Act]{.underline} of 2019", "Act of 2019"),
        ("Prevention {#prevention .first}", "Prevention "),
        ("a {plan} for all", "a {plan} for all"),
        # superscripts
        ("102^ND^, 102[ND], $102^{ND}$, $20^{\\mathrm{TH}}$", "102ND, 102ND, 102ND, 20TH"),
        (r"102\textsuperscript{nd} and \emph{all}", "102nd and all"),
        ("5 km<sup>2</sup>, 5 m², CO~2~", "5 km2, 5 m², CO2"),
        ("it cost $5 or $6", "it cost $5 or $6"),
        # what does not show
        ("the Com\u200bmittee\u202e", "the Committee"),
        # code and tasks
        ("the `Code` of ``a ` b``", "the Code of a ` b"),
        ("- [x] done\n- [ ] not done", "-  done\n-  not done"),
    ],
)
def test_marks_are_no_words(raw: str, read: str) -> None:
    assert words(raw) == read


@pytest.mark.parametrize(
    ("raw", "read", "label"),
    [
        ("the courts.[^1] It", "the courts. It", "1"),
        ("the courts.<sup>1</sup> It", "the courts. It", "1"),
        ('the courts.<sup><a href="#n">[1]</a></sup> It', "the courts. It", "1"),
        ("the courts.¹² It", "the courts. It", "12"),
        ("the courts.[1] It", "the courts. It", "1"),
        (r"the courts.\[1\] It", "the courts. It", "1"),
        ("the courts.$^{1}$ It", "the courts. It", "1"),
        (r"the courts.\textsuperscript{1} It", "the courts. It", "1"),
        ("the courts.^1^ It", "the courts. It", "1"),
        ("the courts.7 It", "the courts. It", "7"),
        ("the courts.[[1]](#_ftn1) It", "the courts. It", "1"),
        ("the courts [7].", "the courts.", "7"),
        ("the courts*, and", "the courts, and", "*"),
    ],
)
def test_calls_of_notes(raw: str, read: str, label: str) -> None:
    assert words(raw) == read
    assert [mark.label for mark in marks(raw, LABELS) if mark.kind is MarkKind.NOTE] == [label]


def test_a_note_may_be_told_where_it_is_called() -> None:
    raw = "the courts.^[Law No. 14.] It"
    assert words(raw) == "the courts. It"
    (mark,) = marks(raw, LABELS)
    assert mark == Mark(11, 25, MarkKind.NOTE, "", (13, 24))


@pytest.mark.parametrize("raw", ["Law No. 14 of 2019.5 The", "in 2019 [5] and", "paragraph[s] 5", "see 1.5 and 2.3"])
def test_other_numbers_call_nothing(raw: str) -> None:
    assert words(raw) == raw


@pytest.mark.parametrize(
    "raw",
    [
        '![The Committee urged](a.jpg "more")',
        "![The Committee urged][figures]",
        '<img src="a" alt="The Committee urged">',
        "==> picture [226 x 30] intentionally omitted <==",
        "<figcaption>The Committee urged</figcaption>",
    ],
)
def test_captions_are_no_words(raw: str) -> None:
    assert words(f"Before {raw} after") == "Before  after"
    assert of_kind(raw, MarkKind.CAPTION) == [raw]


def test_what_an_editor_copies_is_read_as_the_source_is() -> None:
    assert visible_words("The *delegation* replied that 5<sup>th</sup>\ngraders &amp; others") == (
        "The delegation replied that 5th graders & others"
    )


@pytest.mark.parametrize("piece", "[ ] ( ) ** * _ ` < > $ ^ ~~ == \\ ![ [^ <sup> {#".split())
def test_time_grows_with_length(piece: str) -> None:
    """Unclosed marks, many times over: nothing is looked for again and again."""
    marks(piece * 4000)
