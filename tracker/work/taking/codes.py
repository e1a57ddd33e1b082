"""Names in a draft turned into codes of the register: parties, and labels of subjects; nothing is guessed.

Each name is looked up once: ``name:`` as the command line does, ``iso2:`` and ``m49:`` among the codes of ISO 3166-1
and the United Nations' M49 that parties bear, ``cow:`` among the numbers of the Correlates of War project. A label
becomes a focus area that the register has, or a new one where a map asks.
"""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache, cached_property, lru_cache
from json import dumps
from pathlib import Path
from zlib import crc32

from tracker.errors import UnknownName
from tracker.importers import LABEL, Draft, Remark
from tracker.importers.mapping.row_parties import PREFIXES, SHORT
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.record.shapes import naming
from tracker.record.types import Json, Record
from tracker.text.names import fold, slug

Missing = list[tuple[str, str]]
"""Path and text with its scheme of what no party bears."""

STANDS_FOR_NOBODY = frozenset(
    ("n/a", "#n/a", "-", "--", "–", "—", "none", "null", "nan", "nil", "..", "...", "?", "n.a.")
)
"""Texts, in lower case, that are rather no name than one that nobody bears."""

REMEMBERED = 10_000
"""Names of which it is remembered whose they are, or that nobody bears them."""

COW = Path(__file__).parents[2] / "store" / "schema" / "builtin_data" / "cow.toml"

RETIRED = {"230": "ETH", "280": "DEU", "736": "SDN", "886": "YEM"}
"""Numbers that ISO 3166-1 gave the same state before its territory changed: Ethiopia until 1993, Germany until 1990,
Sudan until 2011, Yemen (Arab Republic) until 1990."""

_SINGLE = tuple((outer.key, inner.key) for outer, inner in naming("party"))

LONGEST = 60
"""Characters of a code that is made from a label."""

_KNOWN = "SELECT code, label FROM focus_areas"


class _Unborne(UnknownName):
    """No party bears a name; what is near it is not looked for yet."""


class Parties:
    """Looks parties up, and remembers the last answers."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._told: set[str] = set()
        """Codes of states that may mean an organisation, and were told."""
        self._code = lru_cache(maxsize=REMEMBERED)(self._looked_up_or_none)

    @cached_property
    def _names(self) -> names.PartyNames:
        return names.PartyNames(self.reader)

    def message(self, text: str) -> str:
        """Say why no party bears a name, given with its scheme, and what is near it."""
        scheme, _, name = text.partition(":")
        try:
            self._looked_up(scheme, name.strip(), None)
        except _Unborne:
            if name.strip().lower() in STANDS_FOR_NOBODY:
                step = f"if it stands for nobody, say so in the map, [[party]] empty = [{dumps(name.strip())}]"
                return f"unknown party {name.strip()!r}; {step}"
            return str(self._names.unknown(name))
        except UnknownName as error:
            return str(error)
        return ""

    def resolve(self, content: Record) -> tuple[Record, Missing]:
        """Return a draft's content with codes in the place of names, and the names that nobody bears, which stay."""
        missing: Missing = []
        year = _year(content)

        def code(text: Json, path: str) -> Json:
            if not isinstance(text, str) or ":" not in text:
                return text
            answer = self._answer(text, year)
            if answer is None:
                missing.append((path, text))
                return text
            return answer

        return _replaced(content, code), missing

    def bears(self, name: str) -> bool:
        """Whether some party bears a name."""
        return self._answer(f"name:{name}", None) is not None

    def short(self, draft: Draft) -> Iterator[Remark]:
        """Remark once on each code of a state that may mean an organisation in a list of names."""
        for party in draft.content.get("parties", ()):
            mark, _, name = str(party["code"]).rpartition(PREFIXES["name"])
            if name in SHORT.keys() - self._told and not mark and name != party["code"]:
                self._told.add(name)
                why = f"is read as the code of a state; if it is {SHORT[name]}, write values = {{ {name} = "
                yield Remark(draft.where, f'{why}"{SHORT[name]}" }} in its [[party]]', draft.columns.get(name), name)

    def led(self, mark: str) -> str:
        """Return ``events[name:Norway]`` with the code of the name; without brackets where no party bears it."""
        key, bracket, name = mark.removesuffix("]").partition("[")
        answer = self._answer(name, None) if bracket else None
        return key if answer is None else f"{key}[{answer}]"

    @staticmethod
    def shared(draft: Record, resolved: Record) -> list[tuple[str, list[str]]]:
        """The parties that take part under several names of one draft, in one and the same way: code and names."""
        named: dict[tuple[str, Json], list[str]] = {}
        for before, after in zip(draft.get("parties", ()), resolved.get("parties", ()), strict=True):
            spellings = named.setdefault((str(after["code"]), after.get("entity")), [])
            if (name := str(before["code"]).partition(":")[2]) not in spellings:
                spellings.append(name)
        return [(code, several) for (code, _), several in named.items() if len(several) > 1]

    def _answer(self, text: str, year: str | None) -> str | None:
        return self._code(text, year if text.startswith("cow:") else None)

    def _looked_up_or_none(self, text: str, year: str | None) -> str | None:
        scheme, _, name = text.partition(":")
        try:
            return self._looked_up(scheme, name.strip(), year)
        except UnknownName:
            return None

    def _looked_up(self, scheme: str, name: str, year: str | None) -> str:
        if scheme == "name":
            names.refuse_word(self.reader, name)
            code = names.known_party_code(self.reader, name)
            if code is None:
                raise _Unborne
            return code
        try:
            return self._numbered(scheme, name, year)
        except UnknownName:
            sql = "SELECT code FROM party_keys WHERE folded = :wanted"
            codes = self.reader.tuples(sql, {"wanted": fold(called(f"{scheme}:{name}"))})
            if len(codes) != 1:
                raise
            return str(codes[0][0])

    def _numbered(self, scheme: str, name: str, year: str | None) -> str:
        """Return the party that bears a code or number."""
        if scheme == "iso2":
            return self._coded("alpha_2", name.upper(), "ISO 3166-1 alpha-2 code")
        if scheme == "m49":
            number = name.zfill(3)
            return RETIRED.get(number) or self._coded("numeric", number, "numeric code of ISO 3166-1")
        return _of_cow(name, year)

    def _coded(self, column: str, code: str, what: str) -> str:
        sql = f"SELECT code FROM parties WHERE {column} = :wanted"  # noqa: S608  # one of two names of ours
        codes = self.reader.tuples(sql, {"wanted": code})
        if len(codes) != 1:
            raise UnknownName(f"no party has the {what} {code!r}; `tracker party list` shows all")
        return str(codes[0][0])


class Subjects:
    """Finds the focus area of a label, and makes one where there is none."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._codes: dict[str, str] | None = None

    def resolve(self, content: Record) -> tuple[Record, list[Record]]:
        """Return a draft with codes in the place of labels, and the focus areas that are new."""
        areas = content.get("focus_areas") or []
        if not any(area.startswith(LABEL) for area in areas):
            return content, []
        new: list[Record] = []
        codes = [self._code(area.removeprefix(LABEL), new) if area.startswith(LABEL) else area for area in areas]
        return {**content, "focus_areas": list(dict.fromkeys(codes))}, new

    def _code(self, label: str, new: list[Record]) -> str:
        if self._codes is None:
            rows = [(str(code), str(text)) for code, text in self._reader.tuples(_KNOWN)]
            self._codes = dict(_spellings(rows))
        known = self._codes.get(fold(label))
        if known is None:
            known = self._codes[fold(label)] = _made(label, set(self._codes.values()))
            new.append({"record": "focus_area", "code": known, "label": label, "parent": None, "note": None})
        return known


def called(text: str) -> str:
    """Return how a name with its scheme is called where it is asked about; a code says of what it is one."""
    scheme, _, name = text.partition(":")
    return name.strip() if scheme == "name" else f"{scheme} {name.strip()}"


@cache
def _cow() -> Record:
    table: Record = tomllib.loads(COW.read_text(encoding="utf-8"))
    return table


def of_cow(code: str) -> str | None:
    """Return the party that a number of the state system means today, None where no state bears it."""
    party = _cow()["states"].get(code.lstrip("0") or "0")
    return None if party is None else str(party)


def _of_cow(code: str, year: str | None) -> str:
    """Return the party of a number of the state system; one that several states bore in turn goes by the year."""
    number = code.lstrip("0") or "0"
    spells = _cow()["states"].get(number)
    if spells is None:
        raise UnknownName(f"no state has the Correlates of War number {code!r}; give its name or ISO code")
    for spell in _cow()["former"].get(number, ()):
        if year is not None and year <= str(spell["until"]):
            return str(spell["code"])
    return str(spells)


def _replaced(content: Record, code: Callable[[Json, str], Json]) -> Record:
    """Copy a draft with every code of a party replaced; its other values stay the same objects."""
    done = dict(content)
    for key, name in _SINGLE:
        if key in content:
            done[key] = [
                {**item, name: code(item.get(name), f"{key}[{position}].{name}")} if name in item else item
                for position, item in enumerate(content[key])
            ]
    if "events" in content:
        done["events"] = [
            {**event, "parties": [code(text, f"events[{position}].parties") for text in event["parties"]]}
            if event.get("parties")
            else event
            for position, event in enumerate(content["events"])
        ]
    entry = (content.get("terms") or {}).get("entry_into_force")
    if entry and entry.get("parties"):
        counted = [code(text, "terms.entry_into_force.parties") for text in entry["parties"]]
        done["terms"] = {**content["terms"], "entry_into_force": {**entry, "parties": counted}}
    if content.get("record") == "party":
        done["successors"] = [code(text, "successors") for text in content.get("successors", ())]
        done["members"] = [{**item, "code": code(item["code"], "members")} for item in content.get("members", ())]
    return done


def _year(content: Record) -> str | None:
    """The year of the earliest dated event of a draft."""
    return min(_years(content), default=None)


def _years(content: Record) -> Iterator[str]:
    for event in content.get("events", ()):
        date = event.get("date") or event.get("effective_date")
        if isinstance(date, str) and date[:4].isdecimal():
            yield date[:4]


def _spellings(rows: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the folded labels and codes, each with its code; a code counts before a label."""
    yield from ((fold(label), code) for code, label in rows)
    yield from ((fold(code), code) for code, _ in rows)


def _made(label: str, taken: set[str]) -> str:
    """Make the code of a label: ``High seas`` is ``high_seas``; one that letters cannot tell apart has a mark."""
    code = slug(label).replace("-", "_")
    if code == "x" or len(code) > LONGEST or code in taken:
        code = f"{code[:LONGEST].strip('_')}_{crc32(label.encode()):08x}"
    return code
