"""Reports, one module each: ``table(reader, selection, asked)`` returns the answer.

``REPORTS`` is the list of them; a module is loaded when its report is asked for.
"""

from importlib import import_module
from typing import Any, NamedTuple

from tracker.errors import InvalidValue, UsageProblem
from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection
from tracker.table import Page, Table


class Asked(NamedTuple):
    """What a report is asked beside the query; None = the report's own choice."""

    by: list[str] | None = None
    rows: str | None = None
    columns: str | None = None
    window: str | None = None
    top: int | None = None
    side: str | None = None
    each: bool = False
    among: str | None = None
    during: str | None = None


class Entry(NamedTuple):
    """One report: what it tells, and which of the options of ``Asked`` it takes."""

    tells: str
    takes: tuple[str, ...] = ()


REPORTS = {
    "overview": Entry("what the register, or a part of it, holds"),
    "trend": Entry("how the share that does not bind goes on, by --window", ("window",)),
    "status": Entry("status and flags on the day"),
    "changes": Entry("what happened --during a span of time, and the status before and after", ("during",)),
    "funnel": Entry("how far agreements came: announced, signed, in force or operative"),
    "gaps": Entry("days from signature to entry into force, --by type or another dimension", ("by",)),
    "signatories": Entry(
        "who signed how many, or with --each what, in which office, with whom", ("top", "side", "each")
    ),
    "transparency": Entry("access to the text, --by party, year or both", ("by",)),
    "families": Entry("parties and families, with who is missing --among an organisation", ("top", "among")),
    "missing": Entry("members of an organisation (--among) that have none", ("among",)),
    "matrix": Entry("numbers by two dimensions, --rows and --cols", ("rows", "columns", "top")),
}

OPTIONS = {field: "--cols" if field == "columns" else f"--{field}" for field in Asked._fields}


def make(reader: Reader, selection: Selection, name: str, asked: Asked) -> Table | Page:
    """Return a report; raises UsageProblem for an option that it does not take."""
    for field, value in asked._asdict().items():
        if value and field not in REPORTS[name].takes:
            owners = ", ".join(other for other, entry in REPORTS.items() if field in entry.takes)
            raise UsageProblem(f"report {name} takes no {OPTIONS[field]}; it goes with: {owners}")
    module: Any = import_module(f"tracker.read.reports.{name}")
    report: Table | Page = module.table(reader, selection, asked)
    return report


def check(name: str) -> str:
    """Return the name of a report; raises InvalidValue with the nearest."""
    wanted = name.strip().lower().replace("-", "_")
    if wanted not in REPORTS:
        from tracker.record.vocabulary import expected

        raise InvalidValue(f"no report {name!r}; {expected(wanted, tuple(REPORTS))}")
    return wanted
