"""Who is a member of an organisation on a day, for reports that ask who is missing."""

from typing import NamedTuple

from tracker.errors import InvalidValue
from tracker.read.file.connection import Reader
from tracker.read.lookup import memberships, names


class Members(NamedTuple):
    """The members of an organisation on a day: name by code, and which of them are only possibly members."""

    organisation: str
    called: dict[str, str | None]
    doubtful: frozenset[str]


def members(reader: Reader, text: str, day: str) -> Members:
    """Return the members on the day of the organisation called so; raises InvalidValue where none are recorded."""
    code = names.party_code(reader, text)
    spells = reader.tuples(memberships.MEMBERS, {"code": code})
    if not spells and not reader.absent:
        raise InvalidValue(
            f"--among {text!r}: no members of {code} are recorded; name an organisation such as NATO, or record them"
        )
    held: dict[str, str | None] = {}
    certain = set()
    for spell in sorted(spells, key=lambda spell: spell[0]):
        answer = memberships.now(spell, day)
        if answer != "no":
            held[spell[0]] = spell[1]
        if answer == "yes":
            certain.add(spell[0])
    return Members(code, held, frozenset(held) - certain)
