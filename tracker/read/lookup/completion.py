"""What completes the beginning of a value, from the store: codes, ids and refs, each with what it stands for.

What is offered begins as it was typed, but for its case. Where more begin so than are shown, the last of all stands at
the end: what they have in common is then what all have in common.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # names of commands are completed without a store
    from tracker.read.file.connection import Reader

MOST = 100
"""Values that are offered at once."""

Offer = tuple[str, str]
"""What can be typed, and what it stands for."""

KEYS = {
    "ref": ("agreements", "ref", "coalesce(nullif(short_title, ''), title)"),
    "party": ("parties", "code", "name"),
    "focus": ("focus_areas", "code", "label"),
    "family": ("families", "id", "name"),
    "signatory": ("people", "id", "name"),
    "source": ("sources", "id", "title"),
}
"""What a person calls a kind: its view, the key of its rows, and what the key stands for."""

CAPITALS = 3
"""Letters of a code in capitals."""

NAMED = ("party", "signatory")
"""Kinds whose objects are typed by their names too."""


def values(reader: "Reader", kind: str, incomplete: str) -> list[Offer]:
    """Return what completes the beginning of a code, id, ref or name; raises StoreProblem for a store it cannot read.

    Names are offered beside codes and ids, and alone where none of these begins so; in capitals a code is meant.
    """
    view, key, tells = KEYS[kind]
    select = f"SELECT {key}, {tells} FROM {view}"
    found = [offer for first in _codes(kind, incomplete) for offer in _beginning(reader, select, key, first)]
    if kind not in NAMED or not incomplete or (found and incomplete.isupper()):
        return found
    return found + _named(reader, view, key, incomplete)


def _codes(kind: str, incomplete: str) -> list[str]:
    """Return how codes may begin for what was typed: those of parties have capitals or small letters."""
    if kind != "party" or not incomplete:
        return [incomplete.lower()]
    lower, upper = incomplete.lower(), incomplete.upper()
    return [upper, lower] if incomplete in (lower, upper) and len(incomplete) <= CAPITALS else [incomplete]


def _beginning(reader: "Reader", select: str, key: str, first: str) -> list[Offer]:
    """Return the first keys that begin like this, and the last one where there are more."""
    from tracker.read.lookup.refs import BEYOND

    where = f"{select} WHERE {key} >= :first AND {key} < :last ORDER BY {key}"
    binds: dict[str, str | int | float | None] = {"first": first, "last": first + BEYOND, "most": MOST}
    found = reader.tuples(f"{where} LIMIT :most", binds)
    last = reader.tuples(f"{where} DESC LIMIT 1", binds) if len(found) == MOST else []
    return [(str(value), str(told or "")) for value, told in (*found, *(row for row in last if row not in found))]


def _named(reader: "Reader", view: str, key: str, incomplete: str) -> list[Offer]:
    """Return the names and aliases that begin like this, each with the code or id that it leads to."""
    rows = reader.tuples(
        f"SELECT n.value, t.{key} FROM {view} AS t, json_each(json_insert(t.aliases, '$[#]', t.name)) AS n"
        f" WHERE n.value LIKE :like ESCAPE '!' ORDER BY n.value != t.name, n.value LIMIT :most",
        {"like": "".join(f"!{char}" if char in "!%_" else char for char in incomplete) + "%", "most": MOST},
    )
    return [(str(name), str(code)) for name, code in rows]


def changes(reader: "Reader") -> list[Offer]:
    """Return the numbers of the last changes, the newest first, each with what was done and when."""
    rows = reader.tuples("SELECT id, at, command FROM changes ORDER BY id DESC LIMIT :most", {"most": MOST})
    return [(str(number), f"{at[:16]} {command}") for number, at, command in rows]
