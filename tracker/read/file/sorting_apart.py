"""Rows of an answer put in order where they may be too many for memory: they wait in a file that nobody else sees."""

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from tracker.read.file.connection import Bound


class SortedRows:
    """Rows in the order of their keys, an empty value first; they can be gone through again.

    SQLite keeps what does not fit into its few MiB of memory in a file, which ends with the process.
    """

    def __init__(self, rows: Iterable[tuple[Sequence[Bound], tuple[Any, ...]]]) -> None:
        """Take rows, each with its key; the cells are texts, numbers, lists of these, or None."""
        self._connection = sqlite3.connect("", isolation_level=None)
        self._number = 0
        taken = iter(rows)
        first = next(taken, None)
        if first is None:
            return
        self._keys = [f"key_{at}" for at in range(len(first[0]))]
        self._connection.execute(f"CREATE TABLE waiting ({', '.join(self._keys)}, cells)")
        self._connection.execute("BEGIN")
        self._number = self._connection.executemany(
            f"INSERT INTO waiting VALUES ({', '.join('?' * (len(self._keys) + 1))})",
            ((*key, marshal.dumps(tuple(cells))) for key, cells in chain([first], taken)),
        ).rowcount

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self._number

    def first(self, most: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the first rows, so many at most; without a number all."""
        if not self._number:
            return
        limit = "" if most is None else f" LIMIT {most:d}"
        for (cells,) in self._connection.execute(f"SELECT cells FROM waiting ORDER BY {', '.join(self._keys)}{limit}"):
            yield marshal.loads(cells)  # noqa: S302 - what this process wrote itself
