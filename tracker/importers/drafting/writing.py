"""A map written out as TOML: what is told of a sheet in keys, what has to be asked in comments."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.importers.drafting import act_words, headers
from tracker.importers.drafting.findings import Column, DatedEvent, Related, Sheet
from tracker.importers.drafting.parties import NO, NOTHING, YES
from tracker.importers.drafting.wording import ASKED, SHOWN, joined, listed, more, named, quoted, seen, series
from tracker.importers.drafting.written_acts import date_of, dating, event_lines
from tracker.importers.mapping.row_parties import SHORT
from tracker.record import vocabulary
from tracker.text.names import suggest
from tracker.text.safety import visible

TRANSLATED = 25
"""Different words of a column up to which each gets a line."""

WORDS = {"instrument_type": vocabulary.INSTRUMENT_TYPES, "binding_status": vocabulary.BINDING_STATUSES}
SAME = {
    "not_binding": "non_binding",
    "nonbinding": "non_binding",
    "legally_binding": "binding",
    "mou": "memorandum_of_understanding",
}
"""Other writings of words of the vocabulary."""

NO_TITLE = 'title = ""'
"""The line of a map whose titles are not known yet."""


def written(sheet: Sheet, name: str, remarks: Sequence[str]) -> str:
    """Write the map of a sheet."""
    return "\n".join([*_head(sheet, name, remarks), *_agreement(sheet), *_rest(sheet)]) + "\n"


def open_questions(text: str) -> list[str]:
    """What a map asks, with the line on which it does."""
    return [
        f"line {number}: {line.removeprefix(ASKED)}"
        for number, line in enumerate(text.splitlines(), 1)
        if line.startswith(ASKED)
    ]


def _head(sheet: Sheet, name: str, remarks: Sequence[str]) -> Iterator[str]:
    yield f"# A first map for {visible(name)}, judged by its header and its first rows: check every line."
    yield "# Lines that begin with '# ?' ask what the sheet does not tell."
    yield f"# Then: tracker import {visible(name)} --map THIS-FILE --dry-run"
    yield "# What the words mean: docs/importing.md"
    yield from (f"# {visible(remark)}" for remark in remarks)
    yield ""
    yield "[sheet]"
    at = sheet.at
    if at:
        yield f"header = {json.dumps(at if len(at) != 1 else at[0])}  # the row, or rows, that name the columns"
    if sheet.encoding:
        yield f"encoding = {quoted(sheet.encoding)}  # likely; check the texts"
    if sheet.path:
        yield f"rows = {quoted(sheet.path)}  # where the list of rows stands in the document"
    if sheet.lists:
        held = f"those under {quoted(sheet.path)}" if sheet.path else "the document as one"
        yield f"{ASKED}Which objects are the rows: {held}, or the lists under {named(sheet.lists[:3])}? (rows = ...)"
    for row in sheet.above:
        yield f"# above them, and not read: row {row.number}: {joined([cell for cell in row.cells if cell])}"
    filled = {value for column in sheet.columns for value in column.values}
    empty = sorted((filled & NOTHING) | ({"NA"} & filled if not _na_in_parties(sheet) else set()))
    if empty:
        yield f"empty = {listed(empty)}  # texts that stand for nothing, in every column"
    yield ""


def _na_in_parties(sheet: Sheet) -> bool:
    """Tell whether ``NA`` is, or may be, Namibia in a column, so that it must not be taken for nothing everywhere."""
    coded = any("NA" in column.values and set(column.values) != {"NA"} for column in sheet.coded)
    return coded or bool(sheet.na_is_namibia) or any(column.party and column.party.na for column in sheet.columns)


def _agreement(sheet: Sheet) -> Iterator[str]:
    yield "[agreement]"
    if sheet.key:
        yield from _line("key", sheet.key)
    else:
        yield "# key = ...  # a column that names each agreement for good; without one, title, date and parties do"
        yield from _near_key(sheet)
    yield from _title(sheet)
    for scheme, column in sheet.identifiers.items():
        yield from _line(f"identifiers.{scheme if re.fullmatch('[A-Za-z0-9_-]+', scheme) else quoted(scheme)}", column)
    for column in (column for column in sheet.columns if (column.field or "").startswith("titles.")):
        yield from _line(column.field or "", column)
    for meaning in ("focus_areas", "notes", "sources"):
        for column in sheet.of(meaning):
            yield from _line(meaning, column)
    for event in sheet.events:
        if event.kind == "expires":
            yield f"expires = {date_of(event)}{seen(event.columns[0])}"
            yield from dating(event, sheet)
    for key in WORDS:
        for column in sheet.of(key):
            yield from _words(key, column)


def _near_key(sheet: Sheet) -> Iterator[str]:
    """Ask of a column that would name the rows, but for texts that stand in several of them."""
    if column := sheet.near_key:
        twice = [text for text, count in Counter(column.values).items() if count > 1]
        shown = f"{joined(twice[:SHOWN])}{more(twice, SHOWN)}"
        said = f"{visible(column.name)} would be the key, but several rows have the same: {shown}"
        yield f"{ASKED}{said}. Are they one agreement? If not, correct it in the sheet"
        yield f"# key = {quoted(column.name)}  # rows of one key are one agreement"


def _title(sheet: Sheet) -> Iterator[str]:
    others = f"; it may also be {named(sheet.titles[:3])}" if sheet.titles else ""
    if sheet.title is None:
        near = (
            f"it may be {named(sheet.titles[:3])}"
            if sheet.titles
            else 'or is it made of others: { text = "{A} of {B}" }?'
        )
        if turned := [column.name for column in _of_agreements(sheet)]:
            near = (
                f"or is each row a party, and {named(turned[:SHOWN], 'and')}{more(turned, SHOWN)} are agreements? "
                "Then turn the sheet, so that each agreement is a row and each party a column"
            )
        elif any(event.of_parties for event in sheet.events):
            lines = [cells[0] for row in sheet.above if len(cells := [cell for cell in row.cells if cell]) == 1]
            called = next(filter(headers.names_an_instrument, lines), "...")
            near = f"{near}; or is the sheet one agreement: key and title = {{ value = {quoted(called)} }}?"
        yield f"{ASKED}Which column holds the titles? None does for certain; {near}"
        yield NO_TITLE
        return
    yield f"{next(_line('title', sheet.title))}{visible(others)}"
    if sheet.memberships:
        number = sheet.number or sheet.title
        yield f"{ASKED}Titles repeat, and each row names one party. Is a row its part in an agreement? Then write:"
        what = "number" if sheet.number else "title"
        yield f"# key = {quoted(number.name)}  # all rows of a {what} are one agreement"


def _of_agreements(sheet: Sheet) -> list[Column]:
    """Columns that may each be an agreement, where each row is another party: days whose headers name no act."""
    cells = [cell for column in sheet.parties for cell in column.cells]
    alone = len(sheet.parties) == 1 and len(set(cells)) == len(cells)
    return [event.columns[0] for event in sheet.events if alone and event.kind is None and not _says_act(event)]


def _says_act(event: DatedEvent) -> bool:
    return any(act_words.acts(column.name) or column.of for column in event.columns)


def _rest(sheet: Sheet) -> Iterator[str]:
    yield from _parties(sheet)
    for event in sheet.events:
        if event.kind != "expires":
            yield from event_lines(event, sheet)
    for related in sheet.relations:
        yield from _relation(related, sheet)
    yield from _skips(sheet)
    yield from _headings(sheet)
    yield from _own(sheet)


def _line(key: str, column: Column) -> Iterator[str]:
    yield f"{key} = {quoted(column.name)}{seen(column)}"


def _words(key: str, column: Column) -> Iterator[str]:
    codes = WORDS[key]
    texts = list(dict.fromkeys(value for value in column.values if value not in NOTHING))
    yield ""
    yield f"[agreement.{key}]{seen(column)}"
    yield f"column = {quoted(column.name)}"
    if len(texts) > TRANSLATED:
        yield f"{ASKED}{visible(column.name)}: {len(texts)} texts: which of our words are they? (table `values`)"
        yield 'else = ""'
        return
    meant = {text: code for text in texts if (code := _meant(text, codes))}
    if key == "binding_status":
        meant |= {text: "binding" for text in texts if text.lower() in YES}
        meant |= {text: "non_binding" for text in texts if text.lower() in NO}
    if unclear := [text for text in texts if text not in meant]:
        yield f"{ASKED}{visible(column.name)}: which of our words are these: {joined(unclear[:8])}{more(unclear, 8)}?"
    yield f'[agreement.{key}.values]  # the sheet\'s words to ours; "" = nothing'
    for text in texts:
        near = "" if text in meant else f"  # near: {', '.join(suggest(text, codes, 3) or codes[:6])}"
        yield f"{quoted(text)} = {quoted(meant.get(text, ''))}{near}"


def _meant(text: str, codes: Sequence[str]) -> str | None:
    """The word of the vocabulary that a text is, written in another way."""
    code = "_".join(text.lower().replace("-", " ").split())
    code = SAME.get(code, code)
    return code if code in codes else None


def _parties(sheet: Sheet) -> Iterator[str]:
    signed = {column.name for column in sheet.parties if headers.speaks_of_signatories(column.name)}
    only = len(signed) == len(sheet.parties)  # of whom nobody says otherwise, who signed are the parties
    groups: dict[Group, list[Column]] = {}
    for column in sorted(sheet.parties, key=lambda one: one.name in signed):
        if column.party:
            key = column.name in signed and not only, column.party.scheme, tuple(column.party.signs)
            groups.setdefault(key, []).append(column)
    for key, given in groups.items():
        yield from _party(key, given, sheet)
    told = any(column.flag or column.doubt or column.of for column in sheet.columns)
    if not told and any(column.values for column in sheet.called):
        yield from _called(sheet)
    elif not sheet.parties and not told:
        yield ""
        yield f"{ASKED}Which columns hold the parties? None does for certain."
    if sheet.without_party:
        rows = ", ".join(map(str, sheet.without_party[:8])) + more(sheet.without_party, 8)
        down = f"fill_down = {listed([column.name for column in sheet.parties])}"
        yield f"{ASKED}Who are the parties of the rows that name none ({rows})? If those above hold, in [sheet]: {down}"
    yield from _flags([column for column in sheet.columns if column.flag])
    yield from _doubts(sheet)


def _called(sheet: Sheet) -> Iterator[str]:
    """Ask what the cells of columns that are called as parties say."""
    names = named([column.name for column in sheet.called[:SHOWN]], "and") + more(sheet.called, SHOWN)
    texts = list(dict.fromkeys(value for column in sheet.called for value in column.values))
    yield ""
    said = f"{joined(texts[:SHOWN])}{more(texts, SHOWN)}"
    yield f"{ASKED}Do the cells of {names} say who takes part ({said})? If so, take away the marks, and texts for no:"
    yield "# [[party]]  # one column a party"
    yield f"# columns = {listed(series(sheet.called, sheet))}"
    yield f"# yes = {listed(texts[:TRANSLATED])}"


Group = tuple[bool, str, tuple[str, ...]]
"""Whether columns name those who signed alone, their scheme, and the signs between parties."""


def _party(key: Group, given: Sequence[Column], sheet: Sheet) -> Iterator[str]:
    signatories, scheme, signs = key
    yield ""
    yield f"[[party]]{seen(given[0])}"
    if len(given) == 1:
        yield f"column = {quoted(given[0].name)}"
    else:
        yield f"columns = {listed([column.name for column in given])}"
    if signs:
        yield f"separator = {listed(signs)}"
    if (role := sheet.roles.get(given[0].name)) and len(given) == 1:
        yield f"role = {quoted(role.name)}{seen(role)}"
    elif signatories:
        yield 'role = { value = "signatory" }  # those who signed, and are not said to be parties'
    if scheme != "name":
        yield f"scheme = {quoted(scheme)}{_namibia(sheet, given)}"
    yield from _names(given, scheme)


def _namibia(sheet: Sheet, given: Sequence[Column]) -> str:
    return "  # NA is Namibia here" if any(column.name in sheet.na_is_namibia for column in given) else ""


def _names(given: Sequence[Column], scheme: str) -> Iterator[str]:
    unknown = list(dict.fromkeys(name for column in given if column.party for name in column.party.unknown))
    doubtful = any(column.party and column.party.na for column in given)
    short = sorted({code for column in given if column.party for code in column.party.short})
    if doubtful:
        yield f'{ASKED}Is NA Namibia (NAM), or no party (then: empty = ["NA"])? Until then its rows are refused.'
    for code in short:
        yield f"{ASKED}Is {code} a state (its code), or {SHORT[code]}? Write which; until then its rows are refused."
    if doubtful or short:
        values = [
            *(['NA = "NA: Namibia, or nothing?"'] if doubtful else []),
            *(f'{code} = "{code}: a state, or {SHORT[code]}?"' for code in short),
        ]
        yield f"values = {{ {', '.join(values)} }}"
    elif scheme == "name":
        yield '# values = { "UK (GB)" = "GBR" }  # what the sheet calls a party, and what we do'
    if unknown:
        shown = f"{joined(unknown[:8])}{more(unknown, 8)}"
        yield f"{ASKED}Whom do these names mean? No party bears them, and their rows are refused: {shown}"


def _flags(given: Sequence[Column]) -> Iterator[str]:
    if not given:
        return
    yield ""
    yield "[[party]]  # one column a party, marked where it takes part"
    yield f"columns = [{', '.join(quoted(column.name) for column in given)}]"
    marks = sorted({value for column in given for value in column.values if value.lower() in YES})
    yield f"yes = {listed(marks)}"
    left = sorted({value for column in given for value in column.values} - set(marks))
    if left:
        yield f"no = {listed(left)}"


def _doubts(sheet: Sheet) -> Iterator[str]:
    """Ask of columns that may hold parties, those of a series (c1, c2, ...) in one question."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Column]] = {}
    for column in sheet.columns:
        if column.doubt:
            groups.setdefault((column.doubt.why, column.doubt.scheme, column.doubt.signs), []).append(column)
    for (why, scheme, signs), given in groups.items():
        called = named([column.name for column in given[:3]], "and") + more(given, 3)
        yield ""
        because = visible(why[:1].upper() + why[1:])
        yield f"{ASKED}Are the cells of {called} parties? {because}. If so, take away the marks:"
        yield f"# [[party]]{seen(given[0])}"
        yield f"# columns = {listed(series(given, sheet))}"
        if scheme != "name":
            yield f"# scheme = {quoted(scheme)}"
        if signs:
            yield f"# separator = {listed(signs)}"


def _relation(related: Related, sheet: Sheet) -> Iterator[str]:
    """Write a relation; it is asked about where its column holds no keys, or titles which no key stands for."""
    column = related.column
    certain = related.by and sheet.key and not related.strangers
    yield ""
    if not certain:
        step = "" if sheet.key else "; for that the map needs the column of a key"
        asked = f"Does {named([column.name])} lead to other agreements, by their key or title?"
        yield f"{ASKED}{asked} If so, take away the marks{step}:"
    mark = "" if certain else "# "
    yield f"{mark}[[relation]]{seen(column)}"
    yield f"{mark}type = {quoted(related.type)}"
    if related.by == "title" and sheet.title:
        yield f"{mark}find = {{ {quoted(sheet.title.name)} = {quoted(column.name)} }}"
    elif related.signs:
        yield f"{mark}key = {{ column = {quoted(column.name)}, separator = {listed(related.signs)} }}"
    else:
        yield f"{mark}key = {quoted(column.name)}"


def _skips(sheet: Sheet) -> Iterator[str]:
    for column, text in dict.fromkeys(sheet.totals):
        yield ""
        yield "[[skip]]  # a row that sums up the others"
        yield f"when = {{ {quoted(column)} = {quoted(text)} }}"
    for column, text in dict.fromkeys(sheet.notes):
        yield ""
        yield "[[skip]]  # a note below the table"
        yield f"when = {{ {quoted(column)} = {quoted(text)} }}"


def _headings(sheet: Sheet) -> Iterator[str]:
    """Rows that hold one cell alone: headings where they begin with one word, such as Chapter; else they are asked."""
    lonely = sheet.lonely
    if lonely is None:
        return
    yield ""
    mark = "" if lonely.word else "# "
    if not lonely.word:
        rows = ", ".join(str(row.number) for row in lonely.rows[:8]) + more(lonely.rows, 8)
        asked = f"Rows {rows} hold nothing but {named([lonely.column])}."
        yield f"{ASKED}{asked} If they are headings, take away the marks:"
    yield f"{mark}[[heading]]  # {joined(lonely.texts[:SHOWN])}"
    yield f'{mark}name = "Heading"  # the rows below have it, as an own field'
    yield f"{mark}column = {quoted(lonely.column)}"
    if lonely.word:
        yield f"pattern = {quoted(f'^({re.escape(lonely.word)}.*)')}"


def _own(sheet: Sheet) -> Iterator[str]:
    yield ""
    yield "[own]  # columns that nothing above names become own fields (x.NAME)"
    yield "ignore = []  # columns to leave out"
    for column in sheet.columns:
        if column.field or column.flag or column.party or column.days or column.of:
            if column.question:
                yield f"# {visible(column.name)}: {visible(column.question)}{seen(column)}"
        elif column.question:
            yield f"{ASKED}{visible(column.name)}: {visible(column.question)}{seen(column)}"
        else:
            yield f"# {visible(column.name)}{seen(column)}"
