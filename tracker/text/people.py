"""People as they are typed: a name in either order, with the office behind it."""

import re
from typing import NamedTuple

OFFICES = frozenset(
    (
        *("acting", "administrator", "admiral", "adviser", "advisor", "agent", "ambassador", "archbishop", "assistant"),
        *("attache", "attaché", "attorney", "brigadier", "cardinal", "captain", "chair", "chairman", "chairperson"),
        *("chairwoman", "chancellor", "charge", "chargé", "chief", "colonel", "commander", "commissioner", "commodore"),
        *("consul", "coordinator", "counsel", "counsellor", "counselor", "delegate", "deputy", "director", "emir"),
        *("emperor", "empress", "envoy", "executive", "federal", "first", "foreign", "general", "governor", "head"),
        *(
            "high",
            "inspector",
            "judge",
            "king",
            "lieutenant",
            "lord",
            "major",
            "marshal",
            "mayor",
            "member",
            "minister",
        ),
        *(
            "negotiator",
            "nuncio",
            "officer",
            "official",
            "permanent",
            "plenipotentiary",
            "pope",
            "premier",
            "president",
        ),
        *("prime", "prince", "princess", "principal", "queen", "rear", "rector", "registrar", "representative"),
        *("secretary", "senator", "senior", "sheikh", "speaker", "special", "state", "sultan", "superintendent"),
        *("treasurer", "under", "undersecretary", "vice", "defence", "defense"),
    )
)
"""Words of offices: what holds one of them behind a comma is no given name."""

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md", "kbe", "kcb", "gcb", "obe", "mp", "qc", "kc", "usn"))
"""What stands behind a name and is still part of it."""

_GIVEN = re.compile(r"[^\W\d_][\w'\u2019.-]*")
MOST_WORDS = 3


class Read(NamedTuple):
    """A name in the order in which it is spoken, and the office; ``open``: the second part may be either."""

    name: str
    office: str | None
    open: bool = False


def read(text: str) -> Read:
    """Take ``Name, office`` apart; ``Austin, Lloyd J., Secretary of Defense`` is a name of two parts and an office.

    What stands between the commas is given names where the first part is a family name alone and the second holds no
    word of an office: with a third part, or with an initial, that is certain. Else it is open: ``Austin, Lloyd``.
    """
    parts = [part.strip() for part in text.split(",")]
    while len(parts) > 1 and parts[1].replace(".", "").lower() in SUFFIXES:
        parts[:2] = [f"{parts[0]}, {parts[1]}" if "." in parts[1] else f"{parts[0]} {parts[1]}"]
    name, *rest = parts
    plain = Read(name, ", ".join(rest).strip(", ") or None)
    if not rest or not _is_family(name) or not _are_given(rest[0]):
        return plain
    turned = Read(f"{rest[0]} {name}", ", ".join(rest[1:]).strip(", ") or None)
    if turned.office or any(word.endswith(".") and len(word) == 2 for word in rest[0].split()):
        return turned
    return plain._replace(open=True)


def _is_family(text: str) -> bool:
    """Whether a text may be a family name alone: one word, particles before it, or all in capitals."""
    words = [word for word in text.split() if word.replace(".", "").lower() not in SUFFIXES]
    if not 0 < len(words) <= MOST_WORDS or text == "?":
        return False
    return len(words) == 1 or text.isupper() or all(word.islower() for word in words[:-1])


def _are_given(text: str) -> bool:
    """Whether a text looks like given names: few words, none in small letters, none of an office."""
    words = text.split()
    if not 0 < len(words) <= MOST_WORDS:
        return False
    return all(_GIVEN.fullmatch(word) and not word.islower() and word.lower() not in OFFICES for word in words)
