"""The children of a page of agreements, one SELECT a table, in the shape and key order of the record.

Every loader returns the children by the id of their agreement; an agreement without any is not in it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from json import loads
from typing import Any

from tracker.read.records.page import ON_PAGE, Page, maybe, texts, truth
from tracker.table import Record

Children = Mapping[int, list[Any]]


def binding_views(page: Page) -> Children:
    """Views of parties and authorities on binding force."""
    found: dict[int, list[Record]] = defaultdict(list)
    for agreement, party, authority, value, evidence in page.rows(
        f"SELECT agreement_id, party, authority, value, evidence FROM binding_views WHERE {ON_PAGE}"
        " ORDER BY agreement_id, position"
    ):
        found[agreement].append({"party": party, "authority": authority, "value": value, "evidence": texts(evidence)})
    return found


def evidence(page: Page) -> Children:
    """Pieces of evidence for or against binding force."""
    cited = page.cited()
    found: dict[int, list[Record]] = defaultdict(list)
    for agreement, number, kind, supports, party, authority, text, date, locator, confidence in page.rows(
        "SELECT agreement_id, number, kind, supports, party, authority, text, date, locator, confidence"
        f" FROM evidence_items WHERE {ON_PAGE} ORDER BY agreement_id, position"
    ):
        item = f"v{number}"
        found[agreement].append(
            {
                "id": item,
                "kind": kind,
                "supports": supports,
                "party": party,
                "authority": authority,
                "text": text,
                "date": date,
                "locator": locator,
                "confidence": confidence,
                "sources": cited.get((agreement, item)) or [],
            }
        )
    return found


def parties(page: Page) -> Children:
    """Parties with the entity that acts for them."""
    rows = page.rows(
        f"SELECT agreement_id, code, entity, role FROM participations WHERE {ON_PAGE} ORDER BY agreement_id, position"
    )
    found: dict[int, list[Record]] = defaultdict(list)
    if not page.names:
        for agreement, code, entity, role in rows:
            found[agreement].append({"code": code, "entity": entity, "role": role})
        return found
    names = page.names_of(
        "SELECT code, name FROM parties WHERE code IN (SELECT value FROM json_each(:keys))", (row[1] for row in rows)
    )
    for agreement, code, entity, role in rows:
        name = names[code][0] if code in names else None
        found[agreement].append({"code": code, "name": name, "entity": entity, "role": role})
    return found


def signatories(page: Page) -> Children:
    """Signatures of people."""
    cited = page.cited()
    rows = page.rows(
        "SELECT agreement_id, number, person_id, office, level, party, event, verified, note"
        f" FROM signatories WHERE {ON_PAGE} ORDER BY agreement_id, position"
    )
    names: dict[str, tuple[Any, ...]] = {}
    if page.names and rows:
        names = page.names_of(
            "SELECT id, name FROM people WHERE id IN (SELECT value FROM json_each(:keys))", (row[2] for row in rows)
        )
    found: dict[int, list[Record]] = defaultdict(list)
    for agreement, number, person, office, level, party, event, verified, note in rows:
        item = f"s{number}"
        signatory = {"id": item, "person": person}
        if page.names:
            signatory["name"] = names[person][0] if person in names else None
        signatory |= {
            "office": office,
            "level": level,
            "party": party,
            "event": None if event is None else f"e{event}",
            "verified": truth(verified),
            "note": note,
            "sources": cited.get((agreement, item)) or [],
        }
        found[agreement].append(signatory)
    return found


def focus_areas(page: Page) -> Children:
    """Codes of focus areas, sorted."""
    found: dict[int, list[str]] = defaultdict(list)
    for agreement, code in page.rows(
        f"SELECT agreement_id, code FROM agreement_focus_areas WHERE {ON_PAGE} ORDER BY agreement_id, code"
    ):
        found[agreement].append(code)
    return found


def families(page: Page) -> Children:
    """Families that agreements belong to, sorted."""
    cited = page.cited()
    found: dict[int, list[Record]] = defaultdict(list)
    for agreement, family, note in page.rows(
        f"SELECT agreement_id, family_id, note FROM memberships WHERE {ON_PAGE} ORDER BY agreement_id, family_id"
    ):
        sources = cited.get((agreement, f"families[{family}]")) or []
        found[agreement].append({"family": family, "note": note, "sources": sources})
    return found


def events(page: Page) -> Children:
    """Acts and happenings in the life of agreements."""
    cited = page.cited()
    acting: dict[tuple[int, int], list[str]] = defaultdict(list)
    for agreement, number, code in page.rows(
        f"SELECT agreement_id, number, code FROM event_parties WHERE {ON_PAGE} ORDER BY agreement_id, number, position"
    ):
        acting[agreement, number].append(code)
    found: dict[int, list[Record]] = defaultdict(list)
    for agreement, number, kind, kind_raw, date, effective, places, provision, verified, note, raw, origin in page.rows(
        "SELECT agreement_id, number, kind, kind_raw, date, effective_date, places, provision, verified,"
        f" note, raw, origin FROM events WHERE {ON_PAGE} ORDER BY agreement_id, position"
    ):
        item = f"e{number}"
        found[agreement].append(
            {
                "id": item,
                "kind": kind,
                "kind_raw": kind_raw,
                "date": date,
                "effective_date": effective,
                "parties": acting.get((agreement, number)) or [],
                "places": texts(places),
                "provision": provision,
                "verified": truth(verified),
                "note": note,
                "raw": raw,
                "origin": maybe(origin),
                "sources": cited.get((agreement, item)) or [],
            }
        )
    return found


def relations(page: Page) -> Children:
    """Relations in their active direction."""
    cited = page.cited()
    found: dict[int, list[Record]] = defaultdict(list)
    for agreement, position, kind, target, target_title, word, confidence, note in page.rows(
        "SELECT agreement_id, position, type, target, target_title, word, confidence, note"
        f" FROM relations WHERE {ON_PAGE} ORDER BY agreement_id, position"
    ):
        found[agreement].append(
            {
                "type": kind,
                "target": target,
                "target_title": target_title,
                "word": word,
                "confidence": confidence,
                "note": note,
                "sources": cited.get((agreement, f"relations[{position}]")) or [],
            }
        )
    return found


def identifiers(page: Page) -> Children:
    """Numbers under which others file agreements, sorted."""
    found: dict[int, list[Record]] = defaultdict(list)
    for agreement, scheme, value in page.rows(
        f"SELECT agreement_id, scheme, value FROM identifiers WHERE {ON_PAGE} ORDER BY agreement_id, scheme, value"
    ):
        found[agreement].append({"scheme": scheme, "value": value})
    return found


def sources(page: Page) -> Children:
    """What the records as a whole rest on."""
    rows = page.record_citations()
    found: dict[int, list[Record]] = defaultdict(list)
    if not page.names:
        for agreement, source, locator in rows:
            found[agreement].append({"source": source, "locator": locator})
        return found
    known = page.names_of(
        "SELECT id, title, url FROM sources WHERE id IN (SELECT value FROM json_each(:keys))", (row[1] for row in rows)
    )
    for agreement, source, locator in rows:
        title, url = known.get(source, (None, None))
        found[agreement].append({"source": source, "locator": locator, "title": title, "url": url})
    return found


def claims(page: Page) -> Children:
    """What sources say about fields, the losing values too."""
    cited = page.cited()
    found: dict[int, list[Record]] = defaultdict(list)
    for agreement, number, field, value, locator, confidence, adopted, reason, note in page.rows(
        "SELECT agreement_id, number, field, value, locator, confidence, adopted, reason, note"
        f" FROM claims WHERE {ON_PAGE} ORDER BY agreement_id, position"
    ):
        item = f"c{number}"
        found[agreement].append(
            {
                "id": item,
                "field": field,
                "value": loads(value),
                "sources": cited.get((agreement, item)) or [],
                "locator": locator,
                "confidence": confidence,
                "adopted": bool(adopted),
                "reason": reason,
                "note": note,
            }
        )
    return found


LOADERS: dict[str, Callable[[Page], Children]] = {
    "binding_views": binding_views,
    "evidence": evidence,
    "parties": parties,
    "signatories": signatories,
    "focus_areas": focus_areas,
    "families": families,
    "events": events,
    "relations": relations,
    "identifiers": identifiers,
    "sources": sources,
    "claims": claims,
}
"""The lists of a record that have a table of their own."""
