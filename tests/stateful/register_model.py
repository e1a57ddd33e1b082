"""The register as a dictionary: what the store must hold after every command, written without any code of the store."""

from copy import deepcopy
from typing import Any

from tracker.record.document import blank

Record = dict[str, Any]


class RefusedByModel(Exception):
    """What the program has to refuse, with nothing changed."""


class Model:
    """Documents by ref and sources by id, as export writes them, and the states to which undo leads back."""

    def __init__(self) -> None:
        self.agreements: dict[str, Record] = {}
        self.sources: dict[str, Record] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        """The highest number of an event or claim that an agreement ever gave: such are never given again."""
        self.retired: set[str] = set()
        self.former: list[Any] = []
        """What stood before each change that still stands."""

    def exported(self) -> dict[str, list[Record]]:
        """Return what ``export -f json`` holds of agreements and sources."""
        return {
            "agreements": [self.agreements[ref] for ref in sorted(self.agreements)],
            "sources": [self.sources[name] for name in sorted(self.sources)],
        }

    def change(self, action: Any, *arguments: Any) -> bool:
        """Carry out a change; whether it changed anything. Raises RefusedByModel, and then nothing is changed."""
        before, numbers = deepcopy(self._state()), dict(self.numbers)
        try:
            action(*arguments)
        except RefusedByModel:
            self.agreements, self.sources, self.retired = before
            self.numbers = numbers
            raise
        if self._state() == before:
            return False
        self.former.append(before)
        return True

    def _state(self) -> tuple[dict[str, Record], dict[str, Record], set[str]]:
        return self.agreements, self.sources, self.retired

    def add(self, ref: str, title: str, days: list[str], parties: list[str]) -> None:
        """Record an agreement with acts of signature."""
        if ref in self.agreements or ref in self.retired:
            raise RefusedByModel
        record = blank("agreement") | {"ref": ref, "title": title}
        record["parties"] = [blank("agreement.parties") | {"code": code} for code in parties]
        self.agreements[ref] = record
        for day in days:
            self.event(ref, "signed", day)

    def event(self, ref: str, kind: str, day: str | None) -> None:
        """Record an event."""
        record = self._held(ref)
        item = blank("agreement.events") | {"id": self._number(ref, "e"), "kind": kind, "date": day}
        record["events"].append(item)

    def without_event(self, ref: str, name: str) -> None:
        """Take an event out."""
        record = self._held(ref)
        if name not in [item["id"] for item in record["events"]]:
            raise RefusedByModel
        record["events"] = [item for item in record["events"] if item["id"] != name]

    def set(self, ref: str, key: str, value: Any) -> None:
        """Give a field a value; a claim on it that says otherwise is no longer adopted."""
        record = self._held(ref)
        record[key] = value
        for claim in record["claims"]:
            if claim["field"] == key and claim["value"] != value:
                claim["adopted"] = False

    def set_own(self, ref: str, name: str, value: str) -> None:
        """Give an own field a value."""
        self._held(ref)["extra"][name] = value

    def note(self, ref: str, text: str) -> None:
        """Add a note; the same one twice is refused."""
        record = self._held(ref)
        if text in record["notes"]:
            raise RefusedByModel
        record["notes"].append(text)

    def link(self, ref: str, kind: str, target: str) -> None:
        """Relate two agreements, in the record that acts; no cycle within a kind."""
        record, _ = self._held(ref), self._held(target)
        if ref == target or self._leads(target, kind, ref):
            raise RefusedByModel
        if target not in [item["target"] for item in record["relations"] if item["type"] == kind]:
            record["relations"].append(blank("agreement.relations") | {"type": kind, "target": target})

    def unlink(self, ref: str, kind: str, target: str) -> None:
        """Take a relation away."""
        record, _ = self._held(ref), self._held(target)
        left = [item for item in record["relations"] if (item["type"], item["target"]) != (kind, target)]
        if left == record["relations"]:
            raise RefusedByModel
        record["relations"] = left

    def claim(self, ref: str, value: str, source: str, *, adopt: bool) -> None:
        """Record what a source says of the short title."""
        record = self._held(ref)
        name = source.partition("://")[2].replace(".", "-").replace("/", "-")
        self.sources.setdefault(name, blank("source") | {"id": name, "title": source, "url": source})
        found = [item for item in record["claims"] if item["value"] == value]
        if not found:
            made = {"id": self._number(ref, "c"), "field": "short_title", "value": value}
            found = [blank("agreement.claims") | made]
            record["claims"] += found
        if name not in found[0]["sources"]:
            found[0]["sources"] = [*found[0]["sources"], name]
        if adopt:
            for item in record["claims"]:
                item["adopted"] = item is found[0]
            record["short_title"] = value

    def remove(self, refs: list[str]) -> None:
        """Take agreements out, unless others that stay relate to them."""
        for ref in refs:
            self._held(ref)
        for ref, record in self.agreements.items():
            if ref not in refs and any(item["target"] in refs for item in record["relations"]):
                raise RefusedByModel
        for ref in refs:
            self.agreements.pop(ref, None)
        self.retired |= set(refs)

    def take_in(self, records: list[Record]) -> None:
        """Import: each record replaces the one of its ref; events without a number are given the next one."""
        for given in records:
            ref = given["ref"]
            if ref in self.retired and ref not in self.agreements:
                raise RefusedByModel
            self.agreements[ref] = deepcopy(given)
            for item in self.agreements[ref]["events"]:
                item["id"] = item["id"] or self._number(ref, "e")

    def undo(self) -> None:
        """Go back to what stood before the last change that still stands.

        Numbers that were given within an agreement stay given, as long as there is that agreement.
        """
        if not self.former:
            raise RefusedByModel
        self.agreements, self.sources, self.retired = self.former.pop()
        known = self.agreements.keys() | self.retired
        self.numbers = {key: number for key, number in self.numbers.items() if key[0] in known}

    def _held(self, ref: str) -> Record:
        if ref not in self.agreements:
            raise RefusedByModel
        return self.agreements[ref]

    def _number(self, ref: str, letter: str) -> str:
        number = self.numbers.get((ref, letter), 0) + 1
        self.numbers[ref, letter] = number
        return f"{letter}{number}"

    def _leads(self, start: str, kind: str, goal: str) -> bool:
        """Whether relations of a kind lead from one agreement to another."""
        ahead, seen = [start], set()
        while ahead:
            ref = ahead.pop()
            seen.add(ref)
            ahead += [
                item["target"]
                for item in self.agreements.get(ref, {"relations": []})["relations"]
                if item["type"] == kind and item["target"] not in seen
            ]
        return goal in seen
