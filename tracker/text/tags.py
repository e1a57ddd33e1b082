"""Tags of languages, as BCP 47 writes them."""

_LONGEST = 3
"""Letters of the first part; no longer one is registered."""


class TagError(ValueError):
    """A text that is no tag of a language; the message says what is expected."""


def tag(text: str) -> str:
    """Return a tag as it is kept: ``EN`` is ``en``, ``zh-hant`` stays. Raises TagError for ``english``.

    The name of a language has the form of a tag, and nobody would find the record by it.
    """
    first, hyphen, rest = text.strip().partition("-")
    if not (1 < len(first) <= _LONGEST and first.isascii() and first.isalpha()) and first.lower() not in ("i", "x"):
        raise TagError(f"{text!r} is no tag of a language: expected two or three letters, such as en, ja or zh-Hant")
    return f"{first.lower()}{hyphen}{rest}"
