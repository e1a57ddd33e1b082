"""How well and how fast texts are read: proposals held against records that a person wrote for the same texts.

    python benchmarks/propose.py FOLDER [--only 01,02] [--but 03,06] [--each] [--out FILE]

A folder holds ``NAME.txt`` (a title, a blank line, the text) and ``NAME.json`` with ``published`` and
``instruments``, each in the shape of ``predicted``; ``optional`` ones may be proposed or not, and ``KEY_alt`` lists
what is right too. Proposals are laid beside the records by parties, words of the title, day and type; every value of
one that meets none counts as wrong, every value of a record that none meets as missed. Printed are precision, recall
and F1 of every field, and what reading cost in processor time and memory. ``--out`` writes the predictions, a line a
text.
"""

import argparse
import json
import re
import resource
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from tracker.proposing.basis.document import Document
from tracker.proposing.basis.proposal import NEW, Proposal
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.proposing.propose import propose

Json = Any

MEETS = 0.4
"""Likeness from which a proposal and a record are laid beside each other."""

SAME_SENTENCE = 0.6
"""F1 of the words of two quotations from which they are one sentence."""

TERMS = {"entry_into_force": "condition", "duration": "kind", "notice": "kind"}
"""Clauses, with the key that tells their kind."""

SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "on",
        "in",
        "for",
        "to",
        "between",
        "government",
        "kingdom",
        "republic",
        "with",
        "by",
        "its",
        "as",
        "at",
        "or",
        "from",
        "state",
        "states",
        "le",
        "la",
        "les",
        "de",
        "des",
        "du",
        "et",
        "en",
        "sur",
        "entre",
        "gouvernement",
        "royaume",
        "republique",
        "l",
        "d",
        "au",
        "aux",
        "el",
        "los",
        "las",
        "del",
        "y",
        "sobre",
        "gobierno",
        "republica",
        "un",
        "una",
        "der",
        "die",
        "das",
        "dem",
        "den",
        "und",
        "zwischen",
        "uber",
        "regierung",
        "betreffend",
        "vom",
        "zur",
        "zum",
        "im",
        "fur",
    ]
)

_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def vocabulary() -> Vocabulary:
    """Return the names with which every register begins."""
    from tracker.read.lookup import by_language
    from tracker.store.schema import builtin

    names = [
        (name, party["code"])
        for party in builtin.parties()
        for name in (party["name"], *party.get("names", {}).values(), *party.get("aliases", ()))
    ]
    areas = {area["code"]: area["label"] for area in builtin.focus_areas()}
    return Vocabulary([*names, *by_language.every()], areas)


def predicted(proposal: Proposal) -> dict[str, Json]:
    """Return a proposal in the shape of the records that a person wrote."""
    binding = proposal.of("binding_status")
    days = [value for value in proposal.of("signed") if re.fullmatch(r"\d{4}-\d\d-\d\d", value.value)]
    found: dict[str, Json] = {
        "title_words": proposal.first("title"),
        "type": proposal.first("instrument_type"),
        "parties": [value.value for value in proposal.of("parties")],
        "signed": max((value.value for value in days), default=None),
        "place": proposal.first("place"),
        "signatories": [value.value for value in proposal.of("signatories")],
        "binding": binding[0].value if binding else "not_stated",
        "binding_sentence": binding[0].passage.text if binding else None,
        "focus": [value.value for value in proposal.of("focus_areas")],
        "relations": [
            {"type": value.value["type"], "target": value.value["target_title"]} for value in proposal.of("relations")
        ],
    }
    for key, path in (
        ("entry_into_force", "terms.entry_into_force"),
        ("duration", "terms.duration"),
        ("notice", "terms.notices"),
    ):
        values = proposal.of(path)
        found[key] = {**values[0].value, "sentence": values[0].passage.text} if values else None
    return found


# ---- likeness ----------------------------------------------------------------------------------------------------


def words(text: Json) -> Counter[str]:
    """Return the words of a text without accents and small ones; of signs without blanks, their pairs."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", str(text or "")).casefold() if not unicodedata.combining(sign)
    )
    found = [word for word in re.findall(r"[^\W_]+", plain) if word not in SMALL and not _SIGNS.search(word)]
    for run in _SIGNS.findall(plain):
        found += [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]
    return Counter(found)


def shared(one: Json, other: Json) -> tuple[float, float]:
    """Return F1 of the words of two texts, and the share of the shorter one that stands in the other."""
    first, second = words(one), words(other)
    common = sum((first & second).values())
    total, least = sum(first.values()) + sum(second.values()), min(sum(first.values()), sum(second.values()))
    return (2 * common / total if total else 0.0), (common / least if least else 0.0)


def codes(party: Json) -> set[str]:
    """Return the codes by which a party is right."""
    return {party["code"], *party.get("code_alt", ())}


def pairs(gold: Json, guess: Json) -> tuple[list[tuple[Json, Json]], list[Json]]:
    """Return the parties that both name, and those that the guess has too much."""
    left, both = list(guess.get("parties") or ()), []
    for party in gold.get("parties") or ():
        same = next((one for one in left if one["code"] in codes(party)), None)
        if same is not None:
            both.append((party, same))
            left.remove(same)
    allowed = set(gold.get("parties_ok") or ())
    return both, [one for one in left if one["code"] not in allowed]


def likeness(gold: Json, guess: Json) -> float:
    """Return how much a proposal is like a record, nothing where they have neither a party nor many words in common."""
    both, left = pairs(gold, guess)
    named = len(gold.get("parties") or ()) + len(left)
    party = len(both) / named if named else 0.0
    f1, contained = shared(gold.get("title_words"), guess.get("title_words"))
    title = max(f1, 0.8 * contained)
    days = right_day(gold, guess.get("signed")) or (not gold.get("signed") and not guess.get("signed"))
    near = not gold.get("signed") or not guess.get("signed") or str(gold["signed"])[:4] == str(guess["signed"])[:4]
    day = 1.0 if days else 0.5 if near else 0.0
    kind = guess.get("type") in (gold.get("type"), *gold.get("type_alt", ()))
    return 0.45 * party + 0.3 * title + 0.15 * day + 0.1 * kind if party or title >= SAME_SENTENCE else 0.0


def right_day(gold: Json, day: Json) -> bool:
    """Tell whether a day is the one of a record, or one that is right too."""
    return bool(day) and day in (gold.get("signed"), *gold.get("signed_alt", ()))


def beside(golds: list[Json], guesses: list[Json]) -> dict[int, int]:
    """Lay proposals beside records, the likest first."""
    order = sorted(
        ((likeness(gold, guess), -at, -to) for at, gold in enumerate(golds) for to, guess in enumerate(guesses)),
        reverse=True,
    )
    met: dict[int, int] = {}
    for like, at, to in order:
        if like >= MEETS and -at not in met and -to not in met.values():
            met[-at] = -to
    return met


# ---- scores ------------------------------------------------------------------------------------------------------


class Tally(NamedTuple):
    """Right, proposed and recorded values."""

    right: int
    proposed: int
    recorded: int

    def figures(self) -> tuple[float, float, float]:
        """Return precision, recall and F1."""
        precision = self.right / self.proposed if self.proposed else float(not self.recorded)
        recall = self.right / self.recorded if self.recorded else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


Count = tuple[str, int, int, int]


def compared(gold: Json, guess: Json) -> Iterator[Count]:
    """Yield what one pair adds to the fields: name, right, proposed, recorded. An empty one stands for nothing."""
    yield "instrument", int(bool(gold and guess)), int(bool(guess)), int(bool(gold))
    kind = guess.get("type")
    yield (
        "type",
        int(bool(kind) and kind in (gold.get("type"), *gold.get("type_alt", ()))),
        int(bool(kind)),
        int(bool(gold.get("type"))),
    )
    both, left = pairs(gold, guess)
    yield "parties", len(both), len(both) + len(left), len(gold.get("parties") or ())
    for party, same in both:
        if party.get("entity"):
            yield "entity", int(shared(party["entity"], same.get("entity"))[1] >= 0.5), int(bool(same.get("entity"))), 1
    for party in gold.get("parties") or ():
        if party.get("entity") and not any(party is one for one, _ in both):
            yield "entity", 0, 0, 1
    yield from _day_and_place(gold, guess)
    yield from _people(gold, guess)
    yield from _binding(gold, guess)
    yield _relations(gold, guess)
    for clause, key in TERMS.items():
        yield from _clause(clause, key, gold.get(clause) or {}, guess.get(clause) or {})


def _day_and_place(gold: Json, guess: Json) -> Iterator[Count]:
    day = guess.get("signed")
    right = right_day(gold, day)
    told = bool(day) and not (right and not gold.get("signed"))
    yield "signed", int(right and bool(gold.get("signed"))), int(told), int(bool(gold.get("signed")))
    place, places = guess.get("place"), [one for one in (gold.get("place"), *gold.get("place_alt", ())) if one]
    right = bool(place) and any(shared(one, place)[1] >= 0.5 for one in places)
    told = bool(place) and not (right and not gold.get("place"))
    yield "place", int(right and bool(gold.get("place"))), int(told), int(bool(gold.get("place")))


def _same_name(one: str, other: str) -> bool:
    if _SIGNS.search(one + other):
        first, second = (re.sub(r"\W", "", name) for name in (one, other))
        return first in second or second in first
    first_words, second_words = ([word for word in words(name) if len(word) > 2] for name in (one, other))
    common = set(first_words) & set(second_words)
    return bool(common) and (
        first_words[-1] == second_words[-1] or 2 * len(common) >= min(len(first_words), len(second_words))
    )


def _people(gold: Json, guess: Json) -> Iterator[Count]:
    left = list(guess.get("signatories") or ())
    hits = 0
    for person in gold.get("signatories") or ():
        same = next((one for one in left if _same_name(person["name"], one["name"])), None)
        if same is not None:
            left.remove(same)
            hits += 1
        for field, limit in (("office", 0.5), ("party", 1.0)):
            if person.get(field):
                said = (same or {}).get(field)
                right = said == person[field] if field == "party" else shared(person[field], said)[0] >= limit
                yield f"signatory_{field}", int(bool(said) and right), int(bool(said)), 1
    left = [one for one in left if not any(_same_name(name, one["name"]) for name in gold.get("signatories_ok", ()))]
    yield "signatory", hits, hits + len(left), len(gold.get("signatories") or ())


def _binding(gold: Json, guess: Json) -> Iterator[Count]:
    said, told = (one.get("binding") in ("binding", "non_binding") for one in (gold, guess))
    harmless = told and not said and guess["binding"] in gold.get("binding_alt", ())
    right = said and told and gold["binding"] == guess["binding"]
    yield "binding", int(right), int(told and not harmless), int(said)
    quoted = guess.get("binding_sentence") if told else None
    wanted = [one for one in (gold.get("binding_sentence"), *gold.get("binding_sentence_alt", ())) if one]
    right = bool(quoted) and any(_one_sentence(one, quoted) for one in wanted)
    yield "binding_sentence", int(right), int(bool(quoted) and not harmless), int(bool(gold.get("binding_sentence")))


def _one_sentence(one: Json, other: Json) -> bool:
    f1, contained = shared(one, other)
    return f1 >= SAME_SENTENCE or contained >= 0.9


def _relations(gold: Json, guess: Json) -> Count:
    said = [
        one for one in guess.get("relations") or ()
        if not any(shared(fine, one["target"])[1] >= 0.5 for fine in gold.get("relations_ok", ()))
    ]  # fmt: skip
    right = 0
    for relation in gold.get("relations") or ():
        kinds = (relation["type"], *relation.get("type_alt", ()))
        right += any(one["type"] in kinds and max(shared(relation["target"], one["target"])) >= 0.5 for one in said)
    return "relation", right, len(said), len(gold.get("relations") or ())


def _clause(clause: str, key: str, gold: Json, guess: Json) -> Iterator[Count]:
    right = bool(gold and guess) and guess.get(key) in (gold[key], *gold.get(f"{key}_alt", ()))
    yield clause, int(right), int(bool(guess)), int(bool(gold))
    same = bool(gold and guess) and _one_sentence(gold["sentence"], guess["sentence"])
    yield "clause_sentence", int(same), int(bool(guess)), int(bool(gold))
    wanted = {gold.get(field) for field in ("period", "date", "until")} - {None}
    told = {guess.get(field) for field in ("period", "date", "until")} - {None}
    right = bool(wanted and told & (wanted | set(gold.get("period_alt", ()))))
    yield f"{clause}_period", int(right), int(bool(told)), int(bool(wanted))
    if clause == "notice":
        start, said = gold.get("counted_from"), guess.get("counted_from")
        fine = said in gold.get("counted_from_alt", ())
        yield (
            "notice_from",
            int(bool(said) and (said == start or (bool(start) and fine))),
            int(bool(said) and (bool(start) or not fine)),
            int(bool(start)),
        )


class Score:
    """Tallies by field, and texts of which nothing was to be proposed."""

    def __init__(self) -> None:
        self.fields: dict[str, Tally] = defaultdict(lambda: Tally(0, 0, 0))
        self.nothing = [0, 0]
        self.quotations = [0, 0]

    def add(self, counts: Iterator[Count]) -> None:
        """Add what one pair counts."""
        for name, right, proposed, recorded in counts:
            was = self.fields[name]
            self.fields[name] = Tally(was.right + right, was.proposed + proposed, was.recorded + recorded)

    def all(self) -> Tally:
        """Return the sum over all fields."""
        return (
            Tally(*(sum(part) for part in zip(*self.fields.values(), strict=True))) if self.fields else Tally(0, 0, 0)
        )

    def mean(self) -> float:
        """Return the mean F1 of the fields of which there are records."""
        figures = [tally.figures()[2] for tally in self.fields.values() if tally.recorded]
        return sum(figures) / len(figures) if figures else 1.0


def text_scored(gold: Json, guesses: list[Json], body: str, score: Score) -> None:
    """Add one text to a score."""
    golds = gold["instruments"]
    met = beside(golds, guesses)
    for at, record in enumerate(golds):
        if not record.get("optional"):
            score.add(compared(record, guesses[met[at]] if at in met else {}))
    spare = [guess for to, guess in enumerate(guesses) if to not in met.values()]
    for guess in spare:
        score.add(compared({}, guess))
    if all(record.get("optional") for record in golds):
        score.nothing = [score.nothing[0] + (not spare), score.nothing[1] + 1]
    flat = " ".join(body.split())
    for guess in guesses:
        quoted = [guess["binding_sentence"], *((guess[clause] or {}).get("sentence") for clause in TERMS)]
        for words_for in (one for one in quoted if one):
            stands = " ".join(words_for.split()) in flat
            score.quotations = [score.quotations[0] + stands, score.quotations[1] + 1]


def table(score: Score, texts: int) -> None:
    """Print a score."""
    print(f"{'field':24} {'P':>6} {'R':>6} {'F1':>6}   right/proposed/recorded")
    for name, tally in score.fields.items():
        print(
            f"{name:24} " + " ".join(f"{figure:6.3f}" for figure in tally.figures()) + f"   {'/'.join(map(str, tally))}"
        )
    print(f"{'all fields':24} " + " ".join(f"{figure:6.3f}" for figure in score.all().figures()))
    print(f"{'mean of the fields':24} {'':13} {score.mean():6.3f}")
    print(
        f"{texts} texts; nothing proposed where nothing is new: {score.nothing[0]} of {score.nothing[1]}; "
        f"literal quotations: {score.quotations[0]} of {score.quotations[1]}"
    )


def main() -> None:
    """Score a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="beginnings of names, parted by commas")
    parser.add_argument("--but", default="", help="names that are left out, as for --only")
    parser.add_argument("--each", action="store_true", help="a line a text")
    parser.add_argument("--out", type=Path, help="write the predictions, a line a text")
    asked = parser.parse_args()
    only, but = (tuple(part for part in text.split(",") if part) for text in (asked.only, asked.but))
    known, score, lines, spent, read = vocabulary(), Score(), [], 0.0, 0
    propose(Document("Japan and Germany signed an agreement today."), known)  # what is made once is no cost of a text
    for file in sorted(asked.folder.glob("*.json")):
        if (only and not file.name.startswith(only)) or (but and file.name.startswith(but)):
            continue
        gold = json.loads(file.read_text(encoding="utf-8"))
        body = file.with_suffix(".txt").read_text(encoding="utf-8")
        began = time.process_time()
        found = propose(Document(body, published=gold.get("published")), known)
        took = time.process_time() - began
        spent, read = spent + took, read + len(body.split())
        guesses = [predicted(one) for one in found.proposals if one.kind == NEW]
        lines.append(json.dumps({"id": gold["id"], "instruments": guesses}, ensure_ascii=False))
        own = Score()
        text_scored(gold, guesses, body, own)
        text_scored(gold, guesses, body, score)
        if asked.each:
            print(f"{file.stem:36} {len(guesses):3} proposed   F1 {own.all().figures()[2]:.3f}   {took * 1000:6.0f} ms")
    table(score, len(lines))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent / max(read, 1) * 1500 * 1000:.0f} ms of CPU for 1,500 words of these; {megabytes:.0f} MB at most")
    if asked.out:
        asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
