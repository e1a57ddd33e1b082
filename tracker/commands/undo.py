"""``tracker undo``: take back a change."""

from typing import Annotated

import typer

from tracker.errors import InvalidRecord, Refused
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command
from tracker.shell.writing import writing
from tracker.store.history.undo import undo as take_back


@command
def undo(
    context: AppContext,
    change: ChangeOptions,
    number: Annotated[
        int | None,
        typer.Option("--change", min=1, help="This change (default: the last one that still stands).", metavar="ID"),
    ] = None,
) -> None:
    """Take back a change as a whole; `tracker log` lists them. To take back an undo brings the change back."""
    try:
        with writing(context, change) as writer:
            done = take_back(writer.change, number)
    except InvalidRecord as error:
        raise Refused(f"cannot undo it: something recorded later rests on it: {error}") from error
    output.line(str(done.number))
    did = "would take back" if change.dry_run else "took back"
    shown = ", ".join(done.subjects[:5]) + (", ..." if len(done.subjects) > 5 else "")
    about = f" ({shown})" if shown else ""
    messages.say(f"{did} change {done.number} of {done.actor}: {done.command}{about}", quiet=context.quiet)
