"""Reports, one module each: ``table(reader, selection, asked)`` returns the answer.

``REPORTS`` is the list of them; a module is loaded when its report is asked for.
"""

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from tracker.errors import InvalidValue, UsageProblem
from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection
from tracker.table import Page, Table


class ReportRequest(NamedTuple):
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


class ReportSummary(NamedTuple):
    """One report: what it tells, and which of the ``ReportRequest`` it takes."""

    tells: str
    takes: tuple[str, ...] = ()


REPORTS = {
    "overview": ReportSummary("what the register, or a part of it, holds"),
    "trend": ReportSummary("how the share that does not bind goes on, by --window", ("window",)),
    "status": ReportSummary("status and flags on the day"),
    "changes": ReportSummary("what happened --during a span of time, and the status before and after", ("during",)),
    "funnel": ReportSummary("how far agreements came: announced, signed, in force or operative"),
    "gaps": ReportSummary("days from signature to entry into force, --by type or another dimension", ("by",)),
    "signatories": ReportSummary(
        "who signed how many, or with --each what, in which office, with whom", ("top", "side", "each")
    ),
    "transparency": ReportSummary("access to the text, --by party, year or both", ("by",)),
    "families": ReportSummary("parties and families, with who is missing --among an organisation", ("top", "among")),
    "missing": ReportSummary("members of an organisation (--among) that have none", ("among",)),
    "matrix": ReportSummary("numbers by two dimensions, --rows and --cols", ("rows", "columns", "top")),
}


class Report(Protocol):
    """What the module of a report holds."""

    def table(self, reader: Reader, selection: Selection, asked: ReportRequest) -> Table | Page:
        """Return the answer over a selection."""
        ...


OPTIONS = {field: "--cols" if field == "columns" else f"--{field}" for field in ReportRequest._fields}


def make(reader: Reader, selection: Selection, name: str, asked: ReportRequest) -> Table | Page:
    """Return a report; raises UsageProblem for an option that it does not take."""
    for field, value in asked._asdict().items():
        if value and field not in REPORTS[name].takes:
            owners = ", ".join(other for other, summary in REPORTS.items() if field in summary.takes)
            raise UsageProblem(f"report {name} takes no {OPTIONS[field]}; it goes with: {owners}")
    module = cast("Report", import_module(f"tracker.read.reports.{name}"))
    return module.table(reader, selection, asked)


def check(name: str) -> str:
    """Return the name of a report; raises InvalidValue with the nearest."""
    code = name.strip().lower().replace("-", "_")
    if code not in REPORTS:
        from tracker.record.vocabulary import expected

        raise InvalidValue(f"no report {name!r}; {expected(code, tuple(REPORTS))}")
    return code
