"""A party whose name stood as an open question, put in its place wherever somebody asked for it."""

from tracker.record import unsettled
from tracker.record.types import Json, Record
from tracker.store.validation.models import validate
from tracker.store.write import agreements
from tracker.store.write.writer import Writer
from tracker.text.names import fold

PAGE_SIZE = 200
"""Agreements that are read together."""

_ASKING = "SELECT id FROM agreement WHERE instr(open_questions, :mark) ORDER BY id"
_BEARERS = "SELECT DISTINCT code FROM party_keys WHERE folded = :folded"


def settle(writer: Writer, party: Record) -> tuple[list[str], list[str]]:
    """Put a party in the place of the questions that ask for one of its names.

    Return the refs of the agreements that changed, and the sets from which these came. A name that others bear too
    stays a question.
    """
    spellings = {fold(name) for name in (party["name"], *party["names"].values(), *party["aliases"])}
    answers: dict[str, str | None] = {}

    def code(name: str) -> str | None:
        folded = fold(name)
        if folded not in spellings:
            return None
        if folded not in answers:
            bearers = writer.reader.tuples(_BEARERS, {"folded": folded})
            answers[folded] = str(party["code"]) if len(bearers) == 1 else None
        return answers[folded]

    refs: list[str] = []
    sets: set[str] = set()
    ids = [row[0] for row in writer.change.connection.execute(_ASKING, {"mark": unsettled.MARK})]
    for start in range(0, len(ids), PAGE_SIZE):
        for document in agreements.stored(writer.change, ids[start : start + PAGE_SIZE]).values():
            done = unsettled.settled(document, code)
            if done is not document:
                writer.put_agreement(validate(done, document["ref"]))
                refs.append(document["ref"])
                sets.update(_sets(document))
    return sorted(refs), sorted(sets)


def _sets(document: Record) -> list[str]:
    origins: list[Json] = [document["origin"], *(event["origin"] for event in document["events"])]
    return [str(origin["set"]) for origin in origins if isinstance(origin, dict) and origin.get("set")]
