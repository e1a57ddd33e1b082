"""The values that a statement binds."""

from collections.abc import Iterable
from typing import Any


class Binds:
    """The values that a statement binds, each under a name of its own."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def add(self, value: Any) -> str:
        """Return the placeholder for a value."""
        name = f"b{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def add_all(self, values: Iterable[Any]) -> str:
        """Return placeholders for the right side of ``IN``."""
        return f"({', '.join(self.add(value) for value in values)})"
