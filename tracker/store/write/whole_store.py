"""All agreements of a store gone through, and those told whose rows are not what the rules make of them.

Each table is read once, in the order of its keys. A record is put together only as far as its derived rows follow from
it; whether everything else would be written as it stands is asked column by column (``as_written``). What seems to
differ is taken apart as a whole (``derivation.plans``), which alone tells what differs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from tracker.read.records.assembly import DIFFERENT_TERMS, Batch, Objects, objects, terms, texts
from tracker.record.types import Field, Json, Record
from tracker.store.rows import record_rows as rows
from tracker.store.rows.record_rows import COLUMNS, DERIVED
from tracker.store.rows.table_rows import KEYS, Cells, Tables
from tracker.store.write import as_written, surroundings
from tracker.store.write.change import Change
from tracker.store.write.objects import stored_agreements

PAGE = 500
"""Agreements that are looked at together."""

_OWNER = itemgetter(0)
_KEY = itemgetter(*map(COLUMNS["span"].index, KEYS["span"]))
_OWN = COLUMNS["agreement"]
_FIRST = _OWN.index(DERIVED[0])
_FOLLOWING = slice(_FIRST, _FIRST + len(DERIVED))
_TOLD = _OWN.index("told_from")
_SAID = {key: _OWN.index(key) for key in ("ref", "binding_status", "terms", "open_questions", "extra")}


def pages(change: Change) -> Iterator[Tables]:
    """Yield all rows of agreements, those of some hundred together, in the order of their keys."""
    ids = change.connection.execute("SELECT id FROM agreement ORDER BY id")
    while some := ids.fetchmany(PAGE):
        yield page(change, some[0][0], some[-1][0])


def page(change: Change, first: int, last: int) -> Tables:
    """Return all rows of the agreements from one to another one."""
    return {table: _held(change, table, (first, last)) for table in COLUMNS}


def statement(table: str) -> str:
    """Return the SELECT of the rows of a table that belong to agreements from one to another one."""
    columns = COLUMNS[table]
    between = f"WHERE {columns[0]} BETWEEN ? AND ? ORDER BY {', '.join(KEYS[table])}"
    return f"SELECT {', '.join(columns)} FROM {table} {between}"


def _held(change: Change, table: str, ends: tuple[int, int]) -> list[Cells]:
    cursor = change.connection.cursor()
    cursor.row_factory = None
    return cursor.execute(statement(table), ends).fetchall()


def doubtful(change: Change, held: Tables) -> list[int]:
    """Return the agreements of a page, ``held``, whose rows are not, or may not be, what the rules make of them."""
    found = as_written.odd(held)
    held = as_written.without(held, found)
    read = _Read(change, held)
    spans = _by_owner(held["span"])
    own_fields = _by_owner(held["own_field"])
    for row in held["agreement"]:
        agreement_id = row[0]
        document = read.document(row)
        derived = rows.span_cells(document, agreement_id, surroundings.around(change, document, stored_agreements))
        extra = row[_SAID["extra"]]
        if not (
            row[_FOLLOWING] == rows.derived_cells(document)
            and spans.get(agreement_id, []) == sorted(derived, key=_KEY)
            and row[_TOLD] == rows.status_told_from(derived)
            and own_fields.get(agreement_id, []) == rows.own_field_cells(texts(extra), agreement_id)
        ):
            found.add(agreement_id)
    return sorted(found)


def _by_owner(some: Iterable[Cells]) -> dict[int, list[Cells]]:
    return {owner: list(own) for owner, own in groupby(some, key=_OWNER)}


class _Read:
    """The records of a page, as far as what is derived of an agreement follows from them."""

    def __init__(self, change: Change, page: Tables) -> None:
        held = _Held(change, page)
        self._lists = {key: _items(key, held, page) for key in ("parties", "events", "relations", "binding_views")}

    def document(self, row: Cells) -> Record:
        """Return the record of an agreement, without what nothing is derived of."""
        cells = {key: row[at] for key, at in _SAID.items()}
        return {
            **{key: made.get(row[0]) or [] for key, made in self._lists.items()},
            **cells,
            "terms": _terms(cells["terms"]),
            "open_questions": texts(cells["open_questions"]),
        }


@lru_cache(maxsize=DIFFERENT_TERMS)
def _terms(stored: str) -> Record:
    """Return terms as the record has them but for their sources: nothing is derived of these."""
    return terms(stored, 0, {})


class _Held(Batch):
    """A page of agreements whose rows were read already."""

    def __init__(self, change: Change, page: Tables) -> None:
        super().__init__(change.reader, (), names=False)
        self._tables = page

    def cited(self) -> dict[tuple[int, str], list[str]]:
        """Ids of the sources of items: nothing is derived of them."""
        return {}

    def codes_of_items(self, field: Field, letter: str) -> Mapping[tuple[int, str], list[str]]:
        """Codes that items hold in a list of their own, by agreement and item."""
        codes: dict[tuple[int, str], list[str]] = defaultdict(list)
        for agreement, number, _, code in self._tables[field.table]:
            codes[agreement, f"{letter}{number}"].append(code)
        return codes


def _items(key: str, held: _Held, page: Tables) -> Mapping[int, list[Json]]:
    """Return the items of a list by their agreement, in order."""
    made: Objects = objects(key)
    columns = COLUMNS[made.shape.table]
    some: Sequence[Cells] = page[made.shape.table]
    if not some:
        return {}
    if KEYS[made.shape.table][-1] != "position":
        some = sorted(some, key=itemgetter(0, columns.index("position")))
    beyond = len(columns)  # the place of a cell that holds nothing; that of the id comes after it
    places = [columns.index(field.stored_as) if field.stored_as else beyond for field in made.shape.own_fields]
    if made.shape.numbered:
        number, letter, places[0] = columns.index("number"), made.shape.letter, beyond + 1
        told = ((*row, None, f"{letter}{row[number]}") for row in some)
    else:
        told = ((*row, None) for row in some)
    return made.made(held, list(map(itemgetter(*places, beyond, 0), told)))
