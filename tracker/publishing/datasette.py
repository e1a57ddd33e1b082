"""What Datasette shows of a store: a metadata file with titles, labels, facets, and what each column holds.

The tables of the declaration are shown, for their foreign keys lead to names; what the register needs for itself is
hidden, which is no protection: Datasette serves all that the file holds (docs.datasette.io, metadata).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.read.file.connection import Reader
from tracker.record import shapes
from tracker.record.types import Field, Shape

LABELS = {
    "agreement": "title", "party": "name", "person": "name", "family": "name", "focus_area": "label", "source": "title",
}  # fmt: skip
"""Table to the column by which a row of it is named where another one leads to it."""

IN_FORCE = (
    "SELECT DISTINCT a.ref, a.title, a.binding_status, s.from_date AS since FROM spans AS s"
    " JOIN agreements AS a ON a.id = s.agreement_id WHERE s.party = '' AND s.status = 'in_force' AND NOT s.uncertain"
    " AND s.from_latest <= :day AND (s.until_earliest IS NULL OR s.until_earliest > :day) ORDER BY a.ref"
)
BY_YEAR = (
    "SELECT substr(signed_earliest, 1, 4) AS year, sum(binding_status = 'binding') AS binding,"
    " sum(binding_status = 'non_binding') AS non_binding,"
    " sum(binding_status NOT IN ('binding', 'non_binding')) AS other, count(*) AS agreements"
    " FROM agreements WHERE substr(signed_earliest, 1, 4) = substr(signed_latest, 1, 4) GROUP BY year ORDER BY year"
)
QUERIES = {
    "binding_by_year": {"title": "Binding and non-binding, by the year of signature", "sql": BY_YEAR},
    "certainly_in_force": {"title": "Certainly in force on a day (YYYY-MM-DD)", "sql": IN_FORCE},
}


def metadata(reader: Reader, store: Path) -> dict[str, Any]:
    """Return the metadata of a store for ``datasette STORE -m FILE``."""
    shown = dict(_shown())
    names = reader.tuples("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name", {})
    hidden: dict[str, Any] = {str(name): {"hidden": True} for (name,) in names if name not in shown}
    return {
        "title": f"Register of international agreements: {store.name}",
        "description": "Dates are as exact as they are known (EDTF); A/B lies on one day between A and B.",
        "databases": {store.stem: {"tables": {**shown, **hidden}, "queries": QUERIES}},
    }


def _shown() -> Iterator[tuple[str, dict[str, Any]]]:
    for shape in shapes.at().values():
        if shape.table:
            yield shape.table, _table(shape)
        for field in shape.own_fields:
            if field.table and not field.type.shape:
                about = {"title": field.label.capitalize(), "columns": {"code": field.meaning}, "facets": ["code"]}
                yield field.table, about


def _table(shape: Shape) -> dict[str, Any]:
    stored = [field for field in shape.own_fields if field.stored_as and field.cell in ("", "number")]
    about: dict[str, Any] = {
        "title": shape.name.replace("_", " ").capitalize(),
        "description": shape.meaning,
        "columns": {field.stored_as: field.meaning for field in stored},
        "facets": [field.stored_as for field in stored if _is_facet(field)],
    }
    if shape.table in LABELS:
        about["label_column"] = LABELS[shape.table]
    return {key: value for key, value in about.items() if value}


def _is_facet(field: Field) -> bool:
    """Whether counting a column by its values tells something: words of the vocabulary, and parties."""
    return not field.listed and field.type.kind in ("code", "party") and field.key != "record"
