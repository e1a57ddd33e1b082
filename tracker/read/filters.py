"""The filters of a command, and their terms: what they ask for, and how an answer says what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.read import criteria
from tracker.read.conditions import Binds, Condition, every, plain
from tracker.read.criteria import Days

ANY = "any"
NONE = "none"

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which agreements are asked for; all values are codes and ids that exist. Several values of one filter mean any of them."""

    party: tuple[Texts, ...] = ()
    """Groups of codes: one of each group takes part."""
    binding: Texts = ()
    type: Texts = ()
    focus: Texts = ()
    """Focus areas, each with all below it."""
    family: Texts = ()
    status: Texts = ()
    """Statuses on ``as_of``, or flags."""
    signatory: Texts = ()
    signed: Days | str | None = None
    """Days of signature, or "any" or "none"."""
    expires: Days | str | None = None
    in_force: bool = False
    text_access: Texts = ()
    source: Texts = ()
    refs: Texts = ()
    certain: bool = False
    as_of: str = ""
    """The ISO day that the state of the world is asked for."""

    def describe(self) -> dict[str, Any]:
        """Return the filters that were set, as the envelope of a report shows them."""
        said: dict[str, Any] = {}
        if self.party:
            said["party"] = [",".join(group) for group in self.party]
        for name in ("binding", "type", "focus", "family", "status", "signatory", "text_access", "source", "refs"):
            if getattr(self, name):
                said[name] = list(getattr(self, name))
        for name in ("signed", "expires"):
            wanted = getattr(self, name)
            if wanted is not None:
                said[name] = wanted if isinstance(wanted, str) else f"{wanted[0] or ''}..{wanted[1] or ''}"
        if self.in_force:
            said["in_force"] = True
        if self.certain:
            said["certain"] = True
        return said

    def text(self) -> str:
        """Return what was asked as one line for people; empty where nothing was."""
        return " ".join(_said(name, value) for name, value in self.describe().items())


def _said(name: str, value: Any) -> str:
    if value is True:
        return name.replace("_", " ")
    if name == "party":
        return " ".join(f"party:{group}" for group in value)
    return f"{name}:{','.join(value) if isinstance(value, list) else value}"


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


def condition(filters: Filters, binds: Binds) -> Condition | None:
    """Compile the filters; None where nothing is asked."""
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
    return every(terms) if terms else None


def _dates(name: str, wanted: Days | str | None, binds: Binds) -> list[Condition]:
    if wanted is None:
        return []
    if wanted == NONE:
        return [plain(f"a.{name}_earliest IS NULL AND a.{name} IS NULL")]
    if wanted == ANY or isinstance(wanted, str):
        return [plain(f"a.{name} IS NOT NULL")]
    return [criteria.dated(name, wanted, binds, indexed=name == "signed")]
