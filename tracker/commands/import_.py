"""``tracker import``: take in records from files, folders or a pipe."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

import typer

from tracker.errors import InvalidValue, LooseReferences, TrackerError
from tracker.importers import mapping
from tracker.importers.drafting.draft import FirstMap
from tracker.importers.mapping import Mapped
from tracker.plain import Value
from tracker.shell import messages, output, protected
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command, option
from tracker.shell.reading import opened
from tracker.shell.running.progress import Progress
from tracker.shell.writing import writing
from tracker.store.file.backup import automatic
from tracker.work import taking as ingest
from tracker.work.taking import told
from tracker.work.taking.drafting import first_map

LED = (
    "add it first, import the files that hold what is missing together with this one, "
    "or leave such records out with --skip-bad"
)


class Remarks(StrEnum):
    """How many of the remarks on what was read are told."""

    FIRST = "first"
    ALL = "all"


class ImportOptions(Value):
    """How files are read."""

    from_: Annotated[
        str | None, option("--from", "Format (default: recognised).", metavar="FORMAT", offers="import format")
    ] = None
    skip_bad: Annotated[
        bool,
        typer.Option("--skip-bad", help="Leave out what cannot be taken, and list it with file and row; exit 1."),
    ] = False
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Remove agreements of a data set whose rows are gone from its files."),
    ] = False
    map_: Annotated[
        list[Path] | None,
        typer.Option(
            "--map", metavar="FILE.toml", help="Map that says which column is which field; one for each file."
        ),
    ] = None
    draft_map: Annotated[
        bool, typer.Option("--draft-map", help="Write a first map for this sheet, to be edited, and import nothing.")
    ] = False
    remarks: Annotated[
        Remarks, typer.Option("--remarks", help="Tell the first remarks, or all; a plan that is printed lists all too.")
    ] = Remarks.FIRST


@command
def import_(
    context: AppContext,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|FOLDER...", help="Files, folders, or - for a pipe.", show_default=False),
    ],
    change: ChangeOptions,
    out: OutputOptions,
    options: ImportOptions,
) -> None:
    """Take in records: all files are one change, and their records may refer to each other in any order.

    A record of a ref that is there already replaces it; a row of a sheet changes only the fields that it has. Of a data
    set, what it said before gives way to what it says now, what it takes back goes, and what people added stays. With
    --skip-bad a cell, an item or a relation that cannot be taken is left out, and the rest comes in; the exit code is
    then 1, for not all came in.

    Examples:
        tracker import register.ndjson
        tracker import sheet.csv --dry-run
        tracker import treaties.csv --draft-map

    Read on: docs/importing.md
    """
    if options.draft_map:
        protected.refuse(out.output, context.store.path, files)
        _write_first_map(files, context, out)
        return
    importers = _mapped(options.map_ or [], options.from_)
    maps = _given(importers, files)
    listed = change.dry_run or bool(out.chosen or out.output or out.names)
    read = [*files, *(options.map_ or [])]
    plan = ingest.Plan(listing=listed, listing_remarks=options.remarks is Remarks.ALL)
    with (
        output.prepared(context, out, told.COLUMNS, read) if listed else nullcontext() as answer,
        automatic(context.writable, "import", dry_run=change.dry_run) as kept,
        _telling_bad(plan),
        Progress(quiet=context.quiet) as progress,
        writing(context, change, create=True, says_so=False) as writer,
    ):
        order = ingest.Order(
            files,
            context.today,
            options.from_,
            maps=maps,
            skip_bad=options.skip_bad,
            prune=options.prune,
            progress=progress,
        )
        ingest.take(writer, order, plan)
        if not change.dry_run:
            plan.refuse_bad(skip_bad=options.skip_bad)
        change_id = writer.change_id
        if answer is not None:
            title = "What would change" if change.dry_run else "What changed"
            for_people = out.names is None and output.shown_as(out) in ("people", "terminal")
            answer.write(told.table(plan, title, for_people=for_people))
    plan.refuse_bad(skip_bad=options.skip_bad)
    for line in _sentences(plan, change_id, kept, dry_run=change.dry_run):
        messages.say(line, quiet=context.quiet)
    plan.refuse_left_out()


def _write_first_map(files: list[Path], context: AppContext, out: OutputOptions) -> None:
    if len(files) != 1:
        raise InvalidValue("--draft-map looks at one sheet; name one file")
    draft = _drafted(files[0], context)
    output.write_text(draft.text, path=out.output)
    for line in draft.told:
        messages.say(line, quiet=context.quiet)


def _drafted(path: Path, context: AppContext) -> FirstMap:
    """Draft with the parties of the register, or with those that every register begins with."""
    if not context.store.path.exists():
        return first_map(path)
    with opened(context) as reader:
        return first_map(path, reader)


def _sentences(plan: ingest.Plan, change_id: int | None, kept: Path | None, *, dry_run: bool) -> Iterator[str]:
    """Yield what the import did; ``kept`` is the backup of what was there before."""
    yield from told.remarks(plan)
    if rows := told.rows_read(plan):
        yield rows
    yield told.summary(plan, dry_run=dry_run)
    if not dry_run and plan.has_changes:
        yield told.next_step(plan, change_id)
        if kept:
            yield f"what was there before: {kept}"


@contextmanager
def _telling_bad(plan: ingest.Plan) -> Iterator[None]:
    """Warn at the end of what could not be taken, also where the import is refused for it."""
    try:
        yield
    except LooseReferences as error:
        _warn(plan)
        raise LooseReferences(f"{error}; {LED}") from None
    except TrackerError:
        _warn(plan)
        raise
    _warn(plan)


def _warn(plan: ingest.Plan) -> None:
    for line in told.bad(plan):
        messages.warn(line)


def _mapped(paths: list[Path], name: str | None) -> list[Mapped]:
    """The importers of maps, checked before anything is opened."""
    if paths and name is not None:
        raise InvalidValue(f"--map {paths[0]} and --from {name} say two things of the files; give one of them")
    importers = [mapping.importer(path) for path in paths]
    for importer in importers:
        _ = importer.map
    return importers


def _given(importers: list[Mapped], files: list[Path]) -> dict[Path, Mapped]:
    """Return the map of each file: the only one, else by the names that the maps say, else one after the other.

    Raises InvalidValue where no map, or more than one, is for a file.
    """
    if len(importers) < 2:
        return {path: importer for path in files for importer in importers}
    if not any(importer.map.files for importer in importers):
        if len(importers) == len(files):
            return dict(zip(files, importers, strict=True))
        raise InvalidValue(
            f"{len(importers)} maps for {len(files)} files; give one for each file, in their order, "
            'or say in each map whose it is: [mapping] files = ["deals*.csv"]'
        )
    given = {}
    for path in files:
        named = [one for one in importers if any(fnmatchcase(path.name, name) for name in one.map.files)]
        if len(named) != 1:
            which = " and ".join(one.map.file for one in named) or "none of the maps"
            raise InvalidValue(
                f"{path.name} is a file of {which}; [mapping] files = [...] says of each map whose it is"
            )
        given[path] = named[0]
    return given
