"""NDJSON: one compact JSON object a line, written as it comes; nothing for no records."""

from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO

from tracker.record.types import Record
from tracker.renderers import RenderOptions
from tracker.renderers.json import encoded, shown
from tracker.table import Answer, Page, Records
from tracker.text.jsons import dumps

SUMMARY = "NDJSON: one compact JSON object a line, for pipes and large exports"
SUFFIXES = (".ndjson", ".jsonl")
SHOWS = "objects"
EXPORTS = "lines"


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write each record, or each row of a table as an object, on a line of its own."""
    as_bytes = shown if options.terminal else encoded
    out.writelines(as_bytes(line) + b"\n" for line in _lines(answer, totals=options.totals))


def _lines(answer: Answer, *, totals: bool) -> Iterable[str]:
    if isinstance(answer, Records) and answer.lines is not None and not answer.keys:
        return answer.lines
    return map(dumps, _objects(answer, totals=totals))


def _objects(answer: Answer, *, totals: bool) -> Iterable[Record]:
    if isinstance(answer, Page):
        return _objects(answer.data, totals=totals)
    if isinstance(answer, Records):
        return answer.printed()
    last = answer.totals_dict() if totals else None
    return answer.dicts() if last is None else chain(answer.dicts(), [last])
