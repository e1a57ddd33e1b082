"""Cells of rows that hold JSON text, and the types of rows taken from documents."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]
Row = dict[str, Any]
Rows = dict[str, list[Row]]

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def list_text(values: Sequence[Any]) -> str:
    """Return a list as compact JSON."""
    return encode(list(values)) if values else "[]"


def map_text(values: Document) -> str:
    """Return a flat object as compact JSON, its keys sorted."""
    return _encode_sorted(dict(values)) if values else "{}"


def optional_text(value: Document | None) -> str | None:
    """Return an object as compact JSON, or None."""
    return None if value is None else encode(value)
