"""``tracker claims``: what sources say of an agreement, the losing values too."""

from typing import Annotated

from tracker.read.answers import claims as reading
from tracker.read.lookup import refs
from tracker.read.records.agreements import record as read_record
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, argument, command, ref_argument
from tracker.shell.reading import opened


@command
def claims(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    out: OutputOptions,
    path: Annotated[str | None, argument("Only claims about this field, or inside it.", offers="claimed path")] = None,
) -> None:
    """List the claims of sources about an agreement, or about one field of it; the adopted one is marked.

    Examples:
        tracker claims us-jp-rdte-mou-2023
        tracker claims us-jp-rdte-mou-2023 signed

    Read on: tracker help conflicts; tracker help claim
    """
    with opened(context) as reader:
        record = read_record(reader, refs.resolve(reader, ref), context.today)
        output.answer(reading.table(reader, record, path), context, out)
