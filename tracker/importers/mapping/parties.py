"""Parties of a row: lists in a cell, codes, dyads, one column a party."""

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.importers.mapping.specs import Party
from tracker.importers.mapping.texts import CellError, Cells, one, parted

ABSENT = frozenset(("0", "no", "n", "false", "-"))
"""What means that the party of a column takes no part, where a map does not say."""

PREFIXES = {"name": "name:", "iso3": "name:", "code": "name:", "iso2": "iso2:", "m49": "m49:", "cow": "cow:"}
"""Scheme of a map to the mark by which ``ingest`` looks a party up; codes are found as names are."""


def parties(
    specs: Sequence[Party], row: Cells, columns: Sequence[Sequence[str]]
) -> tuple[list[dict[str, Any]], list[str], dict[str, str]]:
    """The parties of a row, each once, those that it names twice, and the column of each name.

    ``columns`` are those of each spec, ranges written out. Raises CellError.
    """
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    twice: list[str] = []
    where: dict[str, str] = {}
    for spec, of_spec in zip(specs, columns, strict=True):
        if not row.meets(spec.when):
            continue
        said = {field: value for field, text in spec.texts.items() if (value := one(text, row))}
        for code, column in _codes(spec, row, of_spec):
            where.setdefault(code.partition(":")[2], row.name(column))
            name = code, said.get("entity")
            if name in found:
                twice.append(code)
            found.setdefault(name, {"code": code, **said})
    return list(found.values()), twice, where


def _codes(spec: Party, row: Cells, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each code with the column that it stands in."""
    if spec.yes:
        for column in columns:
            if _takes_part(spec, row, column):
                yield _marked(spec, row.name(column), column, row), column
        return
    half = len(columns) // 2 if spec.beside else len(columns)
    if not spec.beside:
        for column in columns:
            yield from _named(spec, row, column)
        return
    named, beside = columns[:half], columns[half:]
    _check_pairs(spec, row, named, beside)
    for column, qualifier in zip(named, beside, strict=True):
        if row.get(qualifier) in spec.beside_is:
            yield from _named(spec, row, column)


def _named(spec: Party, row: Cells, column: str) -> Iterator[tuple[str, str]]:
    for piece in parted(row.get(column), spec.separators):
        if piece not in spec.empty:
            yield _marked(spec, piece, column, row), column


def _marked(spec: Party, text: str, column: str, row: Cells) -> str:
    if text in spec.values:
        return f"name:{spec.values[text]}"
    bare = text.removesuffix(".0") if spec.scheme in ("m49", "cow") else text
    if spec.scheme in ("m49", "cow") and not (bare.isascii() and bare.isdecimal()):
        raise CellError(row.name(column), text, f"expected a number, for the map says scheme = {spec.scheme!r}")
    return PREFIXES[spec.scheme] + bare


def _takes_part(spec: Party, row: Cells, column: str) -> bool:
    text = row.get(column)
    if text in spec.yes:
        return True
    if not text or text in spec.no or (not spec.no and text.lower() in ABSENT):
        return False
    wanted = ", ".join(sorted(spec.yes))
    raise CellError(row.name(column), text, f"neither a yes ({wanted}) nor a no of the map")


def _check_pairs(spec: Party, row: Cells, named: Sequence[str], beside: Sequence[str]) -> None:
    """Refuse a row in which a party lacks its qualifier or the other way round: one of them has slipped."""
    for column, qualifier in zip(named, beside, strict=True):
        party, said = row.get(column), row.get(qualifier)
        if bool(party and party not in spec.empty) != bool(said):
            missing, there = (column, qualifier) if said else (qualifier, column)
            message = f"is empty, but {row.name(there)} beside it says {row.get(there)!r}"
            raise CellError(row.name(missing), "", message)
