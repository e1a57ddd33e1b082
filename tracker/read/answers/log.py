"""The log of changes: what was done to the register, when, by whom, and what was taken back."""

from collections.abc import Iterable, Sequence
from itertools import islice
from json import loads

from tracker.read.file.connection import Reader
from tracker.record.shapes import child_tables
from tracker.table import Column, Table

SHOWN = 5
"""Names of what a change touched that are listed; the rest is counted."""

COLUMNS = (
    Column("change", "count"),
    Column("at", "text", weight=7, least=20),
    Column("actor", "text", least=8),
    Column("command", "text", weight=8, least=24),
    Column("touched", "list", weight=6, least=16),
    Column("count", "count"),
    Column("undoes", "count"),
    Column("undone_by", "count", "undone by"),
    Column("note", "text"),
)

CHILDREN = (*child_tables(), "span")
"""Tables of what belongs to an agreement, by ``agreement_id``."""


def standing(log: Iterable[tuple[int, int | None]], *, undos: bool = False) -> list[int]:
    """Return the changes that were not taken back, oldest first; with ``undos`` those that take one back as well.

    ``log`` holds (id, id of the change it takes back) in order. To take back an undo brings the first change back.
    """
    gone: set[int] = set()
    depth: dict[int, int] = {}
    kept: list[int] = []
    entries = list(log)
    for number, undoes in entries:
        depth[number] = 0 if undoes is None else depth.get(undoes, 0) + 1
    for number, undoes in reversed(entries):
        if number in gone:
            continue
        if undoes is not None:
            gone.add(undoes)
        if undos or depth[number] % 2 == 0:
            kept.append(number)
    return kept[::-1]


def log(reader: Reader, ref: str | None, *, limit: int | None) -> Table:
    """Return the changes, the newest first; with a ref those that touched that agreement."""
    sql = "SELECT id, at, actor, command, subjects, undoes, note FROM changes ORDER BY id DESC"
    undone_by: dict[int, int] = dict(reader.tuples("SELECT undoes, max(id) FROM changes GROUP BY undoes"))
    numbers = None if ref is None else touching(reader, ref)
    rows = (
        (number, at, actor, command, *_touched(subjects), undoes, undone_by.get(number), note)
        for number, at, actor, command, subjects, undoes, note in reader.tuples(sql)
        if numbers is None or number in numbers
    )
    filters = {} if ref is None else {"ref": ref}
    return Table("log", COLUMNS, list(islice(rows, limit)), title="Changes, the newest first", filters=filters)


def _touched(subjects: str | None) -> tuple[Sequence[str], int | None]:
    """Return the first names of what a change touched, and how many there are; None = not counted."""
    if subjects is None:
        return [], None
    names = list(dict.fromkeys(name for _, _, name in loads(subjects)))
    return names[:SHOWN] + (["..."] if len(names) > SHOWN else []), len(names)


def touching(reader: Reader, ref: str) -> set[int]:
    """Return the numbers of the changes that wrote any row of an agreement, or ended one."""
    ids = "SELECT id FROM agreement WHERE ref = :ref UNION SELECT id FROM agreement_past WHERE ref = :ref"
    changes: set[int] = set()
    for table, column in (("agreement", "id"), *((name, "agreement_id") for name in CHILDREN)):
        chosen = f"WHERE {column} IN ({ids})"
        sql = (
            f"SELECT since FROM {table} {chosen} UNION SELECT since FROM {table}_past {chosen}"
            f" UNION SELECT until FROM {table}_past {chosen}"
        )
        changes.update(number for (number,) in reader.tuples(sql, {"ref": ref}))
    return changes


def former(reader: Reader, text: str) -> str | None:
    """Return the ref of an agreement that was there once and was taken out, or None."""
    sql = "SELECT ref FROM agreement_past WHERE ref = :ref LIMIT 1"
    return None if reader.absent else reader.scalar(sql, {"ref": text.lower()})
