"""Which column holds the titles: one that its header calls so, and whose cells are long and distinct."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.importers.drafting import words

LONG = 12
"""Characters of a title on average; shorter ones are titles only where the header says so."""

SHORT = 4
"""Characters on average of short titles that repeat, such as ``Rome``; ``Mr`` is none."""


@dataclass(frozen=True, slots=True)
class Title:
    """How likely a column holds titles."""

    rank: int
    """What its header says (``words.title_rank``)."""
    distinct: float
    """Different texts among the filled cells, from 0 to 1."""
    length: float
    instruments: float
    """Cells that name an instrument, from 0 to 1."""

    @property
    def certain(self) -> bool:
        """The column holds titles."""
        if self.rank < words.NO_RANK - 1:
            return self.distinct >= 0.5 or (self.length >= LONG and self.distinct >= 0.02)
        if self.rank == words.NO_RANK - 1:  # Name: of an agreement, where its cells are long or call themselves one
            return self.distinct >= 0.5 and (self.length >= LONG or self.instruments >= 0.5)
        return self.distinct >= 0.5 and self.length >= LONG and self.instruments >= 0.5

    @property
    def called(self) -> bool:
        """The header says that the cells are titles, and they are no mere marks."""
        return self.rank < words.NO_RANK - 1 and self.length >= SHORT

    @property
    def possible(self) -> bool:
        """The column may hold titles: whoever knows the sheet is asked."""
        return self.rank < words.NO_RANK or (self.distinct >= 0.8 and self.length >= LONG)


def judge(header: str, cells: Sequence[str], rows: int) -> Title | None:
    """Look at a column whose cells are neither days nor parties; None where they cannot be titles."""
    if len(cells) < max(1, rows * 0.5) or words.cannot_be_a_title(header):
        return None
    if words.title_rank(header) == words.NO_RANK and words.acts(header):
        return None
    wordy = [cell for cell in cells if re.search(r"[^\W\d_]", cell) and "://" not in cell]
    if len(wordy) * 10 < len(cells) * 9:
        return None
    length = sum(map(len, cells)) / len(cells)
    instruments = sum(map(words.names_an_instrument, cells)) / len(cells)
    return Title(words.title_rank(header), len(set(cells)) / len(cells), length, instruments)


def best(judged: Sequence[tuple[str, Title]]) -> tuple[str | None, list[str]]:
    """The column of the titles, None where none is certain, and those that may hold them too, the likeliest first."""
    order = sorted(judged, key=lambda one: (one[1].rank, -one[1].instruments, -one[1].length * one[1].distinct))
    certain = next((name for name, title in order if title.certain), None)
    return certain, [name for name, title in order if title.possible and name != certain]
