"""Output formats, one file each: the file name is the format's name.

A format is a module with

    SUMMARY: str                       one line for ``tracker formats``
    SUFFIXES: tuple[str, ...]          file endings that imply it, with the dot
    render(answer, out, options)       writes the answer as bytes, as it comes, holding no more than it must
    BINARY: bool                       optional; true keeps it off a terminal
    SHOWS: Shown                       optional; what it prints of records: ``objects`` whole, ``rows`` of cells for
                                       machines (so without it), or ``people``: tables and pages for reading
    NEEDS: str                         optional; what an answer has to hold, such as ``a graph``; without it any will do
    EXPORTS: Exports                   optional; how a whole register stands in it, to be imported again: an object a
                                       line (``lines``) or all in one (``document``); without it not at all
    WIDE: bool                         optional; true where an export holds every column unless some are named

Other packages add formats under the entry points ``tracker.renderers.v1``. Modules that begin with an underscore are
no formats. A renderer opens, closes and flushes nothing: ``tracker.shell.streams`` does.
"""

from types import ModuleType
from typing import Literal, cast

from tracker.plain import Value
from tracker.table import Shown

Exports = Literal["lines", "document"]
Form = Literal["template", "jq"]


class RenderOptions(Value):
    """What a renderer may know of the place it writes to."""

    color: bool = False
    """Colours and bold are wanted."""
    width: int | None = None
    """Columns of the terminal; None: as wide as the content, never folded or cut."""
    terminal: bool = False
    """The bytes go straight to a terminal, which acts on control characters."""
    wide: bool = False
    """Every column at its full width, whatever the terminal holds."""
    totals: bool = False
    """Formats of rows write the totals as the last row; formats for people always do."""
    form: Form | None = None
    """Whether the answer is put through a template or a filter of jq, and not into a format of its own."""
    asked: str = ""
    """That template or filter."""
    encoding: str = "utf-8"
    """What the terminal reads; everything else is UTF-8."""
    register: str | None = None
    """The name of the register's file, for the first lines of a page."""
    author: str | None = None
    """Who the page is by, where that was named."""
    today: str | None = None
    """The day that the answer took for today."""


def shows(renderer: ModuleType) -> Shown:
    """Return what a format prints of records."""
    return cast("Shown", getattr(renderer, "SHOWS", "rows"))


def exports(renderer: ModuleType) -> Exports | None:
    """Return how a format holds a whole register; None where it holds the columns that are asked for."""
    return cast("Exports | None", getattr(renderer, "EXPORTS", None))
