"""The columns of a sheet that hold parties, judged together: series, names beside their codes, ``NA`` among codes."""

from tracker.importers.drafting import parties
from tracker.importers.drafting.findings import Column, Sheet
from tracker.importers.drafting.parties import Doubt, Known, PartyColumn
from tracker.importers.mapping.texts import parted
from tracker.importers.sheets.reading import folded

YES = frozenset(("1", "x", "yes", "y", "true", "✓"))
NO = frozenset(("0", "no", "n", "false", "-"))


def find_flags(sheet: Sheet, known: Known) -> None:
    """Columns that are named for a party and hold yes and no; one alone may be so by chance."""
    flags = []
    for column in sheet.columns:
        values = {value.lower() for value in column.values}
        if values and values <= YES | NO and values & YES and parties.is_name(column.name, known):
            flags.append(column)
    if len(flags) > 1:
        for column in flags:
            column.flag = True


def find_parties(sheet: Sheet, known: Known) -> None:
    """Find the columns that hold parties, and those that may."""
    for column in sheet.columns:
        if column.flag or column.days or column.field:
            continue
        found = parties.judge(column.name, column.values, known)
        if isinstance(found, Doubt):
            column.doubt = found
        else:
            column.party = found
    _complete_series(sheet)
    _settle_schemes(sheet)
    for column in sheet.columns:
        codes = {value for value in column.values if len(value) in (2, 3) and value.isalpha() and value.isupper()}
        if codes and codes == set(column.values) and all(known("name", code) for code in codes):
            sheet.coded.append(column)
    _drop_repeated(sheet, known)
    _judge_na(sheet)


def _complete_series(sheet: Sheet) -> None:
    """Where some columns of a series (c1, c2, ...) may hold the codes of parties, so may all that hold such numbers."""
    doubts = {
        _stem(column.name): column.doubt
        for column in sheet.columns
        if column.doubt and column.doubt.scheme in ("m49", "cow")
    }
    for column in sheet.columns:
        doubt = doubts.get(_stem(column.name))
        free = not (column.days or column.party or column.flag or column.field)
        if (
            doubt
            and free
            and all(value.isdecimal() for value in column.values if value not in ("NA", *parties.NOTHING))
        ):
            column.doubt = doubt


def _settle_schemes(sheet: Sheet) -> None:
    """Numbers of two schemes are of that of another column of codes, where that is certain."""
    certain = {
        column.party.scheme for column in sheet.parties if column.party and column.party.scheme in ("m49", "cow")
    }
    for column in sheet.columns:
        if len(certain) == 1 and column.doubt and column.doubt.why == parties.BOTH:
            column.doubt, column.party = None, PartyColumn(next(iter(certain)))


def _stem(name: str) -> str:
    return folded(name).rstrip("0123456789")


def _drop_repeated(sheet: Sheet, known: Known) -> None:
    """Of columns that name the same parties row by row, as names and their codes, keep the one that is known best."""
    named = {column.name: _codes(column, known) for column in sheet.parties}
    for position, column in enumerate(sheet.parties):
        for other in sheet.parties[position + 1 :]:
            if not (column.party and other.party and parties.same_parties(named[column.name], named[other.name])):
                continue
            ahead = (len(column.party.unknown), column.party.scheme == "name")
            behind = (len(other.party.unknown), other.party.scheme == "name")
            kept, left = (column, other) if ahead <= behind else (other, column)
            left.party, left.question = None, f"names the same parties as {kept.name!r}; taken from there"


def _codes(column: Column, known: Known) -> list[frozenset[str]]:
    if column.party is None:
        return []
    signs = tuple(column.party.signs)
    pieces_by_row = ([piece for piece in parted(cell, signs) if piece] for cell in column.cells)
    scheme = column.party.scheme
    return [frozenset(code for piece in pieces if (code := known(scheme, piece))) for pieces in pieces_by_row]


def _judge_na(sheet: Sheet) -> None:
    """``NA`` is Namibia among codes; where it stands twice in a row, or among names, it may stand for nothing."""
    coded = [column for column in sheet.parties if column.party and column.party.scheme == "iso2" and _has_na(column)]
    for cells in zip(*(column.cells for column in coded), strict=True):
        if cells.count("NA") > 1:
            for column in coded:
                if column.party:
                    column.party.na = True
            return
    sheet.na_is_namibia = [column.name for column in coded]


def _has_na(column: Column) -> bool:
    signs = tuple(column.party.signs) if column.party else ()
    return any("NA" in parted(cell, signs) for cell in column.values)
