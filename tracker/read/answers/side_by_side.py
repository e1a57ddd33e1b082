"""Agreements side by side, field by field, with what differs marked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import cast

from tracker.read.file.connection import Reader
from tracker.read.lists.listing import of_focus_areas
from tracker.read.records.agreements import record as read_record
from tracker.read.records.for_people import lines_of
from tracker.record.relations import SYMMETRIC
from tracker.record.shapes import AGREEMENT, DERIVED
from tracker.record.types import Record
from tracker.table import Column, Page, Row, Section, Table

FOCUS = "focus areas"
"""Label of the field whose codes have labels of their own."""
Lines = list[str]
"""What a cell shows, one statement a line."""


def page(reader: Reader, refs: Sequence[str], as_of: str) -> Page:
    """The records under their refs: one row a field, ``differs`` true where they do not say the same."""
    records = [read_record(reader, ref, as_of) for ref in refs]
    rows: list[Row] = []
    for name, lines in FIELDS.items():
        cells = [lines(record) for record in records]
        if any(cells):
            rows.append((name, any(cell != cells[0] for cell in cells[1:]), *cells))
    columns = [Column("field"), Column("differs", "flag"), *(Column(ref, "lines", heading=ref) for ref in refs)]
    data = Table(
        report="compare",
        title="Side by side",
        columns=columns,
        rows=rows,
        folded=True,
        filters={"refs": list(refs)},
        as_of=as_of,
    )
    people = Table("compare", columns, list(_for_people(rows, of_focus_areas(reader))), folded=True)
    footer = [f"as of {as_of}; differs: the records do not say the same"]
    return Page(data.title, [Section(table=people)], data, footer, whole=True)


def _for_people(rows: Sequence[Row], labels: Mapping[str, str]) -> Iterator[Row]:
    """The rows with the labels of focus areas."""
    for name, differs, *cells in rows:
        if name == FOCUS:
            yield name, differs, *([labels.get(code, code) for code in cast("Lines", cell)] for cell in cells)
        else:
            yield name, differs, *cells


def _basis(record: Record) -> Lines:
    """Why the verdict: each piece of evidence with whom it speaks for and its sources."""
    return [
        f"{item['kind']}{_of(item['authority'] or item['party'])}: {item['text'] or item['supports']}{_cited(item)}"
        for item in record["evidence"]
    ]


def _views(record: Record) -> Lines:
    return [f"{view['party'] or view['authority']}: {view['value']}" for view in record["binding_views"]]


def _parties(record: Record) -> Lines:
    return [f"{party['name']}{_of(party['entity'])}" for party in record["parties"]]


def _signatories(record: Record) -> Lines:
    return [
        f"{item['name'] or '(name not known)'}{_of(', '.join(filter(None, (item['office'], item['party']))))}"
        for item in record["signatories"]
    ]


def _events(record: Record) -> Lines:
    return [_event(event) for event in record["events"]]


def _event(event: Record) -> str:
    where = f" at {', '.join(event['places'])}" if event["places"] else ""
    whose = f" by {', '.join(event['parties'])}" if event["parties"] else ""
    return f"{event['kind_raw'] or event['kind']} {event['date'] or '(day unknown)'}{whose}{where}"


def _relations(record: Record) -> Lines:
    own = [f"{item['type']} {item['target'] or item['target_title']}" for item in record["relations"]]
    inverse = [f"{item['type']} {item['source_ref']}" for item in record["derived"]["inverse_relations"]]
    return [line for line in own + inverse if line.partition(" ")[0] in SYMMETRIC] + [
        line for line in own + inverse if line.partition(" ")[0] not in SYMMETRIC
    ]


def _status(record: Record) -> Lines:
    derived = record["derived"]
    return [f"{derived['status']}{'' if derived['status_certain'] else '?'}", *derived["flags"]]


def _of(text: str | None) -> str:
    return f" ({text})" if text else ""


def _cited(item: Record) -> str:
    return f" [{', '.join(item['sources'])}]" if item["sources"] else ""


_LINES: dict[str, Callable[[Record], Lines]] = {
    "binding_views": _views,
    "evidence": _basis,
    "parties": _parties,
    "signatories": _signatories,
    "events": _events,
    "relations": _relations,
    "derived.status": _status,
}
"""Fields that say more here than in a column of a list."""

ORDER = (
    *("title", "short_title", "instrument_type", "title_term", "binding_status", "evidence", "binding_views"),
    *("parties", "derived.signed", "signatories", "events", "derived.status", "focus_areas", "families", "text_access"),
    *("relations", "identifiers", "depositaries", "sources", "confidence", "open_questions", "notes"),
)
"""The order in which people compare; further fields stand before the sources."""


def _compared() -> Iterator[tuple[str, Callable[[Record], Lines]]]:
    """Yield the label of each field that the record declares as compared, and what gives its lines."""
    labels = {field.key: field.label for field in AGREEMENT.fields if field.compared}
    labels |= {f"derived.{field.key}": field.label for field in DERIVED.fields if field.compared}
    at = ORDER.index("sources")
    further = [path for path in labels if path not in ORDER]
    for path in (*ORDER[:at], *further, *ORDER[at:]):
        if path in labels:
            yield labels[path], _LINES.get(path) or partial(lines_of, key=path.removeprefix("derived."))


FIELDS = dict(_compared())
"""What is compared, in order; each gives its lines from a record. A field that no record fills is not shown."""
