"""The files of treaties with the answers of their depositaries, and what makes such a file a right one.

Nothing here knows the program: a mistake in a file is found without asking it. ``treaties/README.md`` says what the
keys and the kinds of questions mean.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).with_name("treaties")

POINTS = range(1, 17)
"""The points that the oracles are counted by; the README names them."""

STATUSES = frozenset(
    (
        *("announced", "negotiating", "adopted", "initialled", "signed", "awaiting_entry", "provisionally_applied"),
        *("in_force", "operative", "suspended", "expired", "terminated", "discontinued", "superseded"),
        *("never_entered", "unknown", "signatory", "consented", "provisional", "withdrawn", "listed"),
        "not_in_force",
    )
)
"""Statuses of an instrument, of a party, and of a party toward another one."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PARTY = re.compile(r"[A-Z]{3}|org-[a-z]+")
PERIOD = re.compile(r"P(?=\d)(\d+Y)?(\d+M)?(\d+D)?")


class Question(NamedTuple):
    """A question on one record and its answer by the law.

    ``argument`` is what the kind asks about beside the day: a party, two parties, options, a column.
    """

    kind: str
    day: str
    argument: str
    answer: Any
    why: str
    ref: str
    certain_only: bool = True


class Treaty(NamedTuple):
    """A file: the records and what is asked of them."""

    name: str
    title: str
    sources: list[str]
    points: list[int]
    documents: list[dict[str, Any]]
    ask: list[Question]


def read(path: Path) -> Treaty:
    """Read a file; the first record is meant where a question names none."""
    data = json.loads(path.read_text(encoding="utf-8"))
    first = data["documents"][0]["ref"]
    questions = []
    for item in data["ask"]:
        kind, day, argument, answer, why, *more = item
        said = more[0] if more else {}
        questions.append(
            Question(kind, day, argument, answer, why, said.get("ref", first), said.get("certain_only", True))
        )
    return Treaty(path.stem, data["title"], data["sources"], data["points"], data["documents"], questions)


def treaties() -> list[Treaty]:
    """Read all files, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.json"))]


def alternatives(answer: str) -> list[str]:
    """Return the answers that are right, each alone: ``expired | expired?``."""
    return [part.strip() for part in answer.split("|")]


def faults(path: Path) -> list[str]:
    """Return what is wrong with a file, in words; a right file has none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return [f"no JSON: {error}"]
    if list(data) != ["title", "sources", "points", "documents", "ask"]:
        return [f"keys: {list(data)}"]
    found = [f"question {item}" for item in data["ask"] if not _shaped(item)]
    found += [f"point {point}" for point in data["points"] if point not in POINTS]
    found += [] if data["sources"] and all(data["sources"]) else ["no source"]
    if found:
        return found
    treaty = read(path)
    refs = [document["ref"] for document in treaty.documents]
    for document in treaty.documents:
        found += [f"{document['ref']}: {problem}" for problem in _record(document, refs)]
    for question in treaty.ask:
        problem = _question(question, treaty)
        found += [f"{tuple(question)}: {problem}"] if problem else []
    asked = [(*question[:3], question.ref, str(question.answer)) for question in treaty.ask]
    found += [f"asked twice: {item}" for item in {item for item in asked if asked.count(item) > 1}]
    return found


def _shaped(item: list[Any]) -> bool:
    more = item[5:]
    said = more[0] if more else {}
    return (
        len(item) in (5, 6)
        and all(isinstance(item[place], str) for place in (0, 1, 2, 4))
        and bool(item[4])
        and isinstance(said, dict)
        and set(said) <= {"ref", "certain_only"}
    )


def _record(document: dict[str, Any], refs: list[str]) -> Iterator[str]:
    codes = [party["code"] for party in document["parties"]]
    yield from (f"party twice: {code}" for code in codes if codes.count(code) > 1)
    yield from (f"code {code}" for code in codes if not PARTY.fullmatch(code))
    for event in document["events"]:
        yield from (f"{event['kind']} by {code}, who is not listed" for code in event["parties"] if code not in codes)
        for key in ("date", "effective_date"):
            yield from (f"{event['kind']}: {key} {event[key]}" for _ in [0] if key in event and not _date(event[key]))
    for relation in document.get("relations", []):
        yield from (f"relation to {relation['target']}" for _ in [0] if relation["target"] not in refs)
    entry = document["terms"]["entry_into_force"] or {}
    periods = [entry.get("period"), entry.get("late_joiners")]
    for notice in document["terms"]["notices"]:
        periods += [notice.get(key) for key in ("period", "after_entry", "window", "repeats")]
    yield from (f"period {period}" for period in periods if period and not PERIOD.fullmatch(period))
    yield from (f"{key} {entry[key]}" for key in ("date",) if key in entry and not DAY.fullmatch(entry[key]))
    if "met" in entry and not _date(entry["met"]["date"]):
        yield f"met {entry['met']['date']}"


def _date(text: str) -> bool:
    """Whether a text is a year, a month, a day, or an interval of two days."""
    ends = text.split("/")
    if len(ends) == 2:
        return all(_day(end) for end in ends) and ends[0] <= ends[1]
    return bool(re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", text)) or _day(text)


def _day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _question(question: Question, treaty: Treaty) -> str | None:
    document = next((document for document in treaty.documents if document["ref"] == question.ref), None)
    if document is None:
        return "no such record"
    if question.kind not in ANSWERS:
        return "no such kind"
    wants_day, argument, answer = ANSWERS[question.kind]
    if wants_day is not None and wants_day is not _day(question.day):
        return "the day"
    listed = {party["code"] for party in document["parties"]}
    if not argument(question.argument, listed):
        return "what it asks about"
    return None if answer(question.answer) else "the answer"


def _one_party(text: str, listed: set[str]) -> bool:
    return text in listed


def _any_party(text: str, listed: set[str]) -> bool:
    return not text or text in listed


def _toward(text: str, listed: set[str]) -> bool:
    first, sign, second = text.partition(">")
    return bool(sign) and first in listed and bool(PARTY.fullmatch(second))


def _pair(text: str, listed: set[str]) -> bool:
    return len(text.split()) == 2 and all(PARTY.fullmatch(code) for code in text.split())


def _supposed(text: str, listed: set[str]) -> bool:
    code, _, day = text.partition("=")
    return bool(PARTY.fullmatch(code)) and _day(day)


def _words(text: str, listed: set[str]) -> bool:
    return bool(text)


def _nothing(text: str, listed: set[str]) -> bool:
    return not text


def _status(answer: Any) -> bool:
    if not isinstance(answer, str):
        return False
    if answer.startswith("not "):
        return answer.removeprefix("not ").rstrip("?") in STATUSES
    return answer == "?" or all(part.removesuffix("?") in STATUSES for part in alternatives(answer))


def _day_or_none(answer: Any) -> bool:
    return answer is None or (isinstance(answer, str) and all(_day(part) for part in alternatives(answer)))


def _days(answer: Any) -> bool:
    return _day_or_none(answer) or (
        isinstance(answer, list) and len(answer) > 1 and all(map(_day, answer)) and answer == sorted(answer)
    )


def _numbers(answer: Any) -> bool:
    return isinstance(answer, dict) and bool(answer) and all(isinstance(number, int) for number in answer.values())


def _text(answer: Any) -> bool:
    return isinstance(answer, str)


def _number(answer: Any) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)


def _yes_or_no(answer: Any) -> bool:
    return isinstance(answer, bool)


ANSWERS: dict[str, tuple[bool | None, Callable[[str, set[str]], bool], Callable[[Any], bool]]] = {
    "status": (True, _any_party, _status),
    "toward": (True, _toward, _status),
    "eif": (None, _any_party, _days),
    "eif-act": (None, _one_party, _text),
    "whatif": (False, _supposed, _day_or_none),
    "parties-in-force": (True, _one_party, _day_or_none),
    "due": (True, _words, _day_or_none),
    "due-mentions": (True, _any_party, _day_or_none),
    "list": (True, _words, _text),
    "shared": (True, _pair, _number),
    "concluded": (False, _nothing, _day_or_none),
    "decade": (False, _nothing, _numbers),
    "year": (False, _nothing, _numbers),
    "trend": (False, _nothing, _numbers),
    "check": (True, _words, _yes_or_no),
    "timeline": (True, _words, _text),
}
"""Kinds of questions: whether a day is asked (null: as one likes), what the argument is, what answers there are."""
