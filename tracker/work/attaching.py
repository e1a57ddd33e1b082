"""A file of one's own on its way to an agreement: the copy beside the store, and the source that it becomes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tracker.files import attached
from tracker.record.types import Record
from tracker.store.write.writer import Writer
from tracker.work import new_objects, objects
from tracker.work.new_objects import SourceTexts
from tracker.work.outcome import Done


class FileTexts(NamedTuple):
    """What is known of a file."""

    source: str | None = None
    """Id, address or title of the source whose copy it is; None = the one with its sum, else a new one."""
    title: str | None = None
    """Title of a new source; None = the name of the file."""
    kind: str = "unknown"
    link: bool = False
    """Whether it stays where it is, and its path goes into the record."""


class Brought(NamedTuple):
    """A file, as the source that it would be, and its copy where one is kept."""

    document: Record
    source: str | None
    copy: attached.Copy | None

    def forget(self) -> None:
        """Take away a copy that was made for this."""
        if self.copy and self.copy.is_new:
            self.copy.path.unlink(missing_ok=True)

    def attach(self, writer: Writer, ref: str, today: str) -> Done:
        """Let an agreement rest on it; raises what ``objects.attach`` raises."""
        return objects.attach(writer, ref, self.document, self.source, today)


def brought(store: Path, file: Path, given: FileTexts, today: str, *, keeps: bool = True) -> Brought:
    """Copy a file beside a store, unless it is to stay where it is or ``keeps`` is False.

    Raises UnreadableFile, Refused where it cannot be copied, and InvalidValue for what is said of it; then no copy is
    left behind.
    """
    copy = attached.keep(attached.folder(store), file) if keeps and not given.link else None
    with _forgetting(copy):
        texts = SourceTexts(
            kind=given.kind,
            sha256=copy.sha256 if copy else attached.digest(file),
            archive_url=file.resolve().as_uri() if given.link else None,
        )
        return Brought(new_objects.source_of_file(given.title, file.name, texts, today), given.source, copy)


@contextmanager
def _forgetting(copy: attached.Copy | None) -> Iterator[None]:
    try:
        yield
    except BaseException:
        Brought({}, None, copy).forget()
        raise
