"""What lists can be sorted by: query names and columns of the record, as SQL over agreements under the alias ``a``."""

from collections.abc import Mapping

from tracker.errors import InvalidValue
from tracker.read.query.binds import Binds

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
    "parties": "nullif(a.party_codes, '')",
    "party": "nullif(a.party_codes, '')",
    "laterality": "a.party_count",
    "revision": "a.revision",
    "focus": "(SELECT min(c.code) FROM agreement_focus_areas AS c WHERE c.agreement_id = a.id)",
    "families": "(SELECT min(c.family_id) FROM memberships AS c WHERE c.agreement_id = a.id)",
    "signatories": (
        "(SELECT min(p.name) FROM signatories AS c JOIN people AS p ON p.id = c.person_id WHERE c.agreement_id = a.id)"
    ),
    "sources": "(SELECT min(c.source_id) FROM citations AS c WHERE c.agreement_id = a.id AND c.owner = '')",
    "identifiers": "(SELECT min(c.scheme || ' ' || c.value) FROM identifiers AS c WHERE c.agreement_id = a.id)",
    "depositaries": (
        "(SELECT coalesce(c.code, c.name) FROM depositaries AS c WHERE c.agreement_id = a.id"
        " ORDER BY c.position LIMIT 1)"
    ),
}
"""Expression by name; NULL stands last either way."""

ALIASES = {
    "focus_areas": "focus",
    "family": "families",
    "signatory": "signatories",
    "source": "sources",
    "depositary": "depositaries",
}

HELD = (
    "(SELECT c.{column} FROM spans AS c WHERE c.agreement_id = a.id AND c.party = ''{which}"
    " AND (c.from_earliest IS NULL OR c.from_earliest <= {day}) ORDER BY c.position DESC LIMIT 1)"
)
"""A column of the last span that can have begun on the day."""

FORCE = " AND c.status IN ('in_force', 'operative')"
SPANS = {
    "status": ("status", ""),
    "in_force_from": ("from_earliest", FORCE),
    "in_force_until": ("until_earliest", FORCE),
}


def names() -> list[str]:
    """Return what ``--sort`` takes, own fields (``x.NAME``) aside."""
    return [*COLUMNS, *ALIASES, *SPANS]


def expression(name: str, as_of: str, binds: Binds) -> str:
    """Return the SQL to sort by; raises InvalidValue with the nearest name."""
    name = ALIASES.get(name, name).removeprefix("derived.")
    if name in COLUMNS:
        return COLUMNS[name]
    if name in SPANS:
        column, which = SPANS[name]
        return HELD.format(column=column, which=which, day=binds.add(as_of))
    for prefix in ("x.", "extra."):
        if name.startswith(prefix) and len(name) > len(prefix):
            return f"(SELECT e.value FROM json_each(a.extra) AS e WHERE e.key = {binds.add(name.removeprefix(prefix))})"
    from tracker.text.names import suggest

    near = suggest(name, names())
    hint = f"did you mean {' or '.join(near)}?" if near else f"expected one of {', '.join(names())}, x.NAME"
    raise InvalidValue(f"cannot sort by {name!r}; {hint}")
