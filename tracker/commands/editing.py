"""What ``edit`` does for every kind of object: fields by their paths, or the whole in the user's editor."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from tracker.commands.edit_options import EditOptions
from tracker.errors import ChangedMeanwhile, InvalidRecord, NotFound, UsageProblem
from tracker.read.file.connection import Reader
from tracker.record.differences import differences
from tracker.record.document import IDENTITY
from tracker.record.values import spelled
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions
from tracker.shell.reading import opened
from tracker.shell.writing import writing
from tracker.store.write.writer import Outcome, Writer

Record = dict[str, Any]


class Editable(NamedTuple):
    """How the objects of one kind are found, read, changed by path, judged and written."""

    kind: str
    command: str
    """``tracker edit``, ``tracker party edit``: what is typed before the name."""
    find: Callable[[Reader, str], str]
    read: Callable[[Reader, str], Record]
    """The object as export writes it; raises NotFound."""
    version: Callable[[Reader, str], Any]
    """What differs after every change of the object."""
    apply: Callable[[Reader, Record, str, str, str | None, str], None]
    settle: Callable[[Record, Record, str], tuple[Record, list[str]]]
    """(before, edited, name) to the validated object and what has to be said of it; raises InvalidRecord."""
    put: Callable[[Writer, Record], Outcome]
    codes: Callable[[Reader], Mapping[str, Sequence[str]]]
    """Further codes to show in the editor."""


class Done(NamedTuple):
    """An edit that went well."""

    outcome: Outcome
    remarks: list[str]


def edit(context: AppContext, editable: Editable, name: str, options: EditOptions, change: ChangeOptions) -> None:
    """Change one object by paths, or in the editor where none are given, and say what was changed."""
    if options.by_path and options.resume:
        raise UsageProblem("--resume opens the editor; give it without --set, --add and --remove")
    way = _by_path if options.by_path else _in_editor
    done = way(context, editable, name, options, change)
    if done is not None:
        output.line(done.outcome.id)
        _tell(context, done, dry_run=change.dry_run)


def _by_path(
    context: AppContext, editable: Editable, name: str, options: EditOptions, change: ChangeOptions
) -> Done | None:
    steps = options.steps()
    with writing(context, change) as writer:
        found = editable.find(writer.reader, name)
        before = editable.read(writer.reader, found)
        edited = deepcopy(before)
        for what, path, text in steps:
            editable.apply(writer.reader, edited, what, path, text, context.today)
        document, remarks = editable.settle(before, edited, found)
        return Done(editable.put(writer, document), remarks)


def _in_editor(
    context: AppContext, editable: Editable, name: str, options: EditOptions, change: ChangeOptions
) -> Done | None:
    from tracker.shell import editor

    editor.editor_command(context)  # refuses before anything is read
    with opened(context) as reader:
        found = editable.find(reader, name)
        before, version = editable.read(reader, found), editable.version(reader, found)
        codes = editable.codes(reader)

    def judged(edited: Any) -> tuple[Record, list[str]]:
        _refuse_other(editable.kind, found, edited)
        return editable.settle(before, edited, found)

    def changes(edited: Any) -> list[tuple[str, str]]:
        document, _ = judged(edited)
        return [(path, f"{spelled(old)} -> {spelled(new)}") for path, old, new in differences(before, document)]

    finished: list[Done] = []

    def take(edited: Any) -> None:
        document, remarks = judged(edited)
        with writing(context, change) as writer:
            _refuse_changed(writer.reader, editable, found, before, version)
            outcome = editable.put(writer, document)
        finished.append(Done(outcome, remarks))

    subject = editor.Subject(editable.kind, found, before, f"{editable.command} {found}", codes, changes)
    editor.edit(context, subject, take, resume=options.resume, keep=change.dry_run)
    return finished[0] if finished else None


def _refuse_other(kind: str, name: str, edited: Any) -> None:
    """A text may not turn one object into another: its ref, code or id is permanent."""
    key = IDENTITY[kind]
    given = edited.get(key) if isinstance(edited, dict) else name
    if given != name:
        raise InvalidRecord(name, [(key, f"is permanent: expected {name!r}, found {given!r}; write it as it was")])


def _refuse_changed(reader: Reader, editable: Editable, name: str, before: Record, version: Any) -> None:
    """Raise ChangedMeanwhile where somebody else wrote since the object was read."""
    try:
        if editable.version(reader, name) == version:
            return
        now = editable.read(reader, name)
    except NotFound:
        raise ChangedMeanwhile(f"{name} was removed meanwhile{_last_change(reader)}; nothing was changed") from None
    what = "; ".join(f"{path}: {spelled(old)} -> {spelled(new)}" for path, old, new in differences(before, now)[:3])
    told = f" ({what})" if what else ""
    raise ChangedMeanwhile(f"{name} was changed meanwhile{_last_change(reader)}{told}; nothing of yours was written")


def _last_change(reader: Reader) -> str:
    row = reader.row("SELECT actor, at FROM changes ORDER BY id DESC LIMIT 1")
    return f" (last change by {row['actor']}, {row['at'][:19]}Z)" if row else ""


def _tell(context: AppContext, done: Done, *, dry_run: bool) -> None:
    outcome = done.outcome
    if outcome.what == "unchanged":
        messages.say(f"{outcome.id}: nothing to change, it is so already", quiet=context.quiet)
        return
    for path, old, new in outcome.changes:
        messages.say(f"{outcome.id}: {path}: {spelled(old)} -> {spelled(new)}", quiet=context.quiet)
    for remark in done.remarks:
        messages.say(f"{outcome.id}: {remark}", quiet=context.quiet)
    if dry_run:
        messages.say("a dry run: nothing was changed", quiet=context.quiet)
