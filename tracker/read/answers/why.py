"""Why the register says what it says of a field: value, evidence, views, events, claims, and their sources."""

from collections.abc import Iterable, Iterator
from json import dumps

from tracker.errors import InvalidValue
from tracker.read.answers.claims import about, held
from tracker.read.file.connection import Reader
from tracker.read.lookup import brackets
from tracker.read.records.conflicting_claims import text
from tracker.read.records.paths_in_words import in_words
from tracker.record import claims
from tracker.record import values as paths
from tracker.record.paths import CLAIMABLE, SHORT_NAMES, TOPIC, Path, PathError
from tracker.record.types import Json, Record
from tracker.record.vocabulary import EVIDENCE_KINDS, SOURCE_KINDS
from tracker.table import Cell, Column, Kind, Page, Section, Table

COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("part", "text"),
    ("id", "text"),
    ("kind", "text"),
    ("rank", "count"),
    ("value", "text"),
    ("by", "text"),
    ("text", "text"),
    ("date", "date"),
    ("locator", "text"),
    ("confidence", "text"),
    ("adopted", "flag"),
    ("sources", "list"),
)
"""What machines get, one row a reason. ``rank`` counts from 1, the weightiest kind of evidence or of source."""

SHOWN = {
    "evidence": ("rank", "kind", "value", "by", "text", "date", "locator", "confidence", "sources"),
    "view": ("by", "value", "text"),
    "event": ("id", "kind", "date", "by", "text", "sources"),
    "item": ("id", "text", "confidence", "sources"),
    "claim": ("id", "value", "adopted", "sources", "locator", "confidence", "text"),
    "source": ("rank", "kind", "id", "text", "locator"),
}
"""What people see of each part."""

HEADINGS = {
    "evidence": "Evidence, the weightiest first",
    "view": "Views of parties and authorities",
    "event": "Events that it comes from",
    "item": "Recorded with it",
    "claim": "What sources say",
    "source": "Sources, the most authoritative first",
}

WORDS = {"value": "speaks for", "text": "what it says", "locator": "where"}
"""Headings for people, where the column's name says too little."""


def page(reader: Reader, record: Record, path: str) -> Page:
    """The reasons for a field: a page for people, a table for machines; raises InvalidValue for a wrong path."""
    try:
        path = brackets.looked_up(reader, record, path)
        value = None if path.startswith(TOPIC) else held(record, path)
        rows = list(_rows(record, path, value))
    except PathError as error:
        raise InvalidValue(str(error)) from error
    rows += _sources(reader, record, rows)
    cells = [tuple(row.get(name, [] if kind == "list" else None) for name, kind in COLUMNS) for row in rows]
    data = Table(
        report="why",
        columns=[Column(name, kind) for name, kind in COLUMNS],
        rows=cells,
        filters={"ref": record["ref"], "path": path},
        as_of=record["derived"]["as_of"],
    )
    footer = [f"as of {record['derived']['as_of']}"]
    title = f"{record['ref']}: why {said(record, path)}"
    return Page(title, _sections(record, path, value, rows), data, footer, whole=True)


def said(record: Record, path: str) -> str:
    """Return what is asked about as people call it: a query name as it is, a path in words."""
    return path if path in SHORT_NAMES else in_words(record, path)


def _rows(record: Record, path: str, value: str | None) -> Iterator[Record]:
    yield {"part": "field", "id": path, "value": value}
    if path.startswith(TOPIC):
        yield from _claims(record, path)
        return
    parsed = paths.parse(path)
    if parsed.steps[0].key in ("binding_status", "evidence", "binding_views"):
        yield from _evidence(record)
        yield from _views(record)
    elif parsed.steps[0].key == "derived":
        yield from _events(record, path)
    else:
        yield from _item(record, parsed)
    yield from _claims(record, path)


def _evidence(record: Record) -> Iterator[Record]:
    ranked = {kind: rank for rank, kind in enumerate(EVIDENCE_KINDS, 1)}
    for item in sorted(record["evidence"], key=lambda item: ranked[item["kind"]]):
        kept = {key: item[key] for key in ("id", "kind", "text", "date", "locator", "confidence", "sources")}
        by = item["authority"] or item["party"]
        yield {"part": "evidence", **kept, "rank": ranked[item["kind"]], "value": item["supports"], "by": by}


def _views(record: Record) -> Iterator[Record]:
    for view in record["binding_views"]:
        evidence = f"evidence {', '.join(view['evidence'])}" if view["evidence"] else None
        yield {"part": "view", "value": view["value"], "by": view["authority"] or view["party"], "text": evidence}


def _events(record: Record, path: str) -> Iterator[Record]:
    """The events from which a derived value comes: those that bear the date, else all that happened."""
    name = _short(path)
    events = claims.bearers(record, name) if claims.is_date(name) else record["events"]
    for item in events:
        effective = f"effective {item['effective_date']}" if item["effective_date"] else None
        text = "; ".join(part for part in (effective, item["provision"], item["note"]) if part) or None
        yield {
            "part": "event",
            "id": item["id"],
            "kind": item["kind_raw"] or item["kind"],
            "date": item["date"],
            "by": ", ".join(item["parties"]) or None,
            "text": text,
            "sources": item["sources"],
        }


def _short(path: str) -> str:
    """The query name of a path, where it has one."""
    return next((short for short, whole in SHORT_NAMES.items() if path in (short, whole)), path)


def _item(record: Record, path: Path) -> Iterator[Record]:
    """The innermost item on the way to a field that tells its own sources."""
    for length in range(len(path.steps), 0, -1):
        whole = Path(path.steps[:length])
        item = None if whole.last.key == "extra" else paths.get(record, whole)
        if isinstance(item, dict) and "sources" in item:
            verified = {True: "verified", False: "not verified", None: None}[item.get("verified")]
            text = "; ".join(part for part in (verified, item.get("note")) if part) or None
            kept = {"confidence": item.get("confidence"), "sources": item["sources"]}
            yield {"part": "item", "id": whole.text, "text": text, **kept}
            return


def _claims(record: Record, path: str) -> Iterator[Record]:
    name = _short(path)
    if not name.startswith(TOPIC) and name not in CLAIMABLE and paths.parse(name).read_only:
        return
    for item in about(record, name):
        kept = {key: item[key] for key in ("id", "locator", "confidence", "adopted", "sources")}
        said = "; ".join(part for part in (item["reason"], item["note"]) if part) or None
        yield {"part": "claim", "kind": item["field"], "value": text(item["value"]), "text": said, **kept}


def _sources(reader: Reader, record: Record, rows: Iterable[Record]) -> list[Record]:
    """The sources that the rows rest on, or else those of the record as a whole, the most authoritative first."""
    cited = {source for row in rows for source in row.get("sources", ())}
    cited = cited or {citation["source"] for citation in record["sources"]}
    sources = reader.tuples(
        "SELECT id, kind, title, url FROM sources WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": dumps(sorted(cited))},
    )
    ranked = {kind: rank for rank, kind in enumerate(SOURCE_KINDS, 1)}
    return [
        {"part": "source", "id": source, "kind": kind, "rank": ranked.get(kind), "text": title, "locator": url}
        for source, kind, title, url in sorted(sources, key=lambda row: (ranked.get(row[1], 99), row[0]))
    ]


def _sections(record: Record, path: str, value: str | None, rows: list[Record]) -> Iterator[Section]:
    facts = [("title", record["title"])]
    if not path.startswith(TOPIC):
        facts += _fields(record, path) or [(said(record, path), value or "nothing is recorded")]
    if path == "status" and record["derived"]["flags"]:
        facts.append(("flags", "; ".join(record["derived"]["flags"])))
    if path in ("binding", "binding_status") and any(
        view["value"] != record["binding_status"] for view in record["binding_views"]
    ):
        facts.append(("views differ", "yes"))
    yield Section(facts=facts)
    if not any(row["part"] in HEADINGS and row["part"] != "source" for row in rows):
        yield Section(lines=["", _nothing(record, path)])
    for part, heading in HEADINGS.items():
        reasons = [row for row in rows if row["part"] == part and not _is_told(row, path)]
        if reasons:
            if part == "item":
                reasons = [{**row, "id": in_words(record, row["id"])} for row in reasons]
            yield Section(heading, table=_table(heading, part, reasons))


def _is_told(row: Record, path: str) -> bool:
    """Whether all that a row tells stands among the fields of the object that is asked for."""
    return row["part"] == "item" and row["id"] == path and not (row["confidence"] or row["sources"])


def _fields(record: Record, path: str) -> list[tuple[str, Cell]]:
    """The fields of an object that are filled, one a line; none where the value is no object."""
    if path in SHORT_NAMES or path.startswith("extra"):
        return []
    value = paths.get(record, path)
    return [(in_words(record, at), inner) for at, inner in _filled(path, value)] if isinstance(value, dict) else []


def _filled(path: str, value: Json) -> Iterator[tuple[str, Cell]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "sources":
                yield from _filled(f"{path}.{key}", inner)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for at, inner in enumerate(value):
            yield from _filled(f"{path}[{at}]", inner)
    elif value not in (None, "", []):
        yield path, value


def _table(heading: str, part: str, reasons: list[Record]) -> Table:
    """The rows of one part without the columns that none fills."""
    names = [name for name in SHOWN[part] if any(row.get(name) not in (None, [], "") for row in reasons)]
    kinds = dict(COLUMNS)
    columns = [Column(name, kinds[name], _heading(part, name), below=_above(part, name)) for name in names]
    return Table(heading, columns, [tuple(row.get(name) for name in names) for row in reasons])


def _above(part: str, name: str) -> str | None:
    return "text" if (part, name) == ("source", "locator") else None


def _heading(part: str, name: str) -> str | None:
    if part == "source":
        return {"text": "title", "locator": "address"}.get(name)
    if part in ("claim", "view") and name == "value":
        return None
    return {"id": "about"}.get(name) if part == "item" and name == "id" else WORDS.get(name)


def _nothing(record: Record, path: str) -> str:
    ref = record["ref"]
    if path in ("binding", "binding_status"):
        return f"No evidence is recorded; add some with: tracker edit {ref} --add 'evidence={{...}}'"
    nothing = "Nothing is recorded but the sources of the record as a whole"
    return f"{nothing}; add what a source says with: tracker claim {ref} {path} VALUE --source ID"
