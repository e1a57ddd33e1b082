"""An agreement as an item of a bibliography, of what is recorded and nothing else.

An item is one of CSL-JSON, the data of the Citation Style Language 1.0.2, which Zotero, pandoc and citeproc read. What
binds is its type ``treaty``; what does not, or is not assessed, is a ``document``, so that no bibliography calls a
treaty what is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.law.citations import TEXTS, best, dated_acts, report, series_of, spelled
from tracker.law.parties import counts
from tracker.record import kinds

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Source
    from tracker.record.types import Record

BINDING, OTHER = "treaty", "document"

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
"""A year, a month or a day; ``2023-21``, a spring, is none."""


def item(record: Agreement, sources: Sequence[Source], labels: Mapping[str, str]) -> Record:
    """Return the item; ``sources`` are the record's own, ``labels`` the names of focus areas by code."""
    source = best(record, sources)
    notes = dated_acts(record)
    if source and source["kind"] not in TEXTS:
        notes = [*notes, f"reported {report(source)}"]
    signed = record["derived"]["signed"]
    places = _places(record)
    found: Record = {
        "id": record["ref"],
        "type": BINDING if record["binding_status"] == "binding" else OTHER,
        "title": record["title"],
        "title-short": record["short_title"],
        "genre": None if record["instrument_type"] == "unknown" else kinds.said(record["instrument_type"]),
        "author": [{"literal": name} for name in dict.fromkeys(p["name"] for p in record["parties"] if counts(p))],
        "issued": date(signed["edtf"]) if signed else None,
        "event-place": "; ".join(places),
        "number": "; ".join(series_of(record)),
        "language": record["languages"][0] if len(record["languages"]) == 1 else None,
        "URL": source and (source["url"] or source["archive_url"]),
        "accessed": date(source["accessed"]) if source and source["accessed"] else None,
        "keyword": ", ".join(labels.get(code, code) for code in record["focus_areas"]),
        "note": "; ".join(notes),
    }
    return {key: value for key, value in found.items() if value}


def _places(record: Agreement) -> list[str]:
    """Return where it was signed."""
    dating = kinds.of_signature(record["events"])
    return list(dict.fromkeys(place for event in dating for place in event["places"]))


def date(edtf: str) -> Record:
    """Return a date of CSL: its parts as far as they are known, else the words for it.

    An interval of CSL lasts from one day to the other, one of the register is a day between them; so that is words.
    """
    plain = _PLAIN.fullmatch(edtf.rstrip("?~%"))
    if plain is None:
        return {"literal": spelled(edtf)}
    done: Record = {"date-parts": [[int(part) for part in plain.groups() if part]]}
    return done if edtf[-1].isdecimal() else {**done, "circa": True}
