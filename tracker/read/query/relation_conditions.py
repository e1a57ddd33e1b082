"""Relations between agreements as conditions, seen from either end."""

from collections.abc import Sequence

from tracker.query.fields import UNDER
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import Condition, any_of, two_valued
from tracker.record.relations import PASSIVE, SYMMETRIC
from tracker.record.vocabulary import BINDING_STATUSES


def related(relation: str, refs: Sequence[str], binds: Binds) -> Condition:
    """Return the condition that an agreement has this relation to one of these, or to anything where none is named."""
    ends = [_to(relation, refs, binds)] if relation not in PASSIVE else []
    if relation in PASSIVE or relation in SYMMETRIC:
        ends.append(_from(PASSIVE.get(relation, relation), refs, binds))
    return any_of(ends)


def _to(kind: str, refs: Sequence[str], binds: Binds) -> Condition:
    """The relation stands in the agreement's own record."""
    which = f"c.type = {binds.add(kind)}" + (f" AND c.target IN {binds.add_all(refs)}" if refs else "")
    return two_valued(
        # The plus keeps SQLite from looking for one agreement through all relations of the kind.
        f"EXISTS (SELECT 1 FROM relations AS c WHERE c.agreement_id = a.id AND +{which})",
        f"SELECT c.agreement_id AS id FROM relations AS c WHERE {which}",
    )


def _from(kind: str, refs: Sequence[str], binds: Binds) -> Condition:
    """The relation stands in the record of the other agreement."""
    which = f"c.type = {binds.add(kind)}"
    if refs:  # the plus: the relations of these few lead there, not all of the kind
        which = f"+{which} AND c.agreement_ref IN {binds.add_all(refs)}"
    return two_valued(
        f"EXISTS (SELECT 1 FROM relations AS c WHERE c.target = a.ref AND {which})",
        f"SELECT t.id FROM relations AS c JOIN agreements AS t ON t.ref = c.target WHERE {which}",
    )


def under(operands: Sequence[str], binds: Binds) -> Condition:
    """Return the condition that an agreement stands under one of these, or under one of these binding statuses."""
    statuses = [word for word in operands if word in BINDING_STATUSES]
    refs = [ref for ref in operands if ref not in BINDING_STATUSES]
    kinds = f"c.type IN {binds.add_all(UNDER)}"
    conditions = [_parent(f"{kinds} AND p.binding_status IN {binds.add_all(statuses)}")] if statuses else []
    if refs:
        conditions.append(_parent(f"{kinds} AND p.ref IN {binds.add_all(refs)}"))
    if not operands:
        conditions.append(two_valued(f"EXISTS (SELECT 1 FROM relations AS c WHERE c.agreement_id = a.id AND +{kinds})"))
    return any_of(conditions)


def _parent(which: str) -> Condition:
    join = f"relations AS c JOIN agreements AS p ON p.ref = c.target WHERE {which}"
    return two_valued(
        f"EXISTS (SELECT 1 FROM {join.replace('c.type', '+c.type')} AND c.agreement_id = a.id)",
        f"SELECT c.agreement_id AS id FROM {join}",
    )
