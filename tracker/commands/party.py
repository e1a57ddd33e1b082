"""``tracker party``: states, organisations and other actors."""

from typing import Annotated, Any, NamedTuple

import typer

from tracker.commands.catalogue import add_one, list_all, made_from, show_one
from tracker.commands.object_changes import alias_command, edit_command, merge_command
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.record.vocabulary import PARTY_KINDS
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command, name_argument

KIND = "party"

PREFIXES = {
    "organisation": "org-",
    "sub_national": "sub-",
    "armed_group": "group-",
    "territory": "territory-",
    "other": "other-",
}
"""How codes begin that are made from a name, so that none is ever taken for the code of a state."""


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List parties, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(
    context: AppContext, name: Annotated[str, name_argument("party", "Its code or name.")], out: OutputOptions
) -> None:
    """Show one of the parties: its members in time, what it is a member of, and its agreements."""
    show_one(context, out, KIND, name)


class PartyOptions(NamedTuple):
    """What is known of a party."""

    kind: Annotated[str, typer.Option("--kind", help=f"One of: {', '.join(PARTY_KINDS)}.", show_default=False)]
    code: Annotated[str | None, typer.Option("--code", help="Permanent code (default: from kind and name).")] = None
    aliases: Annotated[Texts, typer.Option("--alias", help="Another name; repeat for several.")] = None
    exists_from: Annotated[str | None, typer.Option("--exists-from", metavar="DATE", help="Since when it exists.")] = (
        None
    )
    exists_until: Annotated[str | None, typer.Option("--exists-until", metavar="DATE", help="Until when.")] = None
    member: Annotated[
        Texts, typer.Option("--member", metavar="'PARTY: FROM..UNTIL'", help="A member; both dates may be left out.")
    ] = None
    successor: Annotated[Texts, typer.Option("--successor", metavar="PARTY", help="A party that followed it.")] = None
    note: Annotated[str | None, typer.Option("--note", help="A note.")] = None


@command
def add(
    context: AppContext,
    name: Annotated[str, typer.Argument(help="The name in full.", show_default=False)],
    options: PartyOptions,
    change: ChangeOptions,
) -> None:
    """Record a party that the built-in table does not know: a sub-national actor, an organisation, an armed group."""
    from tracker.work import draft, typed

    document: dict[str, Any] = {
        "code": options.code or made_from(name, "code", PREFIXES.get(options.kind, "")),
        "kind": options.kind,
        "name": name,
        "aliases": options.aliases or [],
        "note": options.note,
    }
    for key, text in (("exists_from", options.exists_from), ("exists_until", options.exists_until)):
        if text:
            document[key] = draft.date(text, context.today, f"--{key.replace('_', '-')}")

    def drafted(reader: Reader) -> dict[str, Any]:
        return document | {
            "members": [typed.member(reader, text, context.today) for text in options.member or []],
            "successors": names.party_codes(reader, options.successor or []),
        }

    add_one(context, change, KIND, drafted)


edit = edit_command(KIND, "party")
alias = alias_command(KIND, "party")
merge = merge_command(
    KIND,
    "party",
    "Put one party in the place of another everywhere; its names stay as aliases. Built-in ones never go.",
)
