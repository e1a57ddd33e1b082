"""Which agreement of the register a text speaks of, told by its parties, its day, words of its title, its numbers.

Texts call an agreement by part of its title, so the words count by how many of them the title has, and not the other
way round. Words that many titles have (agreement, government, names of parties) say nothing.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from tracker.dates.edtf import bounds
from tracker.law.life import lifecycle
from tracker.law.likeness import LIKELY, Traits, number, other_names, score, tokens
from tracker.proposing.basis.proposal import Mention
from tracker.read.file.connection import Reader
from tracker.read.lookup.duplicates import among
from tracker.record.types import Record

ENOUGH = 0.6
"""Share of the telling words of a text that the title has to have."""

SOME = 0.34
"""Share from which an agreement may be meant."""

GENERAL = frozenset(
    (
        *("agreement", "agreements", "treaty", "treaties", "arrangement", "memorandum", "memoranda", "understanding"),
        *("mou", "moa", "convention", "protocol", "pact", "accord", "deal", "exchange", "notes", "note", "letter"),
        *("letters", "joint", "statement", "declaration", "framework", "bilateral", "government", "governments"),
        *("republic", "kingdom", "state", "states", "federal", "united", "ministry", "department", "minister"),
        *("cooperation", "co", "operation", "intent", "implementing", "implementation", "signed", "new", "its"),
        *("abkommen", "vertrag", "vereinbarung", "accord", "traite", "convention", "acuerdo", "tratado", "convenio"),
    )
)
"""Words that tell no agreement from another."""


class Known(NamedTuple):
    """An agreement of the register that may be the one in the text."""

    ref: str
    title: str
    why: str
    sure: bool
    """False: it may be, and a person decides."""


class Sought(NamedTuple):
    """What a text tells of an agreement."""

    traits: Traits
    day: str | None
    """Day of its signature (EDTF)."""


def of_record(record: Record) -> Sought:
    """Return what is looked for of a record drafted from a text."""
    signed = lifecycle.signed([{"date": None, **event} for event in record["events"]])
    codes = frozenset(party["code"] for party in record["parties"])
    day = None if signed is None else signed.edtf
    numbers = frozenset(
        found for one in record["identifiers"] if (found := number(str(one["scheme"]), str(one["value"])))
    )
    names = other_names(record["title"], (record["short_title"], *record["aliases"]))
    return Sought(_traits(record["title"], codes, day, record["instrument_type"], names, numbers), day)


def of_mention(mention: Mention) -> Sought:
    """Return what is looked for of an agreement that a text mentions."""
    return Sought(
        _traits(mention.title, frozenset(mention.parties), mention.signed, mention.instrument_type), mention.signed
    )


def _traits(
    title: str,
    codes: frozenset[str],
    day: str | None,
    kind: str,
    names: tuple[AbstractSet[str], ...] = (),
    numbers: frozenset[str] = frozenset(),
) -> Traits:
    first, last, _ = bounds(day)
    known = None if kind in ("unknown", "other") else kind
    return Traits("", title, tokens(title), codes, first, last, known, names, numbers)


def likely(reader: Reader, sought: Sought) -> list[Known]:
    """Return the agreements that may be meant, the likeliest first; where one is sure, that one alone."""
    if reader.absent:
        return []
    places = _names_of_parties(reader, sought.traits.codes)
    judged = sorted(_judged(sought.traits, among(reader, sought.traits), places), key=lambda one: (-one[0], one[1].ref))
    sure = [known for share, known in judged if known.sure and share >= judged[0][0]]
    if len(sure) == 1:
        return sure
    return [known._replace(sure=False) for _, known in judged[:3]]


def _judged(sought: Traits, stored: Iterable[Traits], places: frozenset[str]) -> Iterator[tuple[float, Known]]:
    for one in stored:
        share, why, sure = _told(sought, one, places)
        if share:
            yield share, Known(one.ref, one.title, why, sure)


def _told(sought: Traits, stored: Traits, places: frozenset[str]) -> tuple[float, str, bool]:
    """Return how likely one is meant, by what, and whether that is enough."""
    if sought.numbers & stored.numbers:
        return 2.0, f"the same number, {min(sought.numbers & stored.numbers)}", True
    if (whole := score(sought, stored)) >= LIKELY and sought.codes:
        return 1.0 + whole, "nearly the same title, parties and day", True
    common = sought.codes & stored.codes
    same_day = _same_day(sought, stored)
    if not common or same_day is False:
        return 0.0, "", False
    telling = sought.tokens - GENERAL - places
    own = frozenset().union(stored.tokens, *stored.names) - places
    words = len(telling & own) / len(telling) if telling else 0.0
    kinds = 0.5 if None in (sought.type, stored.type) else float(_like_kind(str(sought.type), str(stored.type)))
    all_parties = sought.codes == stored.codes
    if not kinds and words < ENOUGH:
        return 0.0, "", False
    told = [
        *(["parties"] if all_parties else ["a party"]),
        *(["day of signature"] if same_day else []),
        *(["words of the title"] if words >= SOME else []),
    ]
    by = f"the same {', '.join(told)}"
    like_words = words >= ENOUGH or (kinds == 1.0 and (words >= SOME or not telling))
    sure = all_parties and ((bool(same_day) and like_words) or (len(telling) > 1 and words > 0.8))
    possible = sure or (bool(same_day) and all_parties) or (words >= ENOUGH and bool(telling))
    share = 0.4 * words + 0.3 * kinds + 0.2 * bool(same_day) + 0.1 * all_parties
    return (share, by, sure) if possible else (0.0, "", False)


def _like_kind(one: str, other: str) -> bool:
    """Whether a kind is another one, or a kind of it: a security of supply arrangement is an arrangement."""
    return one == other or one.endswith(f"_{other}") or other.endswith(f"_{one}")


def _same_day(one: Traits, other: Traits) -> bool | None:
    """Tell whether two may have been signed on the same day; None where one is not known."""
    if one.earliest is None or other.earliest is None:
        return None
    return one.earliest <= (other.latest or "9999") and other.earliest <= (one.latest or "9999")


def _names_of_parties(reader: Reader, codes: Iterable[str]) -> frozenset[str]:
    """Return the words in the names of parties, folded."""
    from json import dumps

    sql = "SELECT folded FROM party_keys WHERE code IN (SELECT value FROM json_each(:codes))"
    return frozenset(
        word for (name,) in reader.tuples(sql, {"codes": dumps(sorted(codes))}) for word in str(name).split()
    )
