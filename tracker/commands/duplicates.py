"""``tracker duplicates``: pairs of records that are likely of the same agreement."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Annotated

import typer

from tracker.errors import InvalidValue
from tracker.law.likeness import LIKELY, Pair
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.lookup import refs as stored_refs
from tracker.read.lookup.identity import COMMON, Likely, pairs
from tracker.read.lookup.traits import first_act
from tracker.record.types import Json, Record
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, argument, command
from tracker.shell.reading import opened
from tracker.table import Column, LeftOut, Table

COLUMNS = (
    *(Column("score", "share"), Column("ref", "code"), Column("title", weight=6), Column("first_act", "date")),
    *(Column("other", "code", "likely the same", weight=9), Column("other_title", heading="its title")),
    *(Column("other_first_act", "date", "its first act"), Column("common_parties", "list")),
)

LEFT_OUT = (
    f"not compared with all that may be alike: more than {COMMON} share their words, number or parties,"
    " so that those nearest in time count"
)


@command
def duplicates(
    context: AppContext,
    out: OutputOptions,
    refs: Annotated[Texts, argument("Only pairs with one of these.", metavar="[REF]...", offers="ref")] = None,
    at_least: Annotated[float, typer.Option("--at-least", help="Lowest score that is shown, 0 to 1.")] = LIKELY,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="At most so many (default: all).")] = None,
) -> None:
    """List pairs that are likely the same agreement, by names, numbers, parties and days; `tracker merge` joins two.

    Examples:
        tracker duplicates
        tracker duplicates --at-least 0.8 --limit 5

    Read on: tracker help merge
    """
    if not 0 < at_least <= 1:
        raise InvalidValue(f"--at-least {at_least}: expected a score above 0 and up to 1, such as {LIKELY}")
    with opened(context) as reader:
        exact_refs = [stored_refs.resolve(reader, text) for text in refs or []]
        with closing(Likely(0, 0, []) if reader.absent else pairs(reader, exact_refs, at_least)) as likely:
            output.answer(_table(reader, likely, limit, at_least, exact_refs), context, out)


def _table(reader: Reader, likely: Likely, limit: int | None, at_least: float, refs: list[str]) -> Table:
    noun = "pair" if likely.number == 1 else "pairs"
    footer = (
        [f"{likely.number} {noun}; join two with: tracker merge REF OTHER"]
        if likely.number
        else ["no likely duplicates"]
    )
    if likely.cut:
        footer.append(f"{likely.cut} {'agreement was' if likely.cut == 1 else 'agreements were'} {LEFT_OUT}")
    left_out = [LeftOut(LEFT_OUT, likely.cut)] if likely.cut else []
    filters: Record = {"at_least": at_least} | ({"refs": refs} if refs else {})
    title = "Likely the same agreement"
    rows = _rows(reader, islice(likely, limit))
    return Table("duplicates", COLUMNS, rows, title=title, filters=filters, left_out=left_out, footer=footer)


def _rows(reader: Reader, pairs: Iterable[Pair]) -> Iterator[tuple[Json, ...]]:
    for pair in pairs:
        first, second = pair.one, pair.other
        common = sorted(first.codes & second.codes)
        yield (
            *(round(pair.score, 4), first.ref, first.title, first_act(reader, first.ref)),
            *(second.ref, second.title, first_act(reader, second.ref), common),
        )
