"""JSON without the package ``json``, where little of it is wanted: to load that costs as much as to read a page."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

try:
    from _json import encode_basestring as quote
except ImportError:  # a Python without the accelerator
    from json.encoder import encode_basestring as quote

__all__ = ["array", "dumps", "loads", "quote"]


def array(texts: Iterable[str]) -> str:
    """Return texts as a JSON array, as a statement binds it."""
    return f"[{','.join(map(quote, texts))}]"


def loads(text: str) -> Any:
    """Return what a JSON text says; most cells are empty lists and objects, and never come here.

    Raises ValueError for a text that is none.
    """
    try:
        value, end = _decoding()(text)
    except ValueError:
        end = -1
    if end == len(text):
        return value
    import json  # with blanks around it, or not one value and nothing else

    return json.loads(text)


def dumps(value: Any) -> str:
    """Return a value as compact JSON, text beyond ASCII as itself: as a line of NDJSON has it."""
    return _encoding()(value)


@cache
def _encoding() -> Callable[[Any], str]:
    import json

    return json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


@cache
def _decoding() -> Callable[[str], tuple[Any, int]]:
    import json

    return json.JSONDecoder().raw_decode
