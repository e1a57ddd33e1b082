"""What comes of reading a text: proposals with their values, mentions, and what was seen and refused.

Every value holds the words it rests on, literally and with their place, the rule that read it, and why it may be so.
"""

from typing import NamedTuple

from tracker.record.types import Json

HIGH, MEDIUM, LOW = "high", "medium", "low"
"""How sure a value is; high is for formal clauses and datelines alone."""

NEW, NEWS = "instrument", "event"
"""What is proposed: a record of its own, or something that happened to an agreement that may be recorded already."""


class Passage(NamedTuple):
    """Words of the text: ``body[start:end] == text``."""

    text: str
    start: int
    end: int


class Value(NamedTuple):
    """A value that is proposed for a key of the record."""

    key: str
    """A path of the record: ``title``, ``instrument_type``, ``parties``, ``signatories``, ``events``,
    ``binding_status``, ``focus_areas``, ``relations``, ``terms.duration`` ...; of a list, one value is one item."""
    value: Json
    """In the shape of the record; a signatory has ``name``, ``office`` and ``party``, for no person is known yet."""
    passage: Passage
    """The sentence or clause it rests on."""
    confidence: str
    rule: str
    why: str


class Refusal(NamedTuple):
    """What was seen and not taken."""

    what: str
    passage: Passage
    rule: str
    why: str


class Proposal(NamedTuple):
    """An agreement to be recorded, or news about one."""

    kind: str
    values: tuple[Value, ...]

    def of(self, key: str) -> tuple[Value, ...]:
        """Return the values for a key, in the order in which they were read."""
        return tuple(value for value in self.values if value.key == key)

    def first(self, key: str) -> Json:
        """Return the first value for a key, None where there is none."""
        return next((value.value for value in self.values if value.key == key), None)


class Mention(NamedTuple):
    """An agreement that the text speaks of and does not report as new."""

    title: str
    instrument_type: str
    parties: tuple[str, ...]
    """Codes."""
    signed: str | None
    passage: Passage
    why: str


class Proposals(NamedTuple):
    """All that was read in a text."""

    proposals: tuple[Proposal, ...] = ()
    mentions: tuple[Mention, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    language: str | None = None
    unread: str | None = None
    """Why nothing was read: the language of the text is not one that is read."""
    published: str | None = None
    """The day of publication (EDTF), where the text tells it itself."""
