"""Values of a query's fields as they are typed, made into what the store knows: codes, days, numbers, words."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tracker.errors import InvalidValue, UnknownName
from tracker.query import fields as query_fields
from tracker.query.tree import Value
from tracker.read.file.connection import Reader
from tracker.read.query.asked import Numbers, Own, Presence, Wanted, Words


class Place(NamedTuple):
    """What terms are read against: the store, the day, and the saved queries."""

    reader: Reader
    today: str
    saved: Callable[[str], str]
    """Returns the text of a saved query; raises InvalidValue with the nearest names."""
    anywhere: bool = False
    """Whether texts without a field are looked for everywhere, not only in titles."""


def wanted(place: Place, field: str, value: Value) -> list[Wanted]:
    """Return what one value of a field means."""
    if field in ("text", "anywhere"):
        return [_words(place, value)]
    if value.presence is not None and field != "title":
        return [Presence(value.presence)]
    kind = query_fields.field(field).kind
    return _READERS[kind](place, field, value)


def _split(value: Value) -> list[str]:
    if value.quoted or "," not in value.text:
        return [value.text.strip()]
    return [part.strip() for part in value.text.split(",") if part.strip()]


def _names(place: Place, field: str, value: Value) -> list[Wanted]:
    """Look a name up; one with a comma (of an option) is one name, ``Korea, Rep.``, or else several."""
    from tracker.read.lookup import names

    lookup = {
        "party": names.party_code,
        "family": names.family_id,
        "focus": names.focus_code,
        "signatory": names.person_asked_for,
        "source": names.source_id,
        "depositary": names.depositary,
    }[field]
    try:
        return [lookup(place.reader, value.text.strip())]
    except UnknownName:
        parts = _split(value)
        if len(parts) < 2:
            raise
        return [lookup(place.reader, part) for part in parts]


def _codes(_: Place, field: str, value: Value) -> list[Wanted]:
    from tracker.record import vocabulary

    known = query_fields.field(field)
    codes = [part.lower().replace("-", "_").replace(" ", "_") for part in _split(value)]
    if field == "type":
        codes = [_in_full(code, known.words) for code in codes]
    for code in codes:
        vocabulary.check(code, known.words, known.noun)
    return list(codes)


def _in_full(code: str, words: Sequence[str]) -> str:
    """Return the one type of instrument with these initials (``acsa``); a code, or what fits several, as it is."""
    from tracker.text.names import by_initials

    found = [] if code in words else by_initials(code, words)
    return found[0] if len(found) == 1 else code


def _dates(place: Place, _: str, value: Value) -> list[Wanted]:
    from tracker.dates import ranges

    found: list[Wanted] = []
    for part in _split(value):
        asked = ranges.parse_range(part, place.today)
        found.append(asked)
    return found


def _numbers(_: Place, field: str, value: Value) -> list[Wanted]:
    found: list[Wanted] = []
    for part in _split(value):
        first, dots, last = part.partition("..")
        ends = (first, last if dots else first)
        if not any(ends) or not all(end.isascii() and end.isdigit() and len(end) < 10 for end in ends if end):
            raise InvalidValue(f"{field}: {part!r} is no number: expected 2, 2..5, 2.. or ..5")
        numbers = Numbers(*(int(end) if end else None for end in ends))
        if None not in numbers and numbers.least > numbers.most:  # type: ignore[operator] # neither is None
            raise InvalidValue(f"{field}: {part!r} ends before it begins: write {last}..{first}")
        found.append(numbers)
    return found


def _texts(place: Place, field: str, value: Value) -> list[Wanted]:
    if field in ("text", "title", "place"):
        return [_words(place, value)]
    return list(_split(value))


def _words(place: Place, value: Value) -> Words:
    from tracker.read.query import texts
    from tracker.text.search import asked

    phrase = asked(value.text, quoted=value.quoted)
    if phrase is None:
        raise InvalidValue(f"{value.text!r} holds no letter or digit to look for")
    texts.teach(place.reader)
    if not place.anywhere:
        return Words(phrase.match, phrase.needle, phrase.open)
    from tracker.read.lookup.phrases import codes, focus_codes

    areas = focus_codes(place.reader, phrase.needle)
    marks = [*codes(place.reader, value.text), *(f"focus:{area}" for area in areas)]
    match = " OR ".join([phrase.match, *(f'"{mark}"' for mark in marks)])
    parties = tuple(mark.removeprefix("party:").upper() for mark in marks if mark.startswith("party:"))
    return Words(f"({match})" if marks else match, phrase.needle, phrase.open, parties, tuple(areas))


def _refs(place: Place, field: str, value: Value) -> list[Wanted]:
    from tracker.read.lookup import refs

    words = query_fields.field(field).words
    found: list[Wanted] = []
    for part in _split(value):
        if part.lower().replace("-", "_") in words:
            found.append(part.lower().replace("-", "_"))
        elif part.endswith("*") and field == "ref" and len(part) > 1:
            found.append(part.lower())
        else:
            found.append(part.lower() if place.reader.absent else refs.resolve(place.reader, part))
    return found


def _paths(_: Place, field: str, value: Value) -> list[Wanted]:
    from tracker.record import values as paths

    words = query_fields.field(field).words
    return [part if part in words else paths.canonical(part) for part in _split(value)]


def _own(place: Place, field: str, value: Value) -> list[Wanted]:
    from tracker.text.names import fold

    _warn_of_unknown(place.reader, field.removeprefix("x."))
    found: list[Wanted] = []
    for part in [value.text] if value.quoted else _split(value):
        first, dots, last = part.partition("..") if not value.quoted else (part, "", "")
        if dots and (first or last):
            numbers = Numbers(*(int(end) if _whole(end) else None for end in (first, last)))
            is_number = all(_whole(end) for end in (first, last) if end)
            found.append(Own(fold(first) or None, fold(last) or None, numbers if is_number else None))
        elif part.endswith("*") and not value.quoted:
            found.append(Own(fold(part[:-1]), fold(part[:-1])))
        elif _whole(part):
            found.append(Own(fold(part), fold(part), Numbers(int(part), int(part))))
        else:
            found.append(fold(part))
    return found


NAMES = (
    "WITH RECURSIVE n(name) AS (SELECT min(name) FROM own_fields UNION ALL"
    " SELECT (SELECT min(o.name) FROM own_fields AS o WHERE o.name > n.name) FROM n WHERE n.name IS NOT NULL)"
    " SELECT name FROM n WHERE name IS NOT NULL LIMIT 1000"
)
"""The names of own fields, by leaps through their index."""


def _warn_of_unknown(reader: Reader, name: str) -> None:
    """Say that no record has an own field of this name: any name is legal, so it is no error."""
    if reader.absent or reader.scalar("SELECT 1 FROM own_fields WHERE name = :name LIMIT 1", {"name": name}):
        return
    from tracker.text.names import suggest

    near = suggest(name, (row[0] for row in reader.tuples(NAMES)))
    reader.warn(f"no record has x.{name}{f'; did you mean x.{near[0]}?' if near else ''}")


def _whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 19


Reading = Callable[[Place, str, Value], list[Wanted]]
_READERS: dict[str, Reading] = {
    "name": _names,
    "code": _codes,
    "date": _dates,
    "number": _numbers,
    "text": _texts,
    "ref": _refs,
    "path": _paths,
    "own": _own,
}
