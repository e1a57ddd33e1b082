"""Agreements changed or removed together as one change: those that a query finds, or a list of refs.

The refs of what is removed are not given again.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.errors import ChangedMeanwhile, UsageProblem
from tracker.query.arguments import FilterArguments
from tracker.read.file.connection import Reader
from tracker.read.query.filters import filters, is_query
from tracker.read.query.selection import Selection
from tracker.store.write.writer import Writer
from tracker.work.outcome import Done

JOINING = ("and", "or", "not")

SHOWN = 5
"""Refs that a message lists."""


class Asked(NamedTuple):
    """A query for a change of many, as it is typed."""

    words: Sequence[str]
    certain: bool
    """Only what matches for certain."""
    as_of: str | None
    today: str


class Found(NamedTuple):
    """The agreements that a query found, in order of their refs."""

    refs: list[str]
    doubtful: int
    """How many of them match only possibly."""

    def counted(self) -> str:
        """Say how many."""
        number = len(self.refs)
        doubt = f", {self.doubtful} of them only possibly" if self.doubtful else ""
        return f"{number} agreement{'s'[: number != 1]}{doubt}"


def names_many(texts: Sequence[str]) -> bool:
    """Whether the arguments are a query: one with a colon, a quote or a bracket, or a saved query.

    Raises UsageProblem for an argument beside terms that is none: it is never taken for a text to look for.
    """
    if not is_query(texts):
        return False
    for text in texts:
        if not is_query([text]) and text.lower() not in JOINING:
            raise UsageProblem(f"{text!r} is no term; write ref:{text} for one agreement, '\"{text}\"' for a text")
    return True


def find(reader: Reader, asked: Asked) -> Found:
    """Return what a query finds. Raises InvalidQuery, InvalidValue and UnknownName."""
    selected = filters(reader, FilterArguments(certain=asked.certain, as_of=asked.as_of), asked.today, asked.words)
    matches = Selection(selected).refs(reader)
    return Found([ref for ref, _ in matches], sum(match == "possible" for _, match in matches))


def refuse_others(before: Found, now: Found) -> None:
    """Raise ChangedMeanwhile where a query finds other agreements than those that were agreed to."""
    if before.refs != now.refs:
        raise ChangedMeanwhile(
            f"the register was changed meanwhile: the query finds {now.counted()} now, not {before.counted()}; "
            "nothing was changed"
        )


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
