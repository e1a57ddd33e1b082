"""Names of parties that hold the sign which parts them: ``Bosnia and Herzegovina`` where `` and `` stands between."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from json import dumps

from tracker.importers import Draft, Remark
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


def torn_names(draft: Draft, is_party: IsParty) -> Iterator[Remark]:
    """Remark on cells read as several parties that are the name of one together: ``Serbia and Montenegro``."""
    for text, pieces in draft.parted:
        places = list(_places(text, pieces))
        for at in range(len(pieces) - 1):
            name = text[places[at][0] : places[at + 1][1]]
            if is_party(name) and is_party(pieces[at]) and is_party(pieces[at + 1]):
                why = (
                    f"is also the name of one party, and read as two; if it is one, write values = {{ {dumps(name)} = "
                )
                yield Remark(draft.where, f"{why}... }} in its [[party]]", draft.columns.get(pieces[at]), name)


def with_whole_names(draft: Draft, is_party: IsParty) -> Draft:
    """Return a draft in which pieces of a cell that are the name of one party are that party.

    A name that stands elsewhere too, alone, stays beside it.
    """
    joined: dict[str, list[str]] = {}
    told: Counter[str] = Counter()
    columns = dict(draft.columns)
    for text, pieces in draft.parted:
        for name, of in put_together(text, pieces, is_party):
            told[NAMED + name] += 1
            if len(of) == 1:
                continue
            joined[NAMED + name] = [NAMED + piece for piece in of]
            columns.setdefault(name, columns.get(of[0], ""))
    if not joined:
        return draft
    content = dict(draft.content)
    content["parties"] = list(_parties(content["parties"], joined, told))
    content["events"] = [
        {**event, "parties": list(_codes(event["parties"], joined, told))} if event.get("parties") else event
        for event in content["events"]
    ]
    return replace(draft, content=content, columns=columns, twice=tuple(_twice(draft.twice, joined, told)))


def repeated(draft: Draft) -> Iterator[Remark]:
    """Yield a remark for each name that the row of a draft names more than once."""
    for name in dict.fromkeys(code.partition(":")[2] for code in draft.twice):
        yield Remark(draft.where, "names the same party twice", draft.columns.get(name), name)


def _twice(twice: Sequence[str], joined: Mapping[str, Sequence[str]], told: Mapping[str, int]) -> Iterator[str]:
    """Yield what is told twice when pieces are put together: a piece only where it stands alone as often."""
    pieces = {piece for of in joined.values() for piece in of}
    yield from (code for code in twice if code not in pieces or told.get(code, 0) > 1)
    yield from (name for name, of in joined.items() if told[name] > 1 and set(of) <= set(twice))


def _codes(codes: Sequence[str], joined: Mapping[str, Sequence[str]], told: Mapping[str, int]) -> dict[str, None]:
    """Put names in the place of their pieces, where all of these are there."""
    there = {name: of for name, of in joined.items() if set(of) <= set(codes)}
    done: dict[str, None] = {}
    for code in codes:
        names = [name for name, of in there.items() if code in of]
        done |= dict.fromkeys([code, *names] if code in told else names or [code])
    return done


def _parties(
    parties: Sequence[Record], joined: Mapping[str, Sequence[str]], told: Mapping[str, int]
) -> Iterator[Record]:
    done: set[tuple[Json, Json]] = set()
    for party in parties:
        names = {name: of for name, of in joined.items() if party["code"] in of}
        stays = not names or party["code"] in told
        for code in [*([party["code"]] if stays else ()), *names]:
            if (code, party.get("entity")) not in done:
                done.add((code, party.get("entity")))
                yield {**party, "code": code}
