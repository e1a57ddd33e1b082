"""A record while values are laid over it: fields filled, items numbered, claims made, each with what it rests on."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tracker.proposing.basis.proposal import Passage, Value
from tracker.record import claims, edits, shapes
from tracker.record.document import blank
from tracker.record.paths import PathError
from tracker.record.types import Json, Record
from tracker.record.values import get, selector
from tracker.text.names import fold

FILLED, AGREES, DIFFERS = "filled", "agrees", "differs"
"""What a value meets in a record: nothing, the same, or something else, which stays."""

UNSAID = (None, "", "unknown", "not_assessed")
"""What a field holds of which nothing is known."""

BILATERAL = 2

NUMBERED = tuple(field.key for field in shapes.AGREEMENT.fields if field.type.shape and field.type.shape.numbered)
"""Lists whose items have ids."""


class Basis(NamedTuple):
    """The text that the values were read in, and how people in it are found in the register."""

    source: str | None
    """Id of the source that the text is; None: no claims are made."""
    locator: Callable[[Passage], str]
    """Says where in the source words stand."""
    person: Callable[[str], str | Record]
    """Gives the id of somebody who is known, or a new person."""
    evidence: Callable[[Value], str]
    """Tells which kind of evidence the words of a value are for a binding status."""
    said: str | None = None
    """Day on which the text was published (EDTF)."""
    fills: bool = True
    """Whether what is blank is filled; else nobody wants it, and it stays so."""

    @property
    def sources(self) -> list[str]:
        """The source as items cite it."""
        return [] if self.source is None else [self.source]


class Laid(NamedTuple):
    """A proposed value where it belongs in a record."""

    path: str
    value: Json
    """As the field holds it, or would."""
    outcome: str
    held: Json
    """What the record held there before."""
    proposed: Value


class Sheet:
    """One record, and what the text says of it."""

    def __init__(self, record: Record, basis: Basis, last: Mapping[str, int]) -> None:
        """Take a complete record, which is changed in place, and the highest numbers that its lists ever gave."""
        self.record = record
        self.basis = basis
        self.laid: list[Laid] = []
        self.met: set[str] = set()
        """Ids of events that values of this text were laid over already."""
        self.has_two_sides = 0 < len({party["code"] for party in record["parties"]}) <= BILATERAL
        """Whether it had two parties before, so that a third one is no further party but another statement."""
        self.placed: set[str] = set()
        """Ids of events whose places this text filled."""
        self._last = dict(last)
        for key in NUMBERED:
            for item in record[key]:
                item["id"] = item["id"] or self._next_id(key)

    def item(self, key: str, **values: Json) -> Record:
        """Add an item to a list of the record, numbered where its items are, and return it."""
        made = blank(f"agreement.{key}") | values
        if "id" in made:
            made["id"] = self._next_id(key)
        self.record[key].append(made)
        return made

    def scalar(self, path: str, value: Json, proposed: Value) -> None:
        """Lay a value over a field that holds one."""
        held = get(self.record, path)
        if held not in UNSAID:
            met = _met(held, value)
            self.say(path, held if met == AGREES else value, proposed, met, held)
        elif self.basis.fills:
            edits.set_(self.record, path, value)
            self.say(path, value, proposed, FILLED, held)

    def say(self, path: str, value: Json, proposed: Value, outcome: str, held: Json = None) -> None:
        """Note what became of a value, and make it a claim of the source."""
        self.laid.append(Laid(path, value, outcome, None if outcome == FILLED else held, proposed))
        if self.basis.source is not None:
            self._claim(path, value, proposed, outcome)

    def says_more(self, path: str, value: Json, proposed: Value) -> None:
        """Let the claim of the source on a field that it filled have a longer list as its value."""
        self.laid.append(Laid(path, value, FILLED, None, proposed))
        for claim in self.record["claims"]:
            if claim["field"] == path and claim["sources"] == self.basis.sources:
                claim["value"] = list(value)
                claim["note"] = f"{claim['note']}; {quoted(proposed.passage.text)}"

    def cite(self, item: Record) -> None:
        """Let an item rest on the source too."""
        item["sources"] = [*item["sources"], *(name for name in self.basis.sources if name not in item["sources"])]

    def path(self, key: str, item: Record) -> str:
        """Return the path of an item of a list."""
        return f"{key}[{item.get('id') or selector(self.record[key], key, item)}]"

    def _next_id(self, key: str) -> str:
        of_list = [str(item["id"])[1:] for item in self.record[key] if item["id"]]
        highest = max([self._last.get(key, 0), *(int(number) for number in of_list if number.isdecimal())])
        self._last[key] = highest + 1
        return f"{_letter(key)}{highest + 1}"

    def _claim(self, path: str, value: Json, proposed: Value, outcome: str) -> None:
        """Record that the source says so; a claim that says the same already rests on this source too."""
        about = claims.subject(self.record, path)
        others = [one for one in self.record["claims"] if _subject(self.record, one) == about]
        same = next((one for one in others if one["value"] == value and type(one["value"]) is type(value)), None)
        adopted = outcome != DIFFERS and not any(one["adopted"] for one in others if one is not same)
        if same is not None:
            self.cite(same)
            same["adopted"] = same["adopted"] or adopted
            return
        self.item(
            "claims",
            field=path,
            value=value,
            sources=self.basis.sources,
            locator=self.basis.locator(proposed.passage),
            confidence=proposed.confidence,
            adopted=adopted,
            reason=f"{proposed.rule}: {proposed.why}" if proposed.why else proposed.rule,
            note=quoted(proposed.passage.text),
        )


def quoted(words: str) -> str:
    """Return words of a text in quotation marks, as one line."""
    return f"“{' '.join(words.split())}”"


def _met(held: Json, value: Json) -> str:
    if isinstance(held, str) and isinstance(value, str):
        return AGREES if fold(held) == fold(value) else DIFFERS
    return AGREES if held == value and type(held) is type(value) else DIFFERS


def _subject(record: Record, claim: Record) -> str:
    try:
        return claims.subject(record, claim["field"])
    except PathError:  # a path that leads nowhere any more; ``check`` tells
        return str(claim["field"])


def _letter(key: str) -> str:
    """Return the letter with which the ids of a list begin."""
    return shapes.fields(f"agreement.{key}")["id"].type.pattern[1]
