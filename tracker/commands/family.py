"""``tracker family``: families of like instruments."""

from typing import Annotated, Any

import typer

from tracker.commands.catalogue import add_one, list_all, made_from, show_one
from tracker.commands.object_changes import edit_command, merge_command
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command, name_argument
from tracker.work import draft

KIND = "family"


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List families, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(
    context: AppContext, name: Annotated[str, name_argument("family", "Its id or name.")], out: OutputOptions
) -> None:
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
    source: Annotated[
        Texts, typer.Option("--source", metavar="ID|URL", help="A source: its id or its address.")
    ] = None,
    note: Annotated[Texts, typer.Option("--note", help="A note; repeat for several.")] = None,
) -> None:
    """Record a family of like instruments."""
    document: dict[str, Any] = {
        "id": identifier or made_from(name, "id"),
        "name": name,
        "instrument_type": type_,
        "description": description,
        "notes": note or [],
    }

    def drafted(reader: Reader) -> dict[str, Any]:
        return document | {"sources": [draft.source(reader, text) for text in source or []]}

    add_one(context, change, KIND, drafted)


edit = edit_command(KIND, "family")
merge = merge_command(KIND, "family", "Put one family in the place of another: its agreements and sources move.")
