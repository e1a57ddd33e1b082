"""Rows of an answer put in order where they may be too many for memory: they wait in a file that nobody else sees."""

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from tracker.errors import StoreProblem
from tracker.read.file.connection import Bound


class SortedRows:
    """Rows in the order of their keys, an empty value first; they can be gone through again.

    SQLite keeps what does not fit into its few MiB of memory in a file, which ends with the process.
    """

    def __init__(self, rows: Iterable[tuple[Sequence[Bound], tuple[Any, ...]]]) -> None:
        """Take rows, each with its key; the cells are texts, numbers, lists of these, or None.

        Raises StoreProblem where they have no room to wait in.
        """
        self._connection = sqlite3.connect("", isolation_level=None)
        self._number = 0
        taken = iter(rows)
        first = next(taken, None)
        if first is None:
            return
        self._keys = [f"key_{at}" for at in range(len(first[0]))]
        try:
            self._connection.execute(f"CREATE TABLE waiting ({', '.join(self._keys)}, cells)")
            self._connection.execute("BEGIN")
            self._number = self._connection.executemany(
                f"INSERT INTO waiting VALUES ({', '.join('?' * (len(self._keys) + 1))})",
                ((*key, marshal.dumps(tuple(cells))) for key, cells in chain([first], taken)),
            ).rowcount
        except sqlite3.Error as error:
            raise without_room(error) from error

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self._number

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield all rows."""
        return self.first()

    def first(self, most: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the first rows, so many at most; without a number all."""
        yield from self._rows("", () if most is None else (most,), "" if most is None else " LIMIT ?")

    def below(self, *begin: Bound) -> Iterator[tuple[Any, ...]]:
        """Yield the rows whose keys begin like this."""
        chosen = " AND ".join(f"key_{at} IS ?" for at in range(len(begin)))
        yield from self._rows(f" WHERE {chosen}", begin)

    def _rows(self, chosen: str, binds: Sequence[Bound], limit: str = "") -> Iterator[tuple[Any, ...]]:
        if not self._number:
            return
        sql = f"SELECT cells FROM waiting{chosen} ORDER BY {', '.join(self._keys)}{limit}"
        try:
            for (cells,) in self._connection.execute(sql, binds):
                yield marshal.loads(cells)  # noqa: S302 - what this process wrote itself
        except sqlite3.Error as error:
            raise without_room(error) from error


def without_room(error: sqlite3.Error) -> StoreProblem:
    """Return the error to raise where rows cannot wait on the disk."""
    return StoreProblem(
        f"the rows of the answer could not wait in a temporary file ({error}); give the folder of such files room, or"
        " name another one with TMPDIR"
    )
