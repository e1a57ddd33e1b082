"""Whether consent to be bound is awaited after a signature: the rules of ``law.due.unfinished`` for many agreements."""

from json import dumps

from tracker.law.due.unfinished import BY_INSTRUMENTS, CARRIED_OUT, NEEDS_CONSENT
from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection

NONE_DUE = (
    "EXISTS (SELECT 1 FROM evidence_items AS v WHERE v.agreement_id = a.id AND v.kind = 'tribunal_ruling'"
    " AND v.supports = 'binding') OR EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id"
    " AND lower(trim(e.kind_raw)) IN (SELECT value FROM json_each(:carried_out)) AND e.provision IS NULL"
    " AND (e.date_earliest IS NULL OR e.date_earliest <= :by))"
)
AWAITED = (
    "json_extract(a.terms, '$.entry_into_force.condition') IN (SELECT value FROM json_each(:conditions))"
    " OR EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id AND e.provision IS NULL"
    " AND e.kind IN (SELECT value FROM json_each(:acts)))"
)


def none_due(reader: Reader, selection: Selection, as_of: str) -> set[int]:
    """Return the agreements that were carried out by a day, or held to bind by a tribunal."""
    return _ids(reader, selection, NONE_DUE, {"carried_out": dumps(CARRIED_OUT), "by": as_of})


def awaited(reader: Reader, selection: Selection) -> set[int]:
    """Return the agreements that need an act after the signature: it is recorded that the signature does not bind."""
    return _ids(reader, selection, AWAITED, {"conditions": dumps(BY_INSTRUMENTS), "acts": dumps(NEEDS_CONSENT)})


def _ids(reader: Reader, selection: Selection, condition: str, binds: dict[str, str]) -> set[int]:
    sql = f"SELECT a.id FROM {selection.source(reader)} WHERE ({selection.condition}) AND ({condition})"
    return {agreement for (agreement,) in reader.tuples(sql, {**selection.binds, **binds})}
