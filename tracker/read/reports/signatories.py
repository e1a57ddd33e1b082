"""``report signatories``: who signed how many agreements, and what each signed, in which office, with whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from tracker.read.file.connection import Bound, Reader, StoredRow
from tracker.read.file.sorting_apart import SortedRows
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.lookup import names
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record.vocabulary import OFFICE_LEVELS
from tracker.table import Column, LeftOut, Page, Row, Section, Table
from tracker.text.jsons import array

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
    "g.person_id, a.signed_earliest, a.ref, g.position, a.id, a.signed, a.binding_status, g.party, g.office, g.level"
)
PERSON = itemgetter(0)
PEOPLE = 500
"""People whose names are read together."""
BINDING = ("binding", "binding_domestic_law")
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
        which.append("g.person_id IS NOT NULL")
        self._source, self._condition = selection.source(reader), " AND ".join(which)

    @staticmethod
    def _joined(source: str, *, named: bool = True) -> str:
        people = "CROSS JOIN people AS p ON p.id = g.person_id" if named else ""
        return f"FROM {source} CROSS JOIN signatory AS g ON g.agreement_id = a.id {people}"

    def number(self) -> int:
        """Return how many signatures there are."""
        sql = f"SELECT count(*) {self._joined(self._source, named=False)} WHERE {self._condition}"
        return int(self.reader.scalar(sql, self._binds))

    def by_person(self) -> Iterator[tuple[str, list[StoredRow]]]:
        """Yield the name of each person with the signatures in time; each has the ``CELLS``."""
        signed = self._joined(self._source, named=False)
        sql = f"SELECT {CELLS} {signed} WHERE {self._condition} ORDER BY g.person_id, {IN_TIME}"
        rows = chain.from_iterable(self.reader.pages(sql, self._binds, PAGE))
        people = (list(signatures) for _, signatures in groupby(rows, PERSON))
        while several := list(islice(people, PEOPLE)):
            names = self._names([PERSON(signatures[0]) for signatures in several])
            for signatures in several:
                yield names[PERSON(signatures[0])], signatures

    def _names(self, people: Sequence[str]) -> dict[str, str]:
        sql = "SELECT p.id, p.name FROM json_each(:ids) AS d CROSS JOIN people AS p ON p.id = d.value"
        return dict(self.reader.tuples(sql, {"ids": array(people)}))

    def each(self, most: int | None) -> Iterator[Row]:
        """Yield a row of ``EACH`` for each signature, by the names of the people and in time; so many at most."""
        limit = "" if most is None else f" LIMIT {most:d}"
        sql = (
            f"SELECT a.id, g.person_id, p.name, a.ref, coalesce(a.short_title, a.title), a.signed, a.binding_status,"
            f" g.party, g.office, g.level {self._joined(self._source)} WHERE {self._condition}"
            f" ORDER BY p.name, g.person_id, {IN_TIME}{limit}"
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
    for name, signatures in signed.by_person():
        row = _signatory(name, signatures)
        yield (-row.agreements, name, *signatures[0][1:4]), row


def _signatory(name: str, signed: Sequence[StoredRow]) -> Signatory:
    agreements: dict[int, str] = {}
    offices: dict[str, None] = {}
    sides, levels, dates = set(), set(), []
    for _, _, _, _, agreement, day, binding, side, office, level in signed:
        agreements[agreement] = binding
        if day:
            dates.append(day)
        if side:
            sides.add(side)
        if office:
            offices[office] = None
        if level:
            levels.add(level)
    bindings = list(agreements.values())
    return Signatory(
        PERSON(signed[0]),
        name,
        sorted(sides),
        len(agreements),
        sum(map(bindings.count, BINDING)),
        bindings.count("non_binding"),
        list(offices),
        sorted(levels, key=OFFICE_LEVELS.index),
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
