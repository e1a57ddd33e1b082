"""``tracker show``: agreements in full."""

from collections.abc import Iterator
from typing import Annotated

from tracker.read.lists import listing
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.read.records.agreements import record as read_record
from tracker.record.types import Record
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, ref_argument
from tracker.shell.reading import opened
from tracker.table import Page, Records, Section


@command
def show(
    context: AppContext,
    ref: Annotated[list[str], ref_argument("The agreements; a prefix is enough where it is unambiguous.")],
    out: OutputOptions,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Show agreements in full: parties, timeline, why binding or not, relations, sources, open questions.

    Examples:
        tracker show us-jp-rdte-mou-2023
        tracker show us-jp-rdte-mou-2023 us-jp-sosa-2023 -o both.html
        tracker show us-jp-sosa-2023 --json

    Read on: tracker help dossier; tracker help why; docs/record.md for the fields
    """
    with opened(context) as reader:
        on = day(as_of, context.today)
        records = [read_record(reader, refs.resolve(reader, text), on) for text in dict.fromkeys(ref)]
    whole = output.shown_as(out) == "objects"
    columns = [] if whole else [(column, getter) for column, getter, _ in listing.columns(None)]
    data = Records("agreement", records, single=len(records) == 1, columns=columns)
    title = records[0]["title"] if len(records) == 1 else None
    output.answer(Page(title, _sections(records), data, whole=True), context, out)


def _sections(records: list[Record]) -> Iterator[Section]:
    from tracker.read.records import for_people as record_page

    for record in records:
        if len(records) > 1:
            yield Section(record["title"], level=1)
        for section in record_page.sections(record):
            yield section._replace(level=3) if len(records) > 1 and section.heading else section
