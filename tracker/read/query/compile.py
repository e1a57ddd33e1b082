"""A query compiled to one condition over the published views, field by field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from json import dumps
from typing import Any, NamedTuple, TypeAlias

from tracker.dates.day import DayRange
from tracker.law.parties import PLURILATERAL_LIMIT
from tracker.query import fields
from tracker.query.fields import UNDER, is_own
from tracker.query.tree import And, Not, Or, leaves
from tracker.read.query import column_conditions, standings, text_conditions
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import (
    AccessPath,
    Answers,
    Condition,
    Missing,
    all_of,
    any_of,
    negated,
    two_valued,
    unless,
)
from tracker.read.query.filters import Filters
from tracker.read.query.predicates import NumberRange, OwnRange, Predicate, Presence, Query
from tracker.record.relations import PASSIVE, SYMMETRIC, TYPES
from tracker.record.shapes import AGREEMENT
from tracker.record.types import Field
from tracker.record.vocabulary import BINDING_STATUSES

Operands: TypeAlias = Sequence[Any]  # each field takes the one kind of operands that ``resolve`` makes for it
Texts: TypeAlias = Sequence[str]


class Context(NamedTuple):
    """What a query is compiled with: where values go, the day, and whether texts can be looked up in the index."""

    binds: Binds
    as_of: str
    indexed: bool


Compiler: TypeAlias = Callable[[Operands, Context], Condition]

CITED = "(SELECT count(DISTINCT c.source_id) FROM citations AS c WHERE c.agreement_id = a.id)"

LATERALITIES = {
    "unknown": NumberRange(0, 0),
    "unilateral": NumberRange(1, 1),
    "bilateral": NumberRange(2, 2),
    "plurilateral": NumberRange(3, PLURILATERAL_LIMIT),
    "multilateral": NumberRange(PLURILATERAL_LIMIT + 1, None),
}

PRECISE = {
    "day": "a.signed GLOB '????-??-??*' AND a.signed NOT GLOB '*/*'",
    "month": "a.signed GLOB '????-??' OR a.signed GLOB '????-??[~?%]'",
    "year": "a.signed GLOB '????' OR a.signed GLOB '????[~?%]'",
    "interval": "a.signed GLOB '*/*'",
    "uncertain": "a.signed_uncertain = 1",
}

UNDATED = "a.signed_earliest IS NULL AND a.signed IS NULL"

INDEXED = ("binding_status", "instrument_type", "confidence")
"""Columns to which an index leads."""

NO_PARTY = AccessPath(
    "SELECT id FROM agreements WHERE party_codes = ''", "SELECT id FROM agreements WHERE party_codes = ''"
)
"""The index that finds the same parties again leads to those without any."""


def condition(filters: Filters, binds: Binds) -> Condition:
    """Return the condition that holds where the query of the filters does."""
    if filters.query is None:
        return all_of([])
    return compiled(filters.query, Context(binds, filters.as_of, filters.indexed))


def compiled(query: Query, context: Context) -> Condition:
    """Return the condition that holds where a query does."""
    if isinstance(query, Not):
        return negated(compiled(query.node, context))
    if isinstance(query, And):
        return all_of([compiled(inner, context) for inner in sorted(query.nodes, key=_asks_rules)])
    if isinstance(query, Or):
        return any_of([compiled(inner, context) for inner in query.nodes])
    return _predicate(query, context)


def present(field: str, context: Context) -> Condition:
    """Return the condition that a field holds anything."""
    if field in BLANK:
        return negated(_valued(field, [BLANK[field]], context))
    if is_own(field):
        return column_conditions.own_field(field.removeprefix("x."), None, context.binds)
    if field in TYPES:
        return related(field, [], context.binds)
    return _present(field, context)


def absent(field: str, context: Context) -> Condition:
    """Return the condition that a field holds nothing."""
    if field in BLANK:
        return _valued(field, [BLANK[field]], context)
    if field == "status":
        return _valued(field, [standings.UNKNOWN], context)
    if field in ("in_force_from", "in_force_until"):
        return standings.force_absent(field, context.as_of, context.binds)
    without = negated(present(field, context))
    return without._replace(paths=(NO_PARTY,), single=False) if field == "party" else without


def related(relation: str, refs: Sequence[str], binds: Binds) -> Condition:
    """Return the condition that an agreement has this relation to one of these, or to anything where none is named."""
    ends = [_to(relation, refs, binds)] if relation not in PASSIVE else []
    if relation in PASSIVE or relation in SYMMETRIC:
        ends.append(_from(PASSIVE.get(relation, relation), refs, binds))
    return any_of(ends)


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


def _asks_rules(query: Query) -> bool:
    """Whether rules have to be asked of records one by one: only of those for which everything else holds."""
    return any(predicate.field == "conflict" for predicate in leaves(query))


def _predicate(predicate: Predicate, context: Context) -> Condition:
    operands = [operand for operand in predicate.operands if not isinstance(operand, Presence)]
    conditions = [_valued(predicate.field, operands, context)] if operands else []
    if Presence.ANY in predicate.operands:
        conditions.append(present(predicate.field, context))
    if Presence.NONE in predicate.operands:
        conditions.append(absent(predicate.field, context))
    return any_of(conditions)


def _children() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the fields of a query about a list: the published view of its items, and the column that is asked."""
    for field in AGREEMENT.own_fields:
        shape = field.type.shape if field.type.kind == "object" else None
        if shape is None and field.query and field.view:
            yield field.query, (field.view, "code")
        elif shape is not None and shape.view:
            asked = [inner for inner in shape.own_fields if inner.query]
            if field.query and field.query not in [inner.query for inner in asked]:
                asked += [inner for inner in shape.own_fields if inner.key == shape.identity[0]]
            yield from ((inner.query or field.query, (shape.view, inner.stored_as)) for inner in asked)


def _parent(which: str) -> Condition:
    join = f"relations AS c JOIN agreements AS p ON p.ref = c.target WHERE {which}"
    return two_valued(
        f"EXISTS (SELECT 1 FROM {join.replace('c.type', '+c.type')} AND c.agreement_id = a.id)",
        f"SELECT c.agreement_id AS id FROM {join}",
    )


def _depositary(operands: Operands, context: Context) -> Condition:
    """Codes and names are unlike each other: codes are in capitals, or in lower case with their kind."""
    return any_of(
        [column_conditions.child("depositaries", column, operands, context.binds) for column in ("code", "name")]
    )


def _dates(field: str, operands: Sequence[DayRange], context: Context) -> Condition:
    indexed = field in ("signed", "expires")
    return any_of([column_conditions.dated(field, days, context.binds, indexed=indexed) for days in operands])


def _force(field: str, operands: Sequence[DayRange], context: Context) -> Condition:
    return any_of([standings.force_dated(field, days, context.as_of, context.binds) for days in operands])


def _counted(expression: str, operands: Sequence[NumberRange], context: Context) -> Condition:
    return any_of([two_valued(column_conditions.between(expression, numbers, context.binds)) for numbers in operands])


def _laterality(operands: Operands, context: Context) -> Condition:
    return any_of([column_conditions.sides(LATERALITIES[word], context.binds) for word in operands])


def _parties(operands: Sequence[NumberRange], context: Context) -> Condition:
    return any_of([column_conditions.parties(numbers, context.binds) for numbers in operands])


def _refs(operands: Operands, context: Context) -> Condition:
    exact = [ref for ref in operands if not ref.endswith("*")]
    conditions = [column_conditions.column("ref", exact, context.binds, indexed=True)] if exact else []
    conditions += [column_conditions.beginning("ref", ref[:-1], context.binds) for ref in operands if ref.endswith("*")]
    return any_of(conditions)


def _precision(operands: Operands, _: Context) -> Condition:
    precise = any_of([two_valued(PRECISE[word]) for word in operands])
    dated = f"({precise.no.possible}) AND NOT ({UNDATED})"
    return precise._replace(
        yes=precise.yes._replace(perhaps=f"({precise.yes.possible}) OR {UNDATED}"),
        no=Answers(dated, dated, precise.no.perhaps),
        missing=(Missing("signed: no date", UNDATED),),
    )


def _source_kind(operands: Operands, context: Context) -> Condition:
    join = f"citations AS c JOIN sources AS s ON s.id = c.source_id WHERE s.kind IN {context.binds.add_all(operands)}"
    return two_valued(
        f"EXISTS (SELECT 1 FROM {join} AND c.agreement_id = a.id)", f"SELECT c.agreement_id AS id FROM {join}"
    )


def _events(operands: Texts, context: Context) -> Condition:
    """An act of somebody whom nobody knows by name is kept in words; nobody can be sure that there is none such."""
    from tracker.record.unsettled import of_kind

    found = column_conditions.child(*CHILDREN["event"], operands, context.binds)
    words = " OR ".join(f"c.kind_raw GLOB {context.binds.add(of_kind(kind))}" for kind in operands)
    acts = f"EXISTS (SELECT 1 FROM events AS c WHERE c.agreement_id = a.id AND +c.kind = 'other' AND ({words}))"
    return unless(found, acts)


def _identifier(operands: Operands, context: Context) -> Condition:
    return any_of([column_conditions.identifier(value, context.binds) for value in operands])


def _conflicting(operands: Texts, context: Context) -> Condition:
    """Only the rules can tell where claims differ; they are asked of what may be such, one agreement after the other.

    CASE keeps SQLite from asking them of all agreements first, for it puts off what looks into another table.
    """
    from tracker.read.records.conflicting_claims import CONFLICTING, DOUBTFUL, OPEN, UNADOPTED

    fields = context.binds.add(dumps(list(operands)) if operands else None)
    claims = f"FROM claims AS c WHERE {UNADOPTED if list(operands) == [OPEN] else DOUBTFUL}"
    may = f"EXISTS (SELECT 1 {claims} AND c.agreement_id = a.id)"
    told = f"{CONFLICTING}(a.id, {fields}, {context.binds.add(context.as_of)})"
    path = f"SELECT c.agreement_id AS id {claims}"
    return two_valued(f"CASE WHEN {may} THEN {told} ELSE 0 END", path)._replace(single=False)


OWN: Mapping[str, Field] = {
    field.query: field
    for field in AGREEMENT.own_fields
    if field.query and field.stored_as and field.query not in ("x", "title", "ref")
}
"""What the agreement itself holds."""

CHILDREN: Mapping[str, tuple[str, str]] = {
    **{name: place for name, place in _children() if name != "views"},
    "sources": ("citations", "source_id"),
    "source_kind": ("citations", "source_id"),
}
"""Published view and column of what an agreement can have several of."""

BLANK = {
    **{name: str(field.default) for name, field in OWN.items() if field.default is not None},
    "laterality": "unknown",
}
"""The words that say that a field holds nothing."""

_VALUED: Mapping[str, Compiler] = {
    **{field: partial(_dates, field) for field in ("signed", "concluded", "expires")},
    **{field: partial(_force, field) for field in ("in_force_from", "in_force_until")},
    "sources": partial(_counted, CITED),
    "party_count": _parties,
    "focus": lambda operands, context: column_conditions.focus(operands, context.binds),
    "status": lambda operands, context: standings.status(operands, context.as_of, context.binds),
    "bound": lambda operands, context: standings.bound(operands, context.as_of, context.binds),
    "laterality": _laterality,
    "ref": _refs,
    "precision": _precision,
    "views": lambda _values, _context: two_valued("a.views_differ = 1"),
    "source_kind": _source_kind,
    "event": _events,
    "identifier": _identifier,
    "depositary": _depositary,
    "conflict": _conflicting,
    "under": lambda operands, context: under(operands, context.binds),
    "text": lambda operands, context: text_conditions.in_titles(operands, context.binds, indexed=context.indexed),
    "title": lambda operands, context: text_conditions.in_titles(operands, context.binds, indexed=context.indexed),
    "anywhere": lambda operands, context: text_conditions.anywhere(operands, context.binds, indexed=context.indexed),
    "place": lambda operands, context: text_conditions.in_places(operands, context.binds, indexed=context.indexed),
}


def _valued(field: str, operands: Operands, context: Context) -> Condition:
    """Return the condition that a field holds one of these values."""
    if is_own(field):
        return _own(field.removeprefix("x."), operands, context)
    if field in TYPES:
        return related(field, operands, context.binds)
    return _VALUED[field](operands, context) if field in _VALUED else _declared(field, operands, context)


def _present(field: str, context: Context) -> Condition:
    if field in _PRESENT:
        return _PRESENT[field](context)
    if field in OWN:
        return two_valued(_is_filled(f"a.{OWN[field].stored_as}"))
    view, column = CHILDREN[field]
    return two_valued(f"EXISTS (SELECT 1 FROM {view} AS c WHERE c.agreement_id = a.id AND {_is_filled(f'c.{column}')})")


def _is_filled(column: str) -> str:
    return f"{column} IS NOT NULL AND {column} NOT IN ('[]', '{{}}')"


def _declared(field: str, operands: Operands, context: Context) -> Condition:
    """Return the condition of a field that the record declares, by what stands there; texts whatever their case."""
    kind = fields.field(field).kind
    if field in CHILDREN:
        view, column = CHILDREN[field]
        column = f"{column} COLLATE NOCASE" if kind == "text" else column
        named = column_conditions.child(view, column, operands, context.binds)
        return unless(named, column_conditions.NAMELESS[field]) if field in column_conditions.NAMELESS else named
    column = OWN[field].stored_as
    if kind == "date":
        return any_of([column_conditions.dated(column, days, context.binds) for days in operands])
    if kind == "number":
        return _counted(f"a.{column}", operands, context)
    if kind == "text" or OWN[field].listed:
        return _own_text(OWN[field], operands, context)
    if OWN[field].type.kind == "flag":
        operands = [int(word == "true") for word in operands]
    return column_conditions.column(column, operands, context.binds, indexed=column in INDEXED)


def _own_text(field: Field, operands: Operands, context: Context) -> Condition:
    texts = context.binds.add_all(text.lower() for text in operands)
    if field.listed:
        return two_valued(f"EXISTS (SELECT 1 FROM json_each(a.{field.stored_as}) AS c WHERE lower(c.value) IN {texts})")
    return two_valued(f"lower(a.{field.stored_as}) IN {texts}")


def _own(name: str, operands: Sequence[str | OwnRange], context: Context) -> Condition:
    return any_of([column_conditions.own_field(name, value, context.binds) for value in operands])


_PRESENT: Mapping[str, Callable[[Context], Condition]] = {
    "status": lambda context: negated(standings.status(["unknown"], context.as_of, context.binds)),
    "bound": lambda context: standings.bound([], context.as_of, context.binds),
    "ref": lambda _: two_valued("1"),
    "signed": lambda _: two_valued("a.signed IS NOT NULL"),
    "concluded": lambda _: two_valued("a.concluded IS NOT NULL"),
    "precision": lambda _: two_valued("a.signed IS NOT NULL"),
    "expires": lambda _: two_valued("a.expires IS NOT NULL"),
    "party_count": lambda context: _parties([NumberRange(1, None)], context),
    "views": lambda _: two_valued("EXISTS (SELECT 1 FROM binding_views AS c WHERE c.agreement_id = a.id)"),
    "depositary": lambda _: two_valued("EXISTS (SELECT 1 FROM depositaries AS c WHERE c.agreement_id = a.id)"),
    "under": lambda context: under([], context.binds),
    "conflict": lambda context: _conflicting([], context),
    "in_force_from": lambda context: standings.force_present("in_force_from", context.as_of, context.binds),
    "in_force_until": lambda context: standings.force_present("in_force_until", context.as_of, context.binds),
}


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
