"""A bar on standard error for an import that takes longer than a second; only where a person looks at it."""

import sys
from collections.abc import Generator, Iterable
from time import monotonic
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self, TypeVar

from tracker.work.taking.run import Watch

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

AFTER = 1.0
"""Seconds before anything is shown."""

EVERY = 0.1
"""Seconds between two drawings."""

_Item = TypeVar("_Item")


class Progress(Watch):
    """Watches what is read; shows nothing where standard error is no terminal, or the program is to be quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self._is_shown = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._begun = self._last = monotonic()
        self._bar: tuple[Bar, TaskID] | None = None
        self._stream: IO[bytes] | None = None
        self._size: int | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def reading(self, stream: IO[bytes], size: int | None) -> None:
        """Note what is being read, so that the bar knows how far it is."""
        self._stream, self._size = stream, size

    def watch(self, items: Iterable[_Item]) -> Generator[_Item, None, None]:
        """Pass items on."""
        if not self._is_shown:
            yield from items
            return
        for item in items:
            self._count += 1
            if self._count % 64 == 0:
                self._show()
            yield item
        self._stream = None

    def close(self) -> None:
        """Take the bar away; what is said next begins on a clean line."""
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None

    def _show(self) -> None:
        now = monotonic()
        if now - self._begun < AFTER or now - self._last < EVERY:
            return
        self._last = now
        bar, task = self._bar = self._bar or _made()
        is_known = self._size is not None and self._stream is not None and not self._stream.closed
        done = self._stream.tell() if self._stream is not None and is_known else 0
        total = self._size if is_known else None
        bar.update(task, completed=done, total=total, count=self._count, refresh=True)


def _made() -> "tuple[Bar, TaskID]":
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("importing"), BarColumn(), TextColumn("{task.fields[count]:,} read"), TimeElapsedColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    task = bar.add_task("", total=None, count=0)
    bar.start()
    return bar, task
