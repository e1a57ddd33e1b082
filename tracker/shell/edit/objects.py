"""The commands of parties, focus areas, families, people and sources, declared once; light, for reads import it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.read.records import catalogue
from tracker.record.document import IDENTITY
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.edit.options import EditOptions
from tracker.shell.options import ChangeOptions, Command, OutputOptions, argument, command
from tracker.shell.reading import opened, reading

if TYPE_CHECKING:
    from tracker.read.file.connection import Reader
    from tracker.record.types import Record

EXAMPLES = {
    "party": ("org-jlb", "NATO"),
    "person": ("shinzo-abe", "abe-shinzo"),
    "family": ("supply", "sosa"),
    "focus_area": ("quantum", "ai_quantum"),
    "source": ("al-jazeera", "aj-2023-05-18"),
}
"""Names for the help of commands: one that goes, and one that stays."""


def _helped(text: str, group: str, line: str) -> str:
    """Return the help of a command, with an example."""
    return f"{text}\n\nExamples:\n    tracker {group} {line}\n\nRead on: tracker help {group}; docs/record.md"


def list_command(kind: str, group: str, text: str) -> Command:
    """Return ``tracker GROUP list``; ``text`` is its help."""

    def list_(context: AppContext, out: OutputOptions) -> None:
        with reading(context, "the first write makes it") as reader:
            output.answer(catalogue.everything(reader, kind), context, out)

    list_.__doc__ = _helped(text, group, "list")
    return command(list_)


def show_command(kind: str, group: str, text: str) -> Command:
    """Return ``tracker GROUP show``; ``text`` is its help."""

    def show(
        context: AppContext, name: Annotated[str, argument(_handle(kind), offers=group)], out: OutputOptions
    ) -> None:
        with opened(context) as reader:
            output.answer(catalogue.one(reader, kind, name), context, out)

    show.__doc__ = _helped(text, group, f"show {EXAMPLES[kind][1]}")
    return command(show)


def add_object(context: AppContext, change: ChangeOptions, draft: "Callable[[Reader], Record]") -> None:
    """Record a new object; ``draft`` looks names up in the store that is written to, for the first write makes it."""
    from tracker.shell import asking
    from tracker.shell.writing import tell, writing
    from tracker.work import objects
    from tracker.work.outcome import Done

    def act(doubts: asking.Doubts) -> Done:
        with writing(context, change, create=True) as writer:
            return objects.add(writer, draft(writer.reader), people=bool(doubts))

    tell(context, asking.settled(context, act, yes=change.yes), change)


def edit_command(kind: str, group: str) -> Command:
    """Return ``tracker GROUP edit``."""

    def edit(
        context: AppContext,
        name: Annotated[str, argument(_handle(kind), offers=group)],
        options: EditOptions,
        change: ChangeOptions,
    ) -> None:
        from tracker.shell.edit import editing
        from tracker.work.objects import editable

        editing.edit(context, editable(kind), name, options, change)

    text = f"Change a {_noun(kind)}: by --set, --add and --remove, or as JSON in $EDITOR where none of them is given."
    field = "description" if kind == "family" else "note"
    edit.__doc__ = _helped(text, group, f"edit {EXAMPLES[kind][1]} --set '{field}=as the ministry words it'")
    return command(edit)


def alias_command(kind: str, group: str) -> Command:
    """Return ``tracker GROUP alias``."""

    def alias(
        context: AppContext,
        name: Annotated[str, argument(_handle(kind), offers=group)],
        aliases: Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Other names.", show_default=False)],
        change: ChangeOptions,
    ) -> None:
        from tracker.shell.writing import name_written, writing
        from tracker.work import objects

        made = kind == "party"  # parties that ship with the program are there before any store is
        with writing(context, change, create=made) as writer:
            done = objects.alias(writer, kind, name, aliases)
        for remark in done.remarks:
            messages.say(remark, quiet=context.quiet)
        name_written(context, done.id)
        if not done.unchanged:
            would = "would be" if change.dry_run else "is"
            messages.say(f"{done.id} {would} found {done.did}", quiet=context.quiet)

    text = f"Add other names to a {_noun(kind)}; one that leads to another {_noun(kind)} already is refused."
    alias.__doc__ = _helped(text, group, f"alias {EXAMPLES[kind][1]} 'Name on the seal'")
    return command(alias)


def merge_command(kind: str, group: str, text: str) -> Command:
    """Return ``tracker GROUP merge``; ``text`` is its help."""

    def merge(
        context: AppContext,
        from_: Annotated[str, argument("The one that goes.", metavar="FROM", offers=group)],
        into: Annotated[str, argument("The one that stays.", metavar="INTO", offers=group)],
        change: ChangeOptions,
    ) -> None:
        from tracker.shell.writing import DRY, name_written, writing
        from tracker.store.file.backup import automatic
        from tracker.work import objects

        before = automatic(context.writable, "merge", dry_run=change.dry_run)
        with before as kept_before, writing(context, change) as writer:
            done = objects.merge(writer, kind, from_, into)
        name_written(context, done.id)
        kept = f"what was there before: {kept_before}" if kept_before else ""
        for line in filter(None, (*done.remarks, kept, DRY if change.dry_run else "")):
            messages.say(line, quiet=context.quiet)

    merge.__doc__ = _helped(text, group, "merge {} {}".format(*EXAMPLES[kind]))
    return command(merge)


def _noun(kind: str) -> str:
    return kind.replace("_", " ")


def _handle(kind: str) -> str:
    return f"Its {IDENTITY[kind]} or name."
