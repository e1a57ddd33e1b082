"""What the rules say about an agreement on a day: the ``derived`` part of its record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tracker.dates.day import PartialDate
from tracker.law.life import standing
from tracker.read.records.assembly import Children
from tracker.read.records.batch import ON_PAGE, Batch
from tracker.record.types import Record
from tracker.text.jsons import array

SPANS = (
    f"SELECT {', '.join(standing.COLUMNS)}, agreement_id FROM spans WHERE {ON_PAGE}{{which}}"
    " ORDER BY agreement_id, party, position"
)


def spans(page: Batch, *, of_parties: bool) -> Mapping[int, list[Record]]:
    """Return the spans of each agreement, in order of party and position; or those of the instruments alone."""
    found: dict[int, list[Record]] = defaultdict(list)
    for row in page.rows(SPANS.format(which="" if of_parties else " AND party = ''")):
        found[row[-1]].append(dict(zip(standing.COLUMNS, row, strict=False)))
    return found


def inverse_relations(page: Batch, refs: Mapping[int, str], own: Children) -> Children:
    """Return how other agreements relate to those of the page, in the words of the other end, sorted.

    A symmetric relation that both records hold is left out: it stands under ``relations`` already.
    """
    ids = {ref: agreement for agreement, ref in refs.items()}
    found: dict[int, list[Record]] = defaultdict(list)
    held = page.reader.tuples(
        "SELECT type, target, agreement_ref FROM relations WHERE target IN (SELECT value FROM json_each(:refs))"
        " ORDER BY type, agreement_ref",
        {"refs": array(ids)},
    )
    if not held:
        return found
    from tracker.record.relations import INVERSES, SYMMETRIC

    for kind, target, source in held:
        agreement = ids[target]
        if kind in SYMMETRIC and any(
            relation["type"] == kind and relation["target"] == source for relation in own.get(agreement, ())
        ):
            continue
        found[agreement].append({"type": INVERSES.get(kind, kind), "source_ref": source})
    for relations in found.values():
        relations.sort(key=lambda relation: (relation["type"], relation["source_ref"]))
    return found


def day(date: PartialDate | None) -> Record | None:
    """Return a partial date as the record prints it."""
    return None if date is None else {"edtf": date.edtf, "earliest": date.earliest, "latest": date.latest}


def standings(rows: Sequence[Record], codes: Sequence[str], as_of: str) -> Record:
    """Return status, flags, spell of force and the standing of each party on the day."""
    held = standing.standings(rows, as_of)
    now = held[""]
    return {
        "status": now.status,
        "status_certain": now.certain,
        "flags": standing.flags(rows, as_of, now) if rows else [],
        "in_force_from": day(now.from_),
        "in_force_until": day(now.until),
        "party_status": [_party(code, held.get(code)) for code in codes],
    }


def _party(code: str, held: standing.Standing | None) -> Record:
    if held is None:
        return {"code": code, "status": "listed", "from": None, "until": None}
    return {"code": code, "status": held.status, "from": day(held.from_), "until": day(held.until)}


def _date(agreement: Record, name: str) -> Record | None:
    if not agreement[name]:
        return None
    return {"edtf": agreement[name], "earliest": agreement[f"{name}_earliest"], "latest": agreement[f"{name}_latest"]}


def derived(
    agreement: Record,
    held: Record,
    inverse: list[Record],
    *,
    as_of: str,
    match: str | None,
    known_at: str | None,
) -> Record:
    """Return the derived part of a record; ``agreement`` holds revision, dates of conclusion and laterality."""
    return {
        "as_of": as_of,
        "known_at": known_at,
        "revision": agreement["revision"],
        "status": held["status"],
        "status_certain": held["status_certain"],
        "flags": held["flags"],
        "signed": _date(agreement, "signed"),
        "concluded": _date(agreement, "concluded"),
        "in_force_from": held["in_force_from"],
        "in_force_until": held["in_force_until"],
        "laterality": agreement["laterality"],
        "party_status": held["party_status"],
        "inverse_relations": inverse,
        "match": match,
    }
