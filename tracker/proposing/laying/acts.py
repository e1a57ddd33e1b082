"""Proposed acts and signatures laid over those of a record."""

from tracker.proposing.basis.proposal import Value
from tracker.proposing.laying.basis import AGREES, DIFFERS, FILLED
from tracker.proposing.laying.sheet import Sheet
from tracker.record import kinds
from tracker.record.types import Json, Record
from tracker.text.names import fold


def lay_event(sheet: Sheet, proposed: Value) -> None:
    """Lay an act over the acts of the same kind: a day that is not known is filled, another one is claimed.

    Several acts of one text stand beside each other. A place without a day belongs to the act that there is.
    """
    _lay_act(sheet, proposed.value, proposed)


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


def lay_signing(sheet: Sheet, proposed: Value) -> None:
    """Lay a day of signature, or the place of it."""
    told = {"date": proposed.value} if proposed.key == "signed" else {"places": [proposed.value]}
    _lay_act(sheet, {"kind": "signed", **told}, proposed)


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


def lay_signatory(sheet: Sheet, proposed: Value) -> None:
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


def _id(person: Json) -> Json:
    return person["id"] if isinstance(person, dict) else person
