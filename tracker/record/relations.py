"""Relations between agreements: each is stored once, in its active direction; the inverse is derived."""

INVERSES = {
    "amends": "amended_by",
    "extends": "extended_by",
    "supplements": "supplemented_by",
    "implements": "implemented_by",
    "concluded_under": "parent_of",
    "annexed_to": "has_annex",
    "supersedes": "superseded_by",
    "succeeds": "succeeded_by",
    "replaces_in_part": "replaced_in_part_by",
    "updates": "updated_by",
    "revives": "revived_by",
    "suspends": "suspended_by",
    "precursor_of": "follows",
    "interprets": "interpreted_by",
}
"""Active type to its inverse. ``succeeds`` is the next of a series whose predecessor had run out."""

SYMMETRIC = ("signed_together_with", "conflicts_with", "related_to")
"""Types that are their own inverse; kept in the record in which they were entered."""

ACTIVE = (*INVERSES, *SYMMETRIC)
"""The types that are stored."""

PASSIVE = {inverse: active for active, inverse in INVERSES.items()}
"""Inverse type to its active one."""

SEEN = (*INVERSES.values(), *SYMMETRIC)
"""The types under which the other end sees a relation."""

TYPES = (*ACTIVE, *PASSIVE)
"""Every type that input may name."""


def active(relation: str) -> tuple[str, bool]:
    """Return the active type of a relation, and whether its two ends have to be swapped.

    Raises ``VocabularyError`` for a type that is unknown.
    """
    if relation in INVERSES or relation in SYMMETRIC:
        return relation, False
    if relation in PASSIVE:
        return PASSIVE[relation], True
    from tracker.record.vocabulary import check

    check(relation, TYPES, "relation")
    raise AssertionError(relation)  # check raises for every type that is not listed


def inverse(relation: str) -> str:
    """Return the type by which the other end sees a relation; a symmetric one is its own inverse."""
    kind, swapped = active(relation)
    if swapped:
        return kind
    return INVERSES.get(kind, kind)
