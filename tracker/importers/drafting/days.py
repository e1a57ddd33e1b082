"""Whether the cells of a column are days, and how they are written."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from tracker.dates import several, typed
from tracker.dates.day import FIRST_YEAR, LAST_YEAR, DateError
from tracker.importers.mapping import date_formats

LAYOUTS = (
    *("YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "DD.MM.YYYY", "D Month YYYY"),
    *("Month D, YYYY", "Month D YYYY", "D-Month-YYYY", "DMonthYYYY", "D. Month YYYY", "D de Month de YYYY"),
    *("D Month, YYYY", "YYYY Month D", "YYYY/MM/DD", "YYYY.MM.DD", "YYYYMMDD", "YYYY年M月D日", "YYYY年M月"),
    *("Month YYYY", "Month-YYYY", "MM/YYYY", "MM-YYYY", "MM.YYYY", "YYYY-MM", "YYYY/MM", "YYYY"),
)
"""Layouts that are tried, those that say most first."""

EITHER = (("DD/MM/YYYY", "MM/DD/YYYY"), ("DD-MM-YYYY", "MM-DD-YYYY"))
"""Layouts between which a cell alone often does not decide."""

WITHOUT_A_DAY = frozenset(
    ("Month YYYY", "Month-YYYY", "MM/YYYY", "MM-YYYY", "MM.YYYY", "YYYY-MM", "YYYY/MM", "YYYY年M月")
)

NO_DAY = frozenset(
    (
        *("tbd", "tba", "tbc", "n/a", "na", "n.a.", "none", "null", "nil", "nan", "unknown", "not known", "?", "??"),
        *("-", "--", "---", "–", "—", ".", "..", "...", "n.d.", "nd", "s/d", "s.d.", "pending", "not yet", "no date"),
        *("undated", "k.a.", "o.d.", "inconnu", "inconnue", "unbekannt", "desconocido", "desconocida", "不明", "未定"),
    )
)
"""Texts that stand for no day, in lower case."""

_ZEROS = re.compile(r"-[0-9]+|[0 ./-]*0[0 ./-]*")
_TWO_DIGITS = re.compile(
    r"[0-9]{1,2}([-/. ])[0-9]{1,2}\1[0-9]{2}|[0-9]{1,2}[- ]?[^\W\d_]{3,9}\.?[- ][0-9]{2}|'?[0-9]{2}"
)
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_SERIALS = range(10_000, 73_051)
"""Days as spreadsheets count them: from 1927 to 2099."""

LONGEST = 60
"""Characters of a cell that can be a day."""


@dataclass(frozen=True, slots=True)
class Days:
    """How a column writes its days."""

    formats: list[str]
    """Layouts of a map; none: everything that has one reading."""
    read: int = 0
    """How many cells are days by these layouts."""
    exact: bool = True
    """Some cells name a day, not a year alone."""
    either: list[str] = field(default_factory=list)
    """Cells with two readings, between which nothing in the column decides."""
    proofs: list[tuple[str, str]] = field(default_factory=list)
    """Layouts of which day and month could change places, each with the cell that decides for it."""
    nothing: list[str] = field(default_factory=list)
    """Texts that stand for no day."""
    strange: list[str] = field(default_factory=list)
    """Texts that are no day by these layouts."""
    placed: bool = False
    """A place stands before each day, with a comma between: ``Oslo, 3 May 2020``."""


def judge(cells: Sequence[str], *, named: bool) -> Days | None:
    """Tell how a column writes days, None where it holds none; ``named``: its header speaks of days.

    Under another header nearly all cells have to be days, and bare years and serial numbers are none.
    """
    texts = [cell for cell in cells if not stands_for_none(cell)]
    nothing = list(dict.fromkeys(cell for cell in cells if stands_for_none(cell)))
    if not texts or not any(map(_likely, texts[:50])):
        return None
    serial = _serials(texts, nothing)
    if serial is not None:
        return serial if named else None
    found = _Found()
    for text in texts:
        found.take(text)
    days = found.days(nothing)
    if days is None or days.read < len(texts) * (0.5 if named else 0.9):
        return None
    return days if named or days.formats != ["YYYY"] else None


def unsettled(cells: Sequence[str], found: Days) -> Days:
    """The same days where another column puts day and month the other way round: cells with two readings are left open.

    A sheet that is written both ways does not tell of any column that it is written alike.
    """
    pairs = [pair for pair in EITHER if any(layout in pair for layout, _ in found.proofs)]
    either = [text for text in cells for pair in pairs if _has_two_readings(text, pair)]
    if not either:
        return found
    both = {layout for pair in pairs for layout in pair} | set(found.formats)
    return replace(found, formats=[layout for layout in LAYOUTS if layout in both], either=either, proofs=[])


def _has_two_readings(text: str, pair: tuple[str, str]) -> bool:
    return set(pair) <= set(_layouts(text)) and _reading(text, pair[0]) != _reading(text, pair[1])


_PLACED = re.compile(r"[^0-9,]+,\s*(.+)")


def with_places(cells: Sequence[str]) -> Days | None:
    """Tell whether all cells hold a place and a day with one reading behind a comma; None where they do not."""
    texts = [cell for cell in cells if not stands_for_none(cell)]
    found = [match[1] for text in texts if (match := _PLACED.fullmatch(text))]
    if not texts or len(found) < len(texts) or not all(map(_plainly, found)):
        return None
    return Days([], len(texts), nothing=[cell for cell in cells if stands_for_none(cell)], placed=True)


def could_be_serials(cells: Iterable[str]) -> bool:
    """Tell whether all cells could be days as spreadsheets count them."""
    texts = [cell for cell in cells if not stands_for_none(cell)]
    return len(texts) > 2 and all(_is_serial(text) for text in texts)


def lacks_the_century(cells: Iterable[str]) -> bool:
    """Tell whether most cells are days with a year of two digits."""
    texts = [cell for cell in cells if not stands_for_none(cell)]
    return bool(texts) and sum(bool(_TWO_DIGITS.fullmatch(text)) for text in texts) * 2 > len(texts)


def stands_for_none(text: str) -> bool:
    """Tell whether a text among days stands for none: a word for it, ``-99``, ``0000-00-00``; never ``c. 1999``."""
    return text.strip().lower() in NO_DAY or bool(_ZEROS.fullmatch(text))


class _Found:
    """What the cells of a column tell of their layouts."""

    def __init__(self) -> None:
        self.fits: dict[str, str] = {}
        """Layout to the first cell that is written so."""
        self.doubtful: dict[tuple[str, str], list[str]] = {pair: [] for pair in EITHER}
        self.plain: list[str] = []
        self.strange: list[str] = []
        self.read = 0
        self.exact = False

    def take(self, text: str) -> None:
        """Look at a cell."""
        layouts = _layouts(text)
        pair = next((pair for pair in EITHER if set(pair) <= set(layouts)), None)
        if pair is not None:
            self.read += 1
            self.exact = True
            if _reading(text, pair[0]) != _reading(text, pair[1]):
                self.doubtful[pair].append(text)
            else:
                self.fits.setdefault("", text)
        elif layouts:
            self.read += 1
            self.exact |= layouts[0] not in WITHOUT_A_DAY and layouts[0] != "YYYY"
            self.fits.setdefault(layouts[0], text)
        elif _plainly(text):
            self.read += 1
            self.plain.append(text)
        elif days := _several(text):
            for day in days:
                self.take(day)
        else:
            self.strange.append(text)

    def days(self, nothing: list[str]) -> Days | None:
        """Say how the column writes its days."""
        if not self.read:
            return None
        either = [
            text for pair, texts in self.doubtful.items() if len({*pair} & self.fits.keys()) != 1 for text in texts
        ]
        proofs = [(layout, self.fits[layout]) for pair in EITHER for layout in pair if layout in self.fits]
        formats = [layout for layout in LAYOUTS if layout in self.fits]
        if any(self.fits.keys() >= {*pair} for pair in EITHER):
            proofs = []
        strange = list(dict.fromkeys(self.strange))
        if self.plain and (proofs and any(self.doubtful.values())):
            strange += dict.fromkeys(self.plain)  # the layouts that decide leave no room for them
        elif self.plain or ("" in self.fits and not proofs and not either):
            formats = []
        return Days(formats, self.read, self.exact, either, proofs, nothing, strange)


def _several(text: str) -> list[str]:
    """Return the days that a cell names one by one, each written out; none where it is no list of days."""
    written: list[str] = []

    def read(part: str) -> str:
        written.append(part)
        return typed.read(part, "").edtf

    return written if len(text) <= LONGEST and len(several.days(text, read)) > 1 else []


def _layouts(text: str) -> list[str]:
    if len(text) > LONGEST:
        return []
    return [format_.layout for format_ in _compiled() if _reads(text, format_)]


@cache
def _compiled() -> tuple[date_formats.Format, ...]:
    return tuple(date_formats.compiled(layout) for layout in LAYOUTS)


def _reads(text: str, layout: date_formats.Format) -> bool:
    iso = bool(re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text))
    if iso and layout.pattern is not None and not layout.pattern.fullmatch(text):
        return False  # an ISO date is always taken; it is no proof of another layout
    try:
        date_formats.read(text, (layout,))
    except DateError:
        return False
    return True


def _reading(text: str, layout: str) -> str:
    return date_formats.read(text, (date_formats.compiled(layout),))


def _plainly(text: str) -> bool:
    """Tell whether a text is a day without a layout: c. 1999, 令和5年1月12日, 1990s."""
    if len(text) > LONGEST or not re.search(r"[0-9]|元年", typed.usual(text)):
        return False
    try:
        typed.read(text, "")
    except DateError:
        return False
    return True


def _likely(text: str) -> bool:
    return len(text) <= LONGEST and any(sign.isdigit() for sign in text)


def _is_serial(text: str) -> bool:
    return bool(_SERIAL.fullmatch(text)) and int(float(text)) in _SERIALS


def _serials(texts: Sequence[str], nothing: list[str]) -> Days | None:
    serial = sum(map(_is_serial, texts))
    if serial * 10 < len(texts) * 9:
        return None
    strange = list(dict.fromkeys(text for text in texts if not _is_serial(text)))
    return Days(["serial"], serial, nothing=nothing, strange=strange)


PARTS = (
    ("year", r"year|jahr|annee|ano|anno|jaar|年"),
    ("month", r"month|monat|mois|mes|mese|maand|月"),
    ("day", r"day|tag|jour|dia|giorno|dag|日"),
)
"""Columns for parts of a day, by a word of their headers."""


def part(said: str) -> tuple[str, str] | None:
    """The part of a day that a header (``words.terms``) names, and what is left of the header without it."""
    for name, pattern in PARTS:
        match = re.fullmatch(rf"(?:(.*) )?(?:{pattern})(?: (.*))?", said)
        if match is not None:
            return name, " ".join(piece for piece in match.groups() if piece)
    return None


def holds_part(name: str, cells: Sequence[str]) -> bool:
    """Tell whether cells hold a part of a day: numbers in its range, or names of months."""
    texts = [cell.removesuffix(".0") for cell in cells if not stands_for_none(cell)]
    if not texts:
        return False
    limits = {"year": range(FIRST_YEAR, LAST_YEAR + 1), "month": range(1, 13), "day": range(1, 32)}[name]
    fits = sum(
        (text.isascii() and text.isdecimal() and int(text) in limits) or (name == "month" and _is_month(text))
        for text in texts
    )
    return fits >= len(texts) * 0.9


def _is_month(text: str) -> bool:
    from tracker.dates import typed

    return typed.month_number(text) is not None
