"""The acts that a sheet dates: which columns hold the day of which."""

from tracker.importers.drafting import days, words
from tracker.importers.drafting.findings import Column, DatedEvent, Sheet


def find_days(sheet: Sheet) -> None:
    """Find the columns that hold days, and days that stand in columns for their parts."""
    for column in sheet.columns:
        if not column.flag:
            column.days = days.judge(column.values, named=words.speaks_of_days(column.name))
    _find_parts(sheet)


def find_acts(sheet: Sheet) -> None:
    """Lay each column of days to its act; of several columns of one act the one that says most is taken."""
    single = len(sheet.parties) == 1 and all(column.party and not column.party.signs for column in sheet.parties)
    of_party = single and (sheet.title is None or sheet.memberships)
    for column in sheet.columns:
        if column.days:
            sheet.events.append(DatedEvent(words.act(column.name), column))
    for event in sheet.events:
        said = words.acts(event.columns[0].name)
        event.maybe = next((kind for kind in said if kind != "expires"), "signed")
        party_act = event.kind in words.OF_A_PARTY
        if event.kind in words.OF_THE_ROW and not of_party:
            continue
        event.of_parties = single and party_act
        if not event.of_parties:
            event.kind = None
    _choose(sheet)


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


def _find_parts(sheet: Sheet) -> None:
    """Find days whose year, month and day stand in columns of their own: ``signYear``, ``signMonth``, ``signDay``."""
    stems: dict[str, dict[str, Column]] = {}
    for column in sheet.columns:
        found = days.part(words.terms(column.name))
        if found is not None and not column.flag and days.holds_part(found[0], column.values):
            stems.setdefault(found[1], {}).setdefault(found[0], column)
    for parts in stems.values():
        if "year" not in parts or "month" not in parts:
            continue
        for column in parts.values():
            column.days, column.field = None, "part"
        sheet.events.append(DatedEvent(words.act(parts["year"].name), parts=parts))
