"""One party while the steps that concern it are taken in order: signatory, bound, in force, suspended, gone."""

from tracker.law.life import steps as life
from tracker.law.life.steps import Step
from tracker.record import kinds


class Member:
    """The state of one party while the steps that concern it are taken in order."""

    __slots__ = (
        "by_instrument", "by_signature", "code", "consented", "ended_with_all", "founding", "gone", "in_force",
        "present", "provisional", "signed", "signing", "suspended", "withdrawn",
    )  # fmt: skip

    def __init__(self, code: str, *, founding: bool, signing: bool, present: bool = True) -> None:
        """Begin before any act.

        ``founding``: the instrument's entry into force is its own without a recorded consent; ``signing``: its
        signature binds it; ``present``: False for a successor, which stands in the place of another only later.
        """
        self.code = code
        self.founding = founding
        self.signing = signing
        self.present = present
        self.withdrawn = self.gone = self.ended_with_all = False
        self._leave()

    def anew(self) -> "Member":
        """Return the same party before any act."""
        return Member(self.code, founding=self.founding, signing=self.signing, present=self.present)

    def _leave(self) -> None:
        """Be nothing any more, as before any act."""
        self.by_instrument = self.by_signature = False
        self._clear()

    def _clear(self) -> None:
        """Forget the state; how it consented stays, for a consent may work after the end of the whole."""
        self.signed = self.consented = self.in_force = self.provisional = self.suspended = False

    def take(self, step: Step) -> None:
        """Change the state by one step."""
        rank = life.WITHDRAWN if step.rank == life.LEFT else step.rank
        if rank == life.SUCCEEDED:
            self.present = True
        elif rank <= life.CONSENTED:
            self.signed = self.signed or rank == life.SIGNED
            if kinds.consents(step.kind) or rank == life.CONSENTED:
                self.consented, self.withdrawn = True, False
                signs = kinds.signs(step.kind)
                self.by_instrument, self.by_signature = self.by_instrument or not signs, self.by_signature or signs
        elif rank == life.TAKEN_BACK:
            self._take_back(step)
        elif rank <= life.PROVISIONAL_ENDED:
            self.provisional = rank == life.PROVISIONAL
        elif rank == life.ENTERED:
            self._enter(step)
        elif rank in (life.SUSPENDED, life.RESUMED):
            self.suspended = rank == life.SUSPENDED
        elif rank == life.WITHDRAWN and self.code in step.who:
            self._leave()
            self.withdrawn, self.ended_with_all = True, False
        elif rank >= life.WITHDRAWN:
            self.ended_with_all = self.ended_with_all or self.in_force
            self._clear()  # the instrument ended for everyone
            self.gone = self.gone or rank == life.GONE

    def _is_bound_by_signature(self) -> bool:
        return self.consented or self.by_signature or (self.signing and self.signed) or not self.in_force

    def _take_back(self, step: Step) -> None:
        """Take back a signature or a consent (VCLT 18): the party is a signatory again, or nothing."""
        undoes = kinds.row(step.kind).undoes
        if undoes == "signature" and (self.by_instrument or not self._is_bound_by_signature()):
            self.signed = False
        elif self.in_force:
            self._leave()
            self.withdrawn = True
        else:
            self.by_instrument = self.by_signature = self.consented = False
            self.signed = self.signed and undoes == "consent"

    def _enter(self, step: Step) -> None:
        if step.who or (not self.withdrawn and (self.founding or self.ended_with_all)):
            self.in_force, self.withdrawn = True, False

    def status(self) -> str:
        """Return the status that the state amounts to, '' for none."""
        if self.withdrawn:
            return "withdrawn"
        if self.suspended:
            return "suspended"
        if self.in_force:
            return "in_force"
        if self.provisional:
            return "provisional"
        if self.consented:
            return "consented"
        return "signatory" if self.signed else ""
