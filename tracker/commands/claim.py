"""``tracker claim``: what a source says of a field, and whether the register follows it."""

from typing import Annotated

import typer

from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, Spelled, argument, command, option, ref_argument
from tracker.shell.writing import tell_changes, writing
from tracker.work import claim as work
from tracker.work.claim import ClaimTexts

ClaimOptions = Annotated[
    ClaimTexts,
    Spelled(
        source=option("--source", "Who says it: its id or its address.", metavar="ID|URL", offers="source"),
        adopt=typer.Option("--adopt", help="Follow it: the field gets this value."),
        locator=typer.Option("--locator", help="Where in the source: p. 3, art. 2."),
        confidence=option("--confidence", "high, medium or low.", offers="vocabulary.CONFIDENCES"),
        reason=typer.Option("--reason", help="Why it is adopted, or is not."),
        note=typer.Option("--note", help="A note."),
    ),
]
"""Who says it, where, and what we make of it."""


@command
def claim(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    path: Annotated[str, argument("signed, title_term, events[e1].date, ..., or topic:SLUG.", offers="claimed path")],
    value: Annotated[str, argument("What the source says.", offers="value of the path")],
    options: ClaimOptions,
    change: ChangeOptions,
) -> None:
    """Record what a source says of a field, also where it is not followed; --adopt makes it the field's value.

    Per field one claim at most is adopted. A claim that is there already gets the sources and details given here.

    Examples:
        tracker claim us-jp-rdte-mou-2023 signed 2023-01-11 --source executivegov-2023-01-13
        tracker claim us-jp-sosa-2023 title_term Arrangement --source pacom-2023-01-18 --adopt

    Read on: tracker help claims; tracker help why
    """
    with writing(context, change) as writer:
        done = work.claim(writer, ref, path, value, context.today, options)
    tell_changes(context, done._replace(changes=()), change)  # its remarks tell what changed
