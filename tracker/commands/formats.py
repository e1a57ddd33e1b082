"""``tracker formats``: what the program can write and take in."""

from tracker import plugins
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, command
from tracker.table import Column, Table


@command
def formats(context: AppContext, out: OutputOptions) -> None:
    """List the formats of output and input, with the file endings that imply them.

    Examples:
        tracker formats

    Read on: docs/importing.md; docs/adding.md to write one
    """
    columns = [Column("name"), Column("direction"), Column("suffixes", "list"), Column("summary"), Column("problem")]
    groups: tuple[tuple[plugins.Group, str], ...] = (("renderers", "out"), ("importers", "in"))
    rows = [
        (listed.name, direction, list(listed.suffixes), listed.summary, listed.problem)
        for group, direction in groups
        for listed in plugins.listing(group)
    ]
    output.answer(Table("formats", columns, rows, folded=True), context, out)
