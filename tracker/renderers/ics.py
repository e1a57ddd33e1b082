r"""iCalendar (RFC 5545): each row with a date as an all-day event, for a calendar that imports it again and again.

A table with a column ``date`` gives one event a row; any other gives one for each date in a row. The column ``ref`` is
needed, for an event keeps its identity: UID is the cell ``id``, or the ref and the name of the date's column, and says
nothing of the day, so an import of a later answer moves the event. DTSTAMP and SEQUENCE come from the day of the
answer, never from the clock: the same question gives the same bytes.

A partial date is an event over all days that it may be, an open end the one day that is known, "not before" or "not
after" in its title; none is turned into an invented day. What is not certain is tentative (STATUS, 3.8.1.11), and
nothing blocks time (TRANSP, 3.8.2.7). Text is escaped (3.3.11), lines are folded at 75 octets (3.1), control
characters made visible.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import BinaryIO

from tracker.dates.edtf import parse
from tracker.errors import InvalidValue
from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import plain
from tracker.table import Answer, Cell, Page, Records, Row, Table, as_table
from tracker.text.safety import visible

SUMMARY = "iCalendar (RFC 5545): dates as all-day events, such as those of tracker due"
SUFFIXES = (".ics",)
NEEDS = "refs and dates"
REQUIRES = ("ref", "date")
"""A column of that name, and a column of that kind."""

PRODUCT = "-//tracker//register of agreements//EN"
OCTETS = 75
EPOCH = date(1970, 1, 1)
UNSAID = "1970-01-01"
"""The day of an answer that has none."""

UTC = (
    "BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
"""A calendar must hold something (RFC 5545, 3.6); without an event this, which no calendar shows."""

Cells = dict[str, Cell]


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:  # noqa: ARG001 - the renderer contract
    """Write the calendar; raises InvalidValue for an answer without refs or dates, before anything is written."""
    table, days = _with_days(answer)
    dated = _date_columns(table)
    names = [column.name for column in table.columns]
    _write(out, ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"])
    if table.title:
        _write(out, [f"X-WR-CALNAME:{_text(table.title)}"])
    empty = True
    for row in table.rows:
        cells = dict(zip(names, row, strict=True))
        day = next(days)
        for column in dated:
            if cells[column]:
                empty = False
                _write(out, _event(cells, column, day))
    _write(out, UTC if empty else ())
    _write(out, ["END:VCALENDAR"])


def _with_days(answer: Answer) -> tuple[Table, Iterator[str]]:
    """Return the answer as a table, and the day of the answer for each row: records carry it themselves."""
    if isinstance(answer, Page):
        return _with_days(answer.data)
    table = as_table(answer)
    if not isinstance(answer, Records):
        return table, _always(table.as_of or UNSAID)
    seen: list[str] = []

    def rows() -> Iterator[Row]:
        for record in answer.objects if answer.lean is None else answer.lean:
            seen.append((record.get("derived") or {}).get("as_of") or UNSAID)
            yield tuple(getter(record) for _, getter in answer.columns)

    def days() -> Iterator[str]:
        while True:
            yield seen.pop(0)

    return table.but(rows=rows()), days()


def _always(day: str) -> Iterator[str]:
    while True:
        yield day


def _date_columns(table: Table) -> list[str]:
    """Return the columns whose dates become events; raises InvalidValue where there are none, or no refs."""
    names = [column.name for column in table.columns]
    dated = [column.name for column in table.columns if column.kind == "date"]
    if "ref" in names and dated:
        return ["date"] if "date" in dated else dated
    lacks = " and ".join(["a column ref"] * ("ref" not in names) + ["a column of dates"] * (not dated))
    raise InvalidValue(
        f"ics needs {lacks}, which this answer has not: ask `tracker due`, "
        "or `tracker list --columns ref,title,signed`; for others take -f csv"
    )


def _event(cells: Cells, column: str, day: str) -> Iterator[str]:
    held = parse(cells[column])
    first, last = held.earliest or held.latest, held.latest or held.earliest
    assert first is not None and last is not None  # noqa: S101, PT018 - EDTF leaves at most one end open
    yield "BEGIN:VEVENT"
    name = cells.get("id") or f"{cells['ref']}.{column}"
    yield f"UID:{_text(plain(name))}@tracker"
    yield f"DTSTAMP:{day.replace('-', '')}T000000Z"
    yield f"SEQUENCE:{max((date.fromisoformat(day) - EPOCH).days, 0)}"
    yield f"DTSTART;VALUE=DATE:{first.replace('-', '')}"
    yield f"DTEND;VALUE=DATE:{(date.fromisoformat(last) + timedelta(days=1)).isoformat().replace('-', '')}"
    yield f"SUMMARY:{_text(_summary(cells, column, bound=_bound(held.earliest, held.latest)))}"
    yield f"DESCRIPTION:{_text(_description(cells))}"
    if cells.get("kind"):
        yield f"CATEGORIES:{_text(plain(cells['kind']))}"
    yield f"STATUS:{'TENTATIVE' if held.uncertain or cells.get('certain') is False else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _bound(earliest: str | None, latest: str | None) -> str:
    if earliest is None:
        return "not after this day: "
    if latest is None:
        return "not before this day: "
    return "" if earliest == latest else "one of these days: "


def _summary(cells: Cells, column: str, bound: str) -> str:
    what = plain(cells["what"]) if column == "date" and cells.get("what") else column.replace("_", " ")
    return f"{bound}{what}: {plain(cells.get('title') or cells['ref'])}"


def _description(cells: Cells) -> str:
    """Return the other cells, a line each, so that the calendar shows the counting and the refs."""
    shown = {
        name: value for name, value in cells.items() if name not in ("id", "what", "earliest", "latest", "certain")
    }
    lines = [
        f"{name.replace('_', ' ')}: {plain(value)}" for name, value in shown.items() if value not in (None, "", [])
    ]
    return "\n".join(lines)


def _text(value: str) -> str:
    r"""Escape a TEXT value: backslash, semicolon, comma, and line feeds as ``\n``."""
    shown = visible(value, keep_lines=True)
    return shown.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _write(out: BinaryIO, lines: Iterable[str]) -> None:
    out.writelines(_folded(line) for line in lines)


def _folded(line: str) -> bytes:
    """Return a content line with CRLF, folded so that no line exceeds 75 octets and no character is split."""
    data = line.encode("utf-8", "backslashreplace")
    if len(data) <= OCTETS:
        return data + b"\r\n"
    parts, begin, room = [], 0, OCTETS
    while len(data) - begin > room:
        end = begin + room
        while data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(data[begin:end])
        begin, room = end, OCTETS - 1  # the space that continues a line counts
    parts.append(data[begin:])
    return b"\r\n ".join(parts) + b"\r\n"
