"""The children of a page of agreements, one SELECT a table, made from the declaration of the record; and the terms.

Every loader returns the children by the id of their agreement; an agreement without any is not in it. A SELECT names
every key of the record in its order, NULL where a key has no column, so that a row and the keys make an item; only
what is not a plain cell is put right afterwards.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from tracker.plain import Value
from tracker.read.file.connection import Reader, Stored, StoredRow
from tracker.record.shapes import AGREEMENT, CITATION, OBJECTS, SOURCES, TERMS
from tracker.record.types import Field, Json, Record, Shape
from tracker.text.jsons import array, loads

Children = Mapping[int, list[Json]]


class Batch:
    """A page of agreements whose children are wanted, with the sources that their items rest on."""

    def __init__(self, reader: Reader, ids: Iterable[int], *, names: bool = True) -> None:
        self.reader = reader
        self.binds = {"ids": f"[{','.join(map(str, ids))}]"}
        self.names = names
        """Whether names of parties, people and sources are wanted beside their codes: exports have none."""
        self._cited: dict[tuple[int, str], list[str]] | None = None

    def rows(self, sql: str) -> list[StoredRow]:
        """Rows of a statement that binds the ids of the page."""
        if self.reader.known_at is not None:  # into the images of all times SQLite looks only for values written out
            sql = sql.replace(IDS, f"({self.binds['ids'][1:-1]})")
        return self.reader.tuples(sql, self.binds)

    def cited(self) -> dict[tuple[int, str], list[str]]:
        """Ids of the sources of items by agreement and owner."""
        if self._cited is None:
            by_item: dict[tuple[int, str], list[str]] = defaultdict(list)
            for agreement, owner, source in self.rows(
                f"SELECT agreement_id, owner, source_id FROM citations WHERE {ON_PAGE} AND owner > ''"
                " ORDER BY agreement_id, owner, position"
            ):
                by_item[agreement, owner].append(source)
            self._cited = dict(by_item)
        return self._cited

    def codes_of_items(self, field: Field, letter: str) -> Mapping[tuple[int, str], list[str]]:
        """Codes that items hold in a list of their own, by agreement and item."""
        codes: dict[tuple[int, str], list[str]] = defaultdict(list)
        for agreement, item, code in self.rows(
            f"SELECT agreement_id, '{letter}' || number, code FROM {field.view} WHERE {ON_PAGE}"
            " ORDER BY agreement_id, number, position"
        ):
            codes[agreement, item].append(code)
        return codes

    def names_of(self, sql: str, keys: Iterable[str | None]) -> dict[str, StoredRow]:
        """Look up what a key stands for: the rows of ``sql`` by their first cell, which is left off."""
        binds = {"keys": array(sorted({key for key in keys if key is not None}))}
        return {row[0]: row[1:] for row in self.reader.tuples(sql, binds)}


Loader = Callable[[Batch], Children]
Converter = Callable[[Stored], Json]

_UNNAMED: Record = {}

DIFFERENT_TERMS = 4096
"""Terms that are kept in mind by who reads many agreements: most share theirs with others."""

LISTS = {field.key: field for field in AGREEMENT.fields if field.cell in ("children", "citations")}
"""The lists of a record that have a table of their own."""

_TERMS = [(field.key, field.listed) for field in TERMS.fields]

Cited = Mapping[tuple[int, str], list[str]]

IDS = "(SELECT value FROM json_each(:ids))"


def of_page(column: str) -> str:
    """Return the condition that a column holds one of the ids of a page.

    They travel as one bind; SQLite looks each up in the primary key of the child.
    """
    return f"{column} IN {IDS}"


ON_PAGE = of_page("agreement_id")


class Objects:
    """The loader of a list of objects with a table of its own; it makes items of rows that were read already, too."""

    def __init__(self, field: Field, shape: Shape) -> None:
        self.shape = shape
        self.codes = [inner for inner in shape.fields if inner.table]
        """Fields that hold codes in a table of their own."""
        self._owner = _owner(field, shape) if SOURCES in shape.fields else ""
        self._statement = cache(self._keys_and_select)
        self._converters = converters(shape.fields)
        self._named = next((inner.through for inner in shape.fields if inner.printed), "")

    def _keys_and_select(self, names: bool) -> tuple[tuple[str, ...], str]:
        """Return the keys of the items and the SQL of their cells, by whether names are wanted."""
        fields = self.shape.fields if names else self.shape.own_fields
        return tuple([field.key for field in fields]), self.select(", ".join(map(expression, fields)))

    def select(self, columns: str) -> str:
        """Return the SQL of columns of each item of a page in order, the owner of its citations, and its agreement."""
        of_records = " AND owner = ''" if self.shape is CITATION else ""  # other citations are sources of items
        return (
            f"SELECT {columns}, {self._owner or 'NULL'}, agreement_id FROM {self.shape.view}"
            f" WHERE {ON_PAGE}{of_records} ORDER BY agreement_id, {self.shape.ordered_by}"
        )

    def __call__(self, page: Batch) -> Children:
        """Return the items of a page as they are stored."""
        return self.made(page, page.rows(self._statement(page.names)[1]))

    def made(self, page: Batch, rows: Sequence[StoredRow]) -> Children:
        """Return the items of rows that hold every key, the owner of their citations, and their agreement."""
        cited = page.cited() if self._owner else {}
        codes = [(field.key, page.codes_of_items(field, self.shape.letter)) for field in self.codes]
        named = self._named if page.names else ""
        names = _names(page, self.shape, named, rows) if named and rows else {}
        (keys, _), made = self._statement(page.names), self._converters
        found: dict[int, list[Record]] = defaultdict(list)
        for row in rows:
            agreement = row[-1]
            item = dict(zip(keys, row, strict=False))
            for key, converter in made:
                cell = item[key]
                if cell == "[]":  # most lists are empty
                    item[key] = []
                elif cell is not None:
                    item[key] = converter(cell)
            if cited:
                item["sources"] = cited.get((agreement, row[-2])) or []
            elif self._owner:
                item["sources"] = []
            for key, some in codes:
                item[key] = some.get((agreement, item["id"])) or []
            if named:
                item.update(names.get(item[named], _UNNAMED))
            found[agreement].append(item)
        return found


class _Codes:
    """The loader of a list of codes with a table of its own, sorted."""

    def __init__(self, field: Field) -> None:
        self._select = f"SELECT agreement_id, code FROM {field.view} WHERE {ON_PAGE} ORDER BY agreement_id, code"

    def __call__(self, page: Batch) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for agreement, code in page.rows(self._select):
            found[agreement].append(code)
        return found


class Form(Value):
    """How the cell of a kind of value becomes that value, and in SQL what JSON has in its place."""

    converter: Converter
    in_json: str


def texts(stored: str) -> Json:
    """Return a JSON column; most lists and objects are empty."""
    if stored == "[]":
        return []
    if stored == "{}":
        return {}
    return loads(stored)


_FORMS: Mapping[str, Form] = {
    "object": Form(loads, "json({})"),
    "any": Form(loads, "json({})"),
    "flag": Form(bool, "json(CASE WHEN {0} THEN 'true' WHEN {0} IS NULL THEN 'null' ELSE 'false' END)"),
}
_MANY = Form(texts, "json({})")


def _form(field: Field) -> Form | None:
    """Return the form of a field's cell; None where the cell is the value, or there is none."""
    if not field.stored_as:
        return None
    return _MANY if field.type.many else _FORMS.get(field.type.kind)


def converters(fields: Iterable[Field]) -> list[tuple[str, Converter]]:
    """Return the keys whose cells are more than their value, each with what makes the value of one that is not NULL."""
    return [(field.key, form.converter) for field in fields if (form := _form(field))]


def expression(field: Field) -> str:
    """Return the SQL of a field's cell; NULL where it has none, and no value of its own."""
    if field.type.kind == "record":
        return f"'{field.type.codes}'"
    if not field.stored_as:
        return "NULL"
    if field.type.kind == "item" and not field.type.many:
        return f"'{field.type.pattern[1]}' || {field.stored_as}"
    return field.stored_as


def in_json(field: Field) -> str:
    """Return the SQL of what JSON has in the place of a field's cell, as ``json_object`` takes it."""
    form, cell = _form(field), expression(field)
    return form.in_json.format(cell) if form else cell


def _owner(field: Field, shape: Shape) -> str:
    """Return the SQL of the name under which an item's citations stand; as ``store.rows.record_rows`` writes it."""
    if shape.numbered:
        return expression(shape.fields[0])
    return f"'{field.key}[' || {shape.ordered_by} || ']'"


def _names(page: Batch, shape: Shape, through: str, rows: Sequence[StoredRow]) -> Mapping[str, Record]:
    """Return the read-only keys by what names the object that they are taken from."""
    at = shape.keys.index(through)
    named = OBJECTS[shape.fields[at].type.names]
    identity = named.fields[1].key
    keys = [field.key for field in shape.fields if field.printed]
    known = page.names_of(
        f"SELECT {identity}, {', '.join(keys)} FROM {named.view}"
        f" WHERE {identity} IN (SELECT value FROM json_each(:keys))",
        (row[at] for row in rows),
    )
    return {name: dict(zip(keys, cells, strict=True)) for name, cells in known.items()}


@cache
def objects(key: str) -> Objects:
    """Return what makes the items of a list of objects."""
    shape = LISTS[key].type.shape
    if shape is None:
        raise KeyError(key)
    return Objects(LISTS[key], shape)


@cache
def loader(key: str) -> Loader:
    """Return what loads a list, made when it is first asked for."""
    return objects(key) if LISTS[key].type.shape else _Codes(LISTS[key])


def terms(stored: str, agreement: int, cited: Cited) -> Record:
    """Return the terms as the record prints them; ``cited`` holds sources by agreement and owner."""
    if stored == "{}":
        return {key: [] if listed else None for key, listed in _TERMS}
    kept = loads(stored)
    return {
        field.key: _part(field.type.shape, kept.get(field.key) or field.blank(), f"terms.{field.key}", agreement, cited)
        for field in TERMS.fields
    }


def _part(shape: Shape | None, value: Json, name: str, agreement: int, cited: Cited) -> Json:
    """Return a term in full, or each of a list; null stays null."""
    if isinstance(value, list):
        return [_part(shape, item, f"{name}[{at}]", agreement, cited) for at, item in enumerate(value)]
    if value is None or shape is None:
        return value
    part = {field.key: value[field.key] if field.key in value else field.blank() for field in shape.fields}
    for field in shape.fields:
        if field.type.kind == "object" and part[field.key] is not None:
            part[field.key] = _part(field.type.shape, part[field.key], f"{name}.{field.key}", agreement, cited)
    part[SOURCES.key] = list(cited.get((agreement, name), ()))
    return part
