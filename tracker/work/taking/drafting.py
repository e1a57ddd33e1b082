"""A first map for a sheet, drafted and tried with the parties that the register knows."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from tracker.errors import UnknownName, UnreadableFile
from tracker.importers.drafting.draft import FirstMap, drafted
from tracker.importers.sheets import UnreadableSheet
from tracker.importers.sheets.reading import seekable
from tracker.read.file.connection import Reader
from tracker.read.lookup import by_language, names
from tracker.record.types import Json, Record
from tracker.store.schema import builtin
from tracker.text.names import fold
from tracker.work.taking.codes import RETIRED, of_cow
from tracker.work.taking.files import HEAD, opened, set_of
from tracker.work.taking.uniting import clusters


def first_map(path: Path, reader: Reader | None = None) -> FirstMap:
    """Draft a map for the columns of a sheet, and try it; raises UnreadableFile with what to do.

    ``reader`` is the register whose parties count; without one, those that every register begins with.
    """
    known = Parties(reader)
    with opened(path) as stream, seekable(stream) as again:
        _refuse_records(again, path)
        try:
            made = drafted(again, path.name, known.code, known.name, _apart)
        except UnreadableSheet as error:
            raise UnreadableFile(f"{path} {error}") from None
    if (known_set := set_of(path)) is not None:
        said = f"{path.name} is of a public set that needs no map of yours: tracker import {path} --from {known_set}"
        return FirstMap(made.text, [said, *made.told])
    return made


def _apart(drafts: list[Record]) -> int:
    """How many agreements the drafts of one title, parties and day become."""
    return len(clusters([(draft, None) for draft in drafts]))


def _refuse_records(stream: BinaryIO, path: Path) -> None:
    """Raise UnreadableFile for records of the register in JSON, which need no map."""
    head = stream.read(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(0)
    if not re.match(rb"\{\s*(\"|\})|\[\s*[\[{\]]", head):
        return
    if re.search(rb'"record"\s*:\s*"(agreement|party|person|family|focus_area|source|tracker)"', head):
        raise UnreadableFile(f"{path} holds records of the register; they need no map: tracker import {path}")


class Parties:
    """The parties of a register by their codes and names."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._names: dict[str, str] = {}
        self._bearers: dict[str, set[str]] = {}
        self._answers: dict[tuple[str, str], str | None] = {}
        parties = list(_recorded(reader) if reader is not None and not reader.absent else _builtin())
        for party, keys in parties:
            code = str(party["code"])
            self._names[code] = str(party["name"])
            for key in keys:
                self._bearers.setdefault(key, set()).add(code)
        self._alpha_2 = _only_bearers((party for party, _ in parties), "alpha_2")
        self._numeric = _only_bearers((party for party, _ in parties), "numeric")

    def name(self, code: str) -> str:
        """The name of a party."""
        return self._names.get(code, code)

    def code(self, scheme: str, text: str) -> str | None:
        """The code of the one party that a text means, None where it means none or several."""
        key = scheme, text
        if key not in self._answers:
            self._answers[key] = self._looked_up(scheme, text.strip())
        return self._answers[key]

    def _looked_up(self, scheme: str, text: str) -> str | None:
        if scheme == "iso2":
            return self._alpha_2.get(text.upper())
        if scheme == "m49":
            number = text.removesuffix(".0").zfill(3)
            return RETIRED.get(number) or self._numeric.get(number)
        if scheme == "cow":
            return of_cow(text.removesuffix(".0"))
        return text if text in self._names else self._called_so(text)

    def _called_so(self, text: str) -> str | None:
        word = names.code_of_word(text, lambda folded: bool(self._bearing(folded)))
        if word in self._names or word in self._alpha_2:
            return None
        own = self._named(sorted(self._bearers.get(fold(text), ())))
        try:
            return names.party_meant(text, own, lambda: self._named(by_language.called_so(text, self._bearing)))
        except UnknownName:  # several are called so
            return None

    def _bearing(self, folded: str) -> set[str]:
        own = self._bearers.get(folded, set())
        return own.union(code for code in by_language.codes(folded) if code in self._names)

    def _named(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        return [(code, self._names[code]) for code in codes]


Party = tuple[Mapping[str, Json], set[str]]
"""A party, and the folded spellings under which it is found."""


def _builtin() -> Iterable[Party]:
    return ((party, builtin.party_keys(party)) for party in builtin.parties())


def _recorded(reader: Reader) -> Iterable[Party]:
    keys: dict[str, set[str]] = {}
    for key, code in reader.tuples("SELECT folded, code FROM party_keys"):
        keys.setdefault(str(code), set()).add(str(key))
    for code, name, alpha_2, numeric in reader.tuples("SELECT code, name, alpha_2, numeric FROM parties"):
        yield {"code": code, "name": name, "alpha_2": alpha_2, "numeric": numeric}, keys.get(str(code), set())


def _only_bearers(parties: Iterable[Mapping[str, Json]], field: str) -> dict[str, str]:
    """Each value of a field that one party alone has."""
    found: dict[str, str | None] = {}
    for party in parties:
        if value := party.get(field):
            found[str(value)] = None if str(value) in found else str(party["code"])
    return {value: code for value, code in found.items() if code is not None}
