"""``tracker columns``: what ``--columns`` and ``--json=`` can name."""

from typing import Annotated

import typer

from tracker.errors import InvalidValue
from tracker.query.columns import KINDS, declared
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, command, offering, one_of
from tracker.table import Column, Table

COLUMNS = (
    Column("column", "code", weight=9),
    Column("cells", "code", weight=3),
    Column("meaning", weight=8),
    Column("query", "code", "field of a query", weight=6),
)


@command
def columns(
    context: AppContext,
    out: OutputOptions,
    kind: Annotated[
        str,
        offering(typer.Argument(metavar="[KIND]", help=f"One of {', '.join(KINDS)}."), one_of(KINDS)),
    ] = "agreement",
) -> None:
    """List the columns of a kind of object: what --columns, --template and --json=A,B can name.

    Examples:
        tracker columns
        tracker columns party
        tracker list --columns ref,title,terms.duration.kind --limit 3

    Brackets choose one of several: events[e1].date, identifiers[TIAS], titles[ja]; own fields are extra.NAME. A report
    tells its columns itself: tracker report trend --json=

    Read on: docs/scripting.md; docs/record.md has every key with an example
    """
    wanted = KINDS.get(kind.strip().lower())
    if wanted is None:
        from tracker.record.vocabulary import expected

        raise InvalidValue(f"no kind of object {kind!r}; {expected(kind, list(KINDS))}")
    rows = [(one.name, one.kind, one.meaning, one.query or None) for one in declared(wanted)]
    output.answer(Table("columns", COLUMNS, rows, filters={"kind": wanted}), context, out)
