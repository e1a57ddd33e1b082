"""``report overview``: what the register, or a part of it, holds."""

from collections.abc import Iterator

from tracker.read.counting.dimensions import STANDING
from tracker.read.file.connection import Reader
from tracker.read.lists import digest
from tracker.read.lists.listing import footer
from tracker.read.lookup.labels import of_focus_areas
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record.vocabulary import BINDING_STATUSES, INSTRUMENT_TYPES, TEXT_ACCESS
from tracker.table import Column, Table

MOST = 10
"""Rows of a section that may have many values; the rest is one row."""

Row = tuple[str, str, int, float | None]

SECTIONS: dict[str, str] = {
    "binding status": "SELECT a.binding_status, count(*) FROM {source} WHERE {condition} GROUP BY 1",
    "status": f"SELECT {STANDING}, count(*) FROM {{source}} WHERE {{condition}} GROUP BY 1",
    "type": "SELECT a.instrument_type, count(*) FROM {source} WHERE {condition} GROUP BY 1",
    "party": (
        "SELECT x.code, count(DISTINCT a.id) FROM {source} JOIN participation AS x ON x.agreement_id = a.id"
        " WHERE {condition} GROUP BY 1"
    ),
    "focus area": (
        "SELECT x.code, count(*) FROM {source} JOIN agreement_focus AS x ON x.agreement_id = a.id"
        " WHERE {condition} GROUP BY 1"
    ),
    "family": (
        "SELECT x.family_id, count(*) FROM {source} JOIN membership AS x ON x.agreement_id = a.id"
        " WHERE {condition} GROUP BY 1"
    ),
    "text access": "SELECT a.text_access, count(*) FROM {source} WHERE {condition} GROUP BY 1",
}
"""What is counted: section and SQL that yields (value, number).

Of tables, for under an aggregate SQLite looks up the agreement of each row of a view.
"""

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
        proof=digest.proof(reader, selection),
    )


def _rows(reader: Reader, selection: Selection, total: int) -> Iterator[Row]:
    yield "agreements", "all", total, 1.0 if total else None
    binds = {**selection.binds, "day": selection.filters.as_of}
    pieces = {"source": selection.source(reader), "condition": selection.condition}
    for section, sql in SECTIONS.items():
        found: dict[str, int] = dict(reader.tuples(sql.format(**pieces), binds))
        if section == "binding status":
            ordered = [(status, found.get(status, 0)) for status in BINDING_STATUSES]
        else:
            ordered = sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))
        for value, count in ordered[:MOST]:
            yield section, value, count, _share(count, total)
        rest = ordered[MOST:]
        if rest:
            yield section, f"({len(rest)} more)", sum(count for _, count in rest), None
    for name, condition in GAPS.items():
        sql = "SELECT count(*) FROM {source} WHERE ({condition}) AND {gap}".format(**pieces, gap=condition)
        count = reader.scalar(sql, binds)
        yield "to know", name, count, _share(count, total)


def _labels(reader: Reader) -> dict[str, str]:
    """Return the labels of focus areas, but of those that are called as something else that stands in the column."""
    others = {family for (family,) in reader.tuples("SELECT id FROM families")} | {*INSTRUMENT_TYPES, *TEXT_ACCESS}
    return {code: label for code, label in of_focus_areas(reader).items() if code not in others}


def _share(count: int, total: int) -> float | None:
    return round(count / total, 6) if total else None


def _footer(reader: Reader, selection: Selection) -> Iterator[str]:
    yield from footer(reader, selection)
    yield "an agreement counts under each of its parties, focus areas and families"
