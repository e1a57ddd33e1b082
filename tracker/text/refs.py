"""References and ids: permanent slugs, compared without case."""

import re
from collections.abc import Collection, Sequence
from itertools import count

ID_PATTERN = r"[a-z0-9][a-z0-9-]*"
"""The form of a ref and of the id of a person, family or source."""

LONGEST = 120
"""Characters in the longest ref or id that is taken."""

_PARTIES_NAMED = 3
_WORDS_NAMED = 4
_ID = re.compile(ID_PATTERN)

TYPE_SLUGS = {
    "memorandum_of_understanding": "mou",
    "memorandum_of_agreement": "moa",
    "reciprocal_defense_procurement_mou": "rdp-mou",
    "security_of_supply_arrangement": "sosa",
    "declaration_of_principles": "dop",
    "acquisition_and_cross_servicing_agreement": "acsa",
    "general_security_of_military_information_agreement": "gsomia",
    "reciprocal_access_agreement": "raa",
    "status_of_forces_agreement": "sofa",
    "defence_cooperation_agreement": "dca",
    "defence_trade_cooperation_treaty": "dtct",
    "technology_transfer_agreement": "tta",
    "technical_arrangement": "ta",
    "project_arrangement": "pa",
    "implementing_arrangement": "ia",
    "information_exchange_annex": "iea",
    "letter_of_offer_and_acceptance": "loa",
    "letter_of_intent": "loi",
    "statement_of_intent": "soi",
    "terms_of_reference": "tor",
    "exchange_of_notes": "notes",
    "charter_or_constitution": "charter",
}
"""Short forms of instrument types in refs; the others are written out."""

_FILLERS = frozenset(
    ("a", "an", "and", "between", "by", "concerning", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
)


class RefError(ValueError):
    """A ref or id that breaks the form; the message proposes one that keeps it."""


def check(text: str, what: str = "ref") -> str:
    """Return the ref in lower case; raise ``RefError`` where it is no ref."""
    folded = text.lower()
    if _ID.fullmatch(folded) and len(folded) <= LONGEST:
        return folded
    wanted = f"expected letters a to z, digits and hyphens, at most {LONGEST} characters"
    raise RefError(f"{what} {_shown(text)}: {wanted}, such as {_slug(text)!r}")


def is_id(text: str) -> bool:
    """Whether a text has the form of an id, in lower case."""
    return len(text) <= LONGEST and _ID.fullmatch(text) is not None


def propose(parties: Sequence[str], instrument_type: str, title: str, year: int | str | None) -> str:
    """Propose a ref from the parties' short codes, the type and the year: ``us-jp-sosa-2023``.

    ``parties`` are alpha-2 codes where there are some, else codes; more than three are not named. The first words of
    the title stand in for parties or a type that are not named.
    """
    distinct = list(dict.fromkeys(_party(code) for code in parties))
    named = distinct if len(distinct) <= _PARTIES_NAMED else []
    known = instrument_type not in ("unknown", "other")
    words = [TYPE_SLUGS.get(instrument_type, instrument_type.replace("_", "-"))] if known else []
    if not named or not known:
        of_title = _significant(title, _WORDS_NAMED)
        words = [*of_title, *(word for word in words if word not in of_title)]
    parts = [*named, *words, *([str(year)] if year else [])]
    return _slug("-".join(part for part in parts if part))


def proposed_id(name: str) -> str | None:
    """Make the id of an object from its name; None where the name has no Latin letters or digits to make it from."""
    from tracker.text.names import fold

    proposed = _slug(name)
    return None if proposed == "x" and fold(name) != "x" else proposed


def next_free(slug: str, taken: Collection[str]) -> str:
    """Return the slug, or with ``-2``, ``-3`` and so on where it is taken."""
    if slug not in taken:
        return slug
    return next(ref for number in count(2) if (ref := numbered(slug, number)) not in taken)


def numbered(slug: str, number: int) -> str:
    """Return the slug with a number from 2 on, cut so that it is not too long; number 1 is the slug itself."""
    if number == 1:
        return slug
    ending = f"-{number}"
    return slug[: LONGEST - len(ending)].rstrip("-") + ending


def _party(code: str) -> str:
    kind, _, rest = code.lower().partition("-")
    return rest if rest and kind in ("org", "sub", "group") else code.lower()


def _significant(title: str, count: int) -> list[str]:
    words = [word for word in _slug(title).split("-") if word not in _FILLERS]
    return words[:count]


def _slug(text: str) -> str:
    from tracker.text.names import slug

    return slug(text)[:LONGEST].strip("-") or "x"


def _shown(text: str) -> str:
    return repr(text if len(text) <= LONGEST else text[:40] + "…")
