"""A text in the user's own editor, until the register takes it or the user gives up; what was typed is never lost.

The text lies in a private folder while it is edited. One that is not taken, whatever the reason (refused, changed by
someone else meanwhile, store locked, editor died), is kept in ``$XDG_STATE_HOME/tracker/refused`` and named.
"""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tracker import clock
from tracker.errors import InvalidRecord, Refused, TrackerError, UnreadableFile, UsageProblem
from tracker.files.folders import state_folder
from tracker.record.types import Json
from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.edit import text as edited_text


class Place:
    """The private folder of a text that is being edited; ``stays`` keeps it for good."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.stays = False


@contextmanager
def workplace(name: str) -> Iterator[Place]:
    """Make a folder that only its owner can enter, with an empty file for the text; raises Refused where it cannot."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="tracker-edit-"))
        place = Place(folder / f"{_file_name(name)}.json")
        place.file.touch(mode=0o600)
    except OSError as error:
        raise Refused(f"cannot make a file to edit: {error.strerror}; set $TMPDIR to a folder with room") from error
    try:
        yield place
    finally:
        if not place.stays:
            shutil.rmtree(folder, ignore_errors=True)


def new_file(name: str) -> Path:
    """A new private file in the folder of refused texts."""
    folder = refused_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    instant = clock.now().strftime("%Y%m%dT%H%M%SZ")
    for number in range(1, 1000):
        suffix = "" if number == 1 else f"-{number}"
        file = folder / f"{_file_name(name)}-{instant}{suffix}.json"
        try:
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            continue
        return file
    raise FileExistsError(folder)


def refused_folder() -> Path:
    """Where texts are kept that were not taken."""
    return state_folder() / "refused"


def _file_name(name: str) -> str:
    """The name of a record as that of a file; ids are such already."""
    return "".join(char if (char.isascii() and char.isalnum()) or char in "-_" else "-" for char in name)[:100]


FALLBACKS = ("vi", "nano")
"""Editors that are tried where the environment names none."""

REFUSED = "NOT TAKEN; correct it, or leave it as it is to give up:"


class Subject(NamedTuple):
    """What is edited."""

    kind: str
    name: str
    document: Mapping[str, Json]
    """As export writes it."""
    command: str
    """How to go on editing a kept text: ``tracker edit REF``."""
    codes: Mapping[str, Sequence[str]]
    """Codes that the store knows, by field."""
    changes: Callable[[Json], Sequence[tuple[str, str]]]
    """What a text would change in the record as it is: pairs of path and text."""
    is_new: bool = False
    """Whether it is not yet in the register."""
    written: bytes | None = None
    """The text that is edited, where it is not the document alone."""

    @property
    def did(self) -> str:
        """What becomes of it."""
        return "recorded" if self.is_new else "changed"

    @property
    def heading(self) -> str:
        """The lines of comment above it."""
        return edited_text.heading(self.kind, self.name, self.codes, is_new=self.is_new)


Take = Callable[[Json], None]
"""Puts the edited object into the register, or raises a TrackerError."""


def edit(context: AppContext, subject: Subject, take: Take, *, resume: Path | None = None, keep: bool = False) -> bool:
    """Let the user edit the record and hand the result to ``take``; return whether there was one.

    ``resume`` begins with a kept text; ``keep`` keeps the text also where all goes well (a dry run). Raises what
    ``take`` raises, with the place of the text, UnreadableFile for a kept text that is not there, and UsageProblem
    where no editor can be had.
    """
    if resume is not None:
        shown = _resumed(subject, resume)
    elif subject.written is None:
        shown = edited_text.compose(subject.heading, subject.document)
    else:
        shown = subject.heading.encode() + subject.written
    command = editor_command(context)
    with workplace(subject.name) as place:
        session = _Session(context, subject, command, place)
        return session.run(shown, take, keep=keep, taken_as_is=resume is not None)


BY_PATHS = "say what to change with --set PATH=VALUE, --add PATH=VALUE or --remove PATH"


def prepare(
    context: AppContext, resume: Path | None, *, lacking: str = "nothing to change", instead: str = BY_PATHS
) -> None:
    """Refuse, before anything is read, a kept text that is not there, and then as ``editor_command``."""
    if resume is not None:
        _kept_text(resume)
    editor_command(context, lacking=lacking, instead=instead)


def editor_command(context: AppContext, *, lacking: str = "nothing to change", instead: str = BY_PATHS) -> list[str]:
    """Return the program of ``$VISUAL`` or ``$EDITOR`` with its arguments, else vi or nano on a terminal.

    Raises UsageProblem where nobody can be asked: what is ``lacking``, and what to do ``instead``.
    """
    if context.no_input:
        raise UsageProblem(f"{lacking}, and --no-input opens no editor; {instead}")
    for variable in ("VISUAL", "EDITOR"):
        text = os.environ.get(variable, "").strip()
        if text:
            try:
                return shlex.split(text)
            except ValueError as error:
                raise UsageProblem(f"${variable} is {text!r}, which cannot be read: {error}; correct it") from error
    if context.interactive:
        fallback = next(filter(None, map(shutil.which, FALLBACKS)), None)
        if fallback:
            return [fallback]
        raise UsageProblem(f"no editor: neither $EDITOR nor {' nor '.join(FALLBACKS)} is there; {instead}")
    raise UsageProblem(f"{lacking}, and no $EDITOR to write in; {instead}")


class _Session:
    """One text from the first opening of the editor to its end."""

    def __init__(self, context: AppContext, subject: Subject, command: list[str], place: "Place") -> None:
        self.context = context
        self.subject = subject
        self.command = command
        self.place = place
        self.kept: Path | None = None

    def run(self, shown: bytes, take: Take, *, keep: bool, taken_as_is: bool) -> bool:
        """Open the editor until the text is taken or given up; ``taken_as_is``: also if left as it was."""
        refusal: UsageProblem | None = None
        while True:
            text = self._opened(shown)
            left = text == shown and (refusal is not None or not taken_as_is)
            if text is None or left or not edited_text.body(text):
                if refusal is not None:
                    raise self._told(refusal)
                messages.say(f"{self.subject.name}: nothing was {self.subject.did}", quiet=self.context.quiet)
                return False
            try:
                take(self._parsed(text))
            except UsageProblem as problem:
                self._keep(text)
                problems = _problems(problem)
                refusal = self._refusal(problems)
                if not self._wants_again():
                    raise self._told(refusal) from problem
                shown = edited_text.remarks(REFUSED, problems) + self._commented() + edited_text.body(text)
            except TrackerError as problem:
                self._keep(text)
                raise self._told(problem)  # noqa: B904  # the same error, with the place of the text
            except BaseException:  # an interrupt, or a fault of the program: the text outlives it
                if self.context.kept.said:  # it came after the text was taken
                    raise
                self._keep(text)
                messages.say(self._where())
                raise
            else:
                self._done(text, keep=keep)
                return True

    def _opened(self, shown: bytes) -> bytes | None:
        """What the editor made of the text; None where it took the file away."""
        file = self.place.file
        file.write_bytes(shown)
        try:
            code = run(self.command, file)
        except UsageProblem as problem:
            raise self._told(problem) if self.kept else problem  # noqa: B904  # the same error
        try:
            text = file.read_bytes()
        except FileNotFoundError:
            text = None
        except OSError as error:
            self.place.stays = True
            raise Refused(
                f"cannot read what the editor left at {file}: {error.strerror}; nothing was changed"
            ) from error
        if code:
            how = f"ended with exit code {code}" if code > 0 else f"was ended by signal {-code}"
            ended = Refused(f"the editor {self.command[0]} {how}; nothing was changed")
            if text and text != shown:
                self._keep(text)
            raise self._told(ended) if self.kept else ended
        return text

    def _parsed(self, text: bytes) -> Json:
        try:
            return edited_text.read(text)
        except ValueError as error:
            raise InvalidRecord(self.subject.name, [("", str(error))]) from error

    def _commented(self) -> bytes:
        return self.subject.heading.encode()

    def _refusal(self, problems: list[tuple[str, str]]) -> UsageProblem:
        """Print every problem, and make the error that ends the command if the user gives up."""
        lines = [f"{path}: {text}" if path else text for path, text in problems]
        for line in lines:
            messages.say(f"  {line}")
        count = "one problem" if len(lines) == 1 else f"{len(lines)} problems"
        return UsageProblem(f"{self.subject.name} was not {self.subject.did}: {count}, the first: {lines[0]}")

    def _wants_again(self) -> bool:
        if not self.context.interactive:
            return False
        try:
            return messages.ask("Edit again?", default=True)
        except KeyboardInterrupt:
            messages.say("")  # the question's line ends here
            messages.say(self._where())
            raise

    def _keep(self, text: bytes) -> None:
        """Write the text to a file of its own; where that cannot be done, it stays in the place where it was edited."""
        try:
            if self.kept is None:
                self.kept = new_file(self.subject.name)
            self.kept.write_bytes(text)
        except OSError:
            self.kept = self.place.file
            self.place.stays = True

    def _where(self) -> str:
        again = f"{self.subject.command} --resume {shlex.quote(str(self.kept))}"
        return f"the text is kept; go on with: {again}"

    def _told(self, problem: Json) -> Json:
        """The error with the place of the text at the end of its message."""
        problem.args = (f"{problem}; {self._where()}",)
        return problem

    def _done(self, text: bytes, *, keep: bool) -> None:
        """Remove a text that was kept on the way and is in the register now."""
        if keep:
            self._keep(text)
            messages.say(self._where(), quiet=self.context.quiet)
        elif self.kept is not None and not self.place.stays:
            self.kept.unlink(missing_ok=True)


def _problems(problem: UsageProblem) -> list[tuple[str, str]]:
    return problem.problems if isinstance(problem, InvalidRecord) else [("", str(problem))]


def run(command: list[str], file: Path) -> int:
    """Run the editor to its end. Ctrl-C is for the editor, not for this program."""
    former = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run([*command, str(file)], check=False).returncode  # noqa: S603  # the user's own choice
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageProblem(
            f"cannot start the editor {command[0]!r}: {reason}; set $EDITOR to another one, or use --set PATH=VALUE"
        ) from error
    finally:
        signal.signal(signal.SIGINT, former)


def _kept_text(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot read {file}: {error.strerror}; check the path after --resume") from error


def _resumed(subject: Subject, file: Path) -> bytes:
    """A kept text with what it would change, against the record as it is now, on top."""
    text = _kept_text(file)
    try:
        changes = subject.changes(edited_text.read(text))
        title = "Left as it is, this text is taken; empty it to give up. It changes in the record as that is now:"
    except ValueError as error:
        title, changes = REFUSED, [("", str(error))]
    except UsageProblem as problem:
        title, changes = REFUSED, _problems(problem)
    return edited_text.remarks(title, changes or [("", "nothing")]) + subject.heading.encode() + edited_text.body(text)
