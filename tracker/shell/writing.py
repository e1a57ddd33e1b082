"""How a command writes to the register: all it does is one change in the log, kept whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions
from tracker.store.file.session import transaction
from tracker.store.write.writer import Writer

KEPT = ChangeOptions()


@contextmanager
def writing(context: AppContext, change: ChangeOptions = KEPT, *, create: bool = False) -> Iterator[Writer]:
    """Write to the store of the context as one change of this command line; with ``create`` it is made if need be.

    Rolled back on any exception, and at the end of a dry run. Raises StoreProblems.
    """
    with transaction(
        context.writable, actor=context.who, command=context.command_line, create=create, dry_run=change.dry_run
    ) as writer:
        writer.reader.warn = messages.warn
        yield writer
