"""``tracker report``: a report by its name."""

from typing import Annotated, NamedTuple

import typer

from tracker.read import reports
from tracker.read.counting.dimensions import DIMENSIONS
from tracker.read.query.days import signed_since
from tracker.read.query.filters import filters
from tracker.read.query.selection import Selection
from tracker.read.reports import REPORTS, ReportRequest
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import (
    FilterOptions,
    OutputOptions,
    argument,
    command,
    one_of,
    option,
    query_argument,
    some_of,
)
from tracker.shell.reading import at_home, reading

TELLS = "; ".join(f"{name}: {entry.tells}" for name, entry in REPORTS.items())


class ReportOptions(NamedTuple):
    """What some reports take beside the query."""

    by: Annotated[list[str] | None, option("--by", "Dimension, or two with a comma.", offers=some_of(DIMENSIONS))] = (
        None
    )
    rows: Annotated[str | None, option("--rows", "matrix: dimension of the rows.", offers=one_of(DIMENSIONS))] = None
    cols: Annotated[str | None, option("--cols", "matrix: dimension of the columns.", offers=one_of(DIMENSIONS))] = None
    window: Annotated[str | None, typer.Option(metavar="LENGTH", help="trend: years put together, such as 5y.")] = None
    since: Annotated[
        str | None, typer.Option(metavar="YEAR", help="Signed in this year, or on this day, or later.")
    ] = None
    top: Annotated[int | None, typer.Option("--top", min=1, help="Only so many rows, or columns.")] = None
    side: Annotated[str | None, option("--side", "signatories: who signed for this party.", offers="party")] = None
    each: Annotated[bool, typer.Option("--each", help="signatories: a row for each signature.")] = False
    among: Annotated[
        str | None, option("--among", "families, missing: the members of this organisation on the day.", offers="party")
    ] = None
    during: Annotated[
        str | None,
        typer.Option(metavar="RANGE", help="changes: this span, such as 2024 or 2023..2024 (default: -1y..)."),
    ] = None


@command
def report(
    context: AppContext,
    name: Annotated[str, argument(TELLS, offers="report")],
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    how: ReportOptions,
    out: OutputOptions,
) -> None:
    """Make a report on all agreements, or on those that the query and the options describe.

    Examples:
        tracker report overview
        tracker report trend --party JPN
        tracker report transparency -o transparency.html

    Read on: tracker help compare; docs/cookbook.md
    """
    wanted = reports.check(name)
    asked = ReportRequest(how.by, how.rows, how.cols, how.window, how.top, how.side, how.each, how.among, how.during)
    with reading(context) as reader:
        narrowed = signed_since(options, how.since, context.today)
        by = [*(how.by or ()), how.rows or "", how.cols or ""]
        selection = Selection(at_home(context, reader, filters(reader, narrowed, context.today, query), by))
        output.answer(reports.make(reader, selection, wanted, asked), context, out)
