"""The items of a record that brackets choose, by the names that people type: ``parties[Japan]`` is ``parties[JPN]``."""

from collections.abc import Callable
from typing import Final

from tracker.errors import UnknownName
from tracker.read.file.connection import Reader
from tracker.read.lookup import names, refs
from tracker.record import shapes, vocabulary
from tracker.record.paths import CLAIMABLE, TOPIC, Path, PathError, Step, is_exact, parse
from tracker.record.relations import TYPES
from tracker.record.types import Json, Record
from tracker.record.values import absent, get, positions
from tracker.text.refs import is_id
from tracker.text.tags import TagError, tag

Find = Callable[[Reader, str], str]
"""Finds the object that a text means; raises UnknownName."""

BEARERS: Final[dict[str, Find]] = {
    "party": names.party_code,
    "focus_area": names.focus_code,
    "family": names.family_id,
    "source": names.source_id,
}
"""Kind of the objects that items of a list stand for to what finds the one that a text means."""


def looked_up(reader: Reader, record: Record | None, path: str) -> str:
    """Return a path of a record, of any agreement where none is given, with what stands in its brackets as kept.

    What chooses an item of the record stays. Else a party, family, focus area, source or agreement is looked up, as it
    is wherever it is typed: a claim may be about one that the record does not hold, never about one that nobody knows.
    Raises UnknownName, NotFound and ``PathError``, for an item with an id also where the record has none of that id.
    """
    if path.startswith(TOPIC) or path in CLAIMABLE:
        return path
    parsed = parse(path, record["record"] if record else "agreement")
    steps: list[Step] = []
    holder: Json = record
    for step in parsed.steps:
        held = holder.get(step.key) if isinstance(holder, dict) else None
        if step.listed and step.selector is not None:
            items = held if isinstance(held, list) else None if record is None else []
            selector = _selector(reader, items, step, parsed)
            found = positions(items or [], step.key, selector)
            steps.append(step._replace(selector=selector))
            holder = items[found[0]] if items and len(found) == 1 else None
        elif step.mapped and step.selector is not None and step.selector not in (held or ()):
            steps.append(_keyed(step))
            holder = None
        else:
            steps.append(step)
            holder = held
    return path if tuple(steps) == parsed.steps and is_exact(path) else Path(tuple(steps)).text


def _keyed(step: Step) -> Step:
    """The same step with its key as it is kept: of titles and names a tag of a language."""
    key = step.field.type.keyed_by
    if key is None or key.kind != "language":
        return step
    try:
        return step._replace(selector=tag(step.selector or ""))
    except TagError as error:
        raise PathError(f"{step.key}: {error}") from error


def meant(reader: Reader, record: Record, path: Path, text: str) -> str:
    """Return what chooses the item that a text means of the list at the end of a path; raises as ``looked_up``."""
    items = get(record, path)
    step = path.last._replace(selector=text)
    whole = Path((*path.steps[:-1], step))
    return _selector(reader, items, step, whole) if step.listed and isinstance(items, list) else text


def _selector(reader: Reader, items: list[Json] | None, step: Step, path: Path) -> str:
    """What chooses an item, found as it stands or by the name of the object that the item stands for."""
    typed, shape = step.selector or "", step.field.type.shape
    if positions(items or [], step.key, typed) or (items is None and typed.isdecimal()):
        return typed
    if step.key == "relations":
        return _relation(reader, typed)
    if shape is not None and shape.numbered:
        if items is None:
            return _signing(reader, typed) if step.key == "signatories" else typed
        found = _signature(reader, items, typed) if step.key == "signatories" else None
        if found is None:
            raise PathError(absent(path, step.key, items))
        return found
    find = BEARERS.get(shapes.bearer(step.field))
    if find is None:
        return typed
    return _whole(reader, find, typed) if shape is not None and len(shape.identity) > 1 else find(reader, typed)


def _whole(reader: Reader, find: Find, typed: str) -> str:
    """What chooses an item that an object and more tells apart: by its code alone, or with the rest behind it."""
    try:
        return find(reader, typed)
    except UnknownName:
        code, _, rest = typed.partition(" ")
        if not rest or _found(reader, find, code) != code:
            raise
        return typed


def _found(reader: Reader, find: Find, text: str) -> str | None:
    try:
        return find(reader, text)
    except UnknownName:
        return None


def _relation(reader: Reader, typed: str) -> str:
    """A relation by its type, and the agreement by its ref or the beginning of it; a title stays as it is."""
    word, blank, target = typed.partition(" ")
    try:
        vocabulary.check(word, TYPES, "relation")
    except vocabulary.VocabularyError as error:
        raise PathError(str(error)) from error
    return f"{word} {refs.resolve(reader, target)}" if blank and is_id(target.lower()) else typed


def _signature(reader: Reader, items: list[Json], typed: str) -> str | None:
    """The id of the one signature of a person, or of somebody for a party, called so; None where there is none."""
    try:
        named = {names.known_person_id(reader, typed), names.known_party_code(reader, typed)} - {None}
    except UnknownName:  # several are called so, and any of them may be meant
        return None
    found = [item["id"] for item in items if {item.get("person"), item.get("party")} & named]
    return found[0] if len(found) == 1 else None


def _signing(reader: Reader, typed: str) -> str:
    """What chooses the signature for a party, by any of its names; anything else is an id as it stands."""
    return names.known_party_code(reader, typed) or typed
