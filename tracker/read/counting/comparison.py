"""``compare binding``: how many agreements bind and how many do not, by one dimension or two crossed.

Nothing undetermined, contested or not assessed is ever counted as non-binding.
"""

from collections.abc import Sequence

from tracker.read.counting import crosstab
from tracker.read.counting.crosstab import NO_ORDER, Measure, Order
from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection
from tracker.record.vocabulary import BINDING_STATUSES
from tracker.table import Table

BINDING = Measure(
    report="compare binding",
    title="Binding and non-binding",
    column="a.binding_status",
    values=BINDING_STATUSES,
    headings={
        "non_binding": "non-binding",
        "binding_domestic_law": "domestic law",
        "not_assessed": "not assessed",
    },
    share="non_binding",
)


def by(reader: Reader, selection: Selection, dimensions: Sequence[str] = (), order: Order = NO_ORDER) -> Table:
    """Return the comparison over a selection; ``partner`` means the partners of the parties that are asked for."""
    return crosstab.table(reader, selection, BINDING, dimensions, order)
