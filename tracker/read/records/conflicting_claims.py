"""Claims on one fact that do not all say the same, and the agreements that have such."""

from collections.abc import Iterator, Sequence
from json import dumps, loads

from tracker.read.file.connection import Reader, StoredRow
from tracker.read.records.agreements import OF_WHOLE, assemble, paged
from tracker.record import claims, values
from tracker.record.document import strip_read_only
from tracker.record.paths import CLAIMABLE, TOPIC, PathError, canonical, parse
from tracker.record.types import Json, Record


def text(value: Json) -> str | None:
    """Return a claim's value as a cell: text as it is, anything else as JSON writes it."""
    return value if value is None or isinstance(value, str) else dumps(value, ensure_ascii=False)


CONFLICTING = "claims_conflict"
"""Name of the SQL function that tells whether claims on an agreement differ: its id, the fields as JSON, the day."""

OPEN = "open"
"""Stands beside fields for: on any of them, and no claim is adopted."""

ONE_BY_ONE = 100
"""So many agreements are looked at as they are asked for, enough for a page; then all others, many at a time."""

DOUBTFUL = "(c.adopted = 0 OR c.number > 1)"
"""Claims that stand on whatever may be in conflict: one claim alone that is adopted stands against nothing."""

UNADOPTED = "c.adopted = 0"
"""Claims that stand on whatever may be in an open conflict."""


def counted_by_some(reader: Reader, family: str) -> list[str]:
    """Return the refs of the agreements outside a family of which some source says that they belong to it."""
    sql = (
        "SELECT DISTINCT c.agreement_ref FROM claims AS c WHERE c.field = :path AND c.adopted = 0"
        " AND c.value NOT IN ('false', 'null') AND NOT EXISTS"
        " (SELECT 1 FROM memberships AS m WHERE m.agreement_id = c.agreement_id AND m.family_id = :family) ORDER BY 1"
    )
    return [ref for (ref,) in reader.tuples(sql, {"path": f"families[{family}]", "family": family})]


def teach(reader: Reader) -> None:
    """Let SQL ask whether claims differ; only on this connection, so that nothing stored depends on it."""
    reader.connection.create_function(CONFLICTING, 3, _Conflicts(reader))


_CANDIDATES = f"SELECT DISTINCT c.agreement_id FROM claims AS c WHERE {DOUBTFUL}"


class _Conflicts:
    """Tells of agreements whether claims on them differ, as the rules say, each once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.told: dict[tuple[str | None, str], dict[int, bool]] = {}

    def __call__(self, agreement: int, fields: str | None, as_of: str) -> bool:
        """Tell of one; ``fields`` = only on these, ``open`` = nowhere an adopted one; None = on any."""
        told = self.told.setdefault((fields, as_of), {})
        if agreement not in told:
            try:
                ids = [agreement]
                if len(told) >= ONE_BY_ONE:
                    ids += [found for (found,) in self.reader.tuples(_CANDIDATES) if found not in told]
                told.update(self._look(ids, None if fields is None else frozenset(loads(fields)), as_of))
            except Exception as error:
                self.reader.failed = error
                raise
        return told[agreement]

    def _look(self, ids: Sequence[int], fields: frozenset[str] | None, as_of: str) -> Iterator[tuple[int, bool]]:
        for page in paged((found, None) for found in dict.fromkeys(ids)):
            records = assemble(self.reader, page, as_of=as_of, parts=spoken_of(self.reader, page))
            yield from ((found, _is_asked(record, fields)) for (found, _), record in zip(page, records, strict=True))


def _is_asked(record: Record, fields: frozenset[str] | None) -> bool:
    groups = conflicting(record)
    if fields is None or not groups:
        return bool(groups)
    if OPEN in fields and any(not any(claim["adopted"] for claim in group) for group in groups.values()):
        return True
    return any(claims.subject(record, field) in groups for field in fields - {OPEN})


def spoken_of(reader: Reader, page: Sequence[StoredRow]) -> set[str]:
    """Return the keys of records that claims on them speak of."""
    ids = {"ids": dumps([agreement for agreement, _ in page])}
    fields = reader.tuples(
        "SELECT DISTINCT field FROM claims WHERE agreement_id IN (SELECT value FROM json_each(:ids))", ids
    )
    return {"claims", "events"}.union(*(_keys(canonical(field)) for (field,) in fields))


def _keys(field: str) -> tuple[str, ...]:
    """Return the keys of a record that tell what a field holds; of what is derived also the dates that it has."""
    if field in CLAIMABLE:
        return "events", OF_WHOLE
    return () if field.startswith(TOPIC) else (parse(field).steps[0].key,)


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


def against(record: Record, field: str, group: Sequence[Record]) -> str | None:
    """Return the value of a field where no claim on it is adopted and none says the same; else None.

    ``record`` has all that the field speaks of. An item of a list is there or is not.
    """
    if any(claim["adopted"] for claim in group):
        return None
    try:
        plain = strip_read_only({key: record[key] for key in ("record", *_keys(field)) if key in record})
        if any(claims.disagreement(plain, field, claim["value"]) is None for claim in group):
            return None
        if claims.is_whole_item(field):
            return "true" if values.exists(plain, field) else "false"
        held = values.column(field)[2](record)
    except PathError:  # the path leads nowhere any more; ``check`` tells
        return None
    told = "; ".join(held) if isinstance(held, list) else text(held)
    return None if told in UNSAID else told
