"""XLSX (Office Open XML, ISO/IEC 29500): typed cells, a header that stays, a second sheet that says what was asked.

Numbers are numbers, flags booleans, shares percentages. A date is a date of the sheet only where it is exact to the day
and Excel counts that day rightly (from 1 March 1900: before it, Excel believes in a 29 February 1900); any other stays
the text that it is; a column of years is one of numbers. Text is only ever text, never a formula; one that is a web
address and nothing else is a link to it. The header says what people read, with the names of machines where our own
import could not tell them from it; codes stay what filters and imports take, but on the sheets of a whole page, which
are for reading alone. On paper a sheet lies across, as wide as the page, with its header on each. Rows are written as
they come, through temporary files; nothing in the file tells when it was made, so the same answer gives the same bytes.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, count, islice
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final

from tracker.errors import Refused
from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import labelled, plain, spoken, with_labels
from tracker.renderers._parts.markup import is_address
from tracker.renderers._parts.words import BULLET, line_in_words
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
LINKS: Final = 60_000
"""Links that a sheet gets; Excel takes some 65,000."""
ADDRESS: Final = 2_000
"""Characters of an address that is a link; Excel takes 2,079, and 255 after a ``#``."""
A4: Final = 9
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
            Sheet(book, name, in_words=_is_read(answer)).write(part)
        _about(book, answer, table)
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None  # the error of the operating system, such as a full disk
    finally:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()  # type: ignore[attr-defined] # declared as None, a file once it is made


def _parts(answer: Answer) -> Iterator[tuple[str, Table]]:
    """Yield the tables of an answer with the names of their sheets: of a whole page one a section."""
    if not _is_read(answer):
        table = as_table(answer)
        yield sheet_name(table.report), table
        return
    taken: set[str] = set()
    for section in answer.sections if isinstance(answer, Page) else ():
        for part in _of_section(section):
            own = "text" if part.report == "lines" else as_table(answer).report
            name = _free(sheet_name(section.heading or own), taken)
            taken.add(name.lower())
            yield name, part


def _is_read(answer: Answer) -> bool:
    """Whether an answer goes whole, section by section, as people read it."""
    return isinstance(answer, Page) and answer.whole


def _of_section(section: Section) -> Iterator[Table]:
    if section.facts:
        facts = [(name, labelled(value, section.labels)) for name, value in section.facts]
        yield Table("facts", [Column("name"), Column("value")], facts)
    if section.lines:
        yield Table("lines", [Column("text")], [(line_in_words(line.removeprefix(BULLET)),) for line in section.lines])
    if section.table is not None:
        yield with_labels(section.table)


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
    """A sheet with rows; ``in_words``: codes are written as people read them."""

    def __init__(self, book: "Workbook", name: str, *, in_words: bool = False) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.in_words = in_words
        self.links = 0
        self.heading: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.rows = Formats(book)
        self.totals = Formats(book, {"bold": True, "top": 1})

    def write(self, table: Table) -> None:
        """Write header, rows and totals; widths come from the first rows, the header stays when the sheet is scrolled.

        The totals stand under the range that is filtered and sorted.
        """
        rows = iter(table.rows)
        first = list(islice(rows, MEASURED))
        years = {at for at, column in enumerate(table.columns) if _is_of_years(column, [row[at] for row in first])}
        for at, column in enumerate(table.columns):
            self.sheet.set_column(at, at, _width(column, (row[at] for row in first)))
            put_text(self.sheet, (0, at), heading(column), self.heading)
        self._set_up()
        last = 0
        for last, row in enumerate(chain(first, rows), 1):
            self._row(last, table.columns, row, years)
        if table.totals is not None:
            self._row(last + 1, table.columns, table.totals, set(), self.totals)
        if table.columns:
            self.sheet.autofilter(0, 0, last, len(table.columns) - 1)

    def _set_up(self) -> None:
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_paper(A4)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)

    def _row(
        self, at: int, columns: Sequence[Column], row: Cells, years: Container[int], styles: "Formats | None" = None
    ) -> None:
        if at > ROWS:
            raise Refused(f"a sheet holds {ROWS:,} rows and this answer has more; narrow it, or take -f csv")
        for number, (column, value) in enumerate(zip(columns, row, strict=True)):
            year = number in years and _year(value)
            self._cell((at, number), column.kind, year or value, styles or self.rows)

    def _cell(self, position: tuple[int, int], kind: str, value: Cell, styles: "Formats") -> None:
        if value is None or value == []:
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(*position, value, styles.plain)
        elif isinstance(value, int | float):
            if isfinite(value):
                self.sheet.write_number(*position, value, styles.share if kind == "share" else styles.plain)
        elif kind == "date" and isinstance(value, str) and (day := exact_day(value)):
            self.sheet.write_datetime(*position, day, styles.day)
        else:
            self._text(position, self._as_text(value, kind), styles)

    def _as_text(self, value: Cell, kind: str) -> str:
        if self.in_words:
            return spoken(value, kind)
        return "\n".join(map(plain, value)) if kind == "lines" and isinstance(value, list | tuple) else plain(value)

    def _text(self, position: tuple[int, int], text: str, styles: "Formats") -> None:
        if _is_linked(text) and self.links < LINKS:
            self.links += 1
            self.sheet.write_url(*position, text, styles.link, text)
        else:
            put_text(self.sheet, position, text, styles.wrapped if "\n" in text else styles.plain)


class Formats:
    """How the cells of a row look, with what sets them apart from others."""

    def __init__(self, book: "Workbook", apart: Mapping[str, object] = MappingProxyType({})) -> None:
        base = {"valign": "top", **apart}
        self.plain: Format = book.add_format(base)
        self.wrapped: Format = book.add_format({**base, "text_wrap": True})
        self.day: Format = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self.share: Format = book.add_format({**base, "num_format": "0.0%"})
        self.link: Format = book.add_format({**base, "font_color": "#0B57A4", "underline": 1})


def heading(column: Column) -> str:
    """What a column is called: its heading, or its name with spaces; names of our own import's paths stay."""
    is_path = any(mark in column.name for mark in ".[:")
    return column.name if is_path and column.heading is None else column.title


def _is_linked(text: str) -> bool:
    is_short = len(text) <= ADDRESS and len(text.partition("#")[2]) < 255
    return is_short and text.isascii() and is_address(text)


def _is_of_years(column: Column, values: Iterable[Cell]) -> bool:
    """Whether a column of text holds years, and perhaps blanks and spans of them."""
    texts = [value for value in values if value not in (None, "")]
    is_text = column.kind in ("text", "code") and column.name != "ref"
    return is_text and any(map(_year, texts)) and all(_year(text) or _is_span(text) for text in texts)


def _year(value: Cell) -> int | None:
    """The year of a text that is one, as a number."""
    is_year = isinstance(value, str) and len(value) == len("2023") and value.isascii() and value.isdecimal()
    return int(value) if is_year and isinstance(value, str) and value >= "1000" else None


def _is_span(value: Cell) -> bool:
    return isinstance(value, str) and "/" in value and all(end in ("", "..") or _year(end) for end in value.split("/"))


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
    return min(max([NARROW, len(heading(column)) + 2, *lengths]) + 1, WIDE)


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
