"""What the rows above say of a row: headings, and cells that are filled down."""

from dataclasses import replace

from tracker.importers.mapping.binding import Bound
from tracker.importers.mapping.specs import Heading
from tracker.importers.mapping.texts import CellError, Cells, text_of
from tracker.importers.sheets.reading import folded


class Above:
    """Follows the rows of a sheet in their order.

    A heading holds until the next of the same spec, or of one that stands before it in the map; with it, what is
    filled down begins anew. So it does where a column to the left, filled down as well, has another text: the columns
    of a list that is grouped go from the whole to its parts.
    """

    def __init__(self, bound: Bound) -> None:
        self._headings = bound.map.headings
        self._columns = [column for column in bound.shown if column in bound.map.filled_down]
        self._said: dict[str, str] = {}
        self._carried: dict[str, str] = {}
        self._faults: dict[str, str] = {}

    def is_heading(self, cells: Cells) -> bool:
        """Tell whether a row is a heading, and keep what it says for the rows below."""
        for position, heading in enumerate(self._headings):
            text = _heading_text(heading, cells)
            if text:
                for inner in self._headings[position:]:
                    self._said.pop(folded(inner.name), None)
                self._said[folded(heading.name)] = text
                self._carried.clear()
                self._faults.clear()
                return True
        return False

    def filled(self, cells: Cells) -> Cells:
        """The row with what stands above it."""
        if not self._columns and not self._said:
            return cells
        values, faults = {**cells.values, **self._said}, dict(cells.faults)
        for column in self._columns:
            if column in cells.faults:
                break
            if column not in cells.values:
                if column in self._carried:
                    values[column] = self._carried[column]
                if column in self._faults:
                    faults[column] = self._faults[column]
            elif cells.values[column] != self._carried.get(column):
                break
        return replace(cells, values=values, faults=faults)

    def take(self, cells: Cells) -> None:
        """Note a row that was filled, for those below it."""
        for column in self._columns:
            self._carried.pop(column, None)
            self._faults.pop(column, None)
            if column in cells.faults:
                self._faults[column] = cells.faults[column]
            elif column in cells.values:
                self._carried[column] = cells.values[column]


def _heading_text(heading: Heading, cells: Cells) -> str | None:
    readable = replace(cells, faults={})
    try:
        if heading.when:
            return text_of(heading.text, readable) if readable.meets(heading.when) else None
        alone = cells.values.keys() <= set(heading.text.columns) and not cells.faults
        return text_of(heading.text, readable) if alone else None
    except CellError:  # the row does not hold what the pattern asks for
        return None
