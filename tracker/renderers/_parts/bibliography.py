"""Items of a bibliography in an answer (CSL-JSON), for every format that writes one."""

from collections.abc import Iterable, Iterator
from re import sub

from tracker.errors import InvalidValue
from tracker.record.types import Record
from tracker.table import Answer, Records
from tracker.text.safety import REORDERING

KIND = "citation"
"""The kind of records that are items."""

BINDING = "treaty"
"""The type of an item of an agreement that binds."""


def items(answer: Answer, format_name: str) -> Iterable[Record]:
    """Return the items of an answer; raises InvalidValue, naming the command that has some, where it has none."""
    if isinstance(answer, Records) and answer.kind == KIND:
        return answer.objects
    raise InvalidValue(
        f"{format_name} is a bibliography, which this answer is not: ask `tracker cite REF -f {format_name}`"
    )


def one_line(text: str) -> str:
    """Return a text as one line, for a field of a bibliography ends with its line; nothing in it acts or reorders."""
    return " ".join(sub(f"{REORDERING}|[\\x00-\\x1f\\x7f-\\x9f]", " ", text).split())


def parts(date: Record | None) -> list[int]:
    """Return year, month and day of a date as far as they are known; none where it is known in words alone."""
    return list(date["date-parts"][0]) if date and "date-parts" in date else []


def remarks(item: Record) -> Iterator[str]:
    """Yield what a format without room for it says in its note: a date in words, a doubtful one, the note itself."""
    issued = item.get("issued", {})
    if "literal" in issued:
        yield f"date: {issued['literal']}"
    if issued.get("circa"):
        yield "the date is not certain"
    if item.get("note"):
        yield item["note"]
