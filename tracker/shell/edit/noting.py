"""A note written in the user's editor, or read from standard input; what was written is never lost."""

import sys
from itertools import dropwhile

from tracker.errors import InvalidValue, TrackerError
from tracker.read.lookup import refs
from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.edit import editor
from tracker.shell.options import ChangeOptions
from tracker.shell.reading import opened
from tracker.shell.writing import tell, writing
from tracker.work import edit

LONGEST = 1 << 20
"""Bytes that are read at most: far more than a note may have."""

HEADING = """// A note on {ref}: {title}
// Write it below, save it, leave the editor. These lines are not read; an empty text notes nothing.

"""


def read() -> str:
    """Read a note from standard input. Raises InvalidValue."""
    try:
        return sys.stdin.buffer.read(LONGEST).decode()
    except UnicodeDecodeError as error:
        raise InvalidValue("standard input is no UTF-8 text; convert it first") from error


def in_editor(context: AppContext, name: str, change: ChangeOptions) -> None:
    """Let the user write a note, and add it; a text that is not taken is kept and named."""
    command = editor.editor_command(context, lacking="nothing to note", instead="give the note: tracker note REF TEXT")
    with opened(context) as reader:
        ref = refs.resolve(reader, name)
        title = reader.scalar("SELECT title FROM agreements WHERE ref = :ref", {"ref": ref})
    shown = HEADING.format(ref=ref, title=" ".join(str(title).split())).encode("utf-8", "backslashreplace")
    with editor.workplace(ref) as place:
        place.file.write_bytes(shown)
        status = editor.run(command, place.file)
        written = _written(place.file.read_bytes().decode("utf-8", "backslashreplace"))
        if not written or status:
            messages.say(f"{ref}: nothing was noted", quiet=context.quiet)
            return
        try:
            with writing(context, change) as writer:
                done = edit.note(writer, ref, written, context.today)
        except TrackerError as problem:
            place.stays = True
            again = f"tracker note {ref} - < {place.file}"
            problem.args = (f"{problem}; the text is kept; go on with: {again}",)
            raise
    tell(context, done, change)


def _written(text: str) -> str:
    """Return what stands below the lines of the heading."""
    return "".join(dropwhile(lambda line: line.startswith("//"), text.splitlines(keepends=True))).strip()
