"""The drafts of an import, collected by whose they are: united, given their refs, and laid over what is stored.

What cannot be taken of a draft is told and left out; with ``sparing`` the rest of it comes in.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from json import dumps, loads

from tracker.errors import InvalidRecord, Refused, UsageProblem
from tracker.importers import Draft
from tracker.importers.mapping.whole_names import repeated, torn_names, with_whole_names
from tracker.record import unsettled
from tracker.record.document import IDENTITY
from tracker.record.relations import active
from tracker.record.types import Record
from tracker.store.validation.models import validate
from tracker.store.write import objects
from tracker.store.write.writer import Writer
from tracker.work.taking.authors import Authors
from tracker.work.taking.codes import Missing, Parties, Subjects, called
from tracker.work.taking.editions import ASKED, Editions, name_of
from tracker.work.taking.matching import Matching, Scratch, Twins
from tracker.work.taking.plan import Line, Plan
from tracker.work.taking.refusing import Reference, taken, without_references
from tracker.work.taking.renewal import Reading, Renewal
from tracker.work.taking.uniting import are_two, clusters, each_once, files_of, unite, united_readings

PAGE_SIZE = 200
"""Agreements that are compared with their stored ones together."""

KEY = "key:"
"""How the target of a relation names an agreement by its key in the same set."""

Placed = tuple[str, Record]
"""Where a document stands, and the document, validated."""

SPLIT = frozenset(("parties", "relations"))
"""Lists of which another file of the set may speak than the one that holds the agreements."""

NAMING = frozenset(("title", "parties", "events"))
"""Keys by which a row without a key of its own is known: where one could not be taken, it may be a stored agreement."""


@dataclass
class Row:
    """A draft as it waits on disk."""

    place: str
    content: str
    names_owner: str | None
    reading: str
    natural: bool
    """Whether its key is made of all that tells the agreement apart, for the sheet has none."""


class Book:
    """What is drafted; drafts of one agreement may stand anywhere in the files."""

    def __init__(self, writer: Writer, plan: Plan, *, sparing: bool) -> None:
        self.writer = writer
        self.plan = plan
        self.sparing = sparing
        self.scratch = Scratch()
        self.parties = Parties(writer.reader)
        self.subjects = Subjects(writer.reader)
        self.matching = Matching(writer.reader, self.scratch)
        self.sets: set[str] = set()
        self.spoken: dict[str, set[str]] = {}
        """Of which of ``SPLIT`` what was read of each set speaks."""
        self.nameless: set[str] = set()
        """Those that have no name but that of the file of their map."""
        self.files: set[str] = set()
        """Bare names of the files that were read."""
        self.editions: Editions | None = None
        self._twins: Twins | None = None

    def take(self, draft: Draft) -> Iterator[Placed]:
        """Keep the draft of an agreement for later; yield that of another object, unless the object is there."""
        torn = list(torn_names(draft, self.parties.bears))
        if draft.parted:
            draft = with_whole_names(draft, self.parties.bears)
        for remark in (*torn, *repeated(draft), *self.parties.short(draft)):
            self.plan.remark(remark.message, remark.where, remark.column, remark.value)
        content, missing = self.parties.resolve(draft.content)
        kind = content.get("record", "agreement")
        shared = self.parties.shared(draft.content, content)
        content = each_once(content) if shared else content
        for code, names in shared:
            column = " + ".join(dict.fromkeys(filter(None, map(draft.columns.get, names))))
            called = " and ".join(map(repr, names))
            message = f"{called} are names of one party, {code}, which takes part once"
            self.plan.remark(message, draft.where, column or None)
        refused = {self.parties.led(mark) for mark in draft.refused}
        if draft.kept and missing:
            content, missing = self._kept(draft, content, missing)
        if missing:
            told = [(draft.columns.get(text.partition(":")[2], path), text) for path, text in missing]
            self.plan.reject_unknown(draft.where, told, self.parties.message)
            if kind != "agreement":
                return
            whole, unknown = content, {Reference("party", text) for _, text in missing}
            content = without_references({"record": kind, **content}, unknown)
            refused |= {key for key in whole if whole[key] != content[key]}
        if kind != "agreement":
            if refused and not self.sparing:  # nothing will be kept
                return
            document = validate(content, draft.where)
            if not self._is_there(kind, document[IDENTITY[kind]]):
                yield draft.where, document
            return
        content, areas = self.subjects.resolve(content)
        yield from self._new_areas(areas, draft.where)
        self._keep(draft, content, refused)

    def _new_areas(self, areas: list[Record], where: str) -> Iterator[Placed]:
        """Yield the focus areas that a draft makes of its labels."""
        for area in areas:
            self.plan.remark(f"{area['label']!r} becomes a focus area of its own, {area['code']}", where)
            yield where, validate(area, where)

    def _keep(self, draft: Draft, content: Record, refused: set[str]) -> None:
        """Keep the draft of an agreement until all are there."""
        if content.get("origin"):
            self.sets.add(str(content["origin"].get("set")))
            told = SPLIT - draft.silent
            told = told if draft.speaks is None else told & draft.speaks
            self.spoken.setdefault(str(content["origin"].get("set")), set()).update(told)
            if draft.nameless:
                self.nameless.add(str(content["origin"].get("set")))
        self.files.update(files_of(content))
        keys = {key: column for key, column in draft.columns.items() if key.startswith(KEY)}
        reading = dumps([None if draft.speaks is None else sorted(draft.speaks), sorted(refused), keys])
        text = dumps(content, ensure_ascii=False)
        row = (self.matching.owner(content), draft.where, text, draft.column, reading, draft.natural)
        sql = "INSERT INTO draft (owner, place, content, names_owner, reading, natural) VALUES (?, ?, ?, ?, ?, ?)"
        self.scratch.connection.execute(sql, row)

    def _kept(self, draft: Draft, content: Record, missing: Missing) -> tuple[Record, Missing]:
        """Return a draft with open questions for the names that it keeps, and the names that it does not."""
        unknown = {text: called(text) for _, text in missing if text in draft.kept}
        for text in unknown:
            column = draft.columns.get(text.partition(":")[2], "parties")
            self.plan.keep_unknown(draft.where, column, text, self.parties.message)
        kept = unsettled.kept(content, unknown)
        return kept, [named for named in missing if named[1] not in unknown]

    def documents(self) -> Iterator[Placed]:
        """Yield every agreement that was drafted, once, as it is to be stored."""
        if not self.scratch.holds("draft"):
            return
        self.editions = self._named()
        gone = {one.ref: one.edition for one in self.editions.missing()}
        twins = Twins(self.writer.reader, self.sets, {*gone, *self.matching.left()})
        rows = self.scratch.connection.execute("SELECT ref, id, place, content, reading FROM one ORDER BY seq")
        while page := rows.fetchmany(PAGE_SIZE):
            ids = [row[1] for row in page if row[1] is not None]
            stored = objects.stored_agreements(self.writer.change, ids) if ids else {}
            for ref, agreement_id, place, text, reading in page:
                held = stored.get(agreement_id)
                content = _titled(loads(text), held)
                if content is None:
                    continue
                try:
                    speaks, cells, columns = loads(reading)
                    said, refused = self._said(content, ref, (place, columns))
                    if said is not None and held is not None:
                        said = said if speaks is None else {**said, "origin": held["origin"]}
                        unsaid = SPLIT - self.spoken.get(str((said["origin"] or {}).get("set")), SPLIT)
                        read = Reading(self.editions.covered, speaks, {*cells, *refused, *unsaid})
                        said = self._renewed((agreement_id, read), held, said, place)
                except (Refused, UsageProblem) as error:
                    self.plan.reject_error(place, error)
                    continue
                if said is None:
                    continue
                if held is None:
                    self._tell(twins, said, place, gone)
                yield place, said

    def _named(self) -> Editions:
        """Find out which agreements the drafts are, and of which files they are a newer edition."""
        for name in sorted(self.nameless):
            self._settle_set(name)
        self.matching.learn(self.sets)
        self._name()
        editions = Editions(self.writer.reader, self.scratch, self.files)
        for before, now in sorted(editions.new.items()):
            self.plan.remark(f"{now} is taken for a newer edition of {before}, for it holds the same agreements")
        return editions

    def offer(self, document: Record, place: str) -> None:
        """Tell of agreements that were stored before and are likely the same as a new one, which no set said."""
        if self._twins is None:
            self._twins = Twins(self.writer.reader, set())
        self._tell(self._twins, document, place, {})

    def place(self, ref: str) -> tuple[str | None, str | None]:
        """Return where an agreement stands that was drafted, and its title."""
        if not self.scratch.holds("one"):
            return None, None
        sql = "SELECT place, json_extract(content, '$.title') FROM one WHERE ref = ?"
        row = self.scratch.connection.execute(sql, (ref,)).fetchone()
        return (str(row[0]), row[1]) if row else (None, None)

    def mark(self) -> None:
        """Write into the log from which sets this change took something, so that a later import knows its own."""
        self.writer.change.note_sets(sorted(self.sets), self.editions.note() if self.editions else "")

    def _is_there(self, kind: str, name: str) -> bool:
        """Whether an object is stored: what a source says of it never overwrites it."""
        view, column = {"party": ("parties", "code"), "focus_area": ("focus_areas", "code"), "person": ("people", "id"),
                        "family": ("families", "id"), "source": ("sources", "id")}[kind]  # fmt: skip
        sql = f"SELECT 1 FROM {view} WHERE {column} = :name"  # noqa: S608  # names of views
        return self.writer.reader.row(sql, {"name": name}) is not None

    def _settle_set(self, name: str) -> None:
        """Find out which set a map without a name is of, and say so of the drafts where it is not that of its file."""
        connection = self.scratch.connection
        of_set = "json_extract(content, '$.origin.set') = ?"
        sql = f"SELECT content FROM draft WHERE {of_set} AND names_owner IS NULL ORDER BY seq LIMIT {ASKED}"  # noqa: S608  # ours
        some = [loads(text) for (text,) in connection.execute(sql, (name,))]
        found = name_of(self.writer.reader, name, [content for content in some if content["origin"].get("key")])
        if found == name:
            return
        self.sets = {*self.sets, found} - {name}
        self.spoken[found] = self.spoken.get(found, set()) | self.spoken.pop(name, set())
        for seq, text in connection.execute(f"SELECT seq, content FROM draft WHERE {of_set}", (name,)).fetchall():  # noqa: S608  # ours
            content = loads(text)
            for origin in (content["origin"], *(event["origin"] for event in content["events"] if event.get("origin"))):
                origin["set"] = found
            changed = (dumps(content, ensure_ascii=False), self.matching.owner(content), seq)
            connection.execute("UPDATE draft SET content = ?, owner = ? WHERE seq = ?", changed)
        self.plan.remark(
            f"the map {name} names no set; by what it holds its set is {found}: write that into it, "
            f'[mapping] name = "{found}"'
        )

    def _name(self) -> None:
        """Unite the drafts of each agreement and give it the ref of the stored one, or a new one."""
        connection = self.scratch.connection
        connection.execute("CREATE INDEX draft_owner ON draft (owner, seq)")
        others: Counter[str] = Counter()
        for (owner,) in connection.execute("SELECT owner FROM draft GROUP BY owner ORDER BY min(seq)"):
            sql = "SELECT place, content, names_owner, reading, natural FROM draft WHERE owner = ? ORDER BY seq"
            drafts = self._taken([Row(*row) for row in connection.execute(sql, (owner,))], owner)
            if not drafts:
                continue
            if all(draft.names_owner is not None for draft in drafts) and self.matching.ref_of(owner) is None:
                self._refuse_additions(drafts)
                continue
            if not drafts[0].natural or (len(drafts) == 1 and not self.matching.has_more(owner)):
                self._unite(owner, drafts, others)
                continue
            self._apart(drafts, others)
        for path, number in others.items():
            if "." in path and number > 1:
                self.plan.remark(
                    f"{path}: so in {number} rows: the first row of each agreement was kept, no other value"
                )

    def _taken(self, drafts: list[Row], owner: str) -> list[Row]:
        """Return the drafts of an agreement without those of which something is refused, where none of it will be kept.

        Of a stored agreement they stay: what such a row still says is not gone.
        """
        whole = [draft for draft in drafts if not loads(draft.reading)[1]]
        if self.sparing or len(whole) == len(drafts) or self.matching.ref_of(owner) is not None:
            return drafts
        return whole

    def _apart(self, drafts: list[Row], others: Counter[str]) -> None:
        """Unite the rows of one title, parties and day that agree in all they say; the others are other agreements."""
        groups = clusters([(loads(draft.content), draft) for draft in drafts])
        contents = [unite(content for content, _ in group)[0] for group in groups]
        for number, key in enumerate(self.matching.keys(contents, self.writer.change)):
            rows = [draft for _, draft in groups[number]]
            if number:
                first = groups[0][0][1].place
                self.plan.remark(
                    f"the same title, parties and day as {first}, and other things beside: another agreement; if it is"
                    " the same, name the column of a key in the map",
                    rows[0].place,
                )
            for draft in rows:
                content = loads(draft.content)
                content["origin"]["key"] = key
                draft.content = dumps(content, ensure_ascii=False)
            name = contents[number]["origin"]["set"]
            self._unite(self.matching.owner_of(name, key), rows, others)

    def _unite(self, owner: str, drafts: list[Row], others: Counter[str]) -> None:
        """Unite drafts of one agreement and give it the ref of the stored one, or a new one."""
        place = drafts[0].place
        drafts = list(self._of_one_agreement(drafts))
        content, clashes = unite([loads(draft.content) for draft in drafts])
        for path, kept, other in clashes:
            if "." not in path or not others[path]:
                self.plan.remark(f"{path}: {kept!r} was kept; another row of the same says {other!r}", place)
            others[path] += 1
        ref, agreement_id = self.matching.match(owner, content)
        owners = (loads(draft.content)["origin"] for draft in drafts if draft.names_owner is None and len(drafts) > 1)
        content["origin"] = next(owners, content.get("origin"))
        origin = content["origin"] or {}
        if all(draft.names_owner is not None for draft in drafts):  # a file of parts is no edition of that of the whole
            origin = {**origin, "file": None}
        if agreement_id is None:
            self._lose_unnamed(drafts)
        text, reading = dumps(content, ensure_ascii=False), united_readings([loads(draft.reading) for draft in drafts])
        row = (owner, ref, agreement_id, place, text, reading, origin.get("set"), origin.get("file"))
        sql = "INSERT INTO one (owner, ref, id, place, content, reading, name, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        self.scratch.connection.execute(sql, row)
        if len(drafts) > 1:
            self.plan.join(ref, content.get("title"), [draft.place for draft in drafts])

    def _of_one_agreement(self, drafts: list[Row]) -> Iterator[Row]:
        """Yield the drafts of a key without those that are another agreement than the first, which are bad rows."""
        first = loads(drafts[0].content) if len(drafts) > 1 else {}
        for draft in drafts:
            content = loads(draft.content) if draft is not drafts[0] else first
            if draft.names_owner is not None or not are_two(first, content):
                yield draft
                continue
            key = content["origin"]["key"]
            why = f"has the key {key!r} of {drafts[0].place}, and another title and other days: correct one of the keys"
            self.plan.reject(draft.place, f"{why}, or leave the key out of the map")

    def _lose_unnamed(self, drafts: list[Row]) -> None:
        """Note rows known by what could not be taken of them: each may be an agreement that seems gone."""
        for draft in drafts:
            refused = {mark.partition("[")[0] for mark in loads(draft.reading)[1]}
            if draft.natural and not NAMING.isdisjoint(refused):
                self.plan.lose(draft.place)

    def _refuse_additions(self, drafts: list[Row]) -> None:
        """Note rows that add to an agreement which no row is."""
        for place, text, column in [(draft.place, draft.content, draft.names_owner) for draft in drafts]:
            content = loads(text)
            key = content["origin"]["key"]
            words = dict.fromkeys(event.get("kind_raw") or event["kind"] for event in content.get("events", ()))
            what = f" ({', '.join(words)})" if words else ""
            message = f"adds to {key}{what}, which is neither here nor in the store; expected a row of {key} itself"
            self.plan.reject(place, message, column, key)

    def _said(self, content: Record, ref: str, placed: tuple[str, dict[str, str]]) -> tuple[Record | None, set[str]]:
        """Return what the source says as a complete document, and the keys under which something was refused.

        ``placed``: where it stands, and the columns of the keys that its relations name.
        """
        place, columns = placed
        relations = []
        for item in content.get("relations", ()):
            led = self._led(item, content)
            if led is not None:
                relations.append(led)
            if led is None or (led.get("target") is None and item.get("target")):
                key = item["target"].removeprefix(KEY)
                fate = "left out" if led is None else "kept as a title"
                message = f"{item['type']} {key}: {fate}, for {key} is neither here nor in the store"
                column = columns.get(item["target"])
                self.plan.remark(message, place, column, key if column else None)
        whole = {**content, "record": "agreement", "ref": ref, "relations": relations}
        said, refused = taken(whole, place, validate, sparing=self.sparing)
        if refused:
            self.plan.reject_error(place, InvalidRecord(place, refused))
        return said, {path.partition(".")[0].partition("[")[0] for path, _ in refused}

    def _led(self, relation: Record, content: Record) -> Record | None:
        """Lead a relation to the agreement of the key that it names; where there is none, its title stands alone."""
        target = relation.get("target")
        if not isinstance(target, str) or not target.startswith(KEY):
            return relation
        owner = self.matching.owner_of((content.get("origin") or {}).get("set"), target.removeprefix(KEY))
        ref = self.matching.ref_of(owner)
        if ref is not None:
            return {**relation, "target": ref, "target_title": None}
        _, swapped = active(relation["type"])
        if swapped:
            return None
        title = relation.get("target_title") or target.removeprefix(KEY)
        return {**relation, "target": None, "target_title": title}

    def _renewed(self, stored: tuple[int, Reading], held: Record, said: Record, place: str) -> Record:
        """Lay a document over the stored one; ``stored`` is the id of that, and how far what was read speaks of it."""
        authors = Authors(self.writer.change.connection, stored[0], (said["origin"] or {}).get("set"))
        renewal = Renewal(authors, stored[1])
        document, kept = renewal.of(held, said)
        for path, old, new in kept:
            ref = said["ref"]
            says = "no longer says it" if new is None else f"says {new!r}"
            message = f"{path} was changed here since; the source {says}; take it with: tracker edit {ref}"
            line = Line("doubtful", "agreement", ref, held["title"], path, old, new, message=message)
            self.plan.doubt(line, place)
        return validate(document, place)

    def _tell(self, twins: Twins, document: Record, place: str, gone: Mapping[str, str]) -> None:
        """Tell of stored agreements that are likely the same; ``gone``: those whose rows are gone, and from where."""
        for twin in twins.of(document):
            ref = document["ref"]
            alike = f"likely the same as {twin.ref} ({twin.score:.2f})"
            if twin.ref in gone:
                alike += f", whose row is gone from {gone[twin.ref]}"
            message = f"{alike}; join them with: tracker merge {twin.ref} {ref}"
            line = Line("doubtful", "agreement", ref, document["title"], None, twin.ref, None, message=message)
            self.plan.doubt(line, place)


def _titled(content: Record, held: Record | None) -> Record | None:
    """Return a draft whose title could not be taken, which was told, with the stored one; None where there is none."""
    if content.get("title"):
        return content
    return None if held is None else {**content, "title": held["title"]}
