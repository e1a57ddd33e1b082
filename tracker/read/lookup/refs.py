"""The agreement that a person means by a ref or the beginning of one."""

from tracker.errors import Ambiguous, NotFound
from tracker.read.file.connection import Bound, Reader

SHOWN = 8
"""Refs that a message lists."""

COMPARED = 2_000
"""Refs that a wrong one is compared with."""

BEYOND = "\U0010ffff"
"""Sorts after every character of a ref."""


def resolve(reader: Reader, text: str) -> str:
    """Return the ref that ``text`` is, or is the only one to begin with; case does not matter.

    Raises Ambiguous with the choices, or NotFound with the nearest refs.
    """
    typed = text.strip().lower()
    if reader.scalar("SELECT 1 FROM agreements WHERE ref = :ref", {"ref": typed}):
        return typed
    candidates = beginning(reader, typed, SHOWN + 1) if typed else []
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise Ambiguous(f"{_shown(text)} is the beginning of {_listed(candidates)}; write more of it")
    raise NotFound(_not_found(reader, text, typed))


def beginning(reader: Reader, prefix: str, limit: int) -> list[str]:
    """Return refs that begin with ``prefix``, in order, at most ``limit``."""
    sql = "SELECT ref FROM agreements WHERE ref >= :first AND ref < :last ORDER BY ref LIMIT :limit"
    binds: dict[str, Bound] = {"first": prefix, "last": prefix + BEYOND, "limit": limit}
    return [ref for (ref,) in reader.tuples(sql, binds)]


def near(reader: Reader, typed: str) -> list[str]:
    """Return the refs most like a wrong one: of the same first word or letter, or with its text inside."""
    from tracker.text.names import suggest

    inside = "SELECT ref FROM agreements WHERE instr(ref, :text) ORDER BY ref LIMIT 3"
    holding = [ref for (ref,) in reader.tuples(inside, {"text": typed})] if typed else []
    if holding:
        return holding
    word = typed.partition("-")[0]
    candidates: list[str] = []
    for prefix in dict.fromkeys((word, typed[:1], "")):
        candidates = beginning(reader, prefix, COMPARED)
        alike = suggest(typed, candidates)
        if alike:
            return alike
    return []


def _not_found(reader: Reader, text: str, typed: str) -> str:
    if reader.scalar("SELECT 1 FROM retired_refs WHERE ref = :ref", {"ref": typed}):
        sql = "SELECT merged_into FROM retired_ids WHERE kind = 'agreement' AND id = :ref"
        if kept := reader.scalar(sql, {"ref": typed}):
            return f"agreement {_shown(text)} was merged into {kept}; see that one with: tracker show {kept}"
        return (
            f"agreement {_shown(text)} was removed, and a ref is never given again; `tracker list` shows what is there"
        )
    if reader.absent:
        absent = f"there is no store yet ({reader.path}); record something with: tracker add TITLE"
        return f"no agreement {_shown(text)}: {absent}"
    alike = near(reader, typed)
    hint = f"did you mean {' or '.join(alike)}?" if alike else "`tracker list` shows the refs"
    return f"no agreement {_shown(text)}; {hint}"


def _listed(refs: list[str]) -> str:
    if len(refs) > SHOWN:
        return f"{', '.join(refs[:SHOWN])} and more"
    return ", ".join(refs)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")
