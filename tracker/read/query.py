"""Filters compiled to one condition over the published views."""

from collections.abc import Mapping

from tracker.read import criteria
from tracker.read.binds import Binds
from tracker.read.conditions import Condition, every, plain
from tracker.read.filters import NONE, Days, Filters

CHILDREN: Mapping[str, tuple[str, str]] = {
    "family": ("memberships", "family_id"),
    "signatory": ("signatories", "person_id"),
    "source": ("citations", "source_id"),
}
COLUMNS: Mapping[str, tuple[str, bool]] = {
    "binding": ("binding_status", True),
    "type": ("instrument_type", True),
    "text_access": ("text_access", False),
}
"""Column and whether an index leads to it."""


def condition(filters: Filters, binds: Binds) -> Condition:
    """Return the term that holds where all filters do."""
    terms = [criteria.child("participations", "code", group, binds) for group in filters.party]
    for name, (view, column) in CHILDREN.items():
        if getattr(filters, name):
            terms.append(criteria.child(view, column, getattr(filters, name), binds))
    for name, (column, indexed) in COLUMNS.items():
        if getattr(filters, name):
            terms.append(criteria.column(column, getattr(filters, name), binds, indexed=indexed))
    if filters.refs:
        terms.append(criteria.column("ref", filters.refs, binds, indexed=True))
    if filters.focus:
        terms.append(criteria.focus(filters.focus, binds))
    if filters.in_force:
        terms.append(criteria.status(criteria.FORCE, filters.as_of, binds))
    if filters.status:
        terms.append(criteria.status(filters.status, filters.as_of, binds))
    terms.extend(_dates("signed", filters.signed, binds))
    terms.extend(_dates("expires", filters.expires, binds))
    return every(terms)


def _dates(name: str, wanted: Days | str | None, binds: Binds) -> list[Condition]:
    if wanted is None:
        return []
    if wanted == NONE:
        return [plain(f"a.{name}_earliest IS NULL AND a.{name} IS NULL")]
    if isinstance(wanted, str):
        return [plain(f"a.{name} IS NOT NULL")]
    return [criteria.dated(name, wanted, binds, indexed=name == "signed")]
