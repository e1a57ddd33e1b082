"""A row of a sheet as a record: each header is a field name or path, each cell its text; names become codes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import NamedTuple

from tracker.errors import InvalidRecord
from tracker.read.file.connection import Reader
from tracker.read.lookup import identity, names
from tracker.read.records.agreements import record as read_record
from tracker.record import claims, shapes
from tracker.record import values as paths
from tracker.record.differences import differences
from tracker.record.document import blank, strip_read_only
from tracker.record.types import Field, Json, Record
from tracker.store.validation.models import validate
from tracker.text.names import suggest
from tracker.work import cells

DERIVED = (*(field.short for field in shapes.DERIVED.fields if field.short and not field.sheet), "agreements")
"""Columns that our own lists print and that no sheet can set: passed over."""


def _is_plain(field: Field) -> bool:
    """Whether no list of objects stands in a field: the query name of such a list is that of a single one."""
    return not (field.listed and field.type.kind == "object")


HEADERS = tuple(
    dict.fromkeys(
        name
        for shape in shapes.at().values()
        for field in shape.fields
        if field.sheet
        for name in (field.key if shape is shapes.AGREEMENT else "", field.short if _is_plain(field) else "")
        if name
    )
)
"""Field names that a sheet usually has, for suggestions; any path of the record is taken as well."""


def field_name(header: str) -> str:
    """Return the name of a field as a header writes it, or says it (``binding status``); in paths case counts."""
    if "." in header or "[" in header:
        return header
    name = header.strip().lower()
    said = "_".join(name.split())
    return said if said in HEADERS or said in DERIVED else name


def fills(header: str, refused: Collection[str]) -> bool:
    """Whether a column fills one of the fields that are refused, by path or by the name of the column."""
    name = field_name(header)
    if name in refused:
        return True
    try:
        path = paths.canonical(name)
    except paths.PathError:
        return False
    return any(path == other or other.startswith((f"{path}.", f"{path}[")) for other in refused)


class BadCells(InvalidRecord):
    """A row with cells that cannot be taken, whole or in part."""

    def __init__(self, where: str, untaken: Sequence[cells.Untaken]) -> None:
        self.pieces = {one.header: [piece for piece, _ in one.pieces] for one in untaken}
        """The pieces that cannot be taken, by the name of the field."""
        super().__init__(where, [(one.header, message) for one in untaken for _, message in one.pieces])


def spared(row: Mapping[str, str], error: InvalidRecord) -> dict[str, str]:
    """Return the cells of a row that can be taken; of a list the rest of its items, where only some cannot."""
    refused = {path for path, _ in error.problems}
    pieces = error.pieces if isinstance(error, BadCells) else {}
    kept = {}
    for header, cell in row.items():
        if not fills(header, refused):
            kept[header] = cell
        elif rest := cells.rest(cell, pieces.get(field_name(header), ())):
            kept[header] = rest
    return kept


class Laid(NamedTuple):
    """What became of a row: the record to write, None where there is none, and what is worth knowing of it."""

    record: Record | None
    remarks: Sequence[str] = ()
    repeats: bool = False
    """Whether the row says what another one said, cell by cell."""


class Waiting(NamedTuple):
    """A row that may be a correction of a stored agreement, or another one: the rows after it tell."""

    cells: dict[str, str]
    where: str
    alike: int
    """The mark of what it has in common with others."""


ANOTHER = "{}: another row has the same title, kind, parties and day; recorded as another agreement"
"""What is told of a row that only looks like another one."""

NAMED = 3
"""Refs that a question names."""

COMPARED = 200
"""Stored agreements of one title, kind, parties and day with which a row is compared."""


class Rows:
    """The rows of the sheets of one import, of which none is laid over what another one said."""

    def __init__(self, today: str) -> None:
        self._today = today
        self._places: dict[str, str] = {}
        """Refs of the agreements that rows are, and where these stand."""
        self._seen: dict[int, str] = {}
        """Marks of all cells of a row, and where it stands."""
        self._free: dict[int, list[str]] = {}
        """Stored agreements that are alike and that no row is yet, by the mark of what they have in common."""
        self.waiting: list[Waiting] = []
        self.new: set[str] = set()
        """Refs that rows without one were given."""

    def place(self, ref: str) -> str | None:
        """Return where the first row of an agreement stands."""
        return self._places.get(ref)

    def laid(self, reader: Reader, cells: dict[str, str], where: str, empty: Sequence[str] = ()) -> Laid:
        """Lay a row over the stored agreement of its ref, without one over the one that says the same; else it is new.

        ``empty`` are the headers above empty cells: these leave what is held, and where they do so, a remark says it.

        A row without a ref that says something else than every stored agreement of its title, kind, parties and day
        waits until all rows are read. Raises InvalidRecord with every cell that cannot be read, and where the row
        would take the place of another one.
        """
        fields = {field_name(header): cell for header, cell in cells.items()}
        mark = hash(frozenset(fields.items()))
        if mark in self._seen:
            return Laid(None, [f"the same as {self._seen[mark]}, cell by cell; left out"], repeats=True)
        if fields.get("ref"):
            laid = self._with_ref(reader, fields, where, empty)
        else:
            laid = self._without(reader, fields, where)
        self._seen[mark] = where
        return laid

    def settled(self, reader: Reader, row: Waiting) -> Laid:
        """Lay a row that waited over the one agreement that it may correct; raises InvalidRecord where that is open."""
        fields, where = row.cells, row.where
        free = self._free[row.alike]
        fresh, odd = _over(reader, None, fields, where, self._today)
        if not free:
            return self._new(reader, fresh, where, [ANOTHER, *odd])
        others = sum(other.alike == row.alike for other in self.waiting)
        if others > 1 or len(free) > 1 or not identity.has_day(fresh):
            common = f"title, kind and parties, and {'the same' if identity.has_day(fresh) else 'no'} day"
            names = " or ".join(free[:NAMED])
            question = (
                f"{names} has the same {common}, and says other things: is it the same? "
                f"say in a column ref which it is, or a new ref for another one"
            )
            raise InvalidRecord(where, [("", question)])
        record, remarks = _over(reader, read_record(reader, free[0], self._today), fields, where, self._today)
        document = validate(record, where)
        self._take(free[0], where, row.alike)
        told = (
            f"taken for {document['ref']}, which has the same title, kind, parties and day; a column ref says otherwise"
        )
        return Laid(document, [told, *remarks])

    def _with_ref(self, reader: Reader, fields: dict[str, str], where: str, empty: Sequence[str]) -> Laid:
        before = _stored(reader, fields, self._today)
        record, remarks = _over(reader, before, fields, where, self._today)
        ref = record["ref"]
        if before is not None and ref in self._places:
            other = self._places[ref]
            documents = (validate(strip_read_only(one), where) for one in (before, record))
            told = [
                f"{path} is {_shown(held)} there and {_shown(said)} here"
                for path, held, said in differences(*documents)
                if held not in (None, "", [], {})
            ]
            if told:
                message = f"{other} is of {ref} too: {'; '.join(told)}; let one row say what an agreement is"
                raise InvalidRecord(where, [("", message)])
        document = validate(record, where)
        self._places.setdefault(ref, where)
        return Laid(document, [*remarks, *_left(before, empty)])

    def _without(self, reader: Reader, fields: dict[str, str], where: str) -> Laid:
        fresh, odd = _over(reader, None, fields, where, self._today)
        validate({**fresh, "ref": "new"}, where)
        mark = hash(identity.common(fresh))
        known = mark in self._free
        if not known:
            self._free[mark] = [ref for ref, _ in identity.alike(reader, fresh)]
        free = self._free[mark] = [ref for ref in self._free[mark] if ref not in self._places]
        fitting = []
        for ref in free[:COMPARED]:
            before = read_record(reader, ref, self._today)
            record, _ = _over(reader, before, fields, where, self._today)
            held = _facts(before, where)
            if _facts(record, where) == held:
                said = _facts({**fresh, "ref": ref}, where)
                beyond = sum(held[key] != said[key] for key in said)
                fitting.append((beyond, ref, record))
                if not beyond:
                    break
        if fitting:
            _, ref, record = min(fitting, key=lambda one: one[:2])
            self._take(ref, where, mark)
            return Laid(validate(record, where))
        if free:
            self.waiting.append(Waiting(fields, where, mark))
            return Laid(None)
        return self._new(reader, fresh, where, [ANOTHER, *odd] if known else odd)

    def _new(self, reader: Reader, fresh: Record, where: str, remarks: list[str]) -> Laid:
        fresh["ref"] = identity.new_ref(reader, fresh)
        self._places[fresh["ref"]] = where
        self.new.add(fresh["ref"])
        return Laid(
            validate(fresh, where), [remark.format(fresh["ref"]) if remark is ANOTHER else remark for remark in remarks]
        )

    def _take(self, ref: str, where: str, mark: int) -> None:
        self._places[ref] = where
        self._free[mark] = [other for other in self._free[mark] if other != ref]


def _facts(record: Record, where: str) -> dict[str, str]:
    """Return what a record says, key by key, as texts: neither the order of lists counts nor the ids in them."""
    document = validate(strip_read_only(record), where)
    return {key: _ordered(value) for key, value in document.items()}


def _ordered(value: Json) -> str:
    if isinstance(value, dict):
        said = sorted((name, inner) for name, inner in value.items() if name != "id")
        return f"{{{','.join(f'{name}:{_ordered(inner)}' for name, inner in said)}}}"
    if isinstance(value, list):
        return f"[{','.join(sorted(map(_ordered, value)))}]"
    return repr(value)


def _shown(value: Json) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {inner}" for key, inner in value.items() if inner not in (None, "", [], {}))
    return repr(value)


def _over(
    reader: Reader, before: Record | None, fields: dict[str, str], where: str, today: str
) -> tuple[Record, list[str]]:
    """Return a stored record, or a blank one, with the fields of a row over it, and the claims no longer adopted."""
    record = deepcopy(before) if before else blank("agreement")
    stored = bool(record["ref"])
    untaken: list[cells.Untaken] = []
    remarks: list[str] = []
    for header, cell in fields.items():
        if header in DERIVED or header == "record" or (stored and _says(record, header) == cell):
            continue
        if header == "ref":
            record["ref"] = cell.lower()
            continue
        try:
            remarks += cells.put(reader, record, header, cell, today)
        except cells.Untaken as error:
            untaken.append(error)
    if untaken:
        raise BadCells(where, untaken)
    if not record["title"]:
        raise InvalidRecord(where, [("title", "is missing")])
    return record, [*_released(before, record, where), *_near(reader, record), *remarks]


def _left(before: Record | None, empty: Sequence[str]) -> Iterator[str]:
    """Say which empty cells leave what the register holds: a person may have meant to empty it."""
    for header in empty:
        name = field_name(header)
        if before is not None and name not in DERIVED and _says(before, name):
            way = f"tracker edit {before['ref']} --set {name}="
            yield f"{name}: the cell is empty, and the register keeps what it holds; to empty it: {way}"


def _near(reader: Reader, record: Record) -> list[str]:
    """Say of signatories who are new that somebody is called nearly so: nobody can be asked about a sheet."""
    sentences = []
    for item in record["signatories"]:
        if isinstance(item["person"], dict) and (near := names.near_people(reader, item["person"]["name"])):
            merge = f"if they are one: tracker signatory merge {item['person']['id']} ID"
            sentences.append(
                f"signatory {item['person']['name']!r} is somebody new beside {' and '.join(near)}; {merge}"
            )
    return sentences


def _released(before: Record | None, record: Record, where: str) -> list[str]:
    if before is None:
        return []
    try:
        return [claims.sentence(claim) for claim in claims.reconcile(before, record)]
    except claims.ClaimError as error:
        raise InvalidRecord(where, [("", str(error))]) from error


def unknown_headers(headers: list[str]) -> list[str]:
    """Say of every header that is no field what it may have meant."""
    sentences = []
    for header in headers:
        name = field_name(header)
        if name in DERIVED or name in HEADERS or name == "record":
            continue
        try:
            paths.parse(name)
        except paths.PathError:
            near = suggest(name, HEADERS)
            hint = (
                f"did you mean {near[0]}?" if near else f"name it x.{name.replace(' ', '_')} to keep it as an own field"
            )
            sentences.append(f"the column {header!r} is no field; {hint}")
    if len(sentences) > 1 and len(sentences) == len(headers):
        return ["no column is a field of the register; write a map for this sheet with tracker import --draft-map"]
    return sentences


def _says(record: Record, header: str) -> str | None:
    """What our own lists print for a field: a cell that says the same changes nothing, also where it says less."""
    try:
        _, _, getter = paths.column(header)
    except paths.PathError:
        return None
    value = getter(record)
    return "; ".join(value) if isinstance(value, list) else None if value is None else str(value)


def _stored(reader: Reader, fields: dict[str, str], today: str) -> Record | None:
    ref = fields.get("ref", "").lower()
    if ref and reader.row("SELECT 1 FROM agreements WHERE ref = :ref", {"ref": ref}):
        return read_record(reader, ref, today)
    return None
