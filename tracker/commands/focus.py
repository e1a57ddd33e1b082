"""``tracker focus``: focus areas, a tree of subjects."""

from typing import Annotated, Any

import typer

from tracker.commands.catalogue import add_one, list_all, made_from, show_one
from tracker.commands.object_changes import edit_command, merge_command
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command, name_argument

KIND = "focus_area"


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List focus areas, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(
    context: AppContext, name: Annotated[str, name_argument("focus", "Its code or name.")], out: OutputOptions
) -> None:
    """Show one of the focus areas, and the agreements that refer to it."""
    show_one(context, out, KIND, name)


@command
def add(
    context: AppContext,
    label: Annotated[str, typer.Argument(help="The label for people.", show_default=False)],
    change: ChangeOptions,
    code: Annotated[str | None, typer.Option(help="Permanent code (default: from the label).")] = None,
    parent: Annotated[str | None, typer.Option(help="The focus area above it.")] = None,
    note: Annotated[str | None, typer.Option(help="A note.")] = None,
) -> None:
    """Record a focus area, under another one or at the top of the tree."""
    chosen = code or made_from(label, "code").replace("-", "_")

    def drafted(reader: Reader) -> dict[str, Any]:
        above = names.focus_code(reader, parent) if parent else None
        return {"code": chosen, "label": label, "parent": above, "note": note}

    add_one(context, change, KIND, drafted)


edit = edit_command(KIND, "focus")
merge = merge_command(
    KIND,
    "focus",
    "Put one focus area in the place of another, in agreements and in the tree. Built-in ones never go.",
)
