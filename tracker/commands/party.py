"""``tracker party``: list, show and add parties."""

from typing import Annotated

import typer

from tracker.commands.catalogue import add_one, list_all, show_one
from tracker.context import AppContext
from tracker.domain.names import slug
from tracker.domain.vocabulary import PARTY_KINDS
from tracker.options import ChangeOptions, OutputOptions, Texts, command, name_argument

KIND = "party"

PREFIXES = {"organisation": "org-", "sub_national": "sub-", "armed_group": "group-", "territory": "territory-", "other": "other-"}
"""How codes begin that are made from a name, so that none is ever taken for the code of a state."""


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List parties, with the number of agreements of each."""
    list_all(context, out, KIND)


@command
def show(context: AppContext, name: Annotated[str, name_argument("party", "Its code or name.")], out: OutputOptions) -> None:
    """Show one of the parties, and the agreements that refer to it."""
    show_one(context, out, KIND, name)


@command
def add(
    context: AppContext,
    name: Annotated[str, typer.Argument(help="The name in full.", show_default=False)],
    change: ChangeOptions,
    kind: Annotated[str, typer.Option(help=f"One of: {', '.join(PARTY_KINDS)}.")],
    code: Annotated[str | None, typer.Option(help="Permanent code (default: from kind and name).")] = None,
    alias: Annotated[Texts, typer.Option("--alias", help="Another name; repeat for several.")] = None,
) -> None:
    """Record a party that the built-in table does not know: a sub-national actor, an organisation, an armed group."""
    chosen = code or PREFIXES.get(kind, "") + slug(name)
    add_one(context, change, KIND, {"code": chosen, "kind": kind, "name": name, "aliases": alias or []})
