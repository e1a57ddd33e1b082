"""Labels of subjects in a draft turned into focus areas: those that the register has, and new ones where a map asks."""

from collections.abc import Iterator
from zlib import crc32

from tracker.importers import LABEL
from tracker.read.file.connection import Reader
from tracker.record.types import Record
from tracker.text.names import fold, slug

LONGEST = 60
"""Characters of a code that is made from a label."""

_KNOWN = "SELECT code, label FROM focus_areas"


class Subjects:
    """Finds the focus area of a label, and makes one where there is none."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._codes: dict[str, str] | None = None

    def resolve(self, content: Record) -> tuple[Record, list[Record]]:
        """Return a draft with codes in the place of labels, and the focus areas that are new."""
        areas = content.get("focus_areas") or []
        if not any(area.startswith(LABEL) for area in areas):
            return content, []
        new: list[Record] = []
        codes = [self._code(area.removeprefix(LABEL), new) if area.startswith(LABEL) else area for area in areas]
        return {**content, "focus_areas": list(dict.fromkeys(codes))}, new

    def _code(self, label: str, new: list[Record]) -> str:
        if self._codes is None:
            rows = [(str(code), str(text)) for code, text in self._reader.tuples(_KNOWN)]
            self._codes = dict(_spellings(rows))
        known = self._codes.get(fold(label))
        if known is None:
            known = self._codes[fold(label)] = _made(label, set(self._codes.values()))
            new.append({"record": "focus_area", "code": known, "label": label, "parent": None, "note": None})
        return known


def _spellings(rows: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the folded labels and codes, each with its code; a code counts before a label."""
    yield from ((fold(label), code) for code, label in rows)
    yield from ((fold(code), code) for code, _ in rows)


def _made(label: str, taken: set[str]) -> str:
    """Make the code of a label: ``High seas`` is ``high_seas``; one that letters cannot tell apart has a mark."""
    code = slug(label).replace("-", "_")
    if code == "x" or len(code) > LONGEST or code in taken:
        code = f"{code[:LONGEST].strip('_')}_{crc32(label.encode()):08x}"
    return code
