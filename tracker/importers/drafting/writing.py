"""A map written out as TOML: what is told of a sheet in keys, what has to be asked in comments."""

import json
import re
from collections.abc import Iterator, Sequence

from tracker.importers.drafting.days import EITHER, Days, stands_for_none
from tracker.importers.drafting.findings import Column, DatedEvent, Sheet
from tracker.importers.drafting.parties import NOTHING, YES
from tracker.record import vocabulary
from tracker.text.names import suggest
from tracker.text.safety import visible

SHOWN = 3
"""Values of a column that a comment shows."""

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

ASKED = "# ? "
"""Before what has to be answered."""


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
    if sheet.path:
        yield f"rows = {_quoted(sheet.path)}  # where the list of rows stands in the document"
    if sheet.lists:
        held = f"those under {_quoted(sheet.path)}" if sheet.path else "the document as one"
        yield f"{ASKED}Which objects are the rows: {held}, or the lists under {_or(sheet.lists[:3])}? (rows = ...)"
    for row in sheet.above:
        yield f"# above them, and not read: row {row.number}: {_joined([cell for cell in row.cells if cell])}"
    filled = {value for column in sheet.columns for value in column.values}
    empty = sorted((filled & NOTHING) | ({"NA"} & filled if not _na_in_parties(sheet) else set()))
    if empty:
        yield f"empty = {_list(empty)}  # texts that stand for nothing, in every column"
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
    yield from _title(sheet)
    for column in sheet.columns:
        if column.field and column.field.startswith("titles."):
            yield from _line(column.field, column)
    for meaning in ("focus_areas", "notes", "sources"):
        for column in sheet.of(meaning):
            yield from _line(meaning, column)
    for event in sheet.events:
        if event.kind == "expires":
            yield f"expires = {_date(event)}{_seen(event.columns[0])}"
            yield from _dating(event, sheet)
    for key in WORDS:
        for column in sheet.of(key):
            yield from _words(key, column)


def _title(sheet: Sheet) -> Iterator[str]:
    others = f"; it may also be {_or(sheet.titles[:3])}" if sheet.titles else ""
    if sheet.title is None:
        near = (
            f"it may be {_or(sheet.titles[:3])}"
            if sheet.titles
            else 'or is it made of others: { text = "{A} of {B}" }?'
        )
        yield f"{ASKED}Which column holds the titles? None does for certain; {near}"
        yield NO_TITLE
        return
    yield f"{next(_line('title', sheet.title))}{visible(others)}"
    if sheet.memberships:
        title = _quoted(sheet.title.name)
        yield f"{ASKED}Titles repeat, and each row names one party. Is a row its part in an agreement? Then write:"
        yield f"# key = {title}  # all rows of a title are one agreement"


def _rest(sheet: Sheet) -> Iterator[str]:
    yield from _parties(sheet)
    for event in sheet.events:
        if event.kind != "expires":
            yield from _event(event, sheet)
    yield from _skips(sheet)
    yield from _headings(sheet)
    yield from _own(sheet)


def _line(key: str, column: Column) -> Iterator[str]:
    yield f"{key} = {_quoted(column.name)}{_seen(column)}"


def _words(key: str, column: Column) -> Iterator[str]:
    codes = WORDS[key]
    texts = list(dict.fromkeys(value for value in column.values if value not in NOTHING))
    yield ""
    yield f"[agreement.{key}]{_seen(column)}"
    yield f"column = {_quoted(column.name)}"
    if len(texts) > TRANSLATED:
        yield f"{ASKED}{visible(column.name)}: {len(texts)} texts: which of our words are they? (table `values`)"
        yield 'else = ""'
        return
    meant = {text: code for text in texts if (code := _meant(text, codes))}
    if unclear := [text for text in texts if text not in meant]:
        yield f"{ASKED}{visible(column.name)}: which of our words are these: {_joined(unclear[:8])}{_more(unclear, 8)}?"
    yield f'[agreement.{key}.values]  # the sheet\'s words to ours; "" = nothing'
    for text in texts:
        near = "" if text in meant else f"  # near: {', '.join(suggest(text, codes, 3) or codes[:6])}"
        yield f"{_quoted(text)} = {_quoted(meant.get(text, ''))}{near}"


def _meant(text: str, codes: Sequence[str]) -> str | None:
    """The word of the vocabulary that a text is, written in another way."""
    code = "_".join(text.lower().replace("-", " ").split())
    code = SAME.get(code, code)
    return code if code in codes else None


def _parties(sheet: Sheet) -> Iterator[str]:
    groups: dict[tuple[str, tuple[str, ...]], list[Column]] = {}
    for column in sheet.parties:
        if column.party:
            groups.setdefault((column.party.scheme, tuple(column.party.signs)), []).append(column)
    for (scheme, signs), given in groups.items():
        yield ""
        yield f"[[party]]{_seen(given[0])}"
        if len(given) == 1:
            yield f"column = {_quoted(given[0].name)}"
        else:
            yield f"columns = {_list([column.name for column in given])}"
        if signs:
            yield f"separator = {_list(signs)}"
        if (role := sheet.roles.get(given[0].name)) and len(given) == 1:
            yield f"role = {_quoted(role.name)}{_seen(role)}"
        if scheme != "name":
            yield f"scheme = {_quoted(scheme)}{_namibia(sheet, given)}"
        yield from _names(given, scheme)
    if not sheet.parties and not any(column.flag or column.doubt for column in sheet.columns):
        yield ""
        yield f"{ASKED}Which columns hold the parties? None does for certain."
    if sheet.without_party:
        rows = ", ".join(map(str, sheet.without_party[:8])) + _more(sheet.without_party, 8)
        down = f"fill_down = {_list([column.name for column in sheet.parties])}"
        yield f"{ASKED}Who are the parties of the rows that name none ({rows})? If those above hold, in [sheet]: {down}"
    yield from _flags([column for column in sheet.columns if column.flag])
    yield from _doubts(sheet)


def _namibia(sheet: Sheet, given: Sequence[Column]) -> str:
    return "  # NA is Namibia here" if any(column.name in sheet.na_is_namibia for column in given) else ""


def _names(given: Sequence[Column], scheme: str) -> Iterator[str]:
    unknown = list(dict.fromkeys(name for column in given if column.party for name in column.party.unknown))
    doubtful = any(column.party and column.party.na for column in given)
    if doubtful:
        yield f'{ASKED}Is NA Namibia (NAM), or no party (then: empty = ["NA"])? Until then its rows are refused.'
        yield 'values = { NA = "NA: Namibia, or nothing?" }'
    elif scheme == "name":
        yield '# values = { "UK (GB)" = "GBR" }  # what the sheet calls a party, and what we do'
    if unknown:
        shown = f"{_joined(unknown[:8])}{_more(unknown, 8)}"
        yield f"{ASKED}Whom do these names mean? No party bears them, and their rows are refused: {shown}"


def _flags(given: Sequence[Column]) -> Iterator[str]:
    if not given:
        return
    yield ""
    yield "[[party]]  # one column a party, marked where it takes part"
    yield f"columns = [{', '.join(_quoted(column.name) for column in given)}]"
    marks = sorted({value for column in given for value in column.values if value.lower() in YES})
    yield f"yes = {_list(marks)}"
    left = sorted({value for column in given for value in column.values} - set(marks))
    if left:
        yield f"no = {_list(left)}"


def _doubts(sheet: Sheet) -> Iterator[str]:
    """Ask of columns that may hold parties, those of a series (c1, c2, ...) in one question."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Column]] = {}
    for column in sheet.columns:
        if column.doubt:
            groups.setdefault((column.doubt.why, column.doubt.scheme, column.doubt.signs), []).append(column)
    for (why, scheme, signs), given in groups.items():
        called = _or([column.name for column in given[:3]], "and") + _more(given, 3)
        yield ""
        because = visible(why[:1].upper() + why[1:])
        yield f"{ASKED}Are the cells of {called} parties? {because}. If so, take away the marks:"
        yield f"# [[party]]{_seen(given[0])}"
        yield f"# columns = {_list(_series(given, sheet))}"
        if scheme != "name":
            yield f"# scheme = {_quoted(scheme)}"
        if signs:
            yield f"# separator = {_list(signs)}"


def _series(given: Sequence[Column], sheet: Sheet) -> list[str]:
    """Names of columns; of many that stand side by side the first and the last: ``c1..c91``."""
    names = [column.name for column in sheet.columns]
    called = [column.name for column in given]
    start = names.index(called[0])
    if len(called) > 3 and names[start : start + len(called)] == called:
        return [f"{called[0]}..{called[-1]}"]
    return called


def _event(event: DatedEvent, sheet: Sheet) -> Iterator[str]:
    column = event.columns[0]
    yield ""
    mark = ""
    if event.kind is None:
        called = _or([column.name for column in event.columns], "and")
        what = f"If it is {event.maybe!r}, take away the marks; else put the word."
        yield f"{ASKED}What happened on the day of {called}? {what}"
        mark = "# "
    yield f"{mark}[[event]]"
    yield f"{mark}kind = {_quoted(event.kind or event.maybe)}"
    yield f"{mark}date = {_date(event)}{_seen(column)}"
    if event.of_parties:
        yield f"{mark}parties = true  # an act of the row's party"
    yield from _dating(event, sheet)


def _dating(event: DatedEvent, sheet: Sheet) -> Iterator[str]:
    """Say how day and month are told apart, and ask where they are not."""
    found = event.column.days if event.column else None
    if event.column is None or found is None:
        return
    for layout, proof in found.proofs:
        yield f"# {layout}: {_joined([proof])} can be read in no other way, and the column is taken to be written alike"
    if odd := found.strange:
        shown = f"{_joined(odd[:8])}{_more(odd, 8)}"
        yield f"# By none of these formats a date, and refused until you say how to read them: {shown}"
    if found.either:
        hint = _hint(event.column, sheet)
        yield (
            f"{ASKED}{visible(event.column.name)}: is the day first, or the month? These have two readings: "
            f"put {' or '.join(_pair(found.either[0]))} among the formats; until then they are refused: "
            f"{_joined(found.either[:2])}{_more(found.either, 2)}{hint}"
        )


def _pair(text: str) -> tuple[str, str]:
    """The two layouts of a text that has two readings."""
    return next(pair for pair in EITHER if pair[0][2] in text)


def _hint(column: Column, sheet: Sheet) -> str:
    for other in sheet.columns:
        if other is not column and other.days and other.days.proofs:
            return f" ({visible(other.name)} is written {other.days.proofs[0][0]}.)"
    return ""


def _date(event: DatedEvent) -> str:
    if event.column is None:
        parts = [
            f"{part} = {_quoted(event.parts[part].name)}" for part in ("year", "month", "day") if part in event.parts
        ]
        texts = {value for column in event.parts.values() for value in column.values}
        nothing = sorted(text for text in texts if stands_for_none(text))
        return "{ " + ", ".join([*parts, *([f"sentinels = {_list(nothing)}"] if nothing else [])]) + " }"
    found = event.column.days or Days([])
    parts = [f"column = {_quoted(event.column.name)}"]
    if found.formats:
        parts.append(f"formats = {_list(found.formats)}")
    if found.nothing:
        parts.append(f"sentinels = {_list(found.nothing)}")
    return "{ " + ", ".join(parts) + " }"


def _skips(sheet: Sheet) -> Iterator[str]:
    for column, text in dict.fromkeys(sheet.totals):
        yield ""
        yield "[[skip]]  # a row that sums up the others"
        yield f"when = {{ {_quoted(column)} = {_quoted(text)} }}"


def _headings(sheet: Sheet) -> Iterator[str]:
    """Rows that hold one cell alone: headings where they begin with one word, such as Chapter; else they are asked."""
    lonely = sheet.lonely
    if lonely is None:
        return
    yield ""
    mark = "" if lonely.word else "# "
    if not lonely.word:
        rows = ", ".join(str(row.number) for row in lonely.rows[:8]) + _more(lonely.rows, 8)
        yield f"{ASKED}Rows {rows} hold nothing but {_or([lonely.column])}. If they are headings, take away the marks:"
    yield f"{mark}[[heading]]  # {_joined(lonely.texts[:SHOWN])}"
    yield f'{mark}name = "Heading"  # the rows below have it, as an own field'
    yield f"{mark}column = {_quoted(lonely.column)}"
    if lonely.word:
        yield f"pattern = {_quoted(f'^({re.escape(lonely.word)}.*)')}"


def _own(sheet: Sheet) -> Iterator[str]:
    yield ""
    yield "[own]  # columns that nothing above names become own fields (x.NAME)"
    yield "ignore = []  # columns to leave out"
    for column in sheet.columns:
        if column.field or column.flag or column.party or column.days:
            if column.question:
                yield f"# {visible(column.name)}: {visible(column.question)}{_seen(column)}"
        elif column.question:
            yield f"{ASKED}{visible(column.name)}: {visible(column.question)}{_seen(column)}"
        else:
            yield f"# {visible(column.name)}{_seen(column)}"


def _seen(column: Column) -> str:
    shown = _joined(list(dict.fromkeys(column.values))[:SHOWN])
    return f"  # {shown}" if shown else "  # empty"


def _joined(values: Sequence[str]) -> str:
    return " | ".join(visible(value if len(value) <= 40 else f"{value[:40]}...") for value in values)


def _or(names: Sequence[str], word: str = "or") -> str:
    quoted = [f"'{visible(name)}'" for name in names]
    return f" {word} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _more(values: Sequence[object], shown: int) -> str:
    return f" and {len(values) - shown} more" if len(values) > shown else ""


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """A TOML text; JSON writes the same but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
