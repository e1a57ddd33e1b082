"""Places inside a page that its cells lead to: sources, records, and items of a record such as events."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from tracker.renderers._parts.moments import is_of_acts
from tracker.table import Section, Table

SOURCE, RECORD = "source", "record"

NAMED: Final[Mapping[str, str]] = {"source": SOURCE, "sources": SOURCE, "ref": RECORD, "agreement": RECORD}
"""Columns whose cells name a source or a record."""
ITEMS: Final = ("event", "evidence", "claim")
"""Columns whose cells name an item of the record that the section belongs to."""


Beyond = Callable[[str, str, str], str | None]
"""The address of another page that has what a text names, by the heading of the section, the column, and the text."""


def nowhere(heading: str, column: str, text: str) -> str | None:  # noqa: ARG001 - a page that stands alone
    """Lead to no other page."""
    return None


class Links(NamedTuple):
    """What cells of a section are, and lead to: the id of a place by the name of a column and a text."""

    places: Mapping[tuple[str, str], str]
    targets: Mapping[tuple[str, str], str]
    beyond: Beyond = nowhere
    heading: str = ""

    @property
    def leads(self) -> bool:
        """Whether anything leads anywhere."""
        return bool(self.targets) or self.beyond is not nowhere

    def place(self, column: str, text: str) -> str | None:
        """Return the id that the row has whose cell this is."""
        return self.places.get((column, text))

    def target(self, column: str, text: str) -> str | None:
        """Return the address of what the text names: on this page, else on another one."""
        place = self.targets.get((column, text))
        return self.beyond(self.heading, column, text) if place is None else f"#{place}"


NOWHERE: Final = Links({}, {})


def anchored(sections: Iterable[Section], beyond: Beyond = nowhere) -> list[tuple[Section, Links]]:
    """Return the sections, each with what its cells are and lead to; the first place of a name is the one."""
    kept = list(sections)
    ids: dict[tuple[str, str], str] = {}
    owners: list[str] = []
    places: list[dict[tuple[str, str], str]] = []
    record = 0
    for section in kept:
        record += section.level == 1
        owners.append(f"item {record}")
        own: dict[tuple[str, str], str] = {}
        for kind, column, text in _named(section, owners[-1]):
            if (kind, text) not in ids:
                ids[kind, text] = own[column, text] = f"at{len(ids) + 1}"
        places.append(own)
    return [
        (section, Links(own, _targets(ids, owner, own), beyond, section.heading or ""))
        for section, owner, own in zip(kept, owners, places, strict=True)
    ]


def _named(section: Section, owner: str) -> Iterable[tuple[str, str, str]]:
    """Yield what a section defines: kind, column (or name of a fact), text."""
    for name, value in section.facts:
        if name == "ref" and isinstance(value, str):
            yield RECORD, name, value
    table = section.table
    if table is None or not isinstance(table.rows, list):
        return
    kind = SOURCE if (section.heading or table.report).lower() == "sources" else owner
    names = [column.name for column in table.columns]
    column = "id" if "id" in names else "event" if "event" in names and is_of_acts(table) else None
    if column is not None:
        cells = (row[names.index(column)] for row in table.rows)
        yield from ((kind, column, cell) for cell in cells if isinstance(cell, str) and cell)


def _targets(
    ids: Mapping[tuple[str, str], str], owner: str, own: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    by_column = {**NAMED, **dict.fromkeys(ITEMS, owner)}
    return {
        (column, text): place
        for (kind, text), place in ids.items()
        for column, wanted in by_column.items()
        if kind == wanted and (column, text) not in own
    }


def is_wide(tables: Iterable[Table | None]) -> bool:
    """Whether paper has to lie across for one of the tables."""
    return any(table is not None and len(table.columns) > ACROSS for table in tables)


ACROSS: Final = 6
"""Columns that paper holds upright."""
