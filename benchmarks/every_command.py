"""What ``all.py`` measures: one row a command or report, with the same figures by SQL where there are any.

``REF``, ``OTHER``, ``PERSON``, ``SOURCE`` and ``FAMILY`` stand for names in the register; what a register does not
hold is not asked for. The SQL is what somebody would write by hand in the ``sqlite3`` shell over the tables.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from floors import FLOORS


class Row(NamedTuple):
    """A command, as it is typed; the SQL of its floor; whether it writes."""

    typed: str
    floor: str = ""
    writes: bool = False


PAGE = "--json --limit 20"
ROWS: tuple[Row, ...] = (
    # Pages and records
    Row(f"list {PAGE}", "SELECT ref, title, signed FROM agreement ORDER BY ref LIMIT 20"),
    Row("list -f table --limit 20", "SELECT ref, title, signed FROM agreement ORDER BY ref LIMIT 20"),
    Row(f"list --sort signed {PAGE}", "SELECT ref, title FROM agreement ORDER BY signed_earliest, ref LIMIT 20"),
    Row(f"list --sort status {PAGE}"),
    Row(
        f"list party:JPN {PAGE}",
        "SELECT ref, title FROM agreement AS a WHERE EXISTS (SELECT 1 FROM participation AS p"
        " WHERE p.agreement_id = a.id AND p.code = 'JPN') ORDER BY ref LIMIT 20",
    ),
    Row(f"list party:JPN binding:binding {PAGE}"),
    Row(f"list signed:2015..2020 --sort signed {PAGE}"),
    Row(f"list --in-force --as-of 1990-01-01 {PAGE}"),
    Row(f"list status:unknown {PAGE}"),
    Row(f"list focus:cyber {PAGE}"),
    Row(f"list in_force_until:2010 {PAGE}"),
    Row(f"list conflict:open {PAGE}"),
    Row("list -f csv", "SELECT ref, title, signed, party_codes FROM agreement ORDER BY ref"),
    Row("list -f table --wide"),
    Row(f"search exchange {PAGE}", "SELECT rowid FROM search_index WHERE search_index MATCH 'exchange' LIMIT 20"),
    Row(f"search 'exchange notes' {PAGE}"),
    *(Row(f"{name} REF") for name in ("show", "status", "timeline", "lineage", "eif", "parties", "why", "cite")),
    *(Row(f"{name} REF") for name in ("claims", "dossier", "duplicates")),
    Row("show REF --json"),
    Row("compare REF OTHER"),
    # What hangs on agreements
    Row("party list", "SELECT code, count(*) FROM participation GROUP BY code"),
    Row("party show JPN"),
    Row("signatory list", "SELECT person_id, count(DISTINCT agreement_id) FROM signatory GROUP BY person_id"),
    Row("signatory show PERSON"),
    Row("source list", "SELECT source_id, count(DISTINCT agreement_id) FROM citation GROUP BY source_id"),
    Row("source show SOURCE"),
    Row("family list"),
    Row("family show FAMILY"),
    Row("focus list", "SELECT code, count(*) FROM agreement_focus GROUP BY code"),
    # Counted
    *(
        Row(f"compare binding --by {name}", FLOORS[f"compare binding --by {name}"])
        for name in ("party", "year", "focus", "status")
    ),
    Row("compare binding --by party --party JPN"),
    Row("compare parties USA JPN"),
    *(Row(name, floor) for name, floor in FLOORS.items() if name.startswith("report")),
    # In time
    Row("due --within 1y"),
    Row("due"),
    Row("due --party JPN --within 1y"),
    Row("gaps"),
    Row("gaps --party JPN"),
    Row("diff --from 2020-01-01"),
    Row(f"list --known-at 2100-01-01T00:00:00Z {PAGE}"),
    Row("log --limit 20"),
    # Looked after
    *(Row(name) for name in ("conflicts", "check", "duplicates", "store status", "store check")),
    Row("export -f ndjson"),
    Row("export -f csv"),
    Row("store backup COPY"),
    # What only the program is asked
    *(Row(name) for name in ("--help", "columns", "words status", "formats", "query list", "config", "schema")),
    # Written, to a copy and in this order
    Row("add 'Arrangement on a benchmark' --party USA --party JPN", writes=True),
    Row("event REF extended 2025", writes=True),
    Row("edit REF --add notes=seen", writes=True),
    Row("note REF 'the text was looked for'", writes=True),
    Row("link REF related_to OTHER", writes=True),
    Row("undo", writes=True),
    Row("import AGAIN", writes=True),
    Row("remove REF --yes", writes=True),
)

ELSEWHERE: Mapping[str, str] = {
    "attach": "copies a file",
    "publish": "writes a folder of files",
    "propose": "reads a text; the register is asked for a few agreements of it by its indexes",
    "claim": "writes one row, as note does",
    "demo": "makes a register of its own",
    "merge": "moves rows as link and remove do",
    "open": "starts a browser",
    "completion": "prints a script for a shell",
    "help": "prints a page of the manual",
}
"""Commands that are not measured, and why."""

NAMES: Mapping[str, str] = {
    "REF": "SELECT ref FROM agreement ORDER BY id LIMIT 1 OFFSET 40",
    "OTHER": "SELECT ref FROM agreement ORDER BY id LIMIT 1 OFFSET 41",
    "PERSON": "SELECT person_id FROM signatory WHERE person_id IS NOT NULL LIMIT 1",
    "SOURCE": "SELECT source_id FROM citation LIMIT 1",
    "FAMILY": "SELECT id FROM family LIMIT 1",
}
"""How the names are found in a store."""


def named(store: Path) -> dict[str, str]:
    """Return the names that stand in a store; those of what it does not hold are missing."""
    with closing(sqlite3.connect(store)) as connection:
        found = {name: connection.execute(sql).fetchone() for name, sql in NAMES.items()}
    return {name: str(row[0]) for name, row in found.items() if row}


def asked(names: Mapping[str, str], words: str = "") -> Iterator[tuple[Row, str]]:
    """Yield the rows whose names are known and in which the words stand, each with the command as it is typed then."""
    for row in ROWS:
        missing = [name for name in re.findall(r"\b[A-Z]{3,}\b", row.typed) if name in NAMES and name not in names]
        if not missing and words in row.typed:
            yield row, re.sub(r"\b[A-Z]{3,}\b", lambda match: names.get(match[0], match[0]), row.typed)
