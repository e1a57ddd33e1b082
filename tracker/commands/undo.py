"""``tracker undo``: take back a change."""

from typing import Annotated

import typer

from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, offering
from tracker.shell.writing import name_written, writing
from tracker.work.undo import refusing
from tracker.work.undo import undo as take_back


@command
def undo(
    context: AppContext,
    change: ChangeOptions,
    number: Annotated[
        int | None,
        offering(
            typer.Option(
                "--change", min=1, help="This change (default: the last one that still stands).", metavar="ID"
            ),
            "change",
        ),
    ] = None,
) -> None:
    """Take back a change as a whole; `tracker log` lists them. To take back an undo brings the change back.

    Examples:
        tracker undo --dry-run
        tracker undo --change 2

    Read on: tracker help log
    """
    with refusing(), writing(context, change) as writer:
        done = take_back(writer, number)
    name_written(context, done.id)
    number = context.kept.number
    following = f"; see it with: tracker diff --change {number}, undone with: tracker undo --change {number}"
    did = "would take back" if change.dry_run else "took back"
    messages.say(f"{did} {done.did}{following if number else ''}", quiet=context.quiet)
