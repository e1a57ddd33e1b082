"""JSON text as values, with every failure a ValueError of one line."""

import json
from collections import Counter

from tracker.record.types import Json, Record

LONGEST_NUMBER = 40
"""Digits of a whole number; what is longer is no value of the register and slow to read."""


def loads(data: bytes, *, exact: bool = False) -> Json:
    """Parse UTF-8 JSON; raises ValueError for what is no JSON, too deep, not UTF-8, or holds NaN or a key twice.

    ``exact`` keeps numbers as the texts that they are written as.
    """
    try:
        text = data.decode("utf-8")
        if text.startswith("\ufeff"):
            raise ValueError("no JSON: a byte order mark stands inside the text")
        return (_EXACT if exact else _DECODER).decode(text)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError as error:
        several = "\n" in error.doc.strip()
        where = f"line {error.lineno}, column {error.colno}" if several else f"character {error.pos + 1}"
        raise ValueError(f"no JSON: {error.msg} ({where})") from None


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(digits)} digits; the register holds whole numbers of 64 bits")
    return int(digits)


def _refuse_constant(text: str) -> Json:
    raise ValueError(f"{text} is no JSON value")


def _object(pairs: list[tuple[str, Json]]) -> Record:
    """Make an object; a key that stands twice would silently lose a value."""
    made = dict(pairs)
    if len(made) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key in counts if counts[key] > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return made


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=_whole, object_pairs_hook=_object)
"""Made once: an import of lines reads as many texts as it has records."""

_EXACT = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=str, parse_float=str, object_pairs_hook=_object)
