"""Stored agreements of another origin that a new one is likely the same as: offered, never joined without a word."""

from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from tracker.dates.edtf import bounds
from tracker.law.likeness import LIKELY, Traits, score, tokens
from tracker.read.file.connection import Reader
from tracker.read.lookup.duplicates import BEGINNINGS, Index, traits

MOST = 3
"""How many are offered for one agreement."""


class Twin(NamedTuple):
    """A stored agreement, and how likely it is the same."""

    ref: str
    score: float


class Twins:
    """Looks for stored agreements that are likely the same; those of the same sets are other ones by their keys."""

    def __init__(self, reader: Reader, sets: AbstractSet[str]) -> None:
        self._reader = reader
        self._sets = sets
        self._index: Index | None = None

    def of(self, document: dict[str, Any]) -> list[Twin]:
        """Return the likeliest, best first."""
        if self._index is None:
            self._index = Index(traits(self._reader, self._sets))
        if not self._index.all:
            return []
        own = _traits(document)
        found = [Twin(other.ref, likely) for other in self._index.near(own) if (likely := score(own, other)) >= LIKELY]
        return sorted(found, key=lambda twin: (-twin.score, twin.ref))[:MOST]


def _traits(document: dict[str, Any]) -> Traits:
    days = [bounds(event["date"]) for event in document["events"] if event["kind"] in BEGINNINGS and event["date"]]
    earliest, latest, _ = min((day for day in days if day[0]), default=(None, None, False))
    kind = document["instrument_type"]
    return Traits(
        document["ref"],
        document["title"],
        tokens(document["title"]),
        frozenset(party["code"] for party in document["parties"]),
        earliest,
        latest,
        None if kind in ("unknown", "other") else kind,
    )
