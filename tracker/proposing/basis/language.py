"""Which language a text is written in, told from its script and its small words."""

import re
from functools import cache
from pathlib import Path
from tomllib import loads

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
