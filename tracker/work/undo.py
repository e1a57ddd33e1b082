"""A change taken back as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.errors import InvalidRecord, Refused
from tracker.store import undo as history
from tracker.store.write.writer import Writer
from tracker.work.outcome import Done

SHOWN = 5
"""Names that a sentence lists."""


def undo(writer: Writer, number: int | None = None) -> Done:
    """Take back a change by its number in the log, else the last one that still stands.

    Raises NotFound, and Refused where there is nothing to take back or a later change stands on it. What other records
    lack then shows only when the transaction ends: ``refusing`` stands around that.
    """
    undone = history.undo(writer.change, number)
    shown = ", ".join(undone.subjects[:SHOWN]) + (", ..." if len(undone.subjects) > SHOWN else "")
    about = f" ({shown})" if shown else ""
    return Done(str(undone.number), "changed", f"change {undone.number} of {undone.actor}: {undone.command}{about}")


@contextmanager
def refusing() -> Iterator[None]:
    """Stand around the transaction of an undo: raises Refused where something recorded later rests on the change."""
    try:
        yield
    except InvalidRecord as error:
        raise Refused(f"cannot undo it: something recorded later rests on it: {error}") from error
