"""Texts that people read, as they lie in files: decoded, with title, body, and the day on which they were published.

Plain text, Markdown and HTML. Nothing here knows what a text says of agreements.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Article(NamedTuple):
    """A text without its markup; paragraphs are parted by an empty line."""

    title: str | None
    body: str
    published: str | None = None
    """Day of publication as the file says it (EDTF)."""
    language: str | None = None
    """Language as the file says it (BCP 47)."""
    url: str | None = None
    """Address as the file says it."""
    remarks: Sequence[str] = ()
    """What was left out, guessed or replaced on the way, a sentence each."""

    @property
    def text(self) -> str:
        """Title and body as one text, in which places are counted."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body
