"""``tracker lineage``: where an agreement comes from, and what came of it."""

from typing import Annotated

import typer

from tracker.read.answers import lineage as reading
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, ref_argument
from tracker.shell.reading import opened


@command
def lineage(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    out: OutputOptions,
    up: Annotated[bool, typer.Option("--up", help="Only what it amends, implements, supersedes, ...")] = False,
    down: Annotated[bool, typer.Option("--down", help="Only what amends, implements, supersedes it, ...")] = False,
    depth: Annotated[int | None, typer.Option("--depth", min=0, help="At most so many steps (default: all).")] = None,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Show what an agreement comes from and what came of it, as a tree; both ways unless --up or --down narrows.

    Examples:
        tracker lineage us-jp-rdte-mou-2023
        tracker lineage us-jp-rdte-mou-2023 --down -f dot -o tree.dot

    Read on: tracker help link
    """
    wanted = tuple(way for way, asked in ((reading.UP, up), (reading.DOWN, down)) if asked == (up or down))
    with opened(context) as reader:
        exact_ref = refs.resolve(reader, ref)
        asked = reading.Extent(wanted, depth)
        output.answer(reading.page(reader, exact_ref, asked, day(as_of, context.today)), context, out)
