"""The grammar of the UN tables: titles of columns, cells of a day and a marker, and the list of titles beside them."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from tracker.dates.day import DateError
from tracker.dates.typed import parse
from tracker.record import kinds as event_kinds
from tracker.record.types import Record
from tracker.text.names import slug

MARKERS = tuple(dict.fromkeys((*(kind.letter for kind in event_kinds.KINDS if kind.letter), "P", "p", "C")))
"""Letters behind a day. Which kind a letter means stands in the title of the column: ``d`` is a succession in one table
and a notification in the next."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(("Jan", "January"), ("Feb", "February"), ("Mar", "March"), ("Apr", "April"), ("May",)),
            *(("Jun", "June"), ("Jul", "July"), ("Aug", "August"), ("Sep", "Sept", "September")),
            *(("Oct", "October"), ("Nov", "November"), ("Dec", "December")),
        ),
        1,
    )
    for name in names
}

NOTES = {
    "Date of Adoption": ("Resolution",),
    "Registration Date": ("Registration Number", "UNTS Volume", "UNTS Page"),
}
"""Columns of the table of admissions (I-2) that say more of an act, by the column that has its day."""

ABOUT = frozenset(column for columns in NOTES.values() for column in columns)

EXPECTED = "expected a day and a marker of the column, such as 31 Oct 1963 a"

_NEXT_KIND = re.compile(r", (?=[A-Z])")
_MARKED = re.compile(rf"(?P<kind>.*\S)\s*\((?P<marker>{'|'.join(MARKERS)})\)")
_PART = re.compile(r"\d(?:\s*\(\w{1,3}\))*\s*(?<!\d)\([a-z]\)")
"""A small letter that counts on from a number is a part of an article, not a marker: ``Section 3 (c)``."""
_CELL = re.compile(
    r"(?P<open>\[)?\s*(?P<since>as from )?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})"
    rf"(?:\s+(?P<marker>{'|'.join(sorted(MARKERS, key=len, reverse=True))}))?\s*(?P<close>\])?"
)

_OTHER_WORDS = {"definitive acceptance": "accepted", "consent to be bound": event_kinds.DEPOSITS[0]}
_KINDS = sorted(
    ({kind.noun: kind.name for kind in event_kinds.KINDS if kind.noun} | _OTHER_WORDS).items(),
    key=lambda pair: -len(pair[0]),
)
"""How a kind of the tables begins, and the kind of event that it is; every other kind is ``other`` with its own words.
Consent to be bound is expressed by an instrument deposited with the Secretary-General (VCLT Art. 16)."""


class Kind(NamedTuple):
    """One of the kinds of act that a column holds."""

    text: str
    marker: str | None


class CellError(ValueError):
    """A cell that is not of the grammar; says what was expected."""


@lru_cache(maxsize=1024)
def kinds(title: str) -> tuple[Kind, ...]:
    """Take the title of a column apart: ``Accession(a), Succession(d), Ratification`` are three kinds."""
    declared = []
    for text in _NEXT_KIND.split(title):
        kind = text.strip()
        marked = None if _ends_in_part(kind) else _MARKED.fullmatch(kind)
        declared.append(Kind(marked["kind"], marked["marker"]) if marked else Kind(kind, None))
    return tuple(declared)


def _ends_in_part(kind: str) -> bool:
    return any(part.end() == len(kind) for part in _PART.finditer(kind))


@lru_cache(maxsize=1024)
def event_kind(text: str) -> tuple[str, str | None]:
    """Return the kind of event that a kind of the tables is, and its own words where that is ``other``."""
    folded = text.lower()
    for beginning, kind in _KINDS:
        if folded.startswith(beginning):
            return kind, None
    return "other", text[:1000]


def event(title: str, cell: str) -> tuple[Record, bool]:
    """Return what a cell says as an event without its party, and whether it stands in brackets: withdrawn since.

    Raises CellError where it is no day with a marker that the column declares.
    """
    match = _CELL.fullmatch(cell)
    if match is None or (match["open"] is None) != (match["close"] is None):
        raise CellError(EXPECTED)
    day = _day(match)
    kind, words = _resolved(title, match["marker"])
    dated = {"date": None, "effective_date": day} if match["since"] else {"date": day}
    return {"kind": kind, "kind_raw": words, **dated, "raw": f"{title}: {cell}"}, match["open"] is not None


def _day(match: re.Match[str]) -> str:
    month = MONTHS.get(match["month"])
    if month is None:
        raise CellError(f"{match['month']!r} is no month; {EXPECTED}")
    try:
        return parse(f"{match['year']}-{month:02}-{int(match['day']):02}").edtf
    except DateError as error:
        raise CellError(str(error)) from None


def _resolved(title: str, marker: str | None) -> tuple[str, str | None]:
    """Say which kind a marker means in a column; a title that leaves it open is kept as it is."""
    declared = kinds(title)
    fitting = [kind for kind in declared if kind.marker == marker]
    if marker is None and not fitting and len(declared) == 1:
        fitting = list(declared)
    if marker is not None and not fitting:
        known = ", ".join(kind.marker for kind in declared if kind.marker) or "none"
        raise CellError(f"the column declares no marker {marker!r}; its markers are: {known}")
    if len(fitting) != 1:
        return "other", title[:1000]
    return event_kind(fitting[0].text)


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


MOST_DIGITS = 3
"""Digits of the number of a chapter; Roman numerals of longer ones are as long as the number is large."""


def mtdsg_of(key: str) -> str:
    """Return the number of a treaty with its chapter in Roman numerals."""
    chapter, _, number = key.partition("-")
    is_number = chapter.isdecimal() and len(chapter) <= MOST_DIGITS
    return f"{_roman(int(chapter))}-{number}" if is_number else key


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
