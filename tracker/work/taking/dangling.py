"""References of what was just written that lead to nothing: every one of them, by the record in which it stands."""

from tracker.record.document import IDENTITY
from tracker.store.write.change import Change
from tracker.store.write.references import KEYS, OBJECT_KEYS, WORDS

Name = tuple[str, str]
"""Kind and ref, code or id of a record."""

_OWNERS = {"party_member": "party", "focus_area": "focus_area", "family_source": "family"}


def find(change: Change) -> dict[Name, str]:
    """Return the records with references to nothing, each with the first one's path and what is not there."""
    found: dict[Name, str] = {}
    for table, column, kind, locate in KEYS:
        target = IDENTITY[kind]
        cursor = change.connection.execute(
            f"SELECT a.ref AS record, t.* FROM {table} AS t JOIN agreement AS a ON a.id = t.agreement_id"  # noqa: S608  # names of the schema
            f" WHERE t.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {kind} AS p WHERE p.{target} = t.{column})"
        )
        names = [description[0] for description in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            found.setdefault(("agreement", row["record"]), _message(locate(row), kind, row[column]))
    for table, owner, column, kind, path in OBJECT_KEYS:
        target = IDENTITY[kind]
        rows = change.connection.execute(
            f"SELECT t.{owner}, t.{column} FROM {table} AS t WHERE t.{column} IS NOT NULL"  # noqa: S608  # names of the schema
            f" AND NOT EXISTS (SELECT 1 FROM {kind} AS p WHERE p.{target} = t.{column})"
        )
        for name, missing in rows:
            found.setdefault((_OWNERS[table], name), _message(path.format(missing), kind, missing))
    for code, (name, path) in change.codes.items():
        if change.connection.execute("SELECT 1 FROM party WHERE code = ?", (code,)).fetchone() is None:
            kind = "agreement" if path.startswith("terms") else "party"
            found.setdefault((kind, name), _message(path, "party", code))
    return found


def _message(path: str, kind: str, name: str) -> str:
    return f"{path}: there is no {WORDS.get(kind, kind)} {name!r} in the files or the store"
