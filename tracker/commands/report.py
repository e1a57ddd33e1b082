"""``tracker report``: a report by its name."""

from typing import Annotated

import typer

from tracker import output
from tracker.commands.reading import reading
from tracker.context import AppContext
from tracker.errors import InvalidValue
from tracker.options import FilterOptions, OutputOptions, command, query_argument
from tracker.read import overview
from tracker.read.option_filters import filters
from tracker.read.selection import Selection

REPORTS = {"overview": overview.table}


@command
def report(
    context: AppContext,
    name: Annotated[str, typer.Argument(help=f"One of: {', '.join(REPORTS)}.", show_default=False)],
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    out: OutputOptions,
) -> None:
    """Make a report on all agreements, or on those that the query and the options describe."""
    if name not in REPORTS:
        raise InvalidValue(f"no report {name!r}; there is: {', '.join(REPORTS)}")
    with reading(context) as reader:
        selection = Selection(filters(reader, options, context.today, query))
        output.answer(REPORTS[name](reader, selection), context, out)
