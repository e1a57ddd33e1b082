"""A page of agreements: the ids that every child table is asked for, and the sources that items rest on."""

from collections import defaultdict
from collections.abc import Iterable

from tracker.read.file.connection import Reader, StoredRow
from tracker.record.types import Json
from tracker.text.jsons import array, loads

IDS = "(SELECT value FROM json_each(:ids))"
ON_PAGE = f"agreement_id IN {IDS}"
"""The ids travel as one bind; SQLite looks each up in the primary key of the child."""


class Batch:
    """A page of agreements whose children are wanted, with the sources that their items rest on."""

    def __init__(self, reader: Reader, ids: Iterable[int], *, names: bool = True) -> None:
        self.reader = reader
        self.binds = {"ids": f"[{','.join(map(str, ids))}]"}
        self.names = names
        """Whether names of parties, people and sources are wanted beside their codes: exports have none."""
        self._cited: dict[tuple[int, str], list[str]] | None = None
        self._record_citations: list[StoredRow] = []

    def rows(self, sql: str) -> list[StoredRow]:
        """Rows of a statement that binds the ids of the page."""
        if self.reader.known_at is not None:  # into the images of all times SQLite looks only for values written out
            sql = sql.replace(IDS, f"({self.binds['ids'][1:-1]})")
        return self.reader.tuples(sql, self.binds)

    def cited(self) -> dict[tuple[int, str], list[str]]:
        """Ids of the sources of items by agreement and owner."""
        if self._cited is None:
            by_item: dict[tuple[int, str], list[str]] = defaultdict(list)
            for agreement, owner, source, locator in self.rows(
                f"SELECT agreement_id, owner, source_id, locator FROM citations WHERE {ON_PAGE}"
                " ORDER BY agreement_id, owner, position"
            ):
                if owner:
                    by_item[agreement, owner].append(source)
                else:
                    self._record_citations.append((source, locator, None, None, agreement))
            self._cited = dict(by_item)
        return self._cited

    def record_citations(self) -> list[StoredRow]:
        """What the records as a whole rest on: the keys of a citation in order, names still null, and the agreement."""
        self.cited()
        return self._record_citations

    def names_of(self, sql: str, keys: Iterable[str | None]) -> dict[str, StoredRow]:
        """Look up what a key stands for: the rows of ``sql`` by their first cell, which is left off."""
        binds = {"keys": array(sorted({key for key in keys if key is not None}))}
        return {row[0]: row[1:] for row in self.reader.tuples(sql, binds)}


def texts(stored: str) -> Json:
    """Return a JSON column; most lists and objects are empty."""
    if stored == "[]":
        return []
    if stored == "{}":
        return {}
    return loads(stored)
