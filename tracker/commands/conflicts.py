"""``tracker conflicts``: where sources disagree."""

from typing import Annotated

import typer

from tracker.read.answers import claims
from tracker.read.query.filters import filters
from tracker.read.query.selection import Selection
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, command, query_argument
from tracker.shell.reading import reading


@command
def conflicts(
    context: AppContext,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    out: OutputOptions,
    only_open: Annotated[bool, typer.Option("--open", help="Only those of which no claim is adopted.")] = False,
) -> None:
    """List the fields for which sources give different values, or another than the record holds.

    Over all agreements, or those that filters describe.

    Examples:
        tracker conflicts --open
        tracker conflicts party:JPN

    Read on: tracker help claims; tracker help why
    """
    with reading(context) as reader:
        selection = Selection(filters(reader, options, context.today, query))
        output.answer(claims.conflicts(reader, selection, only_open=only_open), context, out)
