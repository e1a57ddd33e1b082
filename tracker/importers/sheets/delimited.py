"""Delimited text: its encoding, its rows, and TSV as tracker itself writes it."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO, NamedTuple

from tracker.importers.sheets import LONGEST_CELL, MOST_COLUMNS, Row, UnreadableSheet, column_letters

CHUNK = 1 << 20
"""Bytes looked at in one go."""

UTF_8 = "utf-8-sig"
"""UTF-8, whether or not it begins with a byte order mark."""

MARKS = ((codecs.BOM_UTF8, UTF_8), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""Byte order marks; a file that bears one says itself what it is."""


DAMAGED = "utf-8 with stray bytes"
"""The encoding of a file that is UTF-8 but for some bytes, which stand for letters of Windows-1252."""


def detect(stream: BinaryIO) -> tuple[str, str | None]:
    """Name the encoding of a stream that can seek, and say where that was an inference; leaves it at its beginning.

    A byte order mark decides; then zero bytes in every other place mean UTF-16; then a file that is UTF-8 from its
    first byte to its last is UTF-8. One in which the bytes that are no UTF-8 do not outnumber its letters of several
    bytes is ``DAMAGED``. Anything else is taken for Windows-1252, which old spreadsheets write in Western Europe and
    America, and that is said. Raises UnreadableSheet for what is no text.
    """
    head = stream.read(4096)
    try:
        for mark, name in MARKS:
            if head.startswith(mark):
                stray = name == UTF_8 and _narrow(stream, head)[0] != "utf-8"
                return DAMAGED if stray else name, None
        if wide := _without_mark(head):
            return wide, f"no byte order mark; read as {wide.upper()}, for every other byte is zero"
        return _narrow(stream, head)
    finally:
        stream.seek(0)


def _without_mark(head: bytes) -> str | None:
    """Tell UTF-16 by its zero bytes: a sheet's first line holds ASCII."""
    even, odd = head[::2], head[1::2]
    if len(head) < 4 or b"\0" not in head:
        return None
    if odd.count(0) > len(odd) // 2 and 0 not in even:
        return "utf-16-le"
    if even.count(0) > len(even) // 2 and 0 not in odd:
        return "utf-16-be"
    return None


_UNDEFINED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
"""The five bytes that Windows-1252 leaves open."""


WESTERN = ("cp1252", "latin-1")
"""What a file is taken for that is no UTF-8."""


def damaged(stream: BinaryIO) -> bool:
    """Tell whether a file that is said to be UTF-8 holds bytes that are none; leaves it at its beginning."""
    try:
        return _narrow(stream, stream.read(CHUNK))[0] != "utf-8"
    finally:
        stream.seek(0)


def _narrow(stream: BinaryIO, chunk: bytes) -> tuple[str, str | None]:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    name, remark, offset, letters, strays = "cp1252", None, 0, 0, 0
    while chunk:
        if b"\0" in chunk:
            raise UnreadableSheet("holds zero bytes: this is no text file; save the sheet as CSV UTF-8 or XLSX")
        text = decoder.decode(chunk)
        if not text.isascii():
            found = _STRAY.findall(text)
            strays += len(found)
            letters += len(chunk) - len(text)
            if found and remark is None:
                remark = (
                    f"not UTF-8 (byte {ord(found[0]) - _ESCAPED:#04x} near offset {offset + _place(chunk)}): read as "
                )
        if not _UNDEFINED.isdisjoint(chunk):
            name = "latin-1"
        offset += len(chunk)
        chunk = stream.read(CHUNK)
    if cut := decoder.decode(b"", final=True):
        strays += len(cut)
        remark = remark or "not UTF-8 (cut off in a letter at its end): read as "
    if remark is None:
        return "utf-8", None
    if 0 < letters >= strays:
        return DAMAGED, None
    read_as = "Windows-1252" if name == "cp1252" else "Latin-1"
    step = 'if they are wrong, say in a map what it is: [sheet] encoding = "..."'
    return name, f"{remark}{read_as}; check the letters with accents; {step}"


def _place(chunk: bytes) -> int:
    """The place of the first byte of a piece that is no UTF-8."""
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(chunk)


_ESCAPED = 0xDC00
"""What Python adds to a byte that is no UTF-8, to keep it in a text."""

_STRAY = re.compile("[\udc80-\udcff]")


def _mended(text: str) -> str:
    """Read the bytes of a text that are no UTF-8 as Windows-1252."""
    return _STRAY.sub(lambda found: bytes((ord(found[0]) - _ESCAPED,)).decode("cp1252", "replace"), text)


NAMED_STRAYS = 20
"""Rows with bytes that are no UTF-8 of which each is named."""


def strays(stream: BinaryIO, delimiter: str | None = None) -> list[str]:
    """Name the rows and cells of a ``DAMAGED`` file that hold such bytes; leaves it at its beginning."""
    named: list[str] = []
    more = 0
    for row in _decoded(stream, UTF_8, "surrogateescape", delimiter):
        for position, cell in enumerate(row.cells):
            if found := _STRAY.findall(cell):
                bytes_ = ", ".join(dict.fromkeys(f"{ord(char) - _ESCAPED:#04x}" for char in found))
                more += len(named) == NAMED_STRAYS
                if len(named) < NAMED_STRAYS:
                    place = f"row {row.number}: cell {column_letters(position)}{row.number}"
                    named.append(
                        f"{place}: byte {bytes_} is no UTF-8, as the rest of the file is;"
                        f" read as of Windows-1252: {_mended(cell)!r}"
                    )
    stream.seek(0)
    return [*named, *([f"bytes that are no UTF-8 stand in {more} more cells; read as of Windows-1252"] if more else [])]


DELIMITERS = ",;\t|"
"""Signs that part cells, the likeliest first."""

LONGEST_LINE = 8 * LONGEST_CELL
"""Characters of one line of the file."""

SAMPLED = 30
"""Rows by which the delimiter is found."""


def rows(stream: BinaryIO, encoding: str, delimiter: str | None = None) -> Iterator[Row]:
    """Yield every row that holds anything, numbered as a spreadsheet numbers it; raises UnreadableSheet."""
    if encoding != DAMAGED:
        yield from _decoded(stream, encoding, "strict", delimiter)
        return
    for row in _decoded(stream, UTF_8, "surrogateescape", delimiter):
        yield Row(row.number, [cell if cell.isascii() else _mended(cell) for cell in row.cells])


def _decoded(stream: BinaryIO, encoding: str, errors: str, delimiter: str | None) -> Iterator[Row]:
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    try:
        mark, said = _delimiter(text, delimiter)
        text.seek(0)
        yield from _rows(text, mark, said=said)
    except UnicodeError as error:
        raise UnreadableSheet(f"not {encoding.upper()}: {error}; save the sheet as CSV UTF-8") from None
    finally:
        with suppress(ValueError):  # closed already
            text.detach()  # the stream is the caller's, who closes it


def _rows(text: io.TextIOWrapper, delimiter: str, *, said: bool) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    given = lines(text)
    reader = csv.reader(given, delimiter=delimiter, strict=True)
    number = 0
    if said:
        next(given)
        number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableSheet(f"row {number}: no CSV: {error}") from None
        filled = [cell.strip() for cell in cells]
        if any(filled):
            if any("\0" in cell for cell in filled):
                raise UnreadableSheet(f"row {number}: holds a zero byte: this is no text file")
            yield Row(number, filled)


def lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines of a file; raises UnreadableSheet for one without end, and where the bytes are no such text."""
    while True:
        try:
            line = text.readline(LONGEST_LINE)
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            said = f"begins as {error.encoding} and is not: byte {byte:#04x}; save the sheet as CSV UTF-8 or XLSX"
            raise UnreadableSheet(said) from None
        if not line:
            return
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise UnreadableSheet(f"a line is longer than {LONGEST_LINE} characters")
        yield line


def _delimiter(text: io.TextIOWrapper, chosen: str | None) -> tuple[str, bool]:
    """Choose the sign that parts most rows into the same, largest number of cells.

    A list inside a cell (``USA; Japan``) has its sign in the rows too, but not in the header, or not as often each
    time.
    A first line ``sep=;``, as Excel takes it, decides; the second value tells whether there is one.
    """
    sample = list(islice(lines(text), SAMPLED))
    first = sample[0].strip() if sample else ""
    said = len(first) == 5 and first.lower().startswith("sep=")
    if chosen is not None or said:
        return chosen or first[4], said

    return max(DELIMITERS, key=lambda mark: (*_likeness(sample, mark), -DELIMITERS.index(mark))), False


def _likeness(sample: list[str], mark: str) -> tuple[int, int]:
    """Rank how a sign parts the rows: all alike, else most of them alike, else some; then by the number of cells."""
    with suppress(csv.Error):
        widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=mark) if any(cells))
        rows = widths.total()
        scores = ((2 * count // rows, width * count) for width, count in widths.items() if width > 1)
        return max(scores, default=(0, 0))
    return 0, 0


_ESCAPE = re.compile(r"\\(?:([tnr\\])|x([0-9a-f]{2})|u([0-9a-f]{4})|(.|$))", re.DOTALL)
_SIGNS = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


NAMES = frozenset({"title", "ref"})
"""One of these is in the header of every list that can be imported."""


class Verdict(NamedTuple):
    """Whether a file is ours, and what whoever imports it should know of how it is read."""

    ours: bool
    remark: str | None = None


def judge(stream: BinaryIO, *, one_column: bool) -> Verdict:
    """Look through a whole UTF-8 file; ``one_column``: whether one without a tab in its header may be ours too."""
    width = escaped = 0
    backslash = foreign = None
    for number, cells in _cells(stream):
        if number == 1:
            width = len(cells)
            if NAMES.isdisjoint(cells) or (width == 1 and not one_column) or width > MOST_COLUMNS:
                return Verdict(ours=False)
        if any("\\" in cell for cell in cells):
            escaped += 1
            backslash = backslash or number
        foreign = foreign or _foreign(cells, width, number)
        if foreign and (backslash or width == 1):
            break
    if foreign:
        remark = f"row {backslash}: backslashes stay as they are: {foreign}, so this is no TSV that tracker wrote"
        return Verdict(ours=False, remark=remark if backslash and width > 1 else None)
    undone = r"read as TSV that tracker wrote: \n, \t and \\ stand for a line end, a tab and a backslash"
    return Verdict(ours=True, remark=f"{undone} (in {escaped} row{'s' * (escaped > 1)})" if escaped else None)


def own_rows(stream: BinaryIO) -> Iterator[Row]:
    """Yield every row that holds anything, its cells as they were before they were written."""
    for number, cells in _cells(stream):
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise UnreadableSheet(f"row {number}: a cell holds more than {LONGEST_CELL} characters")
        if any(cells):
            yield Row(number, [_ESCAPE.sub(_sign, cell) if "\\" in cell else cell for cell in cells])


def _cells(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="\n")
    try:
        for number, line in enumerate(lines(text), 1):
            yield number, line.removesuffix("\n").removesuffix("\r").split("\t")
    finally:
        with suppress(ValueError):  # closed already
            text.detach()  # the stream is the caller's


def _foreign(cells: list[str], width: int, number: int) -> str | None:
    """What of a row tracker does not write."""
    if len(cells) > width:
        return f"row {number} has more cells than the header"
    for cell in cells:
        if cell.startswith('"'):
            return f"a cell of row {number} begins with a quotation mark"
        if "\\" in cell and any(escape[4] is not None for escape in _ESCAPE.finditer(cell)):
            return f"a backslash of row {number} begins no escape"
    return None


def _sign(escape: re.Match[str]) -> str:
    return _SIGNS[escape[1]] if escape[1] else chr(int(escape[2] or escape[3], 16))
