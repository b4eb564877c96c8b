"""How well themes meet labels given by hand: recommendations of the Universal Periodic Review and their issues.

    python bench/themes.py --corpus DIR [--all]

DIR (or the environment variable SESSIONAL_CORPUS) holds `recommendations.csv`, or `upr/recommendations.csv`: columns
`session`, `text` and `issues`, the issues of UPR Info separated by commas. Each text is classified as a recommendation
of another State; its themes are read as issues through `content/vocabularies/crosswalks.yaml`.

The terms were developed on sessions 1 to 13 only. Sessions 14 to 20 are held out: theirs is the figure to quote. Prints
precision, recall and F over all labels (micro) for both, for one to six themes a recommendation, and a table by issue
for the sessions held out, with `--all` for all sessions.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.build import Project, find_root
from generator.classify import MOST_THEMES_OF_RECOMMENDATION, classify
from generator.datafile import load
from generator.model import FRONT, Attribution, Confidence, Kind, Speaker, Statement
from generator.text.source import Span

LAST_DEVELOPED_ON = 13
_CONCRETE = 20  # the most frequent issues that name a field


@dataclass(frozen=True, slots=True)
class Labelled:
    """One recommendation: its session, its issues by hand, its themes as read."""

    session: int
    issues: frozenset[str]
    themes: tuple[str, ...]


@dataclass(slots=True)
class Counts:
    """Labels by issue: met, given wrongly, missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def of(self, issues: Collection[str]) -> tuple[float, float, float]:
        """Precision, recall and F over the labels of these issues."""
        right, wrong, missed = (sum(c[i] for i in issues) for c in (self.right, self.wrong, self.missed))
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=Path, default=os.environ.get("SESSIONAL_CORPUS"))
    options.add_argument("--all", action="store_true", help="the table by issue for all sessions")
    given = options.parse_args()
    if given.corpus is None:
        options.error("say where the corpus is: --corpus DIR or SESSIONAL_CORPUS")
    project = Project(find_root(Path.cwd()))
    crosswalk = read_crosswalk(project.root / "content/vocabularies/crosswalks.yaml", "upr-info")
    everything = read(given.corpus, project)
    parts = {
        f"sessions 1-{LAST_DEVELOPED_ON} (developed on)": [o for o in everything if o.session <= LAST_DEVELOPED_ON],
        f"sessions {LAST_DEVELOPED_ON + 1}- (held out)": [o for o in everything if o.session > LAST_DEVELOPED_ON],
        "all sessions": everything,
    }
    frequent = Counter(issue for one in everything for issue in one.issues)
    concrete = [i for i, _ in frequent.most_common() if not i.lower().endswith(("general", "other"))][:_CONCRETE]
    print_coverage(frequent, {issue for issues in crosswalk.values() for issue in issues})
    for name, part in parts.items():
        print(f"\n{name}: {len(part)} recommendations")
        for most in range(1, MOST_THEMES_OF_RECOMMENDATION + 1):
            print(f"  {most} themes, all issues   {_figures(count(part, crosswalk, most).of(frequent))}")
        print(f"  the {_CONCRETE} most frequent concrete issues {_figures(count(part, crosswalk).of(concrete))}")
    shown = everything if given.all else [one for one in everything if one.session > LAST_DEVELOPED_ON]
    print_table(count(shown, crosswalk), frequent)


def read(corpus: Path, project: Project) -> list[Labelled]:
    """The labelled recommendations, classified as those of an examination by the Working Group."""
    path = next((p for p in (corpus / "recommendations.csv", corpus / "upr/recommendations.csv") if p.is_file()), None)
    if path is None:
        raise SystemExit(f"no recommendations.csv in {corpus}")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    vocabulary = project.vocabulary()
    started = time.perf_counter()
    statements = classify([_statement(row["text"]) for row in rows], vocabulary, "UPR")
    took = time.perf_counter() - started
    print(f"{len(rows)} recommendations classified in {took:.1f} s, {1000 * took / len(rows):.2f} ms each")
    return [
        Labelled(int(row["session"]), frozenset(filter(None, map(str.strip, row["issues"].split(",")))), one.themes)
        for row, one in zip(rows, statements, strict=True)
    ]


def read_crosswalk(path: Path, id_: str) -> dict[str, tuple[str, ...]]:
    """Issues by theme, from the crosswalk of that id."""
    for entry in load(path, path.name).need("crosswalks").items():
        if entry.need("id").text() == id_:
            return {theme: issues.texts() for theme, issues in entry.need("themes").mapping().items()}
    raise SystemExit(f"no crosswalk {id_} in {path}")


def count(
    labelled: Iterable[Labelled],
    crosswalk: Mapping[str, Sequence[str]],
    most: int = MOST_THEMES_OF_RECOMMENDATION,
) -> Counts:
    """Labels met, wrong and missed with so many themes a recommendation."""
    counts = Counts()
    for one in labelled:
        read_as = {issue for theme in one.themes[:most] for issue in crosswalk.get(theme, ())}
        counts.right.update(one.issues & read_as)
        counts.wrong.update(read_as - one.issues)
        counts.missed.update(one.issues - read_as)
    return counts


def print_coverage(frequent: Counter[str], covered: Collection[str]) -> None:
    """How much of what was labelled a theme can stand for."""
    labels = sum(number for issue, number in frequent.items() if issue in covered)
    issues = sum(issue in covered for issue in frequent)
    share = 100 * labels / frequent.total()
    print(f"covered by the crosswalk: {issues} of {len(frequent)} issues, {share:.1f} % of {frequent.total()} labels")


def print_table(counts: Counts, frequent: Counter[str]) -> None:
    """Precision, recall and F by issue, the most frequent first."""
    print(f"\n{'issue':45} labels  right  wrong missed")
    for issue, _ in frequent.most_common():
        right, wrong, missed = counts.right[issue], counts.wrong[issue], counts.missed[issue]
        print(f"{issue:45} {right + missed:6} {right:6} {wrong:6} {missed:6}  {_figures(counts.of([issue]))}")


def _figures(figures: tuple[float, float, float]) -> str:
    precision, recall, f = figures
    return f"P {precision:.3f}  R {recall:.3f}  F {f:.3f}"


def _statement(text: str) -> Statement:
    return Statement(
        kind=Kind.RECOMMENDATION,
        speaker=Speaker.REVIEWING_STATE,
        attribution=Attribution.EXPLICIT,
        text=text,
        spans=(Span(1, 0, 1),),
        section=FRONT,
        paragraph=0,
        sentence=0,
        rule="",
        cue="",
        confidence=Confidence.HIGH,
    )


if __name__ == "__main__":
    main()
