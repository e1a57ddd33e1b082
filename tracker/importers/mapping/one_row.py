"""One row of a sheet under a map: what is read of it cell by cell, and what is odd or cannot be taken."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tracker.importers import Problem, Remark
from tracker.importers.mapping.binding import Bound
from tracker.importers.mapping.specs import Date, Text
from tracker.importers.mapping.texts import CellError, Cells, spelled_span, text_of, texts_of
from tracker.record.types import Json, Record


class OneRow:
    """One row; a cell that cannot be taken is noted, and the rest is still looked at."""

    def __init__(self, bound: Bound, row: Cells, where: str) -> None:
        self.bound, self.map, self.row = bound, bound.map, row
        self.where = where
        self.problems: list[Problem] = []
        self.remarks: list[Remark] = []
        self.refused: set[str] = set()
        """Keys of the record of which a cell could not be taken."""

    def tried(self, key: str, read: Callable[[], Json]) -> Json:
        """Return what is read; a cell that cannot be taken is noted with the key of the record that it would fill."""
        try:
            return read()
        except CellError as error:
            self.refuse(key, error)
            return None

    def refuse(self, key: str, error: CellError) -> None:
        """Note a cell that cannot be taken, with the key of the record that it would fill."""
        self.refused.add(key)
        problem = Problem(self.where, str(error), error.column or None, error.value)
        if problem not in self.problems:
            self.problems.append(problem)

    def listed(self, key: str, texts: Sequence[Text]) -> list[str]:
        """The texts of a list, as far as they can be taken."""
        return [value for text in texts for value in self.tried(key, partial(texts_of, text, self.row)) or ()]

    def texts(self, key: str, texts: Mapping[str, Text]) -> Record:
        """The texts of an item, as far as they can be taken."""
        tried = {field: self.tried(key, partial(text_of, text, self.row)) for field, text in texts.items()}
        return {field: value for field, value in tried.items() if value}

    def tell_spans(self, specs: Sequence[Date], dates: Sequence[str]) -> None:
        """Remark on a date that the text gives as a span: it is read as one day in it, and may be several."""
        for date in dates:
            if spanned := spelled_span(specs, self.row, date):
                why = f"is taken for one day, not known which: {date}; if it names several days, write each of them"
                self.note([spanned], why)

    def note(self, columns: Sequence[str], why: str) -> None:
        """Remark on what stands in columns of the row."""
        for column in dict.fromkeys(columns):
            if value := self.tried("events", partial(self.row.get, column)):
                self.remarks.append(Remark(self.where, why, self.row.name(column), value))
