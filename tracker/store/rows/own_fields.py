"""Own fields of agreements (``extra``) as rows that queries find; derived, for ``extra`` is what counts."""

from tracker.store.rows.cells import Document, Row, Rows
from tracker.text.names import fold

LARGEST = 2**63
"""SQLite's integers are smaller; a larger number is only found as text."""


def own_fields(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred the own fields: folded as text, and as a number where they are one."""
    if document["extra"]:
        rows["own_field"] = [
            {"agreement_id": agreement_id, "name": name, **cells(value)}
            for name, value in sorted(document["extra"].items())
        ]


def cells(value: str | int | bool) -> Row:
    """Return what queries compare with: ``true`` and ``false`` for truth, whole numbers also as such."""
    if isinstance(value, bool):
        return {"folded": "true" if value else "false", "number": None}
    return {"folded": fold(str(value)), "number": _number(value)}


def _number(value: str | int) -> int | None:
    if isinstance(value, str):
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
            return None
    number = int(value)
    return number if -LARGEST <= number < LARGEST else None
