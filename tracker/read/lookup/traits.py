"""What is compared of stored records, to tell which are likely of the same agreement."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from json import dumps, loads

from tracker.law.likeness import Traits, number, other_names, tokens
from tracker.read.file.connection import Bindings, Reader, StoredRow
from tracker.record import kinds

PAGE = 1_000
"""Records that are read together."""

NO_OTHERS = [None, "[]", "{}"]
"""What stands beside the title of a record without other names."""

BEGINNINGS = (*kinds.SIGNATURES, *kinds.SUBSTITUTES, *kinds.CONSENTS, *kinds.at(kinds.ADOPTED, kinds.ENTERED))
"""Kinds of events of which the first one is compared."""


def traits(
    reader: Reader,
    without: Iterable[str] = (),
    but: AbstractSet[str] = frozenset(),
    ids: Iterable[int] | None = None,
) -> list[Traits]:
    """Return what is compared of every record, or of those of some ``ids``, in the order of their numbers.

    ``without``: those that came from some sets are left out; of these ``but`` some refs.
    """
    return list(each_traits(reader, without, but, ids))


def each_traits(
    reader: Reader,
    without: Iterable[str] = (),
    but: AbstractSet[str] = frozenset(),
    ids: Iterable[int] | None = None,
) -> Iterator[Traits]:
    """Yield the same one after the other, never all in memory."""
    chosen = "" if ids is None else "{} IN (SELECT value FROM json_each(:ids))"
    binds = {} if ids is None else {"ids": dumps(sorted(ids))}
    of, also = (f"WHERE {chosen}", f"AND {chosen}") if chosen else ("", "")
    numbered_in = _Beside(
        reader,
        f"SELECT agreement_id, scheme, value FROM identifiers {of.format('agreement_id')} ORDER BY agreement_id",
        binds,
    )
    begun = _Beside(
        reader,
        "SELECT agreement_id, date_earliest, date_latest FROM event"
        f" WHERE +kind IN ({kinds.quoted(BEGINNINGS)}) AND date_earliest IS NOT NULL {also.format('agreement_id')}"
        " ORDER BY agreement_id",
        binds,
    )
    sql = (
        "SELECT id, ref, title, party_codes, instrument_type, json_extract(origin, '$.set'), short_title, aliases,"
        f" titles FROM agreements {of.format('id')} ORDER BY id"
    )
    left_out = set(without)
    for page in reader.pages(sql, binds, PAGE):
        for agreement, ref, title, codes, kind, origin, *named in page:
            numbered, days = numbered_in.of(agreement), begun.of(agreement)
            if origin is None or origin not in left_out or ref in but:
                earliest, latest = min(days, key=_first)[1:] if days else (None, None)
                known = None if kind in ("unknown", "other") else kind
                names = other_names(title, _others(*named)) if named != NO_OTHERS else ()
                found = frozenset([one for _, *told in numbered if (one := number(*told)) is not None])
                yield Traits(ref, title, tokens(title), frozenset(codes.split()), earliest, latest, known, names, found)


class _Beside:
    """Rows of a table of children, taken agreement by agreement as these come in the order of their numbers."""

    def __init__(self, reader: Reader, sql: str, binds: Bindings) -> None:
        self._rows = chain.from_iterable(reader.pages(sql, binds, PAGE))
        self._next = next(self._rows, None)

    def of(self, agreement: int) -> list[StoredRow]:
        """Return the rows of the next agreement."""
        found = []
        while self._next is not None and self._next[0] <= agreement:
            if self._next[0] == agreement:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found


def first_act(reader: Reader, ref: str) -> str | None:
    """Return the date of the act that is compared of a record, as exact as it is known.

    Of acts without a first possible day (``../2023``) one is told where there is no other; None where none has a date.
    """
    sql = (
        "SELECT e.date, coalesce(e.date_earliest, '~'), e.date_latest FROM event AS e"
        " JOIN agreements AS a ON a.id = e.agreement_id"
        f" WHERE a.ref = :ref AND +e.kind IN ({kinds.quoted(BEGINNINGS)}) AND e.date IS NOT NULL"
    )
    days = reader.tuples(sql, {"ref": ref})
    return str(min(days, key=_first)[0]) if days else None


def _first(day: StoredRow) -> tuple[str, str]:
    """Order days: the earliest first, of these the one that is known best."""
    return day[1], day[2] or "~"


def _others(short_title: str | None, aliases: str, titles: str) -> Iterator[str | None]:
    """Yield the names of a row beside its title."""
    yield short_title
    if aliases != "[]":
        yield from loads(aliases)
    if titles != "{}":
        yield from loads(titles).values()
