"""What each event did: the status that it began, of the instrument or of a party that acted, and the one before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from json import dumps
from sqlite3 import Row
from typing import NamedTuple

from tracker.law.life.standing import SPAN_FLAGS
from tracker.read.file.connection import Reader

SPANS = (
    "SELECT agreement_id, party, status, uncertain, from_events FROM spans"
    " WHERE agreement_id IN (SELECT value FROM json_each(:ids)) ORDER BY agreement_id, party, position"
)


class Effect(NamedTuple):
    """A change of status that an event made on its own day; ``party`` '' is the instrument."""

    party: str
    before: str
    after: str
    certain: bool

    @property
    def moves(self) -> bool:
        """Whether the status of the instrument is another one after it."""
        return not self.party and self.after not in SPAN_FLAGS

    def __str__(self) -> str:
        """Say it in a line: ``USA consented, then in_force``."""
        after = self.after if self.certain else f"{self.after}?"
        change = f"{self.before}, then {after}" if self.before else after
        return f"{self.party} {change}" if self.party else change


Effects = Mapping[tuple[int, str], list[Effect]]
"""Effects by agreement and id of the event."""


def effects(reader: Reader, agreements: Iterable[int]) -> Effects:
    """Return what the events of these agreements did; what a rule did is no effect of an event."""
    made: dict[tuple[int, str], list[Effect]] = defaultdict(list)
    before: Row | None = None
    for span in reader.iterate(SPANS, {"ids": dumps(sorted(set(agreements)))}):
        flag = span["status"] in SPAN_FLAGS
        follows = before is not None and before["agreement_id"] == span["agreement_id"] and not flag
        last = before["status"] if before is not None and follows and before["party"] == span["party"] else ""
        effect = Effect(span["party"], last, span["status"], not span["uncertain"])
        for event in (span["from_events"] or "").split():
            made[span["agreement_id"], event].append(effect)
        before = before if flag else span
    return made
