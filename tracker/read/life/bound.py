"""What binds a party: its own standing in each of its agreements on a day, beside what the agreements are."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from tracker.law.life.standing import COLUMNS, standing
from tracker.read.file.connection import Reader
from tracker.read.life.life import spoken
from tracker.table import Column, Page, Records, Section, Table

SPANS = (
    f"SELECT agreement_ref, {', '.join(COLUMNS)} FROM spans WHERE party = :code AND agreement_id IN"
    " (SELECT agreement_id FROM participations WHERE code = :code) ORDER BY agreement_ref, position"
)


def with_standings(reader: Reader, page: Page, day: str) -> Page:
    """Return the page of a party with its standing on the day beside each of its agreements."""
    if not isinstance(page.data, Records):
        return page
    code = next(iter(page.data.objects))["code"]
    return page.but(sections=_with_standings(reader, page.sections, code, day))


def _with_standings(reader: Reader, sections: Iterable[Section], code: str, day: str) -> Iterator[Section]:
    *others, agreements = sections
    yield from others
    if agreements.table is None:
        yield agreements
        return
    rows = reader.rows(SPANS, {"code": code})
    spans = {ref: list(mine) for ref, mine in groupby(rows, key=itemgetter("agreement_ref"))}
    names = [column.name for column in agreements.table.columns]
    ref, binding = names.index("ref"), names.index("binding_status")
    told = []
    for row in agreements.table.rows:
        held = standing(spans.get(str(row[ref]), ()), day, code)
        told.append((*row, spoken(str(row[binding]), held.status, certain=held.certain)))
    columns = [*agreements.table.columns, Column("standing", heading=f"{code} on {day}", weight=8)]
    table = Table(agreements.table.report, columns, told, folded=False)
    yield agreements.but(table=table)
