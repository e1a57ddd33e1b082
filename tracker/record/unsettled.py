"""Parties whose names nobody bears yet: open questions of a record, and acts of kind ``other``, until they are settled.

Such a party is none: it is not counted, and what it did moves nothing. The question holds all that was said of it, so
that nothing is lost once somebody knows who it is.
"""

import re
from collections.abc import Callable
from json import dumps, loads

from tracker.record.types import Json, Record
from tracker.record.vocabulary import EVENT_KINDS

MARK = "party not known: "
"""How such a question begins."""

_TEXT = r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*"'
_QUESTION = re.compile(rf"{re.escape(MARK)}(?P<name>{_TEXT})(?P<rest>(?:, (?:entity|role) {_TEXT})*)")
_DETAIL = re.compile(rf", (entity|role) ({_TEXT})")
_ACT = re.compile(rf"(?P<kind>[a-z_]+)(?: (?P<raw>{_TEXT}))? by (?P<name>{_TEXT}), party not known")

Code = Callable[[str], str | None]
"""The party that a name means now, None while nobody bears it."""


def question(party: Record, name: str) -> str:
    """Return the open question that stands for a party of a record."""
    details = "".join(f", {key} {_quoted(party[key])}" for key in ("entity", "role") if party.get(key))
    return f"{MARK}{_quoted(name)}{details}"


def names(record: Record) -> list[str]:
    """Return the names of a record that nobody bears yet, each once."""
    return list(dict.fromkeys(name for text in record.get("open_questions", ()) if (name := _name(text)) is not None))


def of_kind(kind: str) -> str:
    """Return the words, as GLOB takes them, by which acts of a kind are kept whose parties are not known."""
    return f'{kind} *by "*", party not known'


def kept(record: Record, unknown: dict[str, str]) -> Record:
    """Return a record in which unknown parties became open questions; ``unknown`` has the name of each mark."""
    strange = [party for party in record.get("parties", ()) if party["code"] in unknown]
    events: list[Record] = []
    for event in record.get("events", ()):
        codes = event.get("parties") or []
        known = [code for code in codes if code not in unknown]
        if known or not codes:
            events.append({**event, "parties": known} if len(known) < len(codes) else event)
        events += [_of_nobody(event, unknown[code]) for code in codes if code in unknown]
    # An act may be of somebody whom no party column names.
    named = {party["code"] for party in strange}
    acting = [code for event in record.get("events", ()) for code in event.get("parties") or ()]
    strange += [{"code": code} for code in dict.fromkeys(acting) if code in unknown and code not in named]
    questions = [question(party, unknown[party["code"]]) for party in strange]
    return {
        **record,
        "parties": [party for party in record.get("parties", ()) if party["code"] not in unknown],
        "events": events,
        "open_questions": list(dict.fromkeys([*record.get("open_questions", ()), *questions])),
    }


def settled(record: Record, code: Code) -> Record:
    """Return a record with the parties that ``code`` knows in the place of their questions; the same where none is."""
    done: Record = {**record, "parties": list(record["parties"]), "open_questions": []}
    for text in record["open_questions"]:
        name = _name(text)
        found = code(name) if name is not None else None
        if found is None:
            done["open_questions"].append(text)
            continue
        party = {"code": found, "entity": None, "role": None, **_details(text)}
        if not any(_same(party, other) for other in done["parties"]):
            done["parties"].append(party)
    if done["open_questions"] == record["open_questions"]:
        return record
    done["events"] = _joined([_acted(event, code) for event in record["events"]], record["events"])
    return done


def _acted(event: Record, code: Code) -> Record:
    """Return an act with the one whose it is; the same object while nobody is known."""
    match = _ACT.fullmatch(event.get("kind_raw") or "") if event["kind"] == "other" else None
    found = code(loads(match["name"])) if match else None
    if match is None or found is None or match["kind"] not in EVENT_KINDS:
        return event
    raw = loads(match["raw"]) if match["raw"] else None
    return {**event, "kind": match["kind"], "kind_raw": raw, "parties": [found]}


def _joined(events: list[Record], before: list[Record]) -> list[Record]:
    """Return events in which those that were settled are again one with the act of the others from which they came."""
    done: list[Record] = []
    for event, old in zip(events, before, strict=True):
        whole = next((other for other in done if event is not old and _told(other) == _told(event)), None)
        if whole is None or not whole["parties"]:
            done.append(event)
        else:
            together = list(dict.fromkeys([*whole["parties"], *event["parties"]]))
            done = [{**other, "parties": together} if other is whole else other for other in done]
    return done


def _told(event: Record) -> Record:
    """Return what an act says, but for whose it is."""
    return {key: value for key, value in event.items() if key not in ("id", "parties")}


def _of_nobody(event: Record, name: str) -> Record:
    """Return an act of somebody unknown: it happened, and brings nothing about."""
    raw = f" {_quoted(event['kind_raw'])}" if event.get("kind_raw") else ""
    words = f"{event['kind']}{raw} by {_quoted(name)}, party not known"
    return {**event, "kind": "other", "kind_raw": words, "parties": []}


def _same(party: Record, other: Record) -> bool:
    return (party["code"], party["entity"]) == (other["code"], other.get("entity"))


def _name(text: str) -> str | None:
    match = _QUESTION.fullmatch(text)
    return str(loads(match["name"])) if match else None


def _details(text: str) -> Record:
    match = _QUESTION.fullmatch(text)
    return {key: loads(value) for key, value in _DETAIL.findall(match["rest"])} if match else {}


def _quoted(text: Json) -> str:
    return dumps(text, ensure_ascii=False)
