"""``tracker party``: states, organisations and other actors."""

from typing import Annotated

import typer

from tracker.read.lookup import memberships
from tracker.read.query.days import day
from tracker.read.records import catalogue
from tracker.record.vocabulary import PARTY_KINDS
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.edit.objects import (
    add_object,
    alias_command,
    edit_command,
    list_command,
    merge_command,
)
from tracker.shell.options import ChangeOptions, OutputOptions, Spelled, argument, as_of_option, command, option
from tracker.shell.reading import opened
from tracker.work import new_objects
from tracker.work.new_objects import PartyTexts

KIND = "party"

list_ = list_command(KIND, "party", "List parties, with the number of agreements of each.")


@command
def show(
    context: AppContext,
    name: Annotated[str, argument("Its code or name.", offers=KIND)],
    out: OutputOptions,
    as_of: Annotated[str | None, as_of_option()] = None,
) -> None:
    """Show one of the parties on a day: its members, what it is a member of, and whether its agreements bind it.

    Examples:
        tracker party show JPN
        tracker party show NATO --as-of 2000-01-01

    Read on: tracker help list; docs/store.md
    """
    from tracker.read.life import life

    asked = day(as_of, context.today)
    with opened(context) as reader:
        page = memberships.with_memberships(reader, catalogue.one(reader, KIND, name), asked)
        output.answer(life.with_standings(reader, page, asked), context, out)


PartyOptions = Annotated[
    PartyTexts,
    Spelled(
        kind=option("--kind", f"One of: {', '.join(PARTY_KINDS)}.", offers="vocabulary.PARTY_KINDS"),
        code=typer.Option("--code", help="Permanent code (default: from kind and name)."),
        aliases=typer.Option("--alias", help="Another name; repeat for several."),
        exists_from=typer.Option("--exists-from", metavar="DATE", help="Since when it exists."),
        exists_until=typer.Option("--exists-until", metavar="DATE", help="Until when."),
        member=option(
            "--member", "A member; both dates may be left out.", metavar="'PARTY: FROM..UNTIL'", offers="party"
        ),
        successor=option("--successor", "A party that followed it.", metavar="PARTY", offers="party"),
        note=typer.Option("--note", help="A note."),
    ),
]
"""What is known of a party."""


@command
def add(
    context: AppContext,
    name: Annotated[str, typer.Argument(help="The name in full.", show_default=False)],
    options: PartyOptions,
    change: ChangeOptions,
) -> None:
    """Record a party that the built-in table does not know: a sub-national actor, an organisation, an armed group.

    Examples:
        tracker party add "Joint Logistics Board" --kind organisation

    Read on: tracker help party alias; docs/store.md
    """
    add_object(context, change, lambda reader: new_objects.party(reader, name, options, context.today))


edit = edit_command(KIND, "party")
alias = alias_command(KIND, "party")
merge = merge_command(
    KIND,
    "party",
    "Put one party in the place of another everywhere; its names stay as aliases. Built-in ones never go.",
)
