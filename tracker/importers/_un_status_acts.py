"""The grammar of the participation tables: column titles made of kinds with markers, cells of a day and a marker."""

import re
from functools import lru_cache
from typing import NamedTuple

from tracker.dates.day import DateError
from tracker.dates.typed import parse
from tracker.record import kinds as event_kinds
from tracker.record.types import Record

MARKERS = tuple(dict.fromkeys((*(kind.letter for kind in event_kinds.KINDS if kind.letter), "P", "p", "C")))
"""Letters behind a day. Which kind a letter means stands in the title of the column: ``d`` is a succession in one table
and a notification in the next."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(("Jan", "January"), ("Feb", "February"), ("Mar", "March"), ("Apr", "April"), ("May",)),
            *(("Jun", "June"), ("Jul", "July"), ("Aug", "August"), ("Sep", "Sept", "September")),
            *(("Oct", "October"), ("Nov", "November"), ("Dec", "December")),
        ),
        1,
    )
    for name in names
}

NOTES = {
    "Date of Adoption": ("Resolution",),
    "Registration Date": ("Registration Number", "UNTS Volume", "UNTS Page"),
}
"""Columns of the table of admissions (I-2) that say more of an act, by the column that has its day."""

ABOUT = frozenset(column for columns in NOTES.values() for column in columns)

EXPECTED = "expected a day and a marker of the column, such as 31 Oct 1963 a"

_NEXT_KIND = re.compile(r", (?=[A-Z])")
_MARKED = re.compile(rf"(?P<kind>.*\S)\s*\((?P<marker>{'|'.join(MARKERS)})\)")
_PART = re.compile(r"\d(?:\s*\(\w{1,3}\))*\s*(?<!\d)\([a-z]\)")
"""A small letter that counts on from a number is a part of an article, not a marker: ``Section 3 (c)``."""
_CELL = re.compile(
    r"(?P<open>\[)?\s*(?P<since>as from )?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})"
    rf"(?:\s+(?P<marker>{'|'.join(sorted(MARKERS, key=len, reverse=True))}))?\s*(?P<close>\])?"
)

_OTHER_WORDS = {"definitive acceptance": "accepted", "consent to be bound": event_kinds.DEPOSITS[0]}
_KINDS = sorted(
    ({kind.noun: kind.name for kind in event_kinds.KINDS if kind.noun} | _OTHER_WORDS).items(),
    key=lambda pair: -len(pair[0]),
)
"""How a kind of the tables begins, and the kind of event that it is; every other kind is ``other`` with its own words.
Consent to be bound is expressed by an instrument deposited with the Secretary-General (VCLT Art. 16)."""


class Kind(NamedTuple):
    """One of the kinds of act that a column holds."""

    text: str
    marker: str | None


class CellError(ValueError):
    """A cell that is not of the grammar; says what was expected."""


@lru_cache(maxsize=1024)
def kinds(title: str) -> tuple[Kind, ...]:
    """Take the title of a column apart: ``Accession(a), Succession(d), Ratification`` are three kinds."""
    declared = []
    for text in _NEXT_KIND.split(title):
        kind = text.strip()
        marked = None if _ends_in_part(kind) else _MARKED.fullmatch(kind)
        declared.append(Kind(marked["kind"], marked["marker"]) if marked else Kind(kind, None))
    return tuple(declared)


def _ends_in_part(kind: str) -> bool:
    return any(part.end() == len(kind) for part in _PART.finditer(kind))


@lru_cache(maxsize=1024)
def event_kind(text: str) -> tuple[str, str | None]:
    """Return the kind of event that a kind of the tables is, and its own words where that is ``other``."""
    folded = text.lower()
    for beginning, kind in _KINDS:
        if folded.startswith(beginning):
            return kind, None
    return "other", text[:1000]


def event(title: str, cell: str) -> tuple[Record, bool]:
    """Return what a cell says as an event without its party, and whether it stands in brackets: withdrawn since.

    Raises CellError where it is no day with a marker that the column declares.
    """
    match = _CELL.fullmatch(cell)
    if match is None or (match["open"] is None) != (match["close"] is None):
        raise CellError(EXPECTED)
    day = _day(match)
    kind, words = _resolved(title, match["marker"])
    dated = {"date": None, "effective_date": day} if match["since"] else {"date": day}
    return {"kind": kind, "kind_raw": words, **dated, "raw": f"{title}: {cell}"}, match["open"] is not None


def _day(match: re.Match[str]) -> str:
    month = MONTHS.get(match["month"])
    if month is None:
        raise CellError(f"{match['month']!r} is no month; {EXPECTED}")
    try:
        return parse(f"{match['year']}-{month:02}-{int(match['day']):02}").edtf
    except DateError as error:
        raise CellError(str(error)) from None


def _resolved(title: str, marker: str | None) -> tuple[str, str | None]:
    """Say which kind a marker means in a column; a title that leaves it open is kept as it is."""
    declared = kinds(title)
    fitting = [kind for kind in declared if kind.marker == marker]
    if marker is None and not fitting and len(declared) == 1:
        fitting = list(declared)
    if marker is not None and not fitting:
        known = ", ".join(kind.marker for kind in declared if kind.marker) or "none"
        raise CellError(f"the column declares no marker {marker!r}; its markers are: {known}")
    if len(fitting) != 1:
        return "other", title[:1000]
    return event_kind(fitting[0].text)
