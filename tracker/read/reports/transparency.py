"""``report transparency``: which texts can be read, by party, year or another dimension."""

from tracker.read.counting import crosstab, dimensions
from tracker.read.counting.crosstab import Measure
from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record.vocabulary import TEXT_ACCESS
from tracker.table import Table

ACCESS = Measure(
    report="transparency",
    title="Access to the text",
    column="a.text_access",
    values=TEXT_ACCESS,
    headings={"public_partly": "partly public", "not_released": "not released"},
    share="public",
)


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:
    """Return how many texts are public, withheld, ...; what nobody looked up is ``unknown``, never withheld."""
    by = dimensions.chosen("--by", asked.by) or ("party",)
    return crosstab.table(reader, selection, ACCESS, by)
