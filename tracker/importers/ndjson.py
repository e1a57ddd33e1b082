"""Newline-delimited JSON: one object of the register a line, as ``export -f ndjson`` writes them."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from tracker.importers import Document, Entry, Problem
from tracker.importers.sheets.objects import loads

SUMMARY = "NDJSON: one object of the register a line"
SUFFIXES = (".ndjson", ".jsonl")
LONGEST = 32 * 1024 * 1024
"""Bytes of one line; what is longer is no record."""


def matches(head: bytes) -> bool:
    """Tell whether the first line is a whole JSON object and not the only thing of a JSON document."""
    line, newline, rest = head.lstrip().partition(b"\n")
    if not line.startswith(b"{") or not newline:
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return not rest.strip() or rest.lstrip().startswith(b"{")


def read(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Yield the objects line by line."""
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(line) > LONGEST:
            yield Problem(where, f"the line is longer than {LONGEST >> 20} MiB; a record is one line", fatal=True)
            return
        if not line.strip():
            continue
        try:
            content = loads(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        except ValueError as error:
            yield Problem(where, str(error))
            continue
        if isinstance(content, dict) and content.get("record") == "tracker":
            yield from _header(content, where)
        else:
            yield Document(where, content)


def _header(content: dict[str, object], where: str) -> Iterator[Problem]:
    if content.get("format") != 1:
        yield Problem(where, f"format {content.get('format')!r} is not known; this program reads format 1", fatal=True)
