"""Tables of an HTML page: cells that say what they mean, and lead to what they name.

They lead to sources, records, and items of a record such as events: places inside a page, or pages of a site.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from tracker.renderers._parts.cells import Shown, labelled, plain, shown, spoken
from tracker.renderers._parts.markup import escape, is_address
from tracker.renderers._parts.pictures import is_of_acts
from tracker.renderers._parts.words import path_in_words
from tracker.renderers._style import marked
from tracker.table import Cell, Row, Section, Table

NO_LABELS: Mapping[str, str] = {}

LONG = 16
"""Characters of a text from which on it may be broken inside its words."""

DENSE = 11
"""Columns from which on paper takes small letters."""

WHOLE, NAMES = ("code", "date", "flag"), ("id", "ref", "agreement")
"""Kinds and names of columns whose cells are not broken on a screen."""

LONG_TEXTS = frozenset(("title", "note", "reason", "finding", "what it says", "how", "because", "rule", "text"))
"""Columns of sentences: a screen gives them room before the others."""

CARDS = " cards"
"""Class of tables whose rows stand as cards on a narrow screen, each cell below the other with its heading."""

STATUS_COLUMNS = frozenset(("binding_status", "binding status", "binding", "supports", "speaks for"))
"""Columns whose words are a binding status."""

Beyond = Callable[[str, str, str], str | None]
"""The address of another page that has what a text names, by the heading of the section, the column, and the text."""

SOURCE, RECORD = "source", "record"

NAMED: Final[Mapping[str, str]] = {"source": SOURCE, "sources": SOURCE, "ref": RECORD, "agreement": RECORD}
"""Columns whose cells name a source or a record."""

ITEMS: Final = ("event", "evidence", "claim")
"""Columns whose cells name an item of the record that the section belongs to."""

ACROSS: Final = 6
"""Columns that paper holds upright."""


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


def table(
    answer: Table, rows: Iterable[Row], *, caption: str, hidden: bool = False, links: Links = NOWHERE
) -> Iterator[str]:
    """Yield a table as its rows come; ``hidden`` keeps the caption for those who hear the page."""
    columns = shown(answer)
    kind = CARDS if _is_of_texts(columns) else ""
    kind += " dense" if len(columns) >= DENSE else ""
    yield f'<div class="scroll{kind}" role="group" tabindex="0" aria-label="{escape(caption)}"><table>'
    unseen = ' class="hidden"' if hidden else ""
    yield f"<caption{unseen}>{escape(caption)}</caption>"
    yield "<thead><tr>"
    for column in columns:
        css = ' class="number"' if column.is_number else _long(column)
        yield f'<th scope="col"{css}>{escape(column.heading)}</th>'
    yield "</tr></thead>\n<tbody>"
    named = [f' data-of="{escape(column.heading)}"' for column in columns] if kind.startswith(CARDS) else None
    for row in rows:
        yield _row(columns, row, links, named)
    yield "</tbody>"
    if answer.totals is not None:
        yield f"<tfoot>{_row(columns, answer.totals)}</tfoot>"
    yield "</table></div>"


def _is_of_texts(columns: list[Shown]) -> bool:
    """Whether a table is one of texts, not of figures."""
    return len(columns) > 2 and not any(column.is_number for column in columns)


def _row(columns: list[Shown], row: Row, links: Links = NOWHERE, named: list[str] | None = None) -> str:
    cells = [
        f'<td{_class(column, row)}{_place(column, row, links)}{_named_as(named, at, row[column.at])} dir="auto">'
        f"{cell(column, row, links)}</td>"
        if at
        else f'<th scope="row"{_class(column, row)}{_place(column, row, links)} dir="auto">'
        f"{cell(column, row, links)}</th>"
        for at, column in enumerate(columns)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _named_as(named: list[str] | None, at: int, value: Cell) -> str:
    """The heading of a cell that says something, for a card."""
    return "" if named is None or value in (None, "", []) else named[at]


def _long(column: Shown) -> str:
    return ' class="long"' if column.name in LONG_TEXTS else ""


def _class(column: Shown, row: Row) -> str:
    if column.is_number:
        return ' class="number zero"' if row[column.at] == 0 else ' class="number"'
    if column.kind == "date" or column.name == "date":
        return ' class="word day"'
    return ' class="word"' if _is_whole(column) else ""


def _place(column: Shown, row: Row, links: Links) -> str:
    value = row[column.at]
    place = links.place(column.name, value) if isinstance(value, str) else None
    return f' id="{place}"' if place else ""


def cell(column: Shown, row: Row, links: Links = NOWHERE) -> str:
    """A cell: a number, flag or share with its exact value, a share beside its count, text as text.

    What names a place of the page leads there; a path of the record is said in words.
    """
    value = row[column.at]
    if value is None or column.is_typed:
        text = escape(column.text(row))
        return f'<span class="blank">{text}</span>' if text and value is None else text
    if isinstance(value, list | tuple) and links.leads:
        joint = "\n" if column.kind == "lines" else "; "
        return joint.join(_named(column.name, plain(item), links, column.labels) for item in value)
    value = labelled(value, column.labels) if isinstance(value, list | tuple) else value
    if isinstance(value, str):
        said = _leading(column.name, value, links, column.labels) or _path(column, value) or _status(column.name, value)
        if said:
            return said
    share = None if column.share_at is None else row[column.share_at]
    if share is not None and value != 0:
        return f'{_exact(value, column.kind)} <span class="share">({_exact(share, "share")})</span>'
    if _is_whole(column) and isinstance(value, str):
        return escape(spoken(labelled(value, column.labels), column.kind), keep_lines=True)
    return _exact(labelled(value, column.labels), column.kind)


def _is_whole(column: Shown) -> bool:
    return column.kind in WHOLE or column.name in NAMES


def fact(name: str, value: Cell, links: Links = NOWHERE, labels: Mapping[str, str] = NO_LABELS) -> str:
    """A fact as a cell is: what it names is led to, under its label."""
    if isinstance(value, str):
        told = spoken(labels.get(value, value))
        return _leading(name, value, links, labels) or _status(name, value) or _linked(told)
    if isinstance(value, list | tuple) and links.leads:
        return "; ".join(_named(name, plain(item), links, labels) for item in value)
    return _linked(spoken(labelled(value, labels)))


def _named(name: str, item: str, links: Links, labels: Mapping[str, str]) -> str:
    """An item of a list, which leads where the page or another one has what it names."""
    return _leading(name, item, links, labels) or _linked(spoken([labels.get(item, item)]))


def _leading(name: str, text: str, links: Links, labels: Mapping[str, str]) -> str | None:
    target = links.target(name, text)
    if not target:
        return None
    said = spoken([labels.get(text, text)])
    return f'<a href="{escape(target)}">{escape(said) if name in NAMES else _breakable(said)}</a>'


def _status(name: str, value: str) -> str | None:
    classes = marked(value) if name in STATUS_COLUMNS else None
    return f'<span class="{classes}">{escape(spoken(value))}</span>' if classes else None


def _path(column: Shown, text: str) -> str | None:
    said = path_in_words(text) if column.name in ("field", "path") else None
    return f'<data value="{escape(text)}" title="{escape(text)}">{escape(said)}</data>' if said else None


def _exact(value: Cell, kind: str) -> str:
    if isinstance(value, bool | int | float):
        return f'<data value="{plain(value)}">{escape(spoken(value, kind))}</data>'
    return _linked(spoken(value, kind))


def _linked(text: str) -> str:
    """Text; one that is a web address and nothing else is a link to it."""
    shown_text = _breakable(text)
    if is_address(text):
        return f'<a href="{escape(text)}" rel="noopener noreferrer">{shown_text}</a>'
    return shown_text


def with_links(text: str) -> str:
    """A line of text; addresses in angle brackets, as footnotes have them, are links."""
    from re import split

    pieces = split(r"<(https?://[^<>\s]+)>", text)
    return "".join(f"&lt;{_linked(piece)}&gt;" if at % 2 else escape(piece) for at, piece in enumerate(pieces))


def _breakable(text: str) -> str:
    """Text that may be folded after ``_``, ``-``, ``/`` and the like, as refs, codes and addresses want it."""
    if len(text) <= LONG:
        return escape(text, keep_lines=True)
    from re import split

    pieces = split(r"(?<=[_/.?&=-])(?=[^\W\d])|(?<=[_/?&=])(?=\d)", text)  # not inside a date or a number
    return "<wbr>".join(escape(piece, keep_lines=True) for piece in pieces)


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
        for kind, column, text in _named_item(section, owners[-1]):
            if (kind, text) not in ids:
                ids[kind, text] = own[column, text] = f"at{len(ids) + 1}"
        places.append(own)
    return [
        (section, Links(own, _targets(ids, owner, own), beyond, section.heading or ""))
        for section, owner, own in zip(kept, owners, places, strict=True)
    ]


def _named_item(section: Section, owner: str) -> Iterable[tuple[str, str, str]]:
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
