"""What lists can be sorted by: query names and columns of the record, as SQL over agreements under the alias ``a``."""

from collections.abc import Mapping

from tracker.errors import InvalidValue
from tracker.read.query.binds import Binds
from tracker.record.shapes import AGREEMENT
from tracker.record.types import Field


def _all_of(value: str, source: str, order: str, condition: str = "") -> str:
    """Return the values of a list as one text, in the order in which they are printed; NULL for none.

    Between them stands what sorts before every character, so that a list comes before those that go on from it.
    """
    values = f"SELECT {value} AS value FROM {source} WHERE c.agreement_id = a.id{condition} ORDER BY {order}"
    return f"(SELECT group_concat(value, char(1)) FROM ({values}))"


PARTIES = _all_of("c.code", "participations AS c", "c.position")

LISTS: Mapping[str, str] = {
    "parties": PARTIES,
    "signatories": _all_of(
        "coalesce(p.name, c.office, c.party)",
        "signatories AS c LEFT JOIN people AS p ON p.id = c.person_id",
        "c.position",
    ),
    "sources": _all_of("c.source_id", "citations AS c", "c.position", " AND c.owner = ''"),
    "identifiers": _all_of("c.scheme || ' ' || c.value", "identifiers AS c", "c.scheme, c.value"),
    "depositaries": _all_of("coalesce(c.code, c.name)", "depositaries AS c", "c.position"),
}
"""Lists whose items are printed by more than what tells them apart."""

RANKED = ("confidence",)
"""Codes that stand in an order of their own, which is that of their list."""


def _own(field: Field) -> str:
    """Return the expression of a field of the agreement, in the order in which it is printed."""
    shape = field.type.shape
    if field.key in LISTS:
        return LISTS[field.key]
    if field.key in RANKED:
        ranks = (f"WHEN '{word}' THEN {rank}" for rank, word in enumerate(reversed(field.type.words)))
        return f"CASE a.{field.stored_as} {' '.join(ranks)} END"
    if field.view:
        return _all_of("c.code", f"{field.view} AS c", "c.code" if field.ordered else "c.position")
    if field.listed and shape and shape.view:
        item = next(inner for inner in shape.fields if inner.key == shape.identity[0])
        return _all_of(f"c.{item.stored_as}", f"{shape.view} AS c", f"c.{shape.ordered_by}")
    if field.listed:
        return f"(SELECT group_concat(c.value, char(1)) FROM json_each(a.{field.stored_as}) AS c)"
    return f"a.{field.stored_as}"


SORTED = {field.key: field for field in AGREEMENT.own_fields if field.sort}
ALIASES = {field.short: field.key for field in SORTED.values() if field.short}

COLUMNS: Mapping[str, str] = {
    "signed": "a.signed_earliest",
    "concluded": "a.concluded_earliest",
    "expires": "a.expires_earliest",
    "terms.duration.until": "a.expires_earliest",
    "revision": "a.revision",
}
"""Expression by name of what is no field of the agreement itself; NULL stands last either way."""

ON_DAY = ("status", "in_force_from", "in_force_until")
"""What is derived for a day."""


def _on_day(name: str, day: str) -> str:
    from tracker.read.query import standings

    shown = standings.STATUS if name == "status" else standings.of_shown_spell(f"s.{standings.NAMES[name]}_earliest")
    return standings.on(day, shown)


def names() -> list[str]:
    """Return what ``--sort`` takes, own fields (``x.NAME``) aside."""
    return [*SORTED, *COLUMNS, *ALIASES, *ON_DAY, "laterality"]


def expression(name: str, as_of: str, binds: Binds) -> str:
    """Return the SQL to sort by; raises InvalidValue with the nearest name."""
    name = ALIASES.get(name, name).removeprefix("derived.")
    if name in COLUMNS:
        return COLUMNS[name]
    if name == "laterality":
        from tracker.read.query.column_conditions import SIDES

        return SIDES
    if name in SORTED:
        return _own(SORTED[name])
    if name in ON_DAY:
        return _on_day(name, binds.add(as_of))
    for prefix in ("x.", "extra."):
        if name.startswith(prefix) and len(name) > len(prefix):
            return f"(SELECT e.value FROM json_each(a.extra) AS e WHERE e.key = {binds.add(name.removeprefix(prefix))})"
    from tracker.text.names import suggest

    near = suggest(name, names())
    hint = f"did you mean {' or '.join(near)}?" if near else f"expected one of {', '.join(names())}, x.NAME"
    raise InvalidValue(f"cannot sort by {name!r}; {hint}")
