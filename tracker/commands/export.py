"""``tracker export``: records in a form that ``import`` takes back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tracker import plugins
from tracker.errors import InvalidValue
from tracker.files import attached
from tracker.files.datapackage import Field, Package, describe, described
from tracker.query.columns import declared
from tracker.read.lists import export as exporting
from tracker.read.lists import listing
from tracker.read.query.filters import filters
from tracker.renderers import exports
from tracker.shell import messages, output, streams
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, PageOptions, command, query_argument
from tracker.shell.reading import reading
from tracker.table import Column, Records


@command
def export(
    context: AppContext,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    page: PageOptions,
    out: OutputOptions,
    datapackage: Annotated[
        bool, typer.Option("--datapackage", help="CSV: also write datapackage.json beside it, what its columns hold.")
    ] = False,
) -> None:
    """Write the register, or what the query describes with all that it refers to; NDJSON unless told otherwise.

    JSON and NDJSON hold everything and are imported back to the same; CSV holds the columns asked for, Parquet all of
    them where none are.

    Examples:
        tracker export -o register.ndjson
        tracker export --party EST -f json
        tracker export -o register.parquet
        tracker export -o register.csv --datapackage

    Read on: tracker help import; tracker help schema
    """
    name = out.chosen or (output.default_format(stdout_is_terminal=False, path=out.output) if out.output else "ndjson")
    renderer = plugins.load("renderers", name)
    form, wide = exports(renderer), getattr(renderer, "WIDE", False)
    page = page.but(columns=output.names(out) or (_every() if wide else None))
    if form and (page.columns or page.sort or page.reverse or page.limit is not None):
        raise InvalidValue(
            f"--columns, --sort, --reverse and --limit do not go with {name}, which holds everything; use list"
        )
    package = _package(out, name) if datapackage else None
    with reading(context) as reader:
        if form == "lines":
            asked = filters(reader, options, context.today, query)
            documents, lines = exporting.export_documents(reader, asked), exporting.export_lines(reader, asked)
            output.answer(Records("export", documents, lines=lines), context, _as(out, name))
        elif form == "document":
            whole = exporting.export_whole(reader, filters(reader, options, context.today, query))
            output.answer(Records("export", [whole], single=True), context, _as(out, name))
        else:
            found = listing.agreements(reader, options, page, context.today, words=query)
            output.answer(found, context, _as(out, name))
            if package is not None and out.output:
                _describe(out.output, [column for column, _ in found.columns], package, quiet=context.quiet)

    for line in attached.not_in(context.store.path, "the export"):
        messages.say(line, quiet=context.quiet)


def _package(out: OutputOptions, name: str) -> Package:
    """Return the description beside the sheet that is to be written; it may hold others."""
    if name != "csv" or out.output is None or out.output == streams.STDOUT:
        raise InvalidValue("--datapackage describes a CSV file; name one with -o FILE.csv")
    return described(out.output)


def _describe(sheet: Path, columns: Sequence[Column], package: Package, *, quiet: bool) -> None:
    meanings = {column.name: column.meaning for column in declared("agreement")}
    fields = [Field(column.name, column.kind, meanings.get(column.name, "")) for column in columns]
    messages.say(f"described in {describe(sheet, fields, package)}", quiet=quiet)


def _every() -> str:
    """Return the columns of the record itself, and those of its dates that the rules derive."""
    names = [column.name for column in declared("agreement") if "." not in column.name]
    dates = (f"derived.{name}.edtf" for name in ("concluded", "in_force_from", "in_force_until"))
    return ",".join(name for name in (*names, "derived.status_certain", *dates) if name not in ("record", "derived"))


def _as(out: OutputOptions, name: str) -> OutputOptions:
    return out.but(format=None if out.template is not None else name, json=False)
