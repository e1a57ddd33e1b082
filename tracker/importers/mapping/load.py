"""A map file read into specs; what is wrong with it is told before a row is read."""

from pathlib import Path
from typing import Any

from tracker.importers.mapping.load_texts import Reader, is_text
from tracker.importers.mapping.specs import Condition, Event, Map, OwnFields, Part, Party, Relation, Text
from tracker.importers.mapping.toml_table import Table, Toml
from tracker.importers.sheets.header import folded
from tracker.importers.sheets.reading import Layout
from tracker.record import vocabulary
from tracker.record.relations import TYPES
from tracker.record.shapes import AGREEMENT, EVENT, PARTICIPATION, RELATION, SOURCE
from tracker.text.refs import is_id

_MAPPED = tuple(field for field in AGREEMENT.own_fields if field.map)

TEXTS = tuple(field for field in AGREEMENT.own_fields if field.key == "ref" or (field in _MAPPED and is_text(field)))
"""Fields of the record with one text."""

LISTS = tuple(
    field.key for field in _MAPPED if field.listed and (field.type.kind != "object" or field.key == "sources")
)
"""Fields with several texts."""

MAPPINGS = (*(field.key for field in _MAPPED if field.mapped), "identifiers")
"""Fields with keys of their own; of identifiers these are the schemes."""

EVENT_DATES = tuple(field.key for field in EVENT.fields if field.map and field.type.kind == "date")
EVENT_LISTS = tuple(field.key for field in EVENT.fields if field.map and field.listed)

SCHEMES = ("name", "iso2", "iso3", "m49", "cow", "code")
"""What a party column holds."""

SOURCE_KEYS = tuple(field.key for field in SOURCE.own_fields if field.key != "record")


def load(path: Path) -> Map:
    """Read a map; raises UnreadableFile, or InvalidValue with file, line, key and the nearest right one."""
    toml = Toml(path)
    root = toml.root
    reader = Reader()
    mapping, sheet, agreement = root.table("mapping"), root.table("sheet"), root.table("agreement")
    empty = frozenset(sheet.texts("empty"))
    made = Map(
        name=mapping.text("name") or path.stem,
        file=path.name,
        title=mapping.text("title") or "",
        recognised=tuple(map(folded, mapping.texts("recognise"))),
        key=reader.maybe(agreement, "key"),
        scalars=reader.fields(agreement, TEXTS),
        lists={field: texts for field in LISTS if (texts := reader.texts(agreement, field))},
        mappings={field: keys for field in MAPPINGS if (keys := _mapping(agreement.table(field), reader))},
        expires=reader.dates(agreement, "expires"),
        row_key=reader.maybe(agreement, "row_key"),
        parties=tuple(_party(one, reader) for one in root.tables("party")),
        events=tuple(_event(one, reader) for one in root.tables("event")),
        relations=tuple(_relation(one, reader) for one in root.tables("relation")),
        parts=tuple(_part(one, reader) for one in root.tables("part")),
        skipped=tuple(_skip(one, reader) for one in root.tables("skip")),
        own=_own(root.table("own"), reader),
        layout=Layout(sheet.text("name"), sheet.text("delimiter"), sheet.text("encoding")),
        header_rows=sheet.numbers("header"),
        empty=empty,
        optional=frozenset(map(folded, sheet.texts("optional"))),
        source=_source(root.table("source")),
        used=reader.used,
    )
    for table in (mapping, sheet, agreement, root):
        table.close()
    if made.layout.delimiter is not None and len(made.layout.delimiter) != 1:
        raise sheet.problem("delimiter", f"expected one sign, not {made.layout.delimiter!r}")
    if "title" not in made.scalars:
        raise agreement.problem("title", "is missing; name the column that holds the titles, or a text made of others")
    return made


def _part(table: Table, reader: Reader) -> Part:
    made = Part(reader.condition(table), reader.text(table, "of", needed=True))
    table.close()
    return made


def _skip(table: Table, reader: Reader) -> Condition:
    made = reader.condition(table)
    table.close()
    if not made:
        raise table.problem("when", 'is missing; say which rows to pass over, such as when = { Title = "Total" }')
    return made


def _party(table: Table, reader: Reader) -> Party:
    columns = (*table.texts("column"), *table.texts("columns"))
    if not columns:
        raise table.problem("column", "is missing; name the column, or columns, that hold parties")
    scheme = table.text("scheme") or "name"
    if scheme not in SCHEMES:
        raise table.problem("scheme", f"unknown scheme {scheme!r}; expected {', '.join(SCHEMES)}")
    beside = table.texts("beside")
    made = Party(
        columns=reader.columns(table, columns, "columns"),
        when=reader.condition(table),
        scheme=scheme,
        separators=table.texts("separator"),
        empty=frozenset(table.texts("empty")),
        values=table.pairs("values"),
        texts=reader.fields(table, PARTICIPATION.fields),
        yes=frozenset(table.texts("yes")),
        no=frozenset(table.texts("no")),
        beside=reader.columns(table, beside, "beside"),
        beside_is=frozenset(table.texts("beside_is")),
    )
    if bool(made.beside) != bool(made.beside_is):
        raise table.problem("beside", "goes with beside_is: the columns beside, and what they have to hold")
    table.close()
    return made


def _event(table: Table, reader: Reader) -> Event:
    made = Event(
        kind=reader.word(table, "kind", vocabulary.EVENT_KINDS, "event kind"),
        when=reader.condition(table),
        texts=reader.fields(table, EVENT.fields),
        dates={key: days for key in EVENT_DATES if (days := reader.dates(table, key))},
        lists={key: texts for key in EVENT_LISTS if (texts := reader.texts(table, key))},
        undated=table.flag("undated"),
        of_parties=table.flag("parties"),
    )
    if "date" not in made.dates and not made.undated:
        raise table.problem("date", "is missing; name the column of the date, or write undated = true")
    table.close()
    return made


def _relation(table: Table, reader: Reader) -> Relation:
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


def _mapping(table: Table, reader: Reader) -> dict[str, Text]:
    return {key: reader.text(table, key) for key in table.values}


def _own(table: Table, reader: Reader) -> OwnFields:
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


def _source(table: Table) -> dict[str, Any] | None:
    if not table.values:
        return None
    found = {key: table.text(key) for key in SOURCE_KEYS}
    table.close()
    if not found["id"] or not is_id(found["id"]):
        raise table.problem("id", f"expected an id such as 'ieadb', not {found['id']!r}")
    kind = found["kind"] or "unknown"
    if kind not in vocabulary.SOURCE_KINDS:
        raise table.problem("kind", vocabulary.expected(kind, vocabulary.SOURCE_KINDS))
    return {"record": "source", **{key: value for key, value in found.items() if value}, "kind": kind}
