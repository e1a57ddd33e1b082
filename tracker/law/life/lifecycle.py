"""What the events of an agreement make of it: its status, each party's, and when; the rules of a treaty's life.

The newest of termination, expiry, supersession or discontinuance decides; else a suspension that was not lifted; else
entry into force (arrangements become operative); else provisional application; else the furthest of signature,
adoption, initialling, negotiation and announcement. Spans hold the answer for every day at once; ``standing`` reads one
day off.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.dates.day import PartialDate, between, last
from tracker.dates.edtf import parse
from tracker.law import parties as law_of_parties
from tracker.law.life import steps as life
from tracker.law.life.orders import orders, together
from tracker.law.life.party_spans import party_spans
from tracker.law.life.sequence import steps_of
from tracker.law.life.spans import SPAN_COLUMNS, Span, Track, tell_spells
from tracker.law.life.standing import SPAN_FLAGS, Standing, flags, possible, possible_flags, standing, standings
from tracker.law.life.steps import Step
from tracker.record import kinds
from tracker.record.acts import of_signature

__all__ = [
    "SPAN_COLUMNS",
    "SPAN_FLAGS",
    "Span",
    "Standing",
    "flags",
    "of_provision",
    "of_record",
    "possible",
    "possible_flags",
    "signed",
    "spans",
    "standing",
    "standings",
]

STAGES = {
    life.ANNOUNCED: "announced",
    life.NEGOTIATING: "negotiating",
    life.INITIALLED: "initialled",
    life.ADOPTED: "adopted",
    life.SIGNED: "signed",
    life.CONSENTED: "awaiting_entry",
}
BINDING = ("binding", "binding_domestic_law", "mixed")


def spans(
    events: Sequence[Mapping[str, Any]],
    *,
    binding_status: str,
    parties: Sequence[str],
    terms: Mapping[str, Any] | None = None,
    successors: Sequence[PartialDate] = (),
) -> list[Span]:
    """Return the spans of the instrument (party '') and of each party, each numbered from 0 in order of time.

    Besides statuses the instrument has spans of the flags ``notice_given`` and ``partly_ratified`` (``SPAN_FLAGS``).
    ``parties`` are the codes of the record's parties; a code may come twice, with two entities. ``successors`` are the
    entries into force of instruments that supersede this one: they date a ``superseded`` without a day (VCLT 59).
    """
    codes = tuple(dict.fromkeys(parties))
    steps = steps_of(events, codes, terms, successors)
    if not steps:
        return []
    found = orders(steps)
    versions = [_instrument(order, codes, binding_status) for order in found.found]
    held = [together(tracks, found.unsettled) for tracks in zip(*versions, strict=True)]
    whole = [span for spans in held for span in spans]
    for position, span in enumerate(whole):
        span.position = position
    tell_spells(held[0])
    return whole + party_spans(steps, codes, held[0], terms)


def of_record(
    record: Mapping[str, Any],
    *,
    provision: str = "",
    others: Sequence[str] = (),
    successors: Sequence[PartialDate] = (),
) -> list[Span]:
    """Return the spans of a record, or of one provision of it; observers and others outside it are left out.

    ``others`` are codes that act in it without being listed, to be followed as well; ``successors`` as for ``spans``.
    """
    events = law_of_parties.acts(record["events"], record["parties"])
    return spans(
        of_provision(events, provision) if provision else events,
        binding_status=record["binding_status"],
        parties=(*law_of_parties.contracting(record["parties"]), *others),
        terms=record["terms"],
        successors=successors,
    )


def _instrument(order: Sequence[Step], codes: tuple[str, ...], binding_status: str) -> tuple[list[Span], ...]:
    """Return the spans of the statuses, and those of each flag."""
    instrument = Instrument(order, codes, binding_status)
    for step in order:
        instrument.take(step)
    return tuple(track.spans if track else [] for track in (instrument.track, instrument.partly, instrument.notice))


def of_provision(events: Sequence[Mapping[str, Any]], provision: str) -> list[Mapping[str, Any]]:
    """Return the events that make the life of one provision, as if it were an instrument of its own.

    What happens to the whole happens to its parts (VCLT 44); a part that has an entry into force of its own does not
    share that of the whole.
    """
    own = [event for event in events if event.get("provision") == provision]
    enters = any(kinds.stage(event["kind"]) == life.ENTERED for event in own)
    return [
        {**event, "provision": None}
        for event in events
        if event.get("provision") == provision
        or (not event.get("provision") and not (enters and kinds.stage(event["kind"]) == life.ENTERED))
    ]


def signed(events: Sequence[Mapping[str, Any]]) -> PartialDate | None:
    """Return the date of the last act of signature (``acts.of_signature``).

    None where there is none or no day of any is known; with an act on an unknown day beside dated ones, "on or after".
    """
    acts = [event["date"] for event in of_signature(events)]
    if len(acts) == 1:
        return None if acts[0] is None else parse(acts[0])
    dated = last([parse(text) for text in acts if text is not None])
    if dated is None or None not in acts:
        return dated
    return None if dated.earliest is None else between(dated.earliest, None, uncertain=dated.uncertain)


class Instrument:
    """The state of an instrument while its steps are taken in order, and the tracks that this leaves."""

    __slots__ = (
        "binding", "codes", "consents", "ended", "force", "notice", "notices", "partly", "pending_signers",
        "provisional", "signed_by_hand", "stage", "suspended", "track", "whole_entry",
    )  # fmt: skip

    def __init__(self, steps: Sequence[Step], codes: tuple[str, ...], binding_status: str) -> None:
        self.binding = binding_status
        self.codes = codes
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

    def take(self, step: Step) -> None:
        """Take one step: change the state, then write down what changed."""
        rank = step.rank
        if rank == life.ENTERED:
            self._enter(step)
        elif rank <= life.CONSENTED:
            self._advance(step)
        elif rank <= life.PROVISIONAL_ENDED:
            self._apply_provisionally(step)
        elif rank in (life.SUSPENDED, life.RESUMED):
            if self._concerns_whole(step):
                self.suspended = rank == life.SUSPENDED
        elif rank in (life.NOTICE, life.NOTICE_LIFTED):
            self._notify(step)
        else:
            self._end(step)
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

    def _status(self) -> str:
        if self.ended:
            return self.ended
        if self.suspended:
            return "suspended"
        if self.force:
            return self.force
        if self.provisional:
            return "provisionally_applied"
        return STAGES.get(self.stage, "")

    def _concerns_whole(self, step: Step) -> bool:
        """Between two parties, what one does to its side it does to the instrument.

        A suspension releases the parties between whom it works from performing the treaty in their mutual relations
        (VCLT 57, 60(1), 72(1)(a)): of a treaty of two, nothing is left to perform. Among more, the others go on.
        """
        return not step.who or len(self.codes) <= 2

    def _advance(self, step: Step) -> None:
        reached = step.rank
        if reached == life.SIGNED:
            self.pending_signers -= self._is_waited_for(step)
            if step.who and kinds.consents(step.kind):
                reached = max(reached, self._consent(step))
            if len(self.codes) <= 2 and self.pending_signers:
                return  # a bilateral text is signed with the last of its signatures
        elif reached == life.CONSENTED and step.who:
            reached = self._consent(step)
        self.stage = max(self.stage, reached)

    def _is_waited_for(self, step: Step) -> bool:
        """Tell whether a text is not signed before this act; notes beside a signature are not waited for."""
        return step.rank == life.SIGNED and not (self.signed_by_hand and step.kind in kinds.EXCHANGES)

    def _consent(self, step: Step) -> int:
        """Count a party's consent; return the stage reached: all have consented, or the text is at least fixed."""
        self.consents.update(code for code in step.who if code in self.codes)
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
            return
        if step.rank in (life.WITHDRAWN, life.TERM_OVER) and self.ended:
            return
        self.notices = []
        self.suspended = False
        self.ended = self._end_word(step.kind)

    def _end_word(self, name: str) -> str:
        kind = kinds.row(name)
        if kind.stage == life.ENDED and not kind.presupposes_force and not (self.force or self.provisional):
            return "never_entered"
        if kind.ends_as not in ("terminated", "discontinued"):
            return kind.ends_as
        if self.binding == "non_binding":
            return "discontinued"
        return "discontinued" if kind.of_arrangement and self.binding not in BINDING else "terminated"
