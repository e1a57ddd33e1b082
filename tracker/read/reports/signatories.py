"""``report signatories``: who signed how many agreements, and what each signed, in which office, with whom."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tracker.read.file.connection import Reader
from tracker.read.lists import digest
from tracker.read.lists.listing import footer
from tracker.read.lookup import names
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record.vocabulary import OFFICE_LEVELS
from tracker.table import Column, LeftOut, Page, Row, Section, Table

Others: TypeAlias = dict[int, list[tuple[str, str]]]
"""Those who signed each agreement: id of the person, and the name with the side."""

JOINS = "JOIN signatories AS g ON g.agreement_id = a.id JOIN people AS p ON p.id = g.person_id"


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Page:
    """Return a row a person, the one with most agreements first; a row a signature where ``each`` or a name asks so.

    People see fewer columns than machines get, so that words stay whole on a terminal of 80 characters.
    """
    side = names.party_code(reader, asked.side) if asked.side else None
    people = selection.filters.codes("signatory")
    signatures = _signatures(reader, selection, side, people)
    each = asked.each or bool(people)
    unsigned = _unsigned(reader, selection)
    left_out = selection.left_out(reader) + ([LeftOut("no signatory is recorded", unsigned)] if unsigned else [])
    nameless = _nameless(reader, selection)
    left_out += [LeftOut("signatories whose names are not known", nameless)] if nameless else []
    rows: Sequence[Row]
    if each:
        signatures.sort(key=lambda signature: (signature.name, signature.person))
        others = _others(reader, selection)
        shown = signatures[: asked.top]
        hidden = len(signatures) - len(shown)
        columns, rows = EACH, [_each(signature, others) for signature in shown]
        section = Section(table=_each_for_people(shown, others))
    else:
        ranked = _ranked(signatures)
        top = ranked[: asked.top]
        hidden = len(ranked) - len(top)
        columns, rows = RANKED, top
        section = Section(table=_ranked_for_people(top))
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
    return Page(title, [section], data, footer, proof=digest.proof(reader, selection))


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
    """One signature under an agreement, as the statement of ``_signatures`` names its columns."""

    agreement: int
    ref: str
    title: str
    signed: str | None
    binding: str
    person: str
    name: str
    office: str | None
    level: str | None
    side: str | None


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


def _ranked_for_people(rows: Sequence[Signatory]) -> Table:
    """The rows with both dates in one cell, without ids and levels: the offices tell these."""
    shown = [
        (
            *(row.name, row.sides, row.agreements, row.binding, row.non_binding, row.offices),
            " to ".join(dict.fromkeys(filter(None, (row.first, row.last)))),
        )
        for row in rows
    ]
    return Table("signatories", RANKED_SHOWN, shown, folded=False)


def _each_for_people(signatures: Sequence[Signature], others: Others) -> Table:
    """The rows without ids, titles and levels; a side stands behind the name, as behind those of the others."""
    shown = [
        (
            f"{signature.name} ({signature.side})" if signature.side else signature.name,
            *(signature.ref, signature.signed, signature.binding, signature.office),
            _with(signature, others),
        )
        for signature in signatures
    ]
    return Table("signatories", EACH_SHOWN, shown, folded=False)


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
    return [Signature(*row) for row in reader.tuples(sql, binds)]


def _ranked(signatures: Sequence[Signature]) -> list[Signatory]:
    """One row a person: each agreement counts once, however many signatures of theirs it bears."""
    by_person: dict[str, list[Signature]] = defaultdict(list)
    for signature in signatures:
        by_person[signature.person].append(signature)
    rows = [_signatory(signed) for signed in by_person.values()]
    return sorted(rows, key=lambda row: (-row.agreements, row.name))


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


def _others(reader: Reader, selection: Selection) -> Others:
    """Return who signed each agreement, each with the side that it was signed for."""
    others: Others = defaultdict(list)
    sql = (
        "SELECT a.id, p.id, p.name || coalesce(' (' || g.party || ')', '')"
        f" FROM {selection.source(reader)} {JOINS} WHERE {selection.condition} ORDER BY a.id, g.position"
    )
    for agreement, person, name in reader.tuples(sql, selection.binds):
        others[agreement].append((person, name))
    return others


def _with(signature: Signature, others: Others) -> list[str]:
    """Return who else signed the agreement of a signature."""
    names = (name for person, name in others[signature.agreement] if person != signature.person)
    return list(dict.fromkeys(names))


def _each(signature: Signature, others: Others) -> Row:
    return (
        *(signature.person, signature.name, signature.ref, signature.title, signature.signed),
        *(signature.binding, signature.side, signature.office, signature.level),
        _with(signature, others),
    )


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
