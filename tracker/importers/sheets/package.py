"""An Office package (ECMA-376): its parts, read piece by piece, and the shared texts of a workbook.

There are no entities, no outside links and no unpacking without end. The standard library's expat is used directly.
openpyxl (last release June 2024) resolves the entities of a document type unless another package is installed, holds
all texts in memory and cannot tell a formula that was never computed from an empty cell; calamine lays the whole sheet
out at once, so that two cells in far corners end the process (tafia/calamine#693). Reading needs five elements of the
format. Texts stay in memory while they are few, and go to a temporary file then.
"""

import zipfile
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from xml.parsers import expat

from tracker.importers.sheets import LONGEST_CELL, UnreadableSheet

CHUNK = 1 << 16
"""Bytes parsed in one go."""

LARGEST_PART = 2 << 30
"""Bytes of a part, unpacked."""

MOST_PACKED = 300
"""How many times its packed size a part may have; sheets reach 30."""

SMALL = 64 << 20
"""Bytes that any part may have, however well it is packed."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Package:
    """A zip file that holds XML parts."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise UnreadableSheet(f"no XLSX: {error}") from None

    def has(self, name: str) -> bool:
        """Tell whether there is such a part."""
        return name in self._zip.NameToInfo

    def mentions(self, name: str, *marks: bytes) -> bool:
        """Tell whether a part may hold one of these texts; raises UnreadableSheet as ``parse`` does."""
        tail, longest = b"", max(map(len, marks))
        with self._opened(name) as pieces:
            for piece in pieces:
                text = tail + piece.replace(b"\0", b"")  # UTF-16 parts ASCII letters by zero bytes
                if any(mark in text for mark in marks):
                    return True
                tail = text[-longest:]
        return False

    def parse(self, name: str, start: Start, end: End, text: Text) -> Iterator[None]:
        """Feed a part to the handlers and yield after each piece; names of elements come without their namespace.

        Raises UnreadableSheet for a document type, damage, and more bytes than are believed.
        """
        parser = expat.ParserCreate(namespace_separator="\x1f")
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition("\x1f")[2], attributes)
        parser.EndElementHandler = lambda tag: end(tag.rpartition("\x1f")[2])
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype(name)
        try:
            with self._opened(name) as pieces:
                for piece in pieces:
                    parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
                    yield
                parser.Parse(b"", True)  # noqa: FBT003
                yield
        except expat.ExpatError as error:
            raise UnreadableSheet(f"no XLSX: {name}: {error}") from None

    @contextmanager
    def _opened(self, name: str) -> Iterator[Iterator[bytes]]:
        """Unpack a part piece by piece; raises UnreadableSheet for damage and more bytes than are believed."""
        info = self._zip.getinfo(name)
        try:
            with self._zip.open(info) as part:
                yield _pieces(part, name, min(LARGEST_PART, max(SMALL, info.compress_size * MOST_PACKED)))
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise UnreadableSheet(f"no XLSX: {name}: {error}") from None
        except (LookupError, ValueError) as error:
            if type(error) not in (LookupError, ValueError):
                raise
            # expat asks Python for an encoding that it does not know itself; it may be none, or of several bytes
            raise UnreadableSheet(f"no XLSX: {name} declares an encoding that is not read: {error}") from None
        except Exception as error:
            if type(error).__module__ == "zlib":
                raise UnreadableSheet(f"no XLSX: {name} is damaged: {error}") from None
            raise


def _pieces(part: IO[bytes], name: str, most: int) -> Iterator[bytes]:
    read = 0
    while piece := part.read(CHUNK):
        read += len(piece)
        _refuse_bomb(name, read, most)
        yield piece


def _refuse_bomb(name: str, read: int, most: int) -> None:
    if read > most:
        raise UnreadableSheet(f"{name} unpacks to more than {most >> 20} MiB; not read further")


def _refuse_doctype(name: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise UnreadableSheet(f"{name} declares a document type, which no workbook needs; it is not read")

    return refuse


IN_MEMORY = 16 << 20
"""Bytes of text that are held in memory."""

PART = "xl/sharedStrings.xml"


class Texts:
    """Texts by number; cells refer to them."""

    def __init__(self, package: Package, part: str = PART) -> None:
        self._held: list[str] = []
        self._starts = array("Q", [0])
        self._file: IO[bytes] | None = None
        self._size = 0
        if package.has(part):
            try:
                self._read(package, part)
            except BaseException:
                self.close()
                raise

    def __getitem__(self, number: int) -> str:
        if 0 <= number < len(self._held):
            return self._held[number]
        index = number - len(self._held)
        if self._file is None or not 0 <= index < len(self._starts) - 1:
            raise UnreadableSheet(f"a cell refers to text {number}, which the workbook does not hold")
        self._file.seek(self._starts[index])
        return self._file.read(self._starts[index + 1] - self._starts[index]).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of the temporary file."""
        if self._file is not None:
            self._file.close()

    def _add(self, text: str) -> None:
        self._size += len(text)
        if self._size <= IN_MEMORY:
            self._held.append(text)
            return
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - closed with the sheet
        self._file.write(text.encode("utf-8", "surrogatepass"))
        self._starts.append(self._file.tell())

    def _read(self, package: Package, part: str) -> None:
        pieces: list[str] = []
        length = 0
        wanted = phonetic = False

        def start(tag: str, _: dict[str, str]) -> None:
            nonlocal wanted, phonetic, length
            if tag == "si":
                pieces.clear()
                length = 0
            phonetic = phonetic or tag == "rPh"  # how Japanese is pronounced; no part of the text
            wanted = tag == "t" and not phonetic

        def end(tag: str) -> None:
            nonlocal wanted, phonetic
            wanted = False
            if tag == "rPh":
                phonetic = False
            elif tag == "si":
                self._add("".join(pieces))

        def text(piece: str) -> None:
            nonlocal length
            if wanted:
                length += len(piece)
                if length > LONGEST_CELL:
                    raise UnreadableSheet(f"a cell holds more than {LONGEST_CELL} characters")
                pieces.append(piece)

        for _ in package.parse(part, start, end, text):
            pass
