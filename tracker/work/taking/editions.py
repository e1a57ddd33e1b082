"""Sets and their files: which set a map without a name is of, which file is a newer edition of which, what is gone."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import count
from json import dumps
from typing import NamedTuple

from tracker.read.file.connection import Reader
from tracker.record.types import Record
from tracker.text.names import fold
from tracker.work.taking.authors import MORE
from tracker.work.taking.matching import Scratch

EDITION = " as a newer edition of "
"""How the log notes which file takes the place of which."""


ASKED = 300
"""Rows by which a set is known."""


def name_of(reader: Reader, name: str, drafts: list[Record]) -> str:
    """Return the name of the set of a map that has none, and whose file is called ``name``, by some of its drafts.

    It is the stored set that has the same agreements under the same keys; where the set of that name has others under
    them, it is another one, with a number.
    """
    shared: Counter[str] = Counter()
    known: Counter[str] = Counter()
    said: dict[str, list[Record]] = {}
    for draft in drafts:  # of one agreement there may be as many as it has parties
        said.setdefault(str(draft["origin"]["key"]), []).append(draft)
    rows = reader.tuples(
        "SELECT json_extract(origin, '$.set'), json_extract(origin, '$.key'), title, party_codes, signed"
        " FROM agreements"
        " WHERE json_extract(origin, '$.key') IN (SELECT value FROM json_each(:keys))",
        {"keys": dumps(list(said))},
    )
    for of_set, key, *held in rows:
        shared[of_set] += 1
        known[of_set] += _is_known(said[str(key)], *held)
    if not shared[name] or known[name] * 2 >= shared[name]:
        best = max(known, key=lambda one: (known[one], one), default=name)
        is_other = not shared[name] and known[best] * 2 >= len(said)
        return best if is_other else name
    others = (other for number in count(2) if (other := f"{name}-{number}"))
    best = max(known, key=lambda one: (known[one], one))
    if known[best] * 2 >= len(said):
        return best
    return next(other for other in others if not shared[other])


def _is_known(drafts: list[Record], title: str, codes: str, signed: str | None) -> bool:
    """Whether drafts of one key are a stored agreement: two of title, parties and day of signature are the same."""
    days = {event.get("date") for draft in drafts for event in draft.get("events", ()) if event.get("date")}
    parties = {str(party["code"]) for draft in drafts for party in draft.get("parties", ())}
    return [
        fold(str(drafts[0].get("title") or "")) == fold(title),
        _are_the_same(parties, set(codes.split())),
        signed in days if signed else not days,
    ].count(True) > 1


def _are_the_same(parties: set[str], held: set[str]) -> bool:
    """Whether parties can be those of one agreement at two times: some joined or left, and half of them are in both."""
    both = parties & held
    return bool(both) and (both in (parties, held) or len(both) * 2 >= len(parties | held))


class Missing(NamedTuple):
    """A stored agreement of a set whose row is gone."""

    id: int
    ref: str
    name: str
    """Its set."""
    file: str
    """The file that had said it."""
    edition: str
    """The file that was read, and no longer says it."""


class Editions:
    """The files that an import read whole, held against those from which the stored agreements of its sets came."""

    def __init__(self, reader: Reader, scratch: Scratch, files: Collection[str]) -> None:
        self._reader = reader
        self._scratch = scratch
        self._files = set(files)
        self.new = dict(self._superseded())
        """File of before to the one that takes its place now for the first time."""
        self.newer = {**dict(self._noted()), **self.new}
        """File that was not read to the one that takes its place."""

    @property
    def covered(self) -> set[str]:
        """The files that were read, and those that are of no account beside them."""
        return self._files | self.newer.keys()

    def note(self) -> str:
        """Return what the log has to keep of these files."""
        return "".join(f"{MORE}{now}{EDITION}{before}" for before, now in sorted(self.new.items()))

    def missing(self) -> Iterator[Missing]:
        """Yield the stored agreements of these files that no row is any more."""
        rows = self._scratch.connection.execute(
            "SELECT id, ref, name, file FROM held WHERE id NOT IN (SELECT id FROM one WHERE id IS NOT NULL) ORDER BY id"
        )
        for agreement_id, ref, name, file in rows:
            if file in self.covered:
                yield Missing(agreement_id, ref, name, file, self.newer.get(file, file))

    def _superseded(self) -> Iterator[tuple[str, str]]:
        """Yield files of before that were not read, each with one that the set has not had and that holds it again.

        A file holds another one again if at least half of the agreements of that are in it.
        """
        if not self._scratch.holds("held"):
            return
        rows = self._scratch.connection.execute(
            "SELECT h.name, h.file, o.file, count(*), (SELECT count(*) FROM held AS a WHERE a.name = h.name"
            " AND a.file = h.file) FROM one AS o JOIN held AS h ON h.id = o.id WHERE h.name = o.name"
            " AND h.file IS NOT NULL AND o.file IS NOT NULL AND h.file <> o.file GROUP BY h.name, h.file, o.file"
        )
        for name, before, now, found, number in rows:
            if before not in self._files and found * 2 >= number and not self._is_known(name, now):
                yield before, now

    def _noted(self) -> Iterator[tuple[str, str]]:
        """Yield files that were not read, each with one that was and is an edition of the same, as imports have noted.

        Whoever reads an older edition again takes it in the place of the newer one.
        """
        editions: dict[str, set[str]] = {}
        rows = self._reader.tuples("SELECT note FROM changes WHERE note LIKE :some", {"some": f"%{EDITION}%"})
        for (note,) in rows:
            for part in str(note).split(MORE)[1:]:
                now, found, before = part.partition(EDITION)
                if found:
                    editions.setdefault(now, set()).add(before)
                    editions.setdefault(before, set()).add(now)
        for now in sorted(self._files & editions.keys()):
            seen, reached = {now}, [now]
            while reached:
                others = editions[reached.pop()] - seen
                seen |= others
                reached += others
            yield from ((before, now) for before in sorted(seen - self._files))

    def _is_known(self, name: str, file: str) -> bool:
        """Whether a set had a file of this name before."""
        sql = "SELECT 1 FROM held WHERE name = ? AND file = ? LIMIT 1"
        if self._scratch.connection.execute(sql, (name, file)).fetchone() is not None:
            return True
        sql = (
            "SELECT 1 FROM events WHERE json_extract(origin, '$.set') = :name"
            " AND json_extract(origin, '$.file') = :file LIMIT 1"
        )
        return self._reader.row(sql, {"name": name, "file": file}) is not None
