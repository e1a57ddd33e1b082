"""``tracker status``: what holds on a day, for the instrument and for each party."""

from typing import Annotated

from tracker.query.arguments import Texts
from tracker.read.life import status as reading
from tracker.read.lookup import refs
from tracker.read.query.days import day
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, option, ref_argument
from tracker.shell.reading import opened
from tracker.table import as_table


@command
def status(
    context: AppContext,
    ref: Annotated[list[str], ref_argument("The agreements.")],
    out: OutputOptions,
    party: Annotated[Texts, option("--party", "Only of this party; repeat for several.", offers="party")] = None,
    toward: Annotated[
        str | None,
        option("--toward", "In relation to this party or territory: objections, accepted accessions.", offers="party"),
    ] = None,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Show the status of agreements and of each party on a day, certain or not, and the events that make it so.

    With --quiet and no format only the status is printed, a line each; '?' marks one that is not certain.

    Examples:
        tracker status us-jp-sosa-2023
        tracker status us-jp-rdte-mou-2023 --party JPN --as-of 2023-06-30

    Read on: tracker help timeline; docs/law.md, docs/time.md
    """
    with opened(context) as reader:
        chosen = [refs.resolve(reader, text) for text in dict.fromkeys(ref)]
        page = reading.page(reader, chosen, day(as_of, context.today), reading.Asked(party, toward))
        if not (context.quiet and out == OutputOptions()):
            output.answer(page, context, out)
            return
    for row in as_table(page).dicts():
        if row["scope"] == ("party" if party or toward else "instrument"):
            output.line(row["status"] if row["certain"] else f"{row['status']}?")
