"""``tracker due``: what expires, renews, enters into force or needs notice, and what was never carried through."""

from typing import Annotated

import typer

from tracker.errors import InvalidValue
from tracker.law.due.items import KINDS
from tracker.read.life import deadlines
from tracker.read.life.deadlines import LOOKING_BACK, Question
from tracker.read.query import days
from tracker.read.query.filters import of_refs_or_query
from tracker.read.query.selection import Selection
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, command, option, query_argument, some_of
from tracker.shell.reading import reading

AHEAD = tuple(kind for kind in KINDS if kind not in LOOKING_BACK)


@command
def due(
    context: AppContext,
    which: Annotated[list[str] | None, query_argument("[REF]... | [QUERY]...", refs=True)] = None,
    *,
    options: FilterOptions,
    out: OutputOptions,
    within: Annotated[
        str | None,
        typer.Option(metavar="LENGTH", help="Only so far ahead: 180d, 6m, 2y, or a day. Default: the next of each."),
    ] = None,
    kind: Annotated[
        list[str] | None, option("--kind", f"Only these, with commas: {', '.join(KINDS)}.", offers=some_of(KINDS))
    ] = None,
    older_than: Annotated[
        str | None,
        typer.Option(
            metavar="LENGTH", help="Promises never signed and signatures never ratified of at least this age: 2y."
        ),
    ] = None,
) -> None:
    """Show what falls due from today (or --as-of): ends of terms, last days for notice, renewals, entries into force.

    Promises never signed (stale_promise) and signatures never ratified (unratified) are listed where --kind or
    --older-than asks for them. For a calendar: tracker due --within 2y -f ics -o deadlines.ics

    Examples:
        tracker due --within 2y
        tracker due --within 2y -f ics -o deadlines.ics

    Read on: tracker help eif; docs/law.md
    """
    with reading(context) as reader:
        asked = of_refs_or_query(reader, options, context.today, which or ())
        day = asked.as_of
        question = Question(
            _kinds(kind, ahead=within is not None or older_than is None, back=older_than is not None),
            None if within is None else days.ahead("--within", within, day),
            None if older_than is None else days.back("--older-than", older_than, day),
        )
        if older_than is not None and not set(question.kinds) & set(LOOKING_BACK):
            raise InvalidValue(f"--older-than goes with --kind {' or '.join(LOOKING_BACK)}")
        output.answer(deadlines.page(reader, Selection(asked), question), context, out)


def _kinds(texts: list[str] | None, *, ahead: bool, back: bool) -> tuple[str, ...]:
    if not texts:
        return (AHEAD if ahead else ()) + (LOOKING_BACK if back else ())
    from tracker.record import vocabulary

    codes = [part.strip().lower().replace("-", "_") for text in texts for part in text.split(",") if part.strip()]
    if not codes:
        raise InvalidValue(f"--kind names no kind of deadline; {vocabulary.expected('', KINDS)}")
    try:
        for code in codes:
            vocabulary.check(code, KINDS, "kind of deadline")
    except vocabulary.VocabularyError as error:
        raise InvalidValue(f"--kind: {error}") from error
    return tuple(code for code in KINDS if code in codes)
