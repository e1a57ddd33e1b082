"""Where texts lie while they are edited, and where those are kept that were not taken."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker import clock
from tracker.errors import Refused
from tracker.files.folders import state_folder


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
