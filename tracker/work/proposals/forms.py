"""Proposals as forms that a person fills in: the record that each would be, with the words of the text by its keys.

What the person leaves becomes the record, and what the text says of it a claim: followed where the two agree, not
followed where the person wrote something else. What was struck out is not claimed.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import NamedTuple

from tracker.errors import InvalidRecord
from tracker.proposing.laying import NONE_GIVEN, lay
from tracker.proposing.sheet import DIFFERS, FILLED, Basis, Laid
from tracker.read.file.connection import Reader
from tracker.record.differences import differences
from tracker.record.document import blank, complete
from tracker.record.paths import CLAIMABLE
from tracker.record.types import Json, Record
from tracker.record.values import spelled
from tracker.store.write.writer import Writer
from tracker.work import edit
from tracker.work.edit import Original
from tracker.work.outcome import Done
from tracker.work.proposals import accepting
from tracker.work.proposals.accepting import Accepting, SourceGiven, Wanted
from tracker.work.proposals.offers import Offer, offered, person
from tracker.work.proposals.texts import Text

NAME = "proposals"
"""What the forms are called together."""


class Form(NamedTuple):
    """One proposal to be filled in."""

    offer: Offer
    before: Original | None
    """The agreement over which it is laid; None = a new one."""
    document: Record
    """As it is shown."""
    words: dict[str, list[str]]
    """Keys of the document with what the text says of each, a line each."""


def forms(
    reader: Reader, texts: list[Text], wants: Sequence[Wanted] | None, source: SourceGiven, today: str
) -> list[Form]:
    """Return the forms of the proposals that are wanted; raises as ``accepting.target``."""
    return [
        _form(reader, offer, accepting.target(reader, offer, onto, set()), source, today)
        for offer, onto in accepting.chosen(offered(reader, texts, today).offers, wants)
    ]


def _form(reader: Reader, offer: Offer, ref: str | None, source: SourceGiven, today: str) -> Form:
    told = Basis(
        None,
        offer.text.place,
        person(reader),
        accepting.evidence(accepting.source_of(reader, offer.text, source)),
        offer.text.published,
    )
    if ref is None:
        document = blank("agreement") | {"title": ""}
        laid = lay(document, offer.proposal.values, told)
        document |= {"ref": offer.record["ref"], "title": offer.record["title"]}
        return Form(offer, None, complete(document), _words(offer, laid))
    before = edit.original(reader, edit.agreement(today), ref)
    document = deepcopy(before.record)
    laid = lay(document, offer.said, told)
    return Form(offer, before, document, _words(offer, laid))


def _words(offer: Offer, laid: Sequence[Laid]) -> dict[str, list[str]]:
    """Return the lines of comment by the key that they stand above; a sentence is quoted once a key."""
    words: dict[str, list[str]] = {}
    for one in laid:
        key = "events" if one.path in CLAIMABLE else one.path.partition(".")[0].partition("[")[0]
        lines = words.setdefault(key, [])
        sentence = f"“{' '.join(one.proposed.passage.text.split())}” ({offer.text.place(one.proposed.passage)})"
        if sentence not in lines:
            lines.append(sentence)
        sure, rule = one.proposed.confidence, one.proposed.rule
        if one.outcome == DIFFERS:
            lines.append(f"  {one.path}: the text says {spelled(one.value)}, the register holds {spelled(one.held)}")
        elif one.outcome == FILLED:
            lines.append(f"  {one.path}: {sure}, by {rule}: {one.proposed.why}")
    return words


def changes(reader: Reader, shown: Sequence[Form], edited: Json) -> list[tuple[str, str]]:
    """Return what filled-in forms would record: pairs of path and text. Raises InvalidRecord."""
    pairs = []
    for form, document in _paired(shown, edited):
        before = form.before.record if form.before else blank("agreement")
        judged = _judged(reader, form, document)
        pairs += [(f"{judged['ref']}: {path}", spelled(new)) for path, _, new in differences(before, judged)]
    return pairs


def accept(writer: Writer, shown: Sequence[Form], edited: Json, how: Accepting) -> list[Done]:
    """Record filled-in forms, and return what became of each.

    Raises InvalidRecord, ChangedMeanwhile, LikelyKnown and Duplicate.
    """
    return [_accept(writer, form, document, how) for form, document in _paired(shown, edited)]


def _accept(writer: Writer, form: Form, document: Record, how: Accepting) -> Done:
    record = _judged(writer.reader, form, document)
    source = accepting.put_source(writer, form.offer.text, how)
    basis = accepting.basis(writer.reader, form.offer.text, source, fills=False)
    if form.before is None:
        lay(record, form.offer.proposal.values, basis, NONE_GIVEN)
        return accepting.put_new(writer, record, source, how)
    edit.refuse_changed(writer.reader, edit.agreement(how.today), form.before)
    given = writer.numbers_given(form.before.name)
    laid = lay(record, form.offer.said, basis, given)
    return accepting.put_over(writer, form.before.record, record, (source, laid), how)


def _judged(reader: Reader, form: Form, document: Record) -> Record:
    """Return a filled-in form validated; raises InvalidRecord."""
    if form.before is None:
        return accepting.judged(reader, document)
    record, _ = edit.judged(edit.agreement(""), form.before, document)
    return record


def _paired(shown: Sequence[Form], edited: Json) -> list[tuple[Form, Record]]:
    """Return the forms that were left, each with what was made of it: by its ref, else the only one without."""
    documents = edited if isinstance(edited, list) else [edited]
    if not all(isinstance(one, dict) for one in documents):
        raise InvalidRecord(NAME, [("", "expected an agreement, or a list of agreements")])
    by_ref = {str(form.document["ref"]): form for form in shown}
    known = [one for one in documents if one.get("ref") in by_ref]
    strange = [one for one in documents if one.get("ref") not in by_ref]
    left = [form for ref, form in by_ref.items() if form.before is None and all(one["ref"] != ref for one in known)]
    if len(strange) > 1 or len(strange) > len(left) or (strange and len(left) > 1):
        names = ", ".join(by_ref)
        raise InvalidRecord(NAME, [("ref", f"which proposal is this? They are told apart by their refs: {names}")])
    pairs = [(by_ref[str(one["ref"])], one) for one in known]
    if len({id(form) for form, _ in pairs}) < len(pairs):
        raise InvalidRecord(NAME, [("ref", "two proposals have the same ref")])
    return pairs + list(zip(left, strange, strict=False))


def codes(reader: Reader, today: str) -> dict[str, Sequence[str]]:
    """Return the codes of the store that a form can hold."""
    return dict(edit.agreement(today).codes(reader))
