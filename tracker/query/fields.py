"""The fields of a query: what each is called, what stands in it, and which words it takes."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.record import relations, vocabulary


class Field(NamedTuple):
    """One field: how its values are read, the words that it takes where these are few, and what it asks."""

    kind: str
    """``name``, ``code``, ``date``, ``number``, ``text``, ``ref``, ``path``, ``own``."""
    asks: str
    words: tuple[str, ...] = ()
    noun: str = ""
    """What its words are called in messages."""


PRECISIONS = ("day", "month", "year", "interval", "uncertain")
"""How exact a date is: to the day, month or year, one day between two, or with ``?`` or ``~``."""

UNDER = ("concluded_under", "annexed_to", "implements")
"""Relations by which an agreement stands under another one."""

CONFLICTS = ("open",)

VIEWS = ("differ",)

FIELDS: Mapping[str, Field] = {
    "ref": Field("ref", "is this agreement; us-jp* begins with it"),
    "title": Field("text", "a title or alias holds these words"),
    "text": Field("text", "the same as a word without a field"),
    "word": Field("text", "the word for the instrument in its title, such as Arrangement"),
    "party": Field("name", "has this party; twice: both"),
    "family": Field("name", "member of this family"),
    "focus": Field("name", "about this focus area, or one below it"),
    "signatory": Field("name", "signed by this person"),
    "source": Field("name", "rests on this source"),
    "binding": Field("code", "binding status", vocabulary.BINDING_STATUSES, "binding status"),
    "views": Field("code", "parties or authorities differ on the binding status", VIEWS, "word for views"),
    "type": Field("code", "instrument type", vocabulary.INSTRUMENT_TYPES, "instrument type"),
    "status": Field("code", "status on the day, or a flag", (*vocabulary.STATUSES, *vocabulary.FLAGS), "status"),
    "text_access": Field("code", "access to the text", vocabulary.TEXT_ACCESS, "text access"),
    "confidence": Field("code", "confidence in the core of the record", vocabulary.CONFIDENCES, "confidence"),
    "laterality": Field("code", "number of sides", vocabulary.LATERALITIES, "laterality"),
    "level": Field("code", "somebody of this level signed", vocabulary.OFFICE_LEVELS, "level"),
    "event": Field("code", "has an event of this kind", vocabulary.EVENT_KINDS, "kind of event"),
    "source_kind": Field("code", "rests on a source of this kind", vocabulary.SOURCE_KINDS, "kind of source"),
    "precision": Field("code", "how exact the date of signature is", PRECISIONS, "precision"),
    "signed": Field("date", "date of the last signing act"),
    "in_force_from": Field("date", "entered into force, or became operative"),
    "in_force_until": Field("date", "end of the time in force"),
    "expires": Field("date", "end of the term"),
    "sources": Field("number", "how many sources the record cites"),
    "party_count": Field("number", "how many parties"),
    "identifier": Field("text", "filed under this number, scheme, or both: 'TIAS 1234'"),
    "depositary": Field("name", "the original is kept by this state or organisation"),
    "place": Field("text", "something happened here"),
    "claim": Field("path", "sources make claims about this field"),
    "conflict": Field("path", "claims about this field differ; open: none of them is adopted", CONFLICTS),
    "under": Field("ref", "stands under this agreement, or one of this binding status", vocabulary.BINDING_STATUSES),
    **{name: Field("ref", "relation to this agreement") for name in relations.TYPES},
}

OWN = Field("own", "own field of the record")

ALIASES: Mapping[str, str] = {
    "any_party": "party",
    "parties": "party",
    "partner": "party",
    "families": "family",
    "focus_area": "focus",
    "focus_areas": "focus",
    "signatories": "signatory",
    "binding_status": "binding",
    "binding_views": "views",
    "views_differ": "views",
    "instrument_type": "type",
    "title_term": "word",
    "identifiers": "identifier",
    "depositaries": "depositary",
    "aliases": "title",
    "signer_level": "level",
    "date_precision": "precision",
    "claims": "claim",
    "conflicts": "conflict",
    "flag": "status",
    "flags": "status",
}
"""Other names of fields: paths of the record, and those that people try."""


class FieldError(ValueError):
    """A field that no query has; the message names the nearest ones."""


def canonical(name: str) -> str:
    """Return the proper name of a field; raises FieldError with the nearest ones."""
    if name in FIELDS or is_own(name):
        return name
    name = name.removeprefix("derived.")
    if name in ALIASES:
        return ALIASES[name]
    from tracker.text.names import suggest

    near = suggest(name, [*FIELDS, *ALIASES])
    hint = f"did you mean {' or '.join(near)}?" if near else f"the fields are {', '.join(_shown())}."
    raise FieldError(f"no field {name!r}; {hint} In quotes it is a text to look for")


def field(name: str) -> Field:
    """Return a field by its proper name."""
    return OWN if is_own(name) else FIELDS[name]


def is_own(name: str) -> bool:
    """Whether a name is that of an own field."""
    return name.startswith("x.") and len(name) > len("x.")


def _shown() -> Iterator[str]:
    yield from (name for name in FIELDS if name not in relations.TYPES)
    yield "x.NAME"
