"""The relations that a row tells of: to the agreement of a key, or of the row that holds some texts."""

from collections.abc import Callable, Mapping

from tracker.importers.mapping.one_row import OneRow
from tracker.importers.mapping.parties import columns_of
from tracker.importers.mapping.specs import Relation
from tracker.importers.mapping.texts import text_of, texts_of
from tracker.record.types import Record

Find = Callable[[Relation, Mapping[str, str]], str | None]
"""The key of the one row whose columns hold these texts."""

KEY = "key:"
"""What stands before the key of an agreement of the same set."""


class Relations:
    """Reads the relations of one row."""

    def __init__(self, one: OneRow, find: Find) -> None:
        self.one, self.find = one, find
        self.columns: dict[str, str] = {}
        """The column in which each key stands that a relation leads to, by what the relation says of it."""

    def told(self, spec: Relation) -> list[Record]:
        """Return the relations of a spec; a list of objects tells of an item each."""
        leading = columns_of((), [text for text in (spec.key, *spec.find.values()) if text])
        beside = columns_of(spec.when, [text for text in (spec.type, spec.title, *spec.texts.values()) if text])
        one, whole, made = self.one, self.one.row, list[Record]()
        try:
            for one.row in whole.spread(leading, beside):
                made += self._relations(spec)
        finally:
            one.row = whole
        return made

    def _relations(self, spec: Relation) -> list[Record]:
        """The relations of a row; a cell with several keys leads to as many agreements."""
        one = self.one
        if not one.row.meets(spec.when):
            return []
        kind = text_of(spec.type, one.row)
        targets, columns = self._targets(spec)
        if targets and kind is None:
            one.note(columns, "leads to an agreement, but the row does not say how the two are related")
            return []
        title = text_of(spec.title, one.row)
        if not targets:
            self._tell_aimless(spec)
            return []
        fields = one.texts("relations", spec.texts)
        for key, _ in targets:
            if key:
                self.columns[KEY + key] = " + ".join(map(one.row.name, columns))
        return [
            {"type": kind, "target_title": title or called, **({"target": KEY + key} if key else {}), **fields}
            for key, called in targets
        ]

    def _targets(self, spec: Relation) -> tuple[list[tuple[str | None, str]], list[str]]:
        """Return the keys that a row leads to, each with what stands for its title, and the columns that say so."""
        if not spec.find:
            keys = texts_of(spec.key, self.one.row) if spec.key else []
            return [(key, f"{self.one.map.name} {key}") for key in keys], columns_of((), [spec.key] if spec.key else [])
        texts = {column: text_of(text, self.one.row) or "" for column, text in spec.find.items()}
        columns = columns_of((), spec.find.values())
        if not all(texts.values()):
            return [], columns
        found = self.find(spec, texts)
        if found is None:
            said = " and ".join(f"{self.one.row.name(column)} {text!r}" for column, text in texts.items())
            self.one.note(columns, f"leads to no row, or to several: none alone has {said}; kept as a title")
        return [(found, " ".join(texts.values()))], columns

    def _tell_aimless(self, spec: Relation) -> None:
        """Remark on words of a relation that leads nowhere and that nothing else takes."""
        texts = [spec.type, *([spec.title] if spec.title else []), *spec.texts.values()]
        columns = [column for text in texts for column in text.columns if column not in self.one.bound.kept]
        self.one.note(columns, "is of a relation, but the row does not say to which agreement")
