"""Other programs that keep records, doing the same work on the same agreements.

``sqlite-utils``, DuckDB and Datasette are installed from the package index into the scratch environment that is named;
Taskwarrior and hledger are asked where the machine has them. What is not there, or cannot be installed, is passed over
with a word. Each peer gets the agreements in its own form: a table of ref, title, kind, date and parties; a task or a
transaction an agreement. Making it is its bulk import.
"""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from processes import clean_environment, cost, program

COLUMNS = ("ref", "title", "kind", "signed", "parties")
SQL = (
    "SELECT ref, title, instrument_type, coalesce(substr(signed_earliest, 1, 10), ''), party_codes FROM agreement"
    " ORDER BY ref"
)
WORK = ("import", "list", "filtered", "search", "counts", "export", "add")
MOST_TASKS = 20_000
"""Records beyond which programs that read a whole text file for each question are not asked."""

Commands = Mapping[str, tuple[list[str], bytes]]
"""By the name of the work, a command and its input."""


class Place(NamedTuple):
    """Where a peer works: its folder, its Python, and the agreements as NDJSON."""

    folder: Path
    python: str
    records: Path
    number: int


def own(store: Path) -> Commands:
    """Return our own commands; the import is measured by ``bulk.py``."""
    run = program(store)
    page = ["--json", "--limit", "20"]
    return {
        "list": ([*run, "list", *page], b""),
        "filtered": ([*run, "list", "type:treaty", *page], b""),
        "search": ([*run, "search", "exchange", *page], b""),
        "counts": ([*run, "compare", "binding", "--by", "type", "--json"], b""),
        "export": ([*run, "export", "-f", "ndjson"], b""),
        "add": ([*run, "add", "Arrangement on a benchmark", "--party", "USA", "--dry-run"], b""),
    }


def sqlite_utils(place: Place) -> Commands:
    """Return the commands of sqlite-utils, which has a command line over SQLite."""
    run, file = [place.python, "-m", "sqlite_utils"], str(place.folder / "utils.db")
    where = ["SELECT ref, title FROM a {} ORDER BY ref LIMIT 20"]
    return {
        "import": ([*run, "insert", file, "a", str(place.records), "--nl", "--pk", "ref"], b""),
        "index": ([*run, "enable-fts", file, "a", "title", "--create-triggers"], b""),
        "list": ([*run, file, where[0].format("")], b""),
        "filtered": ([*run, file, where[0].format("WHERE kind = 'treaty'")], b""),
        "search": ([*run, "search", file, "a", "exchange", "--limit", "20"], b""),
        "counts": ([*run, file, "SELECT kind, count(*) FROM a GROUP BY kind"], b""),
        "export": ([*run, "rows", file, "a", "--nl"], b""),
        "add": ([*run, "insert", file, "a", "-", "--pk", "ref", "--replace"], json.dumps(NEW).encode()),
    }


NEW = dict(zip(COLUMNS, ("new", "Arrangement on a benchmark", "other", "2020-01-01", "USA"), strict=True))


def duckdb(place: Place) -> Commands:
    """Return what Python does with DuckDB."""
    file = place.folder / "duck.db"

    def asks(sql: str) -> tuple[list[str], bytes]:
        code = f"import duckdb\nfor row in duckdb.connect({str(file)!r}).execute({sql!r}).fetchall(): print(row)"
        return [place.python, "-c", code], b""

    return {
        "import": asks(f"CREATE TABLE a AS SELECT * FROM read_json_auto('{place.records}')"),
        "list": asks("SELECT ref, title FROM a ORDER BY ref LIMIT 20"),
        "filtered": asks("SELECT ref, title FROM a WHERE kind = 'treaty' ORDER BY ref LIMIT 20"),
        "search": asks("SELECT ref FROM a WHERE title ILIKE '%exchange%' LIMIT 20"),
        "counts": asks("SELECT kind, count(*) FROM a GROUP BY kind"),
        "export": asks(f"COPY a TO '{place.folder / 'duck.ndjson'}' (FORMAT json)"),
        "add": asks("INSERT INTO a VALUES ('new', 'Arrangement on a benchmark', 'other', '2020-01-01', 'USA')"),
    }


def datasette(place: Place) -> Commands:
    """Return pages of Datasette over the table that sqlite-utils made."""
    run = [place.python, "-m", "datasette", str(place.folder / "utils.db"), "--get"]
    return {
        "list": ([*run, "/utils/a.json?_size=20&_sort=ref"], b""),
        "filtered": ([*run, "/utils/a.json?_size=20&_sort=ref&kind=treaty"], b""),
        "search": ([*run, "/utils/a.json?_size=20&_search=exchange"], b""),
        "counts": ([*run, "/utils/a.json?_size=20&_facet=kind"], b""),
    }


def taskwarrior(place: Place) -> Commands:
    """Return the commands of Taskwarrior: an agreement is a task."""
    settings = place.folder / "taskrc"
    settings.write_text(f"data.location={place.folder / 'tasks'}\nconfirmation=off\n")
    run = [shutil.which("task") or "", f"rc:{settings}"]
    tasks = place.folder / "tasks.ndjson"
    with place.records.open() as records, tasks.open("w") as out:
        for line in records:
            record = json.loads(line)
            out.write(
                json.dumps({"description": record["title"], "project": record["kind"], "status": "pending"}) + "\n"
            )
    return {
        "import": ([*run, "import", str(tasks)], b""),
        "list": ([*run, "limit:20", "list"], b""),
        "filtered": ([*run, "project:treaty", "limit:20", "list"], b""),
        "search": ([*run, "description.contains:exchange", "limit:20", "list"], b""),
        "counts": ([*run, "summary"], b""),
        "export": ([*run, "export"], b""),
        "add": ([*run, "add", "Arrangement on a benchmark"], b""),
    }


def hledger(place: Place) -> Commands:
    """Return the commands of hledger: an agreement is a transaction on an account of its kind."""
    journal = place.folder / "register.journal"
    with place.records.open() as records, journal.open("w") as out:
        for line in records:
            record = json.loads(line)
            day = record["signed"] if len(record["signed"]) == len("2020-01-01") else "2000-01-01"
            out.write(f"{day} {record['title']}\n    {record['kind']}  1\n    register\n\n")
    run = [shutil.which("hledger") or "", "-f", str(journal)]
    return {
        "list": ([*run, "register"], b""),
        "filtered": ([*run, "register", "treaty"], b""),
        "search": ([*run, "register", "desc:exchange"], b""),
        "counts": ([*run, "balance"], b""),
        "export": ([*run, "print", "-O", "json"], b""),
    }


class Peer(NamedTuple):
    """Another program, what it is called in the package index, and how much of it is asked at most."""

    name: str
    commands: Callable[[Place], Commands]
    module: str = ""
    program: str = ""
    most: int | None = None


PEERS = (
    Peer("sqlite-utils", sqlite_utils, module="sqlite_utils"),
    Peer("DuckDB", duckdb, module="duckdb"),
    Peer("Datasette", datasette, module="datasette"),
    Peer("Taskwarrior", taskwarrior, program="task", most=MOST_TASKS),
    Peer("hledger", hledger, program="hledger"),
)


def table(store: Path, folder: Path, python: str) -> Iterator[str]:
    """Measure all on the agreements of a store and yield a table: CPU seconds, ours first."""
    records = folder / "flat.ndjson"
    with closing(sqlite3.connect(store)) as connection, records.open("w") as out:
        rows = connection.execute(SQL).fetchall()
        out.writelines(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in rows)
    place = Place(folder, python, records, len(rows))
    yield f"| {len(rows):,} agreements, CPU seconds | " + " | ".join(WORK) + " |"
    yield "|---" * (len(WORK) + 1) + "|"
    environment = clean_environment(folder)
    yield line("tracker", own(store), environment)
    for peer in PEERS:
        missing = absent(peer, place)
        yield f"| {peer.name} | {missing} |" if missing else line(peer.name, peer.commands(place), environment)


def line(name: str, commands: Commands, environment: dict[str, str]) -> str:
    """Run the work in order, each once, and return a line of the table."""
    spent = {work: cost(command, environment, given=given).cpu for work, (command, given) in commands.items()}
    return f"| {name} | " + " | ".join(f"{spent[work]:.2f}" if work in spent else "" for work in WORK) + " |"


def absent(peer: Peer, place: Place) -> str:
    """Return why a peer cannot be asked, '' where it can; what comes from the package index is installed."""
    if peer.most is not None and place.number > peer.most:
        return f"not asked of more than {peer.most:,}"
    if peer.program:
        return "" if shutil.which(peer.program) else "not on this machine"
    if subprocess.run([place.python, "-c", f"import {peer.module}"], capture_output=True, check=False).returncode == 0:
        return ""
    command = [place.python, "-m", "pip", "install", "--quiet", peer.module.replace("_", "-")]
    done = subprocess.run(command, capture_output=True, check=False)
    return "cannot be installed here" if done.returncode else ""
