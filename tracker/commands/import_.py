"""``tracker import``: take in records from files or a pipe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from tracker import ingest, messages, output
from tracker.context import AppContext
from tracker.errors import RejectedRows
from tracker.options import ChangeOptions, OutputOptions, command
from tracker.store.session import transaction
from tracker.store.writer import Writer
from tracker.table import Column, Table

SHOWN = 20
"""Bad rows that are printed."""


@command
def import_(
    context: AppContext,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files, or - for a pipe.", show_default=False)],
    change: ChangeOptions,
    out: OutputOptions,
    from_: Annotated[str | None, typer.Option("--from", metavar="FORMAT", help="Format (default: recognised).")] = None,
    skip_bad: Annotated[
        bool,
        typer.Option(
            "--skip-bad",
            help="Leave out rows that cannot be read, and list them; a reference to nothing still ends the import.",
        ),
    ] = False,
) -> None:
    """Take in records: all files are one change, and their records may refer to each other in any order.

    A record of a ref that is there already replaces it; a row of a sheet changes only the fields that it has.
    """
    result = ingest.Result()
    try:
        with transaction(
            context.store.path, actor=context.who, command=context.command_line, dry_run=change.dry_run
        ) as writer:
            for path in files:
                _read(writer, path, from_, result, context.today)
            ingest.refuse_bad(result, skip_bad=skip_bad)
    except RejectedRows:
        _list_bad(result)
        raise
    _list_bad(result)
    for remark in result.remarks[:SHOWN]:
        messages.say(remark, quiet=context.quiet)
    if change.dry_run or out.chosen or out.output:
        output.answer(
            Table("import plan", PLAN, _plan(result), title="What would change" if change.dry_run else "What changed"),
            context,
            out,
        )
    _summary(context, result, dry_run=change.dry_run)


def _read(writer: Writer, path: Path, wanted: str | None, result: ingest.Result, today: str) -> None:
    with ingest.opened(path) as (stream, name):
        importer = ingest.recognise(stream, path, wanted)
        ingest.apply(writer, importer.read(stream, name), result, today)


PLAN = [Column("what"), Column("kind"), Column("id"), Column("field"), Column("old"), Column("new")]


def _plan(result: ingest.Result) -> Iterator[tuple[str | None, ...]]:
    for outcome in result.outcomes:
        if not outcome.changes:
            yield (outcome.what, outcome.kind, outcome.id, None, None, None)
        for path, old, new in outcome.changes:
            yield (outcome.what, outcome.kind, outcome.id, path, _shown(old), _shown(new))
    for where, message in result.problems:
        yield ("bad", None, where, None, None, message)


def _shown(value: object) -> str | None:
    import json

    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _list_bad(result: ingest.Result) -> None:
    for where, message in result.problems[:SHOWN]:
        messages.warn(f"{where}: {message}")
    if result.bad > SHOWN:
        messages.warn(f"... and {result.bad - SHOWN} more")


def _summary(context: AppContext, result: ingest.Result, *, dry_run: bool) -> None:
    totals = {
        what: sum(n for (_, found), n in result.counts.items() if found == what)
        for what in ("new", "changed", "unchanged")
    }
    agreements = sum(n for (kind, _), n in result.counts.items() if kind == "agreement")
    did = "would import" if dry_run else "imported"
    said = f"{did} {sum(totals.values())} records ({agreements} agreements): "
    said += ", ".join(f"{count} {what}" for what, count in totals.items())
    messages.say(said + (f", {result.bad} bad left out" if result.bad else ""), quiet=context.quiet)
