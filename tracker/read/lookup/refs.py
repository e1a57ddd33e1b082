"""The agreement that a person means by a ref or the beginning of one."""

from tracker.errors import Ambiguous, NotFound
from tracker.read.file.connection import Reader

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
    wanted = text.strip().lower()
    if reader.scalar("SELECT 1 FROM agreements WHERE ref = :ref", {"ref": wanted}):
        return wanted
    found = beginning(reader, wanted, SHOWN + 1) if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(f"{_shown(text)} is the beginning of {_listed(found)}; write more of it")
    raise NotFound(_not_found(reader, text, wanted))


def beginning(reader: Reader, prefix: str, limit: int) -> list[str]:
    """Return refs that begin with ``prefix``, in order, at most ``limit``."""
    sql = "SELECT ref FROM agreements WHERE ref >= :first AND ref < :last ORDER BY ref LIMIT :limit"
    binds = {"first": prefix, "last": prefix + BEYOND, "limit": limit}
    return [row[0] for row in reader.tuples(sql, binds)]


def near(reader: Reader, wanted: str) -> list[str]:
    """Return the refs most like a wrong one: of the same first word or letter, or with its text inside."""
    from tracker.text.names import suggest

    inside = "SELECT ref FROM agreements WHERE instr(ref, :text) ORDER BY ref LIMIT 3"
    holding = [row[0] for row in reader.tuples(inside, {"text": wanted})] if wanted else []
    if holding:
        return holding
    word = wanted.partition("-")[0]
    candidates: list[str] = []
    for prefix in dict.fromkeys((word, wanted[:1], "")):
        candidates = beginning(reader, prefix, COMPARED)
        alike = suggest(wanted, candidates)
        if alike:
            return alike
    return []


def _not_found(reader: Reader, text: str, wanted: str) -> str:
    if reader.scalar("SELECT 1 FROM retired_refs WHERE ref = :ref", {"ref": wanted}):
        sql = "SELECT merged_into FROM retired_ids WHERE kind = 'agreement' AND id = :ref"
        if kept := reader.scalar(sql, {"ref": wanted}):
            return f"agreement {_shown(text)} was merged into {kept}; see that one with: tracker show {kept}"
        return (
            f"agreement {_shown(text)} was removed, and a ref is never given again; `tracker list` shows what is there"
        )
    if reader.absent:
        absent = f"there is no store yet ({reader.path}); record something with: tracker add TITLE"
        return f"no agreement {_shown(text)}: {absent}"
    alike = near(reader, wanted)
    hint = f"did you mean {' or '.join(alike)}?" if alike else "`tracker list` shows the refs"
    return f"no agreement {_shown(text)}; {hint}"


def _listed(found: list[str]) -> str:
    if len(found) > SHOWN:
        return f"{', '.join(found[:SHOWN])} and more"
    return ", ".join(found)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")
