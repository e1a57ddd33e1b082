"""The acts of a map written out: what happened on which day, whose act it is, and what has to be asked."""

from collections.abc import Iterator

from tracker.importers.drafting import act_words
from tracker.importers.drafting.days import EITHER, Days, stands_for_none
from tracker.importers.drafting.findings import Column, DatedEvent, Sheet
from tracker.importers.drafting.wording import ASKED, SHOWN, joined, listed, more, named, quoted, seen, series
from tracker.text.safety import visible


def event_lines(event: DatedEvent, sheet: Sheet) -> Iterator[str]:
    """Write an ``[[event]]``; where the header does not say what happened, it is asked."""
    column = event.columns[0]
    yield ""
    mark = ""
    if event.each:
        called = named([column.name for column in event.each[:SHOWN]], "and") + more(event.each, SHOWN)
        what = f"If it {event.maybe}, take away the marks; else put the word."
        yield f"{ASKED}What did each party do on the day in its column, {called}? {what}"
        mark = "# "
    elif event.kind is None and event.told_by is None:
        called = named([column.name for column in event.columns], "and")
        what = f"If it is {event.maybe!r}, take away the marks; else put the word."
        yield f"{ASKED}What happened on the day of {called}? {what}"
        mark = "# "
    unclear = (
        [word for word in dict.fromkeys(event.told_by.values) if not act_words.kind_of(word)] if event.told_by else []
    )
    if event.told_by and unclear:
        words = f"{joined(unclear[:8])}{more(unclear, 8)}"
        yield f"{ASKED}{visible(event.told_by.name)}: which acts are {words}? Until then they are acts of kind 'other'."
    yield f"{mark}[[event]]"
    yield f"{mark}kind = {_told_by(event.told_by) if event.told_by else quoted(event.kind or event.maybe)}"
    if event.each:
        yield f"{mark}columns = {listed(series(event.each, sheet))}  # one column a party"
    yield f"{mark}date = {date_of(event)}{seen(column)}"
    if event.column and event.column.days and event.column.days.placed:
        yield f'{mark}places = {{ column = {quoted(event.column.name)}, pattern = "^([^,]+),", else = "" }}'
    if event.of:
        yield f"{mark}parties = {quoted(event.of)}  # whose act it is, by the header"
    if event.of_parties:
        yield f"{mark}parties = true  # an act of the row's party"
    yield from dating(event, sheet)


def _told_by(column: Column) -> str:
    """The kind of an act by the words of a column."""
    words = {word: act_words.kind_of(word) for word in column.values}
    kinds = ", ".join(f"{quoted(word)} = {quoted(kind)}" for word, kind in words.items() if kind)
    rest = "" if all(words.values()) else ', else = "other"'
    return f"{{ column = {quoted(column.name)}, values = {{ {kinds} }}{rest} }}"


def dating(event: DatedEvent, sheet: Sheet) -> Iterator[str]:
    """Say how day and month are told apart, and ask where they are not."""
    found = event.column.days if event.column else None
    if event.column is None or found is None:
        return
    for layout, proof in found.proofs:
        yield f"# {layout}: {joined([proof])} can be read in no other way, and the column is taken to be written alike"
    if odd := found.strange:
        shown = f"{joined(odd[:8])}{more(odd, 8)}"
        yield f"# By none of these formats a date, and refused until you say how to read them: {shown}"
    if found.either:
        hint = _hint(event.column, sheet)
        yield (
            f"{ASKED}{visible(event.column.name)}: is the day first, or the month? These have two readings: "
            f"put {' or '.join(_pair(found.either[0]))} among the formats; until then they are refused: "
            f"{joined(found.either[:2])}{more(found.either, 2)}{hint}"
        )


def _pair(text: str) -> tuple[str, str]:
    """The two layouts of a text that has two readings."""
    return next(pair for pair in EITHER if pair[0][2] in text)


def _hint(column: Column, sheet: Sheet) -> str:
    found = column.days
    if found and any(set(pair) <= set(found.formats) for pair in EITHER):
        return " (The sheet is written both ways: take one of the two away.)"
    for other in sheet.columns:
        if other is not column and other.days and other.days.proofs:
            return f" ({visible(other.name)} is written {other.days.proofs[0][0]}.)"
    return ""


def date_of(event: DatedEvent) -> str:
    """Write where the day of an act stands, and how."""
    if event.column is None:
        parts = [
            f"{part} = {quoted(event.parts[part].name)}" for part in ("year", "month", "day") if part in event.parts
        ]
        texts = {value for column in event.parts.values() for value in column.values}
        nothing = sorted(text for text in texts if stands_for_none(text))
        return "{ " + ", ".join([*parts, *([f"sentinels = {listed(nothing)}"] if nothing else [])]) + " }"
    found = event.column.days or Days([])
    parts = [] if event.each else [f"column = {quoted(event.column.name)}"]
    if found.placed:
        parts.append('pattern = ",\\\\s*(.+)$"')
    if found.formats:
        parts.append(f"formats = {listed(found.formats)}")
    if found.nothing:
        parts.append(f"sentinels = {listed(found.nothing)}")
    return "{ " + ", ".join(parts) + " }"
