"""The life of an agreement as the store keeps it: its record and its spans, for the reports of time and law."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tracker.errors import NotFound
from tracker.law.life import causes
from tracker.law.life.standing import COLUMNS, Standing, standing, standings
from tracker.law.parties import has_two_sides
from tracker.law.successors import Existence
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.read.lookup.memberships import existence
from tracker.read.records.agreements import record
from tracker.table import Column, LeftOut, Page, Records, Row, Section, Table
from tracker.text.jsons import array

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Event
    from tracker.record.types import Record

SPANS = f"SELECT {', '.join(COLUMNS)} FROM spans WHERE agreement_ref = :ref ORDER BY party, position"

_ID = re.compile(r"e\d+")

SPANS_OF_PARTY = (
    f"SELECT a.ref, {', '.join(f's.{name}' for name in COLUMNS)} FROM json_each(:refs) AS d"
    " CROSS JOIN agreements AS a ON a.ref = d.value CROSS JOIN spans AS s ON s.agreement_id = a.id AND s.party = :code"
    " ORDER BY a.ref, s.position"
)

ROWS = 500
"""Agreements whose spans are read together."""


class Life(NamedTuple):
    """A record on a day, with the spans from which its statuses on every other day can be read."""

    record: Agreement
    spans: Sequence[sqlite3.Row]
    as_of: str
    existence: Existence
    """How long its parties existed, of those of whom it is recorded."""

    @property
    def has_two_sides(self) -> bool:
        """Whether it has two sides for certain, so that what one does to its side it does to the whole."""
        return has_two_sides(self.record, self.existence)

    @property
    def unknown(self) -> list[LeftOut]:
        """Its parties that nobody bears the name of yet: they are in no row and no number, and may change the rest."""
        from tracker.record import unsettled

        open_ = unsettled.names(cast("Record", self.record))
        told = ", ".join(f'"{name}"' for name in open_)
        return [LeftOut(f"{self.record['ref']}: party not known: {told}", len(open_))] if open_ else []

    @property
    def codes(self) -> list[str]:
        """The codes of its parties, each once."""
        return list(dict.fromkeys(party["code"] for party in self.record["parties"]))

    def standings(self) -> dict[str, Standing]:
        """The standing of the instrument ('') and of each party on the day."""
        return standings(self.spans, self.as_of)

    def because(self, party: str, *, certain: bool) -> list[str]:
        """The events behind a standing on the day, each with its id."""
        found = causes.on_day(self.spans, self.record["events"], party, self.as_of, certain=certain)
        return [told(event) for event in found]


def read(reader: Reader, ref: str, as_of: str) -> Life:
    """Return the life of the agreement of an exact ref."""
    found = cast("Agreement", record(reader, ref, as_of))
    lives = existence(reader, [party["code"] for party in found["parties"]])
    return Life(found, reader.rows(SPANS, {"ref": ref}), as_of, lives)


def vacated(life: Life, day: str) -> str | None:
    """Say which side ceased to exist by a day without anybody in its place, so that the rest is open; None for none."""
    if not any(life.existence[code].over for code in life.codes if code in life.existence):
        return None
    from tracker.law.life import lifecycle

    found = lifecycle.vacancy(life.record, life.existence)
    if found is None or found.since.earliest > day:
        return None
    gone = ", ".join(f"{code} ceased to exist {life.existence[code].over}" for code in found.codes)
    return f"{gone}: no successor and no later act is recorded; it may have passed to a successor, or have lapsed"


def told(event: Event) -> str:
    """An event in a few words: id, kind, date, the day from which it works, who, which provision."""
    said = [event["id"], event["kind_raw"] or event["kind"], event["date"] or "(day unknown)"]
    if event["effective_date"]:
        said.append(f"effective {event['effective_date']}")
    if event["parties"]:
        said.append("by " + ", ".join(event["parties"]))
    if event["toward"]:
        said.append("toward " + ", ".join(event["toward"]))
    if event["provision"]:
        said.append(f"for {event['provision']}")
    return " ".join(said)


def id_last(line: str) -> str:
    """Return what was told of an event as people read it: the id behind it, in brackets."""
    number, _, rest = line.partition(" ")
    return f"{rest} ({number})" if _ID.fullmatch(number) and rest else line


def spoken(binding_status: str, status: str, *, certain: bool = True) -> str:
    """A status for people: arrangements, and their participants, are operative; '?' marks one that is not certain."""
    word = "operative" if status == "in_force" and binding_status == "non_binding" else status
    return word if certain else f"{word}?"


def filled(columns: Sequence[Column], rows: Sequence[Sequence[Any]], keep: Sequence[str] = ()) -> list[int]:
    """The places of the columns that any row fills, or that ``keep`` names."""
    return [at for at, column in enumerate(columns) if column.name in keep or any(row[at] for row in rows)]


def edtf(date: Any) -> str | None:
    """The text of a partial date, None for none."""
    return date.edtf if date else None


def chosen(reader: Reader, lives: Sequence[Life], parties: Sequence[str] | None) -> list[str]:
    """Return the codes of the parties asked for by any of their names; raises NotFound for one that has no part."""
    codes = [names.party_code(reader, text) for text in parties or ()]
    for code in codes:
        for life in lives:
            if code not in life.codes:
                held = ", ".join(life.codes) or "none recorded"
                raise NotFound(f"{code} is no party of {life.record['ref']}; its parties: {held}")
    return codes


def with_standings(reader: Reader, page: Page, day: str) -> Page:
    """Return the page of a party with its standing on the day beside each of its agreements."""
    if not isinstance(page.data, Records):
        return page
    code = next(iter(page.data.objects))["code"]
    return page.but(sections=_with_standings(reader, page.sections, code, day))


def _with_standings(reader: Reader, sections: Iterable[Section], code: str, day: str) -> Iterator[Section]:
    *others, agreements = sections
    yield from others
    if agreements.table is None:
        yield agreements
        return
    table = agreements.table
    columns = [*table.columns, Column("standing", heading=f"{code} on {day}", weight=8)]
    yield agreements.but(table=Table(table.report, columns, _standing_beside(reader, table, code, day), folded=False))


def _standing_beside(reader: Reader, table: Table, code: str, day: str) -> Iterator[Row]:
    """Yield the rows of agreements, each with the standing of a party on a day behind it."""
    names = [column.name for column in table.columns]
    ref, binding = names.index("ref"), names.index("binding_status")
    rows = iter(table.rows)
    while page := list(islice(rows, ROWS)):
        found = reader.rows(SPANS_OF_PARTY, {"refs": array(str(row[ref]) for row in page), "code": code})
        spans = {ref: list(mine) for ref, mine in groupby(found, key=itemgetter("ref"))}
        for row in page:
            held = standing(spans.get(row[ref], ()), day, code)
            yield *row, spoken(str(row[binding]), held.status, certain=held.certain)
