"""Fiscal years of governments: terms are often stated in them ("through FY2026" in Japan ends on 31 March 2027).

The number of a fiscal year names the calendar year in which it begins (Japan, United Kingdom, India, Canada) or ends
(United States, Australia, New Zealand). Only governments whose year is not the calendar year are listed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.dates import periods


class FiscalYear(NamedTuple):
    """When a government's fiscal year begins, and by which calendar year it is called."""

    month: int
    day: int
    named_by_end: bool
    source: str


RULES = {
    "JPN": FiscalYear(4, 1, named_by_end=False, source="Public Finance Act (Act No. 34 of 1947), Art. 11"),
    "GBR": FiscalYear(4, 1, named_by_end=False, source="government financial year; Interpretation Act 1978, sch. 1"),
    "IND": FiscalYear(4, 1, named_by_end=False, source="General Clauses Act 1897, s. 3(21)"),
    "CAN": FiscalYear(4, 1, named_by_end=False, source="Financial Administration Act, s. 2"),
    "USA": FiscalYear(10, 1, named_by_end=True, source="31 U.S.C. 1102"),
    "AUS": FiscalYear(7, 1, named_by_end=True, source="Acts Interpretation Act 1901, s. 2B"),
    "NZL": FiscalYear(7, 1, named_by_end=True, source="Public Finance Act 1989, s. 2"),
}
"""Rule by the code of the party."""


class FiscalYearError(ValueError):
    """A party whose fiscal year is not known."""


def first_day(party: str, year: int) -> str:
    """Return the ISO day on which fiscal year ``year`` of a party begins; raises FiscalYearError."""
    rule = RULES.get(party)
    if rule is None:
        raise FiscalYearError(f"the fiscal year of {party} is not known; known are {', '.join(RULES)}: write the day")
    return f"{year - rule.named_by_end:04d}-{rule.month:02d}-{rule.day:02d}"


def last_day(party: str, year: int) -> str:
    """Return the ISO day on which fiscal year ``year`` of a party ends: Japan's 2026 on 2027-03-31."""
    return periods.add_days(first_day(party, year + 1), -1)


def typed(text: str, parties: Sequence[str]) -> tuple[str, str] | None:
    """Read the end of a term typed as a fiscal year: "JPN FY2026", or "FY2026" where one party's year is known.

    Return the last day and the rule in words, None where the text is no fiscal year. Raises FiscalYearError.
    """
    bare = text.strip().upper().removeprefix("THROUGH ").removeprefix("END OF ")
    code, mark, number = bare.rpartition("FY")
    number, code = number.strip(), code.strip()
    if not mark or not (len(number) == 4 and number.isascii() and number.isdecimal()):
        return None
    known = [party for party in dict.fromkeys(parties) if party in RULES]
    if not code and len(known) != 1:
        said = " or ".join(f"{party} FY{number}" for party in known or ("JPN", "USA"))
        raise FiscalYearError(f"'{text}' does not tell whose fiscal year is meant: write {said}, or the day")
    party = code or known[0]
    day = last_day(party, int(number))
    return day, f"{party} fiscal year {number} ends on {day} ({RULES[party].source})"


def ending_on(party: str, day: str) -> int | None:
    """Return the number of the party's fiscal year whose last day is ``day``, None where none ends on it."""
    if party not in RULES:
        return None
    year = int(day[:4])
    return next((number for number in (year - 1, year) if last_day(party, number) == day), None)
