"""The text that proposals rest on, as a source of the register."""

from collections.abc import Callable
from typing import NamedTuple

from tracker.errors import Refused
from tracker.proposing.basis.proposal import HIGH, Value
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.read.records import documents
from tracker.record.document import blank
from tracker.record.types import Record
from tracker.record.vocabulary import SOURCE_KINDS, understood
from tracker.text import refs
from tracker.work import draft
from tracker.work.proposals import offers
from tracker.work.proposals.texts import Text

EVIDENCE = {
    "authentic_text": "text_clause",
    "treaty_series": "text_clause",
    "depositary": "text_clause",
    "official_gazette": "party_statement",
    "parliament": "parliament_or_research",
    "court": "tribunal_ruling",
    "official_press_release": "party_statement",
    "official_page": "party_statement",
    "official_research": "parliament_or_research",
    "law_firm": "parliament_or_research",
    "research": "parliament_or_research",
}
"""Kind of a source to the kind of evidence that its words are."""


class SourceGiven(NamedTuple):
    """What somebody says of the source that a text is."""

    source: str | None = None
    """Its id or address."""
    kind: str | None = None
    """None = unknown, or as it is recorded."""


def evidence(source: Record) -> Callable[[Value], str]:
    """Return what tells which kind of evidence the words of a source are for a binding status.

    Where nobody said what the text is, a formal clause speaks for itself, and anything else is what is reported.
    """
    kind = EVIDENCE.get(source["kind"])
    return lambda value: offers.CLAUSE if value.confidence == HIGH else kind or offers.REPORTED


def source_of(reader: Reader, text: Text, given: SourceGiven) -> Record:
    """Return the source that a text is, a complete document: the one that is named, else that of its sum, else new.

    What is not known of it yet is taken from the text. Raises UnknownName, InvalidValue, and Refused where the source
    that is named is of another text.
    """
    named = given.source
    address = named if named and "://" in named else None
    identifier = _recorded(reader, text, named)
    if identifier is None:
        title = text.title
        base = refs.proposed_id(title) or f"text-{text.sha256}"[:17]
        held = blank("source") | {"id": draft.free_source_id(reader, base[: refs.LONGEST]), "title": title}
    else:
        held = documents.document(reader, "source", identifier)
    _refuse_other_text(held, text)
    found = {
        "sha256": text.sha256,
        "date": text.published,
        "language": text.language,
        "url": address or text.article.url,
    }
    kind = understood(given.kind, SOURCE_KINDS) if given.kind else held["kind"]
    return {**held, **{key: held[key] or value for key, value in found.items()}, "kind": kind}


def _recorded(reader: Reader, text: Text, named: str | None) -> str | None:
    if named is None:
        return draft.source_with_sum(reader, text.sha256)
    if "://" not in named:
        return names.source_id(reader, named)
    sql = "SELECT id FROM sources WHERE url = :url OR archive_url = :url ORDER BY id"
    row = reader.row(sql, {"url": named})
    return None if row is None else str(row["id"])


def _refuse_other_text(held: Record, text: Text) -> None:
    if held["sha256"] not in (None, text.sha256):
        raise Refused(
            f"source {held['id']} has another text: its SHA-256 is {held['sha256']}, that of {text.name} is "
            f"{text.sha256}; leave --source out for a source of its own"
        )
