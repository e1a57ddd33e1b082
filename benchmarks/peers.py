"""Other programs that keep records, doing the same work on the same rich agreements, in turn.

    python benchmarks/peers.py STORE PYTHON [--rounds 3] [--only NAME ...]

``sqlite-utils``, DuckDB and Datasette are installed from the package index into the scratch environment of ``PYTHON``;
Taskwarrior and hledger are asked where the machine has them. What is not there, or cannot be installed, is passed over
with a word. Each holds the same facts in its own form: sqlite-utils (and Datasette over the same file) the very rows of
our tables, derived ones included; DuckDB the nested records; Taskwarrior a task an agreement with its parties and focus
areas as tags, and its events, signatories, claims and citations as annotations; hledger a transaction an agreement with
its parties as postings and the rest as comments. Making that is its bulk import.

Each work is done by one program after the other, import and export once, the rest ``--rounds`` times; the least counts.
What is added again is another agreement that looks like the first.
CPU seconds of whole processes, user and system time, start-up included.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from bulk import tables
from processes import clean_environment, cost, program

WORK = ("import", "list", "filtered", "search", "counts", "export", "add")
ONCE = ("import", "export")
"""Work that is done in the first round only: it fills what is empty, or takes long enough to be told by one run."""

Command = tuple[list[str], bytes]
"""What is run, and its input."""

Commands = Mapping[str, Sequence[Command]]
"""By the name of the work, the commands that do it."""

TITLE = "Arrangement on a benchmark"


class Place(NamedTuple):
    """Where a peer works: its folder, its Python, our store, and its records as NDJSON."""

    folder: Path
    python: str
    store: Path
    records: Path

    def agreements(self) -> Iterator[dict[str, Any]]:
        """Yield the agreements of the records."""
        with self.records.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["record"] == "agreement":
                    yield record


def own(place: Place) -> Commands:
    """Return our own commands, on a store that they import themselves."""
    run = program(place.folder / "own.db")
    page = ["--json", "--limit", "20"]
    new = [TITLE, "--party", "USA", "--type", "arrangement", "--signed", "2020-01-01", "--yes"]
    return {
        "import": [([*run, "import", str(place.records), "--quiet"], b"")],
        "list": [([*run, "list", *page], b"")],
        "filtered": [([*run, "list", "party:JPN", *page], b"")],
        "search": [([*run, "search", "exchange", *page], b"")],
        "counts": [([*run, "compare", "binding", "--by", "type", "--json"], b"")],
        "export": [([*run, "export", "-f", "ndjson"], b"")],
        "add": [([*run, "add", *new], b"")],
    }


def sqlite_utils(place: Place) -> Commands:
    """Return the commands of sqlite-utils, which has a command line over SQLite: the rows of our tables."""
    run, file = [place.python, "-m", "sqlite_utils"], str(place.folder / "utils.db")
    held = _rows(place)
    made = [([*run, "insert", file, name, str(rows), "--nl"], b"") for name, rows in held.items()]
    made += [
        ([*run, "create-index", file, *columns, "--if-not-exists"], b"")
        for columns in (("agreement", "ref"), ("agreement", "instrument_type"), ("participation", "code"))
    ]
    made.append(([*run, "enable-fts", file, "agreement", "title", "--create-triggers"], b""))
    page = "SELECT ref, title FROM agreement {} ORDER BY ref LIMIT 20"
    japanese = "WHERE id IN (SELECT agreement_id FROM participation WHERE code = 'JPN')"
    counts = (
        "SELECT instrument_type, sum(binding_status = 'binding'), sum(binding_status = 'non_binding'), count(*)"
        " FROM agreement GROUP BY instrument_type"
    )
    new = json.dumps({"ref": "new", "title": TITLE, "instrument_type": "arrangement"}).encode()
    return {
        "import": made,
        "list": [([*run, file, page.format("")], b"")],
        "filtered": [([*run, file, page.format(japanese)], b"")],
        "search": [([*run, "search", file, "agreement", "exchange", "--limit", "20"], b"")],
        "counts": [([*run, file, counts], b"")],
        "export": [([*run, "rows", file, name, "--nl"], b"") for name in held],
        "add": [([*run, "insert", file, "agreement", "-"], new)],
    }


def _rows(place: Place) -> dict[str, Path]:
    """Write the rows of each table of our store as NDJSON; those without a row are left out."""
    written = {}
    with closing(sqlite3.connect(f"file:{place.store}?mode=ro", uri=True)) as source:
        for name in tables(source):
            file = place.folder / f"{name}.ndjson"
            if not file.exists():
                rows = source.execute(f"SELECT * FROM {name}")
                keys = [column[0] for column in rows.description]
                with file.open("w", encoding="utf-8") as out:
                    out.writelines(json.dumps(dict(zip(keys, row, strict=True))) + "\n" for row in rows)
            if file.stat().st_size:
                written[name] = file
    return written


def duckdb(place: Place) -> Commands:
    """Return what Python does with DuckDB: the nested records, one row an agreement."""
    file, records = place.folder / "duck.db", place.folder / "agreements.ndjson"
    with records.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in place.agreements())

    def asks(sql: str) -> Sequence[Command]:
        code = f"import duckdb\nfor row in duckdb.connect({str(file)!r}).execute({sql!r}).fetchall(): print(row)"
        return [([place.python, "-c", code], b"")]

    japanese = "list_contains([party.code FOR party IN parties], 'JPN')"
    binding = "count(*) FILTER (binding_status = 'binding'), count(*) FILTER (binding_status = 'non_binding'), count(*)"
    read = f"read_json_auto('{records}', maximum_depth = -1, sample_size = -1)"
    return {
        "import": asks(f"CREATE TABLE a AS SELECT * FROM {read}"),
        "list": asks("SELECT ref, title FROM a ORDER BY ref LIMIT 20"),
        "filtered": asks(f"SELECT ref, title FROM a WHERE {japanese} ORDER BY ref LIMIT 20"),
        "search": asks("SELECT ref FROM a WHERE title ILIKE '%exchange%' LIMIT 20"),
        "counts": asks(f"SELECT instrument_type, {binding} FROM a GROUP BY instrument_type"),
        "export": asks(f"COPY a TO '{place.folder / 'duck.ndjson'}' (FORMAT json)"),
        "add": asks(f"INSERT INTO a (ref, title, instrument_type) VALUES ('new', '{TITLE}', 'arrangement')"),
    }


def datasette(place: Place) -> Commands:
    """Return pages of Datasette over the file that sqlite-utils made."""
    run = [place.python, "-m", "datasette", str(place.folder / "utils.db"), "--get"]

    def page(asked: str) -> Sequence[Command]:
        return [([*run, f"/utils/agreement.json?_size=20&{asked}"], b"")]

    japanese = (
        "/utils.json?sql=select+ref,title+from+agreement+where+id+in+(select+agreement_id+from+participation"
        "+where+code='JPN')+order+by+ref+limit+20"
    )
    return {
        "list": page("_sort=ref"),
        "filtered": [([*run, japanese], b"")],
        "search": page("_search=exchange"),
        "counts": page("_facet=instrument_type"),
    }


def remarks(record: dict[str, Any]) -> Iterator[str]:
    """Yield what a record says beside its title, kind, parties and focus areas, a line each."""
    for event in record["events"]:
        yield f"{event['kind']} {event['date'] or ''} {' '.join(event['parties'])}"
    for signatory in record["signatories"]:
        yield f"signatory {signatory['person']} {signatory['office']} for {signatory['party']}"
    for claim in record["claims"]:
        yield f"claim {claim['field']} is {json.dumps(claim['value'])} says {' '.join(claim['sources'])}"
    for citation in record["sources"]:
        yield f"source {citation['source']} {citation['locator'] or ''}"
    for relation in record["relations"]:
        yield f"{relation['type']} {relation['target']}"
    yield from (*record["aliases"], *record["notes"], *record["open_questions"])


def taskwarrior(place: Place) -> Commands:
    """Return the commands of Taskwarrior: an agreement is a task."""
    settings = place.folder / "taskrc"
    settings.write_text(f"data.location={place.folder / 'tasks'}\nconfirmation=off\n")
    run = [shutil.which("task") or "", f"rc:{settings}"]
    tasks = place.folder / "tasks.ndjson"
    with tasks.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(task(record)) + "\n" for record in place.agreements())
    return {
        "import": [([*run, "import", str(tasks)], b"")],
        "list": [([*run, "limit:20", "list"], b"")],
        "filtered": [([*run, "+JPN", "limit:20", "list"], b"")],
        "search": [([*run, "description.contains:exchange", "limit:20", "list"], b"")],
        "counts": [([*run, "summary"], b"")],
        "export": [([*run, "export"], b"")],
        "add": [([*run, "add", TITLE, "project:arrangement", "+USA"], b"")],
    }


def task(record: dict[str, Any]) -> dict[str, Any]:
    """Return an agreement as a task; annotations are told apart by their second."""
    return {
        "description": record["title"],
        "project": record["instrument_type"],
        "status": "pending",
        "tags": [*(party["code"] for party in record["parties"]), *record["focus_areas"], record["binding_status"]],
        "annotations": [
            {"entry": f"20200101T0000{second:02}Z", "description": remark}
            for second, remark in enumerate(list(remarks(record))[:60])
        ],
    }


def hledger(place: Place) -> Commands:
    """Return the commands of hledger: an agreement is a transaction on the accounts of its kind and its parties."""
    journal = place.folder / "register.journal"
    with journal.open("w", encoding="utf-8") as out:
        for record in place.agreements():
            signed = record["events"][0]["date"] if record["events"] else None
            day = signed if signed and len(signed) == len("2020-01-01") else "2000-01-01"
            lines = [f"{day} {record['title'].replace(';', ',')}"]
            lines += [f"    ; {remark}" for remark in remarks(record)]
            lines.append(f"    kind:{record['instrument_type']}:{record['binding_status']}  1")
            lines += [f"    party:{party['code']}  1" for party in record["parties"]]
            lines += [f"    focus:{area}  1" for area in record["focus_areas"]]
            out.write("\n".join([*lines, "    register", "", ""]))
    run = [shutil.which("hledger") or "", "-f", str(journal)]
    return {
        "list": [([*run, "print"], b"")],
        "filtered": [([*run, "print", "party:JPN"], b"")],
        "search": [([*run, "print", "desc:exchange"], b"")],
        "counts": [([*run, "balance", "kind:"], b"")],
        "export": [([*run, "print", "-O", "json"], b"")],
    }


class Peer(NamedTuple):
    """A program, its commands, and what it is called in the package index or on the machine."""

    name: str
    commands: Callable[[Place], Commands]
    module: str = ""
    program: str = ""


PEERS = (
    Peer("tracker", own),
    Peer("sqlite-utils", sqlite_utils, module="sqlite_utils"),
    Peer("DuckDB", duckdb, module="duckdb"),
    Peer("Datasette", datasette, module="datasette"),
    Peer("Taskwarrior", taskwarrior, program="task"),
    Peer("hledger", hledger, program="hledger"),
)


def table(place: Place, rounds: int, names: Sequence[str] = ()) -> Iterator[str]:
    """Measure all on the records of a store, in turn, and yield a table with ours first."""
    absences = {peer.name: absent(peer, place) for peer in PEERS if not names or peer.name in names}
    commands = {peer.name: peer.commands(place) for peer in PEERS if absences.get(peer.name) == ""}
    environment = clean_environment(place.folder)
    spent: dict[tuple[str, str], float] = {}
    for taken in range(rounds):
        for work in WORK:
            if taken and work in ONCE:
                continue
            for name, does in commands.items():
                if work in does:
                    os.sync()  # who waits for the disk next would pay for what others wrote
                    cpu = sum(cost(command, environment, given=given).cpu for command, given in does[work])
                    spent[name, work] = min(cpu, spent.get((name, work), cpu))
    number = sum(1 for _ in place.agreements())
    yield f"| {number:,} rich agreements, CPU seconds | {' | '.join(WORK)} |"
    yield "|---" * (len(WORK) + 1) + "|"
    for name, why in absences.items():
        cells = (_written(spent[name, work]) if (name, work) in spent else "" for work in WORK)
        yield f"| {name} | {why or ' | '.join(cells)} |"
    if "sqlite-utils" in commands and "tracker" in commands:
        ratios = (spent["tracker", work] / spent["sqlite-utils", work] for work in ("import", "export"))
        yield "\nOurs beside sqlite-utils on the same rows: import {:.2f}, export {:.2f}.".format(*ratios)


def _written(seconds: float) -> str:
    """Write a figure: milliseconds where they tell two apart."""
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}"


def measured(store: Path, python: str, rounds: int, names: Sequence[str] = ()) -> Iterator[str]:
    """Yield the table of all on the records of a store, made in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.ndjson"
        cost([*program(store), "export", "-f", "ndjson"], clean_environment(Path(folder)), records)
        yield from table(Place(Path(folder), python, store, records), rounds, names)


def absent(peer: Peer, place: Place) -> str:
    """Return why a peer cannot be asked, '' where it can; what comes from the package index is installed."""
    if peer.program:
        return "" if shutil.which(peer.program) else "not on this machine"
    asked = [place.python, "-c", f"import {peer.module}"]
    if not peer.module or subprocess.run(asked, capture_output=True, check=False).returncode == 0:
        return ""
    command = [place.python, "-m", "pip", "install", "--quiet", peer.module.replace("_", "-")]
    done = subprocess.run(command, capture_output=True, check=False)
    return "cannot be installed here" if done.returncode else ""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("store", type=Path, help="a register of rich_register.py")
    parser.add_argument("python", help="a Python of a scratch environment in which peers are, or may be, installed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=(), choices=[peer.name for peer in PEERS])
    asked = parser.parse_args()
    print(*measured(asked.store, asked.python, asked.rounds, asked.only), sep="\n", flush=True)


if __name__ == "__main__":
    main()
