"""``tracker source``: list, show and add sources."""

from dataclasses import dataclass, fields
from typing import Annotated

import typer

from tracker import draft
from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.context import AppContext
from tracker.domain.vocabulary import SOURCE_KINDS
from tracker.options import ChangeOptions, OutputOptions, command, name_argument

KIND = "source"


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List sources, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(context: AppContext, name: Annotated[str, name_argument("source", "Its id or name.")], out: OutputOptions) -> None:
    """Show one of the sources, and the agreements that refer to it."""
    show_one(context, out, KIND, name)


@dataclass(frozen=True, slots=True)
class SourceOptions:
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
    note: Annotated[str | None, typer.Option("--note", help="A note.")] = None


@command
def add(
    context: AppContext,
    title: Annotated[str, typer.Argument(help="The title.", show_default=False)],
    options: SourceOptions,
    change: ChangeOptions,
) -> None:
    """Record a source."""
    document = {"title": title} | {item.name: getattr(options, item.name) for item in fields(options)}
    document["id"] = document.pop("identifier")
    for name in ("date", "accessed"):
        if document[name]:
            document[name] = draft.date(document[name], context.today, f"--{name}")
    add_one(context, change, KIND, document)
