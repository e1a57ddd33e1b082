"""A map file read into specs; what is wrong with it is told before a row is read."""

from pathlib import Path

from tracker.importers.mapping import tables
from tracker.importers.mapping.language import Reader, is_text
from tracker.importers.mapping.specs import Map
from tracker.importers.mapping.toml_table import Toml
from tracker.importers.sheets.reading import Layout, folded
from tracker.record.shapes import AGREEMENT

_MAPPED = tuple(field for field in AGREEMENT.own_fields if field.map)

TEXTS = tuple(field for field in AGREEMENT.own_fields if field.key == "ref" or (field in _MAPPED and is_text(field)))
"""Fields of the record with one text."""

LISTS = tuple(
    field.key for field in _MAPPED if field.listed and (field.type.kind != "object" or field.key == "sources")
)
"""Fields with several texts."""

MAPPINGS = (*(field.key for field in _MAPPED if field.mapped), "identifiers")
"""Fields with keys of their own; of identifiers these are the schemes."""


def load(path: Path) -> Map:
    """Read a map; raises UnreadableFile, or InvalidValue with file, line, key and the nearest right one."""
    toml = Toml(path)
    root = toml.root
    reader = Reader()
    mapping, sheet, agreement = root.table("mapping"), root.table("sheet"), root.table("agreement")
    headings = tuple(tables.heading(part, reader) for part in root.tables("heading"))
    empty = frozenset(sheet.texts("empty"))
    name = mapping.text("name")
    made = Map(
        name=name or path.stem,
        nameless=not name,
        file=path.name,
        title=mapping.text("title") or "",
        files=mapping.texts("files"),
        recognised=tuple(map(folded, mapping.texts("recognise"))),
        key=reader.maybe(agreement, "key"),
        scalars=reader.fields(agreement, TEXTS),
        lists={field: texts for field in LISTS if (texts := reader.texts(agreement, field))},
        mappings={field: keys for field in MAPPINGS if (keys := tables.mapping(agreement.table(field), reader))},
        new_areas=agreement.flag("new_focus_areas"),
        expires=reader.dates(agreement, "expires"),
        row_key=reader.maybe(agreement, "row_key"),
        parties=tuple(tables.party(part, reader, keeping=tables.keeps(sheet)) for part in root.tables("party")),
        events=tuple(tables.event(part, reader) for part in root.tables("event")),
        relations=tuple(tables.relation(part, reader) for part in root.tables("relation")),
        parts=tuple(tables.part(part, reader) for part in root.tables("part")),
        skipped=tuple(tables.skip(part, reader) for part in root.tables("skip")),
        headings=headings,
        own=tables.own(root.table("own"), reader),
        layout=Layout(*map(sheet.text, ("name", "delimiter", "encoding", "rows"))),
        header_rows=sheet.numbers("header"),
        empty=empty,
        optional=frozenset(map(folded, sheet.texts("optional"))),
        source=tables.source(root.table("source")),
        asked=frozenset(reader.asked - reader.told),
        used=reader.used,
        filled_down=frozenset((*reader.columns(sheet, sheet.texts("fill_down"), "fill_down"), *reader.filled_down)),
    )
    for table in (mapping, sheet, agreement, root):
        table.close()
    if made.layout.delimiter is not None and len(made.layout.delimiter) != 1:
        raise sheet.problem("delimiter", f"expected one sign, not {made.layout.delimiter!r}")
    if "title" not in made.scalars:
        raise agreement.problem("title", "is missing; name the column that holds the titles, or a text made of others")
    return made
