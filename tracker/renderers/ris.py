"""RIS, as reference managers exchange it: a tagged line a field, ``ER`` after each item.

Tags as Zotero and EndNote read them; what binds is a statute (``STAT``), which has no kind for treaties beside it,
what does not is a report (``RPRT``), with its kind in ``M3``.
"""

from collections.abc import Iterator
from typing import BinaryIO

from tracker.record.types import Record
from tracker.renderers import RenderOptions
from tracker.renderers._parts.bibliography import BINDING, items, one_line, parts, remarks
from tracker.table import Answer

SUMMARY = "RIS: a bibliography for Zotero, EndNote, Mendeley"
SUFFIXES = (".ris",)
NEEDS = "citations"

TAGS = {
    "title": "TI", "title-short": "ST", "number": "M1", "event-place": "CY", "language": "LA", "URL": "UR",
}  # fmt: skip


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:  # noqa: ARG001 - the renderer contract
    """Write the items; raises InvalidValue for an answer without them, before anything is written."""
    for item in items(answer, "ris"):
        kind = "STAT" if item["type"] == BINDING else "RPRT"
        lines = [("TY", kind), ("ID", item["id"]), *_fields(item), ("ER", "")]
        out.write("".join(f"{tag}  - {one_line(text)}\n" for tag, text in lines).encode("utf-8", "replace"))


def _fields(item: Record) -> Iterator[tuple[str, str]]:
    for key, tag in TAGS.items():
        if item.get(key):
            yield tag, item[key]
    if item["type"] != BINDING and item.get("genre"):  # a statute has no place for its kind
        yield "M3", item["genre"]
    for party in item.get("author", ()):
        yield "AU", party["literal"]
    date = parts(item.get("issued"))
    if date:
        yield "PY", f"{date[0]:04}"
        yield "DA", _date(date)
    read = parts(item.get("accessed"))
    if read:
        yield "Y2", _date(read)
    for word in item.get("keyword", "").split(", "):
        if word:
            yield "KW", word
    note = "; ".join(remarks(item))
    if note:
        yield "N1", note


def _date(date: list[int]) -> str:
    """Return ``YYYY/MM/DD/``; what is not known stays empty between its slashes."""
    known = [f"{date[0]:04}", *(f"{number:02}" for number in date[1:])]
    return "/".join([*known, *[""] * (4 - len(known))])
