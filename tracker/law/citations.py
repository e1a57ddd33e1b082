"""Agreements cited, of what is recorded and nothing else: footnotes, and items of a bibliography.

A part that nobody recorded is left out. An item is one of CSL-JSON, the data of the Citation Style Language 1.0.2, that
Zotero, pandoc and citeproc read. What binds is its type ``treaty``; what does not, or is not assessed, is a
``document``, so that no bibliography calls a treaty what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.dates.edtf import bounds
from tracker.law.parties import counts
from tracker.record import kinds
from tracker.record.vocabulary import IDENTIFIER_SCHEMES, SOURCE_KINDS

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Event, Source
    from tracker.record.types import Record

STYLES = ("oscola", "plain")

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
TEXTS = ("authentic_text", "treaty_series", "depositary", "official_gazette")
"""Kinds of sources that hold the text itself; any other reports of it."""

UNCITABLE = ("own_knowledge", "unknown")
SERIES = tuple(scheme for scheme in IDENTIFIER_SCHEMES if scheme != "UNTS")
"""Schemes that lead to a text in print, the most usual first; a UNTS registration number is no page."""

BINDING, OTHER = "treaty", "document"

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
"""A year, a month or a day; ``2023-21``, a spring, is none."""


def footnote(record: Agreement, sources: Sequence[Source], style: str) -> str:
    """Return the footnote in a style; ``sources`` are the documents of the record's own sources."""
    return _oscola(record, sources) if style == "oscola" else _plain(record, sources)


def _oscola(record: Agreement, sources: Sequence[Source]) -> str:
    """The Oxford standard for treaties: title (parties) (signed ..., entered into force ...) series.

    OSCOLA, 4th edition, section 1.7 and its part on international law; where no series is recorded, the best source
    follows as an online source does.
    """
    said = [record["title"], *_between(record), *_brackets(_dated_acts(record))]
    series = _series_of(record)
    text = " ".join([*said, *series[:1]])
    return text if series else f"{text}{_reported(record, sources)}"


def _plain(record: Agreement, sources: Sequence[Source]) -> str:
    parties = ", ".join(dict.fromkeys(party["name"] for party in record["parties"]))
    said = [record["title"], parties, *_dated_acts(record), *_series_of(record)]
    said += [f"UNTS registration {item['value']}" for item in record["identifiers"] if item["scheme"] == "UNTS"]
    return f"{'; '.join(part for part in said if part)}{_reported(record, sources)}"


def _between(record: Agreement) -> list[str]:
    """The two parties, where the title does not name them."""
    names = list(dict.fromkeys(party["name"] for party in record["parties"] if counts(party)))
    if len(names) != 2 or all(name in record["title"] for name in names):
        return []
    return [f"({'–'.join(names)})"]


def _dated_acts(record: Agreement) -> list[str]:
    """Return what happened when: adopted, signed, entered into force; only with a date that is recorded."""
    adopted = _first(record, ("text_adopted",))
    signed = record["derived"]["signed"]
    dating = kinds.of_signature(record["events"])
    word = "signed" if not dating or kinds.signs(dating[-1]["kind"]) else kinds.said(dating[-1]["kind"])
    found = [f"adopted {spelled(adopted['date'])}"] if adopted and adopted["date"] else []
    found += [f"{word} {spelled(signed['edtf'])}"] if signed else []
    for kind in kinds.ENTRIES:
        entry = _first(record, (kind,))
        day = kinds.effective(entry) if entry else None
        if day:
            found.append(f"{kinds.said(kind)} {spelled(day)}")
    return found


def _first(record: Agreement, wanted: Sequence[str]) -> Event | None:
    """The first event of the instrument as a whole that has a date."""
    whole = [event for event in record["events"] if event["kind"] in wanted and not event["provision"]]
    dated = [event for event in whole if not event["parties"] and kinds.effective(event)]
    return min(dated, key=lambda event: kinds.effective(event) or "", default=None)


def _brackets(parts: Sequence[str]) -> list[str]:
    return [f"({', '.join(parts)})"] if parts else []


def _series_of(record: Agreement) -> list[str]:
    """Return where it is printed, the most usual series first; a value that names its series stands alone."""
    found = []
    for item in record["identifiers"]:
        scheme, value = item["scheme"], str(item["value"])
        if scheme in SERIES:
            name = scheme.removesuffix("_volume").replace("_", " ")
            found.append((SERIES.index(scheme), value if name in value.split() else f"{name} {value}"))
    return [text for _, text in sorted(found)]


def _best(record: Agreement, sources: Sequence[Source]) -> Source | None:
    """Return the source to cite: one that holds the text before a report of it; None where there is none to cite.

    A report that is older than the signature tells of something else, so it comes last.
    """
    citable = [source for source in sources if source["kind"] not in UNCITABLE]
    signed = record["derived"]["signed"]
    day = signed["latest"] if signed else None

    def worth(source: Source) -> tuple[bool, int]:
        written = bounds(source["date"])[1]
        early = source["kind"] not in TEXTS and bool(day and written and written < day)
        return early, SOURCE_KINDS.index(source["kind"])

    return min(citable, key=worth, default=None)


def _reported(record: Agreement, sources: Sequence[Source]) -> str:
    """The best source: its address where it holds the text, else who reports it."""
    source = _best(record, sources)
    if source is None:
        return ""
    address = "".join(_address(source))
    return address if source["kind"] in TEXTS and address else f", {report(source)}{address}"


def report(source: Source) -> str:
    """Return where an agreement is reported: who, in which text, of which day."""
    date = f" ({spelled(source['date'])})" if source["date"] else ""
    who = source["author"] or source["publisher"]
    return f"in {f'{who}, ' if who else ''}‘{source['title']}’{date}"


def _address(source: Source) -> Iterator[str]:
    if source["url"]:
        yield f" <{source['url']}>"
        if source["accessed"]:
            yield f" accessed {spelled(source['accessed'])}"


def spelled(edtf: str) -> str:
    """Return a date as prose has it: ``12 January 2023``, ``about 1996``, ``between 10 ... and 20 ...``."""
    text, doubt = edtf, ""
    if text[-1] in "?~%":
        text, doubt = text[:-1], "about " if text[-1] == "~" else "probably "
    first, slash, last = text.partition("/")
    if not slash:
        return doubt + _day(first)
    if first == "..":
        return f"{doubt}on or before {_day(last)}"
    if last == "..":
        return f"{doubt}on or after {_day(first)}"
    return f"{doubt}between {_day(first)} and {_day(last)}"


def _day(text: str) -> str:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdecimal() and 1 <= int(month) <= len(MONTHS)):
        return text
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}" if day.isdecimal() else f"{MONTHS[int(month) - 1]} {year}"


def item(record: Agreement, sources: Sequence[Source], labels: Mapping[str, str]) -> Record:
    """Return the item; ``sources`` are the record's own, ``labels`` the names of focus areas by code."""
    source = _best(record, sources)
    notes = _dated_acts(record)
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
        "number": "; ".join(_series_of(record)),
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
