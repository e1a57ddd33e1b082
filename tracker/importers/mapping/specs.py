"""What a map says, as plain values: where each text, date, party, event and relation of a row comes from.

Names of columns are kept folded (``sheets.reading.folded``), so that case and runs of blanks in a header do not count.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.importers.mapping.date_formats import Format
from tracker.importers.mapping.patterns import Pattern
from tracker.importers.sheets.reading import Layout

COLUMN = re.compile(r"\{([^{}]+)\}")
"""A column in a template."""

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Test:
    """What a column, or one of those from ``first..last``, has to hold: a text of some, or a match of a pattern."""

    column: str
    values: frozenset[str] = NOTHING
    forbidden: frozenset[str] = NOTHING
    """Texts that none of the columns may hold."""
    pattern: Pattern | None = None
    filled: bool = False


Condition = tuple[Test, ...]
"""All have to hold; none always holds."""


@dataclass(frozen=True, slots=True)
class Text:
    """Where a text comes from, and what is made of it, in the order of the fields."""

    column: str | None = None
    template: str | None = None
    """A text with ``{column}`` in it."""
    constant: str | None = None
    empty: frozenset[str] = NOTHING
    """Texts that stand for nothing."""
    only: frozenset[str] = NOTHING
    """The texts that are taken; where there are some, all others stand for nothing."""
    pattern: Pattern | None = None
    """Its first group is taken, or what ``becomes`` makes of the match."""
    becomes: str | None = None
    separators: tuple[str, ...] = ()
    """Signs between several values in one cell."""
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    """For texts that ``values`` does not hold, or ``pattern`` does not match."""
    codes: tuple[str, ...] = ()
    """The words of the vocabulary that may come out; none: any text."""
    what: str = ""
    """The name of these words in messages."""
    columns: tuple[str, ...] = ()
    """All columns that are read."""


@dataclass(frozen=True, slots=True)
class Date:
    """Where a date comes from: one text, or columns for year, month and day."""

    text: Text | None = None
    parts: tuple[Text | None, Text | None, Text | None] = (None, None, None)
    formats: tuple[Format, ...] = ()
    sentinels: frozenset[str] = NOTHING
    """Dates that the source writes where it has none."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: named by a cell's text or code, by a column's header where the cell says yes, or in every row."""

    columns: tuple[str, ...]
    """A name, or ``first..last`` for all columns from one to the other."""
    when: Condition = ()
    scheme: str = "name"
    separators: tuple[str, ...] = ()
    empty: frozenset[str] = NOTHING
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a text stands for: a party, or several."""
    constants: tuple[str, ...] = ()
    """Parties of every row."""
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Field of the party to its text."""
    yes: frozenset[str] = NOTHING
    """Texts that mean that the party of the header takes part."""
    no: frozenset[str] = NOTHING
    """Texts that mean that it does not; an empty cell always does."""
    beside: tuple[str, ...] = ()
    """Columns, as many, that qualify those of ``columns`` in their order."""
    beside_is: frozenset[str] = NOTHING
    """What such a column has to hold."""
    keeps_unknown: bool = False
    """Whether a name that nobody bears stays as an open question."""


@dataclass(frozen=True, slots=True)
class Event:
    """An act that a row tells of."""

    kind: Text
    when: Condition = ()
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Field of the event to its text."""
    dates: Mapping[str, tuple[Date, ...]] = field(default_factory=dict)
    """Field to dates, of which the first that is there is taken."""
    lists: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    undated: bool = False
    """It happened also where no date is given."""
    of_parties: bool = False
    """It is an act of the row's parties, not of the instrument as a whole."""
    of: tuple[str, ...] = ()
    """The parties whose act it is, whatever else the row names; they take part by it."""
    columns: tuple[str, ...] = ()
    """One column a party: the cell is the day, and whose act it is says the header."""
    keeps_unknown: bool = False
    """Whether such a name that nobody bears stays as an open question."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How a row's agreement relates to that of another row: by its key, or found by what its columns hold."""

    type: Text
    when: Condition = ()
    key: Text | None = None
    find: Mapping[str, Text] = field(default_factory=dict)
    """Column of the other row to the text that it has to hold."""
    title: Text | None = None
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Field of the relation to its text."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that only add parties and events to the agreement of another row."""

    when: Condition
    of: Text
    """The key of that agreement."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Rows that are no agreement and say something of those below, such as ``Chapter II``."""

    name: str
    """Of the column that the rows below have it in."""
    text: Text
    when: Condition = ()
    """Which rows are headings; none: those that hold nothing beside the text."""


@dataclass(frozen=True, slots=True)
class OwnFields:
    """What becomes of columns that nothing else names."""

    kept: bool = True
    ignored: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map."""

    name: str
    """The set in the origin of what is read."""
    nameless: bool
    """Whether the set has no name in the map; ``name`` is then that of its file."""
    file: str
    title: str
    key: Text | None
    scalars: Mapping[str, Text]
    """Field of the record to its text."""
    lists: Mapping[str, tuple[Text, ...]]
    mappings: Mapping[str, Mapping[str, Text]]
    """``titles``, ``identifiers`` and ``extra``: key to text."""
    parties: tuple[Party, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    parts: tuple[Part, ...] = ()
    new_areas: bool = False
    """Whether labels of subjects that are no focus areas yet become such."""
    expires: tuple[Date, ...] = ()
    """The last day of the term."""
    row_key: Text | None = None
    """The key of a row that is part of an agreement, where it has one of its own."""
    skipped: tuple[Condition, ...] = ()
    headings: tuple[Heading, ...] = ()
    filled_down: frozenset[str] = NOTHING
    """Columns whose empty cells hold what stands above."""
    own: OwnFields = OwnFields()
    files: tuple[str, ...] = ()
    """Names of the files that it is for, with ``*`` and ``?``, where several maps are given."""
    recognised: tuple[str, ...] = ()
    """Columns by which a file is known to be of this set."""
    layout: Layout = field(default_factory=Layout)
    header_rows: tuple[int, ...] = ()
    empty: frozenset[str] = NOTHING
    optional: frozenset[str] = NOTHING
    source: Mapping[str, str] | None = None
    asked: frozenset[str] = NOTHING
    """Columns that ``when`` asks about, and of which nothing takes what they hold."""
    used: Mapping[str, str] = field(default_factory=dict)
    """Every column that is named, folded, to the place in the map that names it first."""
