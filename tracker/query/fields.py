"""The fields of a query: what each is called, what stands in it, and which words it takes."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.record import relations, shapes, vocabulary
from tracker.record import types as record_types


class Field(NamedTuple):
    """One field: how its values are read, the words that it takes where these are few, and what it asks."""

    kind: str
    """``name``, ``code``, ``date``, ``number``, ``text``, ``ref``, ``path``, ``own``."""
    asks: str
    words: tuple[str, ...] = ()
    noun: str = ""
    """What its words are called in messages."""
    names: str = ""
    """Kind of the object that its values name; of ``depositary`` a party, or another name."""


def declared() -> Iterator[tuple[str, record_types.Field]]:
    """Yield the fields of the record for which there is a field of a query, with the name of that."""
    for address, shape in shapes.at().items():
        if address.partition(".")[0] == "agreement":
            yield from ((field.query, field) for field in shape.fields if field.query)
    yield from (("source_kind", field) for field in shapes.SOURCE.fields if field.query == "source_kind")


def _words(name: str) -> tuple[str, ...]:
    """Return the words that the record declares for a field of a query."""
    coded = [field.type for query, field in declared() if query == name and field.type.codes]
    return tuple(dict.fromkeys(word for type_ in coded for word in type_.words))


def _code(name: str, asks: str, noun: str) -> Field:
    return Field("code", asks, _words(name), noun)


_FLAG = ("true", "false")
_KINDS = {"code": "code", "flag": "code", "date": "date", "count": "number"}


def _further() -> Iterator[tuple[str, Field]]:
    """Yield the fields that the record declares and nothing below asks for in words of its own."""
    for name, field in declared():
        if name not in _ASKED and name != "x" and field.type.kind != "object":
            kind = "name" if field.type.names else _KINDS.get(field.type.kind, "text")
            words = _FLAG if field.type.kind == "flag" else _words(name)
            yield name, Field(kind, field.meaning, words, field.label, field.type.names)


PRECISIONS = ("day", "month", "year", "interval", "uncertain")
"""How exact a date is: to the day, month or year, one day between two, or with ``?`` or ``~``."""

UNDER = ("concluded_under", "annexed_to", "implements")
"""Relations by which an agreement stands under another one."""

CONFLICTS = ("open",)

VIEWS = ("differ",)

_ASKED: Mapping[str, Field] = {
    "ref": Field("ref", "is this agreement; us-jp* begins with it"),
    "title": Field("text", "a title or alias holds these words"),
    "text": Field("text", "the same as a word without a field"),
    "word": Field("text", "the word for the instrument in its title, such as Arrangement"),
    "party": Field("name", "has this party; twice: both", names="party"),
    "family": Field("name", "member of this family", names="family"),
    "focus": Field("name", "about this focus area, or one below it", names="focus_area"),
    "signatory": Field("name", "signed by this person", names="person"),
    "source": Field("name", "rests on this source", names="source"),
    "binding": _code("binding", "binding status", "binding status"),
    "views": Field("code", "parties or authorities differ on the binding status", VIEWS, "word for views"),
    "type": _code("type", "instrument type", "instrument type"),
    "status": _code("status", "status of the instrument on the day, or a flag", "status"),
    "bound": Field("name", "in force for this party on the day", names="party"),
    "text_access": _code("text_access", "access to the text", "text access"),
    "confidence": _code("confidence", "confidence in the core of the record", "confidence"),
    "laterality": _code("laterality", "number of sides", "laterality"),
    "level": _code("level", "somebody of this level signed", "level"),
    "event": _code("event", "has an event of this kind", "kind of event"),
    "source_kind": _code("source_kind", "rests on a source of this kind", "kind of source"),
    "precision": Field("code", "how exact the date of signature is", PRECISIONS, "precision"),
    "signed": Field("date", "date of the last signing act"),
    "concluded": Field("date", "date by which it is cited: adoption, opening for signature, else the last signing act"),
    "in_force_from": Field("date", "entered into force, or became operative"),
    "in_force_until": Field("date", "end of the time in force"),
    "expires": Field("date", "end of the term"),
    "sources": Field("number", "how many sources the record cites"),
    "party_count": Field("number", "how many parties"),
    "identifier": Field("text", "filed under this number, scheme, or both: 'TIAS 1234'"),
    "depositary": Field("name", "the original is kept by this state or organisation", names="depositary"),
    "place": Field("text", "something happened here"),
    "claim": Field("path", "sources make claims about this field"),
    "conflict": Field("path", "claims about this field differ; open: none of them is adopted", CONFLICTS),
    "under": Field("ref", "stands under this agreement, or one of this binding status", vocabulary.BINDING_STATUSES),
}

FIELDS: Mapping[str, Field] = {
    **_ASKED,
    **dict(_further()),
    **{name: Field("ref", "relation to this agreement") for name in relations.TYPES},
}

OWN = Field("own", "own field of the record")

ALIASES: Mapping[str, str] = {
    "any_party": "party",
    "partner": "party",
    "focus_area": "focus",
    "views_differ": "views",
    "signer_level": "level",
    "date_precision": "precision",
    "conflicts": "conflict",
    "flag": "status",
    **{
        field.key: field.query
        for shape in (shapes.AGREEMENT, shapes.DERIVED)
        for field in shape.fields
        if field.query not in ("", "x") and field.key not in FIELDS
    },
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
