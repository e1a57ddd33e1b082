"""Which agreement a record is: the very same one that is stored already, one that is likely the same, or a new one.

What is likely the same is found without comparing each with each. Two records are compared where their names share a
rare word, where they have the same parties and their first acts lie near each other, and where a registry gave them the
same number. Of one record, those are looked for in the indexes; ``all_pairs`` finds those of all.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from tracker.dates.edtf import bounds
from tracker.law.likeness import (
    FEW,
    LIKELY,
    Pair,
    Reach,
    Traits,
    common_words,
    number,
    numbers,
    score,
)
from tracker.read.file.connection import Reader, StoredRow
from tracker.read.lookup.traits import BEGINNINGS, each_traits, traits
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

OF_A_DAY = (
    "SELECT ref, title FROM agreements WHERE signed_earliest = :earliest AND signed = :signed"
    " AND +instrument_type = :type AND +party_codes = :codes ORDER BY id LIMIT 1"
)
"""The same where the day is known: few are signed on one day, while one party may have a twentieth of a register."""

RAREST = 3
"""Words of a title by which others are looked for."""

COMMON = 60
"""A word in more titles than this is not looked for: it would compare too many."""

NEIGHBOURS = 40
"""Records with which one is compared of too many: half of them began next before it, half next after it."""

SINGLY = 20
"""Up to so many records are looked for one by one; of more all are read."""


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
    earliest = bounds(facts["signed"])[0]
    asked = (OF_A_DAY, {**facts, "earliest": earliest}) if earliest else (ALIKE, {**facts, "title": None})
    row = reader.row(*asked)
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


def _words(record: Traits) -> AbstractSet[str]:
    return frozenset().union(record.tokens, *record.names) if record.names else record.tokens


class Likely:
    """Pairs that are likely of the same agreement, the likeliest first; to be closed."""

    def __init__(self, number: int, cut: int, found: Iterable[Pair], close: Callable[[], object] | None = None) -> None:
        self.number = number
        """How many there are."""
        self.cut = cut
        """How many records were not compared with all that may be like them, for too many have their words."""
        self._found = found
        self._close = close

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._found)

    def close(self) -> None:
        """Let go of what holds them."""
        if self._close:
            self._close()


def pairs(reader: Reader, refs: Iterable[str] = (), at_least: float = LIKELY) -> Likely:
    """Find the pairs that are likely of the same agreement; of some refs where any are given."""
    asked = list(dict.fromkeys(refs))
    if asked and len(asked) <= SINGLY and reader.is_indexed:
        return _of_some(reader, asked, at_least)
    from tracker.read.lookup.all_pairs import Search

    search = Search(at_least, frozenset(asked))
    search.run(each_traits(reader))
    return Likely(search.number, search.cut, search.pairs(), search.close)


def _of_some(reader: Reader, refs: Sequence[str], at_least: float) -> Likely:
    """Find the pairs of some records in the indexes."""
    reach = Reach(at_least)
    found: dict[tuple[str, str], Pair] = {}
    cut = 0
    for ref in refs:
        agreement = int(reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref}))
        (record,) = traits(reader, ids=[agreement])
        ids, common = _around(reader, record)
        peers = _of_its_time(reader, record, 2 * COMMON)
        among_many = len(peers) > COMMON and any(_is_near(day, record, reach) for day, _ in (peers[0], peers[-1]))
        cut += any(
            _is_cut(name, common, record, reach, among_many=among_many) for name in (record.tokens, *record.names)
        )
        ids |= {peer for _, peer in peers}
        for other in traits(reader, ids=ids - {agreement}):
            first, second = sorted((record, other), key=lambda one: one.ref)
            if (likely := score(first, second)) >= at_least:
                found[first.ref, second.ref] = Pair(likely, first, second)
    ordered = sorted(found.values(), key=lambda pair: (-pair.score, pair.one.ref, pair.other.ref))
    return Likely(len(ordered), cut, ordered)


def _is_cut(
    name: AbstractSet[str], common: AbstractSet[str], record: Traits, reach: Reach, *, among_many: bool
) -> bool:
    """Tell whether a name may be like others that it was not compared with: its common words are enough for that."""
    shared = len(name & common)
    if shared >= common_words(len(name), reach.alike) and numbers(name) <= common:
        return True
    alike = reach.alike_in_series
    if alike >= 1 or shared < common_words(len(name), alike):
        return False
    return among_many or not reach.series_of_same_parties or len(record.codes) >= FEW


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


def _around(reader: Reader, record: Traits) -> tuple[set[int], set[str]]:
    """Return the records among which those worth comparing with one are, and its words that are in too many."""
    ids = _of_its_numbers(reader, record) | {peer for _, peer in _of_its_time(reader, record, NEIGHBOURS)}
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


def _of_its_time(reader: Reader, record: Traits, number: int) -> list[StoredRow]:
    """Return first day and id of so many of the records of the same parties that began next before and after one."""
    from bisect import bisect_left

    if not record.codes or record.earliest is None:
        return []
    sql = (
        "SELECT min(e.date_earliest), a.id FROM agreements AS a JOIN event AS e ON e.agreement_id = a.id"
        f" WHERE a.party_codes = :codes AND +e.kind IN ({kinds.quoted(BEGINNINGS)}) AND e.date_earliest IS NOT NULL"
        " GROUP BY a.id ORDER BY 1, 2"
    )
    peers = reader.tuples(sql, {"codes": " ".join(sorted(record.codes))})
    middle = bisect_left(peers, record.earliest, key=lambda peer: str(peer[0]))
    return peers[max(0, middle - number // 2) : middle + number // 2]


def _is_near(day: str, record: Traits, reach: Reach) -> bool:
    """Tell whether what began on a day, and so what began just beyond it, is within reach of a record."""
    first = date.fromisoformat(str(record.earliest))
    return reach.days is None or abs((date.fromisoformat(day) - first).days) <= reach.days
