"""``tracker family``: families of like instruments."""

from typing import Annotated

import typer

from tracker.shell.context import AppContext
from tracker.shell.edit.objects import add_object, edit_command, list_command, merge_command, show_command
from tracker.shell.options import ChangeOptions, Spelled, command, option
from tracker.work import new_objects
from tracker.work.new_objects import FamilyTexts

KIND = "family"

list_ = list_command(KIND, "family", "List families, with the number of agreements of each.")
show = show_command(KIND, "family", "Show one of the families, and the agreements that refer to it.")


FamilyOptions = Annotated[
    FamilyTexts,
    Spelled(
        identifier=typer.Option("--id", help="Permanent id (default: from the name)."),
        type_=option("--type", "Instrument type of its members.", offers="vocabulary.INSTRUMENT_TYPES"),
        description=typer.Option(help="What holds it together."),
        source=option("--source", "A source: its id or its address.", metavar="ID|URL", offers="source"),
        note=typer.Option("--note", help="A note; repeat for several."),
    ),
]
"""What is known of a family."""


@command
def add(
    context: AppContext,
    name: Annotated[str, typer.Argument(help="The name.", show_default=False)],
    change: ChangeOptions,
    options: FamilyOptions,
) -> None:
    """Record a family of like instruments.

    Examples:
        tracker family add "Agreements on reciprocal access" --type treaty

    Read on: tracker help edit; docs/record.md
    """
    add_object(context, change, lambda reader: new_objects.family(reader, name, options))


edit = edit_command(KIND, "family")
merge = merge_command(KIND, "family", "Put one family in the place of another: its agreements and sources move.")
