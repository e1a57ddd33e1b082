"""JSON without the package ``json``, where little of it is wanted: to load that costs as much as to read a page."""

from collections.abc import Iterable
from typing import Any

try:
    from _json import encode_basestring as quote
except ImportError:  # a Python without the accelerator
    from json.encoder import encode_basestring as quote

__all__ = ["array", "loads", "quote"]


def array(texts: Iterable[str]) -> str:
    """Return texts as a JSON array, as a statement binds it."""
    return f"[{','.join(map(quote, texts))}]"


def loads(text: str) -> Any:
    """Return what a JSON text says; most cells are empty lists and objects, and never come here."""
    from json import loads as read

    return read(text)
