"""The command line: a thin rim around `build`.

Status 0: done. 1: an error in content (that document is withheld, the others are built), or a warning under
`--strict`. 2: our own fault or wrong use.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import build as stages
from generator.build.executors import FORMS
from generator.diagnostics import (
    RULES,
    Diagnostic,
    Severity,
    count,
    explain,
    render_github,
    render_json,
    render_text,
    summary,
)

# Everything else is loaded by the command that needs it.
if TYPE_CHECKING:
    from generator.build import LinkCheck, Progress, Project, Publication, Reading, Said, Theme
    from generator.model import Examination, Health, Measure, ReadDocument

_PATHS = click.Path(path_type=Path)
# For people findings that are alike are grouped, unless all are asked for; for programs they never are.
_RENDERERS: dict[str, Callable[[list[Diagnostic], Path, bool], str]] = {
    "text": lambda found, root, every: _shown(found, root, every),
    "json": lambda found, _root, _every: render_json(found),
    "github": lambda found, _root, _every: render_github(found),
}


def main() -> None:
    """The console script: what goes wrong unforeseen is our fault and ends with 2."""
    try:
        cli(standalone_mode=True)
    except Exception as error:
        from generator.datafile import DatafileError

        if isinstance(error, DatafileError):
            click.echo(render_text([error.diagnostic], stages.LineFinder(stages.find_root(Path.cwd()))), err=True)
            sys.exit(1)
        if isinstance(error, stages.ExecutorError):
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
        traceback.print_exc()
        click.echo(
            "This is a fault of the program, not of the content: please report it with the lines above.", err=True
        )
        sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sessional")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault that withheld a document.")
def cli(debug: bool) -> None:
    """Publish the examination of States on human rights: what was said, by whom, sentence by sentence."""


def _debugging() -> bool:
    return bool(click.get_current_context().find_root().params.get("debug"))


def _shown(found: list[Diagnostic], root: Path, every: bool = False) -> str:
    """Findings as text, with tracebacks where they are wanted."""
    return render_text(found, stages.LineFinder(root), every, details=_debugging())


def _several(name: str, help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option that takes one path or several, as `--sources A B` or `--sources A --sources B`."""
    return click.option(f"--{name}", name, multiple=True, type=_PATHS, help=help_text)


_VOCABULARIES = _several("vocabularies", "A folder of vocabularies laid over the project's own.")
_SOURCES = _several("sources", "Files or folders of reports, instead of content/sources.")
_JOBS = click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read; by default as many as pay.")


def _understood(_context: click.Context, _option: click.Parameter, who: str | None) -> str | None:
    if who:
        try:
            stages.Choice.of(who)
        except stages.ExecutorError as error:
            raise click.BadParameter(str(error)) from None
    return who


_EXECUTOR = click.option("--executor", metavar="WHO", callback=_understood, help=f"Who reads the sources: {FORMS}.")
_ALL = click.option("--all", "every", is_flag=True, help="Show each finding, also those that are alike.")
_MORE = click.argument("more", nargs=-1, type=_PATHS)


@cli.command()
@_SOURCES
@_VOCABULARIES
@click.option("--site-dir", type=_PATHS, help="Where the site is written; site/ of the project by default.")
@click.option("--strict", is_flag=True, help="A warning ends with status 1 too.")
@_EXECUTOR
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
@click.option("--clean", is_flag=True, help="Make everything anew, whatever the last build left.")
@_MORE
def build(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    site_dir: Path | None,
    strict: bool,
    executor: str | None,
    timings: bool,
    clean: bool,
    more: tuple[Path, ...],
) -> None:
    """Build the site from the sources; of one that stands, what has changed."""
    if more and not sources:
        raise click.UsageError(f"unexpected argument {more[0]}; give further sources after --sources")
    started = time.perf_counter()
    given, root = (*sources, *more), stages.find_root(Path.cwd())
    site = site_dir or root / "site"
    said = None if clean or _debugging() else stages.Standing(root, given, vocabularies).said(site)
    if said is None:
        watch = stages.Timings(_progress())
        reading, check, site = _publish(given, vocabularies, site_dir, watch, executor=executor, clean=clean)
        said = _told(reading, check)
        stages.Standing.remember(site, said)
        if timings:
            click.echo(watch.table(), err=True)
        if _debugging():  # said once, not remembered with the site
            click.echo("\n".join(one.detail for one in reading.diagnostics if one.detail), err=True)
        click.echo(f"{said.text}; {time.perf_counter() - started:.1f} s", err=True)
    else:
        click.echo(f"{said.text}; nothing has changed since it was built", err=True)
    sys.exit(int(bool(said.errors or (strict and said.warnings))))


def _told(reading: Reading, check: LinkCheck) -> Said:
    """What is said of a build: findings, what is withheld, totals."""
    found = [*reading.diagnostics, *check.diagnostics]
    shown = [d for d in found if d.severity is not Severity.NOTE]
    corpus = reading.corpus
    lines = [_shown(shown, reading.project.root)] if shown else []
    lines += [f"withheld: {path}" for path in reading.withheld]
    lines.append(
        f"{_number(len(corpus.documents), 'document')}, {_number(len(corpus.statements), 'statement')}, "
        f"{_number(check.pages, 'page')}; "
        f"{check.links:,} links and {check.anchors:,} anchors checked; {summary(found)}"
    )
    errors, warnings = count(found, Severity.ERROR), count(found, Severity.WARNING)
    return stages.Said("\n".join(lines), errors, warnings)


def _publish(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    site_dir: Path | None,
    progress: Progress,
    only: frozenset[str] = frozenset(),
    executor: str | None = None,
    clean: bool = False,
) -> tuple[Reading, LinkCheck, Path]:
    """Build the site and say where it stands."""
    import sqlite3

    from mkdocs.exceptions import MkDocsException

    project, site, make_theme = _theme_maker(sources, vocabularies, site_dir, only)
    try:
        publication, check = stages.publish(
            project, site, make_theme, progress, executor or stages.AUTO, clean, partial(click.echo, err=True)
        )
    except (MkDocsException, stages.SiteInUseError, stages.NotPutAwayError) as error:
        raise click.ClickException(str(error)) from None
    except sqlite3.OperationalError as error:
        memory = stages.Neighbours(site).manifest
        raise click.ClickException(f"{memory}: {error}. The site that was there still stands.") from None
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise click.ClickException(f"{error.strerror}{where}. The site that was there still stands.") from None
    return publication.reading, check, site


def _theme_maker(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    site_dir: Path | None,
    only: frozenset[str] = frozenset(),
    root: Path | None = None,
) -> tuple[Project, Path, Callable[[Publication, Path], Theme]]:
    """The project, where its site stands, and what makes the theme's part of it: mkdocs with our plugin in it."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    root = root or stages.find_root(Path.cwd())

    def configured(folder: Path | None) -> tuple[Any, Any]:
        config = load_config(str(root / "mkdocs.yml"), **({"site_dir": str(folder.resolve())} if folder else {}))
        plugin = config.plugins["sessional"]
        plugin.config["sources"] = [str(path) for path in sources] or plugin.config["sources"]
        plugin.config["vocabularies"] = [str(path) for path in vocabularies] or plugin.config["vocabularies"]
        plugin.config["only"] = sorted(only)
        return config, plugin

    def make_theme(publication: Publication, folder: Path) -> Theme:
        config, plugin = configured(folder)
        plugin.give(publication)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
        theme: Theme = plugin.theme
        return theme

    config, plugin = configured(site_dir)
    return plugin.project(config), Path(config.site_dir), make_theme


def _progress() -> Progress:
    """A line that counts, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda _what, _done, _of: None

    def show(what: str, done: int, of: int) -> None:
        if of > 20 and (done % 20 == 0 or done == of):
            end = "\n" if done == of else ""
            click.echo(f"\r{what} {done:,} of {of:,}{end}", nl=False, err=True)

    return show


def _number(number: int, of: str) -> str:
    return f"{number:,} {of}{'' if number == 1 else 's'}"


def _status(found: list[Diagnostic], strict: bool) -> int:
    return int(bool(count(found, Severity.ERROR)) or (strict and bool(count(found, Severity.WARNING))))


@cli.command()
@click.argument("files", nargs=-1, required=True, type=_PATHS)
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", help="How statements are printed."
)
@click.option("--facts", is_flag=True, help="Print the examination's facts instead of the statements.")
@_ALL
@_VOCABULARIES
@_JOBS
@_EXECUTOR
def read(
    files: tuple[Path, ...],
    form: str,
    facts: bool,
    every: bool,
    vocabularies: tuple[Path, ...],
    jobs: int | None,
    executor: str | None,
) -> None:
    """Read reports, each alone, and print what they say. Diagnostics go to standard error."""
    if jobs and executor:
        raise click.UsageError("--jobs 4 is short for --executor processes:4; give one of them")
    who = f"processes:{jobs}" if jobs else executor or stages.AUTO
    root = stages.find_root(Path.cwd())
    project = stages.Project(root, files, vocabularies)
    surroundings = stages.Surroundings(project, project.vocabulary())
    found: list[Diagnostic] = []
    for document, diagnostics in stages.read_each(files, surroundings, stages.read_source, who):
        found += diagnostics
        if document is None:
            continue
        try:
            out = _facts(document, form) if facts else _statements(document, form)
        except Exception as error:
            found.append(stages.fault(document.document.source.path, error, quiet=bool(document.withheld)))
            continue
        sys.stdout.write("".join(out))
    found += surroundings.diagnostics
    shown = [d for d in found if d.severity is not Severity.NOTE and d.code != "D003"]
    if shown:
        click.echo(_shown(shown, root, every), err=True)
    sys.exit(_status(found, strict=False))


def _statements(document: ReadDocument, form: str) -> list[str]:
    from generator.corpus import link
    from generator.exports import jsonl, statement_record

    linked = link(document)
    if form == "jsonl":
        return list(jsonl(statement_record(one, document) for one in linked))
    lines = []
    for one in linked:
        s = one.statement
        who = f"{s.speaker}{f' ({s.speaker_name})' if s.speaker_name else ''}"
        inside = "  in it: " if s.embedded else ""
        lines.append(f"{s.line:5d}  {s.kind:14s} {who}  [{s.rule}, {s.confidence}]\n       {inside}{s.text}\n")
    return lines


def _facts(document: ReadDocument, form: str) -> list[str]:
    from generator.exports import examination_record, jsonl

    path = document.document.source.path
    if form == "jsonl":
        return list(jsonl(examination_record(e, document) for e in document.examinations))
    about = (*_health_lines(document.health), *_coverage_lines(document))
    return [line for e in document.examinations for line in (*_fact_lines(e, path), *about)]


def _fact_lines(examination: Examination, path: str) -> list[str]:
    lines = [f"{path}: {examination.key or 'examination not recognised'}\n", f"  {'body':16s} {examination.body}\n"]
    for name, fact in examination.facts():
        of = f" ({fact.of})" if fact.of else ""
        status = "" if fact.status == "stated" else f" [{fact.status}]"
        line = fact.spans[0].line if fact.spans else "?"
        lines.append(f"  {name:16s} {fact.value}: {fact.name}{of}{status} – line {line}, {fact.rule}: “{fact.text}”\n")
    return lines


def _coverage_lines(document: ReadDocument) -> list[str]:
    source = document.document.source
    shares: dict[str, int] = {}
    for block, disposition in zip(document.document.blocks, document.dispositions, strict=True):
        size = sum(len(source.line(n).strip()) for n in range(block.first, block.last + 1))
        shares[disposition] = shares.get(disposition, 0) + size
    total = sum(shares.values()) or 1
    parts = ", ".join(f"{name} {100 * size / total:.0f} %" for name, size in shares.items() if size)
    return [f"  {'read':16s} {parts} of {total:,} characters\n"]


def _health_lines(health: Health) -> list[str]:
    """Every measure of a text's health, those that are not fine with their lines."""
    return [f"  {'health':16s} {health.verdict}\n", *(f"    {_measured(one)}\n" for one in health.measures)]


def _measured(measure: Measure) -> str:
    """One measure: "characters: doubtful – 5, 40 % of sentences (lines 12, 16)"."""
    said = f"{measure.name}: {measure.verdict} – {measure.count:,}, {100 * measure.share:.0f} % of {measure.of}"
    lines = measure.lines[:_MOST_LINES]
    if measure.verdict == "fine" or not lines:
        return said
    more = ", …" if len(measure.lines) > len(lines) else ""
    return f"{said} (line{'' if len(measure.lines) == 1 else 's'} {', '.join(map(str, lines))}{more})"


_MOST_LINES = 8  # that are named of a measure


@cli.command()
@_SOURCES
@_VOCABULARIES
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--strict", is_flag=True, help="A warning ends with status 1 too.")
@click.option("--notes", is_flag=True, help="Show notes too, such as doubtful statements.")
@_ALL
@_EXECUTOR
@_MORE
def check(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    form: str,
    strict: bool,
    notes: bool,
    every: bool,
    executor: str | None,
    more: tuple[Path, ...],
) -> None:
    """Say what was not understood in the sources, without building. Paths may be given as they are."""
    root = stages.find_root(Path.cwd())
    project = stages.Project(root, (*sources, *more), vocabularies)
    reading = stages.read_project(project, _progress(), executor or stages.AUTO)
    found = sorted([*reading.diagnostics, *stages.lost_pages(reading)])
    shown = [d for d in found if notes or d.severity is not Severity.NOTE]
    text = _RENDERERS[form](shown, root, every)
    if text:
        click.echo(text)
    if form == "text":
        for document in reading.documents:
            if complaints := document.health.complaints:
                click.echo(f"{document.document.source.path}: {document.health.verdict} text")
                click.echo("".join(f"    {_measured(one)}\n" for one in complaints), nl=False)
    number = len(reading.documents) + len(reading.withheld)
    click.echo(f"{_number(number, 'document')} checked: {summary(found)}", err=True)
    sys.exit(_status(found, strict))


@cli.command()
@click.option("--state", help="The State party, by any of its names.")
@click.option("--treaty", help="The treaty or mechanism: CRC, OPSC, OPAC, UPR.")
@click.option("--session", type=int, help="The number of the session.")
@click.option("--publisher", help="Who wrote the report; by default who most often does.")
@_VOCABULARIES
def new(
    state: str | None, treaty: str | None, session: int | None, publisher: str | None, vocabularies: tuple[Path, ...]
) -> None:
    """Begin a report: a file in content/sources and its entry in content/sources.yaml.

    On a terminal, what is not given is asked for.
    """
    if sys.stdin.isatty():
        state = state or click.prompt("State")
        treaty = treaty or click.prompt("Treaty or mechanism (CRC, OPSC, OPAC, UPR)")
        session = session or click.prompt("Session", type=int)
        publisher = click.prompt("Publisher", default="", show_default=False) if publisher is None else publisher
    missing = [f"--{name}" for name, one in (("state", state), ("treaty", treaty), ("session", session)) if not one]
    if not (state and treaty and session):
        raise click.UsageError(f"{', '.join(missing)} must be given")
    root = stages.find_root(Path.cwd())
    try:
        known = stages.Project(root, overlays=vocabularies).vocabulary()
        begun = stages.begin(root, known, state, treaty, session, publisher or "")
        begun.write()
    except stages.BeginningError as error:
        raise click.UsageError(str(error)) from None
    file = begun.file.relative_to(root).as_posix()
    click.echo(f"{file} is begun and listed in content/sources.yaml.")
    click.echo(f"Put the report into it, then: sessional check {file}")


@cli.command()
@_SOURCES
@_VOCABULARIES
@click.option("--limit", default=20, show_default=True, help="How many to list; 0 for all.")
@click.option("--skeleton", "chosen", multiple=True, metavar="ID", help="Print a corrections file for this statement.")
@_EXECUTOR
@_MORE
def review(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    limit: int,
    chosen: tuple[str, ...],
    executor: str | None,
    more: tuple[Path, ...],
) -> None:
    """List what waits for an editor's decision, most doubtful first."""
    root = stages.find_root(Path.cwd())
    project = stages.Project(root, (*sources, *more), vocabularies)
    found = stages.doubts(stages.read_project(project, _progress(), executor or stages.AUTO).gathered)
    if chosen:
        picked = [doubt for doubt in found if doubt.linked.id in chosen]
        for missing in set(chosen) - {doubt.linked.id for doubt in picked}:
            raise click.UsageError(f"no statement {missing!r} waits for a decision")
        click.echo(stages.skeleton(picked), nl=False)
        return
    shown = found[:limit] if limit else found
    for doubt in shown:
        statement = doubt.linked.statement
        click.echo(f"{doubt.linked.path}:{statement.line} {doubt.linked.id}")
        click.echo(f"  {statement.kind}, {statement.speaker}: {doubt.why}")
        click.echo(f"  {statement.text}")
    click.echo(f"{len(shown)} of {_number(len(found), 'statement')} waiting for a decision", err=True)


@cli.command()
@_SOURCES
@_VOCABULARIES
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--keep", multiple=True, metavar="ID", help="This id stands for its new words, whatever they changed.")
@_EXECUTOR
@_MORE
def register(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    dry_run: bool,
    keep: tuple[str, ...],
    executor: str | None,
    more: tuple[Path, ...],
) -> None:
    """Remember the ids of all statements and the addresses of all pages: what is cited once is found for ever.

    Shows each statement that keeps its id with corrected words. An id or a page that is gone ends with status 1 and
    nothing is written, unless registry/retired.yaml or moved.yaml says why; so does one whose sense may have changed,
    unless it is given with --keep.
    """
    root = stages.find_root(Path.cwd())
    project = stages.Project(root, (*sources, *more), vocabularies)
    reading = stages.read_project(project, _progress(), executor or stages.AUTO, kept=keep)
    if unknown := set(keep) - {name for one, _ in reading.compared.similar for name in (one.id, one.former)}:
        raise click.UsageError(f"no words near those of {', '.join(sorted(unknown))} wait for a decision")
    found = (*reading.diagnostics, *stages.lost_pages(reading))
    refused = [d for d in found if d.severity is Severity.ERROR]
    for entry, one, words in reading.compared.turned:
        told = f"{entry.id} may have changed its sense ({', '.join(words)}):"
        click.echo(f"{told}\n  - {entry.words}\n  + {one.statement.text}")
    if refused:
        click.echo(_shown(refused, root), err=True)
        click.echo("nothing was registered", err=True)
        sys.exit(1)
    for entry, one in reading.compared.similar:
        click.echo(f"{entry.id} keeps its id:\n  - {entry.words}\n  + {one.statement.text}")
    done = stages.register(reading, write=not dry_run)
    pages = "no pages, for the sources are of several collections"
    if done.addresses is not None:
        pages = f"{done.addresses:,} new page{'' if done.addresses == 1 else 's'}"
    click.echo(
        f"{_number(done.new, 'new id')}, {len(reading.compared.similar):,} with corrected words, "
        f"{done.retired:,} retired; {pages}; "
        f"{_number(len(done.files), 'file')} {'to write' if dry_run else 'written'}",
        err=True,
    )


@cli.command("redact")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--person", metavar="NAME", help="Withhold a person's name, wherever it stands.")
@click.option("--also", multiple=True, metavar="NAME", help="Another way the name is written, such as the last name.")
@click.option("--reason", type=click.Choice(["safety", "privacy", "rights", "court", "other"]), required=True)
@click.option("--note", required=True, help="A sentence for readers that says why, and names nobody.")
@click.option("--editor", required=True, help="Who decides it.")
@click.option("--date", "day", default=lambda: time.strftime("%Y-%m-%d"), show_default="today", help="When.")
@click.option("--dry-run", is_flag=True, help="Say what would be hidden, and write nothing.")
@_SOURCES
def redact(
    ids: tuple[str, ...],
    person: str | None,
    also: tuple[str, ...],
    reason: str,
    note: str,
    editor: str,
    day: str,
    dry_run: bool,
    sources: tuple[Path, ...],
) -> None:
    """Withhold statements, or a person's name, from everything that is published.

    The words are blacked out where they stand, in pages, search, bundle, data and feeds; a tombstone says that
    something was withheld, and names nobody. The files of the project keep the words: they are listed, to be dealt
    with.
    """
    if bool(ids) == bool(person):
        raise click.UsageError("name statements by their ids, or a person with --person")
    root = stages.find_root(Path.cwd())
    project = stages.Project(root, sources)
    reading, told = stages.read_project(project, _progress()), stages.Told(reason, note, day, editor)
    try:
        if person:
            done = [stages.withhold_person(reading, (person, *also), told, write=not dry_run)]
        else:
            unknown = [id_ for id_ in ids if id_ not in reading.corpus.by_id]
            if unknown:
                raise stages.RedactionError(f"no statement has the id {', '.join(unknown)}")
            done = [stages.withhold_statement(reading, id_, told, write=not dry_run) for id_ in ids]
    except stages.RedactionError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    for one in done:
        where = f"{_number(one.places, 'place')} in {_number(one.documents, 'document')}"
        click.echo(f"{one.redaction.id}: {where} {'would be' if dry_run else 'will be'} blacked out")
        for name in one.still:
            click.echo(f"  the words still stand in {name}")
    if not dry_run:
        gone, forgotten = stages.let_pages_go(project, told)
        if gone or forgotten:
            click.echo(f"{_number(gone, 'page')} told of as gone, {_number(forgotten, 'address')} forgotten")
        click.echo(f"Written to {project.shown(done[0].file)}. Run `sessional register`, then build.", err=True)


@cli.command("explain")
@click.argument("code", required=False)
def explain_command(code: str | None) -> None:
    """Explain a rule of `sessional check`; without a code, list them."""
    if code is None:
        for rule in RULES.values():
            click.echo(f"{rule.code} {rule.severity:8s} {rule.name}")
        return
    text = explain(code)
    if text is None:
        raise click.UsageError(f"there is no rule {code!r}; `sessional explain` lists them")
    click.echo(text)


@cli.command()
@click.argument("old")
@click.argument("new", default=".")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    help="For a terminal, for a comment, as a page, for programs.",
)
@click.option("--output", type=_PATHS, help="The file to write; standard output by default.")
@click.option("--page", default="diff.html", help="What a comment that is cut names as the page with the rest.")
@click.option("--exit-zero", is_flag=True, help="End with 0 whatever differs.")
def diff(old: str, new: str, form: str, output: Path | None, page: str, exit_zero: bool) -> None:
    """Say what NEW says differently from OLD: statements added, removed, changed, word by word; ids lost.

    Each is a file of statements (states/lao.jsonl, or statements.jsonl of contract version 1), a folder that holds
    such files (a site, its data/), a git revision of this project, or `.` for the working tree. The content of a
    revision is read by this program, not by the one of its time. Of two sites, addresses that went or came are told.

    Status 0: nothing is lost. 1: an id is lost, or an error is new. 2: wrong use.
    """
    from generator.changes import Changes, compare
    from generator.changes.rendering import render_json, render_markdown, render_text, unstyled, view
    from generator.render import Renderer

    root = stages.find_root(Path.cwd())
    try:
        before, after = (stages.edition(one, root, _progress()) for one in (old, new))
        changes = compare(before, after, stages.labels_of(root), stages.ended_files_of(root))
    except stages.EditionError as error:
        raise click.UsageError(str(error)) from None

    def styled(text: str, sign: str) -> str:
        return click.style(text, fg={"-": "red", "+": "green"}.get(sign), bold=sign == "=")

    def paged(found: Changes) -> str:
        return Renderer(stages.load_templates(root / "templates")).alone("diff", view(found))

    on_terminal = output is None and sys.stdout.isatty()
    renderers: dict[str, Callable[[Changes], str]] = {
        "text": lambda found: render_text(found, styled if on_terminal else unstyled),
        "markdown": lambda found: render_markdown(found, page),
        "html": paged,
        "json": render_json,
    }
    text = renderers[form](changes)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    sys.exit(int(changes.loses and not exit_zero))


@cli.command()
@_SOURCES
@_VOCABULARIES
@click.option("--output", type=_PATHS, help="The folder to write; build/preview/ of the project by default.")
@click.option(
    "--against",
    default="",
    metavar="OLD",
    help="A revision or a built site to compare with; by default the last commit in common with the branch main.",
)
@click.option("--called", default="", metavar="WORDS", help='What the preview is of, as "pull request 12".')
@click.option("--screens/--no-screens", default=True, help="Whether to make pictures of pages.")
@_MORE
def preview(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    output: Path | None,
    against: str,
    called: str,
    screens: bool,
    more: tuple[Path, ...],
) -> None:
    """Make all that a reviewer of a change needs: the site with a notice on every page, and what differs.

    Status 1 where a document is withheld, as for `build`; what was made stands all the same.
    """
    from mkdocs.exceptions import MkDocsException

    given, root = (*sources, *more), stages.find_root(Path.cwd())

    def built(folder: Path, site: Path) -> tuple[Publication, LinkCheck]:
        project, site, make_theme = _theme_maker(given, vocabularies, site, root=folder)
        return stages.publish(project, site, make_theme, _progress())

    wanted = stages.Wanted(root, called, against, screens, own_sources=not given)
    try:
        made = stages.write_preview(wanted, built, (output or root / "build/preview").resolve(), _progress())
    except stages.EditionError as error:
        raise click.UsageError(str(error)) from None
    except (MkDocsException, stages.SiteInUseError, stages.NotPutAwayError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    click.echo((made.folder / "diagnostics.txt").read_text(encoding="utf-8"), err=True, nl=False)
    click.echo(f"{made.folder / 'index.html'}", err=True)
    sys.exit(int(bool(made.errors)))


@cli.command()
@_SOURCES
@_VOCABULARIES
@click.option("--address", default="127.0.0.1:8000", help="Where to serve.")
@_MORE
def serve(sources: tuple[Path, ...], vocabularies: tuple[Path, ...], address: str, more: tuple[Path, ...]) -> None:
    """Serve the site as it would be built; a page that is open shows each change when its file is saved."""
    host, _, port = address.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise click.UsageError(f"{address!r} is no address; give a host and a port, as in 127.0.0.1:8000")
    preview = stages.Preview(*_theme_maker((*sources, *more), vocabularies, None), _progress())

    details = _debugging()

    def tell(found: list[Diagnostic], seconds: float) -> None:
        if found:
            click.echo(render_text(found, preview.lines(), details=details), err=True)
        click.echo(f"read what changed in {seconds:.2f} s", err=True)

    try:
        server = stages.PreviewServer(host or "127.0.0.1", int(port), preview, tell)
    except OSError as error:
        raise click.ClickException(f"{address}: {error.strerror}; choose another with --address") from None
    corpus = preview.edition.reading.corpus
    click.echo(f"{_number(len(corpus.documents), 'document')} at {server.url} – end with Ctrl+C", err=True)
    threading.Thread(target=server.watch, args=(preview.watch(),), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        server.server_close()


@cli.group()
def export() -> None:
    """Make something else of the data of a built site."""


@export.command()
@click.option("--site-dir", type=_PATHS, help="The built site; site/ of the project by default.")
@click.option("--to", type=_PATHS, default=Path("build/sessional.sqlite"), show_default=True, help="The file to write.")
def sqlite(site_dir: Path | None, to: Path) -> None:
    """Write the data as a database with full-text search, for Datasette, DuckDB and SQL by hand."""
    from generator.database import DatabaseError, write_database

    try:
        made = write_database(site_dir or stages.find_root(Path.cwd()) / "site", to)
    except DatabaseError as error:
        raise click.ClickException(str(error)) from None
    rows = ", ".join(f"{number:,} in {table}" for table, number in made.rows.items())
    click.echo(f"{made.path}: {made.size:,} bytes; rows: {rows}")


@export.command()
@click.option("--site-dir", type=_PATHS, help="The built site; site/ of the project by default.")
@click.option(
    "--to", type=_PATHS, default=Path("build/recommendations-uhri.csv"), show_default=True, help="The file to write."
)
@_VOCABULARIES
def uhri(site_dir: Path | None, to: Path, vocabularies: tuple[Path, ...]) -> None:
    """Write the recommendations as a table with the column names of the Universal Human Rights Index."""
    from generator.published import PublishedError
    from generator.uhri import recommendations

    root = stages.find_root(Path.cwd())
    known = stages.Project(root, (), vocabularies).vocabulary()
    try:
        rows = [*recommendations(site_dir or root / "site", known)]
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(b"".join(rows))
    except PublishedError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{to} cannot be written: {error.strerror or error}") from None
    click.echo(f"{to}: {_number(len(rows) - 1, 'recommendation')}")


@cli.command()
@click.option("--site-dir", type=_PATHS, help="The built site; site/ of the project by default.")
@click.option(
    "--output", type=_PATHS, help="The zip; build/sessional.zip by default, build/sessional-PART.zip of a part."
)
@click.option(
    "--only",
    multiple=True,
    metavar="WHERE",
    help="Only this region or State (code or name), built anew from the sources; may be repeated.",
)
@click.option("--whole", is_flag=True, help="With the tables, JSON and feeds beside pages, and records of all fields.")
@_SOURCES
@_VOCABULARIES
@_EXECUTOR
@_MORE
def bundle(
    site_dir: Path | None,
    output: Path | None,
    only: tuple[str, ...],
    whole: bool,
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    executor: str | None,
    more: tuple[Path, ...],
) -> None:
    """Zip a built site for a USB stick: the same bytes whenever and wherever it is made."""
    if not only:
        if sources or vocabularies or executor or more:
            raise click.UsageError("--sources, --vocabularies and --executor need --only; else a built site is zipped")
        _bundle(site_dir or stages.find_root(Path.cwd()) / "site", output or Path("build/sessional.zip"), (), whole)
        return
    if site_dir:
        raise click.UsageError("--only builds anew, so it cannot be given with --site-dir")
    given = (*sources, *more)
    try:
        known = stages.Project(stages.find_root(Path.cwd()), given, vocabularies).vocabulary()
        codes, part, name = stages.chosen_states(only, known.states)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        reading, check, _ = _publish(given, vocabularies, site, _progress(), codes, executor)
        found = [*reading.diagnostics, *check.diagnostics]
        shown = [d for d in found if d.severity is not Severity.NOTE]
        if shown:
            click.echo(_shown(shown, reading.project.root), err=True)
        if not reading.corpus.examinations:
            raise click.ClickException(f"the sources hold no examination of {', '.join(part)}")
        _bundle(site, output or Path(f"build/sessional-{name}.zip"), part, whole)
    sys.exit(_status(found, strict=False))


def _bundle(site: Path, output: Path, part: tuple[str, ...], whole: bool) -> None:
    try:
        made = stages.write_bundle(site, output, part, _progress(), whole=whole)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(
        json.dumps(
            {
                "path": str(made.path),
                "files": made.files,
                "bytes": made.size,
                "sha256": made.sha256,
                "longest_path": made.longest_path,
                "unpacked": made.unpacked,
                "examinations": made.examinations,
                "statements": made.statements,
                "documents": made.documents,
                "only": list(part),
            }
        )
    )
