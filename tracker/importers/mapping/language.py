"""The language of maps: each table as the spec that it is."""

from tracker.importers.mapping.reader import RANGE, Reader
from tracker.importers.mapping.specs import (
    Condition,
    Event,
    Heading,
    OwnFields,
    Part,
    Party,
    Relation,
    Text,
)
from tracker.importers.mapping.toml_table import Table
from tracker.importers.sheets.reading import folded
from tracker.record import vocabulary
from tracker.record.relations import TYPES
from tracker.record.shapes import EVENT, PARTICIPATION, RELATION, SOURCE
from tracker.record.types import Record, Type
from tracker.text import tags
from tracker.text.refs import is_id

EVENT_LISTS = tuple(field.key for field in EVENT.fields if field.map and field.listed)

SOURCE_KEYS = tuple(field.key for field in SOURCE.own_fields if field.key != "record")

EVENT_DATES = tuple(field.key for field in EVENT.fields if field.map and field.type.kind == "date")

SCHEMES = ("name", "iso2", "iso3", "m49", "cow", "code")
"""What a party column holds."""


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
