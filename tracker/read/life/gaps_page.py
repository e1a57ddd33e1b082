"""``gaps`` for people: a row for each agreement, with fewer columns than for machines."""

from collections.abc import Iterator

from tracker.read.life.gaps import Gaps, each, heading
from tracker.table import Column, Page, Section, Table


def page(gaps: Gaps) -> Page:
    """Return one row an agreement, for people with fewer columns than for machines."""
    data = each(gaps)
    return Page(data.title, _sections(gaps, data), data, data.footer)


def _sections(gaps: Gaps, data: Table) -> Iterator[Section]:
    names = [column.name for column in data.columns]
    begin, end = (heading(stage) for stage in (gaps.question.begin, gaps.question.end))
    columns = [Column("ref"), Column("title"), Column("from", "date", begin), Column("to", "date", end),
               Column("days", "text"), Column("certain", "flag")]  # fmt: skip
    if gaps.question.open:
        columns[3:5] = [Column("status"), Column("days since", "text")]
    rows = []
    for row in data.rows:
        cells = dict(zip(names, row, strict=True))
        *_, exact, least, most, certain = row
        days = (
            str(exact)
            if exact is not None
            else f"{'..' if least is None else least} to {'..' if most is None else most}"
        )
        first = cells[gaps.question.begin.name] if gaps.question.open else cells["from"]
        second = [cells["status"], days] if gaps.question.open else [cells["to"], days]
        rows.append((cells["ref"], cells["title"], first, *second, certain))
    if all(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    yield Section(table=Table("gaps", columns, rows))
