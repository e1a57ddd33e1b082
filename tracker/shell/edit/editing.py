"""Edits of every kind of object: fields by their paths, the whole in the user's editor, or many by a query."""

from collections.abc import Sequence

from tracker.errors import Declined, UsageProblem
from tracker.record.differences import differences
from tracker.record.types import Json
from tracker.record.values import spelled
from tracker.shell import asking, messages
from tracker.shell.context import AppContext
from tracker.shell.edit.options import EditOptions
from tracker.shell.options import ChangeOptions
from tracker.shell.reading import opened, tell_what_is_near
from tracker.shell.writing import name_written, tell_changes, writing
from tracker.work import edit as work
from tracker.work import many
from tracker.work.edit import Editable
from tracker.work.outcome import Done

SHOWN = 5
"""Records of a change of many that are shown before it is made."""


def edit(context: AppContext, editable: Editable, name: str, options: EditOptions, change: ChangeOptions) -> None:
    """Change one object by paths, or in the editor where none are given, and say what was changed."""
    if options.by_path and options.resume:
        raise UsageProblem("--resume opens the editor; give it without --set, --add and --remove")
    done: Done | None
    if options.by_path:
        steps = options.steps()

        def act(doubts: asking.Doubts) -> Done:
            with writing(context, change) as writer:
                return work.edit(writer, editable, name, steps, context.today, people=bool(doubts))

        done = asking.settled(context, act, yes=change.yes)
    else:
        done = _in_editor(context, editable, name, options, change)
    if done is not None:
        tell_changes(context, done, change)


def _in_editor(
    context: AppContext, editable: Editable, name: str, options: EditOptions, change: ChangeOptions
) -> Done | None:
    from tracker.shell.edit import editor

    editor.prepare(context, options.resume)
    with opened(context) as reader:
        before = work.original(reader, editable, name)
        codes = editable.codes(reader)

    def changes(edited: Json) -> list[tuple[str, str]]:
        document, _ = work.judged(editable, before, edited)
        differing = differences(before.record, document)
        return [(path, f"{spelled(old)} -> {spelled(new)}") for path, old, new in differing]

    finished: list[Done] = []

    def take(edited: Json) -> None:
        work.judged(editable, before, edited)  # refused before the store is held
        with writing(context, change) as writer:
            done = work.replace(writer, editable, before, edited)
        finished.append(done)

    command = f"{editable.command} {before.name}"
    subject = editor.Subject(editable.kind, before.name, before.record, command, codes, changes)
    editor.edit(context, subject, take, resume=options.resume, keep=change.dry_run)
    return finished[0] if finished else None


def edit_many(context: AppContext, asked: many.Asked, options: EditOptions, change: ChangeOptions) -> None:
    """Change the same fields of all agreements that a query finds, in one change."""
    if not options.by_path or options.resume:
        raise UsageProblem("a query changes many agreements: say how with --set, --add or --remove")
    steps = options.steps()
    expected = None if change.yes or change.dry_run else _agreed_edit(context, asked, steps)
    with writing(context, change) as writer:
        agreements = many.find(writer.reader, asked)
        tell_what_is_near(writer.reader, context)
        if expected is not None:
            many.refuse_others(expected, agreements)
        outcomes = work.edit_many(writer, agreements.refs, steps, context.today, people=change.yes)
    changed = [done for done in outcomes if not done.unchanged]
    for done in changed:
        name_written(context, done.id)
        if change.dry_run:
            for path, old, new in done.changes:
                messages.say(f"{done.id}: {path}: {spelled(old)} -> {spelled(new)}", quiet=context.quiet)
    did = "would be changed" if change.dry_run else "changed"
    number, back = context.kept.number, context.kept.way_back
    following = f"; see it with: tracker diff --change {number}; {back}" if back else ""
    messages.say(f"{did}: {len(changed)} of {agreements.counted()}{following}", quiet=context.quiet)


def _agreed_edit(context: AppContext, asked: many.Asked, steps: Sequence[work.Step]) -> many.Found:
    """Return what the person wants changed, after the first records were shown; raises Declined."""
    with opened(context) as reader:
        agreements = many.find(reader, asked)
        lines = []
        editable = work.agreement(context.today)
        for ref in agreements.refs[:SHOWN]:
            document, before, _ = work.tried(reader, editable, ref, steps, context.today)
            changes = differences(before, document)
            sentence = "; ".join(f"{path}: {spelled(old)} -> {spelled(new)}" for path, old, new in changes)
            lines.append(f"{ref}: {sentence or 'nothing to change'}")
    if not agreements.refs:
        return agreements
    if len(agreements.refs) > SHOWN:
        lines.append(f"and {len(agreements.refs) - SHOWN} more")
    _agreed(context, f"change {agreements.counted()}", lines)
    return agreements


def _agreed(context: AppContext, what: str, lines: Sequence[str]) -> None:
    """Show a bulk change and ask for it; raises Declined."""
    for line in lines:
        messages.say(line)
    if not context.interactive:
        raise Declined(f"nothing was changed: this would {what}; add --yes")
    if not messages.ask(f"{what[0].upper()}{what[1:]}?"):
        raise Declined("nothing was changed")
