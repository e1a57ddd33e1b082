"""``tracker diff``: what changed in the register between two moments."""

from typing import Annotated

import typer

from tracker.dates import ranges
from tracker.errors import InvalidValue
from tracker.read.answers import diff as changelog
from tracker.read.file.connection import open_store
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, command, offering, query_argument
from tracker.shell.reading import opened


@command
def diff(
    context: AppContext,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    out: OutputOptions,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="What changed from the start of this day on.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="TIME", help="... up to its end (default: now).")] = None,
    number: Annotated[
        int | None, offering(typer.Option("--change", min=1, metavar="ID", help="Only this change."), "change")
    ] = None,
) -> None:
    """Say what changed between two moments, path by path: a changelog, over all records or those of a query.

    Examples:
        tracker diff --from 2026-01-01 party:JPN -o changes.md
        tracker diff --change 1

    Read on: tracker help log; docs/time.md
    """
    if number is not None and (from_ or to):
        raise InvalidValue("--change names one change, --from and --to a time; give one of them")
    with opened(context) as reader:
        ends = _ends(context, from_, to) if number is None else changelog.ends_of(reader, number)
        changes = changelog.stretch(reader, *ends)
        named = changelog.touched(reader, changes)
    with (
        open_store(context.store.but(known_at=ends[0])) as before,
        open_store(context.store.but(known_at=ends[1])) as after,
    ):
        before.warn = after.warn = messages.warn  # that one end lies before all that is known is no matter here
        chosen = changelog.chosen(before, after, options, query, context.today)
        asked = {
            "from": ends[0] or None,
            "to": None if ends[1] == ranges.LAST else ends[1],
            **({"change": number} if number else {}),
            **({"query": " ".join(query)} if query else {}),
        }
        rows = changelog.Differences(before, after, named, chosen)
        output.answer(changelog.table(rows, asked, []), context, out)


def _ends(context: AppContext, from_: str | None, to: str | None) -> tuple[str, str]:
    """Return the two instants; what happened at the first itself does not count."""
    try:
        then = ranges.parse_start(from_, context.today) if from_ else ""
        until = ranges.parse_instant(to, context.today) if to else ranges.LAST
        until = min(until, context.store.known_at or until)
    except ValueError as error:
        raise InvalidValue(f"--from and --to: {error}") from error
    if then > until:
        raise InvalidValue(f"--from {from_} lies after --to {to}; give the earlier one first")
    return then, until
