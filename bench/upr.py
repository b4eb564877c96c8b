"""How well the recommendations of reviews are read, against the list that UPR-Info made by hand.

    python bench/upr.py [--corpus DIR] [--json] [--misses REPORT] [--sample N SEED] [--dialogue N SEED]

DIR (or the folder that SESSIONAL_CORPUS names) holds `upr/reports/*.md`, `upr/reports.csv` and
`upr/recommendations.csv`. Prints State and session right, recall and precision of the listed recommendations, how often
the recommending State is right, the shares of the positions, how many of the positions labelled by hand in
`tests/gold/upr_positions.csv` are read so, and how many sentences of the dialogue labelled in
`tests/gold/upr_dialogue.csv`, by people who had not seen what the program reads.

`--sample` prints places drawn at random for labelling, without what the program reads there; `--dialogue` draws
sentences of the presentation and the dialogue with what is read of them, one JSON object a line. A text extracted meets
one that is listed when the shorter of the two stands in the longer, nearly word for word.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from generator.build import Project, Surroundings, find_root, read_source
from generator.model import Kind, ReadDocument, Statement
from generator.vocabulary import StateNames

_SHORTEST = 20  # characters; shorter texts stand in too many others
_ALIKE = 90  # per cent
_MOST_USES = 3  # how many extracted texts one listed text may justify


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=Path, default=os.environ.get("SESSIONAL_CORPUS"))
    options.add_argument("--misses", action="append", default=[], metavar="REPORT", help="show what this report lacks")
    options.add_argument("--sample", nargs=2, type=int, metavar=("N", "SEED"), help="places to label, as CSV")
    options.add_argument("--dialogue", nargs=2, type=int, metavar=("N", "SEED"), help="sentences to look at")
    options.add_argument("--json", action="store_true", help="the figures as one JSON object")
    given = options.parse_args()
    if given.corpus is None:
        raise SystemExit("no corpus: give --corpus or set SESSIONAL_CORPUS")
    folder = Path(given.corpus) / "upr"
    project = Project(find_root(Path.cwd()))
    surroundings = Surroundings(project, project.vocabulary())
    states = surroundings.vocabulary.states
    listed = _listed(folder / "recommendations.csv")
    total: Counter[str] = Counter()
    rows: list[tuple[float, str]] = []
    positions: Counter[str | None] = Counter()
    places: dict[tuple[str, str, str], str | None] = {}
    sentences: dict[tuple[str, str, str], Statement] = {}
    spoken: list[dict[str, object]] = []
    with (folder / "reports.csv").open(encoding="utf-8") as file:
        reports = list(csv.DictReader(file))
    for report in reports:
        source = surroundings.take(folder / "reports" / f"{report['report']}.md")
        document, _ = read_source(source, surroundings.vocabulary)
        if document is None:
            continue
        total["facts"] += _facts_right(document, report, states)
        found = [s for s in document.statements if s.kind is Kind.RECOMMENDATION and s.listed]
        positions.update(s.response for s in found)
        places |= {(report["report"], str(s.line), s.number or ""): s.response for s in found}
        spoken += _spoken(report["report"], document)
        for statement in document.statements:
            place = report["report"], str(statement.line), str(statement.spans[0].col_start + 1)
            sentences.setdefault(place, statement)
        counts = _score(found, listed[report["report"]], states, show=report["report"] in given.misses)
        total.update(counts)
        rows.append((counts["met"] / max(1, counts["wanted"]), report["report"]))
    if given.sample:
        number, seed = given.sample
        print("report,line,number,position")
        for place in random.Random(seed).sample(sorted(places), number):  # noqa: S311 - a sample, no secret
            print(",".join((*place, "")))
        return
    if given.dialogue:
        number, seed = given.dialogue
        for one in random.Random(seed).sample(spoken, number):  # noqa: S311 - a sample, no secret
            print(json.dumps(one, ensure_ascii=False))
        return
    gold = project.root / "tests" / "gold"
    say = (lambda *_: None) if given.json else print
    positions_right = _positions_right(gold / "upr_positions.csv", places, say)
    dialogue = _dialogue_right(gold / "upr_dialogue.csv", sentences, say)
    figures = {
        "reports": len(reports),
        "facts": total["facts"],
        "recall": total["met"] / total["wanted"],
        "precision": total["right"] / total["given"],
        "state": total["state"] / total["matched"],
        "no_other_state": total["no_other"] / total["matched"],
        "positions": positions_right,
        **{f"dialogue_{name}": dialogue[name] / dialogue["all"] for name in ("kind", "first", "speaker", "states")},
    }
    if given.json:
        print(json.dumps(figures))
        return
    for recall, name in sorted(rows)[:12]:
        print(f"  {name:45s} recall {recall:.3f}")
    print(f"State and session right {total['facts']} of {len(reports)}")
    print(f"recall    {figures['recall']:.4f} of {total['wanted']:,} listed")
    print(f"precision {figures['precision']:.4f} of {total['given']:,} extracted")
    print(
        f"recommending State right for {figures['state']:.4f} of {total['matched']:,} matched; "
        f"no State too many for {figures['no_other_state']:.4f}"
    )
    print("positions:", ", ".join(f"{name or 'not recorded'} {count:,}" for name, count in positions.most_common()))


def _dialogue_right(
    labels: Path, sentences: dict[tuple[str, str, str], Statement], say: Callable[[str], None]
) -> Counter[str]:
    """How many sentences have a kind, a speaker and the States that the labels have, by sample."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with labels.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            count, read = counts[row["sample"]], sentences.get((row["report"], row["line"], row["column"]))
            count["all"] += 1
            if read is None:
                continue
            kinds, states = row["kinds"].split(), set(row["states"].split())
            count["kind"] += read.kind in (*kinds, *row["also"].split())
            count["first"] += read.kind == kinds[0]
            count["speaker"] += read.speaker in (row["speaker"], *row["or"].split())
            count["states"] += row["speaker"] != "reviewing-state" or set(read.speaker_states) == states
            if read.kind not in (*kinds, *row["also"].split()) or read.speaker not in (
                row["speaker"],
                *row["or"].split(),
            ):
                said = f"{row['kinds']} by {row['speaker']}"
                say(f"  sentence: {row['report']}:{row['line']} {said}, read as {read.kind} by {read.speaker}")
    for sample, count in counts.items():
        say(
            f"dialogue, sample {sample}: of {count['all']} sentences the kind is right for {count['kind']} "
            f"(the first choice for {count['first']}), the speaker for {count['speaker']}, States for {count['states']}"
        )
    return sum(counts.values(), Counter())


def _spoken(report: str, document: ReadDocument) -> Iterator[dict[str, object]]:
    """Sentences of the presentation and the dialogue, each with what is read in it."""
    sentences: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for statement in document.statements:
        if statement.section.part in ("presentation", "dialogue"):
            sentences[statement.paragraph, statement.sentence].append(statement)
    for (_, _), found in sorted(sentences.items()):
        main = found[0]
        read = [{"kind": s.kind, "speaker": s.speaker, "states": s.speaker_states, "text": s.text} for s in found]
        yield {"report": report, "line": main.line, "number": main.number, "text": main.text, "read": read}


def _positions_right(labels: Path, places: dict[tuple[str, str, str], str | None], say: Callable[[str], None]) -> float:
    """How many positions labelled by hand are read so; the others are shown."""
    right = wrong = 0
    with labels.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            read = places.get((row["report"], row["line"], row["number"]), "no recommendation read there")
            if (read or "not recorded") == row["position"]:
                right += 1
            else:
                wrong += 1
                say(f"  position: {row['report']}:{row['line']} {row['number']} {row['position']}, read as {read}")
    say(f"positions right {right} of {right + wrong} labelled by hand")
    return right / max(1, right + wrong)


def _fold(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", " ", text.lower().replace("’", "'")).strip()


def _listed(path: Path) -> dict[str, dict[str, set[str]]]:
    """By report, each listed text with the States that made it."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if len(_fold(row["text"])) >= _SHORTEST:
                found[row["report"]][_fold(row["text"])].add(row["recommending_state"])
    return found


def _facts_right(document: ReadDocument, report: dict[str, str], states: StateNames) -> bool:
    facts = document.examination
    wanted = states.find(report["state"])
    return bool(
        facts.state and facts.session and facts.state.value == wanted and facts.session.value == report["session"]
    )


def _score(found: Iterable[Statement], wanted: dict[str, set[str]], states: StateNames, show: bool) -> Counter[str]:
    counts: Counter[str] = Counter(wanted=len(wanted))
    texts = sorted(wanted)
    used: Counter[str] = Counter()
    met: set[str] = set()
    for statement in found:
        counts["given"] += 1
        text = _fold(statement.text)
        hits = process.extract(text, texts, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE, limit=None)
        free = [hit for hit, _, _ in hits if used[hit] < _MOST_USES] if len(text) >= _SHORTEST else []
        if free and len(text) <= 1.5 * sum(map(len, free)) + 60:
            counts["right"] += 1
            met.update(free)
            used.update(free)
            _states_right(statement, free, wanted, states, counts, show)
        elif show:
            print(f"  not listed: {statement.number} {statement.text[:120]}")
    counts["met"] = len(met)
    for text in sorted(set(texts) - met) if show else ():
        print(f"  missed: {sorted(wanted[text])} {text[:120]}")
    return counts


def _states_right(
    statement: Statement,
    hits: list[str],
    wanted: dict[str, set[str]],
    states: StateNames,
    counts: Counter[str],
    show: bool,
) -> None:
    """Whether a State that UPR-Info names for the nearest text is among ours, and none of ours is in none of theirs."""
    ours = set(statement.recommending_states)
    text = _fold(statement.text)
    nearest = max(hits, key=lambda hit: fuzz.ratio(hit, text))
    theirs = {states.find(name) for name in wanted[nearest]}
    every = {states.find(name) for hit in hits for name in wanted[hit]}
    counts["matched"] += 1
    counts["state"] += bool(theirs & ours)
    counts["no_other"] += ours <= every
    if show and not theirs & ours:
        print(f"  other State: {sorted(ours)} for {sorted(wanted[nearest])}: {statement.text[:100]}")


if __name__ == "__main__":
    main()
