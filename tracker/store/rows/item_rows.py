"""The items of an agreement (parties, events, claims, ...) taken apart into rows; pure."""

from collections.abc import Iterable, Sequence

from tracker.dates import day as dates
from tracker.store.rows.cells import Document, Row, Rows, encode, list_text, optional_text

LISTS = {"evidence": "v", "signatories": "s", "events": "e", "claims": "c"}
"""Lists whose items are numbered within the agreement, with the letter of their ids."""

LETTERS = {letter: name for name, letter in LISTS.items()}
"""The list that an item id belongs to, by its letter."""


def number(item_id: str) -> int:
    """Return the number of an item id: 12 for ``e12``."""
    return int(item_id[1:])


def highest(items: Sequence[Document]) -> int:
    """Return the highest number among the items, 0 where there is none."""
    return max((number(item["id"]) for item in items), default=0)


def parties(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred the parties and the entities that act for them."""
    if document["parties"]:
        rows["participation"] = [
            {
                "agreement_id": agreement_id,
                "position": position,
                "code": party["code"],
                "entity": party["entity"],
                "role": party["role"],
            }
            for position, party in enumerate(document["parties"])
        ]


def evidence(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred the evidence and views on binding force."""
    if document["evidence"]:
        rows["evidence"] = [
            {
                "agreement_id": agreement_id,
                "number": number(item["id"]),
                "position": position,
                "kind": item["kind"],
                "supports": item["supports"],
                "party": item["party"],
                "authority": item["authority"],
                "text": item["text"],
                "date": item["date"],
                "locator": item["locator"],
                "confidence": item["confidence"],
            }
            for position, item in enumerate(document["evidence"])
        ]
    if document["binding_views"]:
        rows["binding_view"] = [
            {
                "agreement_id": agreement_id,
                "position": position,
                "party": view["party"],
                "authority": view["authority"],
                "value": view["value"],
                "evidence": list_text(view["evidence"]),
            }
            for position, view in enumerate(document["binding_views"])
        ]


def signatories(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred the signatures."""
    if document["signatories"]:
        rows["signatory"] = [
            {
                "agreement_id": agreement_id,
                "number": number(item["id"]),
                "position": position,
                "person_id": item["person"],
                "office": item["office"],
                "level": item["level"],
                "party": item["party"],
                "event": number(item["event"]) if item["event"] else None,
                "verified": item["verified"],
                "note": item["note"],
            }
            for position, item in enumerate(document["signatories"])
        ]


def events(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred the events and the parties that each concerns."""
    events: list[Row] = []
    parties: list[Row] = []
    for position, event in enumerate(document["events"]):
        event_number = number(event["id"])
        date_earliest, date_latest, date_uncertain = dates.bounds(event["date"])
        effective_earliest, effective_latest, effective_uncertain = dates.bounds(event["effective_date"])
        events.append(
            {
                "agreement_id": agreement_id,
                "number": event_number,
                "position": position,
                "kind": event["kind"],
                "kind_raw": event["kind_raw"],
                "date": event["date"],
                "date_earliest": date_earliest,
                "date_latest": date_latest,
                "date_uncertain": date_uncertain,
                "effective_date": event["effective_date"],
                "effective_earliest": effective_earliest,
                "effective_latest": effective_latest,
                "effective_uncertain": effective_uncertain,
                "places": list_text(event["places"]),
                "provision": event["provision"],
                "verified": event["verified"],
                "note": event["note"],
                "raw": event["raw"],
                "origin": optional_text(event["origin"]),
            }
        )
        parties.extend(
            {"agreement_id": agreement_id, "number": event_number, "position": place, "code": code}
            for place, code in enumerate(event["parties"])
        )
    if events:
        rows["event"] = events
    if parties:
        rows["event_party"] = parties


def relation_row(relation: Document, agreement_id: int, position: int) -> Row:
    """Return the row of one relation in its active direction."""
    return {
        "agreement_id": agreement_id,
        "position": position,
        "type": relation["type"],
        "target": relation["target"],
        "target_title": relation["target_title"],
        "word": relation["word"],
        "confidence": relation["confidence"],
        "note": relation["note"],
    }


def relations(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred the relations in their active direction."""
    if document["relations"]:
        rows["relation"] = [
            relation_row(relation, agreement_id, position) for position, relation in enumerate(document["relations"])
        ]


def claims(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred the claims."""
    if document["claims"]:
        rows["claim"] = [
            {
                "agreement_id": agreement_id,
                "number": number(item["id"]),
                "position": position,
                "field": item["field"],
                "value": encode(item["value"]),
                "locator": item["locator"],
                "confidence": item["confidence"],
                "adopted": item["adopted"],
                "reason": item["reason"],
                "note": item["note"],
            }
            for position, item in enumerate(document["claims"])
        ]


def places_in_the_world(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred what files the agreement among others: subjects, families, numbers."""
    if document["focus_areas"]:
        codes = sorted(set(document["focus_areas"]))
        rows["agreement_focus"] = [{"agreement_id": agreement_id, "code": code} for code in codes]
    if document["families"]:
        rows["membership"] = [
            {"agreement_id": agreement_id, "family_id": item["family"], "note": item["note"]}
            for item in document["families"]
        ]
    if document["identifiers"]:
        pairs = sorted({(item["scheme"], item["value"]) for item in document["identifiers"]})
        rows["identifier"] = [
            {"agreement_id": agreement_id, "scheme": scheme, "value": value} for scheme, value in pairs
        ]


def citations(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred every list of sources into one table; the owners are those of ``schema.Citation``."""
    citations = [
        citation_row(agreement_id, "", position, source["source"], source["locator"])
        for position, source in enumerate(document["sources"])
    ]
    for owner, sources in _owners(document):
        citations.extend(citation_row(agreement_id, owner, position, source) for position, source in enumerate(sources))
    if citations:
        rows["citation"] = citations


def citation_row(agreement_id: int, owner: str, position: int, source: str, locator: str | None = None) -> Row:
    """Return the row of one source of one item."""
    return {
        "agreement_id": agreement_id,
        "owner": owner,
        "position": position,
        "source_id": source,
        "locator": locator,
    }


def _owners(document: Document) -> Iterable[tuple[str, Sequence[str]]]:
    """Yield the owner and the sources of each item that has any."""
    for name in LISTS:
        for item in document[name]:
            if item["sources"]:
                yield item["id"], item["sources"]
    for item in document["families"]:
        if item["sources"]:
            yield f"families[{item['family']}]", item["sources"]
    for position, item in enumerate(document["relations"]):
        if item["sources"]:
            yield f"relations[{position}]", item["sources"]
    yield from _owners_in_terms(document["terms"])


def _owners_in_terms(terms: Document) -> Iterable[tuple[str, Sequence[str]]]:
    for name in ("entry_into_force", "duration", "survival"):
        if terms[name] and terms[name]["sources"]:
            yield f"terms.{name}", terms[name]["sources"]
    for position, item in enumerate(terms["notices"]):
        if item["sources"]:
            yield f"terms.notices[{position}]", item["sources"]
