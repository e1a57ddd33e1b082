"""The words of a language by which texts are read: one file of tables a language, read once.

A table is a list of patterns or maps patterns to codes. In a pattern a blank stands for any blanks or a line's end.
"""

import re
from functools import cache
from tomllib import loads
from typing import Any

from tracker.proposing.basis.language import UNSPACED, WORDS


class Words:
    """The tables of one language."""

    def __init__(self, language: str, tables: dict[str, Any]) -> None:
        """Take the tables of a language; see the files for what they hold."""
        self.language = language
        self.tables = tables
        self._patterns: dict[tuple[str, int], re.Pattern[str]] = {}

    def get(self, name: str) -> Any:
        """Return a table, an empty list where the language has none of this name."""
        return self.tables.get(name, [])

    def pattern(self, name: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
        """Return what finds any entry of a table as whole words; it finds nothing where the table is empty."""
        key = (name, int(flags))
        if key not in self._patterns:
            self._patterns[key] = either(self.get(name), self.language, flags)
        return self._patterns[key]


@cache
def words(language: str) -> Words:
    """Return the tables of a language that is read."""
    return Words(language, loads((WORDS / f"{language}.toml").read_text(encoding="utf-8")))


def either(patterns: Any, language: str = "en", flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Return what finds any of some patterns, the longest first."""
    parts = sorted((spaced(pattern) for pattern in patterns), key=len, reverse=True)
    if not parts:
        return re.compile(r"(?!)")
    before, after = ("", "") if language in UNSPACED else (r"\b", r"(?!\w)")
    return re.compile(f"{before}(?:{'|'.join(parts)}){after}", flags)


def spaced(pattern: str) -> str:
    """Return a pattern in which a blank stands for any blanks."""
    return pattern.replace(" ", r"\s+")
