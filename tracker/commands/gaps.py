"""``tracker gaps``: how long agreements take from one stage to another, and which never got there."""

from typing import Annotated

import typer

from tracker.errors import InvalidValue, UsageProblem
from tracker.law import gap_figures
from tracker.read.life import gap_tables, stages
from tracker.read.life import gaps as report
from tracker.read.query import days
from tracker.read.query.filters import filters
from tracker.read.query.selection import Selection
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, command, one_of, option, query_argument, some_of
from tracker.shell.reading import at_home, reading


@command
def gaps(
    context: AppContext,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    out: OutputOptions,
    from_: Annotated[
        str, option("--from", "The first stage: a kind of event, or signed, in_force, ...", offers=one_of(stages.NAMES))
    ] = "signed",
    to: Annotated[str, option("--to", "The second stage.", offers=one_of(stages.NAMES))] = "in_force",
    by: Annotated[
        str | None, option("--by", "Figures by a dimension: " + ", ".join(report.BY) + ".", offers=one_of(report.BY))
    ] = None,
    stats: Annotated[
        str | None,
        option("--stats", f"Figures: {gap_figures.FORMS}.", metavar="A,B,...", offers=some_of(gap_figures.FIGURES)),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="What reached the first stage and not the second.")] = False,
    older_than: Annotated[
        str | None, typer.Option(metavar="LENGTH", help="With --open: first stage reached at least so long ago: 3y.")
    ] = None,
) -> None:
    """Measure the days between two stages of each agreement, such as signature and entry into force.

    Negative days are real: some agreements work back from a day before they were signed. --by and --stats give figures
    over many instead of a row for each. With one --party its own acts and the force for it are measured.

    Examples:
        tracker gaps --from signed --to in_force
        tracker gaps --from signed --to in_force --by decade

    Read on: tracker help timeline; docs/time.md
    """
    if older_than is not None and not open_:
        raise UsageProblem("--older-than goes with --open: what reached the first stage so long ago and not the second")
    begin, end = stages.stage("--from", from_), stages.stage("--to", to)
    if begin.name == end.name:
        raise UsageProblem(
            f"--from and --to are both {begin.name}: name two stages, such as --from signed --to in_force"
        )
    figures = _figures(stats)
    with reading(context) as reader:
        asked = at_home(context, reader, filters(reader, options, context.today, query), [by or ""])
        since = None if older_than is None else days.back("--older-than", older_than, asked.as_of)
        question = report.Question(begin, end, open_, since)
        if by is not None:
            report.check_dimension(by)
        gaps_found = report.Gaps(reader, Selection(asked), question)
        answer = (
            gap_tables.page(gaps_found) if by is None and stats is None else gap_tables.grouped(gaps_found, by, figures)
        )
        output.answer(answer, context, out)


def _figures(text: str | None) -> tuple[str, ...]:
    if text is None:
        return gap_tables.DEFAULT_FIGURES
    names = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    try:
        return tuple(gap_figures.check(name) for name in names) or gap_tables.DEFAULT_FIGURES
    except gap_figures.FigureError as error:
        raise InvalidValue(f"--stats: {error}") from error
