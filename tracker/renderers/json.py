"""JSON (RFC 8259), indented by two, written as it comes: memory does not grow with the number of records.

Records are an array, or one object; a table is an object with its rows as objects. Non-ASCII text is written as
itself, except what acts on a terminal (DEL, C1; JSON escapes C0 anyway) and lone surrogates, which UTF-8 cannot hold.
An object may hold iterators as values: they are written as arrays, each item as it comes.
"""

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import BinaryIO

from tracker.renderers import RenderOptions
from tracker.table import REPORT_FORMAT, Answer, Page, Records
from tracker.text.jsons import quote

SUMMARY = "JSON: the records in full, or a report as one object"
SUFFIXES = (".json",)
SHOWS = "objects"
EXPORTS = "document"


LISTS = (list, tuple)


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write the answer as one JSON document and a line feed."""
    encode = shown if options.terminal else encoded
    out.writelines(encode(chunk) for chunk in _chunks(_document(answer), "\n"))
    out.write(b"\n")


def encoded(text: str) -> bytes:
    r"""JSON text as UTF-8, DEL, C1 controls and lone surrogates as ``\u`` escapes."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return _escaped(text)
    # In UTF-8 every C1 control begins with C2: two scans in C instead of a pattern over each text.
    return _escaped(text) if b"\xc2" in data or b"\x7f" in data else data


def shown(text: str) -> bytes:
    r"""JSON text for a terminal: what reorders or breaks the text around it is a ``\u`` escape too."""
    from re import sub

    from tracker.text.safety import REORDERING

    return encoded(sub(REORDERING, lambda match: f"\\u{ord(match[0]):04x}", text))


def _escaped(text: str) -> bytes:
    from re import sub

    # Such characters stand only inside strings, so escaping the finished text is right.
    return sub("[\x7f-\x9f\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text).encode()


def _document(answer: Answer) -> object:
    if isinstance(answer, Page):
        return _document(answer.data)
    if isinstance(answer, Records):
        return next(iter(answer.printed()), None) if answer.single else iter(answer.printed())
    return {
        "report": answer.report,
        "format": REPORT_FORMAT,
        "filters": answer.filters,
        "as_of": answer.as_of,
        "columns": [column.name for column in answer.columns],
        "rows": answer.dicts(),
        "totals": answer.totals_dict(),
        # A generator, because reports count what they leave out while their rows are read.
        "left_out": ({"reason": item.reason, "count": item.number} for item in answer.left_out),
        "hash": answer.hash,
    }


def _chunks(value: object, indent: str) -> Iterator[str]:
    """A value in pieces: objects that hold iterators key by key, iterators item by item, the rest whole."""
    if isinstance(value, Iterator):
        yield from _array(value, indent)
    elif isinstance(value, dict) and any(isinstance(item, Iterator) for item in value.values()):
        inner, lead = indent + "  ", "{"
        for key, item in value.items():
            yield f"{lead}{inner}{quote(key)}: "
            yield from _chunks(item, inner)
            lead = ","
        yield indent + "}"
    else:
        yield pretty(value, indent)


def _array(items: Iterable[object], indent: str) -> Iterator[str]:
    inner, lead = indent + "  ", "["
    # The first item is read before anything is written, so a read that fails at once prints nothing.
    for item in items:
        yield lead + inner + pretty(item, inner)
        lead = ","
    yield "[]" if lead == "[" else indent + "]"


def pretty(value: object, indent: str = "\n") -> str:
    """What ``json.dumps(value, indent=2, ensure_ascii=False)`` gives, faster than its Python encoder.

    A number that is none (NaN, infinity) is null: JSON has no word for it.
    """
    if isinstance(value, str):
        return quote(value)
    inner = indent + "  "
    if isinstance(value, dict):
        # Most values are texts or null: a call for each would be half of the time.
        items = [
            f"{inner}{quote(key)}: "
            f"{quote(item) if item.__class__ is str else 'null' if item is None else pretty(item, inner)}"
            for key, item in value.items()
        ]
        return f"{{{','.join(items)}{indent}}}" if items else "{}"
    if isinstance(value, LISTS):
        items = [inner + pretty(item, inner) for item in value]
        return f"[{','.join(items)}{indent}]" if items else "[]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value) if isfinite(value) else "null"
    raise TypeError(f"no JSON: {value!r}")
