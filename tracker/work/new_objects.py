"""New parties, people, families, focus areas and sources as documents, from what people type.

Light: the commands that list them have these shapes at hand too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import InvalidValue
from tracker.plain import Value
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.record.types import Record

if TYPE_CHECKING:
    from tracker.files.attached import Copy

PREFIXES = {
    "organisation": "org-",
    "sub_national": "sub-",
    "armed_group": "group-",
    "territory": "territory-",
    "other": "other-",
}
"""How codes of parties begin that are made from a name, so that none is ever taken for the code of a state."""


class PartyTexts(Value):
    """What is known of a party."""

    kind: str
    code: str | None = None
    """None = made from kind and name."""
    aliases: Texts = None
    exists_from: str | None = None
    exists_until: str | None = None
    member: Texts = None
    """``PARTY: FROM..UNTIL``; both dates may be left out."""
    successor: Texts = None
    note: str | None = None


class SourceTexts(Value):
    """What is known of a source."""

    kind: str = "unknown"
    identifier: str | None = None
    """Its id; None = made from the title."""
    url: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    accessed: str | None = None
    """The day on which it was read."""
    language: str | None = None
    archive_url: str | None = None
    sha256: str | None = None
    """Sum of the file that was read."""
    reprint_of: str | None = None
    note: str | None = None


def party(reader: Reader, name: str, given: PartyTexts, today: str) -> Record:
    """Return a new party; raises InvalidValue and UnknownName."""
    from tracker.read.lookup import names
    from tracker.record.vocabulary import PARTY_KINDS, understood
    from tracker.work import typed

    kind = understood(given.kind, PARTY_KINDS)
    document: Record = {
        "record": "party",
        "code": given.code or _made_from(name, "code", PREFIXES.get(kind, "")),
        "kind": kind,
        "name": name,
        "aliases": given.aliases or [],
        "note": given.note,
    }
    for key, text in (("exists_from", given.exists_from), ("exists_until", given.exists_until)):
        if text:
            document[key] = typed.date(text, today, f"--{key.replace('_', '-')}")
    return document | {
        "members": [typed.member(reader, text, today) for text in given.member or []],
        "successors": names.party_codes(reader, given.successor or []),
    }


def person(name: str, identifier: str | None, aliases: Texts, note: str | None) -> Record:
    """Return a new person who signs."""
    chosen = identifier or _made_from(name, "id")
    return {"record": "person", "id": chosen, "name": name, "aliases": aliases or [], "note": note}


def source(title: str, given: SourceTexts, today: str) -> Record:
    """Return a new source."""
    from tracker.record.vocabulary import SOURCE_KINDS, understood
    from tracker.work import typed

    document: Record = {"record": "source", "title": title} | given.parts()
    document["kind"] = understood(given.kind, SOURCE_KINDS)
    document["id"] = document.pop("identifier") or _made_from(title, "id")
    for name in ("date", "accessed"):
        if document[name]:
            document[name] = typed.date(document[name], today, f"--{name}")
    if document["language"]:
        document["language"] = typed.language(document["language"], "--language")
    return document


def source_of_file(title: str | None, name: str, given: SourceTexts, today: str) -> Record:
    """Return a new source that is a file; without a title it is called as the file is. Raises InvalidValue."""
    from tracker.text import refs
    from tracker.text.safety import visible

    called = title or visible(name)
    identifier = refs.proposed_id(called) or f"file-{given.sha256}"[:20]
    return source(called, given.but(identifier=identifier), today)


class FileTexts(Value):
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
    copy: "Copy | None"

    def forget(self) -> None:
        """Take away a copy that was made for this."""
        if self.copy and self.copy.is_new:
            self.copy.path.unlink(missing_ok=True)


def brought(store: Path, file: Path, given: FileTexts, today: str, *, keeps: bool = True) -> Brought:
    """Copy a file beside a store, unless it is to stay where it is or ``keeps`` is False.

    Raises UnreadableFile, Refused where it cannot be copied, and InvalidValue for what is said of it; then no copy is
    left behind.
    """
    from tracker.files import attached

    copy = attached.keep(attached.folder(store), file) if keeps and not given.link else None
    with _forgetting(copy):
        texts = SourceTexts(
            kind=given.kind,
            sha256=copy.sha256 if copy else attached.digest(file),
            archive_url=file.resolve().as_uri() if given.link else None,
        )
        return Brought(source_of_file(given.title, file.name, texts, today), given.source, copy)


@contextmanager
def _forgetting(copy: "Copy | None") -> Iterator[None]:
    try:
        yield
    except BaseException:
        Brought({}, None, copy).forget()
        raise


def focus_area(reader: Reader, label: str, code: str | None, parent: str | None, note: str | None) -> Record:
    """Return a new focus area, under another one or at the top of the tree."""
    from tracker.read.lookup import names

    chosen = code or _made_from(label, "code").replace("-", "_")
    above = names.focus_code(reader, parent) if parent else None
    return {"record": "focus_area", "code": chosen, "label": label, "parent": above, "note": note}


class FamilyTexts(Value):
    """What is known of a family of like instruments."""

    identifier: str | None = None
    """Its id; None = made from the name."""
    type_: str | None = None
    """Instrument type of its members."""
    description: str | None = None
    source: Texts = None
    """Ids or addresses of sources."""
    note: Texts = None


def family(reader: Reader, name: str, given: FamilyTexts) -> Record:
    """Return a new family."""
    from tracker.record.vocabulary import INSTRUMENT_TYPES, understood
    from tracker.work import typed

    return {
        "record": "family",
        "id": given.identifier or _made_from(name, "id"),
        "name": name,
        "instrument_type": given.type_ and understood(given.type_, INSTRUMENT_TYPES),
        "description": given.description,
        "notes": given.note or [],
        "sources": [typed.source(reader, text) for text in given.source or []],
    }


def _made_from(name: str, key: str, prefix: str = "") -> str:
    """The id or code that a new object gets from its name; raises InvalidValue where none can be made."""
    from tracker.text import refs

    made = refs.proposed_id(name)
    if made is None:
        raise InvalidValue(f"{name!r} has no Latin letters to make the {key} from; give one with --{key}")
    return (prefix + made)[: refs.LONGEST].rstrip("-")
