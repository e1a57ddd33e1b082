"""``tracker dossier``: one agreement to hand over."""

from typing import Annotated

from tracker import output, record_page
from tracker.context import AppContext
from tracker.options import OutputOptions, as_of_option, command, ref_argument
from tracker.read import dossier as reading
from tracker.read import refs
from tracker.read.connection import open_store
from tracker.read.option_filters import day


@command
def dossier(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    out: OutputOptions,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Hand over one agreement: record, status, timeline, evidence, conflicts, lineage, every source in full.

    As a page: tracker dossier REF -f markdown, or -o dossier.html. With --json it is the record.
    """
    with open_store(context.store) as reader:
        found = refs.resolve(reader, ref)
        output.answer(reading.page(reader, found, day(as_of, context.today), record_page.sections), context, out)
