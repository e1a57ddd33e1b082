"""``tracker focus``: focus areas, a tree of subjects."""

from typing import Annotated

import typer

from tracker.shell.context import AppContext
from tracker.shell.edit.objects import add_object, edit_command, list_command, merge_command, show_command
from tracker.shell.options import ChangeOptions, command, option
from tracker.work import new_objects

KIND = "focus_area"

list_ = list_command(KIND, "focus", "List focus areas, with the number of agreements of each.")
show = show_command(KIND, "focus", "Show one of the focus areas, and the agreements that refer to it.")


@command
def add(
    context: AppContext,
    label: Annotated[str, typer.Argument(help="The label for people.", show_default=False)],
    change: ChangeOptions,
    code: Annotated[str | None, typer.Option(help="Permanent code (default: from the label).")] = None,
    parent: Annotated[str | None, option("--parent", "The focus area above it.", offers="focus")] = None,
    note: Annotated[str | None, typer.Option(help="A note.")] = None,
) -> None:
    """Record a focus area, under another one or at the top of the tree.

    Examples:
        tracker focus add "Quantum sensing" --parent technology

    Read on: docs/record.md
    """
    add_object(context, change, lambda reader: new_objects.focus_area(reader, label, code, parent, note))


edit = edit_command(KIND, "focus")
merge = merge_command(
    KIND,
    "focus",
    "Put one focus area in the place of another, in agreements and in the tree. Built-in ones never go.",
)
