"""Agreements taken out of the register; their refs are not given again."""

from collections.abc import Sequence

from tracker.errors import ChangedMeanwhile
from tracker.store.write.writer import Writer
from tracker.work.outcome import Done

SHOWN = 5
"""Refs that a message lists."""


def remove(writer: Writer, names: Sequence[str], agreed: Sequence[str] | None = None) -> list[Done]:
    """Take agreements out, given by their exact refs; ``agreed`` are those that somebody was asked about.

    Raises NotFound, InUse where a relation of another agreement leads to one, and ChangedMeanwhile where the two
    lists differ.
    """
    if agreed is not None and list(names) != list(agreed):
        raise ChangedMeanwhile(
            f"the register was changed meanwhile: this would remove {listed(names)}, not {listed(agreed)}; "
            "nothing was removed"
        )
    if not names:
        return []
    return [Done(outcome.id, outcome.what) for outcome in writer.remove_agreement(names)]


def listed(names: Sequence[str]) -> str:
    """Return the first of some refs."""
    return ", ".join(names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")
