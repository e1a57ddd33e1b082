"""Names of parties that hold the sign which parts them: ``Bosnia and Herzegovina`` where `` and `` stands between."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tracker.importers import Draft
from tracker.record.types import Json, Record

MOST_PIECES = 3
"""Pieces of which one name is: ``Bonaire``, ``Sint Eustatius``, ``Saba``."""

NAMED = "name:"

IsParty = Callable[[str], bool]
"""Whether some party bears a name."""


def put_together(text: str, pieces: Sequence[str], is_party: IsParty) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the names in a cell, each with its pieces: those are one name that are a party's together, not each alone.

    ``Serbia and Montenegro`` stays two parties, as the sign between them says.
    """
    borne = [is_party(piece) for piece in pieces]
    places = list(_places(text, pieces))
    at = 0
    while at < len(pieces):
        end = at + 1
        for further in range(min(at + MOST_PIECES, len(pieces)), at + 1, -1):
            if not all(borne[at:further]) and is_party(text[places[at][0] : places[further - 1][1]]):
                end = further
                break
        yield text[places[at][0] : places[end - 1][1]], pieces[at:end]
        at = end


def _places(text: str, pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    end = 0
    for piece in pieces:
        start = text.index(piece, end)
        end = start + len(piece)
        yield start, end


def with_whole_names(draft: Draft, is_party: IsParty) -> Draft:
    """Return a draft in which pieces of a cell that are the name of one party are that party."""
    swaps: dict[str, str] = {}
    staying: set[str] = set()
    columns = dict(draft.columns)
    for text, pieces in draft.parted:
        for name, of in put_together(text, pieces, is_party):
            if len(of) == 1:
                staying.add(NAMED + name)
                continue
            swaps.update((NAMED + piece, NAMED + name) for piece in of)
            columns.setdefault(name, columns.get(of[0], ""))
    if not swaps:
        return draft
    content = dict(draft.content)
    content["parties"] = list(_parties(content["parties"], swaps, staying))
    content["events"] = [
        {**event, "parties": list(_codes(event["parties"], swaps, staying))} if event.get("parties") else event
        for event in content["events"]
    ]
    return replace(draft, content=content, columns=columns)


def _codes(codes: Sequence[str], swaps: dict[str, str], staying: set[str]) -> dict[str, None]:
    done: dict[str, None] = {}
    for code in codes:
        if code not in swaps or code in staying:
            done[code] = None
        if code in swaps:
            done[swaps[code]] = None
    return done


def _parties(parties: Sequence[Record], swaps: dict[str, str], staying: set[str]) -> Iterator[Record]:
    told: set[tuple[Json, Json]] = set()
    for party in parties:
        for code in _codes([party["code"]], swaps, staying):
            if (code, party.get("entity")) not in told:
                told.add((code, party.get("entity")))
                yield {**party, "code": code}
