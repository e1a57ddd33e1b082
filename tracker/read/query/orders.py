"""What lists can be sorted by: query names and columns of the record, as SQL over agreements under the alias ``a``."""

from collections.abc import Mapping

from tracker.errors import InvalidValue
from tracker.read.query import standings
from tracker.read.query.conditions import Binds


def _all_of(value: str, source: str, order: str, condition: str = "") -> str:
    """Return the values of a list as one text, in the order in which they are printed; NULL for none.

    Between them stands what sorts before every character, so that a list comes before those that go on from it.
    """
    values = f"SELECT {value} AS value FROM {source} WHERE c.agreement_id = a.id{condition} ORDER BY {order}"
    return f"(SELECT group_concat(value, char(1)) FROM ({values}))"


PARTIES = _all_of("c.code", "participations AS c", "c.position")

COLUMNS: Mapping[str, str] = {
    "ref": "a.ref",
    "title": "a.title",
    "short_title": "a.short_title",
    "title_term": "a.title_term",
    "instrument_type": "a.instrument_type",
    "type": "a.instrument_type",
    "binding_status": "a.binding_status",
    "binding": "a.binding_status",
    "text_access": "a.text_access",
    "confidence": "CASE a.confidence WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END",
    "signed": "a.signed_earliest",
    "expires": "a.expires_earliest",
    "terms.duration.until": "a.expires_earliest",
    "parties": PARTIES,
    "party": PARTIES,
    "laterality": "a.party_count",
    "revision": "a.revision",
    "focus": _all_of("c.code", "agreement_focus_areas AS c", "c.code"),
    "families": _all_of("c.family_id", "memberships AS c", "c.family_id"),
    "signatories": _all_of(
        "coalesce(p.name, c.office, c.party)",
        "signatories AS c LEFT JOIN people AS p ON p.id = c.person_id",
        "c.position",
    ),
    "sources": _all_of("c.source_id", "citations AS c", "c.position", " AND c.owner = ''"),
    "identifiers": _all_of("c.scheme || ' ' || c.value", "identifiers AS c", "c.scheme, c.value"),
    "depositaries": _all_of("coalesce(c.code, c.name)", "depositaries AS c", "c.position"),
}
"""Expression by name; NULL stands last either way."""

ALIASES = {
    "focus_areas": "focus",
    "family": "families",
    "signatory": "signatories",
    "source": "sources",
    "depositary": "depositaries",
}

ON_DAY: Mapping[str, str] = {
    "status": standings.STATUS,
    "in_force_from": standings.of_shown_spell("s.spell_from_earliest"),
    "in_force_until": standings.of_shown_spell("s.spell_until_earliest"),
}
"""The same for what is derived for a day."""


def names() -> list[str]:
    """Return what ``--sort`` takes, own fields (``x.NAME``) aside."""
    return [*COLUMNS, *ALIASES, *ON_DAY]


def expression(name: str, as_of: str, binds: Binds) -> str:
    """Return the SQL to sort by; raises InvalidValue with the nearest name."""
    name = ALIASES.get(name, name).removeprefix("derived.")
    if name in COLUMNS:
        return COLUMNS[name]
    if name in ON_DAY:
        return standings.on(binds.add(as_of), ON_DAY[name])
    for prefix in ("x.", "extra."):
        if name.startswith(prefix) and len(name) > len(prefix):
            return f"(SELECT e.value FROM json_each(a.extra) AS e WHERE e.key = {binds.add(name.removeprefix(prefix))})"
    from tracker.text.names import suggest

    near = suggest(name, names())
    hint = f"did you mean {' or '.join(near)}?" if near else f"expected one of {', '.join(names())}, x.NAME"
    raise InvalidValue(f"cannot sort by {name!r}; {hint}")
