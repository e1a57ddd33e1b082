"""``tracker compare``: binding against non-binding over many agreements, or some agreements side by side."""

from typing import Annotated

import typer

from tracker import output
from tracker.commands.reading import reading
from tracker.context import AppContext
from tracker.errors import UsageProblem
from tracker.options import FilterOptions, OutputOptions, command, completing
from tracker.read import comparison, refs, side_by_side
from tracker.read.connection import Reader
from tracker.read.option_filters import day, filters
from tracker.read.selection import Selection
from tracker.table import Table


@command
def compare(
    context: AppContext,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="binding | REF REF...", help="The word binding, or two refs or more.", show_default=False
        ),
    ],
    options: FilterOptions,
    out: OutputOptions,
    by: Annotated[
        list[str] | None, completing("--by", f"One of: {', '.join(comparison.DIMENSIONS)}.", comparison.DIMENSIONS)
    ] = None,
) -> None:
    """Compare binding with non-binding (tracker compare binding --by year), or agreements side by side (REF REF)."""
    with reading(context) as reader:
        if what == ["binding"]:
            output.answer(_binding(reader, options, by, context.today), context, out)
            return
        if len(what) < 2:
            raise UsageProblem(f"compare {what[0]!r} with what? Give two refs, or: tracker compare binding")
        if by:
            raise UsageProblem("--by goes with: tracker compare binding")
        found = [refs.resolve(reader, text) for text in what]
        output.answer(side_by_side.table(reader, found, day(options.as_of, context.today)), context, out)


def _binding(reader: Reader, options: FilterOptions, by: list[str] | None, today: str) -> Table:
    if by and len(by) > 1:
        raise UsageProblem(f"--by stands {len(by)} times; compare by one dimension at a time")
    wanted = filters(reader, options, today)
    sides = [code for group in wanted.party for code in group]
    return comparison.by(reader, Selection(wanted), by[0] if by else None, sides)
