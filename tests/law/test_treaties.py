"""Real treaties: the program answers as the depositaries and the texts do, before, on and after every turning day.

Each question of ``treaties/*.json`` is a test; ``-k p03`` runs those of point 3.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from to_come import TO_COME
from treaty_files import Question, Treaty, alternatives, treaties
from treaty_program import Program

TREATIES = treaties()


def name(treaty: Treaty, number: int) -> str:
    """Return the id of a test: the points, the file, the number of the question."""
    points = "".join(f"p{point:02}" for point in treaty.points)
    return f"{points}-{treaty.name}-{number}"


def marks(treaty: Treaty, number: int) -> list[pytest.MarkDecorator]:
    """Mark a question that is not answered yet; once it is, its number has to be taken out of the list."""
    return [
        pytest.mark.xfail(reason=reason, strict=True)
        for reason, files in TO_COME.items()
        if number in files.get(treaty.name, ())
    ]


def at(day: str) -> list[str]:
    return ["--as-of", day] if day else []


def certainly(row: dict[str, Any]) -> str:
    return row["status"] + ("" if row["certain"] else "?")


def status(tracker: Program, question: Question) -> Any:
    for row in tracker.rows("status", question.ref, *at(question.day)):
        if (
            row["scope"] == ("party" if question.argument else "instrument")
            and (row["name"] or "") == question.argument
        ):
            return certainly(row)
    return None


def toward(tracker: Program, question: Question) -> Any:
    first, second = question.argument.split(">")
    for row in tracker.rows("status", question.ref, "--party", first, "--toward", second, *at(question.day)):
        if row["scope"] == "party" and row["name"] == first:
            return certainly(row)
    return None


def eif_rows(tracker: Program, question: Question) -> list[dict[str, Any]]:
    rows = tracker.rows("eif", question.ref, *at(question.day))
    return [row for row in rows if (row["party"] or "") == question.argument]


def eif(tracker: Program, question: Question) -> Any:
    days = [row["computed"] for row in eif_rows(tracker, question)]
    return days if len(days) > 1 else (days or [None])[0]


def eif_act(tracker: Program, question: Question) -> Any:
    return next((f"{row['act']} {row['act_date']}" for row in eif_rows(tracker, question)), None)


def whatif(tracker: Program, question: Question) -> Any:
    party = question.argument.partition("=")[0]
    rows = tracker.rows("eif", question.ref, "--what-if", question.argument)
    return next((row["computed"] for row in reversed(rows) if row["party"] == party), None)


def parties_in_force(tracker: Program, question: Question) -> Any:
    rows = tracker.rows("parties", question.ref, *at(question.day))
    return next((row["in_force"] for row in rows if row["party"] == question.argument), None)


def due(tracker: Program, question: Question) -> Any:
    rows = tracker.rows("due", question.ref, "--kind", question.argument, "--within", "30y", *at(question.day))
    return next((row["date"] for row in rows), None)


def due_mentions(tracker: Program, question: Question) -> Any:
    """Return the day that is sought where any row of the party, or of all, has it in whatever column."""
    rows = tracker.rows("due", question.ref, "--within", "30y", *at(question.day))
    concerned = [row for row in rows if not question.argument or not row["whose"] or question.argument in row["whose"]]
    texts = [json.dumps(row) for row in concerned]
    return question.answer if any(question.answer in text for text in texts) else texts


def listed(tracker: Program, question: Question) -> Any:
    return " ".join(row["ref"] for row in tracker.rows("list", *question.argument.split(), *at(question.day)))


def shared(tracker: Program, question: Question) -> Any:
    rows = tracker.rows("compare", "parties", *question.argument.split(), "--in-force", *at(question.day))
    return next((row["both"] for row in rows if (row["part"], row["value"]) == ("overlap", "agreements")), 0)


def concluded(tracker: Program, question: Question) -> Any:
    derived = tracker.rows("show", question.ref)[0]["derived"]
    return derived["concluded"] and derived["concluded"]["edtf"]


def counted(*command: str, period: str) -> Callable[[Program, Question], Any]:
    """Return a kind that counts agreements by period; periods that are not asked for do not matter."""

    def ask(tracker: Program, question: Question) -> Any:
        totals = {row[period]: row["total"] for row in tracker.rows(*command)}
        return {label: totals.get(label, 0) for label in question.answer}

    return ask


def check(tracker: Program, question: Question) -> Any:
    """Whether one finding has all the words, wherever they stand in it."""
    words = question.argument.split()
    return any(all(word in json.dumps(row) for word in words) for row in tracker.rows("check", *at(question.day)))


def timeline(tracker: Program, question: Question) -> Any:
    rows = [row for row in tracker.rows("timeline", question.ref) if row["date"] == question.day]
    values = [row[question.argument] for row in rows]
    return next((" ".join(value) if isinstance(value, list) else value or "" for value in values), None)


KINDS: dict[str, Callable[[Program, Question], Any]] = {
    "status": status,
    "toward": toward,
    "eif": eif,
    "eif-act": eif_act,
    "whatif": whatif,
    "parties-in-force": parties_in_force,
    "due": due,
    "due-mentions": due_mentions,
    "list": listed,
    "shared": shared,
    "concluded": concluded,
    "decade": counted("compare", "binding", "--by", "decade", period="decade"),
    "year": counted("compare", "binding", "--by", "year", period="year"),
    "trend": counted("report", "trend", period="period"),
    "check": check,
    "timeline": timeline,
}


def right(question: Question, got: Any) -> bool:
    """Whether an answer is right by the law; what is certain must be so, what is doubtful must be marked."""
    want = question.answer
    if not isinstance(want, str) or question.kind not in ("status", "toward", "due"):
        return bool(got == want)
    if got is None:
        return False
    if want == "?":
        return str(got).endswith("?")
    if want.startswith("not "):
        return bool(got != want.removeprefix("not "))
    if not question.certain_only:
        got = got.removesuffix("?")
    return got in alternatives(want)


def test_every_kind_of_question_has_its_answer():
    from treaty_files import ANSWERS

    assert set(KINDS) == set(ANSWERS)


@pytest.mark.sampled(30)
@pytest.mark.parametrize(
    ("treaty", "question"),
    [
        pytest.param(treaty, question, id=name(treaty, number), marks=marks(treaty, number))
        for treaty in TREATIES
        for number, question in enumerate(treaty.ask, 1)
    ],
)
def test_the_law(treaty, question, program, home):
    tracker = program(treaty.name)
    assert not tracker.refused, f"{treaty.title}: the record is refused: {tracker.refused.strip()}"
    got = KINDS[question.kind](tracker, question)
    asked = " ".join(part for part in (question.kind, question.ref, question.day, question.argument) if part)
    assert right(question, got), (
        f"{treaty.title}: {asked}: by the law {question.answer!r} ({question.why}), the program says {got!r}; "
        f"see {treaty.sources[0]}"
    )
