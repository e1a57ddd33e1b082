"""``tracker family``: families of like instruments."""

from typing import Annotated

import typer

from tracker import draft
from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.commands.edit_options import EditOptions, merged_argument
from tracker.context import AppContext
from tracker.options import ChangeOptions, OutputOptions, Texts, command, name_argument
from tracker.read.connection import open_store

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
    with open_store(context.store) as reader:
        sources = [draft.source(reader, text) for text in source or []]
    document = {
        "id": identifier,
        "name": name,
        "instrument_type": type_,
        "description": description,
        "notes": note or [],
        "sources": sources,
    }
    add_one(context, change, KIND, document)


@command
def edit(
    context: AppContext,
    name: Annotated[str, name_argument("family", "Its id or name.")],
    options: EditOptions,
    change: ChangeOptions,
) -> None:
    """Change a family: by --set, --add and --remove, or as JSON in $EDITOR where none of them is given."""
    from tracker.commands.objects import edit_one

    edit_one(context, change, KIND, name, options)


@command
def merge(
    context: AppContext,
    from_: Annotated[str, merged_argument("family", "FROM", "The one that goes.")],
    into: Annotated[str, merged_argument("family", "INTO", "The one that stays.")],
    change: ChangeOptions,
) -> None:
    """Put one family in the place of another: its agreements and sources move."""
    from tracker.commands.objects import merge_one

    merge_one(context, change, KIND, from_, into)
