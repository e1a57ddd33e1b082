"""``tracker show``: agreements in full."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Annotated

from tracker.read.lists import listing
from tracker.read.lists.listing import of_focus_areas
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.read.records import attached_files
from tracker.read.records.agreements import record as read_record
from tracker.record.types import Record
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, ref_argument
from tracker.shell.reading import opened
from tracker.table import Page, Section

if TYPE_CHECKING:
    from tracker.files.attached import Attached


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

    Read on: tracker help dossier; tracker help why; tracker help open; docs/record.md for the fields
    """
    with opened(context) as reader:
        on = day(as_of, context.today)
        records = [read_record(reader, refs.resolve(reader, text), on) for text in dict.fromkeys(ref)]
        labels = of_focus_areas(reader)
        files = [attached_files.of_record(reader, context.store.path, record) for record in records]
        data = listing.told(reader, records, output.names(out), output.shown_as(out))
    title = records[0]["title"] if len(records) == 1 else None
    output.answer(Page(title, _sections(records, files, labels), data, whole=True), context, out)


def _sections(records: list[Record], files: "list[list[Attached]]", labels: Mapping[str, str]) -> Iterator[Section]:
    from tracker.read.records import for_people as record_page

    for record, own in zip(records, files, strict=True):
        if len(records) > 1:
            yield Section(record["title"], level=1)
        for section in chain(record_page.sections(record, labels), attached_files.section(own)):
            yield section.but(level=3) if len(records) > 1 and section.heading else section
