"""Relations between agreements as the store keeps them, and references that lead nowhere.

A relation stands once, in its active direction, in the record that acts. References are held against the store before a
change is kept, and told by the path in the record where they stand. Foreign keys are deferred to the commit, so that an
import may come in any order; SQLite then says only that one of them is broken. What is broken is looked up here, table
by table.
"""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from json import dumps

from tracker.errors import InvalidRecord, LooseReferences
from tracker.read.file.connection import Reader
from tracker.record.document import IDENTITY
from tracker.record.relations import INVERSES, active
from tracker.record.shapes import AGREEMENT, RELATION
from tracker.record.types import Field, Record
from tracker.record.values import names_of
from tracker.store.rows import table_rows as changes
from tracker.store.rows.record_rows import LETTERS, citation_row, relation_row
from tracker.store.rows.table_rows import Document
from tracker.store.write import surroundings
from tracker.store.write.change import Change, Marks

MOST = 5
"""How many references to nothing are looked up, and named where one record has them."""

WORDS = {"party": "party", "person": "person", "family": "family", "focus_area": "focus area", "source": "source"}

Locate = Callable[[Record], str]

DETAILS = tuple(field.key for field in RELATION.own_fields if field.stored_as and field.key not in ("type", "target"))
"""What may be said of a relation besides its type and target."""

OBJECT_KEYS: tuple[tuple[str, str, str, str, str], ...] = (
    ("party_member", "organisation", "code", "party", "members[{}].code"),
    ("focus_area", "code", "parent", "focus_area", "parent"),
    ("family_source", "family_id", "source_id", "source", "sources"),
)
"""Foreign keys of other objects: table, column naming the object, column that refers, kind, path."""


def _keys() -> Iterator[tuple[str, str, str, Locate]]:
    for outer in AGREEMENT.fields:
        if outer.table:
            yield outer.table, "code", outer.type.names, partial(_listed, outer)
        shape = outer.type.shape if outer.cell == "children" else None
        for inner in shape.fields if shape else ():
            if inner.table:
                yield inner.table, "code", inner.type.names, partial(_among_items, outer, inner)
            elif shape and inner.type.names in IDENTITY and not inner.type.many:
                yield shape.table, inner.stored_as, inner.type.names, partial(_at, outer, inner)
    yield "citation", "source_id", "source", lambda row: cited_at(row["owner"], row["source_id"])


def _at(outer: Field, inner: Field, row: Record) -> str:
    """Return the path of a reference that is a cell of an item's row."""
    shape = outer.type.shape
    item = {field.key: row[field.stored_as] for field in shape.fields if field.stored_as} if shape else {}
    name = f"{shape.letter}{row['number']}" if shape and shape.numbered else names_of(outer.key, item)[0]
    return f"{outer.key}[{name}].{inner.key}"


def _listed(outer: Field, _: Record) -> str:
    """Return the path of a reference in a list of codes."""
    return outer.key


def _among_items(outer: Field, inner: Field, row: Record) -> str:
    """Return the path of a reference in a list that an item holds."""
    letter = outer.type.shape.letter if outer.type.shape else ""
    return f"{outer.key}[{letter}{row['number']}].{inner.key}"


def name(relation: Document) -> str:
    """Return the path of a relation in its record."""
    return f"relations[{relation['type']} {relation['target'] or relation['target_title'] or ''}]".replace(" ]", "]")


def cited_at(owner: str, source: str) -> str:
    """Return the path of a citation by its owner."""
    if not owner:
        return f"sources[{source}].source"
    name = LETTERS.get(owner[0]) if owner[1:].isdecimal() else None
    return f"{name}[{owner}].sources" if name else f"{owner}.sources"


KEYS = tuple(_keys())
"""Foreign keys of an agreement's children: table, column, kind of object referred to, path of the reference."""


def refuse_dangling(change: Change) -> None:
    """Refuse references to nothing; no answer means that there are none.

    Raises InvalidRecord with the paths where they stand in one record, LooseReferences with their number and the first
    of them where they stand in several.
    """
    dangling = list(islice(_dangling(change), MOST))
    if not dangling:
        return
    where, path, kind, identity = dangling[0]
    if any(other != where for other, *_ in dangling):
        count = sum(_rows(change.connection, sql, binds)[0]["number"] for sql, binds in _countings(change))
        first = f"there is no {WORDS.get(kind, kind)} {identity!r} in the store"
        raise LooseReferences(f"{count} references lead nowhere, the first at {where} {path}: {first}")
    raise InvalidRecord(where, [(path, _message(change.connection, *named)) for _, path, *named in dangling])


def refuse_unknown_codes(change: Change) -> None:
    """Raise InvalidRecord for codes of parties inside JSON columns, which no foreign key guards."""
    for code, (where, path) in change.codes.items():
        if change.connection.execute("SELECT 1 FROM party WHERE code = ?", (code,)).fetchone() is None:
            raise InvalidRecord(where, [(path, _message(change.connection, "party", code))])


def _dangling(change: Change) -> Iterator[tuple[str, str, str, str]]:
    """Yield (record, path, kind, identity) of references to nothing."""
    chosen, binds = _among(change)
    for table, column, kind, locate in KEYS:
        sql = (
            f"SELECT a.ref AS record, t.* FROM {table} AS t JOIN agreement AS a ON a.id = t.agreement_id"
            f" WHERE {_leads_nowhere(column, kind)}{chosen} ORDER BY t.agreement_id LIMIT {MOST}"
        )
        for row in _rows(change.connection, sql, binds):
            yield row["record"], locate(row), kind, row[column]
    for table, owner, column, kind, path in OBJECT_KEYS:
        sql = (
            f"SELECT t.{owner} AS record, t.{column} AS identity FROM {table} AS t"
            f" WHERE {_leads_nowhere(column, kind)} LIMIT {MOST}"
        )
        for row in _rows(change.connection, sql, {}):
            yield row["record"], path.format(row["identity"]), kind, row["identity"]


def _countings(change: Change) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the statements that count what ``_dangling`` finds."""
    chosen, binds = _among(change)
    for table, column, kind, _ in KEYS:
        yield f"SELECT count(*) AS number FROM {table} AS t WHERE {_leads_nowhere(column, kind)}{chosen}", binds
    for table, _, column, kind, _ in OBJECT_KEYS:
        yield f"SELECT count(*) AS number FROM {table} AS t WHERE {_leads_nowhere(column, kind)}", {}


def _leads_nowhere(column: str, kind: str) -> str:
    there = f"SELECT 1 FROM {kind} AS p WHERE p.{IDENTITY[kind]} = t.{column}"
    return f"t.{column} IS NOT NULL AND NOT EXISTS ({there})"


def _among(change: Change) -> tuple[str, dict[str, str]]:
    """Of a small change only what it touched is looked at."""
    if change.is_large or change.undoes is not None:
        return "", {}
    return " AND t.agreement_id IN (SELECT value FROM json_each(:ids))", {"ids": dumps(sorted(change.touched))}


def _rows(connection: sqlite3.Connection, sql: str, binds: dict[str, str]) -> list[Record]:
    cursor = connection.execute(sql, binds)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _message(connection: sqlite3.Connection, kind: str, identity: str) -> str:
    """Compose what is missing, with near ones where there are any."""
    from tracker.text.names import suggest

    column = IDENTITY[kind]
    known = [row[0] for row in connection.execute(f"SELECT {column} FROM {kind} ORDER BY {column} LIMIT 20000")]
    near = suggest(identity, known)
    hint = f"did you mean {' or '.join(near)}?" if near else "record it first, or correct the name"
    return f"there is no {WORDS.get(kind, kind)} {identity!r} in the store; {hint}"


def split(ref: str, relations: list[Record]) -> tuple[list[Record], list[tuple[str, Record]]]:
    """Return the relations that stay in the record, and those that belong into another: (its ref, active relation)."""
    own: list[Record] = []
    others: list[tuple[str, Record]] = []
    for relation in relations:
        kind, swapped = active(relation["type"])
        target = relation["target"]
        if target == ref:
            raise InvalidRecord(ref, [(name(relation), "an agreement has no relation to itself; name the other one")])
        if not swapped:
            own.append(relation)
        elif target is None:
            text = f"{kind!r} stands in the other record, which is not named; record that one first, or write a note"
            raise InvalidRecord(ref, [(name(relation), text)])
        else:
            others.append((target, {**relation, "type": kind, "target": ref, "target_title": None}))
    return own, others


def note_edges(change: Change, agreement_id: int, relations: list[Record]) -> None:
    """Remember from where cycles have to be looked for before the change is kept."""
    for relation in relations:
        if relation["target"] is not None and relation["type"] in INVERSES:
            change.edges[relation["type"]][agreement_id] = 1


def receive(change: Change, owner: str, relation: Record) -> int:
    """Store a relation, said in its target's record, in the record that acts; return its id if that changed it, else 0.

    Where it is there already, only what was left out is filled in.
    """
    row = change.connection.execute("SELECT id FROM agreement WHERE ref = ?", (owner,)).fetchone()
    if row is None:
        path = f"relations[{relation['type']} {relation['target']}]"
        text = f"{relation['target']} names it, but there is no such agreement; record {owner} first"
        raise InvalidRecord(owner, [(path, text)])
    agreement_id = int(row[0])
    stored = change.connection.execute(
        f"SELECT position, type, target, {', '.join(DETAILS)} FROM relation WHERE agreement_id = ?",
        (agreement_id,),
    ).fetchall()
    same = next((old for old in stored if old[1] == relation["type"] and old[2] == relation["target"]), None)
    if same is None:
        position = max((old[0] for old in stored), default=-1) + 1
        changes.insert_row(
            change.connection, {"relation": [relation_row(relation, agreement_id, position)]}, change.stamp()
        )
        note_edges(change, agreement_id, [relation])
        _cite(change, agreement_id, position, relation["sources"])
    else:
        details = dict(zip(DETAILS, same[3:], strict=True))
        missing = {key: relation[key] for key in DETAILS if details[key] is None and relation[key] is not None}
        cited = _cite(change, agreement_id, same[0], relation["sources"])
        if not missing and not cited:
            return 0
        for key, value in missing.items():
            change.connection.execute(
                f"UPDATE relation SET {key} = ?, since = ? WHERE agreement_id = ? AND position = ?",  # one of DETAILS
                (value, change.stamp(), agreement_id, same[0]),
            )
    surroundings.note_received(change, owner, relation)
    change.touch(agreement_id)
    return agreement_id


def _cite(change: Change, agreement_id: int, position: int, sources: list[str]) -> bool:
    """Add sources to a relation that do not stand there yet; tells whether there were any."""
    owner = f"relations[{position}]"
    stored = change.connection.execute(
        "SELECT source_id FROM citation WHERE agreement_id = ? AND owner = ? ORDER BY position", (agreement_id, owner)
    ).fetchall()
    known = [row[0] for row in stored]
    rows = [
        citation_row(agreement_id, owner, number, source)
        for number, source in enumerate((source for source in sources if source not in known), len(known))
    ]
    if rows:
        changes.insert_row(change.connection, {"citation": rows}, change.stamp())
    return bool(rows)


def way_round(change: Change, kind: str, edge: tuple[str, str]) -> str:
    """Return the circle in which a relation lies, in words."""
    row = change.connection.execute("SELECT id FROM agreement WHERE ref = ?", edge[:1]).fetchone()
    return f" {kind} ".join(_refs(change, _cycle(change, kind, int(row[0]), Marks())))


def refuse_cycles(change: Change) -> None:
    """Look for a way back to any agreement that got a relation by this change, type by type.

    It is told from the first of these by its ref, or of all where another program closed it.
    Walks each part of the graph once, so that an import of many relations costs no more than their number.
    """
    for kind, starts in change.edges.items():
        done = Marks()
        for start in starts:
            if not done[start] and (cycle := _cycle(change, kind, start, done)):
                refs = _refs(change, cycle)
                first = refs.index(min([ref for ref, key in zip(refs, cycle, strict=True) if starts[key]] or refs))
                refs = [*refs[first:-1], *refs[: first + 1]]
                text = f"closes a circle: {f' {kind} '.join(refs)}; one of these relations is wrong"
                raise InvalidRecord(refs[0], [(f"relations[{kind} {refs[1]}]", text)])


def edges(change: Change, kind: str) -> list[tuple[str, str]]:
    """Return all relations of a type, each by the ref of the record that acts and of the other."""
    rows = change.connection.execute(
        "SELECT a.ref, r.target FROM relation AS r JOIN agreement AS a ON a.id = r.agreement_id"
        " WHERE r.type = ? AND r.target IS NOT NULL ORDER BY a.id, r.position",
        (kind,),
    ).fetchall()
    return [(str(start), str(end)) for start, end in rows]


def drop(change: Change, kind: str, edge: tuple[str, str]) -> None:
    """Take a relation out of a change that is not kept, so that what else is wrong with it shows."""
    change.connection.execute(
        "DELETE FROM relation WHERE type = ? AND target = ?"
        " AND agreement_id = (SELECT id FROM agreement WHERE ref = ?)",
        (kind, edge[1], edge[0]),
    )


def _cycle(change: Change, kind: str, start: int, done: Marks) -> list[int]:
    """Return the agreements of a cycle that can be reached from ``start``, the first one again at the end; or none.

    ``done`` gets a mark for each agreement from which none can be reached.
    """
    path = [start]
    on_path = {start}
    ahead = [_targets(change, kind, start)]
    while ahead:
        target = next(ahead[-1], None)
        if target is None:
            ahead.pop()
            left = path.pop()
            on_path.discard(left)
            done[left] = 1
        elif target in on_path:
            return [*path[path.index(target) :], target]
        elif not done[target]:
            path.append(target)
            on_path.add(target)
            ahead.append(_targets(change, kind, target))
    return []


def _targets(change: Change, kind: str, agreement_id: int) -> Iterator[int]:
    rows = change.connection.execute(
        "SELECT a.id FROM relation AS r JOIN agreement AS a ON a.ref = r.target"
        " WHERE r.agreement_id = ? AND r.type = ? ORDER BY r.position",
        (agreement_id, kind),
    ).fetchall()
    return iter([int(row[0]) for row in rows])


def _refs(change: Change, ids: list[int]) -> list[str]:
    sql = "SELECT ref FROM agreement WHERE id = ?"
    return [str(change.connection.execute(sql, (key,)).fetchone()[0]) for key in ids]


def areas_above(reader: Reader, code: str) -> list[str]:
    """Return the focus areas above one, the nearest first; a circle is walked once."""
    above: list[str] = []
    parent = _area_above(reader, code)
    while parent is not None and parent not in above:
        above.append(parent)
        parent = _area_above(reader, parent)
    return above


def refuse_circle(reader: Reader, code: str) -> None:
    """Raise InvalidRecord where a focus area stands above itself."""
    if message := area_circle(reader, code):
        raise InvalidRecord(f"focus area {code}", [("parent", message)])


def area_circle(reader: Reader, code: str) -> str:
    """Say in which circle a focus area stands above itself; nothing where it does not."""
    way = areas_above(reader, code)
    if code not in way:
        return ""
    circle = " under ".join([code, *way[: way.index(code) + 1]])
    return f"closes a circle: {circle}; choose another one"


def area_edges(reader: Reader) -> list[tuple[str, str]]:
    """Return the codes of focus areas, each with that of the one above it."""
    rows = reader.tuples("SELECT code, parent FROM focus_areas WHERE parent IS NOT NULL ORDER BY code")
    return [(str(code), str(parent)) for code, parent in rows]


def drop_area(change: Change, code: str) -> None:
    """Take what stands above a focus area out of a change that is not kept, so that what else is wrong shows."""
    change.connection.execute("UPDATE focus_area SET parent = NULL WHERE code = ?", (code,))


def _area_above(reader: Reader, code: str) -> str | None:
    parent = reader.scalar("SELECT parent FROM focus_areas WHERE code = :code", {"code": code})
    return None if parent is None else str(parent)
