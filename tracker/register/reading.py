"""A register read from Python: typed records and tables; ``tracker.open`` gives one."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from tracker import clock
from tracker.dates import ranges
from tracker.errors import InvalidValue
from tracker.query.arguments import FilterArguments, PageArguments
from tracker.read.file.connection import Reader, open_store
from tracker.read.file.location import StoreLocation
from tracker.record.types import Json, Record
from tracker.table import Page, Records, Table, as_table

if TYPE_CHECKING:
    from tracker.record.typed import Agreement

LIST = "list"
COMPARE = "compare"


class Register:
    """The register as it is read; a context manager, closed at its end.

    ``warnings`` gathers what is odd in what was asked, a sentence each, such as a name that no record has. A query is
    text in the grammar of ``tracker list``: ``party:JPN signed:2015..2020 not focus:cyber``; empty = everything.
    Iterators read as they go, so use them while the register is open. All answers show one state of the file.
    """

    def __init__(self, reader: Reader, today: str, path: Path) -> None:
        self._reader = reader
        self._path = path
        self.today = today
        """The ISO day from which "today", "-2y" and the like are counted, and whose status is told by default."""

    @property
    def warnings(self) -> list[str]:
        """What is odd in what was asked so far."""
        return self._reader.warnings

    def agreements(
        self,
        query: str = "",
        *,
        as_of: str | None = None,
        certain: bool = False,
        sort: str | None = None,
        limit: int | None = None,
    ) -> "Iterator[Agreement]":
        """Yield the agreements of a query in order of their refs, each as ``tracker show --json`` prints it.

        The keys are those of ``tracker.record.typed.Agreement``; dates are EDTF text, None is what is not known.

        ``as_of``: the day for which statuses are derived, as ISO 8601 or as people type it (``-1y``). ``certain``: only
        what matches whatever its partial dates leave open. Memory does not grow with the number of records.

        Raises InvalidQuery with a caret under the term, UnknownName and InvalidValue.
        """
        from tracker.read.records.agreements import records

        selection = self._selected(query, as_of, PageArguments(sort=sort, limit=limit), certain=certain)
        found = records(self._reader, selection, selection.filters.as_of)
        return cast("Iterator[Agreement]", found)

    def agreement(self, ref: str, *, as_of: str | None = None) -> "Agreement":
        """Return one agreement by its ref, or by the beginning of it where only one begins so.

        Raises NotFound with the nearest refs, and Ambiguous.
        """
        from tracker.read.lookup import refs
        from tracker.read.query.days import day
        from tracker.read.records.agreements import record

        found = record(self._reader, refs.resolve(self._reader, ref), day(as_of, self.today))
        return cast("Agreement", found)

    def files(self, ref: str) -> list[Path]:
        """Return the files that were attached to an agreement, as ``tracker open`` finds them; raises as above."""
        from tracker.read.lookup import refs
        from tracker.read.records import attached_files
        from tracker.read.records.agreements import record

        found = record(self._reader, refs.resolve(self._reader, ref), self.today)
        return [file.path for file in attached_files.of_record(self._reader, self._path, found)]

    def table(  # noqa: PLR0913  # what a list, a comparison and a report take
        self,
        name: str = LIST,
        query: str = "",
        *,
        as_of: str | None = None,
        columns: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        certain: bool = False,
        **options: Json,
    ) -> Table:
        """Return a list (``list``), a comparison of binding with non-binding (``compare``), or a report by its name.

        ``columns``, ``sort`` and ``limit`` are those of a list: names with commas, a column, a number of rows.
        ``options`` are those of the comparison (``by``) and of reports (``by``, ``rows``, ``columns_by``, ``window``,
        ``top``, ``side``, ``each``, ``among``, ``during``) as ``tracker report --help`` explains them.

        The rows are all there: dates as EDTF text, counts as int, shares as float from 0 to 1, lists as list of str,
        None for what is not known. ``Table.to_dicts`` gives them by the names of the columns; ``Table.totals`` are
        apart from them.

        Raises InvalidValue for a report, column or dimension that is none, and what ``agreements`` raises.
        """
        page = PageArguments(columns=columns, sort=sort, limit=limit)
        if name == LIST:
            _refuse(options)
            return _whole(self._listed(query, as_of, page, certain=certain))
        if page != PageArguments():
            raise InvalidValue(f"columns, sort and limit go with a list; {name!r} has its own columns and order")
        selection = self._selected(query, as_of, page, certain=certain)
        if name == COMPARE:
            from tracker.read.counting import crosstab, dimensions

            by = options.pop("by", None)
            _refuse(options)
            chosen = dimensions.chosen("by", [by] if isinstance(by, str) else by)
            return _whole(crosstab.table(self._reader, selection, crosstab.BINDING, chosen))
        from tracker.read import reports

        return _whole(reports.make(self._reader, selection, reports.check(name), _asked(options)))

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _filters(self, as_of: str | None, *, certain: bool) -> FilterArguments:
        return FilterArguments(certain=certain, as_of=as_of)

    def _selected(self, query: str, as_of: str | None, page: PageArguments, *, certain: bool) -> Json:
        from tracker.read.lists import listing

        asked = self._filters(as_of, certain=certain)
        return listing.selected(self._reader, asked, page, self.today, _words(query))

    def _listed(self, query: str, as_of: str | None, page: PageArguments, *, certain: bool) -> Records:
        from tracker.read.lists import listing

        asked = self._filters(as_of, certain=certain)
        return listing.agreements(self._reader, asked, page, self.today, words=_words(query))


def open_register(path: str | Path, *, today: str | None = None, known_at: str | None = None) -> Register:
    """Open a register to read; close it, or use it in a ``with``.

    ``path``: the file. ``today``: an ISO day to take for today (default: this machine's calendar day). ``known_at``:
    read the register as it stood at this day or moment, as ISO 8601 or as people type it (``-1y``), in UTC.

    Raises StoreAbsent where there is no file, and other StoreProblems for one that is no store of this version.
    """
    day = day_of(today)
    try:
        instant = None if known_at is None else ranges.parse_instant(known_at, day)
    except ValueError as error:
        raise InvalidValue(f"known_at: {error}") from None
    return Register(open_store(StoreLocation(Path(path), named=True, known_at=instant)), day, Path(path))


def day_of(today: str | None) -> str:
    """Return the ISO day to take for today; raises InvalidValue for what is none."""
    if today is None:
        return clock.today().isoformat()
    try:
        return date.fromisoformat(today).isoformat()
    except ValueError:
        raise InvalidValue(f"today {today!r}: expected a day such as 2026-11-22") from None


def _words(query: str) -> Sequence[str] | None:
    return [query] if query.strip() else None


def _asked(options: Record) -> Json:
    """Return the options of a report; ``columns_by`` is its dimension of columns."""
    from tracker.read.reports import ReportRequest

    given = dict(options)
    if "columns_by" in given:
        given["columns"] = given.pop("columns_by")
    if isinstance(given.get("by"), str):
        given["by"] = [given["by"]]
    unknown = given.keys() - set(ReportRequest._fields)
    _refuse(dict.fromkeys(sorted(unknown)))
    return ReportRequest(**given)


def _refuse(options: Record) -> None:
    if options:
        raise InvalidValue(f"there is no option {next(iter(options))!r} for this table")


def _whole(answer: Table | Page | Records) -> Table:
    """Return the table of an answer with its rows read."""
    table = as_table(answer)
    return table.but(rows=[tuple(row) for row in table.rows], footer=tuple(table.footer))
