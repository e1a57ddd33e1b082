"""The filters of a command, and how an answer says what was asked."""

from typing import Any, NamedTuple

Days = tuple[str | None, str | None]
"""First and last ISO day of a range, both included; None = open."""

ANY = "any"
NONE = "none"

Texts = tuple[str, ...]


class Filters(NamedTuple):
    """Which agreements are asked for; all values are codes and ids that exist.

    Several values of one filter mean any of them.
    """

    party: tuple[Texts, ...] = ()
    """Groups of codes: one of each group takes part."""
    binding: Texts = ()
    type: Texts = ()
    focus: Texts = ()
    """Focus areas, each with all below it."""
    family: Texts = ()
    status: Texts = ()
    """Statuses on ``as_of``, or flags."""
    signatory: Texts = ()
    signed: Days | str | None = None
    """Days of signature, or "any" or "none"."""
    expires: Days | str | None = None
    in_force: bool = False
    text_access: Texts = ()
    source: Texts = ()
    refs: Texts = ()
    certain: bool = False
    as_of: str = ""
    """The ISO day that the state of the world is asked for."""

    def asks(self) -> bool:
        """Whether there is a query at all: a day alone is none, nor is the wish for certainty."""
        return self._replace(certain=False, as_of="") != NOTHING

    def describe(self) -> dict[str, Any]:
        """Return the filters that were set, as the envelope of a report shows them."""
        said: dict[str, Any] = {}
        if self.party:
            said["party"] = [",".join(group) for group in self.party]
        for name in ("binding", "type", "focus", "family", "status", "signatory", "text_access", "source", "refs"):
            if getattr(self, name):
                said[name] = list(getattr(self, name))
        for name in ("signed", "expires"):
            wanted = getattr(self, name)
            if wanted is not None:
                said[name] = wanted if isinstance(wanted, str) else f"{wanted[0] or ''}..{wanted[1] or ''}"
        if self.in_force:
            said["in_force"] = True
        if self.certain:
            said["certain"] = True
        return said

    def text(self) -> str:
        """Return what was asked as one line for people; empty where nothing was."""
        return " ".join(_said(name, value) for name, value in self.describe().items())


def _said(name: str, value: Any) -> str:
    if value is True:
        return name.replace("_", " ")
    if name == "party":
        return " ".join(f"party:{group}" for group in value)
    return f"{name}:{','.join(value) if isinstance(value, list) else value}"


NOTHING = Filters()
