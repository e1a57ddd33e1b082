"""Proposals recorded as they are, or as a person leaves them in the editor, with the words they rest on as comments."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tracker.record.types import Json
from tracker.shell import asking, messages
from tracker.shell.context import AppContext
from tracker.shell.edit import editor
from tracker.shell.edit import text as edited_text
from tracker.shell.edit.new import lookup
from tracker.shell.options import ChangeOptions
from tracker.shell.writing import DRY, tell, writing
from tracker.work.outcome import Done
from tracker.work.proposals import accepting, forms
from tracker.work.proposals.accepting import Accepting, SourceGiven, Wanted
from tracker.work.proposals.forms import Form
from tracker.work.proposals.texts import Text
from tracker.work.typed import LikelyKnown

HOW = b"""\
// The words of the text stand above the keys. Clear a value to refuse it, write another to correct it, take an object
// out to refuse a proposal.
"""


class Order(NamedTuple):
    """What is to be recorded, and as what source."""

    wants: Sequence[Wanted] | None
    """None = everything that is proposed."""
    source: SourceGiven
    resume: Path | None = None


def record(context: AppContext, texts: list[Text], order: Order, change: ChangeOptions) -> None:
    """Record proposals as they are, in one change, and say what became of each."""

    def act(doubts: asking.Doubts) -> list[Done]:
        how = Accepting(context.today, order.source, LikelyKnown in doubts)
        with writing(context, change, create=True) as writer:
            return accepting.accept(writer, texts, order.wants, how)

    _tell(context, asking.settled(context, act, yes=change.yes), change)


def in_editor(context: AppContext, texts: list[Text], order: Order, change: ChangeOptions) -> None:
    """Let the person change or strike proposals, and record what is left, in one change."""
    instead = "say what to record with --accept 1,3 or all"
    editor.prepare(context, order.resume, lacking="nothing to record", instead=instead)
    with lookup(context) as reader:
        offered = forms.forms(reader, texts, order.wants, order.source, context.today)
        codes = forms.codes(reader, context.today)
    if not offered:
        messages.say("nothing is proposed, so nothing was recorded", quiet=context.quiet)
        return

    def changes(edited: Json) -> list[tuple[str, str]]:
        with lookup(context) as reader:
            return forms.changes(reader, offered, edited)

    finished: list[Done] = []

    def take(edited: Json) -> None:
        def act(doubts: asking.Doubts) -> list[Done]:
            how = Accepting(context.today, order.source, LikelyKnown in doubts)
            with writing(context, change, create=True) as writer:
                return forms.accept(writer, offered, edited, how)

        finished.extend(asking.settled(context, act, yes=change.yes))

    again = shlex.join(_without_resume(context.words))
    subject = editor.Subject("agreement", forms.NAME, {}, again, codes, changes, is_new=True, written=_written(offered))
    if editor.edit(context, subject, take, resume=order.resume, keep=change.dry_run):
        _tell(context, finished, change)


def _written(offered: Sequence[Form]) -> bytes:
    """Write the proposals to be edited: one as an object, several as a list of them, each key under its words."""
    documents = [edited_text.commented(form.document, form.words) for form in offered]
    if len(documents) == 1:
        return HOW + documents[0]
    return HOW + b"[\n" + b",\n".join(document.rstrip(b"\n") for document in documents) + b"\n]\n"


def _without_resume(words: Sequence[str]) -> list[str]:
    return [word for at, word in enumerate(words) if word != "--resume" and (at == 0 or words[at - 1] != "--resume")]


def _tell(context: AppContext, done: Sequence[Done], change: ChangeOptions) -> None:
    """Say what became of each proposal, and how to take it back."""
    if not done:
        messages.say("nothing is proposed, so nothing was recorded", quiet=context.quiet)
    for one in done:
        tell(context, one, change)
    following = DRY if change.dry_run else context.kept.way_back
    if done and following:
        messages.say(following, quiet=context.quiet)
