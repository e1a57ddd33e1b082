"""How one agreement relates to another: said, or taken back."""

from typing import NamedTuple

from tracker.errors import InvalidValue, NotFound, Refused, UsageProblem
from tracker.plain import Value
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.lookup import refs
from tracker.read.records.agreements import record as read_record
from tracker.record import claims, relations
from tracker.record.document import blank
from tracker.record.types import Record
from tracker.record.vocabulary import VocabularyError, check
from tracker.store.validation.models import validate
from tracker.store.write.writer import Writer
from tracker.work import typed
from tracker.work.outcome import Done


class LinkTexts(Value):
    """What else is known of the relation."""

    title: str | None = None
    """Title of a target that is not in the register."""
    word: str | None = None
    """The source's own word for it."""
    confidence: str | None = None
    """``high``, ``medium`` or ``low``."""
    note: str | None = None
    source: Texts = None
    """Ids or addresses of sources."""

    @property
    def details(self) -> Record:
        """What was said beside type and target."""
        details = {"word": self.word, "confidence": self.confidence, "note": self.note}
        return {key: value for key, value in details.items() if value is not None}


NOTHING_MORE = LinkTexts()


class Link(NamedTuple):
    """A relation in its active direction: the record that holds it, and its target by ref or by title."""

    owner: str
    type: str
    target: str | None
    title: str | None

    def text(self) -> str:
        """Say the relation in words."""
        return f"{self.owner} {self.type} {self.target or repr(self.title)}"


def link(
    writer: Writer, ref: str, relation: str, target: str | None, today: str, given: LinkTexts = NOTHING_MORE
) -> Done:
    """Say how one agreement relates to another: ``amends``, ``amended_by``, ...; kept once, in the record that acts.

    Raises NotFound, Ambiguous, InvalidValue, UsageProblem where neither target nor title is given, or both.
    """
    return _record(writer, _link(writer.reader, ref, relation, target, given.title), given, today)


def unlink(
    writer: Writer, ref: str, relation: str, target: str | None, today: str, given: LinkTexts = NOTHING_MORE
) -> Done:
    """Take a relation away, from both records where it has no direction. Raises NotFound where there is none."""
    return _remove(writer, _link(writer.reader, ref, relation, target, given.title), given, today)


def _link(reader: Reader, ref: str, word: str, target: str | None, title: str | None) -> Link:
    """The relation that the words mean; the passive direction is turned round."""
    kind = "_".join(word.lower().replace("-", " ").split())
    try:
        check(kind, relations.TYPES, "relation")
    except VocabularyError as error:
        raise InvalidValue(str(error)) from error
    kind, swapped = relations.active(kind)
    if (target is None) == (title is None):
        raise UsageProblem(
            "link to what? Give the ref of the other agreement, or --title TITLE where it is not in the register"
        )
    found = refs.resolve(reader, ref)
    if target is not None and not any(char.isspace() for char in target.strip()):
        other = refs.resolve(reader, target)
        if other == found:
            raise InvalidValue(f"{found} cannot be related to itself; name the other agreement")
        return Link(other, kind, found, None) if swapped else Link(found, kind, other, None)
    named = (title or target or "").strip()
    if swapped:
        raise InvalidValue(
            f"{word}: such a relation is kept as {kind!r} in the record of {named!r}, which is not in the register; "
            "record it first with tracker add"
        )
    return Link(found, kind, None, named)


def _held(record: Record, link: Link) -> Record | None:
    """The relation as the record holds it."""
    relations_held: list[Record] = record["relations"]
    for relation in relations_held:
        if (relation["type"], relation["target"]) == (link.type, link.target) and (
            link.target is not None or relation["target_title"] == link.title
        ):
            return relation
    return None


def _record(writer: Writer, link: Link, given: LinkTexts, today: str) -> Done:
    owner = link.owner
    record = read_record(writer.reader, owner, today)
    relation = _held(record, link)
    if relation is None and link.type in relations.SYMMETRIC and link.target is not None:
        turned = Link(link.target, link.type, link.owner, None)
        other = read_record(writer.reader, link.target, today)
        if _held(other, turned) is not None:
            record, relation, link = other, _held(other, turned), turned
    is_new = relation is None
    if relation is None:
        relation = blank("agreement.relations") | {
            "type": link.type,
            "target": link.target,
            "target_title": link.title,
        }
        record["relations"].append(relation)
    relation |= given.details
    sources = [typed.source(writer.reader, text) for text in given.source or []]
    relation["sources"] += [source for source in sources if source not in relation["sources"]]
    outcome = writer.put_agreement(validate(record, link.owner))
    if outcome.what == "unchanged":
        return Done(owner, "unchanged", f"nothing to change: {link.owner} holds it already: {link.text()}")
    stored = f"{'recorded' if is_new else 'changed'} in {link.owner}: {link.text()}"
    if link.target is None:
        return Done(owner, outcome.what, f"{stored} (a title that is not in the register)", outcome.changes)
    shows = f"{stored} ({link.target} shows {relations.inverse(link.type)})"
    return Done(owner, outcome.what, shows, outcome.changes, next=f"see the tree with: tracker lineage {link.owner}")


def _remove(writer: Writer, link: Link, given: LinkTexts, today: str) -> Done:
    if given.details or given.source:
        raise UsageProblem(
            "--remove takes the whole relation away; leave out --word, --confidence, --note and --source"
        )
    ends = [link]
    if link.type in relations.SYMMETRIC and link.target is not None:
        ends.append(Link(link.target, link.type, link.owner, None))
    holders = []
    for end in ends:
        record = read_record(writer.reader, end.owner, today)
        relation = _held(record, end)
        if relation is None:
            continue
        before = {**record, "relations": list(record["relations"])}
        record["relations"].remove(relation)
        try:
            claims.reconcile(before, record)
        except claims.ClaimError as error:
            raise Refused(f"{end.owner}: {error}") from error
        writer.put_agreement(validate(record, end.owner))
        holders.append(end.owner)
    if not holders:
        raise NotFound(f"there is no relation {link.text()}; {_between(writer.reader, link)}")
    return Done(link.owner, "changed", f"taken away from {' and '.join(holders)}: {link.text()}")


def _between(reader: Reader, link: Link) -> str:
    """What relates the two agreements, for a message."""
    rows = reader.rows(
        "SELECT agreement_ref, type, coalesce(target, target_title) AS target FROM relations"
        " WHERE agreement_ref = :owner AND (:target IS NULL OR target = :target)"
        " OR agreement_ref = :target AND target = :owner ORDER BY agreement_ref, type",
        {"owner": link.owner, "target": link.target},
    )
    relations = ", ".join(f"{row['agreement_ref']} {row['type']} {row['target']}" for row in rows)
    return f"recorded is: {relations}" if relations else "none is recorded between them"
