"""``report gaps``: days from signature to entry into force, in figures; ``tracker gaps`` asks for other stages."""

from tracker.errors import InvalidValue
from tracker.read.file.connection import Reader
from tracker.read.life import gap_tables, gaps, stages
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.table import Table


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:
    """Return the figures by type, or by the dimension asked for."""
    names = asked.by or ["type"]
    if len(names) > 1 or "," in names[0]:
        raise InvalidValue(f"--by {','.join(names)}: report gaps takes one dimension")
    question = gaps.Question(stages.stage("--from", "signed"), stages.stage("--to", "in_force"))
    found = gaps.Gaps(reader, selection, question)
    return gap_tables.grouped(found, gaps.check_dimension(names[0]), gap_tables.DEFAULT_FIGURES)
