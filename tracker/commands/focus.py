"""``tracker focus``: focus areas, a tree of subjects."""

from typing import Annotated

import typer

from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.commands.edit_options import EditOptions, merged_argument
from tracker.context import AppContext
from tracker.domain.names import slug
from tracker.options import ChangeOptions, OutputOptions, command, name_argument

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
    chosen = code or slug(label).replace("-", "_")
    add_one(context, change, KIND, {"code": chosen, "label": label, "parent": parent, "note": note})


@command
def edit(
    context: AppContext,
    name: Annotated[str, name_argument("focus", "Its code or name.")],
    options: EditOptions,
    change: ChangeOptions,
) -> None:
    """Change a focus area: by --set, --add and --remove, or as JSON in $EDITOR where none of them is given."""
    from tracker.commands.objects import edit_one

    edit_one(context, change, KIND, name, options)


@command
def merge(
    context: AppContext,
    from_: Annotated[str, merged_argument("focus", "FROM", "The one that goes.")],
    into: Annotated[str, merged_argument("focus", "INTO", "The one that stays.")],
    change: ChangeOptions,
) -> None:
    """Put one focus area in the place of another, in agreements and in the tree. Built-in ones never go."""
    from tracker.commands.objects import merge_one

    merge_one(context, change, KIND, from_, into)
