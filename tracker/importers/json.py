"""JSON: a whole export, one object of the register, or an array of them."""

from collections.abc import Iterator
from typing import BinaryIO

from tracker.importers import Document, Entry, Problem
from tracker.importers.sheets.objects import loads
from tracker.record.document import COLLECTIONS
from tracker.record.types import Record

SUMMARY = "JSON: an export, one object of the register, or an array of them"
SUFFIXES = (".json",)


def matches(head: bytes) -> bool:
    """Tell whether the text begins as a JSON object or array does."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Yield the objects of the document; it is read as a whole, as JSON has to be."""
    try:
        content = loads(stream.read().removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        yield Problem(name, str(error), fatal=True)
        return
    if isinstance(content, list):
        yield from (Document(f"{name}, item {number}", item) for number, item in enumerate(content, 1))
    elif isinstance(content, dict) and content.get("record") == "tracker":
        yield from _export(content, name)
    else:
        yield Document(name, content)


def _export(content: Record, name: str) -> Iterator[Entry]:
    if content.get("format") != 1:
        yield Problem(name, f"format {content.get('format')!r} is not known; this program reads format 1", fatal=True)
        return
    known = {collection: kind for kind, collection in COLLECTIONS.items()}
    for key, items in content.items():
        if key in ("record", "format"):
            continue
        kind = known.get(key)
        if kind is None or not isinstance(items, list):
            yield Problem(f"{name}: {key}", f"expected lists named {', '.join(known)}")
            continue
        for number, item in enumerate(items, 1):
            content_of = {"record": kind, **item} if isinstance(item, dict) else item
            yield Document(f"{name}, {key} {number}", content_of)
