"""``tracker log``: what was done to the register, when and by whom."""

from typing import Annotated

import typer

from tracker.read.answers import log as changes
from tracker.read.lookup import refs
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, command, ref_argument
from tracker.shell.reading import reading


@command
def log(
    context: AppContext,
    out: OutputOptions,
    ref: Annotated[str | None, ref_argument("Only changes of this agreement.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="At most so many (default: all).")] = None,
) -> None:
    """List the changes, the newest first: number, time, who, the command, and what was touched.

    Examples:
        tracker log
        tracker log us-jp-rdte-mou-2023 --limit 5

    Read on: tracker help diff; tracker help undo
    """
    with reading(context) as reader:
        name = None if ref is None else changes.former(reader, ref) or refs.resolve(reader, ref)
        output.answer(changes.log(reader, name, limit=limit), context, out)
