"""Pictures in characters for a terminal: bars beside the rows of a table, and years as a line of small columns.

They repeat what the numbers say, so pipes and files do without them. Parts differ by their characters, not by colour
alone; a terminal whose encoding lacks blocks gets ASCII.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

# ruff: noqa: TID253 - this module is loaded only where a table for people was asked for
from rich.text import Text

from tracker.renderers import RenderOptions
from tracker.renderers._parts.folding import fold
from tracker.renderers._parts.pictures import Bar, Years, picture, row_bars
from tracker.table import Row, Table
from tracker.text.safety import visible

FILLS: Final = {True: "█▒░▓▚▄▖▪", False: "#=-+x%o."}
"""Characters of parts, by whether the terminal has blocks."""
LEVELS: Final = {True: "▁▂▃▄▅▆▇█", False: "_.-:=+*#"}
STYLES: Final = ("blue", "cyan", "yellow", "magenta", "red", "white", "bright_black", "green")
NARROWEST, WIDEST = 8, 30
"""Characters of the longest bar."""


class Drawn(NamedTuple):
    """The bars of the rows, and what their characters mean."""

    bars: list[Text]
    legend: Text | None


def has_blocks(encoding: str) -> bool:
    """Tell whether an encoding has the characters that we draw with."""
    try:
        (FILLS[True] + LEVELS[True]).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def bars(table: Table, rows: Sequence[Row], room: int, options: RenderOptions) -> Drawn | None:
    """Return a bar for each row, no longer than the room; None where the table has no parts, or no room is left."""
    drawn = row_bars(table, rows) if room >= NARROWEST else None
    if drawn is None:
        return None
    used = [at for at in range(len(drawn.parts)) if any(bar.numbers[at] for bar in drawn.bars)]
    fills = FILLS[has_blocks(options.encoding)]
    marks = {at: (fills[number % len(fills)], STYLES[at % len(STYLES)]) for number, at in enumerate(used)}
    scale = max(sum(bar.numbers) for bar in drawn.bars) / max(min(room, WIDEST) - len(used), 1)
    legend = Text()
    for at in used:
        legend.append(f"{marks[at][0]} ", marks[at][1]).append(f"{visible(drawn.parts[at])}  ")
    return Drawn([_bar(bar, marks, scale) for bar in drawn.bars], legend if len(used) > 1 else None)


def _bar(bar: Bar, marks: dict[int, tuple[str, str]], scale: float) -> Text:
    """A bar in proportion; a part that is not 0 has at least one character, or it would be overlooked."""
    drawn = Text()
    for at, (fill, style) in marks.items():
        if bar.numbers[at]:
            drawn.append(fill * max(round(bar.numbers[at] / scale), 1), style)
    return drawn


def lines(table: Table, rows: Sequence[Row], drawn: Drawn | None, options: RenderOptions) -> Iterator[Text]:
    """Yield what stands under the table: the legend of its bars, and where its rows are years these as one line."""
    width = options.width or 0
    if drawn is not None and drawn.legend is not None and drawn.legend.cell_len <= width:
        yield drawn.legend
    years = picture(table, rows) if row_bars(table, rows) else None
    if isinstance(years, Years):
        yield Text(fold(spark(years, width, options), width), no_wrap=True, overflow="ignore")


def spark(years: Years, width: int, options: RenderOptions) -> str:
    """Years as a line of columns between the first and the last; several in one column where there are too many."""
    sums = [sum(numbers) for numbers in years.numbers]
    room = max(width - len(years.labels[0]) - len(years.labels[-1]) - 30, 10)
    each = -(-len(sums) // room)
    grouped = [sum(sums[at : at + each]) for at in range(0, len(sums), each)]
    levels, most = LEVELS[has_blocks(options.encoding)], max(grouped)
    drawn = "".join(levels[-(-number * len(levels) // most) - 1] if number else " " for number in grouped)
    unit = "decade" if years.labels[0].endswith("s") else "year"
    sentence = f"{years.labels[0]} {drawn} {years.labels[-1]}  most in "
    return sentence + (f"{each} {unit}s: {most}" if each > 1 else f"a {unit}: {most}")
