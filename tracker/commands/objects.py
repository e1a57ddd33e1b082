"""What ``edit``, ``alias`` and ``merge`` of parties, focus areas, families, people and sources have in common."""

from json import dumps
from typing import Any

from tracker.commands.edit_options import EditOptions
from tracker.commands.editing import Editable
from tracker.commands.editing import edit as edit_object
from tracker.errors import Duplicate, InvalidValue
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.records import catalogue, documents
from tracker.record.document import IDENTITY
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions
from tracker.shell.writing import writing
from tracker.store.file.backup import automatic
from tracker.store.merge import objects as merging
from tracker.store.validation.models import validate
from tracker.store.write.writer import Outcome, Writer
from tracker.text.names import fold, person_orders
from tracker.work import typed

Record = dict[str, Any]

COMMANDS = {"focus_area": "focus", "person": "signatory"}
"""Kinds whose command has another name."""

_NAMED = ("party", "person")
"""Kinds with aliases."""

_SHOWN = 20
"""Refs that a message lists."""


def edit_one(context: AppContext, change: ChangeOptions, kind: str, name: str, options: EditOptions) -> None:
    """Change fields of an object by their paths, or the whole in the editor."""
    edit_object(context, _editable(kind), name, options, change)


def alias_one(context: AppContext, change: ChangeOptions, kind: str, name: str, aliases: Texts) -> None:
    """Add other names to a party or person. Raises Duplicate for one that leads to somebody else already."""
    made = kind == "party"  # parties that ship with the program are there before any store is
    with writing(context, change, create=made) as writer:
        found = catalogue.SHELVES[kind].find(writer.reader, name)
        record = documents.document(writer.reader, kind, found)
        added = []
        for alias in dict.fromkeys(text.strip() for text in aliases or []):
            bearers = _bearers(writer.reader, kind, alias)
            if bearers == {found}:
                messages.say(f"{found} is found as {alias!r} already", quiet=context.quiet)
                continue
            if others := sorted(bearers - {found}):
                raise Duplicate(_taken(kind, alias, found, others))
            record["aliases"].append(alias)
            writer.put_object(kind, validate(record, found, kind))
            added.append(alias)
    output.line(found)
    if added:
        did = "would be found" if change.dry_run else "is found"
        messages.say(f"{found} {did} also as {', '.join(map(repr, added))}", quiet=context.quiet)


def merge_one(context: AppContext, change: ChangeOptions, kind: str, gone: str, kept: str) -> None:
    """Put one object in the place of another everywhere, as one change, and say what moved."""
    find = catalogue.SHELVES[kind].find
    kept_before = None if change.dry_run else automatic(context.writable, "merge")
    with writing(context, change) as writer:
        swap = kind, find(writer.reader, gone), find(writer.reader, kept)
        merged = merging.merge(writer, *swap)
    output.line(merged.swap.kept)
    for line in _told(merged):
        messages.say(line, quiet=context.quiet)
    if kept_before:
        messages.say(f"what was there before: {kept_before}", quiet=context.quiet)
    if change.dry_run:
        messages.say("a dry run: nothing was changed", quiet=context.quiet)


def warn_of_shared_names(reader: Reader, kind: str, record: Record, known: set[str]) -> None:
    """Warn of names, beyond those ``known``, under which somebody else is found too."""
    if kind not in _NAMED:
        return
    own = record[IDENTITY[kind]]
    for name in sorted({record["name"], *record.get("names", {}).values(), *record["aliases"]} - known):
        if others := sorted(_bearers(reader, kind, name) - {own}):
            messages.warn(
                f"{name!r} leads to {' and '.join([own, *others])}; where it is typed, the code or id is asked for"
            )


def _editable(kind: str) -> Editable:
    shelf = catalogue.SHELVES[kind]
    return Editable(
        kind=kind,
        command=f"tracker {COMMANDS.get(kind, kind)} edit",
        find=shelf.find,
        read=lambda reader, name: documents.document(reader, kind, name),
        version=lambda reader, name: documents.document(reader, kind, name),
        apply=typed.apply,
        settle=lambda _, edited, name: (validate(edited, name, kind), []),
        put=lambda writer, record: _put(writer, kind, record),
        codes=lambda _: {},
    )


def _put(writer: Writer, kind: str, record: Record) -> Outcome:
    held = documents.document(writer.reader, kind, record[IDENTITY[kind]])
    outcome = writer.put_object(kind, record)
    known = {held.get("name"), *held.get("names", {}).values(), *held.get("aliases", ())}
    warn_of_shared_names(writer.reader, kind, record, known)
    return outcome


def _bearers(reader: Reader, kind: str, name: str) -> set[str]:
    """The codes or ids that are found under a name; of a person also with the words in another order."""
    keys = person_orders(name) if kind == "person" else [fold(name)]
    if not any(keys):
        raise InvalidValue(f"{name!r} has no letters or digits, so nobody can be found by it; give a name")
    view, column = ("person_keys", "person_id") if kind == "person" else ("party_keys", "code")
    sql = f"SELECT {column} FROM {view} WHERE folded IN (SELECT value FROM json_each(:keys))"  # noqa: S608  # names of views
    return {row[0] for row in reader.tuples(sql, {"keys": dumps(keys)})}


def _taken(kind: str, alias: str, found: str, others: list[str]) -> str:
    group = COMMANDS.get(kind, kind)
    return (
        f"{alias!r} leads to {' and '.join(others)} already, so {found} would not be found by it; "
        f"if they are one and the same: tracker {group} merge {others[0]} {found}"
    )


def _told(merged: merging.Merged) -> list[str]:
    """What a merge did, a line each."""
    _, gone, kept = merged.swap
    lines = [f"merged {gone} into {kept}"]
    if merged.refs:
        places = ", ".join(f"{place} {count}" for place, count in sorted(merged.moved.items()))
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
