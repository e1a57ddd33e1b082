"""Queries of the tests, made without text: ``asking(binding="non_binding", party=(("JPN",), ("USA", "AUS")))``."""

from typing import Any

from tracker.read.query.predicates import Query, equals, together


def asking(**fields: Any) -> Query | None:
    """Return the query that all fields match: a value, or a tuple of which one; ``party`` takes several of these."""
    return together(
        equals(field, *(choice if type(choice) is tuple else (choice,)))  # ranges are tuples of a kind
        for field, value in fields.items()
        for choice in (value if field == "party" else (value,))
    )
