"""``tracker signatory``: people who signed."""

from typing import Annotated

import typer

from tracker.commands.catalogue import add_one, list_all, made_from, show_one
from tracker.commands.object_changes import alias_command, edit_command, merge_command
from tracker.query.arguments import Texts
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command, name_argument

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
    chosen = identifier or made_from(name, "id")
    document = {"id": chosen, "name": name, "aliases": alias or [], "note": note}
    add_one(context, change, KIND, lambda _: document)


edit = edit_command(KIND, "signatory")
alias = alias_command(KIND, "signatory")
merge = merge_command(KIND, "signatory", "Make two entries of one person one: signatures move, names stay as aliases.")
