"""Who watches an import go by: nobody, unless whoever ordered it shows how far it is."""

from collections.abc import Generator, Iterable
from typing import IO, TypeVar

_Item = TypeVar("_Item")


class Watch:
    """Sees what is being read, and each item as it passes; shows nothing."""

    def reading(self, stream: IO[bytes], size: int | None) -> None:
        """Note what is being read, and its size in bytes where that is known."""

    def watch(self, items: Iterable[_Item]) -> Generator[_Item, None, None]:
        """Pass items on."""
        yield from items
