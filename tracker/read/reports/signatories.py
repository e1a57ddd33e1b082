"""``report signatories``: who signed how many agreements, and what each signed, in which office, with whom."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tracker.read.file.connection import Reader
from tracker.read.lists import digest
from tracker.read.lists.listing import footer
from tracker.read.lookup import names
from tracker.read.query.selection import Selection
from tracker.read.reports import Asked
from tracker.record.vocabulary import OFFICE_LEVELS
from tracker.table import Column, LeftOut, Page, Section, Table

Row = tuple[Any, ...]

JOINS = "JOIN signatories AS g ON g.agreement_id = a.id JOIN people AS p ON p.id = g.person_id"


def table(reader: Reader, selection: Selection, asked: Asked) -> Page:
    """Return a row a person, the one with most agreements first; a row a signature where ``each`` or a name asks so.

    People see fewer columns than machines get, so that words stay whole on a terminal of 80 characters.
    """
    side = names.party_code(reader, asked.side) if asked.side else None
    people = selection.filters.codes("signatory")
    found = _signatures(reader, selection, side, people)
    each = asked.each or bool(people)
    rows = _each(reader, selection, found) if each else _ranked(found)
    kept = rows[: asked.top]
    unsigned = _unsigned(reader, selection)
    left_out = selection.left_out(reader) + ([LeftOut("no signatory is recorded", unsigned)] if unsigned else [])
    nameless = _nameless(reader, selection)
    left_out += [LeftOut("signatories whose names are not known", nameless)] if nameless else []
    data = Table(
        report="signatories",
        columns=EACH if each else RANKED,
        rows=kept,
        filters={
            **selection.describe(),
            **({"side": side} if side else {}),
            **({"top": asked.top} if asked.top else {}),
        },
        as_of=selection.filters.as_of,
        left_out=left_out,
    )
    section = Section(table=_each_for_people(kept) if each else _ranked_for_people(kept))
    footer = _footer(reader, selection, left_out, len(rows) - len(kept))
    return Page("Signatures" if each else "Who signed", [section], data, footer)


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


def _ranked_for_people(rows: list[Row]) -> Table:
    """The rows with both dates in one cell, without ids and levels: the offices tell these."""
    shown = [
        (name, side, number, binding, non_binding, offices, " to ".join(dict.fromkeys(filter(None, (first, last)))))
        for _, name, side, number, binding, non_binding, offices, _, first, last in rows
    ]
    return Table("signatories", RANKED_SHOWN, shown)


def _each_for_people(rows: list[Row]) -> Table:
    """The rows without ids, titles and levels; a side stands behind the name, as behind those of the others."""
    shown = [
        (f"{name} ({side})" if side else name, ref, signed, binding, office, others)
        for _, name, ref, _, signed, binding, side, office, _, others in rows
    ]
    return Table("signatories", EACH_SHOWN, shown)


class Signature:
    """One signature under an agreement."""

    __slots__ = ("agreement", "binding", "level", "name", "office", "person", "ref", "side", "signed", "title")

    def __init__(self, row: tuple[Any, ...]) -> None:
        (
            self.agreement, self.ref, self.title, self.signed, self.binding,
            self.person, self.name, self.office, self.level, self.side,
        ) = row  # fmt: skip


def _signatures(reader: Reader, selection: Selection, side: str | None, people: list[str]) -> list[Signature]:
    which = (" AND g.party = :side" if side else "") + (
        " AND g.person_id IN (SELECT value FROM json_each(:people))" if people else ""
    )
    binds = {**selection.binds, **({"side": side} if side else {})}
    if people:
        from json import dumps

        binds["people"] = dumps(people)
    sql = (
        "SELECT a.id, a.ref, coalesce(a.short_title, a.title), a.signed, a.binding_status, p.id, p.name, g.office,"
        f" g.level, g.party FROM {selection.source(reader)} {JOINS} WHERE ({selection.condition}){which}"
        " ORDER BY a.signed_earliest, a.ref, g.position"
    )
    return [Signature(row) for row in reader.tuples(sql, binds)]


def _ranked(found: list[Signature]) -> list[Row]:
    """One row a person: each agreement counts once, however many signatures of theirs it bears."""
    by_person: dict[str, list[Signature]] = defaultdict(list)
    for one in found:
        by_person[one.person].append(one)
    rows = [_person(person, signed) for person, signed in by_person.items()]
    return sorted(rows, key=lambda row: (-row[3], row[1]))


def _person(person: str, signed: list[Signature]) -> Row:
    agreements = {one.agreement: one.binding for one in signed}
    dates = [one.signed for one in signed if one.signed]
    return (
        person,
        signed[0].name,
        sorted({one.side for one in signed if one.side}),
        len(agreements),
        sum(binding in ("binding", "binding_domestic_law") for binding in agreements.values()),
        sum(binding == "non_binding" for binding in agreements.values()),
        list(dict.fromkeys(one.office for one in signed if one.office)),
        sorted({one.level for one in signed if one.level}, key=OFFICE_LEVELS.index),
        dates[0] if dates else None,
        dates[-1] if dates else None,
    )


def _each(reader: Reader, selection: Selection, found: list[Signature]) -> list[Row]:
    others: dict[int, list[tuple[str, str]]] = defaultdict(list)
    sql = (
        "SELECT a.id, p.id, p.name || coalesce(' (' || g.party || ')', '')"
        f" FROM {selection.source(reader)} {JOINS} WHERE {selection.condition} ORDER BY a.id, g.position"
    )
    for agreement, person, name in reader.tuples(sql, selection.binds):
        others[agreement].append((person, name))
    return [
        (
            one.person, one.name, one.ref, one.title, one.signed, one.binding, one.side, one.office, one.level,
            list(dict.fromkeys(name for person, name in others[one.agreement] if person != one.person)),
        )
        for one in sorted(found, key=lambda one: (one.name, one.person))
    ]  # fmt: skip


def _unsigned(reader: Reader, selection: Selection) -> int:
    sql = (
        f"SELECT count(*) FROM {selection.source(reader)} WHERE ({selection.condition})"
        " AND NOT EXISTS (SELECT 1 FROM signatories AS g WHERE g.agreement_id = a.id)"
    )
    return int(reader.scalar(sql, selection.binds))


def _nameless(reader: Reader, selection: Selection) -> int:
    sql = (
        f"SELECT count(*) FROM {selection.source(reader)} JOIN signatories AS g ON g.agreement_id = a.id"
        f" WHERE ({selection.condition}) AND g.person_id IS NULL"
    )
    return int(reader.scalar(sql, selection.binds))


def _footer(reader: Reader, selection: Selection, left_out: list[LeftOut], hidden: int) -> Iterator[str]:
    if hidden > 0:
        yield f"{hidden} more rows are not shown (--top)"
    yield next(iter(footer(reader, selection)))
    yield from (f"left out: {item.number} ({item.reason})" for item in left_out)
    yield from digest.line(reader, selection)
