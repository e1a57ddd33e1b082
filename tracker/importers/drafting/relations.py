"""Columns that name other agreements: each by the word of its header, and by the keys or titles in its cells."""

import re
from collections.abc import Sequence

from tracker.importers.drafting import headers
from tracker.importers.drafting.findings import Column, Related, Sheet
from tracker.importers.mapping.texts import parted
from tracker.importers.sheets.reading import folded

TYPES = (
    ("superseded_by", r"(replaced|superseded) by|remplace par|ersetzt durch|abgelost durch|(reempla|sustitui)\w+ por"),
    ("superseded_by", r"substituido por|sostituito da|vervangen door"),
    ("supersedes", r"^(replaces|supersedes|remplace|ersetzt|reemplaza|sustituye|substitui|sostituisce|vervangt)\b"),
    (
        "amended_by",
        r"(amended|modified) by|modifie par|geandert durch|(modificado|enmendado|alterado) por|modificato da",
    ),
    ("amends", r"^(amends|modifies|modifie|andert|modifica|altera|wijzigt)\b|^amend(ment|s|ing) (of|to)\b"),
    ("concluded_under", r"^(parent|base|main|mother|framework) (agreement|treaty|instrument)|^concluded under\b"),
    ("supplements", r"^(supplements|complete|erganzt|complementa)\b"),
    ("implements", r"^(implements|implementing|fuhrt aus)\b"),
    ("extends", r"^(extends|prolongs|prolonge|verlangert|prorroga)\b"),
)
"""How the header of a column says what the other agreement is to that of the row."""

SIGNS = (";", "|", "\n", ",", "/", " and ", " & ")
"""Signs that may stand between several."""


def find_relations(sheet: Sheet) -> None:
    """Find the columns that lead to other agreements of the sheet, and those that may."""
    for column in sheet.columns:
        if column.days or column.party or column.flag or column.field or not column.values:
            continue
        said = headers.terms(column.name)
        kind = next((kind for kind, pattern in TYPES if re.search(pattern, said)), None)
        if kind is not None:
            column.doubt, column.field = None, "relation"
            sheet.relations.append(_led(kind, column, sheet))


def _led(kind: str, column: Column, sheet: Sheet) -> Related:
    """How the cells of a column lead to other rows."""
    if sheet.key:
        keys = set(sheet.key.values)
        signs = _signs(column.values, keys)
        pieces = [piece for value in column.values for piece in parted(value, signs)]
        if found := [piece for piece in pieces if piece in keys]:
            strangers = tuple(dict.fromkeys(piece for piece in pieces if piece not in keys))
            return Related(kind, column, "key", signs, strangers if len(found) * 2 < len(pieces) else ())
    titles = {folded(title) for title in sheet.title.values} if sheet.title else set()
    if titles and all(folded(value) in titles for value in column.values):
        return Related(kind, column, "title")
    return Related(kind, column)


def _signs(values: Sequence[str], keys: set[str]) -> tuple[str, ...]:
    """The signs that part the cells into most keys."""
    signs: tuple[str, ...] = ()
    for sign in SIGNS:
        more = (*signs, sign)
        if any(sign in value for value in values) and _keys(values, more, keys) > _keys(values, signs, keys):
            signs = more
    return signs


def _keys(values: Sequence[str], signs: tuple[str, ...], keys: set[str]) -> int:
    return sum(piece in keys for value in values for piece in parted(value, signs))
