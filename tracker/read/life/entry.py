"""Entry into force of a recorded agreement: its terms, acts and relations given to the rules of the domain."""

from collections.abc import Mapping
from json import dumps
from typing import NamedTuple

from tracker.dates.day import DateError, PartialDate
from tracker.dates.periods import PeriodError
from tracker.errors import InvalidValue, Refused
from tracker.law.force.conditions import Other
from tracker.law.life import entry_words
from tracker.law.life.entry import Assessment, Case, Entry, WhatIfError, assess
from tracker.law.parties import acts, contracting, roles, unnamed
from tracker.law.successors import NO_LIVES, Existence
from tracker.read.file.connection import Reader
from tracker.read.lookup.memberships import existence
from tracker.read.records.agreements import record as read_record
from tracker.record.types import Record
from tracker.record.vocabulary import words

TIED = ("concluded_under", "annexed_to", "implements", "supplements", "amends", "extends", "signed_together_with")
"""Relations that may name the instrument whose entry into force is waited for."""


class Asked(NamedTuple):
    """The day, what is supposed (code and date), and whether only what is missing is wanted."""

    as_of: str
    supposed: tuple[tuple[str, PartialDate], ...] = ()
    missing: bool = False


class Found(NamedTuple):
    """The answer for one agreement, and the one without what is supposed."""

    record: Record
    answer: Assessment
    without: Assessment
    other: Other | None

    @property
    def treaty(self) -> bool:
        """Whether the law of treaties governs it."""
        return bool(self.record["binding_status"] != "non_binding")

    @property
    def words(self) -> Mapping[str, str]:
        """The words of treaties, or of arrangements."""
        return words(self.record["binding_status"])

    def missing(self, entry: Entry) -> list[str]:
        """What an entry waits for, in words."""
        return [entry_words.missing(one) for one in entry.missing]

    def basis(self, entry: Entry) -> str | None:
        """What made the date of an entry, in words."""
        return entry_words.basis(entry, self.answer.rule, self.other, treaty=self.treaty)


def find(reader: Reader, ref: str, asked: Asked) -> Found:
    """Assess an agreement; raises Refused where something is supposed that cannot be."""
    record = read_record(reader, ref, asked.as_of)
    other = _other(reader, record, asked.as_of, frozenset((ref,)))
    lives = existence(reader, (party["code"] for party in record["parties"]))
    without = _assessed(record, asked.as_of, other, lives)
    answer = _assessed(record, asked.as_of, other, lives, asked.supposed) if asked.supposed else without
    return Found(record, answer, without, other)


def _assessed(
    record: Record,
    as_of: str,
    other: Other | None,
    existence: Existence = NO_LIVES,
    supposed: tuple[tuple[str, PartialDate], ...] = (),
) -> Assessment:
    case = Case(
        acts(record["events"], record["parties"]),
        contracting(record["parties"]),
        record["terms"]["entry_into_force"],
        as_of,
        supposed,
        other,
        held=record["terms"],
        existence=existence,
        roles=roles(record["parties"]),
        treaty=record["binding_status"] != "non_binding",
        more=unnamed(record.get("open_questions")),
    )
    try:
        return assess(case)
    except WhatIfError as error:
        raise Refused(f"{record['ref']}: {error}") from error
    except (DateError, PeriodError) as error:
        raise InvalidValue(f"{record['ref']}: terms.entry_into_force: {error}") from error


def _other(reader: Reader, record: Record, as_of: str, seen: frozenset[str]) -> Other | None:
    """Find the instrument that is waited for: named in the note by its ref, else the only one related to it."""
    terms = record["terms"]["entry_into_force"]
    if not terms or terms["condition"] != "entry_of_other_instrument":
        return None
    choices = _named(reader, terms["note"] or "", record["ref"])
    if not choices:
        tied = [item for item in record["relations"] if item["type"] in TIED]
        choices = list(dict.fromkeys(item["target"] for item in tied if item["target"]))
        if not choices:
            titles = (f"{item['target_title']} (not in the register)" for item in tied if item["target_title"])
            return Other(None, choices=tuple(titles))
    if len(choices) != 1:
        return Other(None, choices=tuple(choices))
    ref = choices[0]
    if ref in seen:
        return Other(ref)
    target = read_record(reader, ref, as_of)
    answer = _assessed(target, as_of, _other(reader, target, as_of, seen | {ref})).instrument
    happened = answer.recorded is not None and not (answer.recorded.earliest or "") > as_of
    if answer.recorded is not None and (happened or answer.computed is None):
        return Other(ref, answer.recorded)
    return Other(ref, answer.computed, recorded=False)


def _named(reader: Reader, note: str, own: str) -> list[str]:
    """Return the refs of the register that a note holds."""
    tokens = {token.strip(".,;:()'\"").lower() for token in note.split()} - {own}
    sql = "SELECT ref FROM agreements WHERE ref IN (SELECT value FROM json_each(:tokens)) ORDER BY ref"
    return [row[0] for row in reader.tuples(sql, {"tokens": dumps(sorted(tokens))})]
