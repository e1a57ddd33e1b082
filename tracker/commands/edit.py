"""``tracker edit``: change fields of an agreement by their paths."""

from typing import Annotated

import typer

from tracker import messages, output, typed
from tracker.context import AppContext
from tracker.errors import InvalidValue, UsageProblem
from tracker.options import ChangeOptions, Texts, command, ref_argument
from tracker.read import refs
from tracker.read.agreements import record as read_record
from tracker.store.models import validate
from tracker.store.session import transaction
from tracker.store.writer import Outcome


@command
def edit(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    change: ChangeOptions,
    set_: Annotated[
        Texts, typer.Option("--set", metavar="PATH=VALUE", help="Set a field; an empty value clears it.")
    ] = None,
    add: Annotated[Texts, typer.Option("--add", metavar="PATH=VALUE", help="Add an item to a list.")] = None,
    remove: Annotated[Texts, typer.Option("--remove", metavar="PATH", help="Remove an item or clear a field.")] = None,
) -> None:
    """Change fields of an agreement: title, binding, parties[JPN].entity, events[e1].date, extra.owner."""
    if not (set_ or add or remove):
        raise UsageProblem("nothing to change: give --set PATH=VALUE, --add PATH=VALUE or --remove PATH")
    with transaction(
        context.store.path, actor=context.who, command=context.command_line, dry_run=change.dry_run, create=False
    ) as writer:
        found = refs.resolve(writer.reader, ref)
        record = read_record(writer.reader, found, context.today)
        for text in remove or []:
            path, _, value = text.partition("=")
            typed.apply(writer.reader, record, "remove", path.strip(), value.strip() or None, context.today)
        for name, texts in (("add", add), ("set", set_)):
            for text in texts or []:
                path, value = _split(text, f"--{name}")
                typed.apply(writer.reader, record, name, path, value, context.today)
        outcome = writer.put_agreement(validate(record, found))
    output.line(found)
    _tell(context, outcome, dry_run=change.dry_run)


def _split(text: str, option: str) -> tuple[str, str]:
    path, equals, value = text.partition("=")
    if not equals:
        raise InvalidValue(f"{option} {text!r}: expected PATH=VALUE, such as 'title=New title'")
    return path.strip(), value


def _tell(context: AppContext, outcome: Outcome, *, dry_run: bool) -> None:
    if outcome.what == "unchanged":
        messages.say(f"{outcome.id}: nothing to change, it is so already", quiet=context.quiet)
        return
    for path, old, new in outcome.changes:
        messages.say(f"{outcome.id}: {path}: {old} -> {new}", quiet=context.quiet)
    if dry_run:
        messages.say("a dry run: nothing was changed", quiet=context.quiet)
