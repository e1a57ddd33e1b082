"""``tracker report``: a report by its name."""

from typing import Annotated

import typer

from tracker.errors import UsageProblem
from tracker.plain import Value
from tracker.read import reports
from tracker.read.counting.dimensions import DIMENSIONS
from tracker.read.lookup.saved import REPORTS as SAVED
from tracker.read.query.days import signed_since
from tracker.read.query.filters import filters
from tracker.read.query.selection import Selection
from tracker.read.reports import REPORTS, ReportRequest
from tracker.shell import messages, output, saved_reports
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
from tracker.table import Column, Table

TELLS = "; ".join((*(f"{name}: {entry.tells}" for name, entry in REPORTS.items()), "@NAME: a saved one"))


class ReportOptions(Value):
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


class SavingOptions(Value):
    """How the line is kept for later."""

    save: Annotated[
        str | None,
        option("--save", "Keep this line, to be made again as @NAME.", metavar="NAME", offers="saved report"),
    ] = None
    forget: Annotated[bool, typer.Option("--forget", help="Forget the saved report @NAME.")] = False


@command
def report(
    context: AppContext,
    name: Annotated[str | None, argument(TELLS, offers="report")] = None,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    how: ReportOptions,
    saving: SavingOptions,
    out: OutputOptions,
) -> None:
    """Make a report on all agreements, or on those that the query and the options describe.

    With --save the line is kept under a name, query and options included, for you and in no store. @NAME makes the
    report again; what stands behind it is added.

    Examples:
        tracker report
        tracker report overview
        tracker report trend --party JPN
        tracker report transparency -o transparency.html
        tracker report changes --during 2023 party:JPN --save japan-2023

    Read on: tracker help compare; docs/scripting.md for saved reports; docs/cookbook.md
    """
    if saving.forget:
        _forget(context, name)
        return
    if name is None:
        output.answer(_listed(), context, out)
        return
    if saving.save is not None:
        SAVED.check_name(saving.save.removeprefix("@"))
    if name.startswith("@"):
        raise UsageProblem(f"write the name of a saved report right behind the command: tracker report {name}")
    wanted = reports.check(name)
    asked = ReportRequest(how.by, how.rows, how.cols, how.window, how.top, how.side, how.each, how.among, how.during)
    with reading(context) as reader:
        narrowed = signed_since(options, how.since, context.today)
        by = [*(how.by or ()), how.rows or "", how.cols or ""]
        selection = Selection(at_home(context, reader, filters(reader, narrowed, context.today, query), by))
        output.answer(reports.make(reader, selection, wanted, asked), context, out)
    if saving.save is not None:
        _save(context, saving.save.removeprefix("@"))


def _save(context: AppContext, name: str) -> None:
    """Keep the line that was made."""
    line = saved_reports.line(context.words[1:])
    before = SAVED.save(name, line)
    instead = f" (it was: {before})" if before not in (None, line) else ""
    messages.say(f"saved{instead}; make it again with: tracker report @{name}", quiet=context.quiet)


def _forget(context: AppContext, name: str | None) -> None:
    if name is None or not name.startswith("@"):
        raise UsageProblem("forget which one? write: tracker report @NAME --forget")
    SAVED.remove(name.removeprefix("@"))
    messages.say(f"forgotten: {name}", quiet=context.quiet)


def _listed() -> Table:
    """The reports that there are, those that were saved at the end."""
    rows = [(name, summary.tells) for name, summary in REPORTS.items()]
    rows += [(f"@{name}", line) for name, line in sorted(SAVED.load().items())]
    columns = [Column("report", "code", weight=9), Column("tells", heading="what it tells", weight=8)]
    return Table("reports", columns, rows, footer=["make one with: tracker report NAME"], folded=True)
