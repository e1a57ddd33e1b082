"""What sources say: the claims of one agreement, and the fields of all on which sources differ."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from tracker.errors import InvalidValue
from tracker.read.file.connection import Reader
from tracker.read.file.sorting_apart import SortedRows
from tracker.read.lists import listing, proofs
from tracker.read.lookup import brackets
from tracker.read.query.selection import Selection
from tracker.read.records.agreements import assemble, paged
from tracker.read.records.conflicting_claims import DOUBTFUL, against, conflicting, spoken_of, text
from tracker.read.records.paths_in_words import in_words
from tracker.record import claims
from tracker.record import values as paths
from tracker.record.paths import TOPIC, PathError
from tracker.record.types import Record
from tracker.table import Cell, Column, Page, Row, Section, Table

CLAIMED = f"a.id IN (SELECT c.agreement_id FROM claims AS c WHERE {DOUBTFUL})"
"""Agreements on which there can be a conflict at all."""

ROWS = 500
"""Agreements that are found together."""

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


def table(reader: Reader, record: Record, path: str | None) -> Page:
    """The claims of one record, one a row; people do not see columns that no claim fills."""
    path = _chosen(reader, record, path)
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


def _chosen(reader: Reader, record: Record, path: str | None) -> str | None:
    try:
        return None if path is None else brackets.looked_up(reader, record, path)
    except PathError as error:
        raise InvalidValue(str(error)) from error


def _in_words(record: Record, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of claims with the fields as people call them."""
    for number, field, *rest in rows:
        yield number, in_words(record, str(field)), *rest


EMPTY: tuple[Cell, ...] = (None, "", [])
"""Cells that say nothing."""


def _filled(report: str, columns: Sequence[Column], rows: Iterable[Row]) -> Section:
    """A table without the columns that no row fills."""
    cells = list(rows)
    kept = [at for at in range(len(columns)) if any(row[at] not in EMPTY for row in cells)]
    kept = kept or list(range(len(columns)))
    shown = [tuple(row[at] for at in kept) for row in cells]
    return Section(table=Table(report, [columns[at] for at in kept], shown))


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
    """The fields for which claims give different values, one row a claim; open are those of which none is adopted.

    The rows wait in a file where they are many.
    """
    tally = Tally()
    found = tally.counted(_conflicts(reader, selection, only_open=only_open))
    rows = SortedRows(((number,), row) for number, row in enumerate(found))
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
        rows=(row[:-1] for row in rows.first()),
        filters={**selection.describe(), **({"open": True} if only_open else {})},
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
    )
    footer = chain(_conflicts_footer(tally), _looked_at(reader, selection))
    proof = proofs.proof(reader, selection)
    return Page("Where sources disagree", _conflicts_shown(rows, tally), data, footer, proof=proof)


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
    called: str = ""
    """The field as people call it."""


class Tally:
    """How much was found, counted as it is found, and what people see of it."""

    def __init__(self) -> None:
        self.agreements = self.fields = self.open = 0
        self.filled: set[int] = set()
        """The columns for people that any row fills, by their place."""

    def counted(self, found: Iterable[Sequence[ConflictingClaim]]) -> Iterator[ConflictingClaim]:
        """Yield the rows of each field."""
        before = None
        for rows in found:
            self.agreements += rows[0].ref != before
            self.fields += 1
            self.open += rows[0].open
            before = rows[0].ref
            for row in _for_people(rows):
                self.filled.update(at for at, cell in enumerate(row) if cell not in EMPTY)
            yield from rows


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


def _conflicts_shown(rows: SortedRows, tally: Tally) -> Iterator[Section]:
    kept = sorted(tally.filled) or range(len(PEOPLE))
    told = _for_people(map(ConflictingClaim._make, rows.first()))
    shown = (tuple(row[at] for at in kept) for row in told)
    yield Section(table=Table("conflicts", [PEOPLE[at] for at in kept], shown, folded=False))


def _for_people(rows: Iterable[ConflictingClaim]) -> Iterator[Row]:
    """The rows with the ref, and the field in words, at the first claim of each only."""
    before: tuple[str | None, str | None] = (None, None)
    for row in rows:
        shown = "record" if row.claim is None else "open" if row.open else "yes" if row.adopted else "no"
        why = "; ".join(filter(None, (row.reason, row.note))) or None
        ref = row.ref if row.ref != before[0] else None
        field = row.called if (row.ref, row.field) != before else None
        yield ref, field, FLAGS.get(row.value or "", row.value), shown, list(row.sources), why
        before = (row.ref, row.field)


def _conflicts(reader: Reader, selection: Selection, *, only_open: bool) -> Iterator[list[ConflictingClaim]]:
    """Yield the rows of each field on which sources differ."""
    sql = (
        f"SELECT a.id, NULL FROM {selection.source(reader)} WHERE ({selection.condition}) AND {CLAIMED} ORDER BY a.ref"
    )
    candidates = chain.from_iterable(reader.pages(sql, selection.binds, ROWS))
    for page in paged(candidates):
        for record in assemble(reader, page, as_of=selection.filters.as_of, parts=spoken_of(reader, page)):
            for field, group in conflicting(record).items():
                if not only_open or not any(claim["adopted"] for claim in group):
                    yield _of_field(record, field, group)


def _of_field(record: Record, field: str, group: Sequence[Record]) -> list[ConflictingClaim]:
    """Return the claims on a field, and before them what the record holds where it is something else."""
    ref, called = record["ref"], in_words(record, field)
    is_open = not any(claim["adopted"] for claim in group)
    rows = [
        ConflictingClaim(
            ref,
            field,
            text(claim["value"]),
            claim["adopted"],
            claim["id"],
            claim["sources"],
            claim["reason"],
            claim["note"],
            is_open,
            called,
        )
        for claim in group
    ]
    held = against(record, field, group)
    if held is not None:
        rows.insert(0, ConflictingClaim(ref, field, held, sources=[], note=HELD, open=is_open, called=called))
    return rows


def _looked_at(reader: Reader, selection: Selection) -> Iterator[str]:
    counted, *left_out = listing.footer(reader, selection)
    yield f"looked at {counted}"
    yield from left_out


def _conflicts_footer(tally: Tally) -> Iterator[str]:
    fields, agreements = tally.fields, tally.agreements
    counted = f"{fields} field{'' if fields == 1 else 's'} of {agreements} agreement{'' if agreements == 1 else 's'}"
    yield f"{counted}, {tally.open} open (no claim adopted)"
    if tally.open:
        yield "settle one with: tracker claim REF FIELD VALUE --adopt --reason WHY"
