"""The acts whose days a sheet holds: what happened, and whose act it is, by the headers and by words in the rows."""

from collections.abc import Iterator

from tracker.importers.drafting import act_words, days
from tracker.importers.drafting.findings import Column, DatedEvent, Sheet
from tracker.importers.sheets import LIST

LONGEST_ACT = 40
"""Characters of a cell that names an act, such as ``Declaration of Succession``."""


def find_act(sheet: Sheet) -> None:
    """Find the column whose words name acts of parties, most of them for certain."""
    for column in sheet.columns:
        taken = column.days or column.party or column.flag or column.doubt
        if taken or len(column.values) != len(sheet.rows):
            continue
        words = set(column.values)
        known = sum(len(word) <= LONGEST_ACT and act_words.kind_of(word) is not None for word in words)
        if known * 2 >= len(words) and any(map(names_an_act, words)):
            sheet.act = column
            return


def names_an_act(text: str) -> bool:
    """Tell whether a text names an act of a party, such as ``Ratification``."""
    kind = act_words.act(text) if len(text) <= LONGEST_ACT else None
    return kind in act_words.OF_A_PARTY and kind not in act_words.OF_THE_ROW


def find_acts(sheet: Sheet) -> None:
    """Lay each column of days to its act; of several columns of one act the one that says most is taken."""
    single = len(sheet.parties) == 1 and all(column.party and not column.party.signs for column in sheet.parties)
    of_party = single and (sheet.title is None or sheet.memberships)
    for column in sheet.columns:
        if column.days and not column.of:
            kind = act_words.act_at_a_place(column.name) if column.days.placed else act_words.act(column.name)
            sheet.events.append(DatedEvent(kind, column))
    if single:
        _tell_acts(sheet)
    for event in sheet.events:
        if event.told_by:
            event.of_parties = True
            continue
        event.maybe = act_words.likely(event.columns[0].name)
        party_act = event.kind in act_words.OF_A_PARTY
        if any(_in_one_list(event, party) for party in sheet.parties):
            event.of_parties = event.kind is None or party_act
            continue
        if event.kind in act_words.OF_THE_ROW and not of_party:
            continue
        event.of_parties = single and (party_act or (of_party and event.kind is None))
        if not party_act or not event.of_parties:
            event.kind = None
    _choose(sheet)
    sheet.events += _of_headers(sheet)


def _tell_acts(sheet: Sheet) -> None:
    """Lay the one column of days whose header says nothing of an act to the column that names one in each row."""
    open_ = [event for event in sheet.events if not act_words.acts(event.columns[0].name)]
    if sheet.act and len(open_) == 1:
        open_[0].told_by = sheet.act
        sheet.act.field = "kind"


def _of_headers(sheet: Sheet) -> Iterator[DatedEvent]:
    """Yield the acts of which the header says whose they are; where it says nothing else, one for all such columns."""
    each = [column for column in sheet.columns if column.of and not column.rest]
    for column in sheet.columns:
        if column.rest:
            yield DatedEvent(act_words.act(column.rest), column, of=column.of, maybe=act_words.likely(column.rest))
    if each:
        values = [value for column in each for value in column.values]
        all_of_them = Column(each[0].name, [], values, days.judge(values, named=True))
        yield DatedEvent(None, all_of_them, each=each, maybe="ratified")


def _in_one_list(event: DatedEvent, party: Column) -> bool:
    """Tell whether a day and a party stand in the objects of one list of JSON."""
    lists = {column.name.partition(".")[0] for column in event.columns if "." in column.name}
    if party.name.partition(".")[0] not in lists or not any(LIST[0] in cell for cell in party.cells):
        return False
    pairs = ((cell, of) for column in event.columns for cell, of in zip(column.cells, party.cells, strict=True))
    return all(not cell or cell.count(LIST[0]) == of.count(LIST[0]) for cell, of in pairs)


def _choose(sheet: Sheet) -> None:
    """Of several columns that hold the day of one act keep the most exact; where two differ, ask."""
    for kind in {event.kind for event in sheet.events if event.kind}:
        rivals = sorted((event for event in sheet.events if event.kind == kind), key=_exactness, reverse=True)
        first, *others = rivals
        exact = [event for event in others if _exactness(event)[0] == _exactness(first)[0]]
        if any(_differ(first, event) for event in exact):
            for event in rivals:
                event.kind = None
            continue
        for event in others:
            left, taken = event.columns[0], first.columns[0]
            left.question = f"holds the day of {kind} too, as {taken.name!r} does; taken from there"
            sheet.events.remove(event)


def _exactness(event: DatedEvent) -> tuple[bool, int]:
    if event.column and event.column.days:
        return event.column.days.exact, event.column.days.read
    return "day" in event.parts, max(len(column.values) for column in event.columns)


def _differ(one: DatedEvent, other: DatedEvent) -> bool:
    if one.column is None or other.column is None:
        return True
    return any(
        left and right and left != right for left, right in zip(one.column.cells, other.column.cells, strict=True)
    )
