"""A text made even for the patterns of a language: as long as the text itself, so that places in it stay right."""

from functools import cache
from unicodedata import normalize

LAST_LATIN = 0x250
"""Beyond lie scripts whose marks are part of the letter: the two dots that make か the letter が."""

WIDE = range(0xFF01, 0xFF5F)
"""Signs of double width, as Japanese texts write digits."""

OTHER = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "–": "-", "—": "-", "‑": "-",
         "\u00a0": " ", "\u202f": " ", "\u3000": " ", "º": "°"}  # fmt: skip


def even(text: str) -> str:
    """Return a text in lower case, without accents on Latin letters, with straight quotes and usual digits.

    It has the length of the text: a sign whose plain form is longer (ß, œ) stays.
    """
    if text.isascii():
        return text.lower()
    return "".join([sign.lower() if sign < "\x80" else _plain(sign) for sign in text])


@cache
def _plain(sign: str) -> str:
    if sign in OTHER:
        return OTHER[sign]
    plain = sign
    if ord(sign) < LAST_LATIN:
        plain = normalize("NFKD", sign)[0].lower()
    elif ord(sign) in WIDE:
        plain = chr(ord(sign) - 0xFEE0).lower()
    return plain if len(plain) == 1 else sign
