"""The values of a map: texts, dates and conditions, with the columns that they name."""

from collections.abc import Iterable, Sequence

from tracker.importers.mapping import date_formats, patterns
from tracker.importers.mapping.specs import (
    COLUMN,
    Condition,
    Date,
    Test,
    Text,
)
from tracker.importers.mapping.toml_table import Table
from tracker.importers.sheets.reading import folded
from tracker.record.types import Field
from tracker.record.vocabulary import expected

RANGE = ".."
"""Between the first and the last of several columns."""


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
