"""``tracker list``: agreements, one a line."""

from tracker import output
from tracker.commands.reading import reading
from tracker.context import AppContext
from tracker.options import FilterOptions, OutputOptions, PageOptions, command
from tracker.read import listing


@command
def list_(context: AppContext, filters: FilterOptions, page: PageOptions, out: OutputOptions) -> None:
    """List agreements: all, or those that the options describe. What matches only possibly is marked."""
    with reading(context) as reader:
        shown = listing.shown_as(output.format_name(out))
        output.answer(listing.agreements(reader, filters, page, context.today, shown=shown), context, out)
