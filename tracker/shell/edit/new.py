"""A new agreement: by the questions of a form, or written in the user's editor."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from tracker.errors import UsageProblem
from tracker.record.types import Json
from tracker.shell import asking
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions
from tracker.shell.writing import tell, writing
from tracker.work import add as adding
from tracker.work.add import AgreementTexts, LikelyTwin
from tracker.work.outcome import Done
from tracker.work.typed import NearPerson

INSTEAD = "give a title and what is known, as in: tracker add 'Treaty on ropes' --party USA --signed 2015"


class WrittenOptions(NamedTuple):
    """How a new agreement is written, where not on the command line."""

    edit: Annotated[bool, typer.Option("--edit", help="Write it in $EDITOR, as JSON.")] = False
    resume: Annotated[
        Path | None, typer.Option("--resume", metavar="FILE", help="Go on in $EDITOR with a text that was kept.")
    ] = None


def record(
    context: AppContext, title: str | None, given: AgreementTexts, written: WrittenOptions, change: ChangeOptions
) -> None:
    """Record a new agreement, and say so; without a title the person is asked, or UsageProblem raised."""
    if written.edit or written.resume:
        _in_editor(context, title or "", given, written, change)
        return
    if title is None:
        if not context.interactive:
            raise UsageProblem(f"Missing argument 'title' (see tracker add --help); {INSTEAD}")
        from tracker.shell.edit import form

        answers = form.filled(context, None, given)
        with form.telling(answers):
            _add(context._replace(words=answers.line), answers.title, answers.given, change)
    else:
        _add(context, title, given, change)


def _add(context: AppContext, title: str, given: AgreementTexts, change: ChangeOptions) -> None:
    def act(doubts: asking.Doubts) -> Done:
        twins, people = LikelyTwin in doubts, NearPerson in doubts
        with writing(context, change, create=True) as writer:
            return adding.add(writer, title, given, context.today, twins=twins, people=people)

    tell(context, asking.settled(context, act, yes=change.yes), change)


def _in_editor(
    context: AppContext, title: str, given: AgreementTexts, written: WrittenOptions, change: ChangeOptions
) -> None:
    """Let the user write the agreement as a text, begun with what is given."""
    from tracker.record.differences import differences
    from tracker.record.document import blank
    from tracker.record.values import spelled
    from tracker.shell.edit import editor, form
    from tracker.work import edit as editing

    editor.editor_command(context, lacking="nothing to record", instead=INSTEAD)
    with form.lookup(context) as reader:
        document, remarks = adding.draft_of(reader, title, given, context.today)
        codes = editing.agreement(context.today).codes(reader)
    document["ref"] = given.ref or ""

    def changes(edited: Json) -> list[tuple[str, str]]:
        with form.lookup(context) as reader:
            judged = adding.judged(reader, edited)
        return [(path, spelled(value)) for path, _, value in differences(blank("agreement"), judged)]

    finished: list[Done] = []

    def take(edited: Json) -> None:
        def act(doubts: asking.Doubts) -> Done:
            twins, people = LikelyTwin in doubts, NearPerson in doubts
            with writing(context, change, create=True) as writer:
                return adding.put(writer, adding.judged(writer.reader, edited), twins=twins, people=people)

        finished.append(asking.settled(context, act, yes=change.yes))

    subject = editor.Subject("agreement", adding.NAMELESS, document, "tracker add", codes, changes, is_new=True)
    if editor.edit(context, subject, take, resume=written.resume, keep=change.dry_run):
        tell(context, finished[0]._replace(remarks=remarks), change)
