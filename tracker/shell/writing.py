"""The store opened for a change, and what the change did told to whoever made it."""

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.errors import OutputBroken
from tracker.read.file.location import there
from tracker.record.values import spelled
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions
from tracker.shell.running.working import working
from tracker.store.file.session import transaction
from tracker.store.write.writer import Writer
from tracker.work.outcome import Done

KEPT = ChangeOptions()


@contextmanager
def writing(
    context: AppContext, change: ChangeOptions = KEPT, *, create: bool = False, says_so: bool = True
) -> Iterator[Writer]:
    """Write to the store of the context as one change of this command line; with ``create`` it is made if need be.

    ``says_so`` False: who asks shows its own progress. Rolled back on any exception, and at the end of a dry run.
    Raises StoreProblems.
    """
    place, opened = context.writable, None
    try:
        with transaction(
            place, actor=context.who, command=context.command_line, create=create, dry_run=change.dry_run
        ) as writer:
            opened = writer
            writer.reader.warn = messages.warn
            with working(writer.reader.connection, "writing", quiet=context.quiet or not says_so):
                yield writer
    finally:  # an interrupt may come between the COMMIT and the end of this
        if opened is not None and opened.is_kept and opened.change_id is not None and there(place):
            context.kept.change(opened.change_id)


def name_written(context: AppContext, text: str) -> None:
    """Print what was written, its ref or place; where standard output is broken, say that the change stands."""
    try:
        output.line(text)
    except OutputBroken as problem:
        if not context.kept.said:
            raise
        messages.warn(f"{problem}; {context.kept.said}")


DRY = "a dry run: nothing was changed"


def tell(context: AppContext, done: Done, change: ChangeOptions) -> None:
    """Say in one line what was done, or would be, and then what follows from it."""
    for warning in done.warnings:
        messages.warn(warning)
    name_written(context, done.id)
    would = "would be " if change.dry_run and not done.unchanged else ""
    messages.say(f"{would}{done.did}{f'; {done.next}' if done.next else ''}", quiet=context.quiet)
    for remark in done.remarks:
        messages.say(remark, quiet=context.quiet)


def tell_changes(context: AppContext, done: Done, change: ChangeOptions) -> None:
    """Say line by line what changed, and whether it was tried only."""
    for warning in done.warnings:
        messages.warn(warning)
    name_written(context, done.id)
    lines = [f"{done.id}: {path}: {spelled(old)} -> {spelled(new)}" for path, old, new in done.changes]
    following = DRY if change.dry_run else "; ".join(filter(None, (done.next, context.kept.way_back)))
    for line in filter(None, (done.did, *lines, *done.remarks, following)):
        messages.say(line, quiet=context.quiet)
