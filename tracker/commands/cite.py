"""``tracker cite``: a footnote for an agreement, or an item of a bibliography."""

from typing import Annotated

from tracker.errors import InvalidValue
from tracker.law.citations import STYLES
from tracker.read.answers import dossier
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.read.records.agreements import record as read_record
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, one_of, option, ref_argument
from tracker.shell.reading import opened
from tracker.table import Column, Records, Table


@command
def cite(
    context: AppContext,
    ref: Annotated[list[str], ref_argument("The agreements.")],
    out: OutputOptions,
    style: Annotated[str, option("--style", f"One of: {', '.join(STYLES)}.", offers=one_of(STYLES))] = "oscola",
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Print a footnote for each agreement, a line each; what nobody recorded is left out, nothing is made up.

    The formats csl-json, ris and bibtex make a bibliography of them for Zotero, pandoc, LaTeX and the like.

    Examples:
        tracker cite us-jp-rdte-mou-2023
        tracker cite us-jp-rdte-mou-2023 us-jp-sosa-2023
        tracker cite us-jp-rdte-mou-2023 us-jp-sosa-2023 -o arrangements.ris

    Read on: tracker help dossier
    """
    name = style.strip().lower()
    if name not in STYLES:
        raise InvalidValue(f"--style {style!r}: expected {' or '.join(STYLES)}")
    with opened(context) as reader:
        on = day(as_of, context.today)
        records = [read_record(reader, refs.resolve(reader, text), on) for text in dict.fromkeys(ref)]
        if output.needed(out) == "citations":
            items = [dossier.bibliography_item(reader, record) for record in records]
            output.answer(Records("citation", items), context, out)
            return
        rows = [(record["ref"], dossier.footnote(reader, record, name)) for record in records]
    if out.chosen is None and out.output is None and out.names is None:
        for _, text in rows:
            output.line(text)
        return
    columns = [Column("ref", "code"), Column("footnote")]
    filters = {"refs": [row[0] for row in rows], "style": name}
    output.answer(Table("cite", columns, rows, filters=filters, as_of=on, folded=True), context, out)
