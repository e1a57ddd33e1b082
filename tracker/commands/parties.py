"""``tracker parties``: the participation table of an agreement."""

from typing import Annotated

from tracker.read.life import participation
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, ref_argument
from tracker.shell.reading import opened


@command
def parties(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    out: OutputOptions,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Show the parties on a day: signature, consent, entry into force for each, withdrawal, statements, status.

    Examples:
        tracker parties us-jp-sosa-2023
        tracker parties us-jp-rdte-mou-2023 --as-of 2023-06-30

    Read on: tracker help party; tracker help eif
    """
    with opened(context) as reader:
        exact_ref = refs.resolve(reader, ref)
        output.answer(participation.page(reader, exact_ref, day(as_of, context.today)), context, out)
