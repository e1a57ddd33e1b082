"""``tracker signatory``: list, show and add people who signed."""

from typing import Annotated

import typer

from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.context import AppContext
from tracker.options import ChangeOptions, OutputOptions, Texts, command, name_argument

KIND = "person"


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List people who signed, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(context: AppContext, name: Annotated[str, name_argument("signatory", "Its id or name.")], out: OutputOptions) -> None:
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
