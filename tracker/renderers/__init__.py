"""Output formats, one file each: the file name is the format's name.

A format is a module with

    SUMMARY: str                       one line for ``tracker formats``
    SUFFIXES: tuple[str, ...]          file endings that imply it, with the dot
    render(answer, out, options)       writes the answer as bytes, as it comes, holding no more than it must
    BINARY: bool                       optional; true keeps it off a terminal

Other packages add formats under the entry points ``tracker.renderers.v1``. Modules that begin with an underscore are
no formats. A renderer opens, closes and flushes nothing: ``tracker.shell.output`` does.
"""

from typing import BinaryIO, NamedTuple, Protocol

from tracker.table import Answer

FOR_ANY_ANSWER = ("table", "json", "ndjson", "csv", "tsv", "markdown", "html", "xlsx")
"""Formats that every answer goes with; the others need dates (ics) or a graph (dot, graphml, mermaid)."""


class RenderOptions(NamedTuple):
    """What a renderer may know of the place it writes to."""

    color: bool = False
    """Colours and bold are wanted."""
    width: int | None = None
    """Columns of the terminal; None: as wide as the content, never folded or cut."""
    terminal: bool = False
    """The bytes go straight to a terminal, which acts on control characters."""
    encoding: str = "utf-8"
    """What the terminal reads; everything else is UTF-8."""


class Renderer(Protocol):
    """A module that is a format."""

    SUMMARY: str
    SUFFIXES: tuple[str, ...]

    def render(self, answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
        """Write the answer."""
