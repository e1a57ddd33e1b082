"""What colours mean: binding or not, in force or over, in doubt. They repeat what the words say, never alone."""

from collections.abc import Mapping
from typing import Final

from tracker.record import kinds

BINDS: Final = "cyan"
BINDS_NOT: Final = "yellow"
DIVIDED: Final = "magenta"
RUNS: Final = "green"
STANDS_STILL: Final = "yellow"
OVER: Final = "red"
UNKNOWN: Final = "bright_black"
DOUBT: Final = "yellow"

BINDING: Final[Mapping[str, str]] = {
    "binding": BINDS,
    "binding_domestic_law": BINDS,
    "non_binding": BINDS_NOT,
    "mixed": DIVIDED,
    "contested": DIVIDED,
    "undetermined": UNKNOWN,
    "not_assessed": UNKNOWN,
}
STATUS: Final[Mapping[str, str]] = {
    "in_force": RUNS,
    "operative": RUNS,
    "provisionally_applied": RUNS,
    "suspended": STANDS_STILL,
    **dict.fromkeys(kinds.OVER, OVER),
    "withdrawn": OVER,
    "unknown": UNKNOWN,
}
_OF: Final[Mapping[str, Mapping[str, str]]] = {
    "binding_status": BINDING,
    "binding": BINDING,
    "status": STATUS,
    "party_status": STATUS,
}
"""Name of a column to the styles of its words."""


def style(column: str, text: str) -> str | None:
    """Return the style of a cell of this column; None where its words mean nothing by colour.

    A word with a question mark after it is only possible.
    """
    words = _OF.get(column)
    if words is None:
        return None
    return DOUBT if text.endswith("?") else words.get(text.replace(" ", "_").replace("-", "_"))
