"""A new agreement: by the questions of a form, or written in the user's editor.

The questions of ``tracker add``: each answer is judged at once, by the rules of the command line.

``?`` lists the words that an answer can have, ``?jap`` those with these letters; TAB completes them where the terminal
has a line editor. An answer that is not taken is told, with the nearest right words, and asked for again.
"""

import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

import typer

from tracker.errors import Declined, InvalidRecord, TrackerError, UsageProblem
from tracker.plain import Value
from tracker.read.file.connection import Reader
from tracker.record import vocabulary
from tracker.record.types import Json
from tracker.shell import asking, messages
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions
from tracker.shell.reading import opened
from tracker.shell.writing import tell, writing
from tracker.store.validation.models import validate
from tracker.text.names import fold
from tracker.work import add as adding
from tracker.work.add import AgreementTexts, LikelyTwin
from tracker.work.outcome import Done
from tracker.work.typed import LikelyKnown

INSTEAD = "give a title and what is known, as in: tracker add 'Treaty on ropes' --party USA --signed 2015"

LISTED = 30
"""Words that ``?`` shows at once."""

Word: TypeAlias = tuple[str, str]
"""What can be answered, and what it means, or nothing."""

CODES: Mapping[str, tuple[str, ...]] = {
    "type": vocabulary.INSTRUMENT_TYPES,
    "binding": vocabulary.BINDING_STATUSES,
    "because": vocabulary.EVIDENCE_KINDS,
}
"""Questions whose answers are, or begin with, a word of a list."""

STORED = {
    "party": "SELECT code, name FROM parties ORDER BY code",
    "signatory": "SELECT id, name FROM people ORDER BY id",
    "source": "SELECT id, title FROM sources ORDER BY id",
}
"""Questions whose answers name what the register holds."""

TITLE = "title"


class Question(NamedTuple):
    """One question; its key is the field of the answers."""

    key: str
    text: str
    such_as: str = ""
    """An answer, to be seen how it is written."""
    many: bool = False
    """Asked again until the answer is empty."""

    @property
    def prompt(self) -> str:
        """The words before the answer."""
        return f"{self.text} ({self.such_as}): " if self.such_as else f"{self.text}: "

    @property
    def again(self) -> str:
        """The words before a further answer."""
        return f"Another {self.text.lower()}, or Enter: "


QUESTIONS = (
    Question(TITLE, "Title, in full"),
    Question("party", "Party", "Japan, or USA: Department of Defense", many=True),
    Question("type", "Type", "treaty, memorandum_of_understanding, arrangement, ..."),
    Question("binding", "Binding status", "binding, non_binding, ..."),
    Question("because", "Reason for that", "party_statement: the release calls it binding", many=True),
    Question("signed", "Signed on", "2023-01-12, 2023-01, 2023?"),
    Question("signatory", "Signatory", "JPN: Hamada Yasukazu, Minister of Defense", many=True),
    Question("source", "Source", "its id or its address", many=True),
)

HOW = "Enter leaves a question open, ? lists the words, ?jap those with these letters; Ctrl-C gives up."


class WrittenOptions(Value):
    """How a new agreement is written, where not on the command line."""

    edit: Annotated[bool, typer.Option("--edit", help="Write it in $EDITOR, as JSON.")] = False
    resume: Annotated[
        Path | None, typer.Option("--resume", metavar="FILE", help="Go on in $EDITOR with a text that was kept.")
    ] = None


class Answers(NamedTuple):
    """What is known of the new agreement so far."""

    title: str
    given: AgreementTexts

    def with_(self, question: Question, text: str) -> "Answers":
        """Return the answers with one more."""
        if question.key == TITLE:
            return self._replace(title=text)
        is_list = question.many or question.key == "signed"
        value: Json = [*(getattr(self.given, question.key) or []), text] if is_list else text
        return self._replace(given=self.given.but(**{question.key: value}))

    @property
    def again(self) -> str:
        """How to go on with them, where there are any."""
        return f"begin again with: {shlex.join(self.line)}" if self.title else ""

    @property
    def line(self) -> tuple[str, ...]:
        """The command line that says the same."""
        words = ["tracker", "add", self.title] if self.title else ["tracker", "add"]
        for name, value in self.given.parts().items():
            for text in value if isinstance(value, list) else [value]:
                words += [f"--{name.replace('_', '-')}", text] if text is not None else []
        return tuple(words)


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

        answers = filled(context, None, given)
        with telling(answers):
            _add(context.but(words=answers.line), answers.title, answers.given, change)
    else:
        _add(context, title, given, change)


def _add(context: AppContext, title: str, given: AgreementTexts, change: ChangeOptions) -> None:
    def act(doubts: asking.Doubts) -> Done:
        twins, people = LikelyTwin in doubts, LikelyKnown in doubts
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
    from tracker.shell.edit import editor
    from tracker.work import edit as editing

    editor.prepare(context, written.resume, lacking="nothing to record", instead=INSTEAD)
    with lookup(context) as reader:
        document, remarks = adding.draft_of(reader, title, given, context.today)
        codes = editing.agreement(context.today).codes(reader)
    document["ref"] = given.ref or ""

    def changes(edited: Json) -> list[tuple[str, str]]:
        with lookup(context) as reader:
            judged = adding.judged(reader, edited)
        return [(path, spelled(value)) for path, _, value in differences(blank("agreement"), judged)]

    finished: list[Done] = []

    def take(edited: Json) -> None:
        def act(doubts: asking.Doubts) -> Done:
            twins, people = LikelyTwin in doubts, LikelyKnown in doubts
            with writing(context, change, create=True) as writer:
                return adding.put(
                    writer, adding.judged(writer.reader, edited), context.today, twins=twins, people=people
                )

        finished.append(asking.settled(context, act, yes=change.yes))

    subject = editor.Subject("agreement", adding.NAMELESS, document, "tracker add", codes, changes, is_new=True)
    if editor.edit(context, subject, take, resume=written.resume, keep=change.dry_run):
        tell(context, finished[0]._replace(remarks=remarks), change)


def filled(context: AppContext, title: str | None, given: AgreementTexts) -> Answers:
    """Ask for what is not given, show the record, and return the answers where the person agrees; raises Declined."""
    answers = Answers(title or "", given)
    try:
        with lookup(context) as reader:
            judge(context, reader, answers._replace(title=title or adding.NAMELESS))  # what was typed with the command
            messages.say(HOW)
            if given.like:
                messages.say(f"What is left open is copied from {given.like}, where it is alike.")
            for question in QUESTIONS:
                for further in _asked(context, reader, question, answers):
                    answers = further  # each answer is known at once, for whoever gives up at the next question
        with telling(answers):
            _show(context, answers)
        agreed = messages.ask("Record it?", default=True)
    except KeyboardInterrupt:
        messages.say("")  # the question's line ends here
        messages.say(_given_up(answers))
        raise
    except EOFError as end:
        messages.say("")
        raise Declined(f"the input ended; {_given_up(answers)}") from end
    if not agreed:
        raise Declined(_given_up(answers))
    return answers


def _given_up(answers: Answers) -> str:
    return "; ".join(filter(None, ("nothing was recorded", answers.again)))


@contextmanager
def telling(answers: Answers) -> Iterator[None]:
    """Let no answer be lost where something goes wrong: the error says how to go on with them."""
    try:
        yield
    except TrackerError as problem:
        problem.args = (f"{problem}; {answers.again}",)
        raise


@contextmanager
def lookup(context: AppContext) -> Iterator[Reader]:
    """Open the store to look names up; where there is none yet, one that holds what the first write brings."""
    with opened(context) as reader:
        if not reader.absent:
            yield reader
            return
    with writing(context, ChangeOptions(dry_run=True), create=True) as writer:
        yield writer.reader


def _asked(context: AppContext, reader: Reader, question: Question, answers: Answers) -> Iterator[Answers]:
    """Ask one question, and yield the answers with each that is taken; what the command line answered is not asked."""
    is_given = answers.title if question.key == TITLE else getattr(answers.given, question.key)
    has_no_status = question.key == "because" and not answers.given.binding
    if is_given or has_no_status:
        return
    words = _words(reader, question.key)
    prompt = question.prompt
    while True:
        text = messages.ask_text(prompt, [word for word, _ in words]).strip()
        if text.startswith("?") and words:
            _list(words, text.removeprefix("?"))
        elif not text and question.key == TITLE:
            messages.say("  a title is needed; Ctrl-C gives up")
        elif not text:
            return
        else:
            taken = _taken(context, reader, question, answers.with_(question, text))
            if taken:
                yield taken
                answers, prompt = taken, question.again
            if taken and not question.many:
                return


def _taken(context: AppContext, reader: Reader, question: Question, answers: Answers) -> Answers | None:
    """Judge the answers so far; None where the last one cannot be taken, after its reason was told."""
    try:
        judge(context, reader, answers)
    except InvalidRecord as problem:
        for _, text in problem.problems:
            messages.say(f"  {text}")
        return None
    except TrackerError as problem:
        messages.say(f"  {str(problem).removeprefix(f'--{question.key}: ')}")
        return None
    return answers


def judge(context: AppContext, reader: Reader, answers: Answers) -> None:
    """Raise what ``add`` would raise of what is known so far."""
    document, _ = adding.draft_of(reader, answers.title, answers.given, context.today)
    validate(document, "add")


def _words(reader: Reader, key: str) -> list[Word]:
    if key in CODES:
        return [(word, "") for word in CODES[key]]
    if key in STORED:
        return [(str(word), str(meaning)) for word, meaning in reader.tuples(STORED[key])]
    return []


def _list(words: list[Word], letters: str) -> None:
    """Show the words, or those with some letters."""
    wanted = fold(letters)
    found = [(word, meaning) for word, meaning in words if wanted in fold(f"{word} {meaning}")]
    for word, meaning in found[:LISTED]:
        messages.say(f"  {word}  {meaning}".rstrip())
    if len(found) > LISTED:
        messages.say(f"  and {len(found) - LISTED} more; ? with some letters lists fewer")
    if not found:
        messages.say(f"  none has {letters.strip()!r}")


def _show(context: AppContext, answers: Answers) -> None:
    """Show the record as it would be, on standard error: standard output is for its ref."""
    from tracker.read.lists.listing import of_focus_areas
    from tracker.read.records import for_people
    from tracker.read.records.agreements import record
    from tracker.renderers import RenderOptions, table
    from tracker.table import Page, Table

    with writing(context, ChangeOptions(dry_run=True), create=True) as writer:
        done = adding.add(writer, answers.title, answers.given, context.today, twins=True, people=True)
        shown_record = record(writer.reader, done.id, context.today)
        sections = list(for_people.sections(shown_record, of_focus_areas(writer.reader)))
    shown = BytesIO()
    table.render(Page(answers.title, sections, Table("add", [], [])), shown, RenderOptions(width=messages.width()))
    messages.say("")
    for line in shown.getvalue().decode().splitlines():
        messages.say(line)
    for remark in (*done.warnings, *done.remarks):
        messages.say(f"note: {remark}")
    messages.say("")
