"""Texts from files and pipes, each read for what it proposes."""

import sys
from pathlib import Path
from typing import NamedTuple

from tracker.articles import Article, reading
from tracker.dates import day, typed
from tracker.errors import InvalidValue, UnreadableFile
from tracker.proposing.basis.document import Document
from tracker.proposing.basis.proposal import Passage, Proposals
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.proposing.propose import propose
from tracker.read.file.connection import Reader
from tracker.read.lookup.by_language import every_name

PIPE = Path("-")


class Given(NamedTuple):
    """What somebody says of the texts, which goes before what these say of themselves."""

    published: str | None = None
    """Day of publication (EDTF)."""
    language: str | None = None
    """BCP 47."""


class Text(NamedTuple):
    """A text that was read."""

    name: str
    """The name of its file."""
    sha256: str
    """Sum of the bytes that were read."""
    article: Article
    document: Document
    proposals: Proposals

    @property
    def title(self) -> str:
        """What it is called: its title, else the name of its file."""
        return " ".join((self.article.title or self.document.title or self.name).split())

    @property
    def language(self) -> str | None:
        """Its language, as it was said or is told by its words."""
        return self.proposals.language or self.article.language

    @property
    def published(self) -> str | None:
        """Its day of publication (EDTF): as it was said, else as the text tells it itself."""
        return self.document.published or self.proposals.published

    def place(self, passage: Passage) -> str:
        """Return where words stand, for people."""
        sentence = self.document.at(passage.start)
        paragraph = "" if sentence is None else f"paragraph {sentence.paragraph + 1}, "
        return f"{paragraph}characters {passage.start} to {passage.end}"


def published(text: str | None, today: str) -> str | None:
    """Return a day of publication as it was typed, as EDTF; raises InvalidValue."""
    if text is None:
        return None
    try:
        return typed.read(text, today).edtf
    except day.DateError as error:
        raise InvalidValue(f"--published: {error}") from error


def read(paths: list[Path], given: Given, reader: Reader) -> list[Text]:
    """Read texts with the names of the register; raises UnreadableFile.

    A language that is given is that of all; one that a file says of itself counts less than its words.
    """
    vocabulary = Vocabulary(every_name(reader), focus_areas(reader))
    return [_text(path, given, vocabulary) for path in paths]


def focus_areas(reader: Reader) -> dict[str, str]:
    """Return the labels of the focus areas of the register by their codes."""
    return {str(code): str(label) for code, label in reader.tuples("SELECT code, label FROM focus_areas ORDER BY code")}


def _text(path: Path, given: Given, vocabulary: Vocabulary) -> Text:
    from hashlib import sha256

    data, name = _bytes(path)
    article = reading.read(data, name)
    day_of_it = given.published or article.published
    document = Document(article.text, title=article.title, language=given.language, published=day_of_it)
    return Text(
        name,
        sha256(data).hexdigest(),
        article._replace(published=day_of_it),
        document,
        propose(document, vocabulary),
    )


def _bytes(path: Path) -> tuple[bytes, str]:
    """Return what a file holds, one byte more than is read at most, and how it is called."""
    limit = reading.LONGEST + 1
    if path == PIPE:
        if sys.stdin is None:
            raise UnreadableFile("standard input is closed; name a file, or pipe a text in")
        return sys.stdin.buffer.read(limit), "standard input"
    if path.is_dir():
        raise UnreadableFile(f"{path} is a folder; name the files in it")
    if path.exists() and not (path.is_file() or path.is_fifo()):
        raise UnreadableFile(f"{path} is no regular file; give a text")
    try:
        with path.open("rb") as file:
            return file.read(limit), path.name
    except OSError as error:
        raise UnreadableFile(f"cannot read {path}: {error.strerror}; check the path") from error
