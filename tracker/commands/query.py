"""``tracker query``: queries saved under a name."""

from collections.abc import Iterable
from typing import Annotated

from tracker.errors import InvalidQuery, UsageProblem
from tracker.query.arguments import text_of_words
from tracker.query.fields import FieldError, canonical
from tracker.query.parsing import parse
from tracker.query.tree import Node, QueryError, Saved, Term, leaves
from tracker.read.lookup.saved import QUERIES
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, argument, command, query_argument
from tracker.table import Column, Table

Name = Annotated[str, argument("The name, without @.", metavar="NAME", offers="saved query")]


@command
def save(context: AppContext, name: Name, query: Annotated[list[str], query_argument("QUERY...")]) -> None:
    """Save a query under a name, to be used as @NAME. It is kept for you, in no store.

    Examples:
        tracker query save mine party:JPN not focus:cyber

    Read on: docs/queries.md; then: tracker list @mine
    """
    text = text_of_words(query)
    try:
        asked = parse(text)
    except QueryError as error:
        raise InvalidQuery(error.message, error.pointer()) from error
    if asked is None:
        raise UsageProblem(f"there is nothing to save; write: tracker query save {name} party:JPN")
    _refuse_unknown_fields(asked, text)
    before = QUERIES.save(name.removeprefix("@"), text)
    instead = f" (it was: {before})" if before not in (None, text) else ""
    messages.say(f"saved{instead}; use it with: tracker list @{name.removeprefix('@')}", quiet=context.quiet)


def _refuse_unknown_fields(asked: Node, text: str) -> None:
    """Raise InvalidQuery for a field that no query has; which values there are, only a store knows."""
    terms: Iterable[Term | Saved] = leaves(asked)
    for term in terms:
        try:
            if isinstance(term, Term) and term.field:
                canonical(term.field)
        except FieldError as error:
            raise InvalidQuery(str(error), QueryError(str(error), text, term.span).pointer()) from error


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List the saved queries.

    Examples:
        tracker query list

    Read on: docs/queries.md
    """
    saved = sorted(QUERIES.load().items())
    output.answer(Table("queries", [Column("name", "code"), Column("query")], saved, folded=True), context, out)


@command
def show(name: Name) -> None:
    """Print a saved query.

    Examples:
        tracker query show mine

    Read on: docs/queries.md
    """
    output.line(QUERIES.text(name.removeprefix("@")))


@command
def remove(context: AppContext, name: Name) -> None:
    """Forget a saved query.

    Examples:
        tracker query remove mine

    Read on: docs/queries.md
    """
    QUERIES.remove(name.removeprefix("@"))
    messages.say(f"forgotten: @{name.removeprefix('@')}", quiet=context.quiet)
