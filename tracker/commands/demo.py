"""``tracker demo``: the samples in a store of their own, and what can be asked of them."""

from collections.abc import Iterator
from pathlib import Path

from tracker.files.folders import data_folder
from tracker.query.arguments import FilterArguments, PageArguments
from tracker.read.answers import claims, side_by_side, why
from tracker.read.counting import crosstab
from tracker.read.file.connection import Reader, open_store
from tracker.read.file.location import StoreLocation
from tracker.read.lists import listing
from tracker.read.query.filters import Filters, filters
from tracker.read.query.selection import Selection
from tracker.read.records.agreements import record as read_record
from tracker.shell import messages, output, protected
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, command
from tracker.shell.writing import writing
from tracker.table import Answer, Table
from tracker.work import taking as ingest


@command
def demo(context: AppContext, out: OutputOptions) -> None:
    """Load the samples into a store of their own and take a short tour that ends with binding and non-binding by year.

    The store is --store where that option is given, else demo.db in the user's data folder; never the register itself.
    Loading them again changes nothing.
    With -f or -o only the comparison is printed.

    Examples:
        tracker demo
        tracker demo -o decades.html

    Read on: tracker help compare; README.md
    """
    store = context.store if context.store.by_option else StoreLocation(data_folder() / "demo.db", named=True)
    context = context.but(store=store)
    output.shown_as(out)  # a format that nobody knows is told before anything is loaded
    protected.refuse(out.output, store.path)
    new = load(context).counts["agreement", "new"]
    sentence = f"{new} sample agreements loaded into" if new else "the samples are in"
    messages.say(f"{sentence} {store.path}", quiet=context.quiet)
    with open_store(store) as reader:
        if out.chosen or out.output:
            output.answer(_by_year(reader, context.today), context, out)
            return
        for line, answer in tour(reader, context.today):
            output.write_text(f"\n$ tracker {line}\n")
            output.answer(answer, context, OutputOptions(format="table"))
    messages.say(f"ask on: tracker --store {store.path} show us-jp-rdte-mou-2023", quiet=context.quiet)


def tour(reader: Reader, today: str) -> Iterator[tuple[str, Answer]]:
    """Yield the command lines of the tour and what they answer."""
    signed = FilterArguments(party=["JPN", "USA"], signed="2022..2023")
    page = PageArguments(columns="ref,binding_status,status,signed,text_access")
    yield (
        "list --party JPN --party USA --signed 2022..2023 --columns " + str(page.columns),
        listing.agreements(reader, signed, page, today),
    )
    pair = ["us-jp-rdte-mou-2023", "us-jp-sosa-2023"]
    yield f"compare {' '.join(pair)}", side_by_side.page(reader, pair, today)
    yield "conflicts --open", claims.conflicts(reader, Selection(Filters(as_of=today)), only_open=True)
    minutes = "qa-bh-doha-minutes-1990"
    yield f"why {minutes}", why.page(reader, read_record(reader, minutes, today), "binding")
    japan = FilterArguments(party=["JPN"])
    yield (
        "compare binding --by partner --party JPN",
        crosstab.table(reader, _selection(reader, japan, today), crosstab.BINDING, ["partner"]),
    )
    yield "compare binding --by year", _by_year(reader, today)


def _by_year(reader: Reader, today: str) -> Table:
    return crosstab.table(reader, _selection(reader, FilterArguments(), today), crosstab.BINDING, ["year"])


def _selection(reader: Reader, options: FilterArguments, today: str) -> Selection:
    return Selection(filters(reader, options, today))


def load(context: AppContext) -> ingest.Plan:
    """Import every sample file as one change."""
    plan = ingest.Plan()
    with writing(context.but(words=("tracker", "demo")), create=True) as writer:
        ingest.take(writer, ingest.Order(sorted(folder().glob("*.json")), context.today, "json"), plan)
        plan.refuse_bad(skip_bad=False)
    return plan


def folder() -> Path:
    """Where the samples lie: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "samples"
    return inside if inside.is_dir() else package.parent / "samples"
