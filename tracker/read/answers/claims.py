"""What sources say: the claims of one agreement, and the fields of all on which sources differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from tracker.errors import InvalidValue
from tracker.read.file.connection import Reader
from tracker.read.lists import listing, proofs
from tracker.read.query.selection import Selection
from tracker.read.records.agreements import assemble, paged
from tracker.read.records.conflicting_claims import DOUBTFUL, against, conflicting, text
from tracker.read.records.paths_in_words import in_words
from tracker.record import claims
from tracker.record import values as paths
from tracker.record.paths import TOPIC, PathError
from tracker.record.types import Record
from tracker.table import Column, Page, Row, Section, Table

CLAIMED = f"a.id IN (SELECT c.agreement_id FROM claims AS c WHERE {DOUBTFUL})"
"""Agreements on which there can be a conflict at all."""

HELD = "what the record holds"
"""The note of a value of the record beside claims that say otherwise."""

COLUMNS = (
    *(Column("id"), Column("field"), Column("value"), Column("adopted", "flag"), Column("sources", "list")),
    *(Column("locator"), Column("confidence"), Column("reason"), Column("note")),
)
"""The columns of a claim, named as its keys."""


def about(record: Record, path: str | None) -> list[Record]:
    """Return the claims of a record in order, or those about a path and what is inside it.

    Raises InvalidValue for a path that leads nowhere.
    """
    if path is None:
        return list(record["claims"])
    try:
        full = claims.full(record, path)
        return [claim for claim in record["claims"] if claims.about(record, claim["field"], full)]
    except PathError as error:
        raise InvalidValue(str(error)) from error


def table(record: Record, path: str | None) -> Page:
    """The claims of one record, one a row; people do not see columns that no claim fills."""
    told = about(record, path)
    data = Table(
        report="claims",
        columns=COLUMNS,
        rows=[
            tuple(text(item[column.name]) if column.name == "value" else item[column.name] for column in COLUMNS)
            for item in told
        ],
        filters={"ref": record["ref"], **({"path": path} if path else {})},
        as_of=record["derived"]["as_of"],
    )
    title = f"Claims about {record['ref']}{f': {path}' if path else ''}"
    section = _filled("claims", data.columns, _in_words(record, data.rows))
    return Page(title, [section], data, list(_footer(record, path, told)))


def _in_words(record: Record, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of claims with the fields as people call them."""
    for number, field, *rest in rows:
        yield number, in_words(record, str(field)), *rest


def _filled(report: str, columns: Sequence[Column], rows: Iterable[Row], *, folded: bool | None = None) -> Section:
    """A table without the columns that no row fills."""
    cells = list(rows)
    kept = [at for at in range(len(columns)) if any(row[at] not in (None, "", []) for row in cells)]
    kept = kept or list(range(len(columns)))
    shown = [tuple(row[at] for at in kept) for row in cells]
    return Section(table=Table(report, [columns[at] for at in kept], shown, folded=folded))


def _footer(record: Record, path: str | None, told: Sequence[Record]) -> Iterator[str]:
    yield f"{len(told)} claim{'' if len(told) == 1 else 's'}, {sum(item['adopted'] for item in told)} adopted"
    if path and not path.startswith(TOPIC):
        yield f"the record has as {in_words(record, path)}: {held(record, path) or 'nothing'}"


def held(record: Record, path: str) -> str | None:
    """Return what the record holds at a path, as one text."""
    _, _, getter = paths.column(path)
    value = getter(record)
    return "; ".join(value) if isinstance(value, list) else text(value)


def conflicts(reader: Reader, selection: Selection, *, only_open: bool) -> Page:
    """The fields for which claims give different values, one row a claim; open are those of which none is adopted."""
    said: dict[tuple[str, str], str] = {}
    rows = list(_conflicts(reader, selection, said, only_open=only_open))
    data = Table(
        report="conflicts",
        columns=[
            Column("ref"),
            Column("field"),
            Column("value"),
            Column("adopted", "flag"),
            Column("claim"),
            Column("sources", "list"),
            Column("reason"),
            Column("note"),
            Column("open", "flag"),
        ],
        rows=rows,
        filters={**selection.describe(), **({"open": True} if only_open else {})},
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
    )
    footer = chain(_conflicts_footer(rows), _looked_at(reader, selection))
    sections = [_filled("conflicts", PEOPLE, _for_people(rows, said), folded=False)]
    return Page("Where sources disagree", sections, data, footer, proof=proofs.proof(reader, selection))


class ConflictingClaim(NamedTuple):
    """A claim on a field on which sources differ, or the value that the record holds beside such."""

    ref: str
    field: str
    value: str | None
    adopted: bool = False
    claim: str | None = None
    """Its id; None for the value that the record holds, where no claim says the same."""
    sources: Sequence[str] = ()
    reason: str | None = None
    note: str | None = None
    open: bool = True
    """Whether no claim on the field is adopted."""


PEOPLE = [
    Column("ref", "code", weight=9),
    Column("field", weight=8, least=24),
    Column("value", weight=9, least=24),
    Column("adopted", weight=7),
    Column("sources", "list", weight=6),
    Column("why", weight=3, least=24),
]
"""What people see of conflicts."""


FLAGS = {"true": "yes", "false": "no"}
"""What is said of an item: that it is there, or is not."""


def _for_people(rows: list[ConflictingClaim], said: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    """The rows with the ref, and the field in words, at the first claim of each only."""
    before: tuple[str | None, str | None] = (None, None)
    for row in rows:
        shown = "record" if row.claim is None else "open" if row.open else "yes" if row.adopted else "no"
        why = "; ".join(filter(None, (row.reason, row.note))) or None
        ref = row.ref if row.ref != before[0] else None
        field = said[row.ref, row.field] if (row.ref, row.field) != before else None
        yield ref, field, FLAGS.get(row.value or "", row.value), shown, list(row.sources), why
        before = (row.ref, row.field)


def _conflicts(
    reader: Reader, selection: Selection, said: dict[tuple[str, str], str], *, only_open: bool
) -> Iterator[ConflictingClaim]:
    """Yield the conflicts, and note what people call each field."""
    sql = (
        f"SELECT a.id, NULL FROM {selection.source(reader)} WHERE ({selection.condition}) AND {CLAIMED} ORDER BY a.ref"
    )
    for page in paged(reader.tuples(sql, selection.binds)):
        for record in assemble(reader, page, as_of=selection.filters.as_of):
            for field, group in conflicting(record).items():
                is_open = not any(claim["adopted"] for claim in group)
                if not is_open and only_open:
                    continue
                said[record["ref"], field] = in_words(record, field)
                held = against(record, field, group)
                if held is not None:
                    yield ConflictingClaim(record["ref"], field, held, sources=[], note=HELD, open=is_open)
                yield from (_row(record["ref"], field, claim, is_open=is_open) for claim in group)


def _row(ref: str, field: str, claim: Record, *, is_open: bool) -> ConflictingClaim:
    value, adopted = text(claim["value"]), claim["adopted"]
    return ConflictingClaim(
        ref, field, value, adopted, claim["id"], claim["sources"], claim["reason"], claim["note"], is_open
    )


def _looked_at(reader: Reader, selection: Selection) -> Iterator[str]:
    counted, *left_out = listing.footer(reader, selection)
    yield f"looked at {counted}"
    yield from left_out


def _conflicts_footer(rows: list[ConflictingClaim]) -> Iterator[str]:
    fields = {(row.ref, row.field) for row in rows}
    refs = {ref for ref, _ in fields}
    still = {(row.ref, row.field) for row in rows if row.open}
    counted = (
        f"{len(fields)} field{'' if len(fields) == 1 else 's'} of {len(refs)} agreement{'' if len(refs) == 1 else 's'}"
    )
    yield f"{counted}, {len(still)} open (no claim adopted)"
    if still:
        yield "settle one with: tracker claim REF FIELD VALUE --adopt --reason WHY"
