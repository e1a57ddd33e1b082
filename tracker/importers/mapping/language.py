"""The language of maps: texts, dates and conditions with the columns they name; each table as the spec that it is."""

from collections.abc import Iterable, Sequence

from tracker.importers.mapping import date_formats, patterns
from tracker.importers.mapping.specs import (
    COLUMN,
    Condition,
    Date,
    Event,
    Heading,
    OwnFields,
    Part,
    Party,
    Relation,
    Test,
    Text,
)
from tracker.importers.mapping.toml_table import Table
from tracker.importers.sheets.reading import folded
from tracker.record import vocabulary
from tracker.record.relations import TYPES
from tracker.record.shapes import EVENT, PARTICIPATION, RELATION, SOURCE
from tracker.record.types import Field, Record, Type
from tracker.record.vocabulary import expected
from tracker.text import tags
from tracker.text.refs import is_id

RANGE = ".."
"""Between the first and the last of several columns."""

EVENT_LISTS = tuple(field.key for field in EVENT.fields if field.map and field.listed)

SOURCE_KEYS = tuple(field.key for field in SOURCE.own_fields if field.key != "record")

EVENT_DATES = tuple(field.key for field in EVENT.fields if field.map and field.type.kind == "date")

SCHEMES = ("name", "iso2", "iso3", "m49", "cow", "code")
"""What a party column holds."""


class Reader:
    """Reads the parts of a map and notes every column that is named, with the key that names it first."""

    def __init__(self) -> None:
        self.used: dict[str, str] = {}
        self.asked: set[str] = set()
        """Columns that ``when`` asks about."""
        self.told: set[str] = set()
        """Columns of which a table takes what they hold."""
        self.filled_down: set[str] = set()
        self.headings: set[str] = set()
        """Columns that the sheet does not have: what headings say."""

    def column(self, table: Table, name: str, key: str, *, use: bool = True) -> str:
        """Fold the name of a column, and note its use."""
        if not name.strip():
            raise table.problem(key, "expected the name of a column")
        if use and folded(name) not in self.headings:
            self.used.setdefault(folded(name), table.under(key))
            (self.asked if key == "when" else self.told).add(folded(name))
        return folded(name)

    def fill_down(self, table: Table, columns: Iterable[str]) -> None:
        """Note the columns of a table that says ``fill_down = true``."""
        if table.flag("fill_down"):
            self.filled_down.update(columns)

    def columns(self, table: Table, names: Sequence[str], key: str, *, use: bool = True) -> tuple[str, ...]:
        """Fold the names of columns; of a range ``c1..c91`` both ends are noted."""
        given = []
        for name in names:
            first, dots, last = name.partition(RANGE)
            if dots and first and last:
                ends = (self.column(table, end, key, use=use) for end in (first, last))
                given.append(RANGE.join(ends))
            else:
                given.append(self.column(table, name, key, use=use))
        return tuple(given)

    def maybe(self, table: Table, key: str, codes: tuple[str, ...] = (), what: str = "") -> Text | None:
        """A text, None where the key is missing."""
        if key not in table.values:
            table.take(key)
            return None
        return self.text(table, key, codes, what)

    def fields(self, table: Table, fields: Iterable[Field]) -> dict[str, Text]:
        """The texts of the fields that a map can fill, by their keys; these keys are known from here on."""
        return {
            field.key: text
            for field in fields
            if (field.map or field.key == "ref") and is_text(field)
            if (text := self.maybe(table, field.key, *_words(field)))
        }

    def text(
        self, table: Table, key: str, codes: tuple[str, ...] = (), what: str = "", *, needed: bool = False
    ) -> Text:
        """A text: the name of a column, or a table that says more."""
        value = table.take(key)
        if value is None and needed:
            raise table.problem(key, "is missing; name a column")
        return self._text(table, key, value, codes, what)

    def texts(self, table: Table, key: str) -> tuple[Text, ...]:
        """Several texts: a list of columns or tables, or one of them alone."""
        value = table.take(key)
        items = [] if value is None else value if isinstance(value, list) else [value]
        return tuple(self._text(table, key, item, (), "") for item in items)

    def word(self, table: Table, key: str, codes: tuple[str, ...], what: str) -> Text:
        """A word of the vocabulary, or a table that says from which column it comes."""
        value = table.take(key)
        if isinstance(value, str):
            return self._text(table, key, {"value": value}, codes, what)
        if value is None:
            raise table.problem(key, f"is missing; give a word such as {codes[0]!r}, or a table with a column")
        return self._text(table, key, value, codes, what)

    def dates(self, table: Table, key: str) -> tuple[Date, ...]:
        """Dates: one, or several of which the first that is there counts."""
        value = table.take(key)
        items = [] if value is None else value if isinstance(value, list) else [value]
        return tuple(self._date(table, key, item) for item in items)

    def condition(self, table: Table) -> Condition:
        """What ``when`` asks: ``{ Type = "accession", Year = { filled = true } }``."""
        when = table.table("when")
        tests = []
        for name, value in when.values.items():
            column = self.columns(table, [name], "when")[0]
            if isinstance(value, dict):
                tests.append(self._test(Table(when.file, when.under(name), value), column))
            else:
                when.take(name)
                tests.append(Test(column, frozenset(when.texts(name))))
        return tuple(tests)

    def _test(self, table: Table, column: str) -> Test:
        made = Test(
            column=column,
            values=frozenset(table.texts("is")),
            forbidden=frozenset(table.texts("not")),
            pattern=self._pattern(table, "matches"),
            filled=table.flag("filled"),
        )
        table.close()
        return made

    def _text(self, table: Table, key: str, value: object, codes: tuple[str, ...], what: str) -> Text:
        if isinstance(value, str):
            column = self.column(table, value, key)
            return Text(column=column, codes=codes, what=what, columns=(column,))
        if not isinstance(value, dict):
            raise table.problem(key, 'expected the name of a column in quotes, or a table such as { column = "Type" }')
        inner = Table(table.file, table.under(key), value)
        made = self._made(inner, codes, what)
        inner.close()
        return made

    def inner(self, table: Table) -> Text:
        """The text that a table says beside other things."""
        return self._made(table, (), "")

    def _made(self, table: Table, codes: tuple[str, ...], what: str) -> Text:
        column, template, constant = table.text("column"), table.text("text"), table.text("value")
        if sum(source is not None for source in (column, template, constant)) != 1:
            raise table.problem("column", "give one of column, text (with {columns} in it) and value (for every row)")
        named = [column] if column is not None else COLUMN.findall(template or "")
        columns = tuple(self.column(table, name, "column" if column else "text") for name in named)
        self.fill_down(table, columns)
        made = Text(
            column=columns[0] if column is not None else None,
            template=template,
            constant=constant,
            empty=frozenset(table.texts("empty")),
            only=frozenset(table.texts("only")),
            pattern=self._pattern(table, "pattern"),
            becomes=table.text("becomes"),
            separators=table.texts("separator"),
            values=table.pairs("values"),
            otherwise=table.text("else"),
            codes=codes,
            what=what,
            columns=columns,
        )
        for key, words in (("values", list(made.values.values())), ("else", [made.otherwise]), ("value", [constant])):
            for word in words if codes else ():
                if word and word not in codes:
                    raise table.problem(key, f"unknown {what} {word!r}; {expected(word, codes)}")
        return made

    def _date(self, table: Table, key: str, value: object) -> Date:
        if isinstance(value, str):
            return Date(text=self._text(table, key, value, (), ""))
        if not isinstance(value, dict):
            raise table.problem(key, 'expected the name of a column, or a table such as { column = "Signed" }')
        inner = Table(table.file, table.under(key), value)
        formats = []
        first = (*inner.numbers("from_year"), 0)[0]
        for layout in inner.texts("formats"):
            try:
                formats.append(date_formats.compiled(layout, first))
            except ValueError as error:
                raise inner.problem("formats", str(error)) from None
        sentinels = frozenset(inner.texts("sentinels"))
        if "year" in value:
            parts = tuple(self.maybe(inner, part) for part in ("year", "month", "day"))
            made = Date(parts=(parts[0], parts[1], parts[2]), sentinels=sentinels)
            self.fill_down(inner, (column for part in parts if part for column in part.columns))
        else:
            made = Date(text=self._made(inner, (), ""), formats=tuple(formats), sentinels=sentinels)
        inner.close()
        return made

    def _pattern(self, table: Table, key: str) -> patterns.Pattern | None:
        written = table.text(key)
        if written is None:
            return None
        try:
            return patterns.compiled(written)
        except patterns.PatternError as error:
            raise table.problem(key, str(error)) from None


def is_text(field: Field) -> bool:
    """Whether a field takes one text from a map."""
    return not field.type.many and field.type.kind not in ("date", "object")


def _words(field: Field) -> tuple[tuple[str, ...], str]:
    """Return the words that a field takes, and what they are called."""
    what = "party role" if field.key == "role" else field.key.replace("_", " ")
    return (field.type.words, what) if field.type.kind == "code" else ((), "")


def part(table: Table, reader: Reader) -> Part:
    """A ``[[part]]``."""
    made = Part(reader.condition(table), reader.text(table, "of", needed=True))
    table.close()
    return made


def heading(table: Table, reader: Reader) -> Heading:
    """A ``[[heading]]``."""
    name = table.text("name", needed=True) or ""
    if not name.strip():
        raise table.problem("name", "expected a name for the column that the rows below have the heading in")
    made = Heading(name, reader.inner(table), reader.condition(table))
    table.close()
    reader.headings.add(folded(name))
    return made


def skip(table: Table, reader: Reader) -> Condition:
    """A ``[[skip]]``."""
    made = reader.condition(table)
    table.close()
    if not made:
        raise table.problem("when", 'is missing; say which rows to pass over, such as when = { Title = "Total" }')
    return made


def keeps(table: Table, *, default: bool = False) -> bool:
    """Tell whether a table says that unknown parties are kept."""
    word = table.text("unknown")
    if word not in (None, "keep", "refuse"):
        raise table.problem("unknown", f"expected 'keep' or 'refuse', not {word!r}")
    return default if word is None else word == "keep"


def party(table: Table, reader: Reader, *, keeping: bool) -> Party:
    """A ``[[party]]``; ``keeping``: what the sheet as a whole says of unknown names."""
    columns = (*table.texts("column"), *table.texts("columns"))
    constants = table.texts("value")
    if bool(columns) == bool(constants):
        message = "name the column, or columns, that hold parties, or give a party of every row as value"
        raise table.problem("column", f"is missing; {message}" if not columns else f"goes without value; {message}")
    scheme = table.text("scheme") or "name"
    if scheme not in SCHEMES:
        raise table.problem("scheme", f"unknown scheme {scheme!r}; expected {', '.join(SCHEMES)}")
    beside = table.texts("beside")
    named = reader.columns(table, columns, "columns")
    reader.fill_down(table, named)
    made = Party(
        columns=named,
        when=reader.condition(table),
        scheme=scheme,
        separators=table.texts("separator"),
        empty=frozenset(table.texts("empty")),
        values=table.lists("values"),
        constants=constants,
        texts=reader.fields(table, PARTICIPATION.fields),
        yes=frozenset(table.texts("yes")),
        no=frozenset(table.texts("no")),
        beside=reader.columns(table, beside, "beside"),
        beside_is=frozenset(table.texts("beside_is")),
        keeps_unknown=keeps(table, default=keeping),
    )
    if bool(made.beside) != bool(made.beside_is):
        raise table.problem("beside", "goes with beside_is: the columns beside, and what they have to hold")
    table.close()
    return made


def event(table: Table, reader: Reader, *, keeping: bool) -> Event:
    """An ``[[event]]``; ``keeping``: what the sheet as a whole says of unknown names."""
    columns = table.texts("columns")
    named = reader.columns(table, columns, "columns")
    if columns:
        _dated_by_headers(table, columns[0].partition(RANGE)[0])
    of = () if isinstance(table.values.get("parties", False), bool) else table.texts("parties")
    made = Event(
        kind=reader.word(table, "kind", vocabulary.EVENT_KINDS, "event kind"),
        when=reader.condition(table),
        texts=reader.fields(table, EVENT.fields),
        dates={key: days for key in EVENT_DATES if (days := reader.dates(table, key))},
        lists={key: texts for key in EVENT_LISTS if (texts := reader.texts(table, key))},
        undated=table.flag("undated"),
        of_parties=not of and table.flag("parties"),
        of=of,
        columns=named,
        keeps_unknown=keeping,
    )
    if columns and (of or made.of_parties):
        raise table.problem("parties", "goes without columns, whose headers say whose act it is")
    if "date" not in made.dates and not made.undated:
        raise table.problem("date", "is missing; name the column of the date, or write undated = true")
    table.close()
    return made


def _dated_by_headers(table: Table, first: str) -> None:
    """Lay the date of an event with a column for each party to the first of them; raises InvalidValue."""
    date = table.values.get("date", {})
    if not isinstance(date, dict) or not {"column", "text", "value", "year"}.isdisjoint(date):
        raise table.problem(
            "date", "names no column beside columns; leave it out, or write formats and sentinels alone"
        )
    table.values["date"] = {**date, "column": first}


def relation(table: Table, reader: Reader) -> Relation:
    """A ``[[relation]]``."""
    find = table.table("find")
    made = Relation(
        type=reader.word(table, "type", TYPES, "relation"),
        when=reader.condition(table),
        key=reader.maybe(table, "key"),
        find={reader.column(find, column, column): reader.text(find, column) for column in find.values},
        title=reader.maybe(table, "title"),
        texts=reader.fields(table, RELATION.fields),
    )
    if (made.key is None) == (not made.find):
        raise table.problem("key", "give the key of the other agreement, or a table find, and not both")
    table.close()
    return made


def mapping(table: Table, reader: Reader, keyed_by: Type | None) -> dict[str, Text]:
    """Texts under keys of their own, such as ``titles.ja``."""
    return {_keyed(table, key, keyed_by): reader.text(table, key) for key in table.values}


def _keyed(table: Table, key: str, keyed_by: Type | None) -> str:
    """A key as the record holds it: of titles the tag of a language."""
    if keyed_by is None or keyed_by.kind != "language":
        return key
    try:
        return tags.tag(key)
    except tags.TagError as error:
        raise table.problem(key, str(error)) from error


def own(table: Table, reader: Reader) -> OwnFields:
    """What ``[own]`` says."""
    keep = table.text("columns") or "rest"
    if keep not in ("rest", "none"):
        raise table.problem("columns", f"expected 'rest' or 'none', not {keep!r}")
    names = table.pairs("names")
    made = OwnFields(
        kept=keep == "rest",
        ignored=reader.columns(table, table.texts("ignore"), "ignore", use=False),
        names={reader.column(table, column, "names", use=False): name for column, name in names.items()},
    )
    table.close()
    return made


def source(table: Table) -> Record | None:
    """The ``[source]`` that all agreements rest on, None where there is none."""
    if not table.values:
        return None
    texts = {key: table.text(key) for key in SOURCE_KEYS}
    table.close()
    if not texts["id"] or not is_id(texts["id"]):
        raise table.problem("id", f"expected an id such as 'ieadb', not {texts['id']!r}")
    kind = texts["kind"] or "unknown"
    if kind not in vocabulary.SOURCE_KINDS:
        raise table.problem("kind", vocabulary.expected(kind, vocabulary.SOURCE_KINDS))
    return {"record": "source", **{key: value for key, value in texts.items() if value}, "kind": kind}
