"""``tracker link``: say how one agreement relates to another, or take it back."""

from typing import Annotated

import typer

from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, Spelled, argument, command, option, ref_argument
from tracker.shell.writing import tell, writing
from tracker.work import link as work
from tracker.work.link import LinkTexts

LinkOptions = Annotated[
    LinkTexts,
    Spelled(
        title=typer.Option("--title", help="Title of a target that is not in the register."),
        word=typer.Option("--word", help="The source's own word for it."),
        confidence=option("--confidence", "high, medium or low.", offers="vocabulary.CONFIDENCES"),
        note=typer.Option("--note", help="A note."),
        source=option("--source", "Source: its id or its address.", metavar="ID|URL", offers="source"),
    ),
]
"""What else is known of the relation."""


@command
def link(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    relation: Annotated[
        str, argument("amends, amended_by, implements, ...; either direction.", offers="relations.TYPES")
    ],
    options: LinkOptions,
    remove: Annotated[bool, typer.Option("--remove", help="Take the relation away.")] = False,
    *,
    change: ChangeOptions,
    target: Annotated[str | None, ref_argument("The other agreement, or a title that is not in the register.")] = None,
) -> None:
    """Say how one agreement relates to another: amends, implements, supersedes, signed_together_with, ...

    A relation is kept once, in the record that acts; the other one shows its inverse.

    Examples:
        tracker link us-jp-sosa-2023 signed_together_with us-kr-sosa-2023
        tracker link us-jp-sosa-2023 implements us-jp-rdte-mou-2023

    Values:
        relation relations.TYPES

    Read on: tracker help lineage; docs/record.md for the relations
    """
    act = work.unlink if remove else work.link
    with writing(context, change) as writer:
        done = act(writer, ref, relation, target, context.today, options)
    tell(context, done, change)
