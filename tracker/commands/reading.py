"""How a command opens the store to read, with the hint where there is none yet."""

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.read.file.connection import Reader, open_store
from tracker.shell import messages
from tracker.shell.context import AppContext


@contextmanager
def reading(context: AppContext) -> Iterator[Reader]:
    """Open the store of the context; the default place without a store reads as empty, with a hint."""
    with open_store(context.store) as reader:
        if reader.absent:
            place = context.store.path
            messages.say(
                f"there is no store yet ({place}); record something with: tracker add TITLE", quiet=context.quiet
            )
        yield reader
