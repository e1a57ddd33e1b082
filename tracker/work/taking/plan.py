"""The plan of an import: what became of each record, kept line by line and counted."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tracker.errors import InvalidRecord, RejectedRows, UsageProblem
from tracker.record.types import Json
from tracker.store.write.change import Marks, Outcome
from tracker.work.taking.codes import called
from tracker.work.taking.matching import Scratch

WHATS = ("new", "changed", "unchanged", "removed", "gone", "doubtful", "bad", "remark", "joined", "read")

EXPLAINED = 1_000
"""Unknown names of which it is said what is near."""

SHOWN = 1_000
"""Bad rows and remarks that are kept to be said; all are counted, and a plan that is printed holds all."""

_PLACE = re.compile(r"(?P<file>.*?), (?P<unit>[a-z_ ]+) (?P<row>\d+)")

_MOVED = re.compile(r"(?P<of>(?:events\[[^\]]*\]\.)?)(?:origin(?:\..*)?|raw)")
"""Paths that say where something stands in a file, and how it is written there."""

TOLD_JOINS = 3
"""Agreements of several rows that the summary names."""

NAMED_ROWS = 5
"""Rows of one agreement that are named."""


class Line(NamedTuple):
    """A row of the plan."""

    what: str
    kind: str | None = None
    id: str | None = None
    title: str | None = None
    field: str | None = None
    """Path of what changed."""
    old: Json = None
    new: Json = None
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    message: str | None = None


class Unknown(NamedTuple):
    """A name that no party bears."""

    name: str
    number: int
    """How many rows have it."""
    where: str
    """The first of them."""
    message: str


class Fates:
    """What became of each object."""

    def __init__(self) -> None:
        self._marks: defaultdict[str, Marks] = defaultdict(Marks)

    def of(self, outcome: Outcome) -> str | None:
        """Return what was kept of an object before."""
        mark = self._marks[outcome.kind][outcome.number]
        return WHATS[mark - 1] if mark else None

    def keep(self, outcome: Outcome) -> None:
        """Keep what became of an object."""
        self._marks[outcome.kind][outcome.number] = WHATS.index(outcome.what) + 1


class Plan:
    """What became of all that was read; ``listing`` keeps each line to be printed, ``listing_remarks`` each remark."""

    def __init__(self, *, listing: bool = False, listing_remarks: bool = False) -> None:
        self.listing = listing
        self.listing_remarks = listing_remarks
        self._explained: dict[str, str] = {}
        """What there is to say of unknown names; kept where the import begins anew."""
        self.begin()

    def begin(self) -> None:
        """Forget everything: the import begins anew."""
        self.counts: Counter[tuple[str, str]] = Counter()
        self._fates = Fates()
        self._last_written = ""
        """The ref of the agreement that was new or changed last."""
        self._lines = Scratch()
        self.problems: list[tuple[str, str]] = []
        self.bad = 0
        self.lost: dict[str, list[int]] = {}
        """Rows by their file of which nobody can tell which agreement they are: what seems gone may be one of them."""
        self.nameless = 0
        """Rows that are bad for their names alone."""
        self.broken = False
        """Whether a record broke the shape of the register itself by a key that nobody knows."""
        self.remarks: list[str] = []
        self.remarked = 0
        self.read: Counter[str] = Counter()
        """Rows that were read, by their file."""
        self.units: set[str] = set()
        """What the rows are called."""
        self._row = ""
        """The row that was read last."""
        self.joined = 0
        """Rows that make one agreement with others above them."""
        self._joins: list[str] = []
        self.passed = 0
        """Rows that were read and left out, such as those which a map passes over."""
        self.doubtful = 0
        self.gone = 0
        """Stored agreements that are no longer in what was read, and were left."""

    def note(self, outcome: Outcome, title: str | None = None, where: str | None = None) -> None:
        """Note what became of an object; one that is written again, as by a relation it receives, counts once."""
        former = self._fates.of(outcome)
        if former is None or (former, outcome.what) == ("unchanged", "changed"):
            if former is not None:
                self.counts[outcome.kind, former] -= 1
            self.counts[outcome.kind, outcome.what] += 1
            self._fates.keep(outcome)
            if outcome.kind == "agreement" and outcome.what in ("new", "changed"):
                self._last_written = outcome.id
        if self.listing and former != "new" and outcome.what != "unchanged":
            place = _place(where)
            changes: list[tuple[str | None, Json, Json]] = [*_worth_telling(outcome.changes)] or [(None, None, None)]
            for path, old, new in changes:
                self._keep(Line(outcome.what, outcome.kind, outcome.id, title, path, old, new, *place))

    def see(self, where: str) -> None:
        """Count a row as read; what is told of one row comes one after the other."""
        if where != self._row:
            self._row = where
            if match := _PLACE.fullmatch(where):
                self.read[match["file"]] += 1
                self.units.add(match["unit"])

    def pass_over(self, where: str, number: int) -> None:
        """Count rows that were read and of which nothing is taken; a remark says why."""
        if number:
            self.read[_place(where)[0] or ""] += number
            self.passed += number

    def join(self, ref: str, title: str | None, places: Sequence[str]) -> None:
        """Note rows that are one agreement."""
        rows = [_place(where) for where in dict.fromkeys(places)]
        files = dict.fromkeys(file for file, row in rows if row is not None)
        numbers = {file: [row for of, row in rows if of == file and row is not None] for file in files}
        if sum(map(len, numbers.values())) < 2:
            return
        self.joined += sum(map(len, numbers.values())) - 1
        sentence = " and ".join(f"{_listed(found)} of {file}" for file, found in numbers.items())
        if len(self._joins) < TOLD_JOINS:
            self._joins.append(f"{sentence} are {ref}")
        if self.listing and self.listing_remarks:
            file, row = next((file, found[0]) for file, found in numbers.items())
            self._keep(Line("joined", "agreement", ref, title, file=file, row=row, message=f"{sentence} are one"))

    @property
    def joins(self) -> list[str]:
        """The first agreements of which several rows are one, each with its rows."""
        return self._joins

    def reject(self, where: str, message: str, column: str | None = None, value: str | None = None) -> None:
        """Note a row that cannot be taken."""
        self.bad += 1
        if self.listing:
            self._keep(Line("bad", None, None, None, None, None, None, *_place(where), column, value, message))
        shown = repr(value) if column and value is not None else None
        sentence = ": ".join(filter(None, (column, shown, message)))
        if len(self.problems) < SHOWN:
            self.problems.append((where, sentence))

    def reject_error(self, where: str, error: Exception) -> None:
        """Note a row that cannot be taken, by the error that says why; each wrong value is a line of the plan."""
        self.bad += 1
        problems: list[tuple[str, str]] = [("", str(error).removeprefix(f"{where}: "))]
        if isinstance(error, InvalidRecord):
            problems = error.problems
            self.broken = self.broken or any(text.startswith("unknown key") for _, text in problems)
        if self.listing:
            for path, text in problems:
                self._keep(Line("bad", None, None, None, *(None,) * 3, *_place(where), path or None, None, text))
        if len(self.problems) < SHOWN:
            self.problems.append((where, str(error).removeprefix(f"{where}: ")))

    def reject_unknown(self, where: str, names: list[tuple[str, str]], message: Callable[[str], str]) -> None:
        """Note a row for its names that no party bears, told once at the end.

        Each is a column or path, and a text with its scheme, of which ``message`` tells what there is to say.
        """
        self.bad += 1
        self.nameless += 1
        for text, path in {text: path for path, text in reversed(names)}.items():
            name, said = text.partition(":")[2], self._explanation(text, message)
            self._count_unknown(name, where, f"{path}: {said}", kept=False)
            if self.listing:
                self._keep(Line("bad", None, None, None, *(None,) * 3, *_place(where), path, name, said))

    def _explanation(self, text: str, message: Callable[[str], str]) -> str:
        """Say of a name what is near it, once, and of so many only: beyond them nobody reads it."""
        if text not in self._explained:
            if len(self._explained) >= EXPLAINED:
                return "no party bears this name"
            self._explained[text] = message(text)
        return self._explained[text]

    def _count_unknown(self, name: str, where: str, message: str, *, kept: bool) -> None:
        sql = "INSERT INTO unknown VALUES (?, ?, 1, ?, ?) ON CONFLICT (kept, name) DO UPDATE SET number = number + 1"
        self._lines.connection.execute(sql, (kept, name, where, message))

    def unknown(self, *, kept: bool = False) -> Iterator[Unknown]:
        """Yield the names that no party bears, those of most rows first, or those ``kept`` as open questions."""
        if self._lines.holds("unknown"):
            sql = "SELECT name, number, place, message FROM unknown WHERE kept = ? ORDER BY number DESC, name"
            yield from (Unknown(*row) for row in self._lines.connection.execute(sql, (kept,)))

    def keep_unknown(self, where: str, column: str, text: str, message: Callable[[str], str]) -> None:
        """Note a name, given with its scheme, that no party bears and that stays as an open question."""
        name, said = called(text), self._explanation(text, message)
        self._count_unknown(name, where, f"{column}: {said}", kept=True)
        if self.listing and self.listing_remarks:
            question = f"kept as an open question: {said}"
            self._keep(Line("remark", *(None,) * 6, *_place(where), column, name, question))

    def doubt(self, line: Line, where: str | None = None) -> None:
        """Note what is offered and was not done."""
        self.doubtful += 1
        if where is not None:
            file, row = _place(where)
            line = line._replace(file=file, row=row)
        if self.listing:
            self._keep(line)
        self._say(f"{line.id}: {line.message}")

    def lose(self, where: str) -> None:
        """Note a row of which nobody can tell which agreement it is."""
        file, row = _place(where)
        self.lost.setdefault(file or "", []).append(row or 0)

    def miss(self, line: Line) -> None:
        """Note a stored agreement whose row is gone."""
        self.gone += 1
        if self.listing:
            self._keep(line)
        self._say(f"{line.id}: {line.message}")

    def remark(self, message: str, where: str = "", column: str | None = None, value: str | None = None) -> None:
        """Note something worth knowing that stands against nothing, such as a claim that is no longer adopted."""
        if self.listing and self.listing_remarks:
            self._keep(Line("remark", *(None,) * 6, *_place(where or None), column, value, message))
        self._say(": ".join(filter(None, (where, column, repr(value) if value else None, message))))

    def _say(self, sentence: str) -> None:
        self.remarked += 1
        if len(self.remarks) < SHOWN or self.listing_remarks:
            self.remarks.append(sentence)

    def total(self, what: str) -> int:
        """How many objects are new, changed or unchanged."""
        return sum(number for (_, became), number in self.counts.items() if became == what)

    @property
    def has_changes(self) -> bool:
        """Whether anything is new or changed."""
        return bool(self.total("new") or self.total("changed") or self.total("removed"))

    def only_agreement(self) -> str | None:
        """The ref of the agreement that is new or changed, where it is the only one."""
        written = self.counts["agreement", "new"] + self.counts["agreement", "changed"]
        return self._last_written if written == 1 else None

    def lines(self) -> Iterator[Line]:
        """Yield the lines in the order in which they came about, and last, with all remarks, what was read."""
        for row in self._lines.values("plan"):
            yield Line(*row)
        if self.listing_remarks:
            for file, number in self.read.items():
                yield Line("read", file=file, value=str(number), message=_counted(number, "row"))

    def refuse_left_out(self) -> None:
        """End an import that left something out with exit code 1; what came in is kept. Raises RejectedRows."""
        if self.bad:
            rows = "1 bad row was" if self.bad == 1 else f"{self.bad} bad rows were"
            raise RejectedRows(f"{rows} left out, whole or in part, as told above; the rest came in")

    def refuse_bad(self, *, skip_bad: bool) -> None:
        """End an import that holds bad rows, unless they are to be skipped; raises RejectedRows or UsageProblem."""
        if not self.bad or skip_bad:
            return
        rows = "row" if self.bad == 1 else "rows"
        sentence = f"nothing was imported: {self.bad} bad {rows}; mend them, or leave them out with --skip-bad"
        raise UsageProblem(sentence) if self.broken else RejectedRows(sentence)

    def _keep(self, line: Line) -> None:
        self._lines.append("plan", list(line))


def _worth_telling(changes: Sequence[tuple[str, Json, Json]]) -> Iterator[tuple[str, Json, Json]]:
    """Yield the changes but for those that only say where in the file they stand, or how: the values tell."""
    moved = {path: match["of"] for path, old, _ in changes if old is not None and (match := _MOVED.fullmatch(path))}
    told = [path for path, _, _ in changes if path not in moved]
    for path, old, new in changes:
        of = moved.get(path)
        if of is None or (path.endswith("raw") and not any(other.startswith(of) for other in told)):
            yield path, old, new


def _place(where: str | None) -> tuple[str | None, int | None]:
    """Take ``deals.csv, row 3`` apart."""
    match = _PLACE.fullmatch(where or "")
    return (match["file"], int(match["row"])) if match else (where, None)


def _listed(numbers: Sequence[int]) -> str:
    """Write ``rows 2, 5 and 7``, the first of many."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    rest = len(numbers) - NAMED_ROWS
    shown = [str(number) for number in numbers[:NAMED_ROWS]] + ([f"{rest} more"] if rest > 0 else [])
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
