"""``tracker compare``: binding against non-binding over many agreements, two parties, or agreements side by side."""

from collections.abc import Sequence
from typing import Annotated

import typer

from tracker.errors import UsageProblem
from tracker.plain import Value
from tracker.read.counting import crosstab, dimensions
from tracker.read.counting.crosstab import Order
from tracker.read.file.connection import Reader
from tracker.read.query.days import day, signed_since
from tracker.read.query.filters import filters, narrowed
from tracker.read.query.selection import Selection
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, argument, command, one_of, option, some_of
from tracker.shell.reading import at_home, reading
from tracker.table import Page, Table


class ComparisonOptions(Value):
    """How ``compare binding`` and ``compare parties`` count."""

    by: Annotated[
        list[str] | None,
        option(
            "--by",
            f"binding: one of {', '.join(dimensions.DIMENSIONS)}; twice, or with a comma: both crossed.",
            offers=some_of(dimensions.DIMENSIONS),
        ),
    ] = None
    since: Annotated[
        str | None, typer.Option(metavar="YEAR", help="Signed in this year, or on this day, or later.")
    ] = None
    sort: Annotated[
        str | None,
        option(
            "--sort",
            "binding: sort by a column; share = the share that does not bind.",
            metavar="COLUMN",
            offers=one_of(("share", *crosstab.BINDING.values, crosstab.TOTAL, crosstab.DIFFER)),
        ),
    ] = None
    reverse: Annotated[bool, typer.Option("--reverse", help="binding: the other way round.")] = False
    minus: Annotated[
        list[str] | None,
        option("--minus", "parties: only what the first has with the second and not with this one.", offers="party"),
    ] = None


@command
def compare(
    context: AppContext,
    what: Annotated[
        list[str],
        argument(
            "The word binding and a query; the word parties, two parties and a query; or two refs or more.",
            metavar="binding [QUERY]... | parties A B [QUERY]... | REF REF...",
            offers="comparison",
        ),
    ],
    options: FilterOptions,
    how: ComparisonOptions,
    out: OutputOptions,
) -> None:
    """Compare binding with non-binding, two parties, or agreements side by side.

    Examples:
        tracker compare binding --by year
        tracker compare binding --by partner --party JPN --signed 2020..
        tracker compare parties JPN AUS
        tracker compare us-jp-rdte-mou-2023 us-jp-sosa-2023

    Read on: tracker help report; docs/cookbook.md
    """
    subject, *rest = what
    _refuse_strangers(subject, how)
    with reading(context) as reader:
        if subject in ("binding", "parties"):
            options = signed_since(options, how.since, context.today)
            make = _binding if subject == "binding" else _parties
            output.answer(make(reader, rest, options, how, context), context, out)
            return
        if not rest:
            raise UsageProblem(f"compare {subject!r} with what? Give two refs, or: tracker compare binding")
        from tracker.read.answers import side_by_side
        from tracker.read.lookup import refs

        chosen = [refs.resolve(reader, text) for text in what]
        output.answer(side_by_side.page(reader, chosen, day(options.as_of, context.today)), context, out)


def _refuse_strangers(subject: str, how: ComparisonOptions) -> None:
    """Raise UsageProblem where an option stands that belongs to another comparison."""
    binding = {"--by": how.by, "--sort": how.sort, "--reverse": how.reverse}
    owners = {**dict.fromkeys(binding, ("binding",)), "--since": ("binding", "parties"), "--minus": ("parties",)}
    given = {**binding, "--since": how.since, "--minus": how.minus}
    for name, subjects in owners.items():
        if given[name] and subject not in subjects:
            raise UsageProblem(f"{name} goes with: {' or '.join(f'tracker compare {word}' for word in subjects)}")


def _binding(
    reader: Reader, words: Sequence[str], options: FilterOptions, how: ComparisonOptions, context: AppContext
) -> Table:
    by = dimensions.chosen("--by", how.by)
    asked = at_home(context, reader, filters(reader, options, context.today, words), by)
    return crosstab.table(reader, Selection(asked), crosstab.BINDING, by, Order(how.sort, how.reverse))


def _parties(
    reader: Reader, words: Sequence[str], options: FilterOptions, how: ComparisonOptions, context: AppContext
) -> Page:
    from tracker.read.counting import party_comparison
    from tracker.read.lookup import names
    from tracker.read.query.predicates import equals

    if len(words) < 2:
        raise UsageProblem("compare which parties? Give two, such as: tracker compare parties JPN AUS")
    first, second = names.party_codes(reader, words[:2])
    minus = names.party_codes(reader, how.minus or ())
    if len({first, second, *minus}) < 2 + len(minus):
        raise UsageProblem(f"compare parties: {first} and {second} and what --minus names must differ")
    wanted = filters(reader, options.but(in_force=False), context.today, words[2:])
    if options.in_force:
        wanted = narrowed(wanted, equals("bound", first, second))
    pair = party_comparison.Pair(first, second, minus, in_force=options.in_force)
    return party_comparison.table(reader, Selection(wanted), pair)
