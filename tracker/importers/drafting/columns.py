"""A sheet judged: its header, and what each column holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.importers.drafting import act_words, days, header_rows, headers, parties
from tracker.importers.drafting.acts import find_act, find_acts, names_an_act
from tracker.importers.drafting.findings import Column, DatedEvent, Lonely, Sheet
from tracker.importers.drafting.parties import NO, YES, Known
from tracker.importers.drafting.relations import find_relations
from tracker.importers.sheets import LIST, Row
from tracker.importers.sheets.reading import LINK, folded, names, names_of_links, repeats_header
from tracker.record.vocabulary import FOCUS_AREAS, IDENTIFIER_SCHEMES, INSTRUMENT_TYPES, PARTY_ROLES

LONG = 12
"""Characters of a title on average; shorter ones are titles only where the header says so."""

SHORT = 4
"""Characters on average of short titles that repeat, such as ``Rome``; ``Mr`` is none."""


@dataclass(frozen=True, slots=True)
class Title:
    """How likely a column holds titles."""

    rank: int
    """What its header says (``words.title_rank``)."""
    distinct: float
    """Different texts among the filled cells, from 0 to 1."""
    length: float
    instruments: float
    """Cells that name an instrument, from 0 to 1."""

    @property
    def certain(self) -> bool:
        """The column holds titles."""
        if self.rank < headers.NO_RANK - 1:
            return self.distinct >= 0.5 or (self.length >= LONG and self.distinct >= 0.02)
        if self.rank == headers.NO_RANK - 1:  # Name: of an agreement, where its cells are long or call themselves one
            return self.distinct >= 0.5 and (self.length >= LONG or self.instruments >= 0.5)
        return self.distinct >= 0.5 and self.length >= LONG and self.instruments >= 0.5

    @property
    def called(self) -> bool:
        """The header says that the cells are titles, and they are no mere marks."""
        return self.rank < headers.NO_RANK - 1 and self.length >= SHORT

    @property
    def possible(self) -> bool:
        """The column may hold titles: whoever knows the sheet is asked."""
        return self.rank < headers.NO_RANK or (self.distinct >= 0.8 and self.length >= LONG)


def judge(header: str, cells: Sequence[str], rows: int) -> Title | None:
    """Look at a column whose cells are neither days nor parties; None where they cannot be titles."""
    if len(cells) < max(1, rows * 0.5) or headers.cannot_be_a_title(header):
        return None
    if headers.title_rank(header) == headers.NO_RANK and act_words.acts(header):
        return None
    wordy = [cell for cell in cells if re.search(r"[^\W\d_]", cell) and "://" not in cell]
    if len(wordy) * 10 < len(cells) * 9:
        return None
    length = sum(map(len, cells)) / len(cells)
    instruments = sum(map(headers.names_an_instrument, cells)) / len(cells)
    return Title(headers.title_rank(header), len(set(cells)) / len(cells), length, instruments)


def best(judged: Sequence[tuple[str, Title]]) -> tuple[str | None, list[str]]:
    """The column of the titles, None where none is certain, and those that may hold them too, the likeliest first."""
    order = sorted(judged, key=lambda one: (one[1].rank, -one[1].instruments, -one[1].length * one[1].distinct))
    certain = next((name for name, title in order if title.certain), None)
    return certain, [name for name, title in order if title.possible and name != certain]


def find_days(sheet: Sheet, known: Known) -> None:
    """Find the columns that hold days, and days that stand in columns for their parts."""
    called = parties.called_as_parties(sheet, known)
    for column in sheet.columns:
        if not column.flag:
            named = act_words.speaks_of_days(column.name) or column in called
            column.days = days.judge(column.values, named=named)
            if column.days is None and named and act_words.act_at_a_place(column.name):
                column.days = days.with_places(column.values)
    proven = {layout[0] for column in sheet.columns if column.days for layout, _ in column.days.proofs}
    if len(proven) > 1:  # one column has the day first, another one the month
        for column in sheet.columns:
            column.days = column.days and days.unsettled(column.values, column.days)
    _find_parts(sheet)


def _find_parts(sheet: Sheet) -> None:
    """Find days whose year, month and day stand in columns of their own: ``signYear``, ``signMonth``, ``signDay``."""
    stems: dict[str, dict[str, Column]] = {}
    for column in sheet.columns:
        found = days.part(headers.terms(column.name))
        if found is not None and not column.flag and days.holds_part(found[0], column.values):
            stems.setdefault(found[1], {}).setdefault(found[0], column)
    for parts in stems.values():
        if "year" not in parts or "month" not in parts:
            continue
        for column in parts.values():
            column.days, column.field = None, "part"
        sheet.events.append(DatedEvent(act_words.act(parts["year"].name), parts=parts))


TOTALS = frozenset(
    (
        *("total", "totals", "sum", "grand total", "subtotal", "sub-total", "average", "count", "totale", "totaal"),
        *("summe", "gesamt", "insgesamt", "suma", "итого", "всего", "合計", "合计", "总计", "합계", "المجموع"),
    )
)
"""First words of rows that sum others up; a number may stand behind them."""

NOTE = re.compile(
    r"\(?[*†‡§¹²³]|[(\[]?[0-9a-z]{1,2}[)\]]|(sources?|notes?|n\.? ?b\.?|remarks?|quellen?|anmerkung(en)?|hinweis|"
    r"fuentes?|notas?|remarques?|fonti?|bron(nen)?|출처|주|出典|注|备注|источник|примечани[ея])\b",
    re.IGNORECASE,
)
"""How a note below a table begins."""


def judged(rows: Sequence[Row], known: Known, *, keyed: bool = False, linked: Sequence[int] = ()) -> Sheet | None:
    """Judge a sheet by its first rows; None where no row names the columns.

    ``keyed``: the first holds keys of JSON; ``linked``: columns whose cells lead to addresses, which are columns too.
    """
    at = [rows[0].number] if keyed else header_rows.header_rows(rows)
    if not at:
        return None
    cells_of = {row.number: row.cells for row in rows}
    below = [row for row in rows if row.number > max(at)]
    called = names([cells_of[number] for number in at])
    records = [row for row in below if not _total(row.cells) and not repeats_header(row, called)]
    notes = [] if keyed else _notes_below(records)
    records = records[: len(records) - len(notes)]
    lonely = None if keyed else _lonely(records, called)
    if lonely and lonely.word:
        left = {row.number for row in lonely.rows}
        records = [row for row in records if row.number not in left]
    given = []
    for position, name in enumerate(called):
        cells = [row.cells[position] if position < len(row.cells) else "" for row in records]
        given.append(Column(name, cells, [piece for cell in cells if cell for piece in pieces(cell)]))
    for position, name in names_of_links(called, linked).items():
        addresses = [row.links.get(position, "") for row in records]
        if any(addresses):
            given.append(Column(name, addresses, [address for address in addresses if address], link=True))
    sheet = Sheet([] if keyed else at, header_rows.above(rows, at), records, given)
    sheet.lonely = lonely
    sheet.totals = [found for row in below if (found := _total(row.cells, called))]
    places = [(next(at for at, cell in enumerate(row.cells) if cell), row) for row in notes]
    sheet.notes = [(called[at], row.cells[at]) for at, row in places if at < len(called)]
    parties.find_flags(sheet, known)
    find_days(sheet, known)
    sheet.called = [column for column in parties.called_as_parties(sheet, known) if not (column.days or column.flag)]
    parties.find_owners(sheet, known)
    parties.find_parties(sheet, known)
    find_act(sheet)
    _find_title(sheet)
    if keyed:
        _find_beside(sheet)
    _find_key(sheet)
    _find_identifiers(sheet)
    find_relations(sheet)
    _find_fields(sheet)
    find_acts(sheet)
    _tell_open(sheet, keyed=keyed)
    return sheet


def _notes_below(records: Sequence[Row]) -> list[Row]:
    """The rows below the last record that hold one text alone, which begins as notes do."""
    notes: list[Row] = []
    for row in reversed(records):
        filled = [cell for cell in row.cells if cell]
        if len(filled) != 1 or not NOTE.match(filled[0]):
            break
        notes.insert(0, row)
    return notes if len(notes) < len(records) else []


def _lonely(records: Sequence[Row], called: Sequence[str]) -> Lonely | None:
    """Find the rows that hold one cell alone, in a sheet whose other rows hold three at least."""
    filled = {row.number: [place for place, cell in enumerate(row.cells) if cell] for row in records}
    alone = [row for row in records if len(filled[row.number]) == 1]
    places = {filled[row.number][0] for row in alone}
    usual = sorted(map(len, filled.values()))[len(filled) // 2] if filled else 0
    if not alone or len(places) != 1 or usual < 3 or len(alone) * 2 > len(records):
        return None
    (place,) = places
    if place >= len(called):
        return None
    texts = [row.cells[place] for row in alone]
    first = {text.split()[0].casefold() for text in texts}
    others = (row.cells[place].split() for row in records if row not in alone and place < len(row.cells))
    shared = len(first) == 1 and not any(words and words[0].casefold() in first for words in others)
    return Lonely(called[place], alone, texts, texts[0].split()[0] if shared and len(texts) > 1 else None)


def _find_beside(sheet: Sheet) -> None:
    """Find what stands beside a name in an object of JSON: a title in other languages, the role of a party."""
    by_name = {column.name: column for column in sheet.columns}
    if sheet.title is not None:
        stem, dot, tongue = sheet.title.name.rpartition(".")
        for name, column in by_name.items():
            other = name.removeprefix(f"{stem}.")
            if dot and len(tongue) == 2 and len(other) == 2 and name == f"{stem}.{other}" and column.field is None:
                column.field = f"titles.{other}"
    for party in sheet.parties:
        stem, dot, _ = party.name.rpartition(".")
        role = by_name.get(f"{stem}.role") if dot else None
        said = {"_".join(folded(value).replace("-", " ").split()) for value in role.values} if role else set()
        if role and said and said <= set(PARTY_ROLES):
            role.field, role.doubt = "role", None
            sheet.roles[party.name] = role


_PARTS = re.compile(f"[{LIST}]")


def pieces(cell: str) -> list[str]:
    """The texts of a cell: of one that holds a list of JSON its items, which a map reads one by one."""
    return [piece for piece in _PARTS.split(cell) if piece] if LIST[0] in cell else [cell]


def _total(cells: Sequence[str], called: Sequence[str] = ()) -> tuple[str, str] | None:
    """The column and text by which a row says that it sums others up."""
    position = next((position for position, cell in enumerate(cells) if cell), None)
    if position is None or re.sub(r"[\s:=]*[0-9.,]*$", "", folded(cells[position])) not in TOTALS:
        return None
    return called[position] if position < len(called) else "", cells[position]


def _find_title(sheet: Sheet) -> None:
    free = [
        column
        for column in sheet.columns
        if not (column.days or column.party or column.flag or column.doubt or column.field)
    ]
    found = [(column.name, title) for column in free if (title := judge(column.name, column.values, len(sheet.rows)))]
    by_name = {column.name: column for column in sheet.columns}
    name, sheet.titles = best(found)
    if name is None:  # short texts that repeat are titles where each row is another party's part in one of them
        name = next((name for name, title in found if title.called and _repeats(sheet, by_name[name])), None)
        sheet.titles = [other for other in sheet.titles if other != name]
    if name is None:
        return
    sheet.title = by_name[name]
    sheet.title.field = "title"
    sheet.memberships = _repeats(sheet, sheet.title)
    if sheet.memberships:
        sheet.number = next((other for other in free if _numbers(other, sheet.title)), None)


def _numbers(column: Column, title: Column) -> bool:
    """Tell whether a column has one number, or code, for each title."""
    pairs = set(zip(column.cells, title.cells, strict=True))
    once = len(pairs) == len(set(column.cells)) == len(set(title.cells))
    return once and all(column.cells) and headers.speaks_of_a_key(column.name)


def _repeats(sheet: Sheet, column: Column) -> bool:
    """Tell whether texts repeat while each row names one party, another one, or another act of it, for each text."""
    if len(sheet.parties) != 1 or not column.values or len(set(column.values)) * 10 > len(column.values) * 7:
        return False
    of = sheet.parties[0]
    acts = sheet.act.cells if sheet.act else [""] * len(of.cells)
    pairs = list(zip(column.cells, of.cells, acts, strict=True))
    return bool(of.party and not of.party.signs) and len(set(pairs)) * 10 >= len(pairs) * 8


def _find_key(sheet: Sheet) -> None:
    for column in sheet.columns:
        if column.field or column.days or column.party or column.flag or column.doubt or column.question:
            continue
        if not headers.speaks_of_a_key(column.name) or headers.speaks_of_parties(column.name) or column in sheet.coded:
            continue
        whole = len(column.values) == len(sheet.rows) and max(map(len, column.values), default=61) <= 60
        if whole and len(set(column.values)) == len(column.values):
            sheet.key, column.field = column, "key"
            return
        if whole and not sheet.memberships and len(set(column.values)) * 10 >= len(column.values) * 7:
            sheet.near_key = sheet.near_key or column


_NUMBERED = re.compile(r"(.*?) ?(?:(?:registration |reg )?(?:no|nr|num|number|numero|nummer))?")


def _find_identifiers(sheet: Sheet) -> None:
    """Find the columns of the numbers of a series, such as ``UNTS No``; a key may be one too."""
    schemes = {headers.terms(scheme): scheme for scheme in IDENTIFIER_SCHEMES}
    for column in sheet.columns:
        match = _NUMBERED.fullmatch(headers.terms(column.name))
        scheme = schemes.get(match[1]) if match else None
        if scheme is None or scheme in sheet.identifiers or column.field not in (None, "key"):
            continue
        if column.values and all(re.fullmatch(r"([A-Z]{1,3}[- ]?)?[0-9]+", value) for value in column.values):
            sheet.identifiers[scheme] = column
            column.field = column.field or "identifier"


def _find_fields(sheet: Sheet) -> None:
    taken = {column.field for column in sheet.columns}
    free = [column for column in sheet.columns if not (column.days or column.party or column.flag or column.field)]
    for column in free:
        if column.doubt is None and (found := _by_words(column)) and found not in taken:
            column.field = found
            taken.add(found)
    sources = next((pattern for key, pattern in headers.FIELDS if key == "sources"))
    links = [column for column in free if column.link and not column.field]
    links.sort(key=lambda column: not sources.search(headers.terms(column.name.removesuffix(LINK))))
    if links:
        links[0].field = "sources"
        taken.add("sources")
    for key, pattern in headers.FIELDS:
        for column in free:
            said = pattern.search(headers.terms(column.name))
            if (
                said
                and not (column.field or column.doubt or column.question)
                and key not in taken
                and _holds(key, column)
            ):
                column.field = key
                taken.add(key)


def _by_words(column: Column) -> str | None:
    """Statuses and types are told by their words, whatever the header says."""
    said = {"_".join(folded(value).replace("-", " ").split()) for value in column.values}
    answers = {value.lower() for value in column.values}
    if said and sum("binding" in word for word in said) * 2 >= len(said):
        return "binding_status"
    if headers.asks_whether_binding(column.name) and len(answers & (YES | NO)) * 2 >= max(len(answers), 1):
        return "binding_status"
    if said and sum(word in INSTRUMENT_TYPES for word in said) * 3 >= len(said):
        return "instrument_type"
    return None


def _holds(key: str, column: Column) -> bool:
    """Tell whether the cells can be what a field takes: focus areas by their codes, addresses or names of sources."""
    if key in ("binding_status", "instrument_type"):
        return False  # these are told by their words
    if key == "focus_areas":
        return bool(column.values) and all(value in FOCUS_AREAS for value in column.values)
    if key == "sources":
        return bool(column.values) and all(len(value) > 3 for value in column.values)
    return True


def _tell_open(sheet: Sheet, *, keyed: bool) -> None:
    """Ask of columns that may be more than an own field, and of rows without a party but in JSON (``keyed``)."""
    named = [column for column in sheet.columns if column.party]
    if named and not keyed and not any(column.flag for column in sheet.columns):
        empty = [
            row.number
            for row, cells in zip(sheet.rows, zip(*(c.cells for c in named), strict=True), strict=True)
            if not any(cells)
        ]
        sheet.without_party = empty
    for column in sheet.columns:
        if column.question or column.days or column.party or column.flag or column.field or column.doubt:
            continue
        if act_words.speaks_of_days(column.name) and days.lacks_the_century(column.values):
            column.question = "years of two digits do not say the century; write the years out in the sheet"
        elif act_words.acts(column.name) and any(any(sign.isdigit() for sign in value) for value in column.values):
            column.question = "its header speaks of a day, but most of its cells are written in no way that is known"
        elif named_acts := [value for value in dict.fromkeys(column.values) if names_an_act(value)]:
            column.question = (
                f"its words name acts ({', '.join(named_acts[:3])}): rows may be acts of one agreement ([[part]], or "
                "the kind of an [[event]]), not agreements of their own"
            )
        elif headers.speaks_of_binding(column.name) and column.values:
            column.question = "it may say whether the agreement binds, but in no words of ours"
        elif headers.says_type(column.name) and column.values:
            column.question = "it may be the type of the instrument, but none of its words is one of ours"
        elif (
            headers.title_rank(column.name) == headers.NO_RANK
            and not headers.speaks_of_a_key(column.name)
            and days.could_be_serials(column.values)
        ):
            column.question = "its numbers could be days as spreadsheets count them"
