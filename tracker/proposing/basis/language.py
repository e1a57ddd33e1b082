"""The language of a text, told from its script and its small words, and the words by which it is read.

There is one file of tables a language, read once. A table is a list of patterns or maps patterns to codes. In a pattern
a blank stands for any blanks or a line's end.
"""

import re
from functools import cache
from pathlib import Path
from tomllib import loads
from typing import Any

WORDS = Path(__file__).parents[1] / "words"
"""Where the tables of words stand."""

READ = ("en", "fr", "de", "es", "ja")
"""Languages for which there is a table of words; nothing is proposed from a text in another one."""

UNSPACED = frozenset(("ja", "zh"))
"""Languages that write words without blanks between them."""

LOOKED_AT = 20_000
"""Characters at the beginning of a text by which its language is told."""

LEAST = 0.12
"""Share of small words, of all words, below which a text is in none of the known languages."""

AHEAD = 1.15
"""By how much the likeliest language must be ahead of the next one."""

NAMES = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "ja": "Japanese", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "sv": "Swedish", "da": "Danish", "pl": "Polish", "zh": "Chinese",
    "ko": "Korean", "ru": "a language in Cyrillic letters", "ar": "a language in Arabic letters",
    "he": "Hebrew", "el": "Greek",
}  # fmt: skip
"""What the languages that are told apart are called."""

SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
"""Scripts that tell a language, or a group of them; Kana before the signs that Japanese shares with Chinese."""

SCRIPT_SHARE = 0.2
"""Share of the letters from which a script tells the language."""

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")


class Words:
    """The tables of one language."""

    def __init__(self, language: str, tables: dict[str, Any]) -> None:
        """Take the tables of a language; see the files for what they hold."""
        self.language = language
        self.tables = tables
        self._patterns: dict[tuple[str, int], re.Pattern[str]] = {}

    def get(self, name: str) -> Any:
        """Return a table, or a part of one (``joins.and``); an empty list where the language has none of this name."""
        found: Any = self.tables
        for part in name.split("."):
            found = found.get(part, []) if isinstance(found, dict) else []
        return found

    def pattern(self, name: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
        """Return what finds any entry of a table as whole words; it finds nothing where the table is empty."""
        key = (name, int(flags))
        if key not in self._patterns:
            self._patterns[key] = either(self.get(name), self.language, flags)
        return self._patterns[key]


def told(text: str) -> str | None:
    """Return the code of the language in which a text is written, None where its words do not tell."""
    part = text[:LOOKED_AT]
    letters = len(_LETTER.findall(part))
    for code, letter in SCRIPTS:
        if letters and len(letter.findall(part)) >= SCRIPT_SHARE * letters:
            return code
    found = [word.casefold() for word in _WORD.findall(part)]
    if not found:
        return None
    shares = sorted(((sum(word in small for word in found) / len(found), code) for code, small in _small().items()))
    (next_best, _), (best, code) = shares[-2:]
    return code if best >= LEAST and best >= AHEAD * next_best else None


@cache
def _small() -> dict[str, frozenset[str]]:
    """Return the small words of each language that is written in Latin letters."""
    tables = loads((WORDS / "small_words.toml").read_text(encoding="utf-8"))
    return {code: frozenset(words.split()) for code, words in tables.items()}


@cache
def words(language: str) -> Words:
    """Return the tables of a language that is read."""
    return Words(language, loads((WORDS / f"{language}.toml").read_text(encoding="utf-8")))


def either(patterns: Any, language: str = "en", flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Return what finds any of some patterns, the longest first."""
    parts = sorted((spelled(pattern, language) for pattern in patterns), key=len, reverse=True)
    if not parts:
        return re.compile(r"(?!)")
    before, after = ("", "") if language in UNSPACED else (r"\b", r"(?!\w)")
    return re.compile(f"{before}(?:{'|'.join(parts)}){after}", flags)


def spelled(pattern: str, language: str) -> str:
    """Return a pattern in which a blank stands for any blanks, and letters for all that are written for them: ss, ß."""
    plain = spaced(pattern)
    for letters, written in (words(language).get("letters") or {}).items():
        plain = plain.replace(letters, written)
    return plain


def spaced(pattern: str) -> str:
    """Return a pattern in which a blank stands for any blanks."""
    return pattern.replace(" ", r"\s+")
