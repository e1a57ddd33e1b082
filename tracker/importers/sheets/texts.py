"""The shared texts of a workbook: in memory while they are few, then in a temporary file."""

from array import array
from tempfile import TemporaryFile
from typing import IO

from tracker.importers.sheets import LONGEST_CELL, UnreadableSheet
from tracker.importers.sheets.parts import Package

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
        place = number - len(self._held)
        if self._file is None or not 0 <= place < len(self._starts) - 1:
            raise UnreadableSheet(f"a cell refers to text {number}, which the workbook does not hold")
        self._file.seek(self._starts[place])
        return self._file.read(self._starts[place + 1] - self._starts[place]).decode("utf-8", "surrogatepass")

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
