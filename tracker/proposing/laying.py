"""Proposed values laid over a record, each by the rule of its key.

What was blank is filled, what is there stays, what differs becomes a claim. The record of a new agreement is blank, so
that all of it is filled; both go the same way.
"""

from collections.abc import Callable, Iterable, Mapping

from tracker.proposing.basis.proposal import Value
from tracker.proposing.sheet import AGREES, DIFFERS, FILLED, Basis, Laid, Sheet, quoted
from tracker.record import kinds, shapes
from tracker.record.document import blank
from tracker.record.types import Json, Record
from tracker.text.names import fold

LATER = {"place": 1, "signatories": 2}
"""Keys whose values are laid after the others, in order: a place belongs to an act, a signature to one too."""

NONE_GIVEN: Mapping[str, int] = {}
"""The highest numbers of a record that is not there yet."""


def lay(record: Record, values: Iterable[Value], basis: Basis, last: Mapping[str, int] = NONE_GIVEN) -> list[Laid]:
    """Lay values over a complete record, in place, and return what became of each.

    ``last``: the highest numbers that its lists of numbered items ever gave. Acts come before signatures, which may
    belong to one, and what there is of both before claims on them.
    """
    sheet = Sheet(record, basis, last)
    for value in sorted(values, key=lambda one: LATER.get(one.key, 0)):
        LAID.get(value.key, _lay_field)(sheet, value)
    return sheet.laid


def _lay_field(sheet: Sheet, proposed: Value) -> None:
    sheet.scalar(proposed.key, proposed.value, proposed)


def _lay_title(sheet: Sheet, proposed: Value) -> None:
    """Lay a title over those that the record has: by any of them, or words of the title alone, it is the same."""
    record, title = sheet.record, proposed.value
    others = (record["short_title"], *record["aliases"], *record["titles"].values())
    words, own = set(fold(title).split()), set(fold(record["title"] or "").split())
    if record["title"] and (words < own or fold(title) in {fold(other) for other in others if other}):
        sheet.laid.append(Laid("title", title, AGREES, record["title"], proposed))
        return
    sheet.scalar("title", title, proposed)


def _lay_binding(sheet: Sheet, proposed: Value) -> None:
    """Lay a binding status over the verdict; the words are evidence, also where they speak against it."""
    words = quoted(proposed.passage.text)
    told = {"kind": sheet.basis.evidence(proposed), "supports": proposed.value, "text": words}
    item = next((one for one in sheet.record["evidence"] if one.items() >= told.items()), None)
    if item is None and sheet.basis.fills:
        locator, said = sheet.basis.locator(proposed.passage), sheet.basis.said
        item = sheet.item("evidence", **told, date=said, locator=locator, confidence=proposed.confidence)
    if item is not None:
        sheet.cite(item)
    sheet.scalar("binding_status", proposed.value, proposed)


def _lay_party(sheet: Sheet, proposed: Value) -> None:
    """Lay a party over those of the record: one that is there gets its acting entity, another is new or claimed."""
    given = proposed.value
    code, entity, parties = given["code"], given.get("entity"), sheet.record["parties"]
    there = [party for party in parties if party["code"] == code]
    same = next(
        (party for party in there if entity and party["entity"] and fold(party["entity"]) == fold(entity)), None
    )
    party = same or next((one for one in there if one["entity"] is None or not entity), there[0] if there else None)
    if party is not None:
        sheet.say(sheet.path("parties", party), value=True, proposed=proposed, outcome=AGREES, held=True)
    elif sheet.has_two_sides and sheet.basis.fills:
        sheet.say(f"parties[{code}]", value=True, proposed=proposed, outcome=DIFFERS, held=None)
        return
    elif not sheet.basis.fills:
        return
    else:
        party = sheet.item("parties", code=code)
        sheet.say(sheet.path("parties", party), value=True, proposed=proposed, outcome=FILLED)
    for key in ("entity", "role"):
        if given.get(key):
            sheet.scalar(f"{sheet.path('parties', party)}.{key}", given[key], proposed)


def _lay_code(sheet: Sheet, proposed: Value) -> None:
    """Lay a code over a list of codes, which is open: what is not there yet is added."""
    codes = sheet.record[proposed.key]
    outcome = AGREES if proposed.value in codes else FILLED
    if outcome == FILLED and not sheet.basis.fills:
        return
    if outcome == FILLED:
        codes.append(proposed.value)
    sheet.say(f"{proposed.key}[{proposed.value}]", proposed.value, proposed, outcome, proposed.value)


def _lay_relation(sheet: Sheet, proposed: Value) -> None:
    """Lay a relation over those of the record; a list of relations is open."""
    given = proposed.value
    named = given.get("target") or fold(given.get("target_title") or "")
    for one in sheet.record["relations"]:
        if one["type"] == given["type"] and named in (one["target"], fold(one["target_title"] or "")):
            sheet.cite(one)
            sheet.laid.append(Laid(sheet.path("relations", one), given, AGREES, one, proposed))
            return
    if not sheet.basis.fills:
        return
    kept = {key: value for key, value in given.items() if key in shapes.fields("agreement.relations")}
    item = sheet.item("relations", **{**kept, "confidence": proposed.confidence, "note": quoted(proposed.passage.text)})
    sheet.cite(item)
    sheet.laid.append(Laid(sheet.path("relations", item), given, FILLED, None, proposed))


def _lay_term(sheet: Sheet, proposed: Value) -> None:
    """Lay a clause over the term that the record has: each of its fields by itself."""
    terms, key = sheet.record["terms"], proposed.key.removeprefix("terms.")
    if terms[key] is None and not sheet.basis.fills:
        return
    if terms[key] is None:
        terms[key] = blank(f"agreement.terms.{key}")
    _lay_fields(sheet, proposed.key, terms[key], proposed)


def _lay_notice(sheet: Sheet, proposed: Value) -> None:
    """Lay a notice over that of its kind; of another kind it is new."""
    notices, kind = sheet.record["terms"]["notices"], proposed.value["kind"]
    notice = next((one for one in notices if one["kind"] == kind), None)
    if notice is None and not sheet.basis.fills:
        return
    if notice is None:
        notice = blank("agreement.terms.notices") | {"kind": kind}
        notices.append(notice)
    number = notices.index(notice)
    path = f"terms.notices[{kind}]" if [one["kind"] for one in notices].count(kind) == 1 else f"terms.notices[{number}]"
    _lay_fields(sheet, path, notice, proposed)


def _lay_fields(sheet: Sheet, path: str, term: Record, proposed: Value) -> None:
    for key, value in proposed.value.items():
        if value not in (None, [], {}) and key in term and not isinstance(value, dict):
            _lay_part(sheet, f"{path}.{key}", term, (key, value), proposed)
    sheet.cite(term)


def _lay_part(sheet: Sheet, path: str, term: Record, part: tuple[str, Json], proposed: Value) -> None:
    key, value = part
    if path.endswith("].kind"):  # a notice is found by its kind
        sheet.say(path, value, proposed, FILLED if not term["sources"] else AGREES, value)
    elif isinstance(value, list):
        held = term[key]
        if held:
            sheet.say(path, value, proposed, AGREES if held == value else DIFFERS, held)
        elif sheet.basis.fills:
            term[key] = value
            sheet.say(path, value, proposed, FILLED)
    else:
        sheet.scalar(path, value, proposed)


def _lay_identifier(sheet: Sheet, proposed: Value) -> None:
    """Lay a number over that of its scheme."""
    given = proposed.value
    if not any(one["scheme"] == given["scheme"] for one in sheet.record["identifiers"]):
        if not sheet.basis.fills:
            return
        sheet.item("identifiers", **given)
        sheet.say(f"identifiers[{given['scheme']}]", given["value"], proposed, FILLED)
        return
    sheet.scalar(f"identifiers[{given['scheme']}]", given["value"], proposed)


def _lay_event(sheet: Sheet, proposed: Value) -> None:
    """Lay an act over the acts of the same kind: a day that is not known is filled, another one is claimed.

    Several acts of one text stand beside each other. A place without a day belongs to the act that there is.
    """
    _lay_act(sheet, proposed.value, proposed)


def _lay_signing(sheet: Sheet, proposed: Value) -> None:
    """Lay a day of signature, or the place of it."""
    told = {"date": proposed.value} if proposed.key == "signed" else {"places": [proposed.value]}
    _lay_act(sheet, {"kind": "signed", **told}, proposed)


def _lay_signatory(sheet: Sheet, proposed: Value) -> None:
    """Lay a signature over those of the record: one by the same person gets an office, one of another party is new."""
    given = proposed.value
    person = sheet.basis.person(given["name"])
    name = _id(person)
    party = given.get("party")
    signatories = sheet.record["signatories"]
    same = next((one for one in signatories if one["person"] is not None and _id(one["person"]) == name), None)
    unnamed = next((one for one in signatories if one["person"] is None and party and one["party"] == party), None)
    other = next((one for one in signatories if party and one["party"] == party and one is not unnamed), None)
    if same is not None:
        item, outcome = same, AGREES
    elif unnamed is not None and sheet.basis.fills:
        unnamed["person"] = person
        item, outcome = unnamed, FILLED
    elif other is not None and other["id"] not in sheet.met:
        sheet.say(f"{sheet.path('signatories', other)}.person", name, proposed, DIFFERS, other["person"])
        return
    elif not sheet.basis.fills:
        return
    else:
        signed = kinds.of_signature(sheet.record["events"])
        event = signed[0]["id"] if len(signed) == 1 else None
        item, outcome = sheet.item("signatories", person=person, party=party, event=event), FILLED
    sheet.met.add(item["id"])
    sheet.cite(item)
    path = sheet.path("signatories", item)
    sheet.say(f"{path}.person", name, proposed, outcome, name)
    if given.get("office"):
        sheet.scalar(f"{path}.office", given["office"], proposed)


def _lay_act(sheet: Sheet, given: Record, proposed: Value) -> None:
    kind, date = given["kind"], given.get("date")
    alike = _alike(sheet, kind, given.get("parties") or [])
    free = [event for event in alike if event["id"] not in sheet.met]
    same = next((event for event in alike if date and event["date"] == date), None)
    dateless = next((event for event in free if event["date"] is None), None)
    if same is not None:
        event, outcome = same, AGREES
    elif date is None and alike:
        event, outcome = alike[0], ""
    elif not sheet.basis.fills and not free:
        return
    elif date is not None and dateless is not None:
        if not sheet.basis.fills:
            return
        dateless["date"] = date
        event, outcome = dateless, FILLED
    elif not free:
        event, outcome = _new(sheet, given), FILLED
    else:
        path = f"events[{free[0]['id']}].date" if len(free) == 1 or kind not in kinds.SIGNATURES else "signed"
        sheet.say(path, date, proposed, DIFFERS, free[0]["date"])
        return
    sheet.met.add(event["id"])
    sheet.cite(event)
    _say(sheet, event, outcome, proposed)
    _lay_places(sheet, event, given.get("places") or [], proposed)


def _say(sheet: Sheet, event: Record, outcome: str, proposed: Value) -> None:
    path = sheet.path("events", event)
    if outcome and event["date"]:
        sheet.say(f"{path}.date", event["date"], proposed, outcome, event["date"])
    elif outcome:
        sheet.say(path, value=True, proposed=proposed, outcome=outcome, held=True)


def _alike(sheet: Sheet, kind: str, parties: list[str]) -> list[Record]:
    """Return the acts of a record of a kind by these parties; where one side names none, it may be the same act."""
    if parties and not sheet.has_two_sides and len(sheet.record["parties"]) > len(set(parties)):
        events = [event for event in sheet.record["events"] if event["parties"]]  # of many parties each acts by itself
    else:
        events = sheet.record["events"]
    if kinds.signs(kind):
        return [event for event in kinds.of_signature(events) if kinds.signs(event["kind"]) and _by(event, parties)]
    return [event for event in events if event["kind"] == kind and _by(event, parties)]


def _by(event: Record, parties: list[str]) -> bool:
    return not (event["parties"] and parties) or set(event["parties"]) == set(parties)


def _new(sheet: Sheet, given: Record) -> Record:
    kept = {key: given[key] for key in ("kind", "date", "effective_date", "provision", "kind_raw") if given.get(key)}
    return sheet.item("events", **kept, parties=list(given.get("parties") or []))


def _lay_places(sheet: Sheet, event: Record, places: list[str], proposed: Value) -> None:
    if not places:
        return
    path, held = f"{sheet.path('events', event)}.places", event["places"]
    known = {fold(place) for place in held}
    if not held:
        if sheet.basis.fills:
            event["places"] = list(places)
            sheet.placed.add(event["id"])
            sheet.say(path, list(places), proposed, FILLED)
    elif all(fold(place) in known for place in places):
        sheet.say(path, list(held), proposed, AGREES, held)
    elif event["id"] in sheet.placed:  # one act in two cities
        event["places"] = [*held, *(place for place in places if fold(place) not in known)]
        sheet.says_more(path, event["places"], proposed)
    else:
        sheet.say(path, list(places), proposed, DIFFERS, held)


def _id(person: Json) -> Json:
    return person["id"] if isinstance(person, dict) else person


LAID: Mapping[str, Callable[[Sheet, Value], None]] = {
    "title": _lay_title,
    "binding_status": _lay_binding,
    "parties": _lay_party,
    "signatories": _lay_signatory,
    "events": _lay_event,
    "signed": _lay_signing,
    "place": _lay_signing,
    "focus_areas": _lay_code,
    "languages": _lay_code,
    "relations": _lay_relation,
    "terms.entry_into_force": _lay_term,
    "terms.duration": _lay_term,
    "terms.survival": _lay_term,
    "terms.notices": _lay_notice,
    "identifiers": _lay_identifier,
}
"""How the values of a key are laid; a key without a rule of its own holds one value."""
