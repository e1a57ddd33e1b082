"""``tracker demo``: the samples in a store of their own, and what can be asked of them."""

from pathlib import Path

from tracker import config, ingest, messages, output
from tracker.context import AppContext, StoreLocation
from tracker.options import FilterOptions, OutputOptions, command
from tracker.read import comparison
from tracker.read.connection import open_store
from tracker.read.option_filters import filters
from tracker.read.selection import Selection
from tracker.store.session import transaction

BY = "year"


@command
def demo(context: AppContext, out: OutputOptions) -> None:
    """Load the samples into a store of their own and compare binding with non-binding by year of signature.

    The store is --store where it is given, else demo.db in the user's data folder. Loading them again changes nothing.
    """
    store = context.store if context.store.named else StoreLocation(config.data_folder() / "demo.db", named=True)
    context = context._replace(store=store)
    result = load(context)
    new = result.counts["agreement", "new"]
    messages.say(
        f"{new} sample agreements loaded into {store.path}" if new else f"the samples are in {store.path}",
        quiet=context.quiet,
    )
    with open_store(store) as reader:
        selection = Selection(filters(reader, FilterOptions(), context.today))
        output.answer(comparison.by(reader, selection, BY, []), context, out)
    said = f"tracker --store {store.path}"
    messages.say(f"try: {said} compare us-jp-rdte-mou-2023 us-jp-sosa-2023", quiet=context.quiet)
    messages.say(f"     {said} list --party Japan --binding non_binding", quiet=context.quiet)


def load(context: AppContext) -> ingest.Result:
    """Import every sample file as one change."""
    result = ingest.Result()
    with transaction(context.store.path, actor=context.who, command="tracker demo") as writer:
        for path in sorted(folder().glob("*.json")):
            with path.open("rb") as stream:
                importer = ingest.recognise(stream, path, "json")
                ingest.apply(writer, importer.read(stream, path.name), result, context.today)
        ingest.refuse_bad(result, skip_bad=False)
    return result


def folder() -> Path:
    """Where the samples lie: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "samples"
    return inside if inside.is_dir() else package.parent / "samples"
