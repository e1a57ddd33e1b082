"""Claims on one fact that do not all say the same, and the agreements that have such."""

from json import dumps

from tracker.read.file.connection import Reader
from tracker.read.records.agreements import assemble, paged
from tracker.record import claims, values
from tracker.record.document import strip_read_only
from tracker.record.paths import PathError
from tracker.record.types import Json, Record


def text(value: Json) -> str | None:
    """Return a claim's value as a cell: text as it is, anything else as JSON writes it."""
    return value if value is None or isinstance(value, str) else dumps(value, ensure_ascii=False)


def conflicting_ids(reader: Reader, as_of: str, fields: frozenset[str] | None) -> str:
    """Return the ids of agreements on which claims differ, as JSON.

    ``fields`` = only on these, ``open`` = nowhere an adopted one.
    """
    sql = "SELECT DISTINCT agreement_id, NULL FROM claims"
    ids = []
    for page in paged(reader.tuples(sql)):
        records = assemble(reader, page, as_of=as_of)
        for (agreement, _), record in zip(page, records, strict=True):
            groups = conflicting(record)
            asked = {claims.subject(record, field) for field in fields or () if field != "open"}
            is_open = any(not any(claim["adopted"] for claim in group) for group in groups.values())
            if (groups and fields is None) or asked & groups.keys() or (fields and "open" in fields and is_open):
                ids.append(agreement)
    return dumps(ids)


def conflicting(record: Record) -> dict[str, list[Record]]:
    """The claims on each fact that do not all say the same, or not what the record holds; the adopted one first."""
    groups: dict[str, list[Record]] = {}
    for claim in record["claims"]:
        groups.setdefault(claims.subject(record, claim["field"]), []).append(claim)
    return {
        field: sorted(group, key=lambda claim: not claim["adopted"])
        for field, group in groups.items()
        if len({text(claim["value"]) for claim in group}) > 1 or against(record, field, group) is not None
    }


UNSAID = (None, "", "[]", "unknown", "not_assessed")
"""What a field holds of which nothing is known: no claim stands against it."""


def against(record: Record, field: str, group: list[Record]) -> str | None:
    """Return the value of a field where no claim on it is adopted and none says the same; else None.

    ``record`` is whole. An item of a list is there or is not.
    """
    if any(claim["adopted"] for claim in group):
        return None
    plain = strip_read_only(record)
    try:
        if any(claims.disagreement(plain, field, claim["value"]) is None for claim in group):
            return None
        if claims.is_whole_item(field):
            return "true" if values.exists(plain, field) else "false"
        held = values.column(field)[2](record)
    except PathError:  # the path leads nowhere any more; ``check`` tells
        return None
    told = "; ".join(held) if isinstance(held, list) else text(held)
    return None if told in UNSAID else told
