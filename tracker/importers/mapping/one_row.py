"""One row of a sheet under a map: its acts and relations, and what is odd or cannot be taken.

A relation leads to the agreement of a key, or of the row that holds some texts.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tracker.importers import Problem, Remark
from tracker.importers.mapping.binding import Bound
from tracker.importers.mapping.row_parties import PREFIXES, Parties
from tracker.importers.mapping.specs import Date, Event, Party, Relation, Text
from tracker.importers.mapping.texts import (
    CellError,
    Cells,
    columns_of,
    first_date_of,
    first_dates_of,
    spelled_span,
    text_of,
    texts_of,
)
from tracker.record.types import Json, Record

Find = Callable[[Relation, Mapping[str, str]], str | None]
"""The key of the one row whose columns hold these texts."""

KEY = "key:"
"""What stands before the key of an agreement of the same set."""


class OneRow:
    """One row; a cell that cannot be taken is noted, and the rest is still looked at."""

    def __init__(self, bound: Bound, row: Cells, where: str) -> None:
        self.bound, self.map, self.row = bound, bound.map, row
        self.where = where
        self.problems: list[Problem] = []
        self.remarks: list[Remark] = []
        self.refused: set[str] = set()
        """Keys of the record of which a cell could not be taken."""
        self.keyed = False
        """Whether the row is an object of JSON, with lists in it."""

    def tried(self, key: str, read: Callable[[], Json]) -> Json:
        """Return what is read; a cell that cannot be taken is noted with the key of the record that it would fill."""
        try:
            return read()
        except CellError as error:
            self.refuse(key, error)
            return None

    def refuse(self, key: str, error: CellError) -> None:
        """Note a cell that cannot be taken, with the key of the record that it would fill."""
        self.refused.add(key)
        problem = Problem(self.where, str(error), error.column or None, error.value)
        if problem not in self.problems:
            self.problems.append(problem)

    def listed(self, key: str, texts: Sequence[Text]) -> list[str]:
        """The texts of a list, as far as they can be taken."""
        return [value for text in texts for value in self.tried(key, partial(texts_of, text, self.row)) or ()]

    def texts(self, key: str, texts: Mapping[str, Text]) -> Record:
        """The texts of an item, as far as they can be taken."""
        tried = {field: self.tried(key, partial(text_of, text, self.row)) for field, text in texts.items()}
        return {field: value for field, value in tried.items() if value}

    def tell_spans(self, specs: Sequence[Date], dates: Sequence[str]) -> None:
        """Remark on a date that the text gives as a span: it is read as one day in it, and may be several."""
        for date in dates:
            if spanned := spelled_span(specs, self.row, date):
                why = f"is taken for one day, not known which: {date}; if it names several days, write each of them"
                self.note([spanned], why)

    def note(self, columns: Sequence[str], why: str) -> None:
        """Remark on what stands in columns of the row."""
        for column in dict.fromkeys(columns):
            if value := self.tried("events", partial(self.row.get, column)):
                self.remarks.append(Remark(self.where, why, self.row.name(column), value))


class Acts:
    """Reads the acts of one row."""

    def __init__(self, one: OneRow, parties: list[Record]) -> None:
        self.one, self.parties = one, parties
        self.named: dict[str, Event] = {}
        """Parties that take part by an act alone, which says who they are."""

    def told(self) -> list[Record]:
        """Return the acts of the row; cells that belong to none of them are remarked on."""
        told = [self.one.tried("events", partial(self._events, spec)) or [] for spec in self.one.bound.events]
        if "events" not in self.one.refused:
            self._tell_lost([bool(events) for events in told])
        return [event for events in told for event in events]

    def _events(self, spec: Event) -> list[Record]:
        """The acts of a spec; a list in the cell of the day or the kind tells of as many."""
        days = [text for day in spec.dates.get("date", ()) for text in (day.text, *day.parts) if text]
        leading = columns_of((), [*days, spec.kind])
        beside = [*columns_of(spec.when, ()), *_columns_of(spec, beside="date")]
        specs = self._specs_beside(leading) if spec.of_parties else []
        named = [
            column for party, columns in specs for column in (*columns, *columns_of(party.when, party.texts.values()))
        ]
        one, whole, parties, made = self.one, self.one.row, self.parties, list[Record]()
        try:
            for one.row in whole.spread(leading, [*beside, *named]):
                if specs:
                    self.parties = Parties(one.row, partial(one.refuse, "parties")).named(*zip(*specs, strict=True))
                made += one.tried("events", partial(self._of_days, spec)) or []
        finally:
            one.row, self.parties = whole, parties
        return made

    def _specs_beside(self, leading: Sequence[str]) -> list[tuple[Party, Sequence[str]]]:
        """What names parties in the list of JSON objects into which the day of an act leads, and in every row.

        Nothing where no party stands in that list: then the act is of all parties of the row.
        """
        if not self.one.keyed:
            return []
        lists = {column.partition(".")[0] for column in leading if "." in column}
        specs = list(zip(self.one.map.parties, self.one.bound.party_columns, strict=True))
        inside = [any(column.partition(".")[0] in lists for column in columns) for _, columns in specs]
        chosen = [spec for spec, is_inside in zip(specs, inside, strict=True) if is_inside or spec[0].constants]
        return chosen if any(inside) else []

    def _of_days(self, spec: Event) -> list[Record]:
        """The acts of one row, or item of a list: as many as its cell names days; two signature acts are two events."""
        if not self.one.row.meets(spec.when):
            return []
        dates = first_dates_of(spec.dates.get("date", ()), self.one.row)
        if not dates and not spec.undated:
            return []
        columns = [column for day in spec.dates.get("date", ()) if day.text for column in day.text.columns]
        if spec.of_parties and len(dates) > 1 and len({party["code"] for party in self.parties}) > 1:
            message = (
                f"names {len(dates)} days of an act of several parties, and not who acted on which: a row for each"
            )
            raise CellError(" + ".join(map(self.one.row.name, columns)), " and ".join(dates), message)
        self.one.tell_spans(spec.dates.get("date", ()), dates)
        event = self._event(spec, dates[0] if dates else None)
        if event is None:
            return []
        if len(dates) > 1:
            self.one.note(columns, f"names {len(dates)} days: {len(dates)} acts, {' and '.join(dates)}")
        return [{**event, "date": date} for date in dates] if dates else [event]

    def _event(self, spec: Event, date: str | None) -> Record | None:
        one = self.one
        kind = self._kind(spec, date)
        event: Record = {"kind": kind, "date": date}
        for name, days in spec.dates.items():
            if name != "date" and (day := one.tried("events", partial(first_date_of, days, one.row))):
                event[name] = day
                one.tell_spans(days, [day])
        event |= one.texts("events", spec.texts)
        if kind == "other" and spec.kind.columns and (raw := one.row.get(spec.kind.columns[0])):
            event.setdefault("kind_raw", raw)
        for key, texts in spec.lists.items():
            if values := one.listed("events", texts):
                event[key] = values
        if spec.of:
            self.named |= dict.fromkeys(spec.of, spec)
            event["parties"] = [f"{PREFIXES['name']}{name}" for name in spec.of]
        return self._of_parties(event) if spec.of_parties else event

    def _of_parties(self, event: Record) -> Record | None:
        """Say whose act an event is; none where the cell that names its party cannot be taken."""
        codes = list(dict.fromkeys(party["code"] for party in self.parties))
        if codes:
            return {**event, "parties": codes}
        if "parties" not in self.one.refused:
            raise CellError("", "", f"an act of a party ({event['kind']}), but the row names no party")
        self.one.refused.add("events")
        return None

    def _kind(self, spec: Event, date: str | None) -> str:
        kind = text_of(spec.kind, self.one.row)
        if kind is None:
            columns = " + ".join(map(self.one.row.name, spec.kind.columns))
            raise CellError(columns, "", f"is empty, but there is a date, {date}: what happened is not said")
        return kind

    def _tell_lost(self, became: Sequence[bool]) -> None:
        """Remark on cells that belong to an act which the row does not tell of, and that nothing else takes."""
        if all(became):
            return
        one = self.one
        taken = set(one.bound.taken)
        dropped: dict[str, str] = {}
        for spec, made in zip(one.bound.events, became, strict=True):
            asked = one.row.meets(spec.when)
            columns = _columns_of(spec, beside=None if made or not asked else "date")
            if made:
                taken.update(columns)
                continue
            kind = spec.kind.constant or "act"
            why = f"is of an act without a day ({kind}), and goes nowhere; undated = true would take the act"
            if not asked:
                why = "goes nowhere, for no act of the map is asked for in this row"
                columns = columns if one.tried("events", partial(self._has_day, spec)) else []
            for column in columns:
                dropped.setdefault(column, why)
        for column, why in dropped.items():
            if column not in taken:
                one.note([column], why)

    def _has_day(self, spec: Event) -> bool:
        return bool(first_dates_of(spec.dates.get("date", ()), self.one.row))


class Relations:
    """Reads the relations of one row."""

    def __init__(self, one: OneRow, find: Find) -> None:
        self.one, self.find = one, find
        self.columns: dict[str, str] = {}
        """The column in which each key stands that a relation leads to, by what the relation says of it."""

    def told(self, spec: Relation) -> list[Record]:
        """Return the relations of a spec; a list of objects tells of an item each."""
        leading = columns_of((), [text for text in (spec.key, *spec.find.values()) if text])
        beside = columns_of(spec.when, [text for text in (spec.type, spec.title, *spec.texts.values()) if text])
        one, whole, made = self.one, self.one.row, list[Record]()
        try:
            for one.row in whole.spread(leading, beside):
                made += one.tried("relations", partial(self._relations, spec)) or []
        finally:
            one.row = whole
        return made

    def _relations(self, spec: Relation) -> list[Record]:
        """The relations of a row; a cell with several keys leads to as many agreements."""
        one = self.one
        if not one.row.meets(spec.when):
            return []
        kind = text_of(spec.type, one.row)
        targets, columns = self._targets(spec)
        if targets and kind is None:
            one.note(columns, "leads to an agreement, but the row does not say how the two are related")
            return []
        title = text_of(spec.title, one.row)
        if not targets:
            self._tell_aimless(spec)
            return []
        fields = one.texts("relations", spec.texts)
        for key, _ in targets:
            if key:
                self.columns[KEY + key] = " + ".join(map(one.row.name, columns))
        return [
            {"type": kind, "target_title": title or called, **({"target": KEY + key} if key else {}), **fields}
            for key, called in targets
        ]

    def _targets(self, spec: Relation) -> tuple[list[tuple[str | None, str]], list[str]]:
        """Return the keys that a row leads to, each with what stands for its title, and the columns that say so."""
        if not spec.find:
            keys = texts_of(spec.key, self.one.row) if spec.key else []
            return [(key, f"{self.one.map.name} {key}") for key in keys], columns_of((), [spec.key] if spec.key else [])
        texts = {column: text_of(text, self.one.row) or "" for column, text in spec.find.items()}
        columns = columns_of((), spec.find.values())
        if not all(texts.values()):
            return [], columns
        found = self.find(spec, texts)
        if found is None:
            said = " and ".join(f"{self.one.row.name(column)} {text!r}" for column, text in texts.items())
            self.one.note(columns, f"leads to no row, or to several: none alone has {said}; kept as a title")
        return [(found, " ".join(texts.values()))], columns

    def _tell_aimless(self, spec: Relation) -> None:
        """Remark on words of a relation that leads nowhere and that nothing else takes."""
        texts = [spec.type, *([spec.title] if spec.title else []), *spec.texts.values()]
        columns = [column for text in texts for column in text.columns if column not in self.one.bound.kept]
        self.one.note(columns, "is of a relation, but the row does not say to which agreement")


def _columns_of(spec: Event, beside: str | None) -> list[str]:
    """The columns that an act is told from: its days but for the one that is left aside, its texts and lists."""
    texts = [*spec.texts.values(), *(text for several in spec.lists.values() for text in several)]
    for key, days in spec.dates.items():
        for day in days if key != beside else ():
            texts += [text for text in (day.text, *day.parts) if text]
    return columns_of((), texts)
