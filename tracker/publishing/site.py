"""What a site is of: the agreements that a query describes, the other objects that they refer to, and what is left out.

``surveyed`` reads all of them once, before anything is written: so it can be told what will be published, and every
page knows which others there are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tracker.publishing.addresses import LISTS, Named, named
from tracker.publishing.frame import Look, Sheet, framed
from tracker.read.file.connection import Reader
from tracker.read.query.filters import Filters
from tracker.read.query.selection import Selection
from tracker.read.records import agreements, catalogue, documents
from tracker.record.document import IDENTITY
from tracker.record.private import OWN_FIELDS, Kept, public
from tracker.record.types import Record

Objects = Mapping[str, Mapping[str, Record]]
"""Kind to its objects that are published, by their keys."""


class Facets(NamedTuple):
    """What the agreements of a site can be told apart by: each value with its number."""

    party: Counter[str]
    binding: Counter[str]
    type: Counter[str]
    status: Counter[str]
    focus: Counter[str]
    family: Counter[str]
    year: Counter[str]


class Site(NamedTuple):
    """Everything that pages are made from."""

    reader: Reader
    selection: Selection
    kept: Kept
    look: Look
    objects: Objects
    uses: Mapping[str, Mapping[str, int]]
    """Kind, key, and how many agreements of the site refer to that object."""
    named: Named
    facets: Facets
    left_out: Counter[str]
    """What is private and not published, by its part."""

    @property
    def day(self) -> str:
        """The day of which everything tells."""
        return self.selection.filters.as_of

    @property
    def refs(self) -> Mapping[str, str]:
        """The agreements."""
        return self.named.keys["agreement"]

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of the focus areas."""
        return {code: one["label"] for code, one in self.objects["focus_area"].items()}

    def page(self, path: str, title: str, body: Iterable[str], *, is_wide: bool = False) -> Iterator[str]:
        """Yield a page around its content."""
        return framed(Sheet(path, title, body, is_wide), self.look, self.day)

    def agreements(self) -> Iterator[Record]:
        """Yield the agreements as others may read them."""
        return map(self.seen, agreements.records(self.reader, self.selection, self.day))

    def seen(self, record: Record) -> Record:
        """Return an agreement without what is private, and without what only records say that are not published."""
        shown = public(record, self.kept)
        inverse = shown["derived"]["inverse_relations"]
        there = [item for item in inverse if item["source_ref"] in self.refs]
        if len(there) == len(inverse):
            return shown
        return {**shown, "derived": {**shown["derived"], "inverse_relations": there}}


class _Untold(Filters):
    """Filters that no page tells, for the query names what is private."""

    def describe(self) -> dict[str, object]:
        """Say nothing."""
        return {}

    def text(self) -> str:
        """Say nothing."""
        return ""


def selected(filters: Filters, kept: Kept) -> Selection:
    """Return the agreements of a site; a query that names private fields is not told on its pages."""
    if filters.query is None:
        return Selection(filters)
    from tracker.query.tree import leaves

    named = [leaf.field.partition(".") for leaf in leaves(filters.query)]
    is_private = any(field == OWN_FIELDS and not kept.field(name) for field, _, name in named)
    return Selection(_Untold(**filters.parts()) if is_private else filters)


def surveyed(reader: Reader, selection: Selection, kept: Kept, look: Look) -> Site:
    """Read everything that is to be published once."""
    left_out: Counter[str] = Counter()
    facets = Facets(*(Counter() for _ in Facets._fields))
    parents: dict[str, str | None] = dict(reader.tuples("SELECT code, parent FROM focus_areas"))
    refs = []
    for record in agreements.records(reader, selection, selection.filters.as_of):
        public(record, kept, left_out)
        refs.append(record["ref"])
        for counter, values in zip(facets, told_by(record, parents), strict=True):
            counter.update(values)
    uses = {kind: catalogue.uses(reader, kind, selection) for kind in LISTS}
    objects: dict[str, dict[str, Record]] = {}
    for kind in LISTS:
        wanted = set(uses[kind]) if kind != "focus_area" else {*uses[kind], *facets.focus}
        found = (one for one in documents.documents(reader, kind) if one[IDENTITY[kind]] in wanted)
        objects[kind] = {one[IDENTITY[kind]]: public(one, kept, left_out) for one in found}
    names = named(refs, {kind: list(each.values()) for kind, each in objects.items()})
    return Site(reader, selection, kept, look, objects, uses, names, facets, left_out)


def told_by(record: Record, parents: Mapping[str, str | None]) -> tuple[set[str], ...]:
    """Return the values of an agreement in the order of the facets; a focus area brings along those above it."""
    derived = record["derived"]
    signed = derived["signed"]
    first, last = (signed["earliest"] or "", signed["latest"] or "") if signed else ("", "")
    focus: set[str] = set()
    for code in record["focus_areas"]:
        above: str | None = code
        while above is not None and above not in focus:
            focus.add(above)
            above = parents.get(above)
    return (
        {item["code"] for item in record["parties"]},
        {record["binding_status"]},
        {record["instrument_type"]},
        {derived["status"]},
        focus,
        {item["family"] for item in record["families"]},
        {first[:4]} if first and first[:4] == last[:4] else set(),
    )
