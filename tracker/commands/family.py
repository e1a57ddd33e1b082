"""``tracker family``: list, show and add families."""

from typing import Annotated

import typer

from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.context import AppContext
from tracker.options import ChangeOptions, OutputOptions, command, name_argument

KIND = "family"


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List families, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(context: AppContext, name: Annotated[str, name_argument("family", "Its id or name.")], out: OutputOptions) -> None:
    """Show one of the families, and the agreements that refer to it."""
    show_one(context, out, KIND, name)


@command
def add(
    context: AppContext,
    name: Annotated[str, typer.Argument(help="The name.", show_default=False)],
    change: ChangeOptions,
    identifier: Annotated[str | None, typer.Option("--id", help="Permanent id (default: from the name).")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Instrument type of its members.")] = None,
    description: Annotated[str | None, typer.Option(help="What holds it together.")] = None,
) -> None:
    """Record a family of like instruments."""
    add_one(
        context, change, KIND, {"id": identifier, "name": name, "instrument_type": type_, "description": description}
    )
