"""Which encoding a text file is in, decided by its bytes and never by chance."""

import codecs
from typing import BinaryIO

from tracker.importers.sheets import UnreadableSheet

CHUNK = 1 << 20
"""Bytes looked at in one go."""

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""Byte order marks; a file that bears one says itself what it is."""


def detect(stream: BinaryIO) -> tuple[str, str | None]:
    """Name the encoding of a stream that can seek, and say where that was an inference; leaves it at its beginning.

    A byte order mark decides; then zero bytes in every other place mean UTF-16; then a file that is UTF-8 from its
    first byte to its last is UTF-8. Anything else is taken for Windows-1252, which old spreadsheets write in Western
    Europe and America, and that is said. Raises UnreadableSheet for what is no text.
    """
    head = stream.read(4096)
    try:
        for mark, name in MARKS:
            if head.startswith(mark):
                return name, None
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


def _narrow(stream: BinaryIO, chunk: bytes) -> tuple[str, str | None]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    name, remark, offset = "utf-8", None, 0
    undefined = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # the five that Windows-1252 leaves open
    while chunk:
        if b"\0" in chunk:
            raise UnreadableSheet("holds zero bytes: this is no text file; save the sheet as CSV UTF-8 or XLSX")
        if remark is None:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                byte = error.object[error.start]
                name = "cp1252"
                remark = f"not UTF-8 (byte {byte:#04x} near offset {offset + error.start}): read as "
        if remark is not None and not set(undefined).isdisjoint(chunk):
            name = "latin-1"
        offset += len(chunk)
        chunk = stream.read(CHUNK)
    if remark is None:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            name, remark = "cp1252", "not UTF-8 (cut off in a letter at its end): read as "
    if remark is not None:
        remark += f"{'Windows-1252' if name == 'cp1252' else 'Latin-1'}; check the letters with accents"
    return name, remark
