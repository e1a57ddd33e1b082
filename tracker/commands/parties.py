"""``tracker parties``: the participation table of an agreement."""

from typing import Annotated

from tracker import output
from tracker.context import AppContext
from tracker.options import OutputOptions, as_of_option, command, ref_argument
from tracker.read import participation, refs
from tracker.read.connection import open_store
from tracker.read.option_filters import day


@command
def parties(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    out: OutputOptions,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Show the parties on a day: signature, consent, entry into force for each, withdrawal, statements, status."""
    with open_store(context.store) as reader:
        found = refs.resolve(reader, ref)
        output.answer(participation.page(reader, found, day(as_of, context.today)), context, out)
