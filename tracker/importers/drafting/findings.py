"""What is found of a sheet: its columns and what each holds, the acts that it dates, and what has to be asked."""

from dataclasses import dataclass, field

from tracker.importers.drafting.days import Days
from tracker.importers.sheets import Row


@dataclass(slots=True)
class PartyColumn:
    """How a column names parties."""

    scheme: str = "name"
    signs: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Names that no party bears."""
    na: bool = False
    """``NA`` stands among names, and can mean Namibia or nothing."""
    short: list[str] = field(default_factory=list)
    """Codes of states among names, which can mean an organisation: ``EC``."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a column may be, as a question with what to write."""

    why: str
    scheme: str = "name"
    signs: tuple[str, ...] = ()


@dataclass(slots=True)
class Column:
    """A column and what is told of it."""

    name: str
    cells: list[str]
    """Its cells, row by row; empty ones too."""
    values: list[str]
    """Its filled cells."""
    days: Days | None = None
    party: PartyColumn | None = None
    flag: bool = False
    """The header is a party, and the cells say whether it takes part."""
    field: str | None = None
    """The field of the record that it fills."""
    question: str | None = None
    """Why it is left open."""
    doubt: Doubt | None = None
    """It may hold parties."""
    link: bool = False
    """Its cells are the addresses to which those of another column lead."""
    of: str = ""
    """Of a column of days: the party that its header names."""
    rest: str = ""
    """What such a header says beside the party."""


@dataclass(slots=True)
class DatedEvent:
    """An act, and the columns that hold its day."""

    kind: str | None
    """None: the header does not say of what."""
    column: Column | None = None
    parts: dict[str, Column] = field(default_factory=dict)
    """``year``, ``month``, ``day`` to the column of each."""
    of_parties: bool = False
    of: str = ""
    """The one party whose act it is, as the header names it."""
    each: list[Column] = field(default_factory=list)
    """One column a party: its header says whose act it is."""
    told_by: Column | None = None
    """The column whose words say what happened."""
    maybe: str = "signed"
    """What it may be where the kind is not known."""

    @property
    def columns(self) -> list[Column]:
        """All its columns."""
        return [self.column] if self.column else list(self.parts.values())


@dataclass(frozen=True, slots=True)
class Related:
    """A column that names other agreements."""

    type: str
    column: Column
    by: str = ""
    """What its cells hold of the other rows: their ``key`` or their ``title``; nothing: neither."""
    signs: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    """Most of its texts, where these are no keys of the sheet."""


@dataclass(slots=True)
class Lonely:
    """Rows that hold one cell alone, all in one column: headings of those below, perhaps."""

    column: str
    rows: list[Row]
    texts: list[str]
    word: str | None = None
    """The first word of them all, such as ``Chapter``: then they are headings."""


@dataclass(slots=True)
class Sheet:
    """What a sheet holds, as far as it can be told."""

    at: list[int]
    above: list[Row]
    rows: list[Row]
    """Records: the rows below the header that do not sum up others."""
    columns: list[Column]
    totals: list[tuple[str, str]] = field(default_factory=list)
    """Column and text of rows that sum others up."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Column and text of the notes below the table."""
    title: Column | None = None
    titles: list[str] = field(default_factory=list)
    """Columns that may hold titles too."""
    key: Column | None = None
    identifiers: dict[str, Column] = field(default_factory=dict)
    """Columns of the numbers of a series, by its name."""
    near_key: Column | None = None
    """A column that would name the rows, but for texts that stand in several of them."""
    events: list[DatedEvent] = field(default_factory=list)
    called: list[Column] = field(default_factory=list)
    """Columns called as parties whose cells are neither days nor yes and no."""
    relations: list[Related] = field(default_factory=list)
    coded: list[Column] = field(default_factory=list)
    """Columns that hold nothing but codes of countries, whatever their header says."""
    na_is_namibia: list[str] = field(default_factory=list)
    """Columns of codes in which ``NA`` stands for Namibia."""
    lonely: Lonely | None = None
    roles: dict[str, Column] = field(default_factory=dict)
    """Of JSON: the column of the role beside each column of parties."""
    encoding: str | None = None
    """What is likely the encoding of a text in another script than the Latin one."""
    path: str | None = None
    """Of JSON: where the list of rows stands in the document."""
    lists: list[str] = field(default_factory=list)
    """Of JSON: other lists of objects, which may be the rows."""
    without_party: list[int] = field(default_factory=list)
    """Rows in which no party column holds anything."""
    number: Column | None = None
    """A column that numbers the titles, where these repeat."""
    act: Column | None = None
    """A column that names an act of a party in each row: ``Signature``, ``Ratification``."""
    memberships: bool = False
    """Titles repeat, and each row names one party: a row may be a party's part in an agreement."""

    def of(self, wanted: str) -> list[Column]:
        """The columns of a field."""
        return [column for column in self.columns if column.field == wanted]

    @property
    def parties(self) -> list[Column]:
        """The columns that hold parties."""
        return [column for column in self.columns if column.party]
