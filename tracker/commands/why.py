"""``tracker why``: what a value of the register rests on."""

from typing import Annotated

import typer

from tracker.read.answers import why as reasons
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.read.records.agreements import record as read_record
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, offering, ref_argument
from tracker.shell.reading import opened


@command
def why(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    out: OutputOptions,
    path: Annotated[
        str, offering(typer.Argument(help="The field: binding, status, signed, events[e1].date, ..."), "path")
    ] = "binding",
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Say why: the evidence for the binding status by weight, or what any other field rests on.

    Examples:
        tracker why us-jp-rdte-mou-2023
        tracker why us-jp-rdte-mou-2023 signed

    Read on: tracker help claims; tracker help claim
    """
    with opened(context) as reader:
        record = read_record(reader, refs.resolve(reader, ref), day(as_of, context.today))
        output.answer(reasons.page(reader, record, path), context, out)
