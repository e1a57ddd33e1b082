"""JSON and NDJSON of any kind as a sheet: an object is a row, its keys are columns, nested ones joined by dots.

A list stands in one cell, its items parted by ``LIST``; of a list of objects each key is a column whose cell holds as
many items as the list has objects, so that columns of one list belong together by position.

JSON text is read with every failure a ValueError of one line.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from tracker.importers.sheets import LIST, LONGEST_CELL, MOST_COLUMNS, Row, UnreadableSheet
from tracker.record.types import Json, Record

LONGEST_LINE = 32 * 1024 * 1024
"""Bytes of one line of NDJSON."""

LONGEST_NAME = 1000
"""Characters of the name of a column, all the keys that lead to it."""

MOST_PLACES = 1_000_000
"""Columns times items of a list of objects: each column holds a place for every item."""

WHOLE = -1
"""Among the faults of a row: what is wrong with all of it."""

_BEGINS = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*(?:\{\s*[\"}]|\]|\[\s*[\"\]]))")

_A_WHOLE_LINE = re.compile(rb"\s*\{\s*\".*\}\s*", re.DOTALL)

_DOWN = {ord(sign): below for sign, below in zip(LIST, (*LIST[1:], LIST[-1]), strict=True)}

LONGEST_NUMBER = 40
"""Digits of a whole number; what is longer is no value of the register and slow to read."""


class Objects(NamedTuple):
    """Rows, the first of which names the columns, and what a row is called."""

    rows: Iterator[Row]
    unit: str


def is_json(head: bytes) -> bool:
    """Tell whether a file that begins so is JSON, not delimited text."""
    return _BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def open_objects(stream: BinaryIO, at: str | None) -> Objects:
    """Give the objects of a stream that can seek: those of the list at a path of keys, of an array, or one a line.

    Raises UnreadableSheet, at once or while the rows come.
    """
    if at is None and _is_by_line(stream):
        return Objects(_rows(stream), "line")
    try:
        content = loads(stream.read().removeprefix(b"\xef\xbb\xbf"), exact=True)
    except ValueError as error:
        raise UnreadableSheet(str(error)) from None
    return Objects(_table(enumerate(_listed(content, at), 1)), "item")


def _is_by_line(stream: BinaryIO) -> bool:
    """Whether the first line that holds anything is an object for itself; a bad one where another begins below it."""
    first = b""
    while not first.strip() and (first := stream.readline(LONGEST_LINE)):
        first = first.removeprefix(b"\xef\xbb\xbf")
    second = stream.readline(LONGEST_LINE)
    stream.seek(0)
    try:
        return isinstance(loads(first), dict)
    except ValueError:
        return _A_WHOLE_LINE.fullmatch(first) is not None and _A_WHOLE_LINE.fullmatch(second) is not None


def lists(stream: BinaryIO) -> list[tuple[str, int]]:
    """The lists of objects below the top of a JSON document, as paths of keys with their lengths, the longest first.

    Of one that is a list itself, or an object a line, there is none: its rows are told.
    """
    if _is_by_line(stream) and _has_more_lines(stream):
        return []
    try:
        content = loads(stream.read().removeprefix(b"\xef\xbb\xbf"), exact=True)
    except ValueError as error:
        raise UnreadableSheet(str(error)) from None
    finally:
        stream.seek(0)
    return sorted(_lists(content, ""), key=lambda found: -found[1]) if isinstance(content, dict) else []


def _has_more_lines(stream: BinaryIO) -> bool:
    """Whether more than one line holds anything; a whole document may stand in one."""
    filled = 0
    while filled < 2 and (line := stream.readline(LONGEST_LINE)):
        filled += bool(line.strip())
    stream.seek(0)
    return filled > 1


def _lists(content: Json, at: str) -> Iterator[tuple[str, int]]:
    """Yield the lists of objects that an object leads to; those inside rows are no lists of rows."""
    for key, value in content.items():
        path = f"{at}.{key}" if at else str(key)
        if isinstance(value, dict):
            yield from _lists(value, path)
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value) and "." not in key:
            yield path, len(value)


def keys_of_rows(stream: BinaryIO) -> list[str]:
    """The keys of a JSON document that holds its rows under keys of their own, as like objects in an object."""
    try:
        content = loads(stream.read().removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        return []
    finally:
        stream.seek(0)
    while isinstance(content, dict) and len(content) == 1:
        (content,) = content.values()
    rows = list(content.values()) if isinstance(content, dict) else []
    like = len(rows) > 1 and all(isinstance(row, dict) for row in rows) and set.intersection(*map(set, rows))
    return list(map(str, content)) if like else []


def top(stream: BinaryIO) -> list[str]:
    """The keys under which a JSON document that is an object holds texts, and no list."""
    content = loads(stream.read().removeprefix(b"\xef\xbb\xbf"))
    stream.seek(0)
    items = content.items() if isinstance(content, dict) else ()
    return [str(key) for key, value in items if not any(isinstance(part, list | dict) for part in _parts(value))]


def _parts(value: Json) -> list[Json]:
    """What stands in an object, and a list as a whole."""
    return list(value.values()) if isinstance(value, dict) else [value]


def _listed(content: Json, at: str | None) -> list[Json]:
    for key in at.split(".") if at else ():
        if not isinstance(content, dict) or key not in content:
            raise UnreadableSheet(f"holds nothing under {at!r}, which the map names as its rows")
        content = content[key]
    return content if isinstance(content, list) else [content]


def _rows(stream: BinaryIO) -> Iterator[Row]:
    columns: dict[str, int] = {}
    for _, content in _lines(stream):
        if isinstance(content, dict):
            for column in flat(content):
                columns.setdefault(column, len(columns))
    stream.seek(0)
    yield from _below(columns, _lines(stream))


def _lines(stream: BinaryIO) -> Iterator[tuple[int, Json]]:
    """Yield the value of each line; what is no JSON is the error itself."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > LONGEST_LINE:
            raise UnreadableSheet(f"line {number}: is longer than {LONGEST_LINE >> 20} MiB; a record is one line")
        if not line.strip():
            continue
        try:
            yield number, loads(line, exact=True)
        except ValueError as error:
            yield number, error


def _table(objects: Iterator[tuple[int, Json]]) -> Iterator[Row]:
    held = list(objects)
    columns: dict[str, int] = {}
    for _, content in held:
        if isinstance(content, dict):
            for column in flat(content):
                columns.setdefault(column, len(columns))
    yield from _below(columns, iter(held))


def _below(columns: dict[str, int], objects: Iterator[tuple[int, Json]]) -> Iterator[Row]:
    if len(columns) > MOST_COLUMNS:
        raise UnreadableSheet(f"more than {MOST_COLUMNS} different keys")
    yield Row(0, list(columns))
    for number, content in objects:
        if isinstance(content, dict):
            cells = [""] * len(columns)
            for column, text in flat(content).items():
                cells[columns[column]] = text
            if any(cells):
                yield Row(number, cells)
        else:
            said = str(content) if isinstance(content, ValueError) else "expected an object, whose keys are columns"
            yield Row(number, [], {WHOLE: said})


def flat(content: Json) -> dict[str, str]:
    """The texts of an object by their keys, nested ones joined by dots; raises UnreadableSheet for too much."""
    texts: dict[str, str] = {}
    try:
        _lay(texts, content, "")
    except RecursionError:
        raise UnreadableSheet("lists in lists, or objects in objects, are nested too deeply") from None
    return texts


def _lay(texts: dict[str, str], content: Json, name: str) -> None:
    """Put the texts of a value under its name, or under the names that its keys make with it."""
    if isinstance(content, dict):
        for key, value in content.items():
            inner = f"{name}.{key}" if name else str(key)
            if len(inner) > LONGEST_NAME:
                raise UnreadableSheet(f"the keys {inner[:60]!r}... make a name of more than {LONGEST_NAME} characters")
            _lay(texts, value, inner)
        return
    if isinstance(content, list):
        items: list[dict[str, str]] = []
        for item in content:
            items.append({})
            _lay(items[-1], item, name)
        texts.update(_of_list(items, name))
        return
    text = _text(content)
    if len(text) > LONGEST_CELL:
        raise UnreadableSheet(f"{name} holds more than {LONGEST_CELL} characters")
    texts[name] = text


def _of_list(items: list[dict[str, str]], name: str) -> dict[str, str]:
    if len(items) == 1:
        return items[0]
    columns = dict.fromkeys(column for item in items for column in item)
    if len(columns) * len(items) > MOST_PLACES:
        counted = f"{len(items)} objects with {len(columns)} different keys"
        raise UnreadableSheet(f"the list {name} holds {counted}; it is no list of like objects")
    joined = {column: [_deeper(item.get(column, "")) for item in items] for column in columns}
    return {column: LIST[0].join(pieces) if any(pieces) else "" for column, pieces in joined.items()}


def _deeper(text: str) -> str:
    return text.translate(_DOWN)


def _text(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "".join(" " if char in LIST else char for char in str(value)).strip()


def loads(data: bytes, *, exact: bool = False) -> Json:
    """Parse UTF-8 JSON; raises ValueError for what is no JSON, too deep, not UTF-8, or holds NaN or a key twice.

    ``exact`` keeps numbers as the texts that they are written as.
    """
    try:
        text = data.decode("utf-8")
        if text.startswith("\ufeff"):
            raise ValueError("no JSON: a byte order mark stands inside the text")
        return (_EXACT if exact else _DECODER).decode(text)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError as error:
        several = "\n" in error.doc.strip()
        where = f"line {error.lineno}, column {error.colno}" if several else f"character {error.pos + 1}"
        raise ValueError(f"no JSON: {error.msg} ({where})") from None


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(digits)} digits; the register holds whole numbers of 64 bits")
    return int(digits)


def _refuse_constant(text: str) -> Json:
    raise ValueError(f"{text} is no JSON value")


def _object(pairs: list[tuple[str, Json]]) -> Record:
    """Make an object; a key that stands twice would silently lose a value."""
    made = dict(pairs)
    if len(made) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key in counts if counts[key] > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return made


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=_whole, object_pairs_hook=_object)
"""Made once: an import of lines reads as many texts as it has records."""

_EXACT = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=str, parse_float=str, object_pairs_hook=_object)
