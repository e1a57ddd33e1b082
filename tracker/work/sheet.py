"""A row of a sheet as a record: each header is a field name or path, each cell its text; names become codes."""

from collections.abc import Collection
from copy import deepcopy

from tracker.errors import InvalidRecord, UsageProblem
from tracker.read.file.connection import Reader
from tracker.read.lookup import identity, names
from tracker.read.records.agreements import record as read_record
from tracker.record import claims, shapes
from tracker.record import values as paths
from tracker.record.document import blank
from tracker.record.types import Field, Record
from tracker.text.names import suggest
from tracker.work import typed

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
    """Return the name of a field as a header writes it; in paths case counts."""
    return header.strip().lower() if "." not in header and "[" not in header else header


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


def agreement(reader: Reader, cells: dict[str, str], where: str, today: str) -> tuple[Record, list[str]]:
    """Return the record of a row, and what else that changes: claims on the row's fields that are no longer adopted.

    It is the stored record of that ref with the row's fields over it, else a new one.

    Raises InvalidRecord with every cell that cannot be read.
    """
    fields = {field_name(header): cell for header, cell in cells.items()}
    before = _stored(reader, fields, today)
    record = deepcopy(before) if before else blank("agreement")
    stored = bool(record["ref"])
    problems: list[tuple[str, str]] = []
    for header, cell in fields.items():
        if header in DERIVED or header == "record" or (stored and _says(record, header) == cell):
            continue
        if header == "ref":
            record["ref"] = cell.lower()
            continue
        try:
            typed.apply(reader, record, "set", header, cell, today)
        except (UsageProblem, paths.PathError) as error:
            message = str(error).removeprefix(f"{header}: ")
            problems.append((header, message if repr(cell) in message else f"{cell!r}: {message}"))
    if not record["title"] and not problems:
        problems.append(("title", "is missing"))
    if problems:
        raise InvalidRecord(where, problems)
    if not record["ref"]:
        record["ref"] = _ref(reader, record)
    return record, [*_released(before, record, where), *_near(reader, record)]


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


def _ref(reader: Reader, record: Record) -> str:
    """The ref of the very same agreement where it is stored, so that a sheet can be imported again; else a free one."""
    stored = identity.same(reader, record)
    return stored[0] if stored else identity.new_ref(reader, record)
