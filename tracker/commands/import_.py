"""``tracker import``: take in records from files, folders or a pipe."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.commands import import_plan
from tracker.errors import InvalidValue, LooseReferences, TrackerError, UnreadableFile
from tracker.importers import mapping
from tracker.importers.mapping import Mapped
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command
from tracker.shell.writing import writing
from tracker.store.file.backup import automatic
from tracker.work import taking as ingest
from tracker.work.taking.progress import Progress

SHOWN = 20
"""Bad rows, unknown names and remarks that are printed."""

LED = (
    "add it first, import the files that hold what is missing together with this one, "
    "or leave such records out with --skip-bad"
)


@command
def import_(
    context: AppContext,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|FOLDER...", help="Files, folders, or - for a pipe.", show_default=False),
    ],
    change: ChangeOptions,
    out: OutputOptions,
    from_: Annotated[str | None, typer.Option("--from", metavar="FORMAT", help="Format (default: recognised).")] = None,
    skip_bad: Annotated[
        bool,
        typer.Option("--skip-bad", help="Leave out rows that cannot be taken, and list them with file and row."),
    ] = False,
    map_: Annotated[
        Path | None, typer.Option("--map", metavar="FILE.toml", help="Map that says which column is which field.")
    ] = None,
    draft_map: Annotated[
        bool, typer.Option("--draft-map", help="Write a first map for this sheet, to be edited, and import nothing.")
    ] = False,
) -> None:
    """Take in records: all files are one change, and their records may refer to each other in any order.

    A record of a ref that is there already replaces it; a row of a sheet changes only the fields that it has. Of a data
    set, what it said before gives way to what it says now, and what people added stays.
    """
    if draft_map:
        _draft_map(files, out.output)
        return
    wanted = _mapped(map_, from_)
    listed = change.dry_run or bool(out.chosen or out.output)
    plan = ingest.Plan(listing=listed)
    kept = None if change.dry_run else automatic(context.writable, "import")
    try:
        with (
            Progress(quiet=context.quiet) as progress,
            writing(context, change, create=True) as writer,
        ):
            order = ingest.Order(files, context.today, wanted, skip_bad=skip_bad, progress=progress)
            ingest.take(writer, order, plan)
            if not change.dry_run:
                plan.refuse_bad(skip_bad=skip_bad)
            change_id = writer.change_id
    except LooseReferences as error:
        _list_bad(plan)
        raise LooseReferences(f"{error}; {LED}") from None
    except TrackerError:
        _list_bad(plan)
        raise
    _list_bad(plan)
    if listed:
        title = "What would change" if change.dry_run else "What changed"
        for_people = output.shown_as(out) == "people"
        output.answer(import_plan.table(plan, title, for_people=for_people), context, out)
    plan.refuse_bad(skip_bad=skip_bad)
    _list(plan.remarks, plan.remarked, context)
    messages.say(_summary(plan, dry_run=change.dry_run), quiet=context.quiet)
    if not change.dry_run and plan.has_changes:
        messages.say(_next(plan, change_id), quiet=context.quiet)
        if kept:
            messages.say(f"what was there before: {kept}", quiet=context.quiet)


def _mapped(path: Path | None, wanted: str | None) -> str | Mapped | None:
    """The importer of a map, checked before anything is opened, or the one asked for by name."""
    if path is None:
        return wanted
    if wanted is not None:
        raise InvalidValue(f"--map {path} and --from {wanted} say two things of the files; give one of them")
    importer = mapping.importer(path)
    _ = importer.map
    return importer


def _draft_map(files: list[Path], path: Path | None) -> None:
    """Write a first map for a sheet to standard output, or to the file of -o."""
    if len(files) != 1:
        raise InvalidValue("--draft-map looks at one sheet; name one file")
    from tracker.importers.mapping.sketch import sketch
    from tracker.importers.sheets import UnreadableSheet
    from tracker.importers.sheets.reading import seekable
    from tracker.store.schema import builtin
    from tracker.text.names import fold
    from tracker.work.taking.files import opened

    keys = {key for party in builtin.parties() for key in builtin.party_keys(party)}
    with opened(files[0]) as stream, seekable(stream) as again:
        try:
            text = sketch(again, files[0].name, lambda name: fold(name) in keys)
        except UnreadableSheet as error:
            raise UnreadableFile(f"{files[0]} {error}") from None
    output.write_text(text, path=path)


def _list_bad(plan: ingest.Plan) -> None:
    """Warn of bad rows, and of each name that no party bears once."""
    for where, message in plan.problems[:SHOWN]:
        messages.warn(f"{where}: {message}")
    said = len(plan.problems[:SHOWN])
    for name, unknown in sorted(plan.unknown.items(), key=lambda item: (-item[1].number, item[0])):
        rows = "1 row" if unknown.number == 1 else f"{unknown.number} rows"
        messages.warn(f"{unknown.where}: {unknown.message} ({name!r}: {rows}; `tracker party alias` settles a name)")
    rest = plan.bad - plan.nameless - said
    if rest > 0:
        messages.warn(f"... and {rest} more bad {'row' if rest == 1 else 'rows'}")


def _list(remarks: list[str], number: int, context: AppContext) -> None:
    for remark in remarks[:SHOWN]:
        messages.say(remark, quiet=context.quiet)
    if number > SHOWN:
        messages.say(f"... and {number - SHOWN} more; --dry-run shows all that is doubtful", quiet=context.quiet)


def _summary(plan: ingest.Plan, *, dry_run: bool) -> str:
    totals = {what: plan.total(what) for what in ("new", "changed", "unchanged")}
    agreements = sum(number for (kind, _), number in plan.counts.items() if kind == "agreement")
    did = "would import" if dry_run else "imported"
    said = f"{did} {_counted(sum(totals.values()), 'record')} ({_counted(agreements, 'agreement')}): "
    said += ", ".join(f"{count} {what}" for what, count in totals.items())
    if plan.doubtful:
        said += f", {plan.doubtful} doubtful"
    if plan.bad:
        said += f", {plan.bad} bad left out"
    if not plan.has_changes:
        said += "; nothing changed"
    elif dry_run:
        said += "; nothing was changed: import without --dry-run"
    return said


def _next(plan: ingest.Plan, change_id: int | None) -> str:
    """Say how to look at what was taken in, and how to take it back."""
    ref = plan.only_agreement()
    look = f"show {ref}" if ref else f"diff --change {change_id}"
    return f"look at it: tracker {look}; take it back: tracker undo --change {change_id}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
