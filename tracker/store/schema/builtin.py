"""Parties and focus areas that every store begins with.

Codes and official names of states and territories come from ISO 3166-1 and 3166-3 as pycountry ships them; kinds, names
as readers expect them, other spellings, former states and organisations stand in ``builtin_data/*.toml``, where each
rule and source is written beside its rows. A spelling that two parties share on purpose stands in ``ambiguous.toml``.
"""

import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tracker.record.types import Json, Record
from tracker.record.vocabulary import FOCUS_AREAS
from tracker.store.rows import table_rows
from tracker.store.rows import table_rows as changes
from tracker.store.rows.record_rows import OWNED, shred_object
from tracker.text import names

DATA = Path(__file__).with_name("builtin_data")

COLLATIONS = ("common_name", "official_name")
"""Further names of an ISO entry, in the words of pycountry."""


def parties() -> Iterator[Record]:
    """Give every built-in party as a ``party`` record: ISO 3166-1 by code, then former ones, then organisations."""
    own = _table("states")
    former = _table("former")
    shared = _table("ambiguous")["names"]
    for document in (*_states(own, former), *_former(former), *_organisations()):
        document["aliases"] += [name for name, codes in shared.items() if document["code"] in codes]
        document["aliases"] = _distinct(document)
        yield document


def focus_areas() -> Iterator[Record]:
    """Give every built-in focus area as a ``focus_area`` record."""
    for code, (label, parent) in FOCUS_AREAS.items():
        yield {"record": "focus_area", "code": code, "label": label, "parent": parent, "note": None}


def shared_names() -> dict[str, list[str]]:
    """Give the spellings that lead to several parties on purpose, with the codes of these."""
    table = _table("ambiguous")
    return {**table["borne"], **table["names"]}


def party_keys(party: Mapping[str, Json]) -> set[str]:
    """Give the folded spellings under which a party is found: code, alpha-2 code, name, names, aliases."""
    spellings = [
        party["code"],
        party.get("alpha_2"),
        party["name"],
        *party.get("names", {}).values(),
        *party.get("aliases", ()),
    ]
    return {key for spelling in spellings if spelling and (key := names.fold(spelling))}


def person_keys(person: Mapping[str, Json]) -> set[str]:
    """Give the folded spellings under which a person is found: id, name and aliases, family name first or last."""
    keys = {names.fold(person["id"])}
    for name in (person["name"], *person.get("aliases", ())):
        keys.update(names.person_orders(name))
    return keys - {""}


def _table(name: str) -> Record:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _party(code: str, kind: str, fields: Mapping[str, Json]) -> Record:
    """Make a complete party record from what a table says; ``members`` are spells with the codes they hold for."""
    return {
        "record": "party",
        "code": code,
        "kind": kind,
        "name": fields["name"],
        "names": dict(sorted(fields.get("names", {}).items())),
        "aliases": list(fields.get("aliases", ())),
        "alpha_2": fields.get("alpha_2"),
        "numeric": fields.get("numeric"),
        "exists_from": fields.get("exists_from"),
        "exists_until": fields.get("exists_until"),
        "successors": list(fields.get("successors", ())),
        "members": [
            {"code": member, "from": spell.get("from"), "until": spell.get("until")}
            for spell in fields.get("members", ())
            for member in spell["codes"]
        ],
        "note": fields.get("note"),
    }


def _states(own: Mapping[str, Json], former: Mapping[str, Json]) -> Iterator[Record]:
    """ISO 3166-1 as it is now, and the entries of our own that it lacks (XKX)."""
    import pycountry  # 35 ms with its tables; only where a store is made or brought up to date

    territories, other = frozenset(own["territories"]), frozenset(own["other"])
    entries: dict[str, Record] = {code: dict(fields) for code, fields in own["party"].items()}
    for country in pycountry.countries:
        entry = entries.setdefault(country.alpha_3, {})
        iso = [country.name, *(getattr(country, field, "").removeprefix("the ") for field in COLLATIONS)]
        entry["aliases"] = [*iso, *entry.get("aliases", ())]
        entry.setdefault("name", country.name)
        entry |= {"alpha_2": country.alpha_2, "numeric": country.numeric}
    for historic in pycountry.historic_countries:
        if code := former["renamed"].get(historic.alpha_3):
            entries[code]["aliases"] = [
                *entries[code].get("aliases", ()),
                historic.alpha_3,
                historic.alpha_4,
                historic.name,
            ]
    for code in sorted(entries):
        kind = "territory" if code in territories else "other" if code in other else "state"
        yield _party(code, kind, entries[code])


def _former(former: Mapping[str, Json]) -> Iterator[Record]:
    """ISO 3166-3, except for renamed states, and older states that never had a code.

    Two-letter and numeric codes that ISO has given again are left out: they mean the present holder.
    """
    import pycountry

    alpha_2 = {country.alpha_2 for country in pycountry.countries}
    numeric = {country.numeric for country in pycountry.countries}
    entries: dict[str, Record] = {code: dict(fields) for code, fields in former["party"].items()}
    for historic in pycountry.historic_countries:
        code = historic.alpha_3
        if code in former["renamed"] or code in former["reused"]:
            continue
        entry = entries.setdefault(code, {"kind": "former_state", "name": historic.name})
        entry["aliases"] = [historic.alpha_4, historic.name, *entry.get("aliases", ())]
        entry["alpha_2"] = None if historic.alpha_2 in alpha_2 else historic.alpha_2
        number = getattr(historic, "numeric", None)
        entry.setdefault("numeric", None if number in numeric else number)
    for code in sorted(entries):
        yield _party(code, entries[code]["kind"], entries[code])


def _organisations() -> Iterator[Record]:
    for code, fields in sorted(_table("organisations")["party"].items()):
        yield _party(code, "organisation", fields)


def _distinct(document: Mapping[str, Json]) -> list[str]:
    """Give the aliases that add a spelling to code, alpha-2 code, name and names, once each, in their order."""
    seen = party_keys({**document, "aliases": []})
    kept = []
    for alias in document["aliases"]:
        if (key := names.fold(alias)) and key not in seen:
            seen.add(key)
            kept.append(alias)
    return kept


BEFORE_ALL = 0
"""What the program brings is there before the first change, and outside history."""


def plant(connection: sqlite3.Connection) -> None:
    """Write every built-in party and focus area that is missing, and refresh those that are still as shipped."""
    for party in parties():
        _plant(connection, "party", party, party_keys(party))
    for area in focus_areas():
        _plant(connection, "focus_area", area, set())


def _plant(connection: sqlite3.Connection, kind: str, document: Record, keys: set[str]) -> None:
    stored = changes.load(connection, OWNED[kind], document["code"])
    if stored[kind] and not stored[kind][0]["builtin"]:
        return
    expected = shred_object(kind, document, keys)
    expected[kind][0]["builtin"] = True
    plan = changes.compare(stored, expected)
    for (table, key), values in plan.updates.items():  # a row that was edited, and the edit taken back, has a history
        connection.execute(table_rows.update(table, tuple(values)), (*values.values(), *key))
    plan.updates.clear()
    plan.carry_out(connection, BEFORE_ALL)
