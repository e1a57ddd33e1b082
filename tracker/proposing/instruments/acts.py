"""What a text says was done with an instrument: signed, announced, transmitted, negotiated, and when.

An act is a verb with the name of an instrument as its object ("signed a Treaty"), its subject ("the Treaty was
signed"), or beside it ("the Treaty, signed at Tokyo on ..."). The words around the verb tell whether it has happened.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.sides import Doing
from tracker.proposing.instruments.naming import GENERAL, Naming, titled

MADE, ANNOUNCED, NEGOTIATED, TRANSMITTED, EARLIER = "made", "announced", "negotiated", "transmitted", "earlier"
"""What an act means: done, to be done, agreed but unsigned, laid before a parliament, done before what is told."""

NOT_DONE = "not_done"
"""Said not to have been done: did not sign, no agreement was signed."""

PERFECT = "perfect"
"""Done at some time: news only where the text begins with it."""

BESIDE = "beside"
"""A verb that only tells more of an instrument of which the sentence says something else."""

OF_ITSELF = {
    "negotiated": NEGOTIATED, "transmitted": TRANSMITTED, "approved": TRANSMITTED,
    "will_sign": ANNOUNCED, "will_be_signed": ANNOUNCED, "announced": ANNOUNCED,
}  # fmt: skip
"""Tables of verbs that need no other words to tell what an act means."""

DIRECT = ("signed", "signed_now", "will_sign", "issued", "exchanged")
"""Tables of verbs whose object stands right behind them."""

PASSIVE = ("signed_passive", "will_be_signed")
"""Tables of verbs of which the instrument is the subject."""

OBJECT_WITHIN = 130
"""Characters between a verb and the name of its object."""

POINTED_WITHIN = 12
"""Characters of a sentence before its verb, where its subject is a word such as "it"."""

FAR = 320
"""Characters between "I transmit" and what is transmitted: to whom, under which law, for what."""

SUBJECT_WITHIN = 90
"""Characters between a name and the passive verb of which it is the subject."""

JOINED_WITHIN = 90
"""Characters between two names that one verb has as objects."""

BOTH = 2
"""Instruments of which "both" is said."""

AGAIN_WITHIN = 4
"""Sentences behind the one that tells of a signing in which those who signed are named."""

ARTICLE = 24
"""Characters before the name of an instrument that is an item of a list: its number and article."""

BEFORE = 70
"""Characters before a verb by which its tense is told."""


class Act(NamedTuple):
    """Something that was done with an instrument."""

    kind: str
    voice: str
    """The table of the verb: ``signed``, ``signed_passive``, ``transmitted`` ..."""
    start: int
    end: int
    """The verb."""
    sentence: Sentence
    namings: tuple[Naming, ...]
    """What it was done with; several where one verb has several objects."""
    first: int = 0
    """Where in the sentence what belongs to the act before is over."""

    def doing(self) -> Doing:
        """Return the verb for whoever asks who did it."""
        return Doing(self.voice, self.start, self.end, self.sentence, self.first)


def acts(reading: Reading, named: tuple[Naming, ...]) -> tuple[Act, ...]:
    """Return every act in a text, in order."""
    by_sentence: dict[int, list[Naming]] = {}
    for naming in named:
        by_sentence.setdefault(naming.sentence.number, []).append(naming)
    found: list[Act] = []
    for sentence in reading.document.sentences:
        here = by_sentence.get(sentence.number, [])
        before = found[-1] if found and found[-1].sentence.number == sentence.number - 1 else None
        if here:
            found += _acts(reading, sentence, here)
        elif again := _again(reading, sentence, found):
            found.append(again)
        elif before is not None:
            found += _pointing_back(reading, sentence, before)
        if sentence.text.endswith(":"):
            found += _listed(reading, sentence, here, by_sentence)
            found += _listed_as_made(reading, sentence, found, by_sentence)
    return tuple(found)


def _listed(reading: Reading, sentence: Sentence, here: list[Naming], named: dict[int, list[Naming]]) -> Iterator[Act]:
    """Yield what a law approves in a list: are approved: - the Convention ...; - the Protocol ..."""
    verb = next((one for one in _found(reading, sentence, here) if OF_ITSELF.get(one[0]) == TRANSMITTED), None)
    for item in reading.document.sentences[sentence.number + 1 :] if verb else ():
        first = next((one for one in named.get(item.number, ()) if one.start - item.start <= ARTICLE), None)
        if verb is None or first is None or not _is_item(reading, item):
            return
        yield Act(TRANSMITTED, verb[0], item.start, item.start, item, (first,))


def _is_item(reading: Reading, item: Sentence) -> bool:
    """Tell whether a sentence is an item of a list: behind a sign or number, or behind an item that is not the last."""
    body = reading.document.body
    line = body.rfind("\n", 0, item.start) + 1
    before = reading.document.sentences[item.number - 1].text.rstrip(" \n")
    return bool(body[line : item.start].strip()) or before[-1] in ":;,"


def _listed_as_made(
    reading: Reading, sentence: Sentence, found: list[Act], named: dict[int, list[Naming]]
) -> Iterator[Act]:
    """Yield what was signed, where it is listed below: they signed the following: - the Treaty ...; - the Protocol."""
    verb = next((one for one in _found(reading, sentence, []) if one[0] in ("signed", "signed_passive")), None)
    items = []
    for item in reading.document.sentences[sentence.number + 1 :] if verb else ():
        first = next((one for one in named.get(item.number, ()) if one.begins - item.start <= ARTICLE), None)
        if first is None:
            break
        items.append(first)
    has_its_own = any(act.sentence is sentence and any(one.capital for one in act.namings) for act in found)
    if verb and items and not has_its_own:
        voice, start, end = verb
        yield Act(_kind(reading, voice, start, sentence), voice, start, end, sentence, tuple(items), sentence.start)


@cache
def _verbs(words: Words) -> tuple[tuple[str, re.Pattern[str]], ...]:
    tables = words.get("acts")
    return tuple((voice, either(patterns, words.language)) for voice, patterns in tables.items()) if tables else ()


@cache
def _tense(words: Words) -> tuple[tuple[str, re.Pattern[str]], ...]:
    tables = words.get("not_acts")
    return tuple(
        (name, re.compile(rf"{either(tables[name], words.language).pattern}\s*(?:\w+ly\s+)?$", re.IGNORECASE))
        for name in ("future", "past_perfect", "perfect")
        if tables and tables.get(name)
    )


@cache
def _negotiated(words: Words) -> re.Pattern[str]:
    tables = words.get("not_acts")
    return either(tables.get("negotiated", ()) if tables else (), words.language)


def _acts(reading: Reading, sentence: Sentence, named: list[Naming]) -> Iterator[Act]:
    verbs = _found(reading, sentence, named)
    first = sentence.start
    for at, (voice, start, end) in enumerate(verbs):
        following = verbs[at + 1][1] if at + 1 < len(verbs) else sentence.end
        before = verbs[at - 1][2] if at else sentence.start
        objects = _objects(reading, voice, (start, end), (before, following), named) if voice != "signers" else ()
        if objects:
            kind = NOT_DONE if _of_none(reading, objects) else _kind(reading, voice, start, sentence)
            yield Act(kind, voice, start, end, sentence, objects, first)
            first = max(first, objects[-1].end if objects[-1].start >= end else first)


def _again(reading: Reading, sentence: Sentence, found: list[Act]) -> Act | None:
    """Return who signed what was told of before, where a sentence says no more: they signed for their governments."""
    before = next((one for one in reversed(found) if one.kind in (MADE, PERFECT)), None)
    if before is None or sentence.number - before.sentence.number > AGAIN_WITHIN:
        return None
    for voice, start, end in _found(reading, sentence, []):
        for_each = voice == "signed" and _is_for_each(reading, end)
        again = voice in ("signed", "signed_passive") and _is_said_again(reading, sentence, start, end)
        if voice == "signers" or for_each or again:
            kind = _kind(reading, voice, start, sentence)
            return (
                Act(kind, "for_each" if for_each else voice, start, end, sentence, before.namings, sentence.start)
                if kind == MADE
                else None
            )
    return None


def _is_said_again(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a verb without an object of its own means what was told of before: the text was signed by."""
    words = reading.words
    if words.get("objects") == "before":
        return True
    if _subject_again(words).fullmatch(reading.even, sentence.start, start):
        return True
    return re.compile(rf"\s+{words.pattern('not_acts.again').pattern}").match(reading.even, end) is not None


def _is_for_each(reading: Reading, end: int) -> bool:
    """Tell whether behind a verb stands for which party somebody did it: Jane Roe signed for Japan."""
    for_whom = re.compile(rf"\s+{reading.words.pattern('for_whom').pattern}\s+").match(reading.even, end)
    return for_whom is not None and reading.name_at(for_whom.end()) is not None


@cache
def _subject_again(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('not_acts.subjects_again').pattern}\s+")


def _pointing_back(reading: Reading, sentence: Sentence, before: Act) -> Iterator[Act]:
    """Yield what a sentence says of the instrument of the one before: It was signed by the ministers."""
    opening = tuple(f"{word} " for word in reading.words.get("anaphora") or ())
    if not reading.even[sentence.start : sentence.end].startswith(opening):
        return
    for voice, start, end in _found(reading, sentence, []):
        if voice == "signed_passive" and start - sentence.start <= POINTED_WITHIN:
            kind = _kind(reading, voice, start, sentence)
            yield Act(kind, voice, start, end, sentence, before.namings, sentence.start)


def _found(reading: Reading, sentence: Sentence, named: list[Naming]) -> list[tuple[str, int, int]]:
    """Return the verbs of a sentence: those inside a name are part of it, of overlapping ones the longest counts."""
    found = [
        (voice, match.start(), match.end())
        for voice, pattern in (*_verbs(reading.words), ("negotiated", _negotiated(reading.words)))
        for match in pattern.finditer(reading.even, sentence.start, sentence.end)
        if not any(one.start <= match.start() < one.end for one in named)
    ]
    kept: list[tuple[str, int, int]] = []
    for verb in sorted(found, key=lambda one: (one[1], -one[2])):
        if not kept or verb[1] >= kept[-1][2]:
            kept.append(verb)
    return [verb for verb in kept if verb[0] != "signed_now" or sentence.heading]


def _objects(
    reading: Reading, voice: str, verb: tuple[int, int], room: tuple[int, int], named: list[Naming]
) -> tuple[Naming, ...]:
    """Return the instruments with which something was done by a verb, between the verbs around it."""
    start, end = verb
    body = reading.document.body
    if reading.words.get("objects") == "before" or voice in PASSIVE:
        before = [one for one in named if room[0] <= one.end <= start and start - one.end <= SUBJECT_WITHIN]
        return _coordinated_before(reading, before)
    if voice == "signed" and (beside := _beside(reading, named, start)):
        return (beside,)
    if voice == "signed" and (both := _both(reading, named, start)):
        return both
    after = [one for one in named if end <= one.start < room[1]]
    if (
        not after
        or after[0].start - end > (FAR if voice == "transmitted" else OBJECT_WITHIN)
        or ";" in body[end : after[0].start]
    ):
        return ()
    after = _named_behind(reading, after)
    if voice in DIRECT and reading.words.pattern("not_acts.not_objects").search(reading.even, end, after[0].start):
        return ()
    joined, listed = [after[0]], [after[0]]
    for one in after[1:]:
        described = titled(reading.words).fullmatch(_gap(reading, listed[-1], one))
        if one.capital != joined[0].capital and not described and not _is_described(reading, one):
            break
        listed.append(one)
        if described or one.called or reading.words.pattern("conjunctions").search(_gap(reading, listed[-2], one)):
            joined = list(listed)
        elif not _is_next(reading, listed[-2], one):
            break
    return tuple(joined)


def _is_next(reading: Reading, first: Naming, second: Naming) -> bool:
    """Tell whether a name may be the next one of a list, which counts if "and" joins one to it: a treaty, a protocol.

    Not a general word: the Treaty, a pact on fishing, is one.
    """
    if second.code == GENERAL and first.capital:
        return False
    return _an_item(reading.words).fullmatch(_gap(reading, first, second).strip()) is not None


@cache
def _an_item(words: Words) -> re.Pattern[str]:
    return re.compile(rf"[^,]{{0,24}},\s*(?:{words.pattern('joins.articles').pattern})?")


def _named_behind(reading: Reading, after: list[Naming]) -> list[Naming]:
    """Return the objects of a verb, without the word that only counts them: two pacts: a Treaty, and a Protocol."""
    counted = after[0]
    if len(after) == 1 or counted.capital or counted.content:
        return after
    if after[1].called:
        return after[1:]
    return after[1:] if ":" in reading.even[counted.end : after[1].begins] else after


def _is_described(reading: Reading, one: Naming) -> bool:
    """Tell whether a name only describes the one behind it: an administrative arrangement, titled, "..."."""
    return titled(reading.words).match(reading.even, one.end) is not None


def _coordinated_before(reading: Reading, before: list[Naming]) -> tuple[Naming, ...]:
    joined = before[-1:]
    for one in reversed(before[:-1]):
        if not reading.words.pattern("conjunctions").search(_gap(reading, one, joined[0])):
            break
        joined.insert(0, one)
    return tuple(joined)


def _gap(reading: Reading, first: Naming, second: Naming) -> str:
    gap = reading.even[first.end : second.begins]
    return gap if len(gap) <= JOINED_WITHIN else ""


def _both(reading: Reading, named: list[Naming], verb: int) -> tuple[Naming, ...]:
    """Return two instruments beside whose names a participle stands: the Convention, and its Protocol, both signed."""
    before = [one for one in named if one.end <= verb]
    if len(before) < BOTH or not _of_both(reading.words).fullmatch(reading.even, before[-1].end, verb):
        return ()
    return _coordinated_before(reading, before[-BOTH:])


@cache
def _of_both(words: Words) -> re.Pattern[str]:
    return re.compile(rf"[\s,]*{words.pattern('both').pattern}\s+")


def _beside(reading: Reading, named: list[Naming], verb: int) -> Naming | None:
    """Return the instrument beside whose name a participle stands: the Treaty (the "Treaty"), signed at Tokyo."""
    for one in named:
        gap = reading.document.body[one.end : verb]
        if 0 <= verb - one.end <= 60 and re.fullmatch(r"\s*(?:\([^)]*\))?\s*,?\s*(?:which was\s+|as\s+)?", gap):
            return one
    return None


def _of_none(reading: Reading, objects: tuple[Naming, ...]) -> bool:
    """Tell whether a verb has nothing as its object: no agreement was signed."""
    first = objects[0].begins
    before = reading.even[max(0, first - ARTICLE) : first]
    return objects[0].determiner in reading.words.get("determiners.none") or bool(_none(reading.words).search(before))


@cache
def _none(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('determiners.none').pattern}\s+(?:\w+\s+)?$")


def _kind(reading: Reading, voice: str, start: int, sentence: Sentence) -> str:
    before = reading.even[max(sentence.start, start - BEFORE) : start]
    if _is_negated(reading, before, start, sentence.end):
        return NOT_DONE
    if voice in OF_ITSELF:
        return OF_ITSELF[voice]
    for name, pattern in _tense(reading.words):
        if pattern.search(before):
            return {"future": ANNOUNCED, "past_perfect": EARLIER, "perfect": PERFECT}[name]
    if voice == "nominal":
        return MADE if sentence.heading else BESIDE
    if reading.even[start:].startswith(("has been", "have been")):
        return PERFECT
    return MADE


def _is_negated(reading: Reading, before: str, start: int, end: int) -> bool:
    """Tell whether a verb is denied by the words before it, or where the language says so behind its beginning."""
    words = reading.words
    return bool(
        _negating(words).search(before) or words.pattern("not_acts.negated_behind").match(reading.even, start, end)
    )


@cache
def _negating(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('not_acts.negated').pattern}\s*(?:(?!only)\w+ly\s+)?$")
