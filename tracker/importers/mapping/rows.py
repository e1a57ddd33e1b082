"""Each row of a sheet read as a draft of an agreement, or of a part of one."""

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from zlib import crc32

from tracker.importers import LABEL, Draft, Entry, Remark
from tracker.importers.mapping.binding import Bound
from tracker.importers.mapping.one_row import Acts, Find, OneRow, Relations
from tracker.importers.mapping.row_parties import Parties
from tracker.importers.mapping.specs import Part
from tracker.importers.mapping.texts import CellError, Cells, first_date_of, refuse_ditto, text_of
from tracker.record.types import Record
from tracker.text.names import fold, slug

LONGEST_PART = 200
"""Characters of a title, or of parties, that a natural key holds as they are; what is longer ends in its hash."""


def _whole(text: str) -> str:
    """Return a text that stands for the whole of another one and is not too long for a key."""
    if len(text) <= LONGEST_PART:
        return text
    return f"{text[:LONGEST_PART]} {sha256(text.encode()).hexdigest()[:16]}"


MOST_NAMED = 5
"""Columns that a remark names each."""

LONGEST_NAME = 60
"""Characters of the id of a source that is made from its address or title."""


@dataclass(slots=True)
class Rows:
    """Makes drafts of rows under one header, in one file."""

    bound: Bound
    file: str
    find: Find
    unit: str = "row"
    """What a row is called."""

    def entries(self, row: Cells, number: int) -> list[Entry]:
        """The draft of a row with what is odd about it, and each cell that cannot be taken.

        A row of which nobody can tell which agreement it is gives no draft.
        """
        where = f"{self.file}, {self.unit} {number}"
        one_row = _Row(self, row, number, where)
        made = one_row.made()
        if made is None:
            return [replace(problem, lost=True) for problem in one_row.problems]
        parted = one_row.parties.parted
        speaks = None if one_row.names_owner is None else frozenset(("events", *one_row.lists_told))
        draft = Draft(
            where,
            made,
            one_row.names_owner,
            {**one_row.parties.where, **one_row.relations.columns},
            speaks=speaks,
            silent=frozenset(("parties", "relations")) - one_row.lists_told,
            refused=frozenset(one_row.refused),
            natural=one_row.natural,
            kept=frozenset(one_row.parties.kept),
            parted=tuple(parted) if any(len(names) > 1 for _, names in parted) else (),
            twice=tuple(dict.fromkeys(one_row.parties.twice)),
            nameless=self.bound.map.nameless,
        )
        return [*one_row.problems, draft, *one_row.remarks]


class _Row(OneRow):
    """One row as the agreement that it is, or adds to."""

    def __init__(self, rows: Rows, row: Cells, number: int, where: str) -> None:
        super().__init__(rows.bound, row, where)
        self.rows, self.number = rows, number
        self.keyed = rows.unit != "row"
        self.parties = Parties(row, lambda error: self.refuse("parties", error))
        self.relations = Relations(self, rows.find)
        self.names_owner: str | None = None
        """Of a row that adds to an agreement: the column that says to which."""
        who = (*self.map.parties, *(event for event in self.bound.events if event.of))
        self.lists_told = {key for key, specs in (("parties", who), ("relations", self.map.relations)) if specs}
        """Lists of the record of which rows such as this one speak, beside its events."""
        self.natural = False
        """Whether the row has no key, and is named by what it says."""

    def made(self) -> Record | None:
        """Return what the row says; None where it does not say of which agreement."""
        part = self.tried("record", self._part)
        record: Record = {"record": "agreement"}
        named = self.parties.named(self.map.parties, self.bound.party_columns)
        acts = Acts(self, named)
        record["events"] = acts.told()
        record["parties"] = named = self.parties.acting(acts.named, named)
        self._tell_unanswered()
        if part is None and not self.parties.of_row and "parties" not in self.refused:
            self._tell_nobody(named)
        if part is None:
            self._whole(record)
            key = self.tried("record", partial(text_of, self.map.key, self.row))
            if not key and "title" not in self.refused:
                key, self.natural = self._natural_key(record), True
        else:
            if part.when:  # such rows stand among others, and what leads elsewhere is said by these
                self.lists_told -= {"relations"}
            else:
                record["relations"] = self._relations()
            key = self.tried("record", partial(text_of, part.of, self.row))
            self.names_owner = " + ".join(map(self.row.name, part.of.columns))
            if not key and not self.problems:
                self.refuse("record", CellError("", "", "does not say to which agreement it belongs"))
        if "record" in self.refused or not key:
            return None
        origin = {"set": self.map.name, "key": key, "file": self.rows.file, "row": self.number}
        row_key = self.tried("events", partial(text_of, self.map.row_key, self.row)) or key
        for event in record["events"]:
            event["origin"] = {**origin, "key": row_key}
        # Of rows that add to one agreement none is its own place; that of the events says where each stands.
        record["origin"] = origin if part is None else {**origin, "row": None}
        return record

    def _tell_nobody(self, named: list[Record]) -> None:
        """Remark on a row whose cells name no party, where the map has columns of parties."""
        if columns := self._party_columns():
            beside = " beside those of every row" if named else ""
            self.remarks.append(Remark(self.where, f"names no party{beside}", columns, ""))

    def _tell_unanswered(self) -> None:
        """Remark on cells that only ``when`` asks about, where no table of the map that holds is for their text."""
        for column, tables in self.bound.asked.items():
            text = self.tried("record", partial(self.row.get, column))
            if text and not any(text in values and self.row.meets(when) for when, values in tables):
                self.note([column], "is only asked about (when), and goes nowhere; [own] ignore = [...] leaves it out")

    def _part(self) -> Part | None:
        return next((part for part in self.map.parts if self.row.meets(part.when)), None)

    def _whole(self, record: Record) -> None:
        """Add what a row says that is an agreement, not a part of one."""
        self._fields(record)
        record["relations"] = self._relations()
        record["sources"] = self._sources(record.pop("sources", []))
        if until := self.tried("terms", partial(first_date_of, self.map.expires, self.row)):
            self.tell_spans(self.map.expires, [until])
            record["terms"] = {"duration": {"until": until}}

    def _relations(self) -> list[Record]:
        told = [self.tried("relations", partial(self.relations.told, spec)) or [] for spec in self.map.relations]
        return [relation for relations in told for relation in relations]

    def _fields(self, record: Record) -> None:
        for key, text in self.map.scalars.items():
            self.tried(key, partial(refuse_ditto, text, self.row))
            value = self.tried(key, partial(text_of, text, self.row))
            if value:
                record[key] = value
        for key, texts in self.map.lists.items():
            record[key] = list(dict.fromkeys(self.listed(key, texts)))
        if self.map.new_areas:
            record["focus_areas"] = [f"{LABEL}{label}" for label in record.get("focus_areas", ())]
        keyed = {
            name: {
                key: value
                for key, text in keys.items()
                if (value := self.tried(name, partial(text_of, text, self.row)))
            }
            for name, keys in self.map.mappings.items()
        }
        if "titles" in keyed:
            record["titles"] = keyed["titles"]
        record["identifiers"] = [
            {"scheme": scheme, "value": value} for scheme, value in keyed.get("identifiers", {}).items()
        ]
        columns = self.bound.own.items()
        own = {name: self.tried("extra", partial(self.row.get, column)) for column, name in columns}
        record["extra"] = {**keyed.get("extra", {}), **{name: value for name, value in own.items() if value}}
        if not record.get("title") and "title" not in self.refused:
            columns_of_title = [self.row.name(column) for column in self.map.scalars["title"].columns]
            self.refuse("title", CellError(" + ".join(columns_of_title), "", "the agreement has no title"))

    def _sources(self, given: list[str]) -> list[Record]:
        """What the record rests on: the set, and addresses or titles in the row, each a source of its own."""
        cited: list[Record] = [{"source": self.map.source["id"]}] if self.map.source else []
        for text in given:
            name = slug(text.partition("://")[2].removeprefix("www.") or text)
            mark = f"-{crc32(text.encode()):08x}" if len(name) > LONGEST_NAME or name == "x" else ""
            source = {"id": name[:LONGEST_NAME].strip("-") + mark, "title": text}
            cited.append({"source": {**source, "url": text} if "://" in text else source})
        return cited

    def _party_columns(self) -> str:
        """The columns of the map that name parties, as the sheet writes them."""
        columns = [column for of_spec in self.bound.party_columns for column in of_spec]
        shown = [self.row.name(column) for column in dict.fromkeys(columns)]
        return " + ".join(shown) if len(shown) <= MOST_NAMED else f"{shown[0]}..{shown[-1]}"

    def _natural_key(self, record: Record) -> str:
        """What names an agreement in a sheet without identifiers: title, first date and parties."""
        codes = " ".join(sorted(party["code"] for party in record["parties"]))
        date = next((event["date"] for event in record["events"] if event["date"]), "")
        return " | ".join(part for part in (_whole(fold(record.get("title", ""))), date, _whole(fold(codes))) if part)
