"""The samples and the sheet of facts that they were written from, for the tests that compare them."""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = ("us-japan-2023.json", "arrangements.json")
COLLECTIONS = ("focus_areas", "parties", "people", "families", "sources", "agreements")
FAMILY = "us-sosa-family"
"""The one entry of the facts that is a family, not an agreement."""


def load(name: str) -> Any:
    """Return one file of the samples, parsed."""
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


@cache
def sample() -> dict[str, list[Any]]:
    """Return the objects of both files together."""
    documents = [load(name) for name in FILES]
    return {key: [one for document in documents for one in document[key]] for key in COLLECTIONS}


@cache
def records() -> dict[str, Any]:
    """Return the agreements of both files by ref."""
    return {record["ref"]: record for record in sample()["agreements"]}


@cache
def facts() -> Any:
    """Return the sheet of facts, which stands beside the corpora."""
    file = Path(os.environ["TRACKER_CORPORA"]).parent / "facts" / "arrangements.json"
    return json.loads(file.read_text(encoding="utf-8"))


def pairs() -> list[tuple[Any, Any]]:
    """Return each agreement of the facts with its record."""
    return [(fact, records()[fact["id"]]) for fact in facts()["agreements"] if fact["id"] != FAMILY]


def cited(item: Any) -> Iterator[str]:
    """Yield every source id that an object cites, at any depth."""
    if isinstance(item, dict):
        for key, value in item.items():
            if key == "sources":
                yield from (one["source"] if isinstance(one, dict) else one for one in value)
            else:
                yield from cited(value)
    elif isinstance(item, list):
        for value in item:
            yield from cited(value)


def texts(item: Any) -> str:
    """Return all texts of an object, joined by line ends."""
    if isinstance(item, dict):
        return "\n".join(map(texts, item.values()))
    return "\n".join(map(texts, item)) if isinstance(item, list) else str(item)
