"""``report signatories``: who signed how many agreements, and what each signed, in which office, with whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from tracker.read.file.connection import Bound, Reader
from tracker.read.file.sorting_apart import SortedRows
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.lookup import names
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record.vocabulary import OFFICE_LEVELS
from tracker.table import Column, LeftOut, Page, Row, Section, Table

Others: TypeAlias = dict[int, list[tuple[str, str]]]
"""Those who signed each agreement: id of the person, and the name with the side."""

PAGE = 1_000
"""Signatures that are read together."""


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Page:
    """Return a row a person, the one with most agreements first; a row a signature where ``each`` or a name asks so.

    People see fewer columns than machines get, so that words stay whole on a terminal of 80 characters.
    """
    side = names.party_code(reader, asked.side) if asked.side else None
    people = selection.filters.codes("signatory")
    each = asked.each or bool(people)
    unsigned = _unsigned(reader, selection)
    left_out = selection.left_out(reader) + ([LeftOut("no signatory is recorded", unsigned)] if unsigned else [])
    nameless = _nameless(reader, selection)
    left_out += [LeftOut("signatories whose names are not known", nameless)] if nameless else []
    signed = Signed(reader, selection, side, people)
    rows: Iterable[Row]
    if each:
        hidden = 0 if asked.top is None else signed.number() - asked.top
        columns, rows = EACH, signed.each(asked.top)
        shown = map(_each_for_people, signed.each(asked.top))
        section = Section(table=Table("signatories", EACH_SHOWN, shown, folded=False))
    else:
        ranked = SortedRows(_ranked(signed))
        hidden = 0 if asked.top is None else len(ranked) - asked.top
        columns, rows = RANKED, ranked.first(asked.top)
        shown = map(_ranked_for_people, ranked.first(asked.top))
        section = Section(table=Table("signatories", RANKED_SHOWN, shown, folded=False))
    data = Table(
        report="signatories",
        columns=columns,
        rows=rows,
        filters={
            **selection.describe(),
            **({"side": side} if side else {}),
            **({"top": asked.top} if asked.top else {}),
        },
        as_of=selection.filters.as_of,
        left_out=left_out,
    )
    footer = _footer(reader, selection, left_out, hidden)
    title = "Signatures" if each else "Who signed"
    return Page(title, [section], data, footer, proof=proofs.proof(reader, selection))


RANKED = (
    *(Column("person", "code"), Column("name"), Column("side", "list"), Column("agreements", "count")),
    *(Column("binding", "count"), Column("non_binding", "count", "non-binding"), Column("offices", "list")),
    *(Column("level", "list"), Column("first", "date"), Column("last", "date")),
)
EACH = (
    *(Column("person", "code"), Column("name"), Column("ref", "code"), Column("title"), Column("signed", "date")),
    *(Column("binding_status"), Column("side"), Column("office"), Column("level"), Column("with", "list")),
)

RANKED_SHOWN = (
    *(Column("name"), Column("side", "list"), Column("agreements", "count"), Column("binding", "count")),
    *(Column("non_binding", "count", "non-binding"), Column("offices", "list"), Column("signed", "code")),
)
EACH_SHOWN = (
    *(Column("name"), Column("ref", "code"), Column("signed", "date"), Column("binding_status", heading="binding")),
    *(Column("office"), Column("with", "list")),
)


class Signature(NamedTuple):
    """One signature under an agreement, as the statements of ``Signed`` name its columns."""

    agreement: int
    person: str
    name: str
    signed: str | None
    binding: str
    office: str | None
    level: str | None
    side: str | None
    signed_earliest: str | None
    ref: str
    position: int


class Signatory(NamedTuple):
    """A person with all that this person signed: a row of ``RANKED``."""

    person: str
    name: str
    sides: list[str]
    agreements: int
    binding: int
    non_binding: int
    offices: list[str]
    levels: list[str]
    first: str | None
    last: str | None


CELLS = (
    "a.id, g.person_id, p.name, a.signed, a.binding_status, g.office, g.level, g.party, a.signed_earliest, a.ref,"
    " g.position"
)
IN_TIME = "a.signed_earliest, a.ref, g.position"


class Signed:
    """The signatures under the agreements of a selection, of one side and of some people where these are given."""

    def __init__(self, reader: Reader, selection: Selection, side: str | None, people: Sequence[str]) -> None:
        self.reader = reader
        self.selection = selection
        which = [f"({selection.condition})"]
        self._binds: dict[str, Bound] = dict(selection.binds)
        if side:
            which.append("g.party = :side")
            self._binds["side"] = side
        if people:
            from json import dumps

            which.append("g.person_id IN (SELECT value FROM json_each(:people))")
            self._binds["people"] = dumps(people)
        self._where = f"{self._joined(selection.source(reader))} WHERE {' AND '.join(which)}"

    @staticmethod
    def _joined(source: str) -> str:
        people = "CROSS JOIN people AS p ON p.id = g.person_id"
        return f"FROM {source} CROSS JOIN signatory AS g ON g.agreement_id = a.id {people}"

    def number(self) -> int:
        """Return how many signatures there are."""
        return int(self.reader.scalar(f"SELECT count(*) {self._where}", self._binds))

    def by_person(self) -> Iterator[list[Signature]]:
        """Yield the signatures of each person, in time."""
        sql = f"SELECT {CELLS} {self._where} ORDER BY g.person_id, {IN_TIME}"
        rows = (Signature._make(row) for page in self.reader.pages(sql, self._binds, PAGE) for row in page)
        for _, signatures in groupby(rows, attrgetter("person")):
            yield list(signatures)

    def each(self, most: int | None) -> Iterator[Row]:
        """Yield a row of ``EACH`` for each signature, by the names of the people and in time; so many at most."""
        limit = "" if most is None else f" LIMIT {most:d}"
        sql = (
            f"SELECT a.id, g.person_id, p.name, a.ref, coalesce(a.short_title, a.title), a.signed, a.binding_status,"
            f" g.party, g.office, g.level {self._where} ORDER BY p.name, g.person_id, {IN_TIME}{limit}"
        )
        for page in self.reader.pages(sql, self._binds, PAGE):
            others = self._others([agreement for agreement, *_ in page])
            for agreement, person, *cells in page:
                names = (name for other, name in others[agreement] if other != person)
                yield person, *cells, list(dict.fromkeys(names))

    def _others(self, agreements: Sequence[int]) -> Others:
        """Return who signed each of these agreements, each with the side that it was signed for."""
        from json import dumps

        others: Others = defaultdict(list)
        sql = (
            f"SELECT a.id, p.id, p.name || coalesce(' (' || g.party || ')', '')"
            f" {self._joined('json_each(:agreements) AS d CROSS JOIN agreements AS a ON a.id = d.value')}"
            " ORDER BY a.id, g.position"
        )
        for agreement, person, name in self.reader.tuples(sql, {"agreements": dumps(sorted(set(agreements)))}):
            others[agreement].append((person, name))
        return others


def _ranked(signed: Signed) -> Iterator[tuple[Sequence[Bound], Signatory]]:
    """Yield a row a person with its place: who signed most comes first; each agreement counts once."""
    for signatures in signed.by_person():
        row, first = _signatory(signatures), signatures[0]
        yield (-row.agreements, row.name, first.signed_earliest, first.ref, first.position), row


def _signatory(signed: Sequence[Signature]) -> Signatory:
    agreements = {signature.agreement: signature.binding for signature in signed}
    dates = [signature.signed for signature in signed if signature.signed]
    return Signatory(
        signed[0].person,
        signed[0].name,
        sorted({signature.side for signature in signed if signature.side}),
        len(agreements),
        sum(binding in ("binding", "binding_domestic_law") for binding in agreements.values()),
        sum(binding == "non_binding" for binding in agreements.values()),
        list(dict.fromkeys(signature.office for signature in signed if signature.office)),
        sorted({signature.level for signature in signed if signature.level}, key=OFFICE_LEVELS.index),
        dates[0] if dates else None,
        dates[-1] if dates else None,
    )


def _ranked_for_people(row: Row) -> Row:
    """The row with both dates in one cell, without ids and levels: the offices tell these."""
    one = Signatory._make(row)
    dates = " to ".join(dict.fromkeys(filter(None, (one.first, one.last))))
    return one.name, one.sides, one.agreements, one.binding, one.non_binding, one.offices, dates


def _each_for_people(row: Row) -> Row:
    """The row without ids, title and level; a side stands behind the name, as behind those of the others."""
    _, name, ref, _, signed, binding, side, office, _, others = row
    return f"{name} ({side})" if side else name, ref, signed, binding, office, others


def _unsigned(reader: Reader, selection: Selection) -> int:
    sql = (
        f"SELECT count(*) FROM {selection.source(reader)} WHERE ({selection.condition})"
        " AND NOT EXISTS (SELECT 1 FROM signatories AS g WHERE g.agreement_id = a.id)"
    )
    return int(reader.scalar(sql, selection.binds))


def _nameless(reader: Reader, selection: Selection) -> int:
    sql = (
        f"SELECT count(*) FROM {selection.children(reader, 'signatory', 'g')}"
        f" WHERE ({selection.condition}) AND g.person_id IS NULL"
    )
    return int(reader.scalar(sql, selection.binds))


def _footer(reader: Reader, selection: Selection, left_out: list[LeftOut], hidden: int) -> Iterator[str]:
    if hidden > 0:
        yield f"{hidden} more rows are not shown (--top)"
    yield next(iter(footer(reader, selection)))
    yield from (f"left out: {item.number} ({item.reason})" for item in left_out)
