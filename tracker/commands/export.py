"""``tracker export``: records in a form that ``import`` takes back."""

from typing import Annotated

from tracker import plugins
from tracker.errors import InvalidValue
from tracker.files import attached
from tracker.read.lists import export as exporting
from tracker.read.lists import listing
from tracker.read.query.filters import filters
from tracker.renderers import exports
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, PageOptions, command, query_argument
from tracker.shell.reading import reading
from tracker.table import Records


@command
def export(
    context: AppContext,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    page: PageOptions,
    out: OutputOptions,
) -> None:
    """Write the register, or what the query describes with all that it refers to; NDJSON unless told otherwise.

    JSON and NDJSON hold everything and are imported back to the same; CSV holds the columns asked for.

    Examples:
        tracker export -o register.ndjson
        tracker export --party EST -f json

    Read on: tracker help import; tracker help schema
    """
    name = out.chosen or (output.default_format(stdout_is_terminal=False, path=out.output) if out.output else "ndjson")
    form = exports(plugins.load("renderers", name))
    page = page._replace(columns=output.names(out))
    if form and (page.columns or page.sort or page.reverse or page.limit is not None):
        raise InvalidValue(
            f"--columns, --sort, --reverse and --limit do not go with {name}, which holds everything; use list"
        )
    with reading(context) as reader:
        if form == "lines":
            documents = exporting.export_documents(reader, filters(reader, options, context.today, query))
            output.answer(Records("export", documents), context, _as(out, name))
        elif form == "document":
            whole = exporting.export_whole(reader, filters(reader, options, context.today, query))
            output.answer(Records("export", [whole], single=True), context, _as(out, name))
        else:
            output.answer(
                listing.agreements(reader, options, page, context.today, words=query), context, _as(out, name)
            )

    for line in attached.not_in(context.store.path, "the export"):
        messages.say(line, quiet=context.quiet)


def _as(out: OutputOptions, name: str) -> OutputOptions:
    return out._replace(format=None if out.template is not None else name, json=False)
