"""How right the maps are that ``tracker import --draft-map`` drafts: title, parties and days, row by row.

    python benchmarks/drafts.py CORPORA [CASES]

CORPORA holds the public sets (``ieadb/``, ``desta/``, ``dcad/``, ``wipo/``, ``un-status/``); the maps that ship
with the program, and the importer of the UN tables, say what is right there. CASES holds small sheets; what is right
there is said by the maps below. Without CORPORA: what TRACKER_CORPORA names, and the folder ``cases`` beside it.

A row counts as right where the draft says what the right map says, as open where it says less (nothing, or the row is
refused), as wrong where it says anything else. A day is right with its act alone. Exit 1 where anything is wrong.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.importers import Draft, un_status
from tracker.importers.drafting.draft import party_of
from tracker.importers.drafting.writing import NO_TITLE, open_questions
from tracker.importers.mapping import importer, shipped
from tracker.work.taking.drafting import Parties, first_map

SETS = {
    "ieadb/treaties.csv": "ieadb",
    "desta/DESTA.csv": "desta",
    "dcad/DCAD-v1.0-main.csv": "dcad",
    "wipo/membership-to-copyright-treaties.csv": "wipo",
}
"""Sheets of public sets and the maps that ship for them."""

CASES = {
    "02-namibia-na/conventions.csv": ("instrument_title", 'column = "iso_alpha_2"\nscheme = "iso2"', "YYYY-MM-DD"),
    "05-dash-dates/deals.csv": ("title", 'column = "parties"\nseparator = ";"', "DD-MM-YYYY"),
    "07-merged-down/merged.xlsx": ("Agreement", 'column = "Country"', "YYYY-MM-DD"),
    "21-header-digits/dyads.csv": ("agreement", 'columns = ["country1", "country2"]', "YYYY-MM-DD"),
    "import/01-draft-map-two-letters.csv": ("title", "", "DD/MM/YYYY"),
    "import/12-constant-party.csv": ("title", 'column = "partner"', "YYYY-MM-DD"),
}
"""Small sheets: the column of the titles, that of the parties, and how days are written."""

FORCE = {"07-merged-down/merged.xlsx": "In force"}
"""Columns of the entry into force in small sheets."""

INDEX = '[agreement]\ntitle = "treaty_name"\n'
"""The right map of the UN index."""

Act = tuple[str, str]


@dataclass(slots=True)
class Row:
    """What a row says."""

    title: str | None = None
    parties: frozenset[str] = frozenset()
    unknown: bool = False
    """Some name is borne by no party: the row would be refused."""
    acts: frozenset[Act] = frozenset()


@dataclass(slots=True)
class Score:
    """Right, open and wrong, of titles, parties and days."""

    title: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    questions: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add another score."""
        self.title += other.title
        self.parties += other.parties
        self.days += other.days
        self.questions += other.questions
        self.seconds += other.seconds
        self.wrong += other.wrong


PARTIES = Parties()


def main(arguments: list[str]) -> int:
    """Print a line for each sheet; exit 1 where a draft is wrong."""
    corpora = Path(arguments[0] if arguments else os.environ.get("TRACKER_CORPORA", "."))
    cases = Path(arguments[1]) if len(arguments) > 1 else corpora.parent / "cases"
    print(f"{'sheet':<44} {'title r/o/w':>16} {'parties r/o/w':>16} {'days r/o/w':>16} {'asked':>6} {'s':>6}")
    wrong: list[str] = []
    for name, score in [*_sets(corpora), *_cases(cases)]:
        told = (f"{part['right']}/{part['open']}/{part['wrong']}" for part in (score.title, score.parties, score.days))
        print(f"{name:<44} {' '.join(f'{text:>16}' for text in told)} {score.questions:>6} {score.seconds:>6.1f}")
        wrong += score.wrong
    for line in wrong[:40]:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _sets(corpora: Path) -> Iterator[tuple[str, Score]]:
    for name, known in SETS.items():
        if (path := corpora / name).is_file():
            yield name, _scored(path, _rows(shipped(known).read(BytesIO(path.read_bytes()), path.name)))
    if (index := corpora / "un-status" / "index.csv").is_file():
        yield "un-status/index.csv", _scored(index, _by_map(INDEX, index))
    tables = sorted((corpora / "un-status" / "treaties").glob("*.csv"))
    whole = Score()
    for path in tables:
        whole.add(_scored(path, _table(path)))
    if tables:
        yield f"un-status/treaties: {len(tables)} tables", whole


def _cases(cases: Path) -> Iterator[tuple[str, Score]]:
    for name, (title, party, layout) in CASES.items():
        if not (path := cases / name).is_file():
            continue
        text = f'[agreement]\ntitle = "{title}"\n'
        text += f"[[party]]\n{party}\n" if party else ""
        columns = {"signed": "Signed" if name in FORCE else "signed", "entered_into_force": FORCE.get(name)}
        for kind, column in columns.items():
            if column:
                text += f'[[event]]\nkind = "{kind}"\ndate = {{ column = "{column}", formats = ["{layout}"] }}\n'
        yield name, _scored(path, _by_map(text, path))


def _by_map(text: str, path: Path) -> dict[str, Row]:
    with TemporaryDirectory() as folder:
        plan = Path(folder) / "right.toml"
        plan.write_text(text, encoding="utf-8")
        return _rows(importer(plan).read(BytesIO(path.read_bytes()), path.name))


def _rows(entries: object) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for entry in entries:  # type: ignore[attr-defined]
        if not isinstance(entry, Draft) or entry.content.get("record") != "agreement":
            continue
        content = entry.content
        codes = [party_of(party["code"], PARTIES.code) for party in content["parties"]]
        acts = set()
        for event in content["events"]:
            if event.get("date"):
                acts.add((event["kind"], event["date"]))
            if event.get("effective_date"):  # of an accession: when it came into force
                acts.add(("entered_into_force", event["effective_date"]))
        known = frozenset(code for code in codes if code)
        rows[entry.where] = Row(content.get("title"), known, None in codes, frozenset(acts))
    return rows


def _table(path: Path) -> dict[str, Row]:
    """The rows of a UN table by the importer that is made for them: an act of a party each."""
    rows: dict[str, Row] = {}
    for entry in un_status.read_path(path):
        if not isinstance(entry, Draft) or entry.content.get("record") != "agreement":
            continue
        for event in entry.content.get("events", ()):
            for party in event.get("parties") or ():
                code = party_of(party, PARTIES.code)
                if code and event.get("date"):
                    row = rows.setdefault(code, Row(None, frozenset({code})))
                    row.acts |= {(event["kind"], event["date"])}
        for party in entry.content.get("parties", ()):
            if code := party_of(party["code"], PARTIES.code):
                rows.setdefault(code, Row(None, frozenset({code})))
    return rows


def _scored(path: Path, right: dict[str, Row]) -> Score:
    started = time.process_time()
    text = first_map(path).text
    score = Score(questions=len(open_questions(text)), seconds=time.process_time() - started)
    titled = NO_TITLE not in text
    drafted = _by_map(text.replace(NO_TITLE, 'title = { value = "?" }'), path)
    by_party = not any(", row" in where for where in right)
    if by_party:
        drafted = {next(iter(row.parties), where): row for where, row in drafted.items()}
    for where, wanted in right.items():
        got = drafted.get(where)
        if not by_party and wanted.title is not None:
            _note(score, score.title, where, "title", None if got is None or not titled else got.title == wanted.title)
        _note(score, score.parties, where, "parties", _parties(got, wanted))
        for act in wanted.acts:
            if got is None or act not in got.acts:
                score.days["open"] += 1
        for act in got.acts if got else ():
            _note(score, score.days, where, f"day {act}", act in wanted.acts)
    return score


def _parties(got: Row | None, wanted: Row) -> bool | None:
    if got is None or got.unknown or got.parties < wanted.parties:
        return None
    return got.parties == wanted.parties


def _note(score: Score, part: Counter[str], where: str, what: str, fits: bool | None) -> None:
    part["open" if fits is None else "right" if fits else "wrong"] += 1
    if fits is False:
        score.wrong.append(f"{where}: {what}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
