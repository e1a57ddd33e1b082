"""Claims on one fact that do not all say the same, and the agreements that have such."""

from json import dumps

from tracker.read.file.connection import Reader
from tracker.read.records.agreements import assemble, paged
from tracker.record import claims
from tracker.record.types import Json, Record


def text(value: Json) -> str | None:
    """Return a claim's value as a cell: text as it is, anything else as JSON writes it."""
    return value if value is None or isinstance(value, str) else dumps(value, ensure_ascii=False)


def conflicting_ids(reader: Reader, as_of: str, fields: frozenset[str] | None) -> str:
    """Return the ids of agreements on which claims differ, as JSON.

    ``fields`` = only on these, ``open`` = nowhere an adopted one.
    """
    sql = "SELECT agreement_id, NULL FROM claims GROUP BY agreement_id HAVING count(DISTINCT value) > 1"
    ids = []
    for page in paged(reader.tuples(sql)):
        records = assemble(reader, page, as_of=as_of, parts=("claims", "events"))
        for (agreement, _), record in zip(page, records, strict=True):
            groups = conflicting(record)
            asked = {claims.subject(record, field) for field in fields or () if field != "open"}
            is_open = any(not any(claim["adopted"] for claim in group) for group in groups.values())
            if (groups and fields is None) or asked & groups.keys() or (fields and "open" in fields and is_open):
                ids.append(agreement)
    return dumps(ids)


def conflicting(record: Record) -> dict[str, list[Record]]:
    """The claims on each fact that do not all say the same, the adopted one first."""
    groups: dict[str, list[Record]] = {}
    for claim in record["claims"]:
        groups.setdefault(claims.subject(record, claim["field"]), []).append(claim)
    return {
        field: sorted(group, key=lambda claim: not claim["adopted"])
        for field, group in groups.items()
        if len({text(claim["value"]) for claim in group}) > 1
    }
