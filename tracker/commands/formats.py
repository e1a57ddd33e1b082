"""``tracker formats``: what the program can write and take in."""

from tracker import output, plugins
from tracker.context import AppContext
from tracker.options import OutputOptions, command
from tracker.table import Column, Table


@command
def formats(context: AppContext, out: OutputOptions) -> None:
    """List the formats of output and input, with the file endings that imply them."""
    columns = [Column("name"), Column("direction"), Column("suffixes", "list"), Column("summary")]
    rows = [
        (name, direction, list(module.SUFFIXES), module.SUMMARY)
        for package, direction in (("renderers", "out"), ("importers", "in"))
        for name in plugins.names(package)
        for module in [plugins.load(package, name)]
    ]
    output.answer(Table("formats", columns, rows), context, out)
