"""What a source says of a field, and whether the register follows it."""

from copy import deepcopy
from typing import NamedTuple

from tracker.errors import InvalidValue, Refused, UsageProblem
from tracker.plain import Value
from tracker.query.arguments import Texts
from tracker.read.answers.claims import held as shown
from tracker.read.file.connection import Reader
from tracker.read.lookup import brackets, refs
from tracker.read.records.agreements import record as read_record
from tracker.read.records.conflicting_claims import text
from tracker.record import claims, edits
from tracker.record import values as paths
from tracker.record.document import blank
from tracker.record.paths import TOPIC, PathError
from tracker.record.types import Json, Record
from tracker.record.vocabulary import STATUSES, VocabularyError, check
from tracker.store.validation.models import validate
from tracker.store.write.writer import Writer
from tracker.work import typed
from tracker.work.outcome import Done


class ClaimTexts(Value):
    """Who says it, where, and what we make of it."""

    source: Texts = None
    """Ids or addresses of those who say it."""
    adopt: bool = False
    """Follow it: the field gets this value."""
    locator: str | None = None
    """Where in the source: ``p. 3``, ``art. 2``."""
    confidence: str | None = None
    """``high``, ``medium`` or ``low``."""
    reason: str | None = None
    """Why it is adopted, or is not."""
    note: str | None = None

    @property
    def details(self) -> Record:
        """What was said beside field, value and sources."""
        details = {"locator": self.locator, "confidence": self.confidence, "reason": self.reason, "note": self.note}
        return {key: value for key, value in details.items() if value is not None}


class Asserted(NamedTuple):
    """A claim as it was typed: its field in full, and its value as the field would hold it."""

    field: str
    value: Json
    sources: list[Json]


def claim(writer: Writer, ref: str, path: str, value: str, today: str, given: ClaimTexts) -> Done:
    """Record what a source says of a field, also where it is not followed; ``adopt`` makes it the field's value.

    ``path`` is a field (``signed``, ``events[e1].date``) or ``topic:SLUG``. Per field one claim at most is adopted; a
    claim that is there already gets the sources and details given here. Raises NotFound, UnknownName, InvalidValue,
    InvalidRecord, UsageProblem where a new claim has no source, and Refused where the claims contradict the record.
    """
    name = refs.resolve(writer.reader, ref)
    record = read_record(writer.reader, name, today)
    before = deepcopy(record)
    asserted = _asserted(writer.reader, record, path, value, given, today)
    item = _put(record, asserted, given)
    if given.adopt:
        _adopt(record, item, asserted)
    try:
        claims.reconcile(before, record)
    except claims.ClaimError as error:
        raise Refused(f"{name}: {error}") from error
    outcome = writer.put_agreement(validate(record, name))
    after = read_record(writer.reader, name, today)  # as it now stands, inside the transaction
    lines = [f"{name}: {line}" for line in _told(before, after, asserted)]
    if not lines:
        return Done(name, outcome.what, remarks=[f"{name}: nothing to change, the claim is there already"])
    see = f"see them with: tracker claims {name} '{asserted.field}'"
    return Done(name, outcome.what, changes=outcome.changes, remarks=lines, next=see)


def _asserted(reader: Reader, record: Record, path: str, text: str, given: ClaimTexts, today: str) -> Asserted:
    try:
        field = claims.subject(record, brackets.looked_up(reader, record, path))
        value = _value(reader, record, field, text, today)
    except PathError as error:
        raise InvalidValue(str(error)) from error
    if given.adopt and field == "status":
        raise InvalidValue(
            "a status is derived, so no claim on it is adopted; record what happened: tracker event REF KIND DATE"
        )
    sources = [typed.source(reader, source) for source in given.source or []]
    return Asserted(field, value, sources)


def _value(reader: Reader, record: Record, field: str, text: str, today: str) -> Json:
    """The value as the field would hold it; refused where the field could not."""
    if field.startswith(TOPIC):
        return text.strip()
    if claims.is_date(field):
        return typed.date(text, today, field)
    if field == "status":
        code = text.strip().lower().replace(" ", "_").replace("-", "_")
        try:
            check(code, STATUSES, "status")
        except VocabularyError as error:
            raise InvalidValue(str(error)) from error
        return code
    if claims.is_whole_item(field):
        parsed = paths.parse(field)
        wants_object = parsed.kind == "object" and text.strip().startswith("{")
        return (
            edits.value_from_text(parsed, text)
            if wants_object
            else {"true": True, "false": False}.get(text.lower(), text.strip())
        )
    value = typed.value(reader, field, text, today)
    trial = {**deepcopy(record), "claims": []}
    edits.set_(trial, field, value)
    present = paths.get(validate(trial, record["ref"]), field)
    return present["id"] if isinstance(present, dict) and "record" in present else present


def _put(record: Record, asserted: Asserted, given: ClaimTexts) -> Record:
    """The claim in the record: the one that says the same already, or a new one."""
    item: Record | None = None
    for claim in record["claims"]:
        if _subject(record, claim) == asserted.field and claim["value"] == asserted.value:
            item = claim
    if item is None:
        if not asserted.sources:
            raise UsageProblem("a claim says who claims it: give --source ID or --source URL")
        item = blank("agreement.claims") | {"field": asserted.field, "value": asserted.value}
        record["claims"].append(item)
    item |= given.details
    item["sources"] = [*item["sources"], *(source for source in asserted.sources if source not in item["sources"])]
    return item


def _subject(record: Record, claim: Record) -> str:
    try:
        return claims.subject(record, claim["field"])
    except PathError:
        return str(claim["field"])


def _adopt(record: Record, item: Record, asserted: Asserted) -> None:
    for other in record["claims"]:
        if other is not item and _subject(record, other) == asserted.field:
            other["adopted"] = False
    item["adopted"] = True
    field = asserted.field
    if field.startswith(TOPIC):
        return
    try:
        if claims.is_date(field):
            claims.bear(record, field, asserted.value, item["sources"])
        elif not claims.is_whole_item(field) or isinstance(asserted.value, dict):
            edits.set_(record, field, asserted.value)
    except PathError as error:
        raise InvalidValue(str(error)) from error


def _told(before: Record, after: Record, asserted: Asserted) -> list[str]:
    """What was done, a line each: the claim, the field, the event that was made, claims that are no longer adopted."""
    former = {claim["id"]: claim for claim in before["claims"]}
    lines = []
    for claim in after["claims"]:
        old = former.get(claim["id"])
        sentence = f"{claim['id']}: {claim['field']} = {text(claim['value'])} ({', '.join(claim['sources'])})"
        if old is None:
            lines.append(f"recorded claim {sentence}{', adopted' if claim['adopted'] else ''}")
        elif claim["adopted"] and not old["adopted"]:
            lines.append(f"adopted claim {sentence}")
        elif old["adopted"] and not claim["adopted"]:
            lines.append(f"{claims.sentence(claim)}")
        elif old != claim:
            lines.append(f"changed claim {sentence}")
    known = {event["id"] for event in before["events"]}
    made = [event for event in after["events"] if event["id"] not in known]
    lines += [f"made event {event['id']}: {event['kind']} {event['date']}" for event in made]
    if not made and not asserted.field.startswith(TOPIC):
        was, now = shown(before, asserted.field), shown(after, asserted.field)
        if was != now:
            lines.append(f"{asserted.field}: {was or 'nothing'} -> {now or 'nothing'}")
    return lines
