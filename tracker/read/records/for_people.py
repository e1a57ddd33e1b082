"""A record as a page that one reads: what it is, who and when, why it binds or does not, what it rests on."""

from collections.abc import Iterator, Mapping

from tracker.read.records.paths_in_words import in_words
from tracker.record.claims import subject
from tracker.record.paths import PathError
from tracker.record.shapes import AGREEMENT, CLAIM, EVENT, EVIDENCE, RELATION, fields
from tracker.record.types import Field, Json, Record, Shape
from tracker.record.values import column, spelled
from tracker.record.vocabulary import words
from tracker.table import Cell, Column, Kind, Row, Section, Table


def sections(record: Record, labels: Mapping[str, str]) -> Iterator[Section]:
    """Yield the sections of an agreement's page, with these labels of focus areas; empty ones are left out."""
    yield Section(facts=_facts(record), labels={code: labels[code] for code in record["focus_areas"] if code in labels})
    yield from _table(
        "Parties and signatories", ["party", "acting entity", "signed by", "office", "id"], _people(record)
    )
    yield from _table("Timeline", ["date", "event", "by", "place", "note", "sources", "id"], _timeline(record))
    yield from _table("Why", ["evidence", "speaks for", "by", "what it says", "sources", "id"], _evidence(record))
    yield from _table("Views", ["who", "binding status", "evidence"], _views(record))
    yield from _table("Terms", ["term", "rule", "sources"], _terms(record))
    yield from _table("Relations", ["relation", "agreement", "note", "sources"], _relations(record))
    disputed = _disputed(record)
    yield from _table(
        "Where sources disagree", ["field", "value", "adopted", "sources", "note", "id"], _claims(record, disputed)
    )
    if undisputed := len(record["claims"]) - len(disputed):
        counted = "one claim is" if undisputed == 1 else f"{undisputed} claims are"
        yield Section(lines=["", f"{counted} followed and undisputed: tracker claims {record['ref']}"])
    yield from _table("Sources", ["id", "title", "address"], _sources(record))
    for heading in _FURTHER:
        if lines := [f"- {text}" for key in _FURTHER[heading] for text in lines_of(record, key)]:
            yield Section(heading, lines=lines)


TOLD = frozenset(
    (
        *("ref", "short_title", "aliases", "titles", "instrument_type", "title_term", "binding_status", "text_access"),
        *("languages", "focus_areas", "families", "identifiers", "depositaries", "confidence", "extra"),
    )
)
"""Facts that have words or a place of their own among the facts; any other is told by its label."""

TABLES = frozenset(
    (
        *("Parties and signatories", "Timeline", "Why", "Views", "Terms", "Relations", "Where sources disagree"),
        "Sources",
    )
)
"""Sections that are tables; any other is a list of texts."""


def _further() -> dict[str, list[str]]:
    """Return the sections that are lists, with the keys that each tells."""
    keys: dict[str, list[str]] = {}
    for field in AGREEMENT.own_fields:
        if field.page and field.page != "facts" and field.page not in TABLES:
            keys.setdefault(field.page, []).append(field.key)
    return keys


_FURTHER = _further()


def lines_of(record: Record, key: str) -> list[str]:
    """Return what a field holds as lines of text, as a list shows it in a column; none where it holds nothing."""
    _, _, getter = column(key)
    value = getter(record)
    texts = value if isinstance(value, list) else [value]
    return [text if isinstance(text, str) else spelled(text) for text in texts if text not in (None, "")]


def _beside(shape: Shape, item: Record, *texts: str | None) -> str | None:
    """Return texts of an item, and those of its fields that are declared to be told beside it, as one."""
    more = [
        f"{field.label}: {spelled(item[field.key])}" for field in shape.own_fields if field.page and item[field.key]
    ]
    return "; ".join(filter(None, (*texts, *more))) or None


def _table(heading: str, columns: list[str], rows: list[Row]) -> Iterator[Section]:
    """A section with a table, without the columns that no row fills."""
    if not rows:
        return
    kept = [at for at in range(len(columns)) if any(row[at] not in (None, "", []) for row in rows)]
    cells = [tuple(row[at] for at in kept) for row in rows]
    kinds = [
        Column(
            columns[at],
            _kind(columns[at], [row[at] for row in rows]),
            below="title" if columns[at] == "address" else None,
        )
        for at in kept
    ]
    yield Section(heading, table=Table(heading, kinds, cells))


def _kind(name: str, cells: list[Cell]) -> Kind:
    return "lines" if any(isinstance(cell, list) for cell in cells) else "date" if name == "date" else "text"


def _facts(record: Record) -> list[tuple[str, Cell]]:
    derived = record["derived"]
    term = words(record["binding_status"])
    status = derived["status"] + ("" if derived["status_certain"] else "?")
    facts = [
        ("ref", record["ref"]),
        ("also called", [text for text in (record["short_title"], *record["aliases"]) if text]),
        ("other languages", [f"{text} ({language})" for language, text in record["titles"].items()]),
        ("type", record["instrument_type"] + (f" (titled {record['title_term']})" if record["title_term"] else "")),
        ("binding status", record["binding_status"]),
        ("status", f"{status} (as of {derived['as_of']})" + "".join(f", {_spaced(flag)}" for flag in derived["flags"])),
        ("signed", _edtf(derived["signed"])),
        (term["in_force"] + " from", _edtf(derived["in_force_from"])),
        (term["in_force"] + " until", _edtf(derived["in_force_until"])),
        ("text", record["text_access"] + (f", in {', '.join(record['languages'])}" if record["languages"] else "")),
        ("focus areas", record["focus_areas"]),
        ("families", [item["family"] + _in_brackets(item["note"]) for item in record["families"]]),
        ("identifiers", [f"{item['scheme']} {item['value']}" for item in record["identifiers"]]),
        ("kept by", [item["code"] or item["name"] for item in record["depositaries"]]),
        *((field.label, lines_of(record, field.key)) for field in AGREEMENT.own_fields if _is_further(field)),
        ("confidence", record["confidence"]),
        *((f"x.{name}", spelled(value)) for name, value in record["extra"].items()),
    ]
    return [(name, value) for name, value in facts if value not in (None, [], "")]


def _is_further(field: Field) -> bool:
    return field.page == "facts" and field.key not in TOLD


def _edtf(date: Record | None) -> str | None:
    return date["edtf"] if date else None


def _in_brackets(text: str | None) -> str:
    return f" ({text})" if text else ""


def _people(record: Record) -> list[Row]:
    """Each party with those who signed for it, then those who signed for no party that is named."""
    rows: list[Row] = []
    shown: set[str] = set()
    for party in record["parties"]:
        name = f"{party['name']} ({party['code']})" + _in_brackets(party["role"])
        own = [item for item in record["signatories"] if item["party"] == party["code"] and item["id"] not in shown]
        shown |= {item["id"] for item in own}
        for at, item in enumerate(own):
            heading = (None, None) if at else (name, party["entity"])
            rows.append((*heading, item["name"], item["office"], item["id"]))
        if not own:
            rows.append((name, party["entity"], None, None, None))
    rows += [
        (item["party"], None, item["name"], item["office"], item["id"])
        for item in record["signatories"]
        if item["id"] not in shown
    ]
    return rows


def _timeline(record: Record) -> list[Row]:
    return [
        (
            (item["date"] or "day unknown")
            + (f", effective {item['effective_date']}" if item["effective_date"] else ""),
            item["kind_raw"] or item["kind"].replace("_", " "),
            item["parties"],
            item["places"],
            _beside(EVENT, item, item["provision"], item["note"]),
            item["sources"],
            item["id"],
        )
        for item in sorted(record["events"], key=lambda item: item["date"] or "~")
    ]


def _evidence(record: Record) -> list[Row]:
    return [
        (
            item["kind"].replace("_", " "),
            item["supports"],
            item["authority"] or item["party"],
            _beside(EVIDENCE, item, " ".join(filter(None, (item["text"], item["date"] and f"({item['date']})")))),
            item["sources"],
            item["id"],
        )
        for item in record["evidence"]
    ]


def _views(record: Record) -> list[Row]:
    return [(item["party"] or item["authority"], item["value"], item["evidence"]) for item in record["binding_views"]]


def _terms(record: Record) -> list[Row]:
    terms = record["terms"]
    parts = [(key, terms[key]) for key in ("entry_into_force", "duration")]
    parts += [("notices", item) for item in terms["notices"]] + [("survival", terms["survival"])]
    return [(PARTS[key], _rule(key, part), part["sources"]) for key, part in parts if part]


PARTS = {"entry_into_force": "entry into force", "duration": "duration", "notices": "notice", "survival": "survival"}
"""What people call the parts of the terms."""


def _spaced(code: object) -> str:
    return str(code).replace("_", " ")


def _rule(name: str, part: Record) -> str:
    """What a part of the terms says: its kind or condition first, codes and periods in words."""
    kinds = {key: field.type.kind for key, field in fields(f"agreement.terms.{name}").items()}
    said = [
        (key, _term(kinds[key], value)) for key, value in part.items() if key != "sources" and value not in (None, [])
    ]
    return "; ".join(text if key in NAMING else f"{_spaced(key)}: {text}" for key, text in said)


NAMING = ("kind", "condition")
"""Keys that say by themselves what a part of the terms is."""


def _term(kind: str, value: Json) -> str:
    if kind == "code":
        return _spaced(value).replace("non ", "non-")
    if kind == "period":
        from tracker.dates.periods import parse
        from tracker.law.terms import spoken

        return spoken(parse(value))
    if isinstance(value, dict):  # when the condition was met
        return "; ".join(filter(None, (value.get("date"), value.get("note"))))
    return ", ".join(value) if isinstance(value, list) else str(value)


def _relations(record: Record) -> list[Row]:
    own = [
        (
            item["type"].replace("_", " "),
            item["target"] or item["target_title"],
            _beside(
                RELATION, item, item["word"], item["confidence"] and f"confidence {item['confidence']}", item["note"]
            ),
            item["sources"],
        )
        for item in record["relations"]
    ]
    inverse = record["derived"]["inverse_relations"]
    return own + [(item["type"].replace("_", " "), item["source_ref"], None, []) for item in inverse]


def _disputed(record: Record) -> list[Record]:
    """Return the claims without those that are followed and the only ones on what they are about."""
    about: dict[str, list[Record]] = {}
    for claim in record["claims"]:
        about.setdefault(_subject(record, claim["field"]), []).append(claim)
    alone = [claims[0]["id"] for claims in about.values() if len(claims) == 1 and claims[0]["adopted"]]
    return [claim for claim in record["claims"] if claim["id"] not in alone]


def _subject(record: Record, field: str) -> str:
    try:
        return subject(record, field)
    except PathError:  # the path leads nowhere any more; ``check`` tells
        return field


def _claims(record: Record, claims: list[Record]) -> list[Row]:
    return [
        (
            in_words(record, item["field"]),
            spelled(item["value"]),
            "yes" if item["adopted"] else "no",
            item["sources"],
            _beside(CLAIM, item, item["reason"] or item["note"]),
            item["id"],
        )
        for item in claims
    ]


def _sources(record: Record) -> list[Row]:
    return [(item["source"], item["title"] + _in_brackets(item["locator"]), item["url"]) for item in record["sources"]]
