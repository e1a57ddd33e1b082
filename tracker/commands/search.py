"""``tracker search``: agreements by the words in them."""

from typing import Annotated

from tracker.read.answers import search as searching
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, PageOptions, command, query_argument
from tracker.shell.reading import reading


@command
def search(
    context: AppContext,
    words: Annotated[list[str], query_argument("WORDS...")],
    filters: FilterOptions,
    page: PageOptions,
    out: OutputOptions,
) -> None:
    """Find agreements by words in titles, aliases, notes, parties, people, sources, refs and numbers; the best first.

    Accents and case do not matter. A word of three letters or more may go on (secur finds security); "in quotes" words
    stand as they are, one after the other. Terms of a query narrow it: tracker search supply party:JPN not type:treaty

    Examples:
        tracker search austin supply
        tracker search hypersonic party:JPN not type:treaty

    Read on: docs/queries.md; tracker help list
    """
    with reading(context) as reader:
        shown = output.shown_as(out)
        page = output.paged(page, context, out, "search")
        output.answer(searching.search(reader, filters, page, context.today, words, shown=shown), context, out)
