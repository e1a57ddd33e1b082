"""``tracker source``: texts that statements rest on."""

from typing import Annotated, NamedTuple

import typer

from tracker import draft
from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.commands.edit_options import EditOptions, merged_argument
from tracker.context import AppContext
from tracker.domain.vocabulary import SOURCE_KINDS
from tracker.options import ChangeOptions, OutputOptions, command, name_argument

KIND = "source"


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List sources, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(
    context: AppContext, name: Annotated[str, name_argument("source", "Its id or name.")], out: OutputOptions
) -> None:
    """Show one of the sources, and the agreements that refer to it."""
    show_one(context, out, KIND, name)


class SourceOptions(NamedTuple):
    """What is known of a source."""

    kind: Annotated[str, typer.Option("--kind", help=f"One of: {', '.join(SOURCE_KINDS)}.")] = "unknown"
    identifier: Annotated[str | None, typer.Option("--id", help="Permanent id (default: from the title).")] = None
    url: Annotated[str | None, typer.Option("--url", help="Its address.")] = None
    author: Annotated[str | None, typer.Option("--author", help="Who wrote it.")] = None
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published it.")] = None
    date: Annotated[str | None, typer.Option("--date", help="Its date, as exact as known.")] = None
    accessed: Annotated[str | None, typer.Option("--accessed", help="The day on which it was read.")] = None
    language: Annotated[str | None, typer.Option("--language", help="Its language (BCP 47).")] = None
    archive_url: Annotated[str | None, typer.Option("--archive-url", help="Address of an archived copy.")] = None
    sha256: Annotated[str | None, typer.Option("--sha256", help="SHA-256 sum of the file that was read.")] = None
    reprint_of: Annotated[
        str | None, typer.Option("--reprint-of", help="What it prints again: a source's id, or words.")
    ] = None
    note: Annotated[str | None, typer.Option("--note", help="A note.")] = None


@command
def add(
    context: AppContext,
    title: Annotated[str, typer.Argument(help="The title.", show_default=False)],
    options: SourceOptions,
    change: ChangeOptions,
) -> None:
    """Record a source."""
    document = {"title": title} | options._asdict()
    document["id"] = document.pop("identifier")
    for name in ("date", "accessed"):
        if document[name]:
            document[name] = draft.date(document[name], context.today, f"--{name}")
    add_one(context, change, KIND, document)


@command
def edit(
    context: AppContext,
    name: Annotated[str, name_argument("source", "Its id or name.")],
    options: EditOptions,
    change: ChangeOptions,
) -> None:
    """Change a source: by --set, --add and --remove, or as JSON in $EDITOR where none of them is given."""
    from tracker.commands.objects import edit_one

    edit_one(context, change, KIND, name, options)


@command
def merge(
    context: AppContext,
    from_: Annotated[str, merged_argument("source", "FROM", "The one that goes.")],
    into: Annotated[str, merged_argument("source", "INTO", "The one that stays.")],
    change: ChangeOptions,
) -> None:
    """Put one source in the place of another: everything that cites it."""
    from tracker.commands.objects import merge_one

    merge_one(context, change, KIND, from_, into)
