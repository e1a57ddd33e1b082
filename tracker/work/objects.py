"""Parties, people, families, focus areas and sources: recorded, edited, given other names, merged.

A file of one's own is put beside an agreement here too, for its source is recorded with it.
"""

from collections.abc import Iterator, Sequence
from json import dumps

from tracker.errors import Duplicate, InvalidRecord, InvalidValue, Refused
from tracker.read.file.connection import Reader
from tracker.read.lookup import names, refs
from tracker.read.lookup.names import called_so
from tracker.read.records import agreements, catalogue, documents
from tracker.record.document import COLLECTIONS, IDENTITY
from tracker.record.types import Record
from tracker.store.merge import MergedObjects, merge_objects, settle
from tracker.store.validation.models import validate
from tracker.store.write.writer import Writer
from tracker.text.names import fold, person_orders, suggest
from tracker.text.refs import is_id
from tracker.work import typed
from tracker.work.edit import Editable, append
from tracker.work.outcome import Done

COMMANDS = {"focus_area": "focus", "person": "signatory"}
"""Kinds whose command has another name."""

_NAMED = ("party", "person")
"""Kinds with aliases."""

_FOUND_BY = {"focus_area": "label", "source": "url"}
"""Kinds whose name, or what else they are found by, stands under another key."""

_SHOWN = 20
"""Refs that a message lists."""


def add(writer: Writer, document: Record, *, people: bool = False) -> Done:
    """Record a new object, a document with its ``record`` and its id or code.

    ``people``: also where another one is called so, or a person nearly so; else that raises LikelyKnown.

    Raises Duplicate where one of that id is there, and InvalidRecord. Warns of names that lead to somebody else too.
    """
    kind = document["record"]
    key = IDENTITY[kind]
    noun = kind.replace("_", " ")
    record = validate(document, f"{noun} {document[key]}", kind)
    _refuse_slips(writer.reader, None, record)
    sql = f"SELECT 1 FROM {COLLECTIONS[kind]} WHERE {key} = :key"  # noqa: S608  # names of the schema
    if writer.reader.row(sql, {"key": record[key]}):
        raise Duplicate(f"there is a {noun} {record[key]} already; choose another {key}")
    if not people:
        _refuse_known(writer.reader, kind, record)
    outcome = writer.put_object(kind, record)
    warnings = _shared_names(writer.reader, kind, record, known=set())
    did = f"recorded: {noun} {outcome.id}"
    return Done(outcome.id, outcome.what, did, remarks=_settled(writer, kind, record), warnings=warnings)


def _refuse_known(reader: Reader, kind: str, record: Record) -> None:
    """Raise LikelyKnown where another one is called as a new object; of a person, nearly so."""
    if kind == "person":  # namesakes are known by their ids
        typed.refuse_near_person(reader, record["name"])
    elif known := _called(reader, kind, record):
        noun, command = kind.replace("_", " "), COMMANDS.get(kind, kind)
        name = record[_FOUND_BY.get(kind, "name")]
        raise typed.LikelyKnown(
            f"{name!r} leads to {noun} {' and '.join(known)} already: see tracker {command} show {known[0]}; "
            "add --yes to record another one"
        )


def _called(reader: Reader, kind: str, record: Record) -> list[str]:
    """The codes or ids of others that are found by the name of a new object; of a source by its address."""
    if kind == "party":
        return sorted(_bearers(reader, kind, record["name"]) - {record[IDENTITY[kind]]})
    if kind == "source":
        sql = "SELECT id FROM sources WHERE url = :url OR archive_url = :url ORDER BY id"
        return [row[0] for row in reader.tuples(sql, {"url": record["url"]})] if record["url"] else []
    key, name = IDENTITY[kind], _FOUND_BY.get(kind, "name")
    rows = reader.tuples(f"SELECT {key}, {name} FROM {COLLECTIONS[kind]} ORDER BY 1")  # noqa: S608  # names of the schema
    return [code for code, called in rows if fold(called) == fold(record[name])]


def _refuse_slips(reader: Reader, before: Record | None, record: Record) -> None:
    """Raise InvalidRecord for what only a slip says, unless the object said it before."""
    told = dict(_slips(reader, record))
    for path, _ in _slips(reader, before) if before and told else ():
        told.pop(path, None)
    if told:
        raise InvalidRecord(record[IDENTITY[record["record"]]], list(told.items()))


def _slips(reader: Reader, record: Record) -> Iterator[tuple[str, str]]:
    """Yield, each with its path, times that end before they begin, and what is nearly the id of a source."""
    if record["record"] == "party":
        if typed.ends_first(record["exists_from"], record["exists_until"]):
            yield "exists_until", f"{record['exists_until']} lies before exists_from, {record['exists_from']}"
        for member in record["members"]:
            if typed.ends_first(member["from"], member["until"]):
                yield f"members[{member['code']}].until", f"{member['until']} lies before from, {member['from']}"
    text = record["reprint_of"] if record["record"] == "source" else None
    if text and is_id(text) and "-" in text:
        known = [row[0] for row in reader.tuples("SELECT id FROM sources")]
        if text not in known and (near := suggest(text, known)):
            yield "reprint_of", f"there is no source {text!r}; did you mean {' or '.join(near)}?"


def attach(writer: Writer, ref: str, document: Record, source: str | None, today: str) -> Done:
    """Let an agreement rest on the source of a file: the one of that id, else the one with its sum, else a new one.

    ``document`` is the source as it would be new, with ``sha256`` and, where the file lies elsewhere, ``archive_url``.
    Raises NotFound, UnknownName, InvalidRecord, and Refused where the source has another file already.
    """
    reader = writer.reader
    agreement = refs.resolve(reader, ref)
    known = names.source_id(reader, source) if source else typed.source_with_sum(reader, document["sha256"])
    identifier = known or typed.free_source_id(reader, document["id"])
    held = documents.document(reader, "source", known) if known else {**document, "id": identifier}
    for key in FILE_KEYS:
        _refuse_other_file(held, key, document.get(key))
        held[key] = held.get(key) or document.get(key)
    outcome = writer.put_object("source", validate(held, f"source {identifier}", "source"))
    done = Done(agreement, "unchanged")
    if not any(item["source"] == identifier for item in agreements.record(reader, agreement, today)["sources"]):
        done = append(writer, agreement, "sources", {"source": identifier, "locator": None}, today)
    if done.unchanged and outcome.what == "unchanged":
        return done._replace(did=f"{agreement}: source {identifier} has this file already")
    did = f"attached to {agreement} as {'source' if known else 'new source'} {identifier}"
    return done._replace(what="changed", did=did, next=f"open it with: tracker open {agreement}")


FILE_KEYS = ("sha256", "archive_url")
"""What a source says of its file."""


def _refuse_other_file(held: Record, key: str, wanted: str | None) -> None:
    if wanted and held.get(key) not in (None, wanted):
        raise Refused(
            f"source {held['id']} has another {key} already: {held[key]}; "
            "leave --source out for a source of its own, or change it with: tracker source edit"
        )


def alias(writer: Writer, kind: str, name: str, aliases: Sequence[str]) -> Done:
    """Add other names to a party or person. Raises NotFound, and Duplicate for one that leads to somebody else.

    Of a party, the open questions that ask who bears one of these names are settled. The new name and the code may
    stand the other way round, where nobody bears the first and the second is a code.
    """
    name, aliases = _ordered(writer.reader, kind, name, aliases)
    key = catalogue.SHELVES[kind].find(writer.reader, name)
    record = documents.document(writer.reader, kind, key)
    added, remarks = [], []
    for text in dict.fromkeys(text.strip() for text in aliases):
        bearers = _bearers(writer.reader, kind, text)
        if bearers == {key}:
            remarks.append(f"{key} is found as {text!r} already")
            continue
        if others := sorted(bearers - {key}):
            raise Duplicate(_taken(kind, text, key, others))
        record["aliases"].append(text)
        writer.put_object(kind, validate(record, key, kind))
        added.append(text)
    did = f"also as {', '.join(map(repr, added))}" if added else ""
    settled = _settled(writer, kind, record)
    return Done(key, "changed" if added or settled else "unchanged", did, remarks=[*remarks, *settled])


def _ordered(reader: Reader, kind: str, name: str, aliases: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return what somebody is known by first, and the other names."""
    if kind == "party" and len(aliases) == 1 and not reader.absent:
        sql = "SELECT count(*) FROM parties WHERE code = :code"
        if reader.scalar(sql, {"code": aliases[0]}) and not _bearers(reader, kind, name):
            return aliases[0], [name]
    return name, aliases


def _settled(writer: Writer, kind: str, record: Record) -> list[str]:
    """Settle the open questions that a party answers, and say in how many agreements."""
    if kind != "party":
        return []
    refs, sets = settle(writer, record)
    writer.change.note_sets(sets)
    if not refs:
        return []
    where = "agreement" if len(refs) == 1 else "agreements"
    return [f"settled who that is in {len(refs)} {where}: {_listed(refs)}"]


def merge(writer: Writer, kind: str, gone: str, kept: str) -> Done:
    """Put one object in the place of another everywhere. Raises NotFound, InvalidValue where both are one, Refused."""
    find = catalogue.SHELVES[kind].find
    merged = merge_objects(writer, kind, find(writer.reader, gone), find(writer.reader, kept))
    return Done(merged.swap.kept, "changed", remarks=_told(merged))


def editable(kind: str) -> Editable:
    """Return how objects of a kind are edited."""
    return Editable(
        kind=kind,
        command=f"tracker {COMMANDS.get(kind, kind)} edit",
        find=catalogue.SHELVES[kind].find,
        read=lambda reader, name: documents.document(reader, kind, name),
        version=lambda reader, name: documents.document(reader, kind, name),
        settle=lambda _, edited, name: (validate(edited, name, kind), []),
        put=lambda writer, record: _put(writer, kind, record),
        codes=lambda _: {},
    )


def _put(writer: Writer, kind: str, record: Record) -> Done:
    before = documents.document(writer.reader, kind, record[IDENTITY[kind]])
    _refuse_slips(writer.reader, before, record)
    outcome = writer.put_object(kind, record)
    known = {before.get("name"), *before.get("names", {}).values(), *before.get("aliases", ())}
    warnings = _shared_names(writer.reader, kind, record, known)
    settled = _settled(writer, kind, record)
    return Done(outcome.id, outcome.what, changes=outcome.changes, remarks=settled, warnings=warnings)


def _shared_names(reader: Reader, kind: str, record: Record, known: set[str]) -> list[str]:
    """Say of names, beyond those ``known``, that somebody else is found under them too."""
    if kind not in _NAMED:
        return []
    own = record[IDENTITY[kind]]
    remarks = []
    for name in sorted({record["name"], *record.get("names", {}).values(), *record["aliases"]} - known):
        if others := sorted(_bearers(reader, kind, name) - {own}):
            both = " and ".join([own, *others])
            remarks.append(f"{name!r} leads to {both}; where it is typed, the code or id is asked for")
    return remarks


def _bearers(reader: Reader, kind: str, name: str) -> set[str]:
    """The codes or ids that are found under a name; of a person also with the words in another order."""
    keys = person_orders(name) if kind == "person" else [fold(name)]
    if not any(keys):
        raise InvalidValue(f"{name!r} has no letters or digits, so nobody can be found by it; give a name")
    view, column = ("person_keys", "person_id") if kind == "person" else ("party_keys", "code")
    sql = f"SELECT {column} FROM {view} WHERE folded IN (SELECT value FROM json_each(:keys))"  # noqa: S608  # names of views
    found = {row[0] for row in reader.tuples(sql, {"keys": dumps(keys)})}
    return found | ({code for code, _ in called_so(reader, name)} if kind == "party" else set())


def _taken(kind: str, alias: str, owner: str, others: list[str]) -> str:
    group = COMMANDS.get(kind, kind)
    return (
        f"{alias!r} leads to {' and '.join(others)} already, so {owner} would not be found by it; "
        f"if they are one and the same: tracker {group} merge {others[0]} {owner}"
    )


def _told(merged: MergedObjects) -> list[str]:
    """What a merge did, a line each."""
    _, gone, kept = merged.swap
    lines = [f"merged {gone} into {kept}"]
    if merged.refs:
        places = ", ".join(f"{key} {count}" for key, count in sorted(merged.moved.items()))
        total = sum(merged.moved.values())
        noun = "reference" if total == 1 else "references"
        where = "agreement" if len(merged.refs) == 1 else "agreements"
        lines.append(f"moved {total} {noun} ({places}) in {len(merged.refs)} {where}: {_listed(merged.refs)}")
    else:
        lines.append(f"no agreement referred to {gone}")
    if merged.others:
        lines.append(f"moved also in {_listed(merged.others)}")
    combined = merged.combined
    if combined.aliases:
        lines.append(f"{kept} is found also as {', '.join(map(repr, combined.aliases))}")
    if combined.filled:
        lines.append(f"{kept} took over {', '.join(combined.filled)}")
    lines += [f"left behind: {field} {value!r}" for field, value in combined.left]
    return lines + merged.folded


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
