"""``report overview``: what the register, or a part of it, holds."""

from collections.abc import Iterator

from tracker.read.counting.dimensions import STANDING
from tracker.read.file.connection import Bindings, Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer, of_focus_areas
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record.vocabulary import BINDING_STATUSES, INSTRUMENT_TYPES, TEXT_ACCESS
from tracker.table import Column, Table

MOST = 10
"""Rows of a section that may have many values; the rest is one row."""

Row = tuple[str, str, int, float | None]

OWN: dict[str, str] = {
    "binding status": "a.binding_status",
    "status": STANDING,
    "type": "a.instrument_type",
    "text access": "a.text_access",
}
"""Sections and the values of agreements that are counted there."""

CHILDREN = {
    "party": ("participation", "code"),
    "focus area": ("agreement_focus", "code"),
    "family": ("membership", "family_id"),
}
"""Sections and the children of agreements that are counted there: table and column."""

SECTIONS = ("binding status", "status", "type", "party", "focus area", "family", "text access")

GAPS: dict[str, str] = {
    "no date of signature": "a.signed IS NULL",
    "no party": "a.party_count = 0",
    "no source": "NOT EXISTS (SELECT 1 FROM citations AS c WHERE c.agreement_id = a.id)",
    "no evidence of binding status": "NOT EXISTS (SELECT 1 FROM evidence_items AS v WHERE v.agreement_id = a.id)",
    "views on binding status differ": "a.views_differ",
    "open questions": "a.open_questions <> '[]'",
}
"""What a reader should know before trusting the figures: name and condition."""


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:  # noqa: ARG001 - as every report
    """The overview: how many agreements of each kind, with their share of all."""
    total = selection.count(reader)
    return Table(
        report="overview",
        title=f"Overview of {total} agreement{'' if total == 1 else 's'}",
        columns=[
            Column("section"),
            Column("value", labels=_labels(reader)),
            Column("count", "count"),
            Column("share", "share", beside="count"),
        ],
        rows=_rows(reader, selection, total),
        filters=selection.describe(),
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection),
        proof=proofs.proof(reader, selection),
    )


def _rows(reader: Reader, selection: Selection, total: int) -> Iterator[Row]:
    yield "agreements", "all", total, 1.0 if total else None
    binds = {**selection.binds, "day": selection.filters.as_of}
    for section in SECTIONS:
        found = _counted(reader, selection, section, binds)
        if section == "binding status":
            ordered = [(status, found.get(status, 0)) for status in BINDING_STATUSES]
        else:
            ordered = sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))
        for value, count in ordered[:MOST]:
            yield section, value, count, _share(count, total)
        rest = ordered[MOST:]
        if rest:
            yield section, f"({len(rest)} more)", sum(count for _, count in rest), None
    sums = ", ".join(f"sum({condition})" for condition in GAPS.values())
    sql = f"SELECT {sums} FROM {selection.source(reader)} WHERE {selection.condition}"
    (counts,) = reader.tuples(sql, binds)
    for name, count in zip(GAPS, counts, strict=True):
        yield "to know", name, count or 0, _share(count or 0, total)


def _counted(reader: Reader, selection: Selection, section: str, binds: Bindings) -> dict[str, int]:
    """Count the values of a section; what has no party, focus area or family is not counted there."""
    number = "count(*)"
    if section in CHILDREN:
        table, column = CHILDREN[section]
        walked, value = selection.children(reader, table, "x"), f"x.{column}"
        # A party may stand twice in an agreement.
        number = "count(DISTINCT x.agreement_id)" if section == "party" else number
    else:
        walked = selection.source(reader) if section == "status" else selection.own(reader)
        value = OWN[section]
    sql = f"SELECT {value}, {number} FROM {walked} WHERE {selection.condition} GROUP BY 1"
    return dict(reader.tuples(sql, binds))


def _labels(reader: Reader) -> dict[str, str]:
    """Return the labels of focus areas, but of those that are called as something else that stands in the column."""
    others = {family for (family,) in reader.tuples("SELECT id FROM families")} | {*INSTRUMENT_TYPES, *TEXT_ACCESS}
    return {code: label for code, label in of_focus_areas(reader).items() if code not in others}


def _share(count: int, total: int) -> float | None:
    return round(count / total, 6) if total else None


def _footer(reader: Reader, selection: Selection) -> Iterator[str]:
    yield from footer(reader, selection)
    yield "an agreement counts under each of its parties, focus areas and families"
