"""XLSX (Office Open XML, ISO/IEC 29500): typed cells, a header that stays, a second sheet that says what was asked.

Numbers are numbers, flags booleans, shares percentages. A date is a date of the sheet only where it is exact to the day
and Excel counts that day rightly (from 1 March 1900: before it, Excel believes in a 29 February 1900); any other stays
the text that it is. Text is only ever text, never a formula or a link. Rows are written as they come, through temporary
files; nothing in the file tells when it was made, so the same answer gives the same bytes.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, count, islice
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from tracker.errors import Refused
from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import plain
from tracker.table import Answer, Cell, Column, Page, Section, Table, as_table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SUMMARY = "XLSX: a spreadsheet with numbers as numbers and exact days as dates"
SUFFIXES = (".xlsx",)
BINARY = True

ROWS: Final = 1_048_575
"""Rows that a sheet holds under its header."""
CHARACTERS: Final = 32_767
"""UTF-16 units that a cell holds."""
CUT: Final = " [cut: a cell of a spreadsheet holds no more]"
FIRST_DAY: Final = "1900-03-01"
MEASURED: Final = 500
"""Rows that the widths of the columns are taken from."""
NARROW, WIDE = 8, 60
UNMADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a property that must hold some time, the same for every file

Cells = Sequence[Cell]


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:  # noqa: ARG001 - the renderer contract
    """Write the workbook; raises Refused where a sheet cannot hold the rows."""
    from shutil import copyfileobj
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="tracker-") as folder:
        # Not straight into ``out``: a ZIP file complains at its end when its reader went away.
        file = Path(folder, "answer.xlsx")
        _save(answer, file)
        with file.open("rb") as made:
            copyfileobj(made, out)


def _save(answer: Answer, file: Path) -> None:
    """Write the workbook to a file; its temporary files lie in the same folder."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    table = as_table(answer)
    book = Workbook(file, {"constant_memory": True, "tmpdir": str(file.parent)})
    book.use_zip64()
    book.set_properties({"title": _text(_title(answer, table)), "created": UNMADE})
    try:
        for name, part in _parts(answer):
            Sheet(book, name).write(part)
        _about(book, answer, table)
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None  # the error of the operating system, such as a full disk
    finally:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()  # type: ignore[attr-defined] # declared as None, a file once it is made


def _parts(answer: Answer) -> Iterator[tuple[str, Table]]:
    """Yield the tables of an answer with the names of their sheets: of a whole page one a section."""
    if not (isinstance(answer, Page) and answer.whole):
        table = as_table(answer)
        yield sheet_name(table.report), table
        return
    taken: set[str] = set()
    for section in answer.sections:
        for part in _of_section(section):
            name = _free(sheet_name(section.heading or as_table(answer).report), taken)
            taken.add(name.lower())
            yield name, part


def _of_section(section: Section) -> Iterator[Table]:
    if section.facts:
        yield Table("facts", [Column("name"), Column("value")], section.facts)
    if section.lines:
        yield Table("lines", [Column("text")], [(line.removeprefix("- "),) for line in section.lines])
    if section.table is not None:
        yield section.table


def _free(name: str, taken: Container[str]) -> str:
    """Return a name of a sheet that none before it bears, without regard to case."""
    numbered = (f"{name[:27]} {number}" for number in count(2))
    return next(free for free in chain([name], numbered) if free.lower() not in taken)


def sheet_name(text: str) -> str:
    r"""A name that a sheet may have: at most 31 characters, none of ``[]:*?/\``, no quote at its ends."""
    kept = "".join(char if char.isalnum() or char in " -_.,()" else " " for char in text)
    name = " ".join(kept.split())[:31].strip()
    return name if name and name.lower() not in ("history", "about") else "answer"


class Sheet:
    """The sheet with the rows."""

    def __init__(self, book: "Workbook", name: str) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.heading: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.plain: Format = book.add_format({"valign": "top"})
        self.wrapped: Format = book.add_format({"valign": "top", "text_wrap": True})
        self.day: Format = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        self.share: Format = book.add_format({"valign": "top", "num_format": "0.0%"})

    def write(self, table: Table) -> None:
        """Write header and rows; widths come from the first rows, the header stays when the sheet is scrolled."""
        rows = iter(table.all_rows())
        first = list(islice(rows, MEASURED))
        for at, column in enumerate(table.columns):
            self.sheet.set_column(at, at, _width(column, (row[at] for row in first)))
            put_text(self.sheet, (0, at), column.name, self.heading)
        self.sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(_both(first, rows), 1):
            if last > ROWS:
                raise Refused(f"a sheet holds {ROWS:,} rows and this answer has more; narrow it, or take -f csv")
            for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self._cell((last, at), column.kind, value)
        if table.columns:
            self.sheet.autofilter(0, 0, last, len(table.columns) - 1)

    def _cell(self, position: tuple[int, int], kind: str, value: Cell) -> None:
        if value is None or value == []:
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(*position, value, self.plain)
        elif isinstance(value, int | float):
            if isfinite(value):
                self.sheet.write_number(*position, value, self.share if kind == "share" else self.plain)
        elif kind == "date" and isinstance(value, str) and (day := exact_day(value)):
            self.sheet.write_datetime(*position, day, self.day)
        else:
            text = "\n".join(map(plain, value)) if kind == "lines" and not isinstance(value, str) else plain(value)
            put_text(self.sheet, position, text, self.wrapped if "\n" in text else self.plain)


def put_text(sheet: "Worksheet", position: tuple[int, int], text: str, style: "Format") -> None:
    """Write text as text; what is too long for a cell is cut and says so."""
    text = _text(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for its own markup and writes it unescaped; fragments are escaped.
        sheet.write_rich_string(*position, text[:1], style, text[1:], style)
    else:
        sheet.write_string(*position, text, style)


def exact_day(text: str) -> datetime | None:
    """The day of a date that is exact to the day and that Excel counts rightly; None for every other date."""
    if len(text) != len(FIRST_DAY) or not text[:4].isdigit() or text < FIRST_DAY:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _text(text: str) -> str:
    """Text that XML and a cell can hold: lone surrogates as escapes, a cut where it is too long."""
    text = text.encode("utf-8", "backslashreplace").decode()
    if len(text) * 2 > CHARACTERS and len(text.encode("utf-16-le")) // 2 > CHARACTERS:
        kept = text.encode("utf-16-le")[: (CHARACTERS - len(CUT)) * 2].decode("utf-16-le", "ignore")
        return kept + CUT
    return text


def _width(column: Column, values: Iterable[Cell]) -> float:
    lengths = [len(line) for value in values for line in plain(value).split("\n")]
    return min(max([NARROW, len(column.name) + 2, *lengths]) + 1, WIDE)


def _both(first: Iterable[Cells], rest: Iterator[Cells]) -> Iterator[Cells]:
    yield from first
    yield from rest


def _title(answer: Answer, table: Table) -> str:
    return (answer.title if isinstance(answer, Page) else table.title) or table.report


def _about(book: "Workbook", answer: Answer, table: Table) -> None:
    """The second sheet: what was asked, and what people read under the table."""
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 100)
    bold, style = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    for number, (name, text) in enumerate(_said(answer, table)):
        put_text(sheet, (number, 0), name, bold)
        put_text(sheet, (number, 1), text, style)


def _said(answer: Answer, table: Table) -> Iterator[tuple[str, str]]:
    yield "answer", _title(answer, table)
    for name, value in table.filters.items():
        yield f"filter {name}", plain(value)
    if table.as_of:
        yield "as of", table.as_of
    for item in table.left_out:
        yield "left out", f"{item.number} ({item.reason})"
    for line in answer.footer if isinstance(answer, Page) else table.footer:
        yield "note", line
