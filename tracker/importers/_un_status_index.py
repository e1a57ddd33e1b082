"""The list of titles beside the participation tables: title, place and day of adoption, chapter, number, parent."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from tracker.importers._un_status_acts import MONTHS
from tracker.record.types import Record
from tracker.text.names import slug

SET = "un-status"

PARENT_AREA = "un_chapters"
"""Focus area under which the chapters stand."""

DEPOSITARIES = [{"code": "org-un"}]
"""The Secretary-General of the United Nations keeps the originals (Vienna Convention of 1969, article 76)."""

LETTERED = "XI-"
"""Numbers of this chapter have a letter more, which only the list tells: ``11-10.csv`` is XI-A-10."""

COLUMNS = ("chapter_no", "treaty_no", "treaty_name")
"""Columns that the list has to have; ``url`` and ``chapter_name`` are taken where they are there."""

_DAY = r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
_ACT = rf"(?:[^\d.][^\d.]*?, )?{_DAY}"
_TITLED = re.compile(rf"(?P<title>.+?)\s*\. (?P<acts>{_ACT}(?:,? and {_ACT})*)\.?")
_PLACED = re.compile(r"(?P<title>.+?)\s*\. (?P<place>[A-Z][^\d.,]{1,30})")
_SINGLE = re.compile(rf"(?:(?P<place>[^\d.][^\d.]*?), )?(?P<day>{_DAY})")

_TYPES = {
    "treaty": "treaty",
    "convention": "convention",
    "agreement": "agreement",
    "protocol": "protocol",
    "amendment": "amendment",
    "annex": "annex",
    "extension": "extension",
    "charter": "charter_or_constitution",
    "constitution": "charter_or_constitution",
    "statute": "other",
    "covenant": "other",
    "declaration": "other",
    "act": "other",
    "arrangement": "arrangement",
    "terms of reference": "terms_of_reference",
}
_TERM = re.compile(rf"\b({'|'.join(_TYPES)})s?\b", re.IGNORECASE)


class Title(NamedTuple):
    """A row of the list."""

    chapter: str
    number: str
    name: str
    url: str | None
    chapter_name: str | None
    file: str
    row: int

    @property
    def key(self) -> str:
        """Chapter and number, as the file of the table is called: ``27-7-a``."""
        return key_of(self.chapter, self.number)

    @property
    def mtdsg(self) -> str:
        """The number in Multilateral Treaties Deposited with the Secretary-General: ``XXVII-7-a``."""
        given = parse_qs(urlsplit(self.url or "").query).get("mtdsg_no")
        return given[0] if given else mtdsg_of(self.key)


def key_of(chapter: str, number: str) -> str:
    """Return the key of a treaty: ``2.7a`` in chapter 3 is ``3-2-7a``."""
    return f"{chapter}-{number.replace('.', '-')}"


def mtdsg_of(key: str) -> str:
    """Return the number of a treaty with its chapter in Roman numerals."""
    chapter, _, number = key.partition("-")
    return f"{_roman(int(chapter))}-{number}" if chapter.isdecimal() else key


def parent_of(key: str) -> tuple[str, str] | None:
    """Return the key of the instrument above and how the two are related, or None.

    A letter is an instrument under the number, a further number an annex (``3-2-7a``: of ``3-2``).
    """
    chapter, _, number = key.partition("-")
    above, dash, last = number.rpartition("-")
    if not dash:
        return None
    return f"{chapter}-{above}", "annexed_to" if last[:1].isdecimal() else "concluded_under"


def area_code(chapter_name: str) -> str:
    """Return the code of the focus area of a chapter."""
    return f"un_{slug(chapter_name).replace('-', '_')}"[:120]


def areas(titles: list[Title]) -> list[Record]:
    """Return the focus areas that the chapters of some titles need, the one above them first."""
    named = {title.chapter_name: title for title in titles if title.chapter_name}
    if not named:
        return []
    label = "Chapters of the United Nations Treaty Collection"
    above = {"record": "focus_area", "code": PARENT_AREA, "label": label, "parent": None}
    note = "Chapter {} of Multilateral Treaties Deposited with the Secretary-General"
    return [above] + [
        {
            "record": "focus_area",
            "code": area_code(name),
            "label": name,
            "parent": PARENT_AREA,
            "note": note.format(mtdsg_of(f"{title.chapter}-").rstrip("-")),
        }
        for name, title in named.items()
    ]


def head(title: Title, parent: Title | None) -> Record:
    """Return what the list says of a treaty, in the shape of the record."""
    name, acts = split(title.name)
    origin = {"set": SET, "key": title.key, "file": title.file, "row": title.row}
    kind, term = instrument(name)
    return {
        "record": "agreement",
        "ref": ref_of(title.key),
        "title": name,
        "title_term": term,
        "instrument_type": kind,
        "focus_areas": [area_code(title.chapter_name)] if title.chapter_name else [],
        "identifiers": [{"scheme": "MTDSG", "value": title.mtdsg}],
        "depositaries": DEPOSITARIES,
        "events": [
            {
                "kind": "text_adopted",
                "date": day,
                "places": [where] if where else [],
                "raw": title.name,
                "origin": origin,
            }
            for where, day in acts
        ],
        "relations": relations(title.key, parent),
        "sources": [{"source": _source(title)}] if title.url else [],
        "origin": origin,
    }


def ref_of(key: str) -> str:
    """Return the ref of a treaty: its number, ``un-xxvii-7-a``."""
    return f"un-{slug(mtdsg_of(key))}"


def relations(key: str, parent: Title | None) -> list[Record]:
    """Return the relation of an instrument to the one above it, where the list has that one."""
    above = parent_of(key)
    if above is None or parent is None:
        return []
    note = f"MTDSG {parent.mtdsg}"
    return [{"type": above[1], "target": f"key:{above[0]}", "target_title": split(parent.name)[0], "note": note}]


def split(name: str) -> tuple[str, list[tuple[str | None, str | None]]]:
    """Take a title of the list apart: the title proper, and places and days of adoption.

    Asterisks, which lead to footnotes that are not there, are left out.
    """
    text = " ".join(name.split())
    if match := _TITLED.fullmatch(text):
        acts: list[tuple[str | None, str | None]] = [(act["place"], _iso(act["day"])) for act in _acts(match["acts"])]
        return _plain(match["title"]), acts
    if match := _PLACED.fullmatch(text):
        return _plain(match["title"]), [(match["place"], None)]
    return _plain(text), []


def instrument(title: str) -> tuple[str, str | None]:
    """Return the type that the first word for an instrument in a title stands for, and that word."""
    match = _TERM.search(title)
    if match is None:
        return "unknown", None
    word = match[1].lower()
    return _TYPES[word], "Terms of Reference" if " " in word else word.capitalize()


def _acts(text: str) -> list[re.Match[str]]:
    """Take ``Geneva, 11 February 1925 and Lake Success, New York, 11 December 1946`` apart."""
    parts = re.split(rf"(?<=\d{{4}}),? and (?={_ACT})", text)
    matches = [act for part in parts if (act := _SINGLE.fullmatch(part))]
    return matches if len(matches) == len(parts) else []


def _plain(title: str) -> str:
    return title.replace("*", "").strip(" .,")


def _iso(day: str) -> str:
    number, month, year = day.split()
    return f"{year}-{MONTHS[month]:02}-{int(number):02}"


def _source(title: Title) -> Record:
    collection = "Multilateral Treaties Deposited with the Secretary-General"
    return {
        "id": f"untc-{slug(title.mtdsg)}",
        "title": f"United Nations Treaty Collection, {collection}, {title.mtdsg}",
        "publisher": "United Nations",
        "url": title.url,
        "kind": "depositary",
    }


def _roman(number: int) -> str:
    text = ""
    for value, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            text, number = text + letters, number - value
    return text
