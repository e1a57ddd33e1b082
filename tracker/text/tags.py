"""Tags of languages, as BCP 47 writes them."""

TAG = r"^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[ixIX](?:-[A-Za-z0-9]{1,8})+)$"
"""A language of two or three letters, for no longer one is registered (RFC 5646 2.2.1), or one of private use.

The name of a language has the form of a longer tag, and nobody would find the record by it.
"""

EXPECTED = "two or three letters, such as en, ja or zh-Hant"


class TagError(ValueError):
    """A text that is no tag of a language; the message says what is expected."""


def tag(text: str) -> str:
    """Return a tag as it is kept: ``EN`` is ``en``, ``zh-hant`` stays. Raises TagError for ``english``."""
    import re

    if re.fullmatch(TAG, text.strip()) is None:
        raise TagError(f"{text!r} is no tag of a language: expected {EXPECTED}")
    first, hyphen, rest = text.strip().partition("-")
    return f"{first.lower()}{hyphen}{rest}"
