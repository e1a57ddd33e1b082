"""A query compiled to one condition over the published views."""

from tracker.read.query import field_terms
from tracker.read.query.asked import Opposite, Presence, Query, Several
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import Condition, every, negated, some
from tracker.read.query.field_terms import Site
from tracker.read.query.filters import Filters


def condition(filters: Filters, binds: Binds) -> Condition:
    """Return the term that holds where the query of the filters does."""
    if filters.query is None:
        return every([])
    return compiled(filters.query, Site(binds, filters.as_of, filters.indexed))


def compiled(query: Query, site: Site) -> Condition:
    """Return the term that holds where a query does."""
    if isinstance(query, Opposite):
        return negated(compiled(query.query, site))
    if isinstance(query, Several):
        terms = [compiled(inner, site) for inner in query.queries]
        return every(terms) if query.every else some(terms)
    values = [value for value in query.wanted if not isinstance(value, Presence)]
    terms = [field_terms.valued(query.field, values, site)] if values else []
    if Presence.ANY in query.wanted:
        terms.append(field_terms.present(query.field, site))
    if Presence.NONE in query.wanted:
        terms.append(field_terms.absent(query.field, site))
    return some(terms)
