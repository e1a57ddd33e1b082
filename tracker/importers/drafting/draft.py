"""A sheet looked at, its map written and tried: what ``tracker import --draft-map`` does.

The trial tells what the draft would make of the sheet, what it would refuse, and what it leaves open.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from json import dumps, loads
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from tracker.importers import Draft, Problem, Remark
from tracker.importers.drafting import columns, headers, writing
from tracker.importers.drafting.findings import Sheet
from tracker.importers.drafting.parties import Known
from tracker.importers.mapping import importer
from tracker.importers.mapping.whole_names import repeated, torn_names, with_whole_names
from tracker.importers.sheets import Row, UnreadableSheet
from tracker.importers.sheets.objects import is_json, keys_of_rows, lists, top
from tracker.importers.sheets.reading import Layout, open_sheet
from tracker.record.types import Json, Record

SAMPLED = 2_000
"""Rows by which columns are judged; the trial reads all."""

TITLE_LEFT_OPEN = 'title = { value = "(the title is not known yet)" }'
"""What stands for the titles in the trial of a map that does not know them."""

SHOWN_OF_A_CELL = 60
"""Characters of a cell that stands above the header."""

Named = Callable[[str], str]
"""The name of a party by its code."""

IN_FULL = 3
"""Records that are shown whole."""

SHOWN = 5
"""Names, refusals and days that are shown."""

Apart = Callable[[list[Record]], int]
"""How many agreements the drafts of one title, parties and day are."""

MOST_HELD = 50_000
"""Rows without a key of which all is held that they say; of more only a least number of agreements is told."""


@dataclass(slots=True)
class Trial:
    """What a map made of a sheet."""

    made: list[Draft] = field(default_factory=list)
    """The first records."""
    rows: int = 0
    keys: set[str] = field(default_factory=set)
    said: dict[str, dict[str, None]] = field(default_factory=dict)
    """What the rows of each key say, where it is made of title, parties and day."""
    held: int = 0
    parties: Counter[str] = field(default_factory=Counter)
    """Codes of parties, with the rows that name each."""
    unknown: Counter[str] = field(default_factory=Counter)
    without_party: int = 0
    days: Counter[str] = field(default_factory=Counter)
    """Kinds of acts, with the rows that give a day."""
    first: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    without_day: int = 0
    refused: dict[str, Problem] = field(default_factory=dict)
    """Rows that cannot be taken, each with the first reason."""
    remarks: list[str] = field(default_factory=list)

    def agreements(self, apart: Apart) -> int:
        """How many agreements the rows are: those of one title, parties and day are one where nothing contradicts."""
        several = [[loads(text) for text in texts] for texts in self.said.values() if len(texts) > 1]
        return len(self.keys) + sum(apart(drafts) - 1 for drafts in several)


@dataclass(frozen=True, slots=True)
class View:
    """How a trial is told."""

    known: Known
    named: Named
    titled: bool
    """The map knows the titles."""
    keyed: bool
    """The map has a key."""
    apart: Apart


def told(trial: Trial, questions: Sequence[str], view: View) -> Iterator[str]:
    """Say what a draft would make."""
    titled, named = view.titled, view.named
    whole = trial.rows + len(trial.refused)
    number = trial.agreements(view.apart) if titled else 0
    least = "at least " if trial.held > MOST_HELD else ""
    agreements = (
        least + _count_of(number, "agreement") if titled else "agreements cannot be told before their titles are"
    )
    refused = f", {len(trial.refused)} of them refused" if trial.refused else ""
    yield f"tried on the sheet: {_count_of(whole, 'row')}{refused}; {agreements}"
    if titled and number < trial.rows and not least:
        joined = trial.rows - number
        verb = "joins" if joined == 1 else "join"
        yield f"  {_count_of(joined, 'row')} {verb} another of the same title, day and parties, or the same key"
    if titled and number > len(trial.keys):
        beside = _count_of(number - len(trial.keys), "row")
        yield f"  {beside} with the title, day and parties of another and other things beside: other agreements"
    yield from _parties(trial, named)
    yield from _days(trial)
    for problem in list(trial.refused.values())[:SHOWN]:
        place = f"{problem.where}: {problem.column}" if problem.column else problem.where
        value = f"{problem.value!r}: " if problem.value else ""
        yield f"  refused: {place}: {value}{problem.message}"
    if len(trial.refused) > SHOWN:
        yield f"  ... and {len(trial.refused) - SHOWN} more"
    yield from (f"  {remark}" for remark in trial.remarks)
    yield f"stays open: {_count_of(len(questions), 'question')}" if questions else "stays open: nothing that was seen"
    yield from (f"  {question}" for question in questions)
    for draft in trial.made:
        yield from _record(draft, view)


@dataclass(frozen=True, slots=True)
class FirstMap:
    """A map, and what it would make of its sheet, line by line."""

    text: str
    told: list[str]


def drafted(stream: BinaryIO, name: str, known: Known, named: Named, apart: Apart) -> FirstMap:
    """Draft a map for a sheet and try it on all its rows; raises UnreadableSheet with what to do."""
    path, others = _path_of_rows(stream)
    sheet = open_sheet(stream, Layout(rows=path, is_likely=True))
    rows = list(islice(sheet.rows, SAMPLED))
    if not rows or (sheet.keyed and len(rows) == 1):
        raise UnreadableSheet("holds no row; there is nothing to draft a map from")
    if sheet.keyed and not rows[0].cells:
        raise UnreadableSheet(
            "holds no object, whose keys would be columns; write its rows as objects, [{...}, {...}], or save it as CSV"
        )
    judged = columns.judged(rows, known, keyed=sheet.keyed, linked=sheet.linked)
    if judged is None:
        raise UnreadableSheet(_no_header(rows))
    if judged.at and not judged.rows:
        called = " | ".join(column.name for column in judged.columns)
        raise UnreadableSheet(f"names its columns ({called}) and has no row below them; there is nothing to draft from")
    judged.path, judged.lists, judged.encoding = path, others, sheet.encoding
    text = writing.written(judged, name, sheet.remarks)
    titled = judged.title is not None
    stream.seek(0)
    run = text if titled else text.replace(f"\n{writing.NO_TITLE}\n", f"\n{TITLE_LEFT_OPEN}\n", 1)
    tried = _trial_of(run, stream, name, known)
    questions = writing.open_questions(text)
    view = View(known, named, titled, keyed=judged.key is not None, apart=apart)
    return FirstMap(text, [*_seen(judged), *told(tried, questions, view)])


def _path_of_rows(stream: BinaryIO) -> tuple[str | None, list[str]]:
    """Return where the rows of a JSON document stand, and other lists that might be; None: it is the list, or a row."""
    head = stream.read(1024)
    stream.seek(0)
    if not is_json(head):
        return None, []
    found = [path for path, _ in lists(stream)]
    if not found and (keys := keys_of_rows(stream)):
        raise UnreadableSheet(
            f"holds its rows under keys of their own ({', '.join(keys[:3])}{', ...' if len(keys) > 3 else ''}), and a"
            " map reads a list of objects: write them as a list, [{...}, {...}], with the key inside each"
        )
    is_row = found != [] and any(headers.title_rank(key) < headers.NO_RANK - 1 for key in top(stream))
    return (None, found) if is_row or not found else (found[0], found[1:])


def _no_header(rows: list[Row]) -> str:
    first = max(rows[:5], key=lambda row: sum(map(bool, row.cells)))
    return (
        f"has no row that names its columns: row {first.number} ({_short(first)}) looks like a record; "
        "put a row of names above the first record, such as Title, Party, Signed, and draft again"
    )


def _short(row: Row) -> str:
    return " | ".join(cell[:SHOWN_OF_A_CELL] for cell in row.cells if cell)


def _seen(sheet: Sheet) -> list[str]:
    """What was taken for the header, and what stands above it."""
    names = " | ".join(column.name for column in sheet.columns)
    at = "rows " + " and ".join(map(str, sheet.at)) if len(sheet.at) > 1 else f"row {sheet.at[0]}" if sheet.at else ""
    lines = [f"header: {at}: {names}" if at else f"keys of {sheet.path or 'each object'}: {names}"]
    lines += [f"above it, not read: row {row.number}: {_short(row)}" for row in sheet.above]
    title = f"title: {sheet.title.name!r}" if sheet.title else "title: no column for certain"
    parties = [column.name for column in sheet.columns if column.party or column.flag]
    return [*lines, f"{title}; party columns: {', '.join(map(repr, parties)) or 'none for certain'}"]


def _trial_of(text: str, stream: BinaryIO, name: str, known: Known) -> Trial:
    """Read a sheet by a map and count what comes; nothing is written."""
    trial = Trial()

    def is_party(name: str) -> bool:
        return known("name", name) is not None

    with TemporaryDirectory() as folder:
        path = Path(folder) / "draft.toml"
        path.write_text(text, encoding="utf-8")
        for entry in importer(path).read(stream, name):
            if isinstance(entry, Draft):
                draft = with_whole_names(entry, is_party)
                told = (*torn_names(entry, is_party), *repeated(draft))
                trial.remarks += [f"{remark.where}: {remark.value!r} {remark.message}" for remark in told]
                if not draft.refused:
                    _count(trial, draft, known)
            elif isinstance(entry, Problem):
                trial.refused.setdefault(entry.where, entry)
            elif isinstance(entry, Remark):
                trial.remarks.append(f"{entry.where}: {entry.message}")
    return trial


def _count(trial: Trial, draft: Draft, known: Known) -> None:
    record = draft.content
    trial.rows += 1
    key = str((record.get("origin") or {}).get("key"))
    trial.keys.add(key)
    trial.held += draft.natural
    if draft.natural and trial.held <= MOST_HELD:
        trial.said.setdefault(key, {})[_said(record)] = None
    if len(trial.made) < IN_FULL:
        trial.made.append(draft)
    codes = {party["code"]: party_of(party["code"], known) for party in record["parties"]}
    trial.parties.update(list(dict.fromkeys(code for code in codes.values() if code)))
    trial.unknown.update(text.partition(":")[2] for text, code in codes.items() if code is None)
    trial.without_party += not codes
    dated = [(event["kind"], event["date"]) for event in record["events"] if event.get("date")]
    trial.days.update(list(dict.fromkeys(kind for kind, _ in dated)))
    trial.without_day += not dated
    for kind, day in dated:
        trial.first[kind] = min(day, trial.first.get(kind, day))
        trial.last[kind] = max(day, trial.last.get(kind, day))


def _said(record: Record) -> str:
    """All that a row says, but for where it stands."""
    events = [{key: value for key, value in event.items() if key != "origin"} for event in record["events"]]
    return dumps({**record, "origin": None, "events": events}, ensure_ascii=False)


def party_of(text: str, known: Known) -> str | None:
    """The code of a party that a draft names as ``name:France`` or ``m49:250``."""
    scheme, _, name = text.partition(":")
    return known(scheme, name)


def _parties(trial: Trial, named: Named) -> Iterator[str]:
    most = ", ".join(f"{named(code)} {count}" for code, count in trial.parties.most_common(SHOWN))
    more = f", and {len(trial.parties) - SHOWN} more" if len(trial.parties) > SHOWN else ""
    none = f"; {_count_of(trial.without_party, 'row')} without" if trial.without_party else ""
    yield f"parties: {len(trial.parties)} different{f' ({most}{more})' if most else ''}{none}"
    if trial.unknown:
        names = ", ".join(f"{name!r} {count}" for name, count in trial.unknown.most_common(SHOWN))
        more = f", and {len(trial.unknown) - SHOWN} more" if len(trial.unknown) > SHOWN else ""
        yield f"  names that no party bears, with their rows, which are refused: {names}{more}"


def _days(trial: Trial) -> Iterator[str]:
    kinds = "; ".join(
        f"{kind} in {_count_of(count, 'row')}, {trial.first[kind]} to {trial.last[kind]}"
        for kind, count in trial.days.items()
    )
    none = f"; {_count_of(trial.without_day, 'row')} without" if trial.without_day and kinds else ""
    yield f"days: {kinds or 'none'}{none}"


def _count_of(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _record(draft: Draft, view: View) -> Iterator[str]:
    """Write a record in full, a line a value."""
    yield f"{draft.where}:"
    for label, value in _lines(draft.content, view):
        if value not in (None, "", [], {}):
            yield f"  {label:<20} {_text(value)}"


def _lines(record: Record, view: View) -> Iterator[tuple[str, Json]]:
    if view.keyed:
        yield "key", (record.get("origin") or {}).get("key")
    if view.titled:
        yield "title", record.get("title")
    yield "parties", "; ".join(_party(party["code"], view) for party in record["parties"])
    for event in record["events"]:
        of = " (of the party)" if event.get("parties") else ""
        yield event["kind"], f"{event.get('date') or 'day unknown'}{of}"
    for relation in record.get("relations") or []:
        yield relation["type"], (relation.get("target") or relation["target_title"]).removeprefix("key:")
    yield "sources", [item["source"].get("url") or item["source"].get("title") for item in record.get("sources", [])]
    for key, value in record.items():
        if key not in (
            "record",
            "title",
            "parties",
            "events",
            "origin",
            "extra",
            "identifiers",
            "relations",
            "sources",
        ):
            yield key, value
    yield from ((f"x.{key}", value) for key, value in (record.get("extra") or {}).items())


def _party(text: str, view: View) -> str:
    code = party_of(text, view.known)
    return f"{view.named(code)} ({code})" if code else f"{text.partition(':')[2]} (unknown)"


def _text(value: Json) -> str:
    if isinstance(value, list):
        return "; ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(item)}" for key, item in value.items() if item not in (None, "", [], {}))
    return str(value)
