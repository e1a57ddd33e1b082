"""Made-up rich registers, the same for the same seed: what answers cost on records as data sets bring them.

    python benchmarks/rich_register.py COUNT [--seed N]                 prints NDJSON
    python benchmarks/rich_register.py COUNT [--seed N] --store FILE    makes a store, without the import

The shapes follow data sets of treaties: 2.9 parties and 3.15 events an agreement, a signatory, two focus areas, 1.4
citations; other names, texts, terms, relations and claims of some; about 900 bytes a line. Refs do not stand in the
order in which the agreements were recorded. The store is made of the program's own rows, its indexes at the end.
"""

import argparse
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from generate import BINDING, CODES, TYPES, WORDS

from tracker.record.document import complete
from tracker.record.vocabulary import FOCUS_AREAS
from tracker.store.file import migrate
from tracker.store.rows import record_rows
from tracker.store.schema import triggers
from tracker.store.write import objects as written
from tracker.store.write.change import Change
from tracker.store.write.writer import Writer

Document = dict[str, Any]

OTHERS = (
    *("AFG", "ALB", "DZA", "AGO", "ARG", "ARM", "AUT", "AZE", "BGD", "BLR", "BEL", "BOL"),
    *("BWA", "BGR", "KHM", "CMR", "CHL", "COL", "CRI", "HRV", "CUB", "CYP", "CZE", "ECU", "SLV"),
    *("ETH", "GEO", "GHA", "GRC", "GTM", "HND", "HUN", "ISL", "IDN", "IRN", "IRQ", "IRL", "JAM"),
    *("JOR", "KAZ", "KEN", "KWT", "LAO", "LBN", "LUX", "MDG", "MYS", "MLT", "MAR", "MOZ", "NPL"),
    *("NZL", "NIC", "NGA", "PAK", "PAN", "PRY", "PER", "PRT", "QAT", "RUS", "SAU", "SEN", "SRB"),
    *("SVK", "SVN", "LKA", "CHE", "THA", "TUN", "UGA", "UKR", "ARE", "URY", "VEN", "VNM"),
)
PARTIES = (*CODES, *OTHERS)
WEIGHTS = [*(60 // (place + 1) + 12 for place in range(len(CODES))), *[4] * len(OTHERS)]
TOPICS = sorted(FOCUS_AREAS)
OFFICES = (
    ("Minister for Foreign Affairs", "minister"),
    ("Minister of Defence", "minister"),
    ("Ambassador", "envoy"),
    ("Prime Minister", "head_of_government"),
    ("Director General", "official"),
    (None, None),
)
LINKS = ("amends", "amends", "implements", "concluded_under", "supplements", "supersedes", "extends", "related_to")
DURATIONS = ("indefinite", "fixed_term", "auto_renewing", "initial_term_then_indefinite")
BATCH = 2_000


class Made:
    """A register under way: the dice, and the refs that relations may lead to."""

    def __init__(self, count: int, seed: int = 1) -> None:
        """Begin a register of ``count`` agreements."""
        self.draw = random.Random(seed)
        self.count = count
        self.people = max(count // 3, 5)
        self.sources = max(count // 12, 5)
        self.families = max(count // 250, 3)
        self.refs: list[str] = []

    def chance(self, share: float) -> bool:
        """Tell whether something is there that this share of the agreements has."""
        return self.draw.random() < share

    def documents(self) -> Iterator[Document]:
        """Yield people, families, sources and agreements."""
        for number in range(self.people):
            yield {"record": "person", "id": f"signatory-{number}", "name": f"Signatory {number}"}
        for number in range(self.families):
            yield {"record": "family", "id": f"family-{number}", "name": f"Family {number}"}
        for number in range(self.sources):
            kind = self.draw.choice(["treaty_series", "official_press_release", "unknown"])
            url = f"https://example.org/documents/{number}"
            title = f"Collection of texts {number}"
            yield {"record": "source", "id": f"source-{number}", "title": title, "kind": kind, "url": url}
        for number in range(self.count):
            yield self.agreement(number)

    def agreement(self, number: int) -> Document:
        """Make the next agreement."""
        codes = self.codes()
        year = min(self.draw.randint(1920, 2024), self.draw.randint(1940, 2024))
        kind = self.draw.choice(TYPES)
        events = self.events(codes, year)
        pair = "-".join(sorted(code.lower() for code in codes[:2]))
        ref = f"{pair}-{kind.split('_')[0]}-{year}-{number}"
        topic = " and ".join(self.draw.sample(WORDS, 2))
        made: Document = {
            "record": "agreement",
            "ref": ref,
            "title": f"{kind.replace('_', ' ').capitalize()} {number} on {topic} in {self.draw.choice(WORDS)}",
            "title_term": kind.split("_")[0].capitalize(),
            "instrument_type": kind,
            "binding_status": self.draw.choice(BINDING),
            "parties": [self.party(code) for code in codes],
            "signatories": self.signatories(codes),
            "focus_areas": sorted(self.draw.sample(TOPICS, self.draw.choice([1, 2, 2, 3]))),
            "events": events,
            "text_access": self.draw.choice(["public", "public", "unknown", "not_released"]),
            "sources": [self.citation()],
        }
        self.say(made, topic)
        self.argue(made)
        self.set_terms(made, codes, year)
        if self.refs and self.chance(0.35):
            target = self.draw.choice(self.refs)
            made["relations"] = [{"type": self.draw.choice(LINKS), "target": target, "word": "pursuant to"}]
        self.refs.append(ref)
        return made

    def codes(self) -> list[str]:
        """Draw the parties: four of five agreements are bilateral."""
        number = self.draw.choices([2, 3, 5, 8, 17], [80, 6, 6, 6, 2])[0]
        drawn = self.draw.choices(PARTIES, WEIGHTS, k=number * 2)
        return list(dict.fromkeys([*drawn, "USA", "JPN"]))[:number]

    def party(self, code: str) -> Document:
        """Make a party, some with the entity that acts."""
        return {"code": code} | ({"entity": "Ministry of Foreign Affairs"} if self.chance(0.1) else {})

    def signatories(self, codes: list[str]) -> list[Document]:
        """Make the signatures: one on average."""
        made = []
        for place, code in enumerate(codes[: self.draw.choice([0, 0, 1, 1, 2, 2])]):
            office, level = self.draw.choice(OFFICES)
            person = f"signatory-{self.draw.randrange(self.people)}" if self.chance(0.8) or not office else None
            made.append({"id": f"s{place + 1}", "person": person, "office": office, "level": level, "party": code})
        return made

    def citation(self) -> Document:
        """Make a citation; some sources are cited much more often than others."""
        number = min(self.draw.randrange(self.sources), self.draw.randrange(self.sources))
        return {"source": f"source-{number}", "locator": f"p. {self.draw.randint(1, 400)}"}

    def day(self, year: int) -> str | None:
        """Draw a date as exact as dates are known."""
        day = f"{year}-{self.draw.randint(1, 12):02}-{self.draw.randint(1, 28):02}"
        inexact = [day[:7], day[:4], f"{day[:4]}?", f"{year}-01-05/{year}-12-20", None]
        return day if self.chance(0.8) else self.draw.choices(inexact, [6, 6, 2, 2, 2])[0]

    def events(self, codes: list[str], year: int) -> list[Document]:
        """Make the life of an agreement."""
        made: list[Document] = []
        happen = partial(self.happen, made, year)
        if self.chance(0.93):
            happen("signed", 0, **({"places": ["Geneva"]} if self.chance(0.3) else {}))
        if self.chance(0.28):
            for code in codes[: self.draw.randint(1, 8)]:
                happen("ratified", self.draw.randint(0, 4), parties=[code])
        if self.chance(0.7):
            happen("entered_into_force" if self.chance(0.85) else "became_operative", self.draw.randint(0, 3))
        if self.chance(0.35):
            happen(self.draw.choice(["registered", "published", "reported_to_parliament"]), 3)
        if self.chance(0.2):
            happen(self.draw.choice(["amended", "extended", "renewed"]), self.draw.randint(4, 15))
        self.end(made, codes, year)
        if made and self.chance(0.15):
            made[-1] |= {"note": "as the collection of texts has it", "sources": [self.citation()["source"]]}
        return made

    def happen(self, made: list[Document], year: int, kind: str, later: int, **more: object) -> None:
        """Add an event, so many years later than the first one."""
        made.append({"id": f"e{len(made) + 1}", "kind": kind, "date": self.day(year + later), **more})

    def end(self, made: list[Document], codes: list[str], year: int) -> None:
        """Add what parties do later, and the end of some."""
        happen = partial(self.happen, made, year)
        if len(codes) > 2 and self.chance(0.5):
            happen(self.draw.choice(["acceded", "withdrawn"]), 9, parties=[codes[-1]])
        if self.chance(0.28):
            happen(self.draw.choice(["terminated", "expired", "superseded"]), self.draw.randint(5, 40))

    def say(self, made: Document, topic: str) -> None:
        """Add the texts and numbers that some agreements have."""
        if self.chance(0.2):
            made["titles"] = {"fr": f"Accord relatif à {topic}"}
        if self.chance(0.2):
            made["aliases"] = [f"Instrument on {topic}"]
        if self.chance(0.4):
            made["notes"] = [f"The text of the part on {self.draw.choice(WORDS)} was not found in the collection."]
        if self.chance(0.35):
            made["identifiers"] = [{"scheme": "UNTS", "value": f"I-{self.draw.randint(1, 70_000)}"}]
        if self.chance(0.3):
            made["languages"] = ["en", "fr"]
        if self.chance(0.5):
            made["confidence"] = self.draw.choice(["high", "medium", "low"])
        if self.chance(0.15):
            made["families"] = [{"family": f"family-{self.draw.randrange(self.families)}"}]
        if self.chance(0.1):
            made["extra"] = {"desk": self.draw.randint(1, 9)}

    def argue(self, made: Document) -> None:
        """Add evidence, views and claims."""
        source = [self.citation()["source"]]
        if self.chance(0.12):
            value = self.draw.choice(["binding", "non_binding"])
            made["evidence"] = [{"id": "v1", "kind": "text_clause", "supports": value, "sources": source}]
            made["binding_views"] = [{"party": made["parties"][0]["code"], "value": value, "evidence": ["v1"]}]
        if self.chance(0.2):
            field, value = self.draw.choice([("binding_status", "binding"), ("title_term", "Agreement")])
            made["claims"] = [{"id": "c1", "field": field, "value": value, "sources": source}]

    def set_terms(self, made: Document, codes: list[str], year: int) -> None:
        """Add terms to a third of the agreements."""
        terms: Document = {}
        if self.chance(0.3):
            kind = self.draw.choice(DURATIONS)
            until = self.day(year + self.draw.randint(5, 60)) if kind != "indefinite" else None
            terms["duration"] = {"kind": kind, "period": "P5Y" if until else None, "until": until}
        if self.chance(0.15):
            terms["notices"] = [{"kind": "termination", "period": self.draw.choice(["P6M", "P1Y"])}]
        if self.chance(0.15):
            condition = self.draw.choice(["on_signature", "exchange_of_notes", "nth_instrument_plus_period"])
            counted = {"number": min(2, len(codes)), "period": "P30D"} if condition.startswith("nth") else {}
            terms["entry_into_force"] = {"condition": condition, **counted}
        if terms:
            made["terms"] = terms


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """Yield the objects of a register of ``count`` agreements; what refers to others comes after them."""
    return Made(count, seed).documents()


def make_store(path: Path, some: Iterator[Document]) -> None:
    """Make a store of documents as one change: the rows that the program makes of them, written in bulk."""
    migrate.initialise(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        writer = Writer(Change(connection, path, actor="benchmark", command="tracker import"))
        change = writer.change
        later = _drop(connection)
        for document in some:
            if document["record"] == "agreement":
                some = chain([document], some)
                break
            writer.put_object(document["record"], complete(document))
        number = written.next_id(change)
        while batch := list(islice(some, BATCH)):
            rows: dict[str, list[Any]] = {}
            for document in batch:
                for table, made in written.new_rows(change, number, complete(document)).items():
                    rows.setdefault(table, []).extend(made)
                number += 1
            written.insert(change, rows)
        for statement in later:
            connection.execute(statement)
        writer.finish()
        triggers.create(connection)
        change.close()
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def _drop(connection: sqlite3.Connection) -> list[str]:
    """Take away triggers, and the indexes of agreements; return what makes the indexes again."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    tables = ", ".join(f"'{name}'" for name in ("agreement", *record_rows.CHILDREN))
    sql = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOTNULL AND tbl_name IN ({tables})"
    indexes = connection.execute(sql).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    return [statement for _, statement in indexes]


def main() -> None:
    """Print NDJSON, or make a store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path)
    asked = parser.parse_args()
    some = documents(asked.count, asked.seed)
    if asked.store:
        if asked.store.exists():
            raise SystemExit(f"{asked.store} is there already; name a new file")
        make_store(asked.store, some)
        return
    print(json.dumps({"record": "tracker", "format": 1}))
    for document in some:
        print(json.dumps(document, ensure_ascii=False))


if __name__ == "__main__":
    main()
