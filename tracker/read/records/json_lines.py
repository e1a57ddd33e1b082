"""Agreements as compact JSON, a text each, as exports write them: SQLite itself writes what a row holds.

The keys, their order and what their cells mean are those of ``assembly``; no row becomes a tuple, an object and then a
text again, which is most of the work of an export.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from tracker.read.file.connection import Reader, StoredRow
from tracker.read.records.agreements import row_of
from tracker.read.records.assembly import (
    DIFFERENT_TERMS,
    LISTS,
    Batch,
    Cited,
    Objects,
    in_json,
    loader,
    objects,
    of_page,
    terms,
)
from tracker.record.shapes import AGREEMENT, SOURCES
from tracker.record.types import Field
from tracker.text.jsons import array, dumps, quote

NOTHING = "[]"
_NAMED = itemgetter(-1, -2)
"""What is cited for an item stands under its agreement and owner."""


class Pieces:
    """How objects are put together: runs of keys that SQLite writes as one text, and keys that other tables hold."""

    def __init__(self, fields: Iterable[Field], apart: Container[str]) -> None:
        """Take the keys of an object in order; ``apart``: those that other tables hold."""
        self._order: list[str | None] = []
        runs, pieces = [], []
        for is_apart, some in groupby(fields, key=lambda field: field.key in apart):
            if is_apart:
                keys = [field.key for field in some]
                self._order += keys
                pieces += [f"{quote(key)}:%s" for key in keys]
            else:
                self._order.append(None)
                runs.append(f"json_object({', '.join(map(_member, some))})")
                pieces.append("%s")
        self.runs = ", ".join(runs)
        """The SQL of the runs, a column each."""
        self._number = len(runs)
        self._put_together = f"{{{','.join(pieces)}}}".__mod__

    def texts(self, rows: Sequence[StoredRow], values: Mapping[str, Sequence[str]]) -> Iterable[str]:
        """Return the JSON of objects; ``rows`` begin with the runs, ``values`` hold what is apart, object by object."""
        columns = list(zip(*rows, strict=True))[: self._number]
        inner = iter([[text[1:-1] for text in column] for column in columns])
        return map(self._put_together, zip(*(values[key] if key else next(inner) for key in self._order), strict=True))


def _member(field: Field) -> str:
    return f"'{field.key}', {in_json(field)}"


class _Items:
    """The loader of a list of objects, as one text an agreement."""

    def __init__(self, items: Objects) -> None:
        self._items = items
        self._pieces = Pieces(items.shape.own_fields, {SOURCES.key, *(field.key for field in items.codes)})
        self._select = items.select(self._pieces.runs)

    def __call__(self, page: Batch) -> Mapping[int, str]:
        if not (rows := page.rows(self._select)):
            return {}
        shape = self._items.shape
        apart = {field.key: page.codes_of_items(field, shape.letter) for field in self._items.codes}
        if SOURCES in shape.fields:
            apart[SOURCES.key] = page.cited()
        named = list(map(_NAMED, rows))
        values = {
            key: [array(some[name]) if name in some else NOTHING for name in named] for key, some in apart.items()
        }
        texts: dict[int, list[str]] = defaultdict(list)
        for (agreement, _), text in zip(named, self._pieces.texts(rows, values), strict=True):
            texts[agreement].append(text)
        return {agreement: f"[{','.join(items)}]" for agreement, items in texts.items()}


class _Codes:
    """The loader of a list of codes, as one text an agreement."""

    def __init__(self, key: str) -> None:
        self._load = loader(key)

    def __call__(self, page: Batch) -> Mapping[int, str]:
        return {agreement: array(codes) for agreement, codes in self._load(page).items()}


@cache
def _plan() -> tuple[Pieces, str, Mapping[str, Callable[[Batch], Mapping[int, str]]]]:
    """Return how agreements are put together, the SELECT of their runs, terms and ids, and what loads their lists."""
    pieces = Pieces(AGREEMENT.own_fields, {"terms", *LISTS})
    select = f"SELECT {pieces.runs}, terms, id FROM agreements WHERE {of_page('id')}"
    return (
        pieces,
        select,
        {key: _Items(objects(key)) if field.type.shape else _Codes(key) for key, field in LISTS.items()},
    )


def lines(reader: Reader, ids: Sequence[int]) -> Iterable[str]:
    """Return agreements as JSON by their numbers in the store, without read-only keys; raises StoreDamaged."""
    page = Batch(reader, ids, names=False)
    pieces, select, lists = _plan()
    by_id = {row[-1]: row for row in page.rows(select)}
    rows = [row_of(by_id, agreement) for agreement in ids]
    values = {}
    for key, load in lists.items():
        texts = load(page)
        values[key] = [texts.get(agreement, NOTHING) for agreement in ids]
    values["terms"] = _terms(rows, page.cited())
    return pieces.texts(rows, values)


def _terms(rows: Iterable[StoredRow], cited: Cited) -> list[str]:
    """Return the terms of agreements; rows end with these as they are stored, and the id."""
    sourced = {agreement for agreement, owner in cited if owner.startswith("terms.")}
    return [
        dumps(terms(stored, agreement, cited)) if agreement in sourced else _terms_alone(stored)
        for *_, stored, agreement in rows
    ]


@lru_cache(maxsize=DIFFERENT_TERMS)
def _terms_alone(stored: str) -> str:
    """Return terms that rest on no sources of their own."""
    return dumps(terms(stored, 0, {}))
