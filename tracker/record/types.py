"""What stands in a field of the record, and how a field and an object are declared. The declarations are in ``shapes``.

A type is a value: its kind, its limit, its pattern, its codes. Validators, JSON Schema, rows and the documentation
read it; nothing here checks anything. Codes are named by their list, so that a read need not load the vocabulary.
"""

from typing import Any, Literal

from tracker.plain import Declared
from tracker.text import tags

Json = Any
"""A value as JSON holds it, of which only its field tells more: null, true, a number, a text, a list, an object."""
Record = dict[str, Json]
"""An object of the register, or one inside it, by its keys. Where its kind is known, ``typed`` has a class for it."""


NAME = 1_000
"""Characters in the longest name, office, entity, place or locator."""
TITLE = 5_000
"""Characters in the longest title or address."""
TEXT = 100_000
"""Characters in the longest quotation or note."""
ITEMS = 10_000
"""Items in the longest list of a record."""
CODE = 120
"""Characters in the longest code, ref or id."""
INT64 = 2**63
"""SQLite's integers end here."""

NO_NUL = r"^[^\x00]*$"
NOT_BLANK = r"^[^\x00]*[^\s\x00][^\x00]*$"
ID = r"^[a-z0-9][a-z0-9-]*$"
ANY_CASE_ID = r"^[A-Za-z0-9][A-Za-z0-9-]*$"
PARTY_CODE = r"^(?:[A-Z]{3}|[a-z0-9][a-z0-9-]*)$"
FOCUS_CODE = r"^[a-z0-9][a-z0-9_-]*$"
PERIOD = r"^P(?:[0-9]{1,4}W|[0-9]{1,4}Y(?:[0-9]{1,4}M)?(?:[0-9]{1,5}D)?|[0-9]{1,4}M(?:[0-9]{1,5}D)?|[0-9]{1,5}D)$"
SCHEME = r"^[^\x00-\x20\[\]]+$"
ALPHA_2 = r"^[A-Z]{2}$"
NUMERIC = r"^[0-9]{3}$"
SHA256 = r"^[0-9a-fA-F]{64}$"

EXPECTED = {
    NO_NUL: "holds a NUL character",
    NOT_BLANK: "is empty",
    FOCUS_CODE: "expected a code of lower-case letters, digits and underscores",
    ID: "expected lower-case letters, digits and hyphens, such as us-jp-sosa-2023",
    ANY_CASE_ID: "expected letters a to z, digits and hyphens, such as us-jp-sosa-2023",
    PARTY_CODE: "expected an ISO 3166-1 alpha-3 code, or a code in lower case such as org-nato",
    PERIOD: "expected a period as ISO 8601 writes it, such as P5Y, P6M or P90D",
    tags.TAG: f"expected a language tag of {tags.EXPECTED}",
    SHA256: "expected a SHA-256 sum of 64 hexadecimal digits",
    ALPHA_2: "expected two capital letters (ISO 3166-1 alpha-2)",
    NUMERIC: "expected three digits (ISO 3166-1 numeric)",
    SCHEME: "expected a scheme without spaces or brackets, such as UNTS or TIAS",
}
"""Pattern to what a person reads whose text does not fit it."""

Kind = Literal[
    "record", "text", "code", "date", "day", "period", "language", "party", "focus_area", "ref", "id",
    "item", "file", "flag", "count", "row", "own_value", "any", "object",
]  # fmt: skip
"""What a single value is.

``record``: the name of the object's kind. ``date``: EDTF. ``day``: an ISO day. ``period``: ISO 8601. ``party``,
``focus_area``, ``ref``, ``id``: the name of another object. ``item``: the id of an item within the record (``e1``).
``file``: the bare name of a file. ``row``: a whole number or a text. ``own_value``: a text, a whole number, true or
false. ``object``: see ``shape``.
"""

Many = Literal["", "list", "mapping"]


class Type(Declared):
    """What stands in a field."""

    kind: Kind
    longest: int = NAME
    """Characters at most."""
    pattern: str = NO_NUL
    """What the text has to match; a key of ``EXPECTED``, but for ids of items."""
    codes: str = ""
    """Where the codes are: the module of ``tracker.record`` and the name in it, as in ``vocabulary.EVENT_KINDS``."""
    published: str = ""
    """Where the codes are that are printed, if input takes more."""
    names: str = ""
    """Kind of the object that an id, ref or code names; of an item's id the list that holds the item."""
    shape: "Shape | None" = None
    """Of an object; of an id the object that may be written in its place."""
    many: Many = ""
    """Several in a list, or under keys of the user's own."""
    keyed_by: "Type | None" = None
    """Of a mapping: what its keys are."""
    or_text: bool = False
    """Of an object: a text may stand in its place."""
    whole: bool = False
    """Of an object: never null, all its keys are always there."""

    @property
    def words(self) -> tuple[str, ...]:
        """The codes that input takes."""
        return _words(self.codes)

    @property
    def printed_words(self) -> tuple[str, ...]:
        """The codes that are printed."""
        return _words(self.published or self.codes)

    @property
    def single(self) -> "Type":
        """The type of one value of a list or mapping."""
        return self.but(many="", keyed_by=None)


def _words(place: str) -> tuple[str, ...]:
    from importlib import import_module

    module, _, name = place.partition(".")
    return tuple(getattr(import_module(f"tracker.record.{module}"), name))


def text(longest: int = NAME, pattern: str = NO_NUL) -> Type:
    """Return a text of bounded length without NUL."""
    return Type("text", longest, pattern)


def code(codes: str, published: str = "") -> Type:
    """Return one of the codes of a list, named as ``vocabulary.EVENT_KINDS``."""
    return Type("code", codes=codes, published=published)


def item(letter: str, names: str = "") -> Type:
    """Return the id of an item: its letter and a number. ``names``: the list that holds it, where it is a reference."""
    return Type("item", 10, rf"^{letter}[1-9][0-9]*$", names=names)


def identifier(names: str, in_place: "Shape | None" = None) -> Type:
    """Return the id of an object; with ``in_place`` the object itself may stand there on input."""
    return Type("id", CODE, ID, names=names, shape=in_place)


def an_object(shape: "Shape", *, whole: bool = False, or_text: bool = False) -> Type:
    """Return an object of a shape."""
    return Type("object", shape=shape, whole=whole, or_text=or_text)


def listed(of: Type) -> Type:
    """Return a list of values of a type."""
    return of.but(many="list")


def mapping(key: Type, of: Type) -> Type:
    """Return values of a type under keys of the user's own."""
    return of.but(many="mapping", keyed_by=key)


LABEL = text()
PROSE = text(TEXT)
HEADING = text(TITLE)
DATE = Type("date", 64)
DAY = Type("day", 10)
DURATION = Type("period", 32, PERIOD)
TAG = Type("language", 64, tags.TAG)
PARTY = Type("party", CODE, PARTY_CODE, names="party")
FOCUS = Type("focus_area", CODE, FOCUS_CODE, names="focus_area")
REF = Type("ref", CODE, ANY_CASE_ID, names="agreement")
FLAG = Type("flag")
COUNT = Type("count")
CONFIDENCE = code("vocabulary.CONFIDENCES")
BINDING = code("vocabulary.BINDING_STATUSES")

Uniting = Literal["claim", "fill", "join", "union", "own", "never"]
"""How two values of a field become one, when records are merged or a source is read again.

``claim``: the value that stays holds, another becomes a claim that is not adopted. ``fill``: another is taken where
there is none. ``join``: texts are joined by a line break. ``union``: of lists and mappings what is not yet there is
added, objects are told apart by the ``identity`` of their shape. ``own``: by a rule in code. ``never``: not at all.
"""

Cell = Literal["", "number", "citations", "children", "none"]
"""How a field is stored, if not as a cell under its own name.

``number``: the number of an item's id. ``citations``: rows of the table ``citation``. ``children``: rows of a table of
its own. ``none``: not at all.
"""


class Field(Declared):
    """A key of an object: what stands there, and where it is shown, asked for and kept."""

    key: str
    type: Type
    meaning: str = ""
    """A few words for the schema, the documentation and the help."""
    example: Json = None
    """A value, for the documentation."""
    required: bool = False
    """Input without it is refused."""
    default: Json = None
    """What a missing key stands for, where that is a code or a flag; else null, ``[]`` or ``{}``."""
    null: bool = True
    """A print may hold null; without meaning where there is a default, and of lists and mappings."""
    printed: bool = False
    """Read-only: in prints alone, ignored on input."""
    through: str = ""
    """Of a read-only field: the key beside it that names the object whose field of the same key it is."""
    heading: str = ""
    """What people read for it; the key in words where it is empty (see ``label``)."""
    unite: Uniting = "claim"
    query: str = ""
    """The field of a query that asks for it."""
    short: str = ""
    """Query name that paths, claims and ``--columns`` take for its path."""
    sheet: bool = False
    """A column that sheets usually have."""
    map: bool = False
    """A map of a table can fill it."""
    sort: bool = False
    """Lists can be sorted by it, as it is printed."""
    compared: bool = False
    """A row where agreements stand side by side."""
    page: str = ""
    """Heading of the section of an agreement's page that shows it; ``facts`` for the list on top."""
    private: str = ""
    """Which of its keeper's own it is (``private.PARTS``), left out of what is published; empty: it is for all."""
    search: str = ""
    """Column of the full-text index that holds its words: ``title``, ``name``, ``linked`` or ``notes``."""
    cell: Cell = ""
    column: str = ""
    """Name of the column, if it is not the key (see ``stored_as``)."""
    ordered: bool = False
    """A list that is kept in the order of its values, not of entry."""
    bounds: str = ""
    """Of dates with columns for the earliest and latest day and for doubt: what the names of these begin with."""
    table: str = ""
    """Of a list of codes that is kept in rows: the table."""
    view: str = ""
    """The published view of that table."""

    @property
    def label(self) -> str:
        """What people read for the field."""
        return self.heading or self.key.replace("_", " ")

    @property
    def stored_as(self) -> str:
        """Name of the column in the row of the object; empty where the field is no cell of it."""
        if self.cell in ("", "number") and self.type.kind != "record":
            return self.column or ("number" if self.key == "id" and self.cell else self.key)
        return ""

    @property
    def listed(self) -> bool:
        """Whether a list stands here."""
        return self.type.many == "list"

    @property
    def mapped(self) -> bool:
        """Whether an object with keys of the user's own stands here."""
        return self.type.many == "mapping"

    @property
    def nullable(self) -> bool:
        """Whether a print may hold null."""
        never = self.required or self.type.many or self.type.whole or self.default is not None
        return self.null and not never

    def says(self, value: Json) -> bool:
        """Whether a value says more than a missing key."""
        unsaid = self.default if self.type.kind == "code" else None
        return value not in (None, [], {}) and (unsaid is None or value != unsaid)

    def blank(self) -> Json:
        """Return what a missing key stands for, fresh on every call."""
        if self.type.many:
            return [] if self.listed else {}
        if self.type.whole and self.type.shape:
            return self.type.shape.blank()
        return self.default


class Shape(Declared):
    """An object of the register, or one inside it."""

    name: str
    meaning: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...] = ()
    """Keys that tell one from another, when lists are united; none: all that it says."""
    one_of: tuple[str, ...] = ()
    """Keys of which one has to be set."""
    apart: str = ""
    """Key that tells those of one identity apart; a single one on each side is the same, whatever stands there.

    That is so where the first key of the identity is known.
    """
    unique: bool = False
    """No two in a list have one identity."""
    typed: tuple[str, str] | None = None
    """What a plain text means as such an object: its first key, and the key of what follows (or empty)."""
    typed_mark: str = " "
    """What stands between the two."""
    table: str = ""
    """The table of its rows."""
    view: str = ""
    """The published view of that table."""
    ordered_by: str = ""
    """Columns that keep its order within the agreement."""

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys in order."""
        return tuple([field.key for field in self.fields])

    @property
    def own_fields(self) -> tuple[Field, ...]:
        """The fields that are no mere print."""
        return tuple([field for field in self.fields if not field.printed])

    @property
    def numbered(self) -> bool:
        """Whether its items have ids of a letter and a number."""
        return self.fields[0].type.kind == "item"

    @property
    def letter(self) -> str:
        """The letter of the ids of its items."""
        return self.fields[0].type.pattern[1] if self.numbered else ""

    @property
    def details(self) -> tuple[Field, ...]:
        """What an item says beside its identity and its id."""
        told = ("id", *self.identity)
        return tuple([field for field in self.own_fields if field.key not in told])

    def blank(self) -> Record:
        """Return a new object with every key in order, read-only ones left out."""
        return {field.key: field.blank() for field in self.own_fields}
