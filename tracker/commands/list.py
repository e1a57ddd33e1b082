"""``tracker list``: agreements, one a line."""

from typing import Annotated

import typer

from tracker.read.lists import listing
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, PageOptions, command, query_argument
from tracker.shell.reading import reading


@command
def list_(
    context: AppContext,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    filters: FilterOptions,
    page: PageOptions,
    out: OutputOptions,
    explain: Annotated[bool, typer.Option("--explain", help="Show the SQL and the plan of SQLite instead.")] = False,
) -> None:
    r"""List agreements: all, or those that the query and the options describe. What matches only possibly is marked.

    Examples:
        tracker list
        tracker list party:JPN signed:2015..2020 not focus:technology
        tracker list --party USA --in-force --columns ref,title,signed -o in_force.csv
        tracker list party:JPN --json=ref,title,signed
        tracker list party:JPN --template '{ref}\t{title}'

    Read on: docs/queries.md, docs/scripting.md for queries; docs/cookbook.md for questions people ask
    """
    with reading(context) as reader:
        if explain:
            from tracker.read.query.explain import explained

            found = listing.selected(reader, filters, page, context.today, query)
            output.answer(explained(reader, found), context, out)
            return
        shown = output.shown_as(out)
        page = output.paged(page, context, out, "list")
        output.answer(listing.agreements(reader, filters, page, context.today, shown=shown, words=query), context, out)
