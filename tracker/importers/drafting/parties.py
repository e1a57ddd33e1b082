"""Whether columns are parties: each by what its header says and its cells hold, then all of a sheet judged together.

Together are judged series, names beside their codes, and ``NA`` among codes.
"""

import re
from collections.abc import Callable, Sequence

from tracker.importers.drafting import act_words, headers
from tracker.importers.drafting.findings import Column, Doubt, PartyColumn, Sheet
from tracker.importers.mapping.row_parties import SHORT
from tracker.importers.mapping.texts import parted
from tracker.importers.mapping.whole_names import put_together
from tracker.importers.sheets.reading import folded

Known = Callable[[str, str], str | None]
"""The code of the party that a text means in a scheme (``name``, ``iso2``, ``m49``, ``cow``), None where none."""

SIGNS = (
    *(
        ";",
        "/",
        "|",
        "\n",
        "、",
        "；",
        "，",
        "،",
        "・",
        "·",
        " & ",
        " and ",
        " et ",
        " und ",
        " y ",
        " e ",
        " en ",
        " и ",
    ),
    *("及び", "和", "与", " – ", " - ", ",", "-", "–"),
)
"""Signs that may stand between parties."""

NOTHING = frozenset(
    ("n/a", "N/A", "-", "--", "–", "—", "none", "None", "null", "NULL", "nan", "NaN", "..", "#N/A", "?")
)
"""Texts that stand for no party; ``NA`` is not among them: it is the code of Namibia."""

OTHER_WORDS = (
    ({"YES", "NO", "Y", "N", "SI", "NON", "OUI", "JA", "NEIN", "NA"}, "yes and no"),
    ({"BI", "MULTI", "PLURI", "ML", "BILATERAL", "MULTILATERAL", "TRI"}, "kinds of agreements"),
)
"""Words that are codes of parties by chance, and what they mean where a column holds nothing else."""

US_STATES = frozenset(
    (
        *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA"),
        *("ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK"),
        *("OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC"),
    )
)
"""Postal codes of the states of the United States, many of which are codes of countries too."""

BOTH = "their numbers can be codes of ISO 3166-1 (m49) or of the Correlates of War (cow): say which"
"""Why numbers of two schemes are left open."""

YES = frozenset(
    (
        *("1", "x", "yes", "y", "true", "✓", "✔", "ja", "oui", "sí", "si", "sì", "sim", "はい", "有", "○", "●"),
        *("да", "是", "예", "نعم"),
    )
)
NO = frozenset(
    (
        *("0", "no", "n", "false", "-", "nein", "non", "não", "nee", "いいえ", "無", "×", "✗"),
        *("нет", "否", "아니오", "لا"),
    )
)


def judge(header: str, cells: Sequence[str], known: Known) -> PartyColumn | Doubt | None:
    """Tell whether a column holds parties: it does for certain, it may (a Doubt), or it does not.

    It needs a header that speaks of parties and cells that are parties. Codes of two or three letters count only in
    capitals, and only where all of them are known.
    """
    filled = [cell for cell in cells if cell not in NOTHING]
    if not filled:
        return None
    speaks = headers.speaks_of_parties(header)
    if all(re.fullmatch(r"[0-9]{1,3}(\.0)?", cell) for cell in filled if cell != "NA"):
        return _numbers(header, filled, known, speaks=speaks)
    if not speaks and (headers.speaks_of_other_places(header) or act_words.speaks_of_days(header)):
        return None
    signs = _signs(filled, known)
    pieces = [piece for cell in filled for piece in parted(cell, tuple(signs)) if piece not in NOTHING]
    if pieces and all(re.fullmatch(r"[A-Za-z]{2,3}", piece) for piece in pieces):
        return _codes(header, pieces, signs, known, speaks=speaks)
    return _names(header, filled, signs, known, speaks=speaks)


def _is_name(text: str, known: Known) -> bool:
    """Tell whether a text names a party; a code of two or three letters does only in capitals."""
    if len(text) < 4 and text.upper() != text.lower() and not text.isupper():
        return False
    return known("name", text) is not None


def _pieces(cell: str, signs: Sequence[str], known: Known) -> list[str]:
    """The names that a cell holds between signs, as an import parts them."""
    found = parted(cell, tuple(signs))
    return [name for name, _ in put_together(cell, found, lambda text: _is_name(text, known))] if signs else found


def _signs(filled: Sequence[str], known: Known) -> list[str]:
    """The signs that part the most cells into parties, or else find the most parties in them."""

    def fit(signs: Sequence[str]) -> tuple[int, int]:
        whole = sum(_all_parties(cell, signs, known) for cell in filled)
        return whole, sum(
            1 if _is_name(cell, known) else sum(_is_name(piece, known) for piece in _pieces(cell, signs, known))
            for cell in filled
        )

    signs: list[str] = []
    best = fit(signs)
    for sign in SIGNS:
        if any(sign in cell for cell in filled) and (more := fit([*signs, sign])) > best:
            signs, best = [*signs, sign], more
    return signs


def _all_parties(cell: str, signs: Sequence[str], known: Known) -> bool:
    pieces = _pieces(cell, signs, known)
    return bool(pieces) and all(_is_name(piece, known) for piece in pieces)


def _numbers(header: str, filled: Sequence[str], known: Known, *, speaks: bool) -> PartyColumn | Doubt | None:
    """Judge a column of numbers: codes of ISO 3166-1 and M49, or of the Correlates of War, where the header says so."""
    numbers = {cell.removesuffix(".0") for cell in filled if cell != "NA"}
    fits = {scheme: sum(known(scheme, number) is not None for number in numbers) for scheme in ("m49", "cow")}
    whole = [scheme for scheme, count in fits.items() if numbers and count == len(numbers)]
    if not speaks:
        return Doubt("all their numbers are codes of countries", whole[0]) if whole and len(numbers) > 9 else None
    said = headers.terms(header).replace(" ", "")
    named = [scheme for scheme in whole if scheme in said or (scheme, "ccode") == ("cow", said[:5])]
    if _says_codes(header) and len(whole) == 1 and (len(numbers) > 2 or named):
        return PartyColumn(whole[0])
    if _says_codes(header) and whole:
        return PartyColumn(named[0]) if len(named) == 1 else Doubt(BOTH, whole[0])
    best = max(fits, key=lambda scheme: fits[scheme])
    if len(numbers) > 2 and fits[best] * 10 > len(numbers) * 7:
        return Doubt("most of their numbers are codes of countries", best)
    return None


def _codes(
    header: str, pieces: Sequence[str], signs: Sequence[str], known: Known, *, speaks: bool
) -> PartyColumn | Doubt | None:
    """Judge a column of codes of two or three letters."""
    if not speaks:
        return None
    distinct = set(pieces)
    two = all(len(piece) == 2 for piece in distinct)
    scheme = "iso2" if two and all(known("iso2", piece) for piece in distinct) else "name"
    strangers = [piece for piece in dict.fromkeys(pieces) if not _is_code(piece, scheme, known)]
    why = _by_chance(header, distinct)
    if why is None and not strangers:
        return PartyColumn(scheme, list(signs), na=scheme != "iso2" and "NA" in distinct)
    if why is None and all(known(scheme, piece.upper()) for piece in distinct):
        why = "their words are codes of countries, but not written in capitals"
    elif why is None and (len(strangers) < len(distinct) or _says_codes(header)):
        why = f"some of their codes are not those of ISO 3166-1: {' | '.join(strangers[:8])}"
    return Doubt(why, "iso2" if two else "name", tuple(signs)) if why else None


def _is_code(piece: str, scheme: str, known: Known) -> bool:
    return piece == "NA" or (piece.isupper() and known(scheme, piece) is not None)


def _by_chance(header: str, codes: set[str]) -> str | None:
    """Why codes may be codes of countries by chance, None where nothing speaks for it."""
    what = next((what for texts, what in OTHER_WORDS if {code.upper() for code in codes} <= texts), None)
    if what is not None and not _says_codes(header):
        return f"their words are codes of countries, but also {what}"
    if codes <= US_STATES and re.search(r"\bstates?\b", headers.terms(header)):
        return "their codes are those of states of the United States as well"
    return None


def _says_codes(header: str) -> bool:
    return bool(re.search(r"\biso\b|\balpha\b|\bc?codes?\b|\bcow\b|\bm ?49\b|\bnumeric\b", headers.terms(header)))


def _names(
    header: str, filled: Sequence[str], signs: Sequence[str], known: Known, *, speaks: bool
) -> PartyColumn | Doubt | None:
    """Judge a column of names, in which codes may stand too."""
    real = [cell for cell in filled if cell != "NA"]
    pieces = [piece for cell in real for piece in _pieces(cell, signs, known) if piece not in NOTHING]
    borne = sum(_is_name(piece, known) for piece in pieces)
    if not pieces:
        return None
    if not speaks:
        likely = borne * 10 >= len(pieces) * 8 and headers.title_rank(header) == headers.NO_RANK
        why = "their cells are names of countries, but no header speaks of parties"
        return Doubt(why, "name", tuple(signs)) if likely else None
    unknown = list(dict.fromkeys(piece for piece in pieces if not _is_name(piece, known)))
    if borne * 2 >= len(pieces):
        short = sorted(SHORT.keys() & set(pieces))
        return PartyColumn("name", list(signs), unknown, na="NA" in filled, short=short)
    if any(re.search(r"[^\W\d_]{3}", piece) for piece in pieces):
        why = f"their header speaks of parties, but most names are borne by none: {' | '.join(unknown[:5])}"
        return Doubt(why, signs=tuple(signs))
    return None


def _same_parties(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    """Tell whether two columns name the same parties row by row, as a name and its code do."""
    both = [(left, right) for left, right in zip(one, other, strict=True) if left and right]
    return bool(both) and sum(left == right for left, right in both) * 10 >= len(both) * 9


BESIDE = re.compile(r"[\s:(),/–—-]+")
"""What stands between a party and an act in a header."""

BY = re.compile(r"\b(by|of|for|from|par|de|du|des|pour|durch|von|für|por|da|do|del|di|per|door|voor)$", re.IGNORECASE)
"""What leads from an act to whose it is."""

PLACED = re.compile(r"\b(in|at|à|zu|en|em|a|te)$", re.IGNORECASE)
"""What leads from an act to its place."""


def called_as_parties(sheet: Sheet, known: Known) -> list[Column]:
    """The columns whose whole name is that of a party; one alone may be called so by chance."""
    called = [column for column in sheet.columns if _is_name(column.name, known)]
    return called if len(called) > 1 else []


def find_owners(sheet: Sheet, known: Known) -> None:
    """Find the columns of days whose header names a party: ``Albania``, ``Albania: ratified``, ``Signed by Japan``."""
    owned = {column.name: owner for column in sheet.columns if (owner := _owner(column.name, known))}
    if any(column.days and column.name in owned for column in sheet.columns):
        for column in sheet.columns:  # of other parties too, of whom nothing is told yet
            if column.days or not column.values:
                column.of, column.rest = owned.get(column.name, ("", ""))


def _owner(header: str, known: Known) -> tuple[str, str] | None:
    """The party that a header names, and the act beside it."""
    if _is_name(header, known):
        return header, ""
    for gap in BESIDE.finditer(header):
        before, behind = header[: gap.start()].strip(), header[gap.end() :].strip(" )")
        if _is_name(before, known) and act_words.act(behind):
            return before, behind
        act = BY.sub("", before).strip()
        if _is_name(behind, known) and not PLACED.search(before) and (act_words.act(act) or act != before):
            return behind, act
    return None


def find_flags(sheet: Sheet, known: Known) -> None:
    """Columns that are named for a party and hold yes and no; one alone may be so by chance.

    Where several are, so are those of other parties that hold nothing yet.
    """
    flags = []
    for column in sheet.columns:
        values = {value.lower() for value in column.values}
        if values and values <= YES | NO and values & YES and _is_name(column.name, known):
            flags.append(column)
    if len(flags) > 1:
        for column in sheet.columns:
            column.flag = column in flags or (not column.values and _is_name(column.name, known))


def find_parties(sheet: Sheet, known: Known) -> None:
    """Find the columns that hold parties, and those that may."""
    for column in sheet.columns:
        if column.flag or column.days or column.field:
            continue
        found = judge(column.name, column.values, known)
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
        if doubt and free and all(value.isdecimal() for value in column.values if value not in ("NA", *NOTHING)):
            column.doubt = doubt


def _settle_schemes(sheet: Sheet) -> None:
    """Numbers of two schemes are of that of another column of codes, where that is certain."""
    certain = {
        column.party.scheme for column in sheet.parties if column.party and column.party.scheme in ("m49", "cow")
    }
    for column in sheet.columns:
        if len(certain) == 1 and column.doubt and column.doubt.why == BOTH:
            column.doubt, column.party = None, PartyColumn(next(iter(certain)))


def _stem(name: str) -> str:
    return folded(name).rstrip("0123456789")


def _drop_repeated(sheet: Sheet, known: Known) -> None:
    """Of columns that name the same parties row by row, as names and their codes, keep the one that is known best."""
    named = {column.name: _codes_of(column, known) for column in sheet.parties}
    for position, column in enumerate(sheet.parties):
        for other in sheet.parties[position + 1 :]:
            if not (column.party and other.party and _same_parties(named[column.name], named[other.name])):
                continue
            ahead = (len(column.party.unknown), column.party.scheme == "name")
            behind = (len(other.party.unknown), other.party.scheme == "name")
            kept, left = (column, other) if ahead <= behind else (other, column)
            left.party, left.question = None, f"names the same parties as {kept.name!r}; taken from there"


def _codes_of(column: Column, known: Known) -> list[frozenset[str]]:
    if column.party is None:
        return []
    signs = tuple(column.party.signs)
    pieces_by_row = ([piece for piece in _pieces(cell, signs, known) if piece] for cell in column.cells)
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
