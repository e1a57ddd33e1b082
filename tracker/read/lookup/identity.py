"""Which agreement a record is: the very same one that is stored already, one that is likely the same, or a new one.

What is likely the same is found without comparing each with each. Two records are compared where their names share a
rare word, where they have the same parties and their first acts lie within a year, and where a registry gave them the
same number. Of one record, those are looked for in the indexes.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from json import dumps, loads
from typing import NamedTuple

from tracker.law.likeness import LIKELY, Traits, number, other_names, score, tokens
from tracker.read.file.connection import Reader
from tracker.record import kinds
from tracker.record.kinds import first_year
from tracker.record.types import Json
from tracker.text import refs
from tracker.text.search import is_unspaced, phrase

Content = Mapping[str, Json]
"""An agreement, or what a source says of one: keys may be missing."""

ALIKE = (
    "SELECT ref, id, title FROM agreements WHERE instrument_type = :type AND party_codes = :codes"
    " AND signed IS :signed AND (:title IS NULL OR title = :title)"
)
"""The same kind of instrument, of the same parties, signed on the same day or both without one."""

RAREST = 3
"""Words of a title by which others are looked for."""

COMMON = 60
"""A word in more titles than this is not looked for: it would compare too many."""

NEIGHBOURS = 40
"""Records of the same parties, by time, with which one is compared."""

SINGLY = 20
"""Up to so many records are looked for one by one; of more all are read."""

BEGINNINGS = (*kinds.SIGNATURES, *kinds.SUBSTITUTES, *kinds.CONSENTS, *kinds.at(kinds.ADOPTED, kinds.ENTERED))
"""Kinds of events of which the first one is compared."""


class Pair(NamedTuple):
    """Two records that are likely of the same agreement."""

    score: float
    one: Traits
    other: Traits


class Index:
    """Records by the words of their names, by their parties and by their numbers.

    Where these are not all records, ``common`` are words that are known to be in too many.
    """

    def __init__(self, all_traits: list[Traits], common: AbstractSet[str] = frozenset()) -> None:
        self.all = all_traits
        self._numbers: Counter[str] = Counter(word for record in all_traits for word in _words(record))
        self._by_word: Mapping[str, list[int]] = defaultdict(list)
        self._by_number: Mapping[str, list[int]] = defaultdict(list)
        self._by_codes: Mapping[frozenset[str], list[int]] = defaultdict(list)
        for position, record in enumerate(all_traits):
            for word in _words(record):
                if self._numbers[word] <= COMMON and word not in common:
                    self._by_word[word].append(position)
            for one in record.numbers:
                self._by_number[one].append(position)
            if record.codes and record.earliest:
                self._by_codes[frozenset(record.codes)].append(position)
        for positions in self._by_codes.values():
            positions.sort(key=lambda position: str(all_traits[position].earliest))

    def near(self, record: Traits) -> Iterator[Traits]:
        """Yield the records worth comparing with one, which need not be among them."""
        positions: set[int] = set()
        for name in (record.tokens, *record.names):
            words = sorted(
                (word for word in name if word in self._by_word), key=lambda word: (self._numbers[word], word)
            )
            for word in words[:RAREST]:
                positions.update(self._by_word[word])
        for one in record.numbers:
            positions.update(self._by_number.get(one, ())[:COMMON])
        positions.update(self._contemporaries(record))
        return (self.all[position] for position in sorted(positions) if self.all[position].ref != record.ref)

    def _contemporaries(self, record: Traits) -> list[int]:
        """Those of the same parties that began next before and after it."""
        from bisect import bisect_left

        peers = self._by_codes.get(frozenset(record.codes))
        if not peers or record.earliest is None:
            return []
        middle = bisect_left(peers, record.earliest, key=lambda position: str(self.all[position].earliest))
        return peers[max(0, middle - NEIGHBOURS // 2) : middle + NEIGHBOURS // 2]


def same(reader: Reader, content: Content) -> tuple[str, int] | None:
    """Return ref and id of the very same agreement where it is stored: one that is alike, under the same title."""
    return next(iter(alike(reader, content)), None)


def alike(reader: Reader, content: Content) -> list[tuple[str, int]]:
    """Return ref and id of every stored agreement of the same title, kind, parties and day of signature."""
    title = content.get("title")
    rows = reader.tuples(f"{ALIKE} ORDER BY id", {**_facts(content), "title": title}) if title else ()
    return [(str(row[0]), int(row[1])) for row in rows]


def numbered_alike(reader: Reader, identifiers: Iterable[Content]) -> tuple[str, str, str] | None:
    """Return ref and title of a stored agreement to which a registry gave one of these numbers, and that number."""
    wanted = {found: item for item in identifiers if (found := number(str(item["scheme"]), str(item["value"])))}
    if not wanted:
        return None
    sql = "SELECT i.scheme, i.value, a.ref, a.title FROM identifiers AS i JOIN agreements AS a ON a.id = i.agreement_id"
    for scheme, value, ref, title in reader.tuples(sql):
        if (found := number(scheme, value)) in wanted:
            return str(ref), str(title), f"{wanted[found]['scheme']} {wanted[found]['value']}"
    return None


def common(content: Content) -> tuple[str | None, ...]:
    """Return what the agreements that are ``alike`` have in common."""
    facts = _facts(content)
    return content.get("title"), facts["type"], facts["codes"], facts["signed"]


def has_day(content: Content) -> bool:
    """Tell whether a day of signature, however vague, tells an agreement from others of its title."""
    return _facts(content)["signed"] is not None


def likely_same(reader: Reader, content: Content) -> tuple[str, str] | None:
    """Return ref and title of a stored agreement that is likely the same, under whatever title.

    None where the parties or the day of signature are not known: that makes many alike.
    """
    facts = _facts(content)
    if not facts["codes"] or facts["signed"] is None:
        return None
    row = reader.row(ALIKE, {**facts, "title": None})
    return None if row is None else (str(row["ref"]), str(row["title"]))


def proposed(content: Content, short_code: Callable[[str], str]) -> str:
    """Propose the ref of an agreement, which may be taken; ``short_code`` gives the alpha-2 code of a party."""
    codes = [short_code(code) for code in dict.fromkeys(party["code"] for party in content.get("parties", ()))]
    kind, title = content.get("instrument_type") or "unknown", str(content.get("title") or "")
    return refs.propose(codes, kind, title, first_year(content.get("events", ())))


def new_ref(reader: Reader, content: Content) -> str:
    """Return a free ref for an agreement."""
    base = proposed(content, lambda code: short_code(reader, code))
    return refs.next_free(base, taken(reader, base))


def short_code(reader: Reader, code: str) -> str:
    """Return the alpha-2 code of a party, its own code where it has none."""
    return str(reader.scalar("SELECT alpha_2 FROM parties WHERE code = :code", {"code": code}) or code)


def taken(reader: Reader, base: str) -> set[str]:
    """Return the refs that begin so and are, or were, given."""
    rows = reader.tuples(
        "SELECT ref FROM agreements WHERE ref >= :base AND ref < :base || '~' "
        "UNION SELECT ref FROM retired_refs WHERE ref >= :base AND ref < :base || '~'",
        {"base": base},
    )
    return {ref for (ref,) in rows}


def _facts(content: Content) -> dict[str, str | None]:
    from tracker.law.life import lifecycle

    signed = lifecycle.signed([{"date": None, **event} for event in content.get("events", ())])
    return {
        "type": content.get("instrument_type") or "unknown",
        "codes": " ".join(sorted({party["code"] for party in content.get("parties", ())})),
        "signed": signed and signed.edtf,
    }


def traits(
    reader: Reader,
    without: Iterable[str] = (),
    but: AbstractSet[str] = frozenset(),
    ids: Iterable[int] | None = None,
) -> list[Traits]:
    """Return what is compared of every record, or of those of some ``ids``, in the order of their numbers.

    ``without``: those that came from some sets are left out; of these ``but`` some refs.
    """
    chosen = "" if ids is None else "{} IN (SELECT value FROM json_each(:ids))"
    binds = {} if ids is None else {"ids": dumps(sorted(ids))}
    of, also = (f"WHERE {chosen}", f"AND {chosen}") if chosen else ("", "")
    numbers: dict[int, set[str]] = {}
    sql = f"SELECT agreement_id, scheme, value FROM identifiers {of.format('agreement_id')}"
    for agreement, scheme, value in reader.tuples(sql, binds):
        if (known := number(scheme, value)) is not None:
            numbers.setdefault(agreement, set()).add(known)
    begun = {}
    sql = (
        "SELECT agreement_id, min(date_earliest || ' ' || coalesce(date_latest, '~')) FROM event"
        f" WHERE {'+' if chosen else ''}kind IN ({kinds.quoted(BEGINNINGS)}) AND date_earliest IS NOT NULL"
        f" {also.format('agreement_id')} GROUP BY agreement_id"
    )
    for agreement, first in reader.tuples(sql, binds):
        earliest, _, latest = first.partition(" ")
        begun[agreement] = (earliest, None if latest == "~" else latest)
    left_out = set(without)
    records = []
    for agreement, ref, title, codes, kind, origin, *named in reader.tuples(
        "SELECT id, ref, title, party_codes, instrument_type, json_extract(origin, '$.set'),"
        f" short_title, aliases, titles FROM agreements {of.format('id')} ORDER BY id",
        binds,
    ):
        if origin is None or origin not in left_out or ref in but:
            earliest, latest = begun.get(agreement, (None, None))
            known = None if kind in ("unknown", "other") else kind
            names = other_names(title, _others(*named))
            found = frozenset(numbers.get(agreement, ()))
            parties = frozenset(codes.split())
            records.append(Traits(ref, title, tokens(title), parties, earliest, latest, known, names, found))
    return records


def _others(short_title: str | None, aliases: str, titles: str) -> Iterator[str | None]:
    """Yield the names of a row beside its title."""
    yield short_title
    if aliases != "[]":
        yield from loads(aliases)
    if titles != "{}":
        yield from loads(titles).values()


def _words(record: Traits) -> AbstractSet[str]:
    return frozenset().union(record.tokens, *record.names) if record.names else record.tokens


def pairs(reader: Reader, refs: Iterable[str] = (), at_least: float = LIKELY) -> list[Pair]:
    """Return the pairs that are likely of the same agreement, the likeliest first; of some refs where any are given."""
    likely_pairs: dict[tuple[str, str], Pair] = {}
    for record, others in _each_with_others(reader, list(dict.fromkeys(refs))):
        for other in others:
            first, second = sorted((record, other), key=lambda traits: traits.ref)
            if (first.ref, second.ref) not in likely_pairs and (likely := score(first, second)) >= at_least:
                likely_pairs[first.ref, second.ref] = Pair(likely, first, second)
    return sorted(likely_pairs.values(), key=lambda pair: (-pair.score, pair.one.ref, pair.other.ref))


def among(reader: Reader, record: Traits) -> list[Traits]:
    """Return the stored records among which one that is not stored may be: by numbers, time and words of its names.

    Of a record without a day, the latest ones of its parties too.
    """
    ids, _ = _around(reader, record)
    if record.codes and record.earliest is None:
        sql = "SELECT id FROM agreements WHERE party_codes = :codes ORDER BY id DESC LIMIT :limit"
        codes = " ".join(sorted(record.codes))
        ids |= {row[0] for row in reader.tuples(sql, {"codes": codes, "limit": NEIGHBOURS})}
    return traits(reader, ids=ids) if ids else []


def _each_with_others(reader: Reader, refs: Sequence[str]) -> Iterator[tuple[Traits, Iterator[Traits]]]:
    """Yield the records asked for, without any all, each with those worth comparing with it."""
    if refs and len(refs) <= SINGLY and reader.is_indexed:
        for ref in refs:
            agreement = int(reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref}))
            (record,) = traits(reader, ids=[agreement])
            ids, common = _around(reader, record)
            yield record, Index(traits(reader, ids=ids | {agreement}), common).near(record)
        return
    index = Index(traits(reader))
    for record in index.all:
        if not refs or record.ref in refs:
            yield record, index.near(record)


def _around(reader: Reader, record: Traits) -> tuple[set[int], set[str]]:
    """Return the records among which those worth comparing with one are, and its words that are in too many."""
    ids = _of_its_numbers(reader, record) | _of_its_time(reader, record)
    common = set()
    for word in sorted(_words(record)):
        found = _with_word(reader, word)
        if len(found) > COMMON and _is_whole(word):
            common.add(word)
        else:
            ids |= found
    return ids, common


def _is_whole(word: str) -> bool:
    """Whether the index holds a word as it is, and not in groups of characters, which more words have in common."""
    return word.isalnum() and not any(is_unspaced(char) for char in word)


def _with_word(reader: Reader, word: str) -> set[int]:
    """Return the records with a word in one of their names, or some of them where they are too many."""
    sought = phrase(word, beginning=False)
    if sought is None:
        return set()
    limit = f" LIMIT {COMMON + 1}" if _is_whole(word) else ""
    sql = f"SELECT rowid FROM search_index WHERE search_index MATCH :words{limit}"
    return {row[0] for row in reader.tuples(sql, {"words": f"title : {sought.match}"})}


def _of_its_numbers(reader: Reader, record: Traits) -> set[int]:
    """Return the records whose numbers end as one of a record does."""
    ids: set[int] = set()
    for known in record.numbers:
        end = known.split(" ")[-1]
        sql = "SELECT agreement_id, scheme, value FROM identifiers WHERE substr(lower(value), :place) = :end"
        rows = reader.tuples(sql, {"place": -len(end), "end": end})
        ids |= {agreement for agreement, scheme, value in rows if number(scheme, value) == known}
    return ids


def _of_its_time(reader: Reader, record: Traits) -> set[int]:
    """Return the records of the same parties that began next before and after one."""
    from bisect import bisect_left

    if not record.codes or record.earliest is None:
        return set()
    sql = (
        "SELECT min(e.date_earliest), a.id FROM agreements AS a JOIN event AS e ON e.agreement_id = a.id"
        f" WHERE a.party_codes = :codes AND +e.kind IN ({kinds.quoted(BEGINNINGS)}) AND e.date_earliest IS NOT NULL"
        " GROUP BY a.id ORDER BY 1, 2"
    )
    peers = reader.tuples(sql, {"codes": " ".join(sorted(record.codes))})
    middle = bisect_left(peers, record.earliest, key=lambda peer: str(peer[0]))
    return {peer[1] for peer in peers[max(0, middle - NEIGHBOURS // 2) : middle + NEIGHBOURS // 2]}
