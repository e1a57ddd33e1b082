"""A cell of a sheet, under the name of a field, set in a record; of a list each of its items between semicolons."""

from collections.abc import Collection
from copy import deepcopy

from tracker.errors import UsageProblem
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.record import values as paths
from tracker.record.merging.overlay import identity, union
from tracker.record.types import Json, Record, Shape
from tracker.work import typed


class Untaken(UsageProblem):
    """A cell that cannot be taken: each piece of it that cannot, and why; where nothing tells which, the whole."""

    def __init__(self, header: str, pieces: list[tuple[str, str]]) -> None:
        self.header, self.pieces = header, pieces
        super().__init__("; ".join(message for _, message in pieces))


class Rest(str):
    """What of a cell can be taken where some of its items cannot: it takes nothing away of what is held.

    An item that cannot be taken may be any of those held.
    """

    __slots__ = ()


def rest(cell: str, untaken: Collection[str]) -> Rest | None:
    """Return a cell without items that cannot be taken; None where nothing is left."""
    left = [part for part in _parts(cell) if part not in untaken]
    return Rest("; ".join(left)) if untaken and cell not in untaken and left else None


def put(reader: Reader, record: Record, header: str, cell: str, today: str) -> list[str]:
    """Set the field of a header to what its cell says, and return what is worth knowing of it; raises ``Untaken``."""
    try:
        held = deepcopy(_listed(record, header)) if isinstance(cell, Rest) else []
        _take(reader, record, header, cell, today)
    except (UsageProblem, paths.PathError) as error:
        raise Untaken(header, _untaken(reader, record, header, cell, today) or [_told(header, cell, error)]) from error
    remarks = _each_once(record, _parts(cell)) if header == "parties" else []
    if held:
        path = paths.parse(header)
        record[path.last.key] = _beside(held, record[path.last.key], path.last.field.type.shape)
    return remarks


def _take(reader: Reader, record: Record, header: str, cell: str, today: str) -> None:
    if header == "parties":
        for part in _parts(cell):
            names.refuse_word(reader, part.partition(":")[0].strip())
    _set(reader, record, header, cell, today)


def _told(header: str, text: str, error: Exception) -> tuple[str, str]:
    """Return a text that cannot be taken, and what to say of it."""
    message = str(error).removeprefix(f"{header}: ")
    return text, message if repr(text) in message else f"{text!r}: {message}"


def _untaken(reader: Reader, record: Record, header: str, cell: str, today: str) -> list[tuple[str, str]]:
    """Return the items of a cell that cannot be taken alone either; none where it holds no several."""
    parts = _parts(cell)
    if len(parts) < 2 or cell.lstrip()[:1] in ("[", "{") or _listed(record, header) is None:
        return []
    found = []
    for part in dict.fromkeys(parts):
        try:
            _take(reader, deepcopy(record), header, part, today)
        except (UsageProblem, paths.PathError) as error:
            found.append(_told(header, part, error))
    return found


def _listed(record: Record, header: str) -> list[Json] | None:
    """Return the list of a record that a header names; None where it names none."""
    try:
        path = paths.parse(header)
    except paths.PathError:
        return None
    items = record.get(path.last.key) if len(path.steps) == 1 and path.last.selector is None else None
    return items if isinstance(items, list) else None


def _beside(held: list[Json], said: list[Json], shape: Shape | None) -> list[Json]:
    """Return what is held with what a cell says besides."""
    if shape is None:
        return union(held, said)
    known = [identity(shape, item) for item in held]
    return [*held, *(item for item in said if identity(shape, item) not in known)]


def _each_once(record: Record, named: list[str]) -> list[str]:
    """Let each party of a cell take part once, and say which of its names are one party."""
    spellings: dict[tuple[str, str | None], list[str]] = {}
    items: list[Record] = []
    for item, name in zip(record["parties"], named, strict=False):
        twins = spellings.setdefault((item["code"], item.get("entity")), [])
        items += [] if twins else [item]
        twins.append(name)
    if len(record["parties"]) == len(named):
        record["parties"] = items
    return [
        f"parties: {' and '.join(map(repr, twins))} are names of one party, {code}, which takes part once"
        for (code, _), twins in spellings.items()
        if len(twins) > 1
    ]


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split(";")) if part]


def _set(reader: Reader, record: Record, header: str, cell: str, today: str) -> None:
    """Set a field; an item of a list that the cell names as our own lists print it stays, with all that it holds."""
    held = _printed(record, header)
    parts = _parts(cell)
    if not any(part in held for part in parts):
        typed.apply(reader, record, "set", header, cell, today)
        return
    key = paths.parse(header).last.key
    items: list[Record] = []
    for part in parts:
        record[key] = []
        if held.get(part):
            items.append(held[part].pop(0))
        else:
            typed.apply(reader, record, "add", header, part, today)
            items += record[key]
    record[key] = items


def _printed(record: Record, header: str) -> dict[str, list[Record]]:
    """Return the items of a list of objects by what our own lists print for them; nothing for another field."""
    path = paths.parse(header)
    if len(path.steps) > 1 or path.last.selector is not None or path.last.field.type.kind != "object":
        return {}
    _, _, getter = paths.column(header)
    items, texts = record[path.last.key], getter(record)
    held: dict[str, list[Record]] = {}
    if isinstance(texts, list) and len(texts) == len(items):
        for text, item in zip(texts, items, strict=True):
            held.setdefault(text, []).append(item)
    return held
