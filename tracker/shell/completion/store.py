"""The store that a line is about: opened when a value of it is asked for, silent where it cannot be read."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from tracker.errors import TrackerError
from tracker.read.lookup.completion import Offer
from tracker.shell.completion.place import Place

if TYPE_CHECKING:
    from tracker.read.file.connection import Reader
    from tracker.read.file.location import StoreLocation

Found = TypeVar("Found")

SECONDS = 0.3
"""How long TAB waits for a store that is locked."""


class Store:
    """What completes a value, from the store of a line: its --store, or the usual one."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def asked(self, question: "Callable[[Reader], Found]") -> Found | None:
        """Return what a question finds; None where the store is absent, locked, newer or broken."""
        from tracker.read.file.connection import open_store

        with suppress(TrackerError), open_store(self._location(), wait=SECONDS) as reader:
            return question(reader)
        return None

    def values(self, kind: str, incomplete: str) -> list[Offer]:
        """Return what completes a code, id, ref or name."""
        from tracker.read.lookup import completion

        return self.asked(lambda reader: completion.values(reader, kind, incomplete)) or []

    def changes(self) -> Iterable[Offer]:
        """Return the numbers of the last changes, each with what was done."""
        from tracker.read.lookup import completion

        return self.asked(completion.changes) or []

    def _location(self) -> "StoreLocation":
        from pathlib import Path

        from tracker.shell import settings
        from tracker.shell.context import locate

        named = self._place.value("--config")
        is_alone = self._place.value("--no-config") is not None
        said = settings.Config() if is_alone else settings.load(Path(named) if named else None)
        return locate(self._place.value("--store"), said)
