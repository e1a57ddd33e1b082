"""A record taken apart into the rows of the tables; the assembly in ``read/records/agreements.py`` is the inverse.

Pure: the same document and key give the same rows. Every row of a table has the same keys in the same order, the
columns of ``store/schema/tables.py``. Tables without a row are left out.
"""

from collections.abc import Sequence

from tracker.dates import edtf
from tracker.dates.day import PartialDate
from tracker.law.life import lifecycle
from tracker.law.life.spans import SPAN_COLUMNS
from tracker.law.parties import contracting
from tracker.record.shapes import AGREEMENT, child_tables
from tracker.store.rows import item_rows
from tracker.store.rows.cells import Document, Form, Row, Rows
from tracker.store.rows.item_rows import COUNTERS, highest
from tracker.store.rows.own_fields import own_fields

CHILDREN = (*child_tables(), "own_field", "span")
"""The tables keyed by ``agreement_id``."""

_FORM = Form(AGREEMENT)


def shred(document: Document, agreement_id: int, revision: int = 0, successors: Sequence[PartialDate] = ()) -> Rows:
    """Return the rows of a complete agreement whose items have ids, the derived ones included, by table.

    ``successors``: the entries into force of what supersedes it, as for ``lifecycle.spans``.
    """
    rows: Rows = {"agreement": []}
    item_rows.items(document, agreement_id, rows)
    own_fields(document, agreement_id, rows)
    if found := spans(document, agreement_id, successors):
        rows["span"] = found
    rows["agreement"].append(_agreement_row(document, agreement_id, revision))
    return rows


def _agreement_row(document: Document, agreement_id: int, revision: int) -> Row:
    """Return the row of the agreement itself."""
    until = (document["terms"]["duration"] or _NOTHING).get("until")
    expires_earliest, expires_latest, expires_uncertain = edtf.bounds(until)
    signed = lifecycle.signed(document["events"])
    codes = sorted({party["code"] for party in document["parties"]})
    return {
        "id": agreement_id,
        "signed": signed.edtf if signed else None,
        "signed_earliest": signed.earliest if signed else None,
        "signed_latest": signed.latest if signed else None,
        "signed_uncertain": bool(signed and signed.uncertain),
        "expires": until,
        "expires_earliest": expires_earliest,
        "expires_latest": expires_latest,
        "expires_uncertain": expires_uncertain,
        "party_codes": " ".join(codes),
        "party_count": len(contracting(document["parties"])),
        "views_differ": _views_differ(document),
        "revision": revision,
        **{column: highest(document[key]) for key, column in COUNTERS.items()},
        **_FORM.cells(document),
    }


_NOTHING: Document = {}


def _views_differ(document: Document) -> bool:
    """Tell whether recorded views differ from each other or from the verdict, where somebody gave one."""
    views = {view["value"] for view in document["binding_views"]}
    if views and document["binding_status"] != "not_assessed":
        views.add(document["binding_status"])
    return len(views) > 1


def spans(document: Document, agreement_id: int, successors: Sequence[PartialDate] = ()) -> list[Row]:
    """Derive the stretches of status by the rules of the domain."""
    found = lifecycle.of_record(document, successors=successors)
    return [dict(zip(_SPAN, (agreement_id, *span.row()), strict=True)) for span in found]


_SPAN = ("agreement_id", *SPAN_COLUMNS)
