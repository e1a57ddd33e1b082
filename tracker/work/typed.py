"""What people type made into values and items of a record: names become codes, dates EDTF.

Values are typed for a path of a record or object (``--set``, a cell of a sheet). Short texts become items: parties,
signatories, sources, evidence. The same forms serve ``add``, ``event``, ``edit`` and a CSV sheet:
``USA: Department of Defense``, ``USA: Lloyd J. Austin III, Secretary of Defense``,
``party_statement: DoD calls it legally binding``. A name that nobody bears is refused with suggestions, never guessed.
"""

from collections.abc import Callable

from tracker.dates import day, edtf, typed
from tracker.errors import Duplicate, InvalidValue, UnknownName
from tracker.read.file.connection import Reader
from tracker.read.lookup import brackets, names
from tracker.record import edits, kinds, shapes, vocabulary
from tracker.record import values as paths
from tracker.record.document import IDENTITY
from tracker.record.kinds import of_signature
from tracker.record.types import NAME, Json, Record
from tracker.record.values import Path, PathError
from tracker.text import people, refs, tags
from tracker.text.names import slug

SCALARS: dict[str, Callable[[Reader, str], Json]] = {
    "party": names.party_code,
    "code": names.party_code,
    "person": names.person_id,
    "family": names.family_id,
}
"""Keys inside items whose text is a name."""

PARENT = "focus_area.parent"
"""The one field outside items whose text is a name."""

UNTIL = "terms.duration.until"

LONGEST_KIND = 60
"""Characters of a wrong kind that a message repeats."""


class LikelyKnown(Duplicate):
    """Somebody or something new is called as what is known, or a person nearly so."""


def date(text: str, today: str, what: str = "date") -> str:
    """EDTF text of a date as typed; raises InvalidValue naming the option."""
    try:
        return typed.read(text, today).edtf
    except day.DateError as error:
        raise InvalidValue(f"{what}: {error}") from error


def party(reader: Reader, text: str) -> Record:
    """``CODE`` or ``CODE: acting entity``; the code may be any name of the party."""
    name, _, entity = text.partition(":")
    return {"code": names.party_code(reader, name.strip()), "entity": entity.strip() or None}


def person(reader: Reader, name: str) -> str | Record:
    """The id of the person of that name, or a new person in place, named by the same rule as every new object.

    Raises UnknownName where several people are called so, InvalidValue where no id can be made from the name.
    """
    person = names.known_person_id(reader, name)
    if person is not None:
        return person
    identifier = refs.proposed_id(name)
    if identifier is None:
        raise InvalidValue(
            f"signatory {name!r}: the name has no Latin letters to make an id from; "
            f"record the person first: tracker signatory add {name!r} --id ID"
        )
    return {"id": identifier, "name": name}


def depositary(reader: Reader, text: str) -> Record:
    """The code of the party called so, else the text as the name of one that is no party of the register.

    Raises InvalidValue for what is the name of a party but for a letter or two.
    """
    try:
        return {"code": names.party_code(reader, text), "name": None}
    except UnknownName:
        if near := names.nearly_party(reader, text):
            raise InvalidValue(
                f'depositary {text!r}: did you mean {near}? For somebody else who is called so: {{"name": "{text}"}}'
            ) from None
        return {"code": None, "name": text}


def signatory(reader: Reader, text: str) -> Record:
    """``PARTY: Name, office``; party and office may be left out, and ``?`` is a name that is not known.

    The name may stand in either order: ``Austin, Lloyd J., Secretary of Defense``.
    """
    before, colon, after = text.partition(":")
    code = names.party_code(reader, before.strip()) if colon else None
    told = after if colon else before
    name, office = _name_and_office(reader, told)
    if not name:
        raise InvalidValue(f"signatory {text!r}: no name; expected 'PARTY: Name, office'")
    known = None if name == "?" else person(reader, name)
    if known is None and not (code or office):
        raise InvalidValue(f"signatory {text!r}: nothing is known of the signatory; expected 'PARTY: ?, office'")
    return {"person": known, "office": office, "party": code}


def _name_and_office(reader: Reader, text: str) -> tuple[str, str | None]:
    """Take a name and an office apart, by the people of the register first; raises InvalidValue where both may be."""
    parts = [part.strip() for part in text.split(",")]
    for length in (len(parts), 2):
        name = ", ".join(parts[:length])
        if 1 < length <= len(parts) and names.known_person_id(reader, name) is not None:
            return name, ", ".join(parts[length:]) or None
    read = people.read(text)
    if read.open:
        spoken = f"{parts[1]} {parts[0]}"
        raise InvalidValue(
            f"signatory {text.strip()!r}: is {parts[1]!r} a given name or an office? Write the name as it is spoken, "
            f"'{spoken}', with the office, if it is known, behind a comma: '{spoken}, Minister of Defence'"
        )
    return read.name, read.office


def value(reader: Reader, path: str, text: str, today: str) -> Json:
    """The value that a text stands for at a path of an agreement; the items of a list stand between semicolons."""
    return _value(reader, paths.parse(path), path, text, today)


def member(reader: Reader, text: str, today: str) -> Record:
    """A spell of membership from ``PARTY`` or ``PARTY: FROM..UNTIL``; either end may be left out."""
    name, colon, spell = text.partition(":")
    first, dots, last = spell.partition("..")
    if colon and not dots:
        raise InvalidValue(f"member {text!r}: expected 'PARTY: FROM..UNTIL', such as 'GBR: 1973-01-01..2020-01-31'")
    item = {
        "code": names.party_code(reader, name.strip()),
        "from": date(first.strip(), today, "member") if first.strip() else None,
        "until": date(last.strip(), today, "member") if last.strip() else None,
    }
    if ends_first(item["from"], item["until"]):
        right = f"{name.strip()}: {last.strip()}..{first.strip()}"
        raise InvalidValue(f"member {text!r} ends before it begins: write '{right}'")
    return item


def ends_first(begun: str | None, ended: str | None) -> bool:
    """Tell whether a time ends for certain before it begins; either date may be unknown."""
    first = edtf.parse(begun).earliest if begun else None
    last = edtf.parse(ended).latest if ended else None
    return first is not None and last is not None and last < first


def event(text: str, today: str) -> str | Record:
    """An event from its kind and date, ``entered into force Feb 2024``; of what begins with no kind the text itself."""
    words = text.split()
    for count in range(len(words), 0, -1):
        kind = vocabulary.understood(" ".join(words[:count]), kinds.EVENT_KINDS)
        if kind in kinds.EVENT_KINDS:
            rest = " ".join(words[count:]).removeprefix("unknown")
            return {"kind": kind, "date": date(rest, today, f"date of {kinds.said(kind)}") if rest else None}
    return text


def source(reader: Reader, text: str) -> str | Record:
    """The id of a source, or of the one with that address, or a new one in place for an address nobody has recorded.

    A new address is a source of kind ``unknown`` whose title is the address: neither is guessed from it.
    """
    if "://" not in text:
        return names.source_id(reader, text)
    row = reader.row("SELECT id FROM sources WHERE url = :url OR archive_url = :url ORDER BY id", {"url": text})
    if row is not None:
        return str(row["id"])
    address = text.partition("://")[2].removeprefix("www.")
    base = slug(address)[:60].strip("-")
    taken = {
        row["id"]
        for row in reader.rows("SELECT id FROM sources WHERE id >= :base AND id < :base || '~'", {"base": base})
    }
    return {"id": refs.next_free(base, taken), "title": text, "url": text, "kind": "unknown"}


def _value(reader: Reader, path: Path, shown: str, text: str, today: str) -> Json:
    if path.kind == "list" and text.strip()[:1] not in ("[", "{"):
        parts = text.replace(",", ";") if path.last.field.type.kind == "language" else text
        return [_item(reader, path, shown, part.strip(), today) for part in parts.split(";") if part.strip()]
    typed = edits.value_from_text(path, text)
    if not isinstance(typed, str):
        return typed
    if path.kind == "date":
        return date(typed, today, shown)
    if path.last.field.type.kind == "language":
        return language(typed, shown)
    if path.last.inner == PARENT:
        return names.focus_code(reader, typed)
    named = SCALARS.get(path.last.key) if len(path.steps) > 1 else None
    return named(reader, typed) if named else typed


def _added(reader: Reader, path: Path, shown: str, text: str, today: str) -> Json:
    """What a text adds to a list, several items between semicolons as in ``_value``.

    A title or a remark is one, for it may hold semicolons of its own.
    """
    type_ = path.last.field.type
    is_one = type_.kind == "text" and type_.longest > NAME
    return (_item if is_one else _value)(reader, path, shown, text, today)


def _item(reader: Reader, path: Path, shown: str, text: str, today: str) -> Json:
    """One item of a list from its text: an object as JSON, or the short form of its kind."""
    if path.kind == "list" and text.strip()[:1] == "{":
        return edits.value_from_text(path, text)
    if path.last.selector is None:
        if path.last.inner == "party.members":
            return member(reader, text, today)
        if path.last.inner == "agreement.events":
            return event(text, today)
        make = ITEMS.get(path.last.inner) or (source if path.last.key == "sources" else None)
        if make is not None:
            return make(reader, text)
    if path.kind == "list" and path.last.field.type.kind == "language":
        return language(text, shown)
    return text if path.kind == "list" else _value(reader, path, shown, text, today)


def language(text: str, shown: str) -> str:
    """A tag of a language; raises InvalidValue for anything else, such as its name."""
    try:
        return tags.tag(text)
    except tags.TagError as error:
        raise InvalidValue(f"{shown}: {error}") from error


def code(text: str | None, otherwise: str, kind: str, key: str) -> str:
    """A word of the vocabulary of a field as people type it: ``non-binding``, ``mou``."""
    return otherwise if text is None else vocabulary.understood(text, shapes.fields(kind)[key].type.words)


def identifier(text: str) -> Record:
    """``SCHEME:VALUE``, such as ``TIAS:13-521.1``; lists print it with a blank, which is taken as well."""
    mark = ":" if ":" in text else " "
    scheme, _, value = text.strip().partition(mark)
    if not scheme.strip() or not value.strip():
        raise InvalidValue(f"identifier {text!r}: expected SCHEME:VALUE, such as 'TIAS:13-521.1'")
    return {"scheme": scheme.strip(), "value": value.strip()}


def relation(text: str) -> Record:
    """``TYPE REF``; a relation that names no other agreement says nothing."""
    word, _, target = text.strip().partition(" ")
    if not target.strip():
        raise InvalidValue(
            f"relation {text!r}: to which agreement? Expected TYPE REF, such as 'amends us-jp-sosa-2023'"
        )
    return {"type": word, "target": target.strip()}


ITEMS: dict[str, Callable[[Reader, str], Json]] = {
    "agreement.parties": party,
    "agreement.signatories": signatory,
    "agreement.focus_areas": names.focus_code,
    "agreement.families": lambda reader, text: {"family": names.family_id(reader, text)},
    "agreement.sources": lambda reader, text: {"source": source(reader, text)},
    "agreement.depositaries": depositary,
    "agreement.relations": lambda _, text: relation(text),
    "agreement.identifiers": lambda _, text: identifier(text),
    "agreement.events.parties": names.party_code,
    "agreement.terms.entry_into_force.parties": names.party_code,
    "party.successors": names.party_code,
}
"""What one item of a list is made of, by the list's place; elsewhere ``sources`` holds sources."""


def apply(reader: Reader, record: Record, change: str, path: str, text: str | None, today: str) -> None:
    """Carry out one ``set``, ``add`` or ``remove``; raises InvalidValue with the nearest path."""
    kind = record["record"]
    try:
        if change == "set" and path == "signed" and kind == "agreement":
            _set_signed(record, date(text or "", today, "signed"))
            return
        if change == "set" and path == UNTIL and _set_fiscal_end(record, text or ""):
            return
        path = brackets.looked_up(reader, record, path)
        parsed = paths.parse(path, kind)
        _refuse_identity(kind, parsed)
        if change == "add" and not (text or "").strip():
            raise InvalidValue(f"{path}: nothing to add; give a value after the equals sign")
        target = path if kind == "agreement" else parsed  # messages repeat a short name as it was typed
        if change == "set" and not (text or "").strip() and parsed.last.key == "identifiers":
            edits.remove(record, target)
        elif change == "set":
            edits.set_(record, target, _value(reader, parsed, path, text or "", today))
        elif change == "add":
            edits.add(record, target, _added(reader, parsed, path, text or "", today))
        else:
            edits.remove(record, target, text and brackets.meant(reader, record, parsed, text))
    except PathError as error:
        raise InvalidValue(str(error)) from error


def _set_fiscal_end(record: Record, text: str) -> bool:
    """Take the end of a term typed as a fiscal year ("JPN FY2026"); what was typed and the rule become its note."""
    from tracker.dates import fiscal_years

    try:
        found = fiscal_years.typed(text, [party["code"] for party in record.get("parties") or ()])
    except fiscal_years.FiscalYearError as error:
        raise InvalidValue(f"{UNTIL}: {error}") from error
    if found is None:
        return False
    day, rule = found
    edits.set_(record, UNTIL, day)
    duration = record["terms"]["duration"]
    duration["note"] = duration.get("note") or rule
    return True


def _set_signed(record: Record, date: str) -> None:
    """Give the one act that dates the signature its date, or record one; raises PathError where there are several."""
    acts = of_signature(record["events"])
    if len(acts) > 1:
        named = ", ".join(f"events[{event['id']}].date" for event in acts)
        raise PathError(f"signed: there are {len(acts)} signing acts; set the date of one: {named}")
    if acts:
        acts[0]["date"] = date
    else:
        edits.add(record, "events", {"kind": kinds.SIGNATURES[0], "date": date})


def _refuse_identity(kind: str, path: Path) -> None:
    """The ref, code or id of an object never changes."""
    if path.steps[0].key == "record":
        raise InvalidValue(f"record: says of what kind the object is, which never changes; it is {kind!r}")
    if path.steps[0].key == IDENTITY[kind]:
        noun = {"focus_area": "focus area", "person": "signatory", "agreement": "record"}.get(kind, kind)
        instead = "" if kind == "agreement" else "; to join two, merge them"
        raise InvalidValue(f"{path.text}: the {IDENTITY[kind]} of a {noun} is permanent{instead}")


def refuse_near_people(reader: Reader, record: Record) -> None:
    """Raise LikelyKnown where a new signatory of a record may be one of the people of the register."""
    for item in record["signatories"]:
        if isinstance(item["person"], dict):
            refuse_near_person(reader, item["person"]["name"])


def refuse_near_person(reader: Reader, name: str) -> None:
    """Raise LikelyKnown where the new person of a name may be one of the people of the register."""
    near = names.near_people(reader, name)
    if near and names.known_person_id(reader, name) is None:
        known = f"{' and '.join(near)} {'is' if len(near) == 1 else 'are'}"
        raise LikelyKnown(
            f"{name!r} is not known, but {known}: give that id or name, or add --yes to record somebody new"
        )


def source_with_sum(reader: Reader, sum_: str) -> str | None:
    """Return the id of the source whose file has this SHA-256; None where there is none."""
    row = reader.row("SELECT id FROM sources WHERE sha256 = :sum ORDER BY id", {"sum": sum_})
    return None if row is None else str(row["id"])


def free_source_id(reader: Reader, base: str) -> str:
    """Return an id for a new source, with a number where it is taken."""
    rows = reader.tuples("SELECT id FROM sources WHERE id >= :base AND id < :base || '~'", {"base": base})
    return refs.next_free(base, {str(row[0]) for row in rows})


def evidence(text: str, supports: str, sources: list[str | Record]) -> Record:
    """``KIND: text`` with a kind of the vocabulary, or a text without a colon, which is an ``analyst_inference``.

    Raises InvalidValue, with the nearest kinds, where no kind stands before the colon.
    """
    head, colon, rest = text.partition(":")
    if not colon:
        return {"kind": "analyst_inference", "supports": supports, "text": text.strip(), "sources": sources}
    kind = vocabulary.understood(head, vocabulary.EVIDENCE_KINDS)
    if kind not in vocabulary.EVIDENCE_KINDS:
        shown = head.strip()[:LONGEST_KIND]
        raise InvalidValue(
            f"evidence: unknown kind {shown!r}; {vocabulary.expected(shown.lower(), vocabulary.EVIDENCE_KINDS)}; "
            "what has a colon begins with its kind, such as 'analyst_inference: TEXT'"
        )
    return {"kind": kind, "supports": supports, "text": rest.strip() or None, "sources": sources}


def own_field(text: str) -> tuple[str, str | int | bool]:
    """``NAME=VALUE``: whole numbers, true and false keep their type, everything else is text."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise InvalidValue(f"own field {text!r}: expected NAME=VALUE, such as 'owner=me'")
    typed = edits.value_from_text(f"extra.{name.strip()}", value)
    return name.strip(), "" if typed is None else typed
