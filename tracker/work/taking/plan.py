"""What an import did or would do: what became of each record, as a table and in sentences."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from tracker.errors import InvalidRecord, RejectedRows, UsageProblem
from tracker.record.types import Json
from tracker.store.write.writer import Outcome
from tracker.table import Cell, Column, LeftOut, Table
from tracker.work.taking.matching import Scratch
from tracker.work.taking.parties import called

WHATS = ("new", "changed", "unchanged", "removed", "gone", "doubtful", "bad", "remark", "joined", "read")

EXPLAINED = 1_000
"""Unknown names of which it is said what is near."""

SHOWN = 1_000
"""Bad rows and remarks that are kept to be said; all are counted, and a plan that is printed holds all."""

_PLACE = re.compile(r"(?P<file>.*?), (?P<unit>[a-z_ ]+) (?P<row>\d+)")


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
        self._fates: dict[str, dict[str, str]] = {}
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
        fates = self._fates.setdefault(outcome.kind, {})
        former = fates.get(outcome.id)
        if former is None or (former, outcome.what) == ("unchanged", "changed"):
            if former is not None:
                self.counts[outcome.kind, former] -= 1
            self.counts[outcome.kind, outcome.what] += 1
            fates[outcome.id] = outcome.what
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
        fates = self._fates.get("agreement", {})
        taken = [ref for ref, what in fates.items() if what in ("new", "changed")]
        return taken[0] if len(taken) == 1 else None

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


_MOVED = re.compile(r"(?P<of>(?:events\[[^\]]*\]\.)?)(?:origin(?:\..*)?|raw)")
"""Paths that say where something stands in a file, and how it is written there."""


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


COLUMNS = (
    *(Column("what", "code"), Column("kind", "code"), Column("id", "code"), Column("title"), Column("field", "code")),
    *(Column("old"), Column("new"), Column("file"), Column("row", "count"), Column("column"), Column("value")),
    Column("message"),
)

FOR_PEOPLE = (Column("what", "code"), Column("record", "code"), Column("change"), Column("where"))


def table(plan: Plan, title: str, *, for_people: bool) -> Table:
    """Return the lines of a plan: every part in a column of its own, or put together as people read them."""
    columns, told = (FOR_PEOPLE, _told) if for_people else (COLUMNS, _complete)
    left_out = [LeftOut("bad", plan.bad), LeftOut("passed over", plan.passed)]
    footer = [sentence] if plan.listing_remarks and (sentence := rows_read(plan)) else []
    rows: Iterator[tuple[Cell, ...]] = map(told, plan.lines())
    told_out = [one for one in left_out if one.number]
    return Table("import plan", columns, rows, title, left_out=told_out, footer=footer, folded=for_people)


def _complete(line: Line) -> tuple[Json, ...]:
    return line._replace(old=_text(line.old), new=_text(line.new))


def _told(line: Line) -> tuple[str, str, str, str]:
    named = line.id if line.kind in (None, "agreement") else f"{line.kind} {line.id}"
    return line.what, named or "", _change(line), _where(line)


def _change(line: Line) -> str:
    """What a line says: what went wrong, which value becomes which, or what is new."""
    if line.message is not None:
        shown = repr(line.value) if line.column and line.value is not None else None
        return ": ".join(filter(None, (line.column or line.field, shown, line.message)))
    if line.field is not None:
        return f"{line.field}: {_said(line.old)} -> {_said(line.new)}"
    return line.title or ""


def _where(line: Line) -> str:
    """The place as compilers write it."""
    return f"{line.file or ''}{'' if line.row is None else f':{line.row}'}"


def _said(value: Json) -> str:
    return "nothing" if value in (None, "", [], {}) else _text(value) or ""


def _text(value: Json) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


UNITS = ({"line"}, {"item"})
"""What rows of a file are called that is no sheet."""

TOLD_JOINS = 3
"""Agreements of several rows that the summary names."""

NAMED_ROWS = 5
"""Rows of one agreement that are named."""

TOLD = 20
"""Bad rows and remarks that are told."""

TOLD_NAMES = 100
"""Unknown names that are told."""


def bad(plan: Plan) -> Iterator[str]:
    """Yield what could not be taken: bad rows, and each name that no party bears once."""
    for where, message in plan.problems[:TOLD]:
        yield f"{where}: {message}"
    told = len(plan.problems[:TOLD])
    names = plan.unknown()
    for unknown in islice(names, TOLD_NAMES):
        rows = _counted(unknown.number, "row")
        yield f"{unknown.where}: {unknown.message} ({unknown.name!r}: {rows}; `tracker party alias` settles a name)"
    if more := sum(1 for _ in names):
        yield f"... and {_counted(more, 'more name')} that no party bears; --dry-run -f csv lists all of them"
    rest = plan.bad - plan.nameless - told
    if rest > 0:
        yield f"... and {rest} more bad {'row' if rest == 1 else 'rows'}"


def remarks(plan: Plan) -> Iterator[str]:
    """Yield the remarks made on the way, the first of them where not all are asked for."""
    names = plan.unknown(kept=True)
    for kept in islice(names, TOLD):
        rows = _counted(kept.number, "row")
        yield f"{kept.where}: {kept.message} (kept as an open question, {rows}: tracker party alias CODE {kept.name!r})"
    if more := sum(1 for _ in names):
        yield f"... and {more} more names kept as open questions: tracker check --rule open_question"
    told = plan.remarks if plan.listing_remarks else plan.remarks[:TOLD]
    yield from told
    if plan.remarked > len(told):
        yield f"... and {plan.remarked - len(told)} more; --remarks all shows all of them"


def _listed(numbers: Sequence[int]) -> str:
    """Write ``rows 2, 5 and 7``, the first of many."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    rest = len(numbers) - NAMED_ROWS
    shown = [str(number) for number in numbers[:NAMED_ROWS]] + ([f"{rest} more"] if rest > 0 else [])
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}"


def rows_read(plan: Plan) -> str | None:
    """Say how many rows were read, which of them are one agreement, and how many were left out; None of no rows."""
    total = sum(plan.read.values())
    if not total:
        return None
    sentence = f"read {_counted(total, next(iter(plan.units)) if plan.units in UNITS else 'row')}"
    if len(plan.read) > 1:
        sentence += f" of {len(plan.read)} files"
    if plan.joined:
        all_told = sum(1 for _ in plan.joins) < TOLD_JOINS
        sentence += f"; {_counted(plan.joined, 'row')} joined with others: {'; '.join(plan.joins)}"
        sentence += "" if all_told else "; ... --remarks all lists them in the plan"
    if plan.passed:
        sentence += f"; {plan.passed} passed over, as the remarks say"
    if plan.bad:
        sentence += f"; {plan.bad} bad"
    return sentence


def summary(plan: Plan, *, dry_run: bool) -> str:
    """Say how many records are new, changed, doubtful and bad."""
    totals = {what: plan.total(what) for what in ("new", "changed", "unchanged")}
    agreements = sum(
        number for (kind, became), number in plan.counts.items() if kind == "agreement" and became in totals
    )
    did = "would import" if dry_run else "imported"
    sentence = f"{did} {_counted(sum(totals.values()), 'record')} ({_counted(agreements, 'agreement')}): "
    sentence += ", ".join(f"{count} {what}" for what, count in totals.items())
    if removed := plan.total("removed"):
        sentence += f", {removed} removed"
    if plan.gone:
        sentence += f", {plan.gone} gone from the files"
    if plan.doubtful:
        sentence += f", {plan.doubtful} doubtful"
    if kept := sum(1 for _ in plan.unknown(kept=True)):
        sentence += f", {_counted(kept, 'unknown name')} kept open"
    if plan.bad:
        sentence += f", {plan.bad} bad left out"
    if not plan.has_changes:
        sentence += "; nothing changed"
    elif dry_run:
        sentence += "; nothing was changed: import without --dry-run"
    return sentence


def next_step(plan: Plan, change_id: int | None) -> str:
    """Say how to look at what was taken in, and how to take it back."""
    ref = plan.only_agreement()
    look = f"show {ref}" if ref else f"diff --change {change_id}"
    return f"look at it: tracker {look}; take it back: tracker undo --change {change_id}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
