"""``tracker list``: agreements, one a line."""

from tracker import messages, output
from tracker.context import AppContext
from tracker.options import FilterOptions, OutputOptions, PageOptions, command
from tracker.read import listing
from tracker.read.connection import open_store


@command
def list_(context: AppContext, filters: FilterOptions, page: PageOptions, out: OutputOptions) -> None:
    """List agreements: all, or those that the options describe. What matches only possibly is marked."""
    with open_store(context.store) as reader:
        if reader.absent:
            messages.say(
                f"there is no store yet ({context.store.path}); record something with: tracker add TITLE",
                quiet=context.quiet,
            )
        shown = listing.shown_as(output.format_name(out))
        output.answer(listing.agreements(reader, filters, page, context.today, shown=shown), context, out)
