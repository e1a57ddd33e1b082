"""``tracker timeline``: what happened to an agreement, in order."""

from typing import Annotated

from tracker.read.life import timeline as reading
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, ref_argument
from tracker.shell.reading import opened


@command
def timeline(
    context: AppContext,
    ref: Annotated[list[str], ref_argument("The agreements.")],
    out: OutputOptions,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Show the events of agreements in order, with their bounds, who, where, and the status reached after each.

    With --as-of what comes after that day is left out.

    Examples:
        tracker timeline us-jp-sosa-2023
        tracker timeline us-jp-rdte-mou-2023 us-jp-sosa-2023 --as-of 2023-06-30

    Read on: tracker help event; docs/time.md
    """
    with opened(context) as reader:
        chosen = [refs.resolve(reader, text) for text in dict.fromkeys(ref)]
        output.answer(reading.page(reader, chosen, day(as_of, context.today), past=as_of is not None), context, out)
