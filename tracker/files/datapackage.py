"""``datapackage.json`` beside a sheet: what stands in its columns (Frictionless Data Package 1.0, Table Schema 1.0).

Several sheets of one folder share one description; writing one again renews its part and leaves the others.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from tracker.errors import Refused
from tracker.files.aside import replacing

NAME = "datapackage.json"

TYPES = {"count": "integer", "share": "number", "flag": "boolean"}
"""Kinds of columns (``tracker.table``) that are no text; lists are text whose items are joined by ``; ``."""

REMARKS = {
    "date": "a date as exact as it is known (EDTF, ISO 8601-2); A/B lies on one day between",
    "list": "items joined by '; '",
    "lines": "items joined by '; '",
}


Package: TypeAlias = dict[str, Any]
"""A description: its ``resources`` are what is described; other keys are other people's and stay."""


class Field(NamedTuple):
    """A column of a sheet."""

    name: str
    kind: str
    """Kind of its cells (``tracker.table``)."""
    meaning: str


def described(sheet: Path) -> Package:
    """Return the description that lies beside a sheet, or a new one; raises Refused where another file has its name."""
    place = sheet.with_name(NAME)
    try:
        package = json.loads(place.read_bytes())
    except FileNotFoundError:
        return {"profile": "tabular-data-package", "resources": []}
    except (OSError, ValueError) as error:
        raise Refused(f"{place} cannot be read as a data package: {error}; move it, or write elsewhere") from error
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise Refused(f"{place} is no data package: it lists no resources; move it, or write elsewhere")
    return package


def describe(sheet: Path, fields: Iterable[Field], package: Package) -> Path:
    """Write what stands in a sheet into the description beside it, and return its place."""
    with sheet.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    columns = [_field(field) for field in fields]
    schema: dict[str, Any] = {"fields": columns, "missingValues": [""]}
    if any(column["name"] == "ref" for column in columns):
        schema["primaryKey"] = ["ref"]
    resource = {
        "profile": "tabular-data-resource",
        "name": re.sub(r"[^a-z0-9._-]+", "-", sheet.stem.lower()).strip("-") or "sheet",
        "path": sheet.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": sheet.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "header": True},
        "schema": schema,
    }
    others = [other for other in package["resources"] if not _is_of(other, sheet)]
    place = sheet.with_name(NAME)
    with replacing(place) as out:
        text = json.dumps({**package, "resources": [*others, resource]}, ensure_ascii=False, indent=2)
        out.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    return place


def _field(field: Field) -> dict[str, str]:
    description = "; ".join(part for part in (field.meaning, REMARKS.get(field.kind)) if part)
    return {"name": field.name, "type": TYPES.get(field.kind, "string"), "description": description}


def _is_of(resource: object, sheet: Path) -> bool:
    return isinstance(resource, dict) and resource.get("path") == sheet.name
