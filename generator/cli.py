"""The command line: a thin rim around `build`.

Status 0: done. 1: an error in content (that document is withheld, the others are built), or a warning under
`--strict`. 2: our own fault or wrong use.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.build import (
    AUTO,
    FORMS,
    Choice,
    ExecutorError,
    LineFinder,
    LinkCheck,
    Progress,
    Project,
    Reading,
    SiteInUseError,
    Surroundings,
    chosen_states,
    doubts,
    find_root,
    made_whole,
    read_each,
    read_project,
    read_source,
    skeleton,
    write_bundle,
)
from generator.corpus import link
from generator.datafile import DatafileError
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
from generator.exports import examination_record, jsonl, statement_record
from generator.model import Examination, ReadDocument

_PATHS = click.Path(path_type=Path)
_RENDERERS: dict[str, Callable[[list[Diagnostic], Path], str]] = {
    "text": lambda found, root: render_text(found, LineFinder(root)),
    "json": lambda found, _root: render_json(found),
    "github": lambda found, _root: render_github(found),
}


def main() -> None:
    """The console script: what goes wrong unforeseen is our fault and ends with 2."""
    try:
        cli(standalone_mode=True)
    except DatafileError as error:
        click.echo(render_text([error.diagnostic], LineFinder(find_root(Path.cwd()))), err=True)
        sys.exit(1)
    except ExecutorError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except Exception:
        traceback.print_exc()
        click.echo(
            "This is a fault of the program, not of the content: please report it with the lines above.", err=True
        )
        sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sessional")
def cli() -> None:
    """Publish the examination of States on human rights: what was said, by whom, sentence by sentence."""


def _several(name: str, help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option that takes one path or several, as `--sources A B` or `--sources A --sources B`."""
    return click.option(f"--{name}", name, multiple=True, type=_PATHS, help=help_text)


_VOCABULARIES = _several("vocabularies", "A folder of vocabularies laid over the project's own.")
_SOURCES = _several("sources", "Files or folders of reports, instead of content/sources.")
_JOBS = click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read; by default as many as pay.")


def _understood(_context: click.Context, _option: click.Parameter, who: str | None) -> str | None:
    if who:
        try:
            Choice.of(who)
        except ExecutorError as error:
            raise click.BadParameter(str(error)) from None
    return who


_EXECUTOR = click.option("--executor", metavar="WHO", callback=_understood, help=f"Who reads the sources: {FORMS}.")
_MORE = click.argument("more", nargs=-1, type=_PATHS)


@cli.command()
@_SOURCES
@_VOCABULARIES
@click.option("--site-dir", type=_PATHS, help="Where the site is written; site/ of the project by default.")
@click.option("--strict", is_flag=True, help="A warning ends with status 1 too.")
@_EXECUTOR
@_MORE
def build(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    site_dir: Path | None,
    strict: bool,
    executor: str | None,
    more: tuple[Path, ...],
) -> None:
    """Build the site from the sources."""
    if more and not sources:
        raise click.UsageError(f"unexpected argument {more[0]}; give further sources after --sources")
    started = time.perf_counter()
    reading, check = _mkdocs_build((*sources, *more), vocabularies, site_dir, executor=executor)
    found = [*reading.diagnostics, *check.diagnostics]
    shown = [d for d in found if d.severity is not Severity.NOTE]
    if shown:
        click.echo(render_text(shown, LineFinder(reading.project.root)), err=True)
    for path in reading.withheld:
        click.echo(f"withheld: {path}", err=True)
    corpus = reading.corpus
    click.echo(
        f"{_number(len(corpus.documents), 'document')}, {_number(len(corpus.statements), 'statement')}, "
        f"{_number(check.pages, 'page')}; "
        f"{check.links:,} links and {check.anchors:,} anchors checked; {summary(found)}; "
        f"{time.perf_counter() - started:.1f} s",
        err=True,
    )
    sys.exit(_status(found, strict))


def _mkdocs_build(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    site_dir: Path | None,
    only: frozenset[str] = frozenset(),
    executor: str | None = None,
) -> tuple[Reading, LinkCheck]:
    """Let mkdocs build the theme's part with our plugin in it, which then writes the rest."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    root = find_root(Path.cwd())
    extra = {"site_dir": str(site_dir.resolve())} if site_dir else {}
    try:
        config = load_config(str(root / "mkdocs.yml"), **extra)
        plugin: Any = config.plugins["sessional"]
        plugin.config["sources"] = [str(path) for path in sources] or plugin.config["sources"]
        plugin.config["vocabularies"] = [str(path) for path in vocabularies] or plugin.config["vocabularies"]
        plugin.config["only"] = sorted(only)
        plugin.config["executor"] = executor or plugin.config["executor"]
        plugin.quiet, plugin.progress = True, _progress()
        plugin.site = Path(config.site_dir)
        with made_whole(plugin.site) as folder:
            config.site_dir = str(folder)
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
            config.plugins.on_shutdown()
        reading, check = plugin.built()
    except (MkDocsException, SiteInUseError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise click.ClickException(f"{error.strerror}{where}. The site that was there still stands.") from None
    return reading, check


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
@_VOCABULARIES
@_JOBS
@_EXECUTOR
def read(
    files: tuple[Path, ...],
    form: str,
    facts: bool,
    vocabularies: tuple[Path, ...],
    jobs: int | None,
    executor: str | None,
) -> None:
    """Read reports, each alone, and print what they say. Diagnostics go to standard error."""
    if jobs and executor:
        raise click.UsageError("--jobs 4 is short for --executor processes:4; give one of them")
    who = f"processes:{jobs}" if jobs else executor or AUTO
    root = find_root(Path.cwd())
    project = Project(root, files, vocabularies)
    surroundings = Surroundings(project, project.vocabulary())
    found: list[Diagnostic] = []
    for document, diagnostics in read_each(files, surroundings, read_source, who):
        found += diagnostics
        if document is None:
            continue
        out = _facts(document, form) if facts else _statements(document, form)
        sys.stdout.write("".join(out))
    found += surroundings.diagnostics
    shown = [d for d in found if d.severity is not Severity.NOTE and d.code != "D003"]
    if shown:
        click.echo(render_text(shown, LineFinder(root)), err=True)
    sys.exit(_status(found, strict=False))


def _statements(document: ReadDocument, form: str) -> list[str]:
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
    path = document.document.source.path
    if form == "jsonl":
        return list(jsonl(examination_record(e, document) for e in document.examinations))
    return [line for e in document.examinations for line in (*_fact_lines(e, path), *_coverage_lines(document))]


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


@cli.command()
@_SOURCES
@_VOCABULARIES
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--strict", is_flag=True, help="A warning ends with status 1 too.")
@click.option("--notes", is_flag=True, help="Show notes too, such as doubtful statements.")
@_EXECUTOR
@_MORE
def check(
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    form: str,
    strict: bool,
    notes: bool,
    executor: str | None,
    more: tuple[Path, ...],
) -> None:
    """Say what was not understood in the sources, without building. Paths may be given as they are."""
    root = find_root(Path.cwd())
    reading = read_project(Project(root, (*sources, *more), vocabularies), _progress(), executor or AUTO)
    found = list(reading.diagnostics)
    shown = [d for d in found if notes or d.severity is not Severity.NOTE]
    text = _RENDERERS[form](shown, root)
    if text:
        click.echo(text)
    number = len(reading.documents) + len(reading.withheld)
    click.echo(f"{_number(number, 'document')} checked: {summary(found)}", err=True)
    sys.exit(_status(found, strict))


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
    root = find_root(Path.cwd())
    reading = read_project(Project(root, (*sources, *more), vocabularies), _progress(), executor or AUTO)
    found = doubts(reading.corpus)
    if chosen:
        picked = [doubt for doubt in found if doubt.linked.id in chosen]
        for missing in set(chosen) - {doubt.linked.id for doubt in picked}:
            raise click.UsageError(f"no statement {missing!r} waits for a decision")
        click.echo(skeleton(picked), nl=False)
        return
    shown = found[:limit] if limit else found
    for doubt in shown:
        statement = doubt.linked.statement
        click.echo(f"{doubt.linked.path}:{statement.line} {doubt.linked.id}")
        click.echo(f"  {statement.kind}, {statement.speaker}: {doubt.why}")
        click.echo(f"  {statement.text}")
    click.echo(f"{len(shown)} of {_number(len(found), 'statement')} waiting for a decision", err=True)


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
@click.option("--address", default="127.0.0.1:8000", help="Where to serve.")
def serve(address: str) -> None:
    """Serve the site and build it again when content changes."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    mkdocs_serve(str(find_root(Path.cwd()) / "mkdocs.yml"), dev_addr=address, livereload=True)


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
@_SOURCES
@_VOCABULARIES
@_EXECUTOR
@_MORE
def bundle(
    site_dir: Path | None,
    output: Path | None,
    only: tuple[str, ...],
    sources: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    executor: str | None,
    more: tuple[Path, ...],
) -> None:
    """Zip a built site for a USB stick: the same bytes whenever and wherever it is made."""
    if not only:
        if sources or vocabularies or executor or more:
            raise click.UsageError("--sources, --vocabularies and --executor need --only; else a built site is zipped")
        _bundle(site_dir or find_root(Path.cwd()) / "site", output or Path("build/sessional.zip"), ())
        return
    if site_dir:
        raise click.UsageError("--only builds anew, so it cannot be given with --site-dir")
    given = (*sources, *more)
    try:
        codes, part, name = chosen_states(only, Project(find_root(Path.cwd()), given, vocabularies).vocabulary().states)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        reading, check = _mkdocs_build(given, vocabularies, site, codes, executor)
        found = [*reading.diagnostics, *check.diagnostics]
        shown = [d for d in found if d.severity is not Severity.NOTE]
        if shown:
            click.echo(render_text(shown, LineFinder(reading.project.root)), err=True)
        if not reading.corpus.examinations:
            raise click.ClickException(f"the sources hold no examination of {', '.join(part)}")
        _bundle(site, output or Path(f"build/sessional-{name}.zip"), part)
    sys.exit(_status(found, strict=False))


def _bundle(site: Path, output: Path, part: tuple[str, ...]) -> None:
    try:
        made = write_bundle(site, output, part, _progress())
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
