"""Which agreement a new record is: the very same one that is stored already, or a new one with a ref of its own."""

from collections.abc import Callable, Iterable, Mapping

from tracker.law.life import lifecycle
from tracker.law.likeness import number
from tracker.read.file.connection import Reader
from tracker.record.kinds import first_year
from tracker.record.types import Json
from tracker.text import refs

Content = Mapping[str, Json]
"""An agreement, or what a source says of one: keys may be missing."""

ALIKE = (
    "SELECT ref, id, title FROM agreements WHERE instrument_type = :type AND party_codes = :codes"
    " AND signed IS :signed AND (:title IS NULL OR title = :title)"
)
"""The same kind of instrument, of the same parties, signed on the same day or both without one."""


def same(reader: Reader, content: Content) -> tuple[str, int] | None:
    """Return ref and id of the very same agreement where it is stored: one that is alike, under the same title."""
    return next(iter(alike(reader, content)), None)


def alike(reader: Reader, content: Content) -> list[tuple[str, int]]:
    """Return ref and id of every stored agreement of the same title, kind, parties and day of signature."""
    title = content.get("title")
    rows = reader.tuples(f"{ALIKE} ORDER BY id", {**_facts(content), "title": title}) if title else ()
    return [(str(row[0]), int(row[1])) for row in rows]


def numbered_alike(reader: Reader, identifiers: Iterable[Content]) -> tuple[str, str, str] | None:
    """Return ref and title of a stored agreement to which a registry gave one of these numbers, and that number."""
    wanted = {found: item for item in identifiers if (found := number(str(item["scheme"]), str(item["value"])))}
    if not wanted:
        return None
    sql = "SELECT i.scheme, i.value, a.ref, a.title FROM identifiers AS i JOIN agreements AS a ON a.id = i.agreement_id"
    for scheme, value, ref, title in reader.tuples(sql):
        if (found := number(scheme, value)) in wanted:
            return str(ref), str(title), f"{wanted[found]['scheme']} {wanted[found]['value']}"
    return None


def common(content: Content) -> tuple[str | None, ...]:
    """Return what the agreements that are ``alike`` have in common."""
    facts = _facts(content)
    return content.get("title"), facts["type"], facts["codes"], facts["signed"]


def has_day(content: Content) -> bool:
    """Tell whether a day of signature, however vague, tells an agreement from others of its title."""
    return _facts(content)["signed"] is not None


def likely_same(reader: Reader, content: Content) -> tuple[str, str] | None:
    """Return ref and title of a stored agreement that is likely the same, under whatever title.

    None where the parties or the day of signature are not known: that makes many alike.
    """
    facts = _facts(content)
    if not facts["codes"] or facts["signed"] is None:
        return None
    row = reader.row(ALIKE, {**facts, "title": None})
    return None if row is None else (str(row["ref"]), str(row["title"]))


def proposed(content: Content, short_code: Callable[[str], str]) -> str:
    """Propose the ref of an agreement, which may be taken; ``short_code`` gives the alpha-2 code of a party."""
    codes = [short_code(code) for code in dict.fromkeys(party["code"] for party in content.get("parties", ()))]
    kind, title = content.get("instrument_type") or "unknown", str(content.get("title") or "")
    return refs.propose(codes, kind, title, first_year(content.get("events", ())))


def new_ref(reader: Reader, content: Content) -> str:
    """Return a free ref for an agreement."""
    base = proposed(content, lambda code: short_code(reader, code))
    return refs.next_free(base, taken(reader, base))


def short_code(reader: Reader, code: str) -> str:
    """Return the alpha-2 code of a party, its own code where it has none."""
    return str(reader.scalar("SELECT alpha_2 FROM parties WHERE code = :code", {"code": code}) or code)


def taken(reader: Reader, base: str) -> set[str]:
    """Return the refs that begin so and are, or were, given."""
    rows = reader.tuples(
        "SELECT ref FROM agreements WHERE ref >= :base AND ref < :base || '~' "
        "UNION SELECT ref FROM retired_refs WHERE ref >= :base AND ref < :base || '~'",
        {"base": base},
    )
    return {ref for (ref,) in rows}


def _facts(content: Content) -> dict[str, str | None]:
    signed = lifecycle.signed([{"date": None, **event} for event in content.get("events", ())])
    return {
        "type": content.get("instrument_type") or "unknown",
        "codes": " ".join(sorted({party["code"] for party in content.get("parties", ())})),
        "signed": signed and signed.edtf,
    }
