"""Parts of an Office package (ECMA-376), read piece by piece: no entities, no outside links, no unpacking without end.

The standard library's expat is used directly. openpyxl (last release June 2024) resolves the entities of a document
type unless another package is installed, holds all texts in memory and cannot tell a formula that was never computed
from an empty cell; calamine lays the whole sheet out at once, so that two cells in far corners end the process
(tafia/calamine#693). Reading needs five elements of the format.
"""

import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from tracker.importers.sheets import UnreadableSheet

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
        info = self._zip.getinfo(name)
        most = min(LARGEST_PART, max(SMALL, info.compress_size * MOST_PACKED))
        read = 0
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(CHUNK):
                    read += len(chunk)
                    _refuse_bomb(name, read, most)
                    parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position
                    yield
                parser.Parse(b"", True)  # noqa: FBT003
                yield
        except expat.ExpatError as error:
            raise UnreadableSheet(f"no XLSX: {name}: {error}") from None
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise UnreadableSheet(f"no XLSX: {name}: {error}") from None
        except Exception as error:
            if type(error).__module__ == "zlib":
                raise UnreadableSheet(f"no XLSX: {name} is damaged: {error}") from None
            raise


def _refuse_bomb(name: str, read: int, most: int) -> None:
    if read > most:
        raise UnreadableSheet(f"{name} unpacks to more than {most >> 20} MiB; not read further")


def _refuse_doctype(name: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise UnreadableSheet(f"{name} declares a document type, which no workbook needs; it is not read")

    return refuse
