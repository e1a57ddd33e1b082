"""The drafts of an import, collected by whose they are: united, given their refs, and laid over what is stored."""

from collections import Counter
from collections.abc import Iterator
from json import dumps, loads

from tracker.errors import Refused, UsageProblem
from tracker.importers import Draft
from tracker.record.document import IDENTITY
from tracker.record.relations import active
from tracker.record.types import Record
from tracker.store.validation.models import validate
from tracker.store.write import agreements
from tracker.store.write.writer import Writer
from tracker.work.taking.matching import Matching, Scratch, Twins
from tracker.work.taking.parties import Parties
from tracker.work.taking.plan import Line, Plan
from tracker.work.taking.renewal import Authors, Renewal
from tracker.work.taking.uniting import unite

PAGE_SIZE = 200
"""Agreements that are compared with their stored ones together."""

KEY = "key:"
"""How the target of a relation names an agreement by its key in the same set."""

Placed = tuple[str, Record]
"""Where a document stands, and the document, validated."""


class Book:
    """What is drafted; drafts of one agreement may stand anywhere in the files."""

    def __init__(self, writer: Writer, plan: Plan) -> None:
        self.writer = writer
        self.plan = plan
        self.scratch = Scratch()
        self.parties = Parties(writer.reader)
        self.matching = Matching(writer.reader, self.scratch)
        self.sets: set[str] = set()

    def take(self, draft: Draft) -> Iterator[Placed]:
        """Keep the draft of an agreement for later; yield that of another object, unless the object is there."""
        content, missing = self.parties.resolve(draft.content)
        if missing:
            named = [(draft.columns.get(name, path), name, message) for path, name, message in missing]
            self.plan.reject_unknown(draft.where, named)
            return
        kind = content.get("record", "agreement")
        if kind != "agreement":
            document = validate(content, draft.where)
            if not self._is_there(kind, document[IDENTITY[kind]]):
                yield draft.where, document
            return
        if content.get("origin"):
            self.sets.add(str(content["origin"].get("set")))
        row = (self.matching.owner(content), draft.where, dumps(content, ensure_ascii=False), draft.column)
        sql = "INSERT INTO draft (owner, place, content, names_owner) VALUES (?, ?, ?, ?)"
        self.scratch.connection.execute(sql, row)

    def documents(self) -> Iterator[Placed]:
        """Yield every agreement that was drafted, once, as it is to be stored."""
        if not self.scratch.holds("draft"):
            return
        self.matching.learn(self.sets)
        self._name()
        twins = Twins(self.writer.reader, self.sets)
        rows = self.scratch.connection.execute("SELECT ref, id, place, content, files FROM one ORDER BY seq")
        while page := rows.fetchmany(PAGE_SIZE):
            ids = [row[1] for row in page if row[1] is not None]
            stored = agreements.stored(self.writer.change, ids) if ids else {}
            for ref, agreement_id, place, text, files in page:
                content = loads(text)
                try:
                    said = self._said(content, ref, place)
                    held = stored.get(agreement_id)
                    document = said if held is None else self._renewed((agreement_id, loads(files)), held, said, place)
                except (Refused, UsageProblem) as error:
                    self.plan.reject_error(place, error)
                    continue
                if held is None:
                    self._offer(twins, document, place)
                yield place, document

    def mark(self) -> None:
        """Write into the log from which sets this change took something, so that a later import knows its own."""
        change = self.writer.change
        if self.sets and change.id is not None:
            note = f"from {', '.join(sorted(self.sets))}"
            change.connection.execute("UPDATE change SET note = ? WHERE id = ?", (note, change.id))

    def _is_there(self, kind: str, name: str) -> bool:
        """Whether an object is stored, or was yielded before: what a source says of it never overwrites it."""
        given = self.writer.change.given.get(kind, set())
        view, column = {"party": ("parties", "code"), "focus_area": ("focus_areas", "code"), "person": ("people", "id"),
                        "family": ("families", "id"), "source": ("sources", "id")}[kind]  # fmt: skip
        sql = f"SELECT 1 FROM {view} WHERE {column} = :name"  # noqa: S608  # names of views
        return name in given or self.writer.reader.row(sql, {"name": name}) is not None

    def _name(self) -> None:
        """Unite the drafts of each agreement and give it the ref of the stored one, or a new one."""
        connection = self.scratch.connection
        connection.execute("CREATE INDEX draft_owner ON draft (owner, seq)")
        others: Counter[str] = Counter()
        for (owner,) in connection.execute("SELECT owner FROM draft GROUP BY owner ORDER BY min(seq)"):
            sql = "SELECT place, content, names_owner FROM draft WHERE owner = ? ORDER BY seq"
            drafts = connection.execute(sql, (owner,)).fetchall()
            if all(column is not None for *_, column in drafts):
                self._refuse_additions(drafts)
                continue
            place = drafts[0][0]
            contents = [loads(text) for _, text, _ in drafts]
            files = sorted({file for content in contents for file in _files(content)} - self.plan.bad_files)
            content, clashes = unite(contents)
            for path, kept, other in clashes:
                if "." not in path or not others[path]:
                    self.plan.remark(f"{place}: {path}: {kept!r} was kept; another row of the same says {other!r}")
                others[path] += 1
            ref, agreement_id = self.matching.match(owner, content)
            row = (owner, ref, agreement_id, place, dumps(content, ensure_ascii=False), dumps(files))
            sql = "INSERT INTO one (owner, ref, id, place, content, files) VALUES (?, ?, ?, ?, ?, ?)"
            connection.execute(sql, row)
        for path, number in others.items():
            if "." in path and number > 1:
                self.plan.remark(
                    f"{path}: so in {number} rows: the first row of each agreement was kept, no other value"
                )

    def _refuse_additions(self, drafts: list[tuple[str, str, str]]) -> None:
        """Note rows that add to an agreement which no row is."""
        for place, text, column in drafts:
            content = loads(text)
            key = content["origin"]["key"]
            words = dict.fromkeys(event.get("kind_raw") or event["kind"] for event in content.get("events", ()))
            what = f" ({', '.join(words)})" if words else ""
            message = f"adds to {key}{what}, which is not in this file; expected a row of {key} itself"
            self.plan.reject(place, message, column, key)

    def _said(self, content: Record, ref: str, place: str) -> Record:
        """Return what the source says as a complete document."""
        relations = []
        for item in content.get("relations", ()):
            if led := self._led(item, content):
                relations.append(led)
            else:
                key = item["target"].removeprefix(KEY)
                self.plan.remark(f"{place}: {item['type']} {key}: left out, for {key} is neither here nor in the store")
        return validate({**content, "record": "agreement", "ref": ref, "relations": relations}, place)

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

    def _renewed(self, stored: tuple[int, list[str]], held: Record, said: Record, place: str) -> Record:
        """Lay a document over the stored one; ``stored`` is the id of that, and the files that were read of it."""
        authors = Authors(self.writer.change.connection, stored[0], (said["origin"] or {}).get("set"))
        renewal = Renewal(authors, stored[1])
        document, kept = renewal.of(held, said)
        for path, old, new in kept:
            ref = said["ref"]
            message = f"{path} was changed here since; the source says {new!r}; take it with: tracker edit {ref}"
            line = Line("doubtful", "agreement", ref, held["title"], path, old, new, message=message)
            self.plan.doubt(line, place)
        return validate(document, place)

    def _offer(self, twins: Twins, document: Record, place: str) -> None:
        """Tell of stored agreements of other origin that are likely the same."""
        for twin in twins.of(document):
            ref = document["ref"]
            alike = f"likely the same as {twin.ref} ({twin.score:.2f})"
            message = f"{alike}; join them with: tracker merge {twin.ref} {ref}"
            line = Line("doubtful", "agreement", ref, document["title"], None, twin.ref, None, message=message)
            self.plan.doubt(line, place)


def _files(content: Record) -> Iterator[str]:
    """Yield the files that a draft comes from."""
    for origin in (content.get("origin"), *(event.get("origin") for event in content.get("events", ()))):
        if isinstance(origin, dict) and origin.get("file"):
            yield str(origin["file"])
