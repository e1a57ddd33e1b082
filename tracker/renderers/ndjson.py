"""NDJSON: one compact JSON object a line, written as it comes; nothing for no records."""

from collections.abc import Iterable
from json import JSONEncoder
from typing import BinaryIO

from tracker.record.types import Record
from tracker.renderers import RenderOptions
from tracker.renderers.json import encoded, shown
from tracker.table import Answer, Page, Records

SUMMARY = "NDJSON: one compact JSON object a line, for pipes and large exports"
SUFFIXES = (".ndjson", ".jsonl")
SHOWS = "objects"
EXPORTS = "lines"


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write each record, or each row of a table as an object, on a line of its own."""
    encode = JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
    as_bytes = shown if options.terminal else encoded
    out.writelines(as_bytes(encode(record)) + b"\n" for record in _objects(answer))


def _objects(answer: Answer) -> Iterable[Record]:
    if isinstance(answer, Page):
        return _objects(answer.data)
    return answer.objects if isinstance(answer, Records) else answer.dicts()
