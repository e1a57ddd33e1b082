"""An edited agreement judged: its shape, its claims, and what is odd in it that was not before."""

from typing import Any

from tracker.errors import InvalidRecord
from tracker.law.oddities import new_oddities
from tracker.record import claims
from tracker.record.document import complete
from tracker.store.validation.models import validate

Record = dict[str, Any]


def settle(before: Record, edited: Record, ref: str) -> tuple[Record, list[str]]:
    """Return the edited record validated, claims whose field was changed no longer adopted, and a sentence on each.

    Everything but the claims is judged first, so that values are compared with those of claims in canonical form.
    """
    items = edited.get("claims") if isinstance(edited, dict) else None
    if not items or not isinstance(items, list) or not all(_is_claim(item) for item in items):
        plain = validate(edited, ref, "agreement")
        return plain, _odd(before, plain)
    document = validate({**edited, "claims": []}, ref, "agreement")
    document["claims"] = [complete(dict(item), "agreement.claims") for item in items]
    try:
        released = claims.reconcile(before, document)
    except claims.ClaimError as error:
        raise InvalidRecord(ref, [("claims", str(error))]) from error
    settled = validate(document, ref, "agreement")
    return settled, [*(claims.sentence(claim) for claim in released), *_odd(before, settled)]


def _odd(before: Record, after: Record) -> list[str]:
    return [f"odd: {oddity}" for oddity in new_oddities(before, after)]


def _is_claim(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("field"), str) and isinstance(item.get("id", ""), str | None)
