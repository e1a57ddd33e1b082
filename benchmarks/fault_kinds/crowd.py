"""Many writers and many readers at once, some writers killed on the way.

Each writer has a hand of its own: records that nobody else touches, and a change that shows in more than one place, so
that half of it can be told. A reader knows which changes were acknowledged before it began: these it must see, and it
must see each change whole.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from fault_kinds.contents import look
from fault_kinds.stores import Bench
from fault_kinds.verdicts import unclear
from fault_kinds.writes import FILLED

EACH = 8
"""Writers, and readers."""

KILLED = 0.1
"""Share of the writers' runs that are killed."""

LONGEST = 0.4
"""Seconds within which these are killed."""

MANY = 30
"""Agreements of an import."""

Documents = dict[str, dict[str, Any]]


class Hand:
    """A writer's own records, and what it did to them: edits one record in two places."""

    command = "edit"

    def __init__(self, number: int, folder: Path) -> None:
        self.name = f"hand-{number}"
        self.folder = folder
        self.tried = 0
        self.acknowledged: set[int] = set()

    def first(self) -> list[dict[str, Any]]:
        """Return the records from which it starts."""
        return [{"record": "agreement", "ref": self.name, "title": "turn 0", "short_title": "turn 0"}]

    def words(self, turn: int) -> tuple[str, ...]:
        """Return the command of one turn."""
        return ("edit", self.name, "--set", f"title=turn {turn}", "--set", f"short_title=turn {turn}")

    def seen(self, documents: Documents) -> set[int]:
        """Return the turns that are there, 0 too; raises ValueError for half a turn."""
        return set(range(_one_turn(documents[self.name]) + 1))


class Adding(Hand):
    """Adds a record with two parties and an event each time."""

    command = "add"

    def words(self, turn: int) -> tuple[str, ...]:
        """Return the command of one turn: a new record."""
        ref = f"{self.name}-{turn}"
        parties = ("--party", "NOR", "--party", "ISL")
        return (
            "add",
            f"turn {turn}",
            "--ref",
            ref,
            "--short-title",
            f"turn {turn}",
            *parties,
            "--signed",
            "2020",
            "--yes",
        )

    def seen(self, documents: Documents) -> set[int]:
        """Return the turns whose records are there."""
        found = {0}
        for ref, document in documents.items():
            if ref.startswith(f"{self.name}-"):
                if (len(document["parties"]), len(document["events"])) != (2, 1):
                    raise ValueError(f"half a record: {ref}")
                found.add(_one_turn(document))
        return found


class Noting(Hand):
    """Adds an event each time."""

    command = "event"

    def words(self, turn: int) -> tuple[str, ...]:
        """Return the command of one turn: a new event."""
        return ("event", self.name, "extended", "2025", "--note", f"turn {turn}", "--place", f"turn {turn}")

    def seen(self, documents: Documents) -> set[int]:
        """Return the turns whose events are there."""
        return {0, *(_turn(event["note"], *event["places"]) for event in documents[self.name]["events"])}


class Importing(Hand):
    """Imports the same records anew each time."""

    command = "import"

    def first(self) -> list[dict[str, Any]]:
        """Return the records from which it starts: those of turn 0."""
        return self.records(0)

    def records(self, turn: int) -> list[dict[str, Any]]:
        """Return the records of one turn."""
        told = f"turn {turn}"
        return [
            {"record": "agreement", "ref": f"{self.name}-{number:02}", "title": told, "short_title": told}
            for number in range(MANY)
        ]

    def words(self, turn: int) -> tuple[str, ...]:
        """Return the command of one turn, and write its file."""
        path = self.folder / f"{self.name}.ndjson"
        path.write_text("".join(json.dumps(record) + "\n" for record in self.records(turn)), encoding="utf-8")
        return ("import", str(path), "--yes")

    def seen(self, documents: Documents) -> set[int]:
        """Return the turns up to the one that all records tell."""
        turns = {_one_turn(documents[record["ref"]]) for record in self.first()}
        if len(turns) != 1:
            raise ValueError(f"half an import: {sorted(turns)}")
        return set(range(turns.pop() + 1))


HANDS: tuple[type[Hand], ...] = (Hand, Adding, Noting, Importing)


def _turn(*texts: str) -> int:
    """Return the turn that all texts tell."""
    if len(set(texts)) != 1:
        raise ValueError(f"half a change: {texts}")
    return int(texts[0].removeprefix("turn "))


def _one_turn(document: dict[str, Any]) -> int:
    return _turn(document["title"], document["short_title"])


class Row(NamedTuple):
    """What became of the runs of one command in the crowd."""

    command: str
    runs: int
    acknowledged: int
    complaints: tuple[str, ...]
    lost: int


class Crowd:
    """Eight hands and eight readers on one store."""

    def __init__(self, bench: Bench, draw: Random) -> None:
        self.site = bench.site(FILLED)
        self.hands = [HANDS[number % len(HANDS)](number, self.site.folder) for number in range(EACH)]
        self.seeds = [draw.random() for _ in self.hands]
        self.end = 0.0
        self.lock = threading.Lock()
        self.runs: Counter[str] = Counter()
        self.complaints: list[tuple[str, str]] = []
        self.lost: Counter[str] = Counter()
        first = self.site.folder / "first.ndjson"
        records = [record for hand in self.hands for record in hand.first()]
        first.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        ended = self.site.run(("import", str(first), "--yes"))
        if ended.code:
            raise RuntimeError(ended.err)

    def run(self, seconds: float) -> list[Row]:
        """Let all of them work for so long, then look at what is there."""
        self.end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._write, args=pair) for pair in zip(self.hands, self.seeds, strict=True)]
        threads += [threading.Thread(target=self._read) for _ in range(EACH)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = look(self.site.store)
        for problem in found.problems:
            self._complain("all", problem)
        kept = {hand.name: set(hand.acknowledged) for hand in self.hands}
        self._compare("all", (json.loads(line) for line in found.lines), kept)
        return self._rows()

    def _write(self, hand: Hand, seed: float) -> None:
        draw = Random(seed)
        while time.monotonic() < self.end:
            hand.tried += 1
            running = self.site.start(hand.words(hand.tried), actor=hand.name)
            killed = draw.random() < KILLED
            if killed:
                time.sleep(draw.uniform(0, LONGEST))  # the moment of the fault: nothing is waited for
                running.process.kill()
            ended = running.ended()
            with self.lock:
                self.runs[hand.command] += 1
                if ended.code == 0:
                    hand.acknowledged.add(hand.tried)
            if not killed and ended.code:
                complaints = unclear(ended, {0, 3})
                if "held by another process" not in ended.err:
                    complaints.append(ended.last_line)
                for complaint in complaints:
                    self._complain(hand.command, complaint)

    def _read(self) -> None:
        while time.monotonic() < self.end:
            with self.lock:
                before = {hand.name: set(hand.acknowledged) for hand in self.hands}
                self.runs["export"] += 1
            ended = self.site.run(("export",))
            complaints = unclear(ended, {0})
            for complaint in complaints:
                self._complain("export", complaint)
            if not complaints:
                self._compare("export", map(json.loads, ended.out.splitlines()), before)

    def _compare(self, command: str, documents: Iterable[dict[str, Any]], acknowledged: dict[str, set[int]]) -> None:
        """Hold the agreements that were read against what was acknowledged before."""
        agreements = {document["ref"]: document for document in documents if document["record"] == "agreement"}
        for hand in self.hands:
            try:
                seen = hand.seen(agreements)
            except (ValueError, KeyError) as error:
                self._complain(command, f"{hand.name}: {error}")
                continue
            missing = acknowledged[hand.name] - seen
            if missing or max(seen) > hand.tried:
                self._complain(command, f"{hand.name}: acknowledged and not seen: {sorted(missing)}; seen {max(seen)}")
                with self.lock:
                    self.lost[hand.command] += len(missing)

    def _complain(self, command: str, text: str) -> None:
        with self.lock:
            self.complaints.append((command, text))

    def _rows(self) -> list[Row]:
        acknowledged: Counter[str] = Counter()
        for hand in self.hands:
            acknowledged[hand.command] += len(hand.acknowledged)
        told = Counter(command for command, _ in self.complaints)
        names: Collection[str] = {*self.runs, *told, *self.lost}
        return [
            Row(
                name,
                self.runs[name],
                acknowledged[name],
                tuple(text for command, text in self.complaints if command == name),
                self.lost[name],
            )
            for name in sorted(names)
        ]


def crowd(bench: Bench, draw: Random, seconds: float) -> list[Row]:
    """Run a crowd; a row for each command."""
    return Crowd(bench, draw).run(seconds)
