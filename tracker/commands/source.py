"""``tracker source``: texts that statements rest on."""

from typing import Annotated, NamedTuple

import typer

from tracker.commands.catalogue import add_one, list_all, made_from, show_one
from tracker.commands.object_changes import edit_command, merge_command
from tracker.record.vocabulary import SOURCE_KINDS
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command, name_argument
from tracker.work import draft

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
    document["id"] = document.pop("identifier") or made_from(title, "id")
    for name in ("date", "accessed"):
        if document[name]:
            document[name] = draft.date(document[name], context.today, f"--{name}")
    add_one(context, change, KIND, lambda _: document)


edit = edit_command(KIND, "source")
merge = merge_command(KIND, "source", "Put one source in the place of another: everything that cites it.")
