"""``tracker store backup`` and ``tracker store restore``: copies of the store, made and taken back."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.errors import Declined
from tracker.files import attached
from tracker.read.file.connection import REVISION
from tracker.read.file.location import there
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command
from tracker.shell.writing import name_written
from tracker.store.file import backup as backups
from tracker.table import Column, Table

COLUMNS = (Column("file", "text"), Column("why", "code"), Column("at", "text"), Column("bytes", "count"))


@command
def backup(
    context: AppContext,
    out: OutputOptions,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to (default: beside the store).", show_default=False)
    ] = None,
    keep: Annotated[int | None, typer.Option("--keep", min=1, help="Of those beside the store keep so many.")] = None,
    days: Annotated[int | None, typer.Option("--keep-days", min=1, help="... and none that is older.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="Only list those beside the store.")] = False,
) -> None:
    """Copy the store to a file that is complete by itself, while others go on reading and writing; then check it.

    Every page and every row is looked at; whether indexes hold what the rows say is asked by `store check`, and where a
    backup is restored. Backups that imports, merges, migrations and restores make beside the store are listed too.

    Examples:
        tracker store backup
        tracker store backup copy.db
        tracker store backup --list

    Read on: tracker help store restore; docs/store.md
    """
    store = context.writable
    if listing or out.chosen or out.output:
        output.shown_as(out)  # a format that nobody knows is told before anything is copied
    if listing:
        rows = [(str(copy.path), copy.why, copy.at, copy.path.stat().st_size) for copy in backups.listed(store)]
        output.answer(Table("backups", COLUMNS, rows, title=f"Backups of {store}"), context, out)
        return
    made = backups.make(store, "manual", file)
    context.kept.other(f"the backup {made} was made")
    name_written(context, str(made))
    messages.say(f"copied {store}; take it back with: tracker store restore {made}", quiet=context.quiet)
    for line in attached.not_in(store, "the backup"):
        messages.say(line, quiet=context.quiet)
    if keep is not None or days is not None:
        gone = backups.prune(store, keep=keep, days=days, why="manual", spared=made)
        messages.say(f"let go of {len(gone)} older backups", quiet=context.quiet)


@command
def restore(
    context: AppContext,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)],
    change: ChangeOptions,
) -> None:
    """Let the store hold again what a backup holds; what it holds now is backed up first, and named.

    Examples:
        tracker store restore copy.db --yes

    Read on: tracker help store backup; docs/store.md
    """
    store = context.writable
    if change.dry_run:
        fit = backups.refuse_unfit(file)
        messages.say(f"would restore {store} from {file}", quiet=context.quiet)
        _warn(fit, "of the backup")
        return
    if there(store) and not change.yes:
        backups.refuse_unfit(file)  # before anybody is asked about it
        if not context.interactive:
            raise Declined(f"nothing was restored: {store} would hold what {file} holds; add --yes")
        if not messages.ask(f"Let {store} hold what {file} holds? What it holds now is backed up first."):
            raise Declined("nothing was restored")
    done = backups.restore(store, file)
    context.kept.other(f"{store} holds what {file} holds")
    name_written(context, str(store))
    before = f"; what it held before: {done.kept}" if done.kept else ""
    messages.say(f"restored {store} from {file}{before}", quiet=context.quiet)
    if attached.copies(store):
        messages.say(f"attached files stay as they are: {attached.folder(store)}", quiet=context.quiet)
    _warn(done.backup, "that were taken back")


def _warn(fit: backups.Fit, which: str) -> None:
    """Say what a backup needs before it is of use."""
    if fit.revision != REVISION:
        messages.warn(f"it has revision {fit.revision}, this program needs {REVISION}; run: tracker store migrate")
    if fit.indexes:
        messages.warn(
            f"all rows {which} are sound, indexes are not ({fit.indexes}); make these again: tracker store check --fix"
        )
