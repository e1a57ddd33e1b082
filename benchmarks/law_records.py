"""Random records for the properties of law: of every kind that the rules tell apart, and contradictory ones as well.

A record has notices with and without effect, withdrawals before and after the entry, returns, successions, numbered
instruments of nobody in particular, provisional application, suspensions, ends, partial dates, calendars, a recorded
day on which the condition was met, acts toward somebody, roles, consents taken back, and parties that came into being
or ceased to exist.
"""

import random
from collections.abc import Iterator
from typing import Any

from tracker.law.successors import Lifetime
from tracker.record.kinds import CONSENTS

Record = dict[str, Any]

CODES = ("DEU", "FRA", "GBR", "JPN", "CZE", "YUG")
EXISTENCE = {"CZE": Lifetime("1993-01-01"), "YUG": Lifetime(None, "2003-02-03")}
ROLES = (
    "signatory", "contracting_state", "negotiating_state", "party", "former_party", "third_state", "observer",
    "territory",
)  # fmt: skip
CONDITIONS = (
    "nth_instrument", "nth_instrument_plus_period", "nth_instrument_plus_period", "named_states", "all_signatories",
    "on_date", "on_signature", "weighted", "unknown", None,
)  # fmt: skip
PERIODS = (None, "P30D", "P3M", "P1Y")
STARTS = (None, None, None, "first_of_following_month", "first_of_month", "first_of_following_year")


class Maker:
    """Makes records; ``choose`` takes one of several values, ``draw`` a whole number below another."""

    def __init__(self, source: random.Random, *, partial: bool) -> None:
        self.source = source
        self.partial = partial

    def some(self, chance: float) -> bool:
        """Tell whether something of a chance happens."""
        return self.source.random() < chance

    def date(self, first: int = 1990, last: int = 2010) -> str | None:
        """Return a day, now and then known in part."""
        pick = self.source
        day = f"{pick.randint(first, last)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        if not self.partial or self.some(0.7):
            return day
        return pick.choice((day[:7], day[:4], f"{day}?", f"{day}/..", None))

    def record(self) -> Record:
        """Return a record with its terms and events."""
        pick = self.source
        codes = pick.sample(CODES, pick.randint(2, 5))
        events: list[Record] = []
        for code in codes:
            events += self._of_party(code)
        if self.some(0.5):
            events.append(_event("entered_into_force", self.date(1995, 2005)))
        if self.some(0.2):
            note = f"{pick.randint(2, 4)}{'th'} instrument"
            events.append({**_event("instrument_deposited", self.date()), "note": note})
        if self.some(0.1):
            events.append(_event("entered_into_force", self.date(), pick.choice(codes)))
        if self.some(0.2):
            events += self._of_the_whole()
        if self.some(0.2):
            events += self._toward(codes)
        for at, event in enumerate(events, 1):
            event["id"] = f"e{at}"
        terms = {
            "entry_into_force": self._entry(codes), "duration": self._duration(), "notices": self._notices(),
            "survival": None,
        }  # fmt: skip
        return {
            "binding_status": "binding" if self.some(0.9) else "non_binding",
            "parties": [{"code": code, "role": pick.choice(ROLES) if self.some(0.06) else None} for code in codes],
            "events": events,
            "terms": terms,
        }

    def _entry(self, codes: list[str]) -> Record | None:
        pick = self.source
        condition = pick.choice(CONDITIONS)
        if condition is None:
            return None
        exact = Maker(pick, partial=False)
        met = exact.date(1995, 2005) if self.some(0.2) else None
        return {
            "condition": condition,
            "number": pick.randint(1, 4) if condition.startswith(("nth", "named")) else None,
            "period": pick.choice(PERIODS),
            "starts": pick.choice(STARTS),
            "parties": pick.sample(codes, 1) if condition == "named_states" else [],
            "date": exact.date(1995, 2005) if condition == "on_date" or self.some(0.1) else None,
            "date_rule": pick.choice((None, "not_before", "if_met_by_then")),
            "met": met and {"date": met},
            "late_joiners": pick.choice(PERIODS),
            "late_starts": pick.choice(STARTS),
            "late_from": pick.choice((None, "met", "entry")),
            "late_rule": pick.choice((None, None, "silent")),
        }

    def _notices(self) -> list[Record]:
        if self.some(0.5):
            return []
        period = self.source.choice(("P3M", "P1Y"))
        return [{"kind": "withdrawal", "period": period, "starts": self.source.choice(STARTS), "counted_from": None}]

    def _duration(self) -> Record | None:
        if self.some(0.9):
            return None
        kind = self.source.choice(("indefinite", "fixed_term"))
        period = "P10Y" if kind == "fixed_term" else None
        return {"kind": kind, "period": period, "until": None, "renewal_period": None}

    def _of_the_whole(self) -> Iterator[Record]:
        pick = self.source
        if self.some(0.5):
            yield _event("suspended", self.date(1996, 2012))
            if self.some(0.5):
                yield _event("resumed", self.date(1998, 2014))
        else:
            yield _event(pick.choice(("terminated", "expired", "superseded", "lapsed")), self.date(2000, 2015))

    def _toward(self, codes: list[str]) -> Iterator[Record]:
        """Yield an act of one party toward another: it moves neither the whole nor the party by itself."""
        pick = self.source
        one, other = pick.sample(codes, 2)
        kind = pick.choice(("objection_made", "accepted", "entered_into_force", "territorial_application"))
        yield {**_event(kind, self.date(), one), "toward": [other]}

    def _of_party(self, code: str) -> Iterator[Record]:
        pick = self.source
        if self.some(0.4):
            yield _event("signed", self.date(), code)
        if self.some(0.1):
            yield _event("provisional_application_started", self.date(), code)
            if self.some(0.4):
                yield _event("provisional_application_ended", self.date(1992, 2012), code)
        for _ in range(pick.choice((0, 1, 1, 1, 2))):
            kind = "succeeded" if code in EXISTENCE and self.some(0.5) else pick.choice(CONSENTS)
            stated = self.date(1995, 2012) if self.some(0.15) else None
            yield {**_event(kind, self.date(), code), "effective_date": stated}
        if self.some(0.3):
            yield from self._leaving(code)
        if self.some(0.08):
            taken_back = ("consent_withdrawn", "consent_withdrawn", "signature_withdrawn")
            yield _event(pick.choice(taken_back), self.date(), code)
        if self.some(0.05):
            yield _event("suspended", self.date(1996, 2012), code)
            if self.some(0.5):
                yield _event("resumed", self.date(1998, 2014), code)

    def _leaving(self, code: str) -> Iterator[Record]:
        pick = self.source
        if self.some(0.4):
            yield {**_event(pick.choice(("withdrawn", "denounced")), self.date(1995, 2015), code),
                   "effective_date": self.date(1996, 2016) if self.some(0.3) else None}  # fmt: skip
            return
        yield {**_event("notice_of_withdrawal_given", self.date(1995, 2014), code),
               "effective_date": self.date(1996, 2016) if self.some(0.6) else None}  # fmt: skip
        if self.some(0.2):
            kind = pick.choice(("notice_of_withdrawal_suspended", "notice_of_withdrawal_revoked"))
            yield _event(kind, self.date(1996, 2016), code)


def _event(kind: str, date: str | None, *parties: str) -> Record:
    return {
        "kind": kind, "date": date, "effective_date": None, "parties": list(parties), "provision": None, "note": None,
        "toward": [],
    }  # fmt: skip
