r"""A line for each item, made from a template: ``{ref}\t{title}``. What the data hold never acts and breaks no line."""

from typing import BinaryIO

from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import plain
from tracker.table import Answer, as_table
from tracker.text import templates
from tracker.text.safety import visible


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write the template of ``options.asked`` once for each row, its names filled from the columns."""
    table = as_table(answer)
    places = {column.name: at for at, column in enumerate(table.columns)}
    parts = templates.parsed(options.asked)
    for row in table.machine_rows(totals=options.totals):
        text = "".join(
            visible(plain(row[places[part.name]])) if isinstance(part, templates.Name) else part for part in parts
        )
        out.write(text.encode(options.encoding, "backslashreplace") + b"\n")
