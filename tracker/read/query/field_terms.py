"""Each field of a query as a term: for some values, and for whether it holds anything."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from tracker.dates.day import DayRange
from tracker.law.parties import PLURILATERAL_LIMIT
from tracker.query.fields import is_own
from tracker.read.query import criteria, relation_terms, standings, texts
from tracker.read.query.asked import Ids, Numbers, Own
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import Answers, Condition, negated, plain, some
from tracker.record.relations import TYPES

Values = Sequence[Any]


class Site(NamedTuple):
    """What terms are compiled with: where values go, the day, and whether texts can be looked up in the index."""

    binds: Binds
    as_of: str
    indexed: bool


Valued = Callable[[Values, Site], Condition]

CHILDREN: Mapping[str, tuple[str, str]] = {
    "party": ("participations", "code"),
    "family": ("memberships", "family_id"),
    "focus": ("agreement_focus_areas", "code"),
    "signatory": ("signatories", "person_id"),
    "source": ("citations", "source_id"),
    "level": ("signatories", "level"),
    "event": ("events", "kind"),
    "claim": ("claims", "field"),
    "identifier": ("identifiers", "value"),
    "sources": ("citations", "source_id"),
    "source_kind": ("citations", "source_id"),
}
"""Published view and column of what an agreement can have several of."""

COLUMNS: Mapping[str, tuple[str, bool]] = {
    "binding": ("binding_status", True),
    "type": ("instrument_type", True),
    "text_access": ("text_access", False),
    "confidence": ("confidence", False),
}
"""Column and whether an index leads to it."""

BLANK = {"binding": "not_assessed", "type": "unknown", "text_access": "unknown", "laterality": "unknown"}
"""The words that say that a field holds nothing."""


def valued(field: str, values: Values, site: Site) -> Condition:
    """Return the term that a field holds one of these values."""
    if is_own(field):
        return _own(field.removeprefix("x."), values, site)
    if field in TYPES:
        return relation_terms.related(field, values, site.binds)
    return _VALUED[field](values, site)


def present(field: str, site: Site) -> Condition:
    """Return the term that a field holds anything."""
    if field in BLANK:
        return negated(valued(field, [BLANK[field]], site))
    if field == "status":
        return negated(criteria.status(["unknown"], site.as_of, site.binds))
    if is_own(field):
        return criteria.own_field(field.removeprefix("x."), None, site.binds)
    if field in TYPES:
        return relation_terms.related(field, [], site.binds)
    if field in CHILDREN:
        view, column = CHILDREN[field]
        return plain(f"EXISTS (SELECT 1 FROM {view} AS c WHERE c.agreement_id = a.id AND c.{column} IS NOT NULL)")
    return _PRESENT[field](site)


def absent(field: str, site: Site) -> Condition:
    """Return the term that a field holds nothing."""
    if field in BLANK:
        return valued(field, [BLANK[field]], site)
    if field in ("in_force_from", "in_force_until"):
        return standings.force_absent(field, site.as_of, site.binds)
    return negated(present(field, site))


def _child(field: str, values: Values, site: Site) -> Condition:
    view, column = CHILDREN[field]
    return criteria.child(view, column, values, site.binds)


def _depositary(values: Values, site: Site) -> Condition:
    """Codes and names are unlike each other: codes are in capitals, or in lower case with their kind."""
    return some([criteria.child("depositaries", column, values, site.binds) for column in ("code", "name")])


def _column(field: str, values: Values, site: Site) -> Condition:
    column, indexed = COLUMNS[field]
    return criteria.column(column, values, site.binds, indexed=indexed)


def _dates(field: str, values: Sequence[DayRange], site: Site) -> Condition:
    return some([criteria.dated(field, one, site.binds, indexed=field == "signed") for one in values])


def _force(field: str, values: Sequence[DayRange], site: Site) -> Condition:
    return some([standings.force_dated(field, one, site.as_of, site.binds) for one in values])


SIDES = {
    "unknown": Numbers(0, 0),
    "unilateral": Numbers(1, 1),
    "bilateral": Numbers(2, 2),
    "plurilateral": Numbers(3, PLURILATERAL_LIMIT),
    "multilateral": Numbers(PLURILATERAL_LIMIT + 1, None),
}
CITED = "(SELECT count(DISTINCT c.source_id) FROM citations AS c WHERE c.agreement_id = a.id)"


def _counted(expression: str, values: Sequence[Numbers], site: Site) -> Condition:
    return some([plain(criteria.between(expression, one, site.binds)) for one in values])


def _laterality(values: Values, site: Site) -> Condition:
    return _counted("a.party_count", [SIDES[value] for value in values], site)


def _refs(values: Values, site: Site) -> Condition:
    exact = [value for value in values if not value.endswith("*")]
    terms = [criteria.column("ref", exact, site.binds, indexed=True)] if exact else []
    terms += [criteria.beginning("ref", value[:-1], site.binds) for value in values if value.endswith("*")]
    return some(terms)


def _word(values: Values, site: Site) -> Condition:
    wanted = site.binds.add_all(value.lower() for value in values)
    return plain(f"lower(a.title_term) IN {wanted}")


PRECISE = {
    "day": "a.signed GLOB '????-??-??*' AND a.signed NOT GLOB '*/*'",
    "month": "a.signed GLOB '????-??' OR a.signed GLOB '????-??[~?%]'",
    "year": "a.signed GLOB '????' OR a.signed GLOB '????[~?%]'",
    "interval": "a.signed GLOB '*/*'",
    "uncertain": "a.signed_uncertain = 1",
}


UNDATED = "a.signed_earliest IS NULL AND a.signed IS NULL"


def _precision(values: Values, _: Site) -> Condition:
    inexact = "SELECT a.id FROM agreements AS a WHERE a.signed_earliest IS NOT a.signed_latest AND"
    found = some(
        [
            plain(PRECISE[value], f"{inexact} ({PRECISE[value]})" if value in ("month", "year", "interval") else None)
            for value in values
        ]
    )
    dated = f"({found.no.possible}) AND NOT ({UNDATED})"
    return found._replace(
        yes=found.yes._replace(perhaps=f"({found.yes.possible}) OR {UNDATED}"),
        no=Answers(dated, dated, found.no.perhaps),
        missing=(("signed: no date", UNDATED),),
    )


def _source_kind(values: Values, site: Site) -> Condition:
    join = f"citations AS c JOIN sources AS s ON s.id = c.source_id WHERE s.kind IN {site.binds.add_all(values)}"
    return plain(f"EXISTS (SELECT 1 FROM {join} AND c.agreement_id = a.id)", f"SELECT c.agreement_id AS id FROM {join}")


def _identifier(values: Values, site: Site) -> Condition:
    return some([criteria.identifier(value, site.binds) for value in values])


def _own(name: str, values: Sequence[str | Own], site: Site) -> Condition:
    return some([criteria.own_field(name, value, site.binds) for value in values])


def _listed(values: Sequence[Ids], site: Site) -> Condition:
    listed = " UNION ALL ".join(f"SELECT value AS id FROM json_each({site.binds.add(one.ids)})" for one in values)
    return plain(f"+a.id IN ({listed})", listed)


_VALUED: Mapping[str, Valued] = {
    **{
        field: partial(_child, field) for field in ("party", "family", "signatory", "source", "level", "event", "claim")
    },
    **{field: partial(_column, field) for field in COLUMNS},
    **{field: partial(_dates, field) for field in ("signed", "expires")},
    **{field: partial(_force, field) for field in ("in_force_from", "in_force_until")},
    "sources": partial(_counted, CITED),
    "party_count": partial(_counted, "a.party_count"),
    "focus": lambda values, site: criteria.focus(values, site.binds),
    "status": lambda values, site: criteria.status(values, site.as_of, site.binds),
    "laterality": _laterality,
    "ref": _refs,
    "word": _word,
    "precision": _precision,
    "views": lambda _values, _site: plain("a.views_differ = 1"),
    "source_kind": _source_kind,
    "identifier": _identifier,
    "depositary": _depositary,
    "conflict": _listed,
    "under": lambda values, site: relation_terms.under(values, site.binds),
    "text": lambda values, site: texts.in_titles(values, site.binds, indexed=site.indexed),
    "title": lambda values, site: texts.in_titles(values, site.binds, indexed=site.indexed),
    "anywhere": lambda values, site: texts.anywhere(values, site.binds, indexed=site.indexed),
    "place": lambda values, site: texts.in_places(values, site.binds, indexed=site.indexed),
}

_PRESENT: Mapping[str, Callable[[Site], Condition]] = {
    "ref": lambda _: plain("1"),
    "word": lambda _: plain("a.title_term IS NOT NULL"),
    "confidence": lambda _: plain("a.confidence IS NOT NULL"),
    "signed": lambda _: plain("a.signed IS NOT NULL"),
    "precision": lambda _: plain("a.signed IS NOT NULL"),
    "expires": lambda _: plain("a.expires IS NOT NULL"),
    "party_count": lambda _: plain("a.party_count > 0"),
    "views": lambda _: plain("EXISTS (SELECT 1 FROM binding_views AS c WHERE c.agreement_id = a.id)"),
    "place": lambda _: plain("EXISTS (SELECT 1 FROM events AS c WHERE c.agreement_id = a.id AND c.places <> '[]')"),
    "depositary": lambda _: plain("EXISTS (SELECT 1 FROM depositaries AS c WHERE c.agreement_id = a.id)"),
    "under": lambda site: relation_terms.under([], site.binds),
    "in_force_from": lambda site: standings.force_present("in_force_from", site.as_of, site.binds),
    "in_force_until": lambda site: standings.force_present("in_force_until", site.as_of, site.binds),
}
