"""``tracker attach``: a file of one's own beside an agreement."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.read.lookup import refs
from tracker.record.vocabulary import SOURCE_KINDS
from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, option, ref_argument
from tracker.shell.reading import opened
from tracker.shell.writing import tell, writing
from tracker.work import new_objects, objects


@command
def attach(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file.", show_default=False)],
    source: Annotated[
        str | None, option("--source", "It is the copy of this source.", metavar="ID", offers="source")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="Title of the source (default: the file's name).")
    ] = None,
    kind: Annotated[
        str, option("--kind", f"One of: {', '.join(SOURCE_KINDS)}.", offers="vocabulary.SOURCE_KINDS")
    ] = "unknown",
    link: Annotated[
        bool, typer.Option("--link", help="Leave the file where it is; its path goes into the record.")
    ] = False,
    *,
    change: ChangeOptions,
) -> None:
    """Attach a file to an agreement: its SHA-256 becomes that of a source, and a copy is kept beside the store.

    The copy lies in the folder STORE.files under its SHA-256. It is not in backups and exports, and stays when the
    change is taken back.

    Examples:
        tracker attach us-jp-sosa-2023 scan.pdf
        tracker attach us-jp-sosa-2023 release.html --source pacom-2023-01-18
        tracker attach us-jp-sosa-2023 notes.txt --link --title "Notes on the ceremony"

    Read on: tracker help open; tracker help source; docs/store.md
    """
    store = context.writable
    with opened(context) as reader:
        refs.resolve(reader, ref)  # refused before anything is copied
    given = new_objects.FileTexts(source, title, kind, link)
    brought = new_objects.brought(store, file, given, context.today, keeps=not change.dry_run)
    try:
        with writing(context, change) as writer:
            done = objects.attach(writer, ref, brought.document, source, context.today)
    except BaseException:
        if not context.kept.said:
            brought.forget()
        raise
    tell(context, done, change)
    if brought.copy and brought.copy.is_new:
        messages.say(f"copied to {brought.copy.path}", quiet=context.quiet)
