"""``tracker signatory``: people who signed."""

from typing import Annotated

import typer

from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.commands.edit_options import EditOptions, merged_argument
from tracker.context import AppContext
from tracker.options import ChangeOptions, OutputOptions, Texts, command, name_argument

KIND = "person"


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List people who signed, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(
    context: AppContext, name: Annotated[str, name_argument("signatory", "Its id or name.")], out: OutputOptions
) -> None:
    """Show one of the people who signed, and the agreements that refer to it."""
    show_one(context, out, KIND, name)


@command
def add(
    context: AppContext,
    name: Annotated[str, typer.Argument(help="The name as the person writes it.", show_default=False)],
    change: ChangeOptions,
    identifier: Annotated[str | None, typer.Option("--id", help="Permanent id (default: from the name).")] = None,
    alias: Annotated[Texts, typer.Option("--alias", help="Another spelling; repeat for several.")] = None,
    note: Annotated[str | None, typer.Option(help="A note.")] = None,
) -> None:
    """Record a person who signs; the office belongs to each signature."""
    add_one(context, change, KIND, {"id": identifier, "name": name, "aliases": alias or [], "note": note})


@command
def edit(
    context: AppContext,
    name: Annotated[str, name_argument("signatory", "Its id or name.")],
    options: EditOptions,
    change: ChangeOptions,
) -> None:
    """Change a person: by --set, --add and --remove, or as JSON in $EDITOR where none of them is given."""
    from tracker.commands.objects import edit_one

    edit_one(context, change, KIND, name, options)


@command
def alias(
    context: AppContext,
    name: Annotated[str, name_argument("signatory", "Its id or name.")],
    aliases: Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Other names.", show_default=False)],
    change: ChangeOptions,
) -> None:
    """Add other spellings to a person; one that leads to another person already is refused."""
    from tracker.commands.objects import alias_one

    alias_one(context, change, KIND, name, aliases)


@command
def merge(
    context: AppContext,
    from_: Annotated[str, merged_argument("signatory", "FROM", "The one that goes.")],
    into: Annotated[str, merged_argument("signatory", "INTO", "The one that stays.")],
    change: ChangeOptions,
) -> None:
    """Make two entries of one person one: signatures move, names stay as aliases."""
    from tracker.commands.objects import merge_one

    merge_one(context, change, KIND, from_, into)
