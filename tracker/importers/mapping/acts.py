"""The acts that a row tells of, and the cells of acts that it does not tell of."""

from collections.abc import Sequence
from functools import partial

from tracker.importers.mapping.one_row import OneRow
from tracker.importers.mapping.parties import columns_of
from tracker.importers.mapping.specs import Event
from tracker.importers.mapping.texts import CellError, first_date_of, first_dates_of, text_of
from tracker.record.types import Record


class Acts:
    """Reads the acts of one row."""

    def __init__(self, one: OneRow, parties: list[Record]) -> None:
        self.one, self.parties = one, parties

    def told(self) -> list[Record]:
        """Return the acts of the row; cells that belong to none of them are remarked on."""
        told = [self.one.tried("events", partial(self._events, spec)) or [] for spec in self.one.map.events]
        if "events" not in self.one.refused:
            self._tell_lost([bool(events) for events in told])
        return [event for events in told for event in events]

    def _events(self, spec: Event) -> list[Record]:
        """The acts of a spec; a list in the cell of the day or the kind tells of as many."""
        days = [text for day in spec.dates.get("date", ()) for text in (day.text, *day.parts) if text]
        beside = [*columns_of(spec.when, ()), *_columns_of(spec, beside="date")]
        one, whole, made = self.one, self.one.row, list[Record]()
        try:
            for one.row in whole.spread(columns_of((), [*days, spec.kind]), beside):
                made += self._of_days(spec)
        finally:
            one.row = whole
        return made

    def _of_days(self, spec: Event) -> list[Record]:
        """The acts of one row, or item of a list: as many as its cell names days; two signature acts are two events."""
        if not self.one.row.meets(spec.when):
            return []
        dates = first_dates_of(spec.dates.get("date", ()), self.one.row)
        if not dates and not spec.undated:
            return []
        self.one.tell_spans(spec.dates.get("date", ()), dates)
        event = self._event(spec, dates[0] if dates else None)
        if event is None:
            return []
        if len(dates) > 1:
            columns = [column for day in spec.dates["date"] if day.text for column in day.text.columns]
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
        for spec, made in zip(one.map.events, became, strict=True):
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


def _columns_of(spec: Event, beside: str | None) -> list[str]:
    """The columns that an act is told from: its days but for the one that is left aside, its texts and lists."""
    texts = [*spec.texts.values(), *(text for several in spec.lists.values() for text in several)]
    for key, days in spec.dates.items():
        for day in days if key != beside else ():
            texts += [text for text in (day.text, *day.parts) if text]
    return columns_of((), texts)
