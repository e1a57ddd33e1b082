"""``tracker focus``: list, show and add focus areas."""

from typing import Annotated

import typer

from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.context import AppContext
from tracker.domain.names import slug
from tracker.options import ChangeOptions, OutputOptions, command, name_argument

KIND = "focus_area"


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List focus areas, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(context: AppContext, name: Annotated[str, name_argument("focus", "Its code or name.")], out: OutputOptions) -> None:
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
    chosen = code or slug(label).replace("-", "_")
    add_one(context, change, KIND, {"code": chosen, "label": label, "parent": parent, "note": note})
