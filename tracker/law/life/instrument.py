"""The instrument as a whole while its steps are taken in order: its status, and the flags beside it.

The newest of termination, expiry, supersession or discontinuance decides; else a suspension that was not lifted; else
entry into force (arrangements become operative); else provisional application; else the furthest of signature,
adoption, initialling, negotiation and announcement.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.dates.day import between
from tracker.law.life import steps as life
from tracker.law.life.orders import orders, together
from tracker.law.life.spans import Span, Track
from tracker.law.life.steps import Step
from tracker.record import kinds

STAGES = {
    life.ANNOUNCED: "announced",
    life.NEGOTIATING: "negotiating",
    life.INITIALLED: "initialled",
    life.ADOPTED: "adopted",
    life.SIGNED: "signed",
    life.CONSENTED: "awaiting_entry",
}
BINDING = ("binding", "binding_domestic_law", "mixed")


class Sides(NamedTuple):
    """Whose acts make the life of an instrument: its parties, its binding status, and whether it has two sides."""

    codes: tuple[str, ...]
    binding_status: str
    bilateral: bool | None
    may_be_empty: bool


def _instrument(order: Sequence[Step], asked: Sides) -> list[tuple[list[Span], ...]]:
    """Return the spans of the statuses, and those of each flag, in every version that the record allows.

    What one of its sides does moves an instrument of two sides; whether it has two may be open. Where all parties have
    left, or suspended it, the instrument is over, or suspended, if the record lists them all.
    """
    moves = any(step.who and step.rank >= life.PROVISIONAL_ENDED for step in order)
    sides = [asked.bilateral] if asked.bilateral is not None else [False, True] if moves else [True]
    versions = []
    for bilateral in sides:
        plain = Instrument(order, asked, bilateral=bool(bilateral))
        versions.append(plain.taken(order))
        if plain.was_emptied and asked.may_be_empty:
            versions.append(Instrument(order, asked, bilateral=bool(bilateral), empties=True).taken(order))
    return versions


def whole_spans(worlds: Sequence[list[Step]], asked: Sides) -> list[list[Span]]:
    """Return the spans of the statuses of the instrument, and those of each flag, in all that may have happened."""
    found = [orders(course) for world in worlds for course in life.courses(world)]
    versions = [version for world in found for order in world.found for version in _instrument(order, asked)]
    unsettled = next((world.unsettled for world in found if world.unsettled), None)
    return [together(tracks, unsettled) for tracks in zip(*versions, strict=True)]


class Instrument:
    """The state of an instrument while its steps are taken in order, and the tracks that this leaves."""

    __slots__ = (
        "bilateral", "binding", "codes", "consents", "emptied", "empties", "ended", "force", "idle", "left", "notice",
        "notices", "partly", "pending_signers", "provisional", "signed_by_hand", "stage", "suspended", "track",
        "was_emptied", "whole_entry",
    )  # fmt: skip

    def __init__(self, steps: Sequence[Step], asked: Sides, *, bilateral: bool, empties: bool = False) -> None:
        """Begin before any step; ``empties``: what all parties of the record did, such as leave, all parties did."""
        self.binding = asked.binding_status
        self.codes = asked.codes
        self.bilateral = bilateral
        self.empties = empties
        self.left: set[str] = set()
        self.idle: set[str] = set()
        self.emptied = self.was_emptied = False
        self.stage = 0
        self.force = self.ended = ""
        self.suspended = False
        self.provisional: set[str] = set()
        self.consents: set[str] = set()
        self.notices: list[tuple[str, ...]] = []
        self.track = Track("")
        self.partly: Track | None = None
        self.notice: Track | None = None
        self.pending_signers = 0
        self.whole_entry = False
        self.signed_by_hand = any(step.kind in kinds.CONCLUSIONS for step in steps)
        for step in steps:
            if self._is_waited_for(step):
                self.pending_signers += 1
            elif step.rank == life.ENTERED and not step.who:
                self.whole_entry = True

    def taken(self, steps: Sequence[Step]) -> tuple[list[Span], ...]:
        """Take all steps; return the spans of the statuses, and those of each flag."""
        for step in steps:
            self.take(step)
        return tuple(track.spans if track else [] for track in (self.track, self.partly, self.notice))

    def take(self, step: Step) -> None:
        """Take one step: change the state, then write down what changed."""
        self._change(step)
        rank = step.rank
        idle = rank == life.ENTERED and bool(step.who) and self.whole_entry
        self.track.turn(self._status(), step, widens=not idle)
        if rank == life.TERM_OVER and self.track.spans[-1].from_date == step.text:
            span = self.track.spans[-1]  # the term's last day is recorded; the status begins on the next
            span.from_date = between(step.earliest or None, span.from_latest, uncertain=step.doubt).edtf
        if self.partly is not None:
            some = 0 < len(self.consents) < len(self.codes) and not (self.force or self.ended)
            self.partly.turn("partly_ratified" if some else "", step)
        if self.notice is not None:
            self.notice.turn("notice_given" if self.notices else "", step)

    def _change(self, step: Step) -> None:
        rank = step.rank
        if rank == life.ENTERED:
            self._enter(step)
        elif rank <= life.CONSENTED:
            self._advance(step)
        elif rank == life.TAKEN_BACK:
            self._take_back(step)
        elif rank <= life.PROVISIONAL_ENDED:
            self._apply_provisionally(step)
        elif rank in (life.SUSPENDED, life.RESUMED):
            self._suspend(step)
        elif rank in (life.NOTICE, life.NOTICE_LIFTED):
            self._notify(step)
        else:
            self._end(step)

    def _status(self) -> str:
        if self.ended or self.emptied:
            return self.ended or self._end_word(kinds.usual(life.WITHDRAWN))
        if self.suspended or (self.empties and self._is_idle()):
            return "suspended"
        if self.force:
            return self.force
        if self.provisional:
            return "provisionally_applied"
        return STAGES.get(self.stage, "")

    def _suspend(self, step: Step) -> None:
        """Suspend or resume the whole, or some of its parties: of those that the record lists all may have done it."""
        self.idle = life.idle_after(step, self.idle)
        if self._concerns_whole(step):
            self.suspended = bool(self.idle)
            return
        self.was_emptied = self.was_emptied or bool(self.force and self._is_idle())

    def _is_idle(self) -> bool:
        return bool(self.idle) and self.idle.issuperset(self.codes)

    def _concerns_whole(self, step: Step) -> bool:
        """Between two parties, what one does to its side it does to the instrument.

        A suspension releases the parties between whom it works from performing the treaty in their mutual relations
        (VCLT 57, 60(1), 72(1)(a)): of a treaty of two, nothing is left to perform. Among more, the others go on.
        """
        return not step.who or self.bilateral

    def _take_back(self, step: Step) -> None:
        """Take back signatures or consents before the entry (VCLT 18): the text is signed as before."""
        if kinds.row(step.kind).undoes != "consent":
            return
        self.consents.difference_update(step.who or self.codes)
        if self.stage == life.CONSENTED:
            self.stage = life.SIGNED

    def _advance(self, step: Step) -> None:
        reached = step.rank
        if reached == life.SIGNED:
            self.pending_signers -= self._is_waited_for(step)
            if kinds.consents(step.kind):
                reached = max(reached, self._consent(step))
            if self.bilateral and self.pending_signers:
                return  # a bilateral text is signed with the last of its signatures
        elif reached == life.CONSENTED:
            reached = self._consent(step)
        self.stage = max(self.stage, reached)

    def _is_waited_for(self, step: Step) -> bool:
        """Tell whether a text is not signed before this act; notes beside a signature are not waited for."""
        return step.rank == life.SIGNED and not (self.signed_by_hand and step.kind in kinds.EXCHANGES)

    def _consent(self, step: Step) -> int:
        """Count a consent; return the stage reached: all have consented, or the text is at least fixed."""
        if not step.who:
            self.consents.update(self.codes)
            return life.CONSENTED
        self.consents.update(code for code in step.who if code in self.codes)
        self._come_back(step.who)
        if self.partly is None and len(self.codes) > 1:
            self.partly = Track("")
        everyone = 1 < len(self.codes) == len(self.consents)
        return life.CONSENTED if everyone else life.ADOPTED

    def _apply_provisionally(self, step: Step) -> None:
        if step.rank == life.PROVISIONAL:
            self.provisional.update(step.who or ("",))
        elif self._concerns_whole(step):
            self.provisional.clear()
        else:
            self.provisional.difference_update(step.who)

    def _enter(self, step: Step) -> None:
        self._come_back(step.who)
        if self.ended and step.who:
            return
        if step.who and self.whole_entry:
            return  # the entry for one party; that of the instrument is recorded too
        self.ended = ""  # an entry into force after an end revives the instrument
        self.force = self._force_word(step.kind)

    def _force_word(self, kind: str) -> str:
        if self.binding == "non_binding":
            return "operative"
        if self.binding in BINDING:
            return "in_force"
        return "operative" if kinds.row(kind).of_arrangement else "in_force"

    def _notify(self, step: Step) -> None:
        if self.ended:
            return
        if step.rank == life.NOTICE:
            self.notices.append(step.who)
            if self.notice is None:
                self.notice = Track("")
        else:
            self._drop_notices(step)

    def _drop_notices(self, step: Step) -> None:
        self.notices = [who for who in self.notices if not life.concerns(who, step.who)]

    def _end(self, step: Step) -> None:
        if step.rank == life.WITHDRAWN and not self._concerns_whole(step):
            self._drop_notices(step)
            self.left.update(step.who)
            if self.left.issuperset(self.codes) and self.force:
                self.was_emptied = True
                self.emptied = self.empties
            return
        if step.rank in (life.WITHDRAWN, life.TERM_OVER, life.UNTOLD) and self.ended:
            if step.rank == life.TERM_OVER:
                self.track.be_over(step)
            return
        self.notices = []
        self.suspended = False
        self.idle = set()
        self.ended = self._end_word(step.kind)

    def _come_back(self, who: tuple[str, ...]) -> None:
        self.left.difference_update(who)
        self.emptied = self.emptied and self.left.issuperset(self.codes)

    def _end_word(self, name: str) -> str:
        kind = kinds.row(name)
        if kind.stage == life.ENDED and not kind.presupposes_force and not (self.force or self.provisional):
            return "never_entered"
        if kind.ends_as not in ("terminated", "discontinued"):
            return kind.ends_as
        if self.binding == "non_binding":
            return "discontinued"
        return "discontinued" if kind.of_arrangement and self.binding not in BINDING else "terminated"
