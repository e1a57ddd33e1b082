"""``tracker note``: a remark on an agreement."""

from typing import Annotated

import typer

from tracker.errors import InvalidValue
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, ref_argument
from tracker.shell.writing import tell, writing
from tracker.work import edit


@command
def note(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    text: Annotated[
        str | None,
        typer.Argument(
            help="The note; '-' reads it from standard input. Without it $EDITOR opens.", show_default=False
        ),
    ] = None,
    *,
    change: ChangeOptions,
) -> None:
    """Add a note to an agreement; those that are there stay.

    Examples:
        tracker note us-jp-sosa-2023 "The text was promised for the spring of 2024"

    Read on: tracker help edit, to change or take out a note; tracker help attach
    """
    if text is None:
        from tracker.shell.edit import noting

        noting.in_editor(context, ref, change)
        return
    if text == "-":
        from tracker.shell.edit import noting

        text = noting.read()
    if not text.strip():
        raise InvalidValue("the note is empty; say what is to be noted")
    with writing(context, change) as writer:
        done = edit.note(writer, ref, text.strip(), context.today)
    tell(context, done, change)
