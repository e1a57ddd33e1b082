"""The values that a statement binds, each under a name of its own."""

from collections.abc import Iterable, Sequence

from tracker.read.file.connection import Bound


class Binds:
    """The values that a statement binds, each under a name of its own."""

    def __init__(self) -> None:
        self.values: dict[str, Bound] = {}

    def add(self, value: Bound) -> str:
        """Return the placeholder for a value."""
        name = f"b{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def add_all(self, values: Iterable[Bound]) -> str:
        """Return placeholders for the right side of ``IN``."""
        return f"({', '.join(self.add(value) for value in values)})"


def is_one_of(values: Sequence[Bound], binds: Binds) -> str:
    """Return the test of a column against one or several values, which stands behind the name of the column."""
    return f"= {binds.add(values[0])}" if len(values) == 1 else f"IN {binds.add_all(values)}"
