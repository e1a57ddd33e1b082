"""``tracker dossier``: one agreement to hand over."""

from functools import partial
from typing import Annotated

from tracker.read.answers import dossier as reading
from tracker.read.lists import listing
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.read.records import for_people as record_page
from tracker.read.records.agreements import record as read_record
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, ref_argument
from tracker.shell.reading import opened


@command
def dossier(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    out: OutputOptions,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Hand over one agreement: record, status, timeline, evidence, conflicts, lineage, every source in full.

    As a page: tracker dossier REF -f markdown, or -o dossier.html. With --json it is the record.

    Examples:
        tracker dossier us-jp-rdte-mou-2023 -o dossier.html
        tracker dossier us-jp-rdte-mou-2023 -f markdown

    Read on: tracker help show; tracker help cite
    """
    with opened(context) as reader:
        exact_ref = refs.resolve(reader, ref)
        own = partial(record_page.sections, labels=listing.of_focus_areas(reader))
        record = read_record(reader, exact_ref, day(as_of, context.today))
        data = listing.told(reader, [record], output.names(out), output.shown_as(out))
        output.answer(reading.page(reader, record, data, own), context, out)
