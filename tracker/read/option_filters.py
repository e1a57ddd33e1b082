"""Filter options as typed, made into filters: names become codes, ranges become days, codes are checked.

A comma in a value means any of; a repeated ``--party`` means all of; any other repeated option means any of.
"""

from collections.abc import Callable, Sequence

from tracker.errors import InvalidValue, UnknownName
from tracker.options import FilterOptions
from tracker.read.connection import Reader
from tracker.read.filters import ANY, NONE, Filters

NOTHING = FilterOptions()

Lookup = Callable[[Reader, str], str]
"""Finds the code or id of a name; raises UnknownName."""


def filters(reader: Reader, options: FilterOptions, today: str) -> Filters:
    """Return what the options ask for; raises UnknownName or InvalidValue with the nearest right value."""
    if options == NOTHING:
        return Filters(as_of=today)
    from tracker.domain import vocabulary
    from tracker.read import names

    as_of = day(options.as_of, today)
    groups = [_any_of(reader, names.party_code, [text]) for text in options.party or ()]
    if options.any_party:
        groups.append(_any_of(reader, names.party_code, options.any_party))
    statuses = (*vocabulary.STATUSES, *vocabulary.FLAGS)
    return Filters(
        party=tuple(groups),
        binding=_codes(options.binding, vocabulary.BINDING_STATUSES, "binding status"),
        type=_codes(options.type, vocabulary.INSTRUMENT_TYPES, "instrument type"),
        focus=_any_of(reader, names.focus_code, options.focus),
        family=_any_of(reader, names.family_id, options.family),
        status=_codes(options.status, statuses, "status"),
        signatory=_any_of(reader, names.person_id, options.signatory),
        signed=_days(options.signed, today),
        in_force=options.in_force,
        text_access=_codes(options.text_access, vocabulary.TEXT_ACCESS, "text access"),
        source=_any_of(reader, names.source_id, options.source),
        certain=options.certain,
        as_of=as_of,
    )


def day(text: str | None, today: str) -> str:
    """Return the one ISO day that ``--as-of`` names, today where it is not given."""
    if text is None:
        return today
    from tracker.domain import ranges
    from tracker.domain.dates import DateError

    try:
        asked = ranges.parse_range(text, today)
    except DateError as error:
        raise InvalidValue(f"--as-of: {error}") from error
    if asked.first is None or asked.first != asked.last:
        raise InvalidValue(f"--as-of {text!r} is not one day: expected a day such as {today}")
    return asked.first


def _split(texts: Sequence[str] | None) -> list[str]:
    return [part.strip() for text in texts or () for part in text.split(",") if part.strip()]


def _any_of(reader: Reader, lookup: Lookup, texts: Sequence[str] | None) -> tuple[str, ...]:
    """Look names up; a text with a comma is one name (``Korea, Rep.``), or else several."""
    found: list[str] = []
    for text in texts or ():
        try:
            found.append(lookup(reader, text.strip()))
        except UnknownName:
            parts = _split([text])
            if len(parts) < 2:
                raise
            found += [lookup(reader, part) for part in parts]
    return tuple(dict.fromkeys(found))


def _codes(texts: Sequence[str] | None, known: Sequence[str], what: str) -> tuple[str, ...]:
    if not texts:
        return ()
    from tracker.domain import vocabulary

    codes = [text.lower().replace("-", "_") for text in _split(texts)]
    for code in codes:
        try:
            vocabulary.check(code, known, what)
        except vocabulary.VocabularyError as error:
            raise InvalidValue(str(error)) from error
    return tuple(dict.fromkeys(codes))


def _days(text: str | None, today: str) -> tuple[str | None, str | None] | str | None:
    if text is None or text in (ANY, NONE):
        return text
    from tracker.domain import ranges
    from tracker.domain.dates import DateError

    try:
        asked = ranges.parse_range(text, today)
    except DateError as error:
        raise InvalidValue(f"--signed: {error}") from error
    return asked.first, asked.last
