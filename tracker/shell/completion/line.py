"""The line at which TAB is pressed, as a shell reads it: its words, and a word written so that the shell reads it back.

zsh and fish take their words apart and put quotes around what is chosen themselves; bash does neither.
"""

import string
from typing import NamedTuple

_PLAIN = frozenset(string.ascii_letters + string.digits + "_-.,:=+@%/^")
"""What bash takes as it stands, wherever it stands in a word; letters of other scripts too."""


class Words(NamedTuple):
    """The words of a line up to the cursor."""

    before: list[str]
    """Those that are finished."""
    current: str
    """The one at the cursor; empty behind a blank."""
    quote: str
    """The quote that is open at the cursor, or nothing."""


class _Reading:
    """A line while it is read."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.current: str | None = None
        self.quote = ""

    def add(self, text: str) -> None:
        """Put text to the word that is read."""
        self.current = (self.current or "") + text

    def end_word(self) -> None:
        """Finish the word that is read, if there is one."""
        if self.current is not None:
            self.words.append(self.current)
        self.current = None


def read(text: str) -> Words:
    """Read a line as bash does: words between blanks, quotes, backslashes; a quote may still be open at its end."""
    reading, at = _Reading(), 0
    while at < len(text):
        char, following = text[at], text[at + 1 : at + 2]
        if char == "\\" and _escapes(following, reading.quote):
            reading.add(following)
            at += 1
        elif reading.quote:
            reading.add("" if char == reading.quote else char)
            reading.quote = "" if char == reading.quote else reading.quote
        elif char in "'\"":
            reading.add("")
            reading.quote = char
        elif char.isspace():
            reading.end_word()
        else:
            reading.add(char)
        at += 1
    return Words(reading.words, reading.current or "", reading.quote)


def _escapes(following: str, quote: str) -> bool:
    """Whether a backslash takes away the meaning of the next character."""
    return quote != "'" and (following in '$`"\\' if quote else True)


def quoted(text: str, quote: str) -> str:
    """Write the rest of a word so that bash reads it back, inside the quote that is open.

    bash closes the quote itself, unless the word seems to end with it.
    """
    if not quote:
        return "".join(char if char in _PLAIN or char > "\x7f" else f"\\{char}" for char in text)
    if quote == "'":
        written = text.replace("'", "'\\''")
    else:  # an exclamation mark recalls the history there, and no backslash keeps it from that
        written = "".join("\"'!'\"" if char == "!" else f"\\{char}" if char in '$`"\\' else char for char in text)
    return written + quote if written.endswith(quote) else written
