"""How many sides an agreement has."""

from collections.abc import Collection

PLURILATERAL_LIMIT = 10
"""Parties up to which an agreement of more than two is plurilateral; the field draws no sharp line, this is ours."""


def laterality(codes: Collection[str]) -> str:
    """Return ``unilateral`` (1 party), ``bilateral``, ``plurilateral`` (3 to 10), ``multilateral``, ``unknown`` (0)."""
    count = len(set(codes))
    if count < 3:
        return ("unknown", "unilateral", "bilateral")[count]
    return "plurilateral" if count <= PLURILATERAL_LIMIT else "multilateral"
