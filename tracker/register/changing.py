"""A register changed from Python: the acts of the commands; ``tracker.change`` gives one."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from typing import TypeVar

from tracker.errors import InvalidValue, Refused, StoreProblem
from tracker.plain import Value
from tracker.record.types import Json
from tracker.register.reading import Register, day_of
from tracker.store.file.session import transaction
from tracker.store.write.writer import Writer
from tracker.work import add, claim, edit, event, link, many, merge, new_objects, objects, undo
from tracker.work.outcome import Done, account

NOTHING: Mapping[str, Json] = {}

_Texts = TypeVar("_Texts", bound=Value)


class ChangingRegister(Register):
    """A register while it is changed: everything done before the end of the ``with`` is one change in the log.

    An exception takes all of it back. Values are those that the commands take, as people type them: dates as exact as
    they are known (``2023``, ``2023-01/2023-03``), names or codes of parties, ids or addresses of sources. Each act
    returns a ``Done``: ``id``, ``what`` (new, changed, unchanged, removed), ``changes`` (path, old, new), ``remarks``,
    ``warnings``. What was written is seen by the reads of the same ``with``.

    Every act raises NotFound or Ambiguous for a name, UnknownName for a party, person or source nobody knows,
    InvalidValue for a value that cannot be read, InvalidRecord for a record that breaks the shape of the register.
    """

    def __init__(self, writer: Writer, today: str, path: Path, *, keeps: bool = True) -> None:
        super().__init__(writer.reader, today, path)
        self._keeps = keeps
        self._brought: list[new_objects.Brought] = []
        self._open = writer
        self._undone = False
        self._over = False
        self._broken_off: BaseException | None = None
        """Why an import did not come to its end: half of it is written."""

    @property
    def _writer(self) -> Writer:
        if self._over:
            raise StoreProblem("this tracker.change is over; begin another one for what else is to be done")
        if self._undone:
            raise Refused("an undo is a change by itself; begin another tracker.change for what else is to be done")
        self.refuse_half()
        return self._open

    def refuse_half(self) -> None:
        """Raise Refused where an import did not come to its end, whatever became of the exception that said so."""
        if self._broken_off is not None:
            cause = f"an import in this tracker.change failed ({self._broken_off}), and nothing of the change is kept"
            raise Refused(f"{cause}; begin another one without it") from self._broken_off

    def close(self) -> None:
        """Do nothing: the change ends with its ``with``."""

    def end(self) -> None:
        """Let nothing more be done: the change is kept or taken back."""
        self._over = True

    def forget(self) -> None:
        """Take away the copies of files that were attached: the change is not kept."""
        for brought in self._brought:
            brought.forget()

    def add(self, title: str, *, twins: bool = False, people: bool = False, **known: Json) -> Done:
        """Record an agreement; ``known`` are the fields of ``tracker.work.add.AgreementTexts``: party, signed, ...

        ``twins``: also where one of the same parties, type and date, or number, is there; else that raises LikelyTwin.
        ``people``: signatories who are not known are new people, also where one is called nearly so; else that raises
        LikelyKnown.
        """
        texts = _filled(add.AgreementTexts, known)
        return add.add(self._writer, title, texts, self.today, twins=twins, people=people)

    def event(self, ref: str, kind: str, date: str, *, twice: bool = False, **known: Json) -> Done:
        """Record an event of an agreement; ``known``: party, effective, place, provision, source, raw, note.

        ``twice``: also where one of the same kind, day and parties is there; else that raises EqualAct.
        """
        said = event.Said(kind, date, _filled(event.EventTexts, known))
        return event.record(self._writer, ref, said, self.today, twice=twice)

    def correct_event(
        self,
        ref: str,
        name: str,
        *,
        kind: str | None = None,
        date: str | None = None,
        twice: bool = False,
        **known: Json,
    ) -> Done:
        """Correct an event, such as ``e2``: only what is given changes, ``none`` empties; ``twice`` as above."""
        said = event.Said(kind, date, _filled(event.EventTexts, known))
        return event.correct(self._writer, ref, name, said, self.today, twice=twice)

    def remove_events(self, ref: str, *names: str) -> Done:
        """Take events out; raises UsageProblem where a signatory signed by one of them."""
        return event.remove(self._writer, ref, names, self.today)

    def note(self, ref: str, text: str) -> Done:
        """Add a note to an agreement."""
        return edit.note(self._writer, ref, text, self.today)

    def attach(self, ref: str, file: str | Path, **known: Json) -> Done:
        """Attach a file: its SHA-256 becomes that of a source, and a copy is kept beside the register.

        ``known``: source, title, kind, link (True: the file stays where it is). Where the change is not kept, no copy
        is left behind. Raises UnreadableFile, and Refused where it cannot be copied or the source has another file.
        """
        from tracker.read.lookup import refs

        exact = refs.resolve(self._reader, ref)  # refused before anything is copied
        given = _filled(new_objects.FileTexts, known)
        brought = new_objects.brought(self._path, Path(file), given, self.today, keeps=self._keeps)
        self._brought.append(brought)
        return objects.attach(self._writer, exact, brought.document, given.source, self.today)

    def claim(self, ref: str, path: str, value: str, **known: Json) -> Done:
        """Record what a source says of a field; ``known``: source, adopt, locator, confidence, reason, note."""
        return claim.claim(self._writer, ref, path, value, self.today, _filled(claim.ClaimTexts, known))

    def link(self, ref: str, relation: str, target: str | None = None, **known: Json) -> Done:
        """Say how one agreement relates to another; ``known``: title, word, confidence, note, source."""
        return link.link(self._writer, ref, relation, target, self.today, _filled(link.LinkTexts, known))

    def unlink(self, ref: str, relation: str, target: str | None = None, *, title: str | None = None) -> Done:
        """Take a relation away; ``title`` names a target that is not in the register."""
        return link.unlink(self._writer, ref, relation, target, self.today, link.LinkTexts(title=title))

    def edit(
        self,
        ref: str,
        *,
        set: Mapping[str, Json] = NOTHING,  # noqa: A002  # the word of the command
        add: Mapping[str, Json] = NOTHING,
        remove: Sequence[str] = (),
        people: bool = False,
    ) -> Done:
        """Change fields of an agreement by their paths: ``edit(ref, set={"parties[JPN].entity": "Cabinet"})``.

        ``remove`` is done first, then ``add`` (an item to a list), then ``set``; None or an empty text clears a field.
        ``people``: as in ``add``.
        """
        return self.edit_object("agreement", ref, set=set, add=add, remove=remove, people=people)

    def edit_object(
        self,
        kind: str,
        name: str,
        *,
        set: Mapping[str, Json] = NOTHING,  # noqa: A002  # the word of the command
        add: Mapping[str, Json] = NOTHING,
        remove: Sequence[str] = (),
        people: bool = False,
    ) -> Done:
        """Change fields of a party, person, family, focus_area or source, as ``edit`` does those of an agreement."""
        editable = edit.agreement(self.today) if kind == "agreement" else objects.editable(kind)
        steps: list[edit.Step] = [("remove", path, None) for path in remove]
        steps += [("add", path, _text(value)) for path, value in add.items()]
        steps += [("set", path, _text(value)) for path, value in set.items()]
        return edit.edit(self._writer, editable, name, steps, self.today, people=people)

    def add_object(self, document: Mapping[str, Json], *, people: bool = False) -> Done:
        """Record a party, person, family, focus area or source: a document with ``record`` and its code or id.

        Raises Duplicate where it is there. ``people``: as in ``add``.
        """
        return objects.add(self._writer, dict(document), people=people)

    def alias(self, kind: str, name: str, *aliases: str) -> Done:
        """Give a party or person other names; raises Duplicate for one that leads to somebody else."""
        return objects.alias(self._writer, kind, name, aliases)

    def merge(self, kept: str, gone: str, *, doubtful: bool = False) -> Done:
        """Unite the second agreement into the first; what it says otherwise becomes claims. No backup is made.

        ``doubtful``: also where the two differ in type, binding status or parties; else that raises Unlike.
        """
        return merge.merge(self._writer, kept, gone, doubtful=doubtful)

    def merge_objects(self, kind: str, gone: str, kept: str) -> Done:
        """Put one party, person, family, focus_area or source in the place of another everywhere."""
        return objects.merge(self._writer, kind, gone, kept)

    def remove(self, *refs: str) -> list[Done]:
        """Take agreements out; their refs are not given again. Raises InUse where a relation leads to one of them."""
        from tracker.read.lookup import refs as lookup

        return many.remove(self._writer, [lookup.resolve(self._reader, ref) for ref in refs])

    def take(self, *paths: str | Path, importer: str | None = None, skip_bad: bool = False) -> dict[str, int]:
        """Take in records from files and folders, in any order; ``importer`` names the format (default: recognised).

        Returns the numbers of records that are new, changed, unchanged, doubtful and bad; bad ones are left out with
        ``skip_bad``, and raise RejectedRows without it. No backup is made. Raises UnreadableFile. Where it raises, the
        whole change is taken back, also where the exception is caught.
        """
        from tracker.work.taking import Order, Plan, take

        plan = Plan()
        order = Order([Path(path) for path in paths], self.today, importer, skip_bad=skip_bad)
        writer = self._writer
        try:
            take(writer, order, plan)
            plan.refuse_bad(skip_bad=skip_bad)
        except BaseException as error:
            self._broken_off = error
            raise
        totals = {what: plan.total(what) for what in ("new", "changed", "unchanged")}
        return {**totals, "doubtful": plan.doubtful, "bad": plan.bad}

    def undo(self, number: int | None = None) -> Done:
        """Take back a change by its number in the log, else the last that stands; nothing else goes with it.

        Raises Refused where a later change stands on it, or something else was done in this ``with``.
        """
        if self._writer.change_id is not None:
            raise Refused("an undo is a change by itself; begin another tracker.change for it")
        done = undo.undo(self._writer, number)
        self._undone = True
        return done


@contextmanager
def change_register(
    path: str | Path, *, actor: str | None = None, note: str = "", today: str | None = None, dry_run: bool = False
) -> Iterator[ChangingRegister]:
    """Open a register to change it; all that is done in the ``with`` is one change, kept whole or not at all.

    The file is made where there is none. ``actor``: who the log says it was (default: the account). ``note``: what the
    log says was done. ``dry_run``: everything is done and checked, and then taken back.

    Raises StoreProblems, and at the end of the ``with`` InvalidRecord where something refers to nothing, and Refused
    where an import failed.
    """
    day = day_of(today)
    command = f"python: {note}" if note else "python"
    place = Path(path)
    register: ChangingRegister | None = None
    writer: Writer | None = None
    try:
        with transaction(place, actor=actor or account(), command=command, dry_run=dry_run) as writer:
            register = ChangingRegister(writer, day, place, keeps=not dry_run)
            try:
                yield register
                if not dry_run:
                    register.refuse_half()
            finally:
                register.end()
    except BaseException:
        if register is not None and not (writer and writer.is_kept):
            register.forget()
        raise


def _filled(group: type[_Texts], known: Mapping[str, Json]) -> _Texts:
    """Return what is known as the texts that an act takes; raises InvalidValue for a field that is none."""
    unknown = next((name for name in known if name not in group.part_names()), None)
    if unknown is not None:
        raise InvalidValue(f"{unknown!r} is none of {', '.join(group.part_names())}")
    lists = {name for name, kind in group.__annotations__.items() if "Texts" in str(kind) or "list" in str(kind)}
    return group(
        **{name: [value] if name in lists and isinstance(value, str) else value for name, value in known.items()}
    )


def _text(value: Json) -> str:
    """Return a value as it is typed at a path."""
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value, ensure_ascii=False)
