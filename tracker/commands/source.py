"""``tracker source``: texts that statements rest on."""

from typing import Annotated

import typer

from tracker.record.vocabulary import SOURCE_KINDS
from tracker.shell.context import AppContext
from tracker.shell.edit.objects import add_object, edit_command, list_command, merge_command, show_command
from tracker.shell.options import ChangeOptions, Spelled, command, option
from tracker.work import new_objects
from tracker.work.new_objects import SourceTexts

KIND = "source"

list_ = list_command(KIND, "source", "List sources, with the number of agreements of each.")
show = show_command(KIND, "source", "Show one of the sources, and the agreements that refer to it.")


SourceOptions = Annotated[
    SourceTexts,
    Spelled(
        kind=option("--kind", f"One of: {', '.join(SOURCE_KINDS)}.", offers="vocabulary.SOURCE_KINDS"),
        identifier=typer.Option("--id", help="Permanent id (default: from the title)."),
        url=typer.Option("--url", help="Its address."),
        author=typer.Option("--author", help="Who wrote it."),
        publisher=typer.Option("--publisher", help="Who published it."),
        date=typer.Option("--date", help="Its date, as exact as known."),
        accessed=typer.Option("--accessed", help="The day on which it was read."),
        language=typer.Option("--language", help="Its language (BCP 47)."),
        archive_url=typer.Option("--archive-url", help="Address of an archived copy."),
        sha256=typer.Option("--sha256", help="SHA-256 sum of the file that was read."),
        reprint_of=option("--reprint-of", "What it prints again: a source's id, or words.", offers="source"),
        note=typer.Option("--note", help="A note."),
    ),
]
"""What is known of a source."""


@command
def add(
    context: AppContext,
    title: Annotated[str, typer.Argument(help="The title.", show_default=False)],
    options: SourceOptions,
    change: ChangeOptions,
) -> None:
    r"""Record a source.

    Examples:
        tracker source add "Joint statement" --kind official_press_release \
            --url https://example.org/statement --accessed 2024-05-01

    Read on: tracker help claim; docs/record.md
    """
    add_object(context, change, lambda _: new_objects.source(title, options, context.today))


edit = edit_command(KIND, "source")
merge = merge_command(KIND, "source", "Put one source in the place of another: everything that cites it.")
