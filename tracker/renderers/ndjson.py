"""NDJSON: one compact JSON object a line, written as it comes; nothing for no records."""

from collections.abc import Iterable
from itertools import chain
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
    out.writelines(as_bytes(encode(record)) + b"\n" for record in _objects(answer, totals=options.totals))


def _objects(answer: Answer, *, totals: bool) -> Iterable[Record]:
    if isinstance(answer, Page):
        return _objects(answer.data, totals=totals)
    if isinstance(answer, Records):
        return answer.printed()
    last = answer.totals_dict() if totals else None
    return answer.dicts() if last is None else chain(answer.dicts(), [last])
