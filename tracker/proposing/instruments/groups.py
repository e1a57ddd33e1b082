"""Which names in a text mean the same instrument."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.reading import Reading, Side
from tracker.proposing.basis.times import now
from tracker.proposing.instruments.acts import TRANSMITTED, Act
from tracker.proposing.instruments.naming import GENERAL, Naming, titled
from tracker.proposing.instruments.own_texts import Whole


class Deed(NamedTuple):
    """An act with one of the instruments it was done with, and who did it."""

    act: Act
    naming: Naming
    sides: tuple[Side, ...]
    after: Act | None = None
    """The act before, by the same people on the same occasion: "they also signed"."""


OF_ANOTHER = ("supersedes", "updates", "supplements", "follows")
"""Relations whose verbs have another instrument as their object."""

_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")

SHARED = 0.5
"""Share of the words of the shorter of two names from which they may mean the same instrument."""

ENOUGH = 0.75
"""The share that is needed where nothing else tells."""


SHORTEST_ALIAS = 2
"""Characters that a short name has more than."""

SHORTEST_IN_A_WORD = 6
"""Letters of the word of a title that may stand at the end of another one."""

NAMED_WITHIN = 3
"""Sentences behind one that tells only that something was signed, in which it is named."""

FIRST = 2
"""The sentence up to which the matter of the title is told."""


class Group:
    """An instrument with all that the text says of it."""

    def __init__(
        self, naming: Naming, act: Act | None = None, whole: Whole | None = None, party: str | None = None
    ) -> None:
        """Begin with one name."""
        self.namings = [naming]
        self.acts: list[Act] = []
        self.sides: list[Side] = []
        self.by_act: dict[int, Naming] = {}
        self.after: dict[int, Act] = {}
        """The act before, of one whose subject only points back, by its place."""
        self._texts: set[str] = set()
        self._read = 0
        self.whole = whole
        self.apart = party
        """Of several instruments named at once (Agreements with Japan and Norway): the party of this one."""
        if act is not None:
            self.add_act(act, naming)

    def add_act(self, act: Act, naming: Naming) -> None:
        """Add something that was done with it."""
        self.acts.append(act)
        self.by_act[act.start] = naming
        if naming.start not in {one.start for one in self.namings}:
            self.namings.append(naming)

    def is_called(self, reading: Reading, text: str) -> bool:
        """Tell whether one of its names is written so in the even text."""
        self._texts |= {reading.even[one.start : one.end] for one in self.namings[self._read :]}
        self._read = len(self.namings)
        return text in self._texts

    def of(self, act: Act) -> Naming:
        """Return the name of the instrument in what was done with it."""
        return self.by_act[act.start]

    @property
    def content(self) -> frozenset[str]:
        """All words of its names."""
        return frozenset().union(*(one.content for one in self.namings))

    @property
    def parties(self) -> tuple[str, ...]:
        """The sides that its names tell, the fullest list first."""
        if self.apart:
            return tuple(dict.fromkeys((*(side.code for side in self.sides), self.apart)))
        full = max((one.parties for one in self.namings if one.full), key=len, default=())
        told = [*(side.code for side in self.sides), *(code for one in self.namings for code in one.parties)]
        return full or tuple(dict.fromkeys(told))

    @property
    def full(self) -> bool:
        """Whether one of its names tells all its sides."""
        return not self.apart and any(one.full for one in self.namings)

    @property
    def aliases(self) -> frozenset[str]:
        """Short names given with its names."""
        return frozenset(one.alias.casefold() for one in self.namings if one.alias)

    def code(self) -> str:
        """Return the type by its names: the first that tells more than that it is an agreement or a deal."""
        title = self.title()
        return title.code

    def title(self) -> Naming:
        """Return its fullest name: of its own text the title, else the one that says most as a name."""
        if self.whole is not None and (self.whole.title.content or self.whole.title.parties):
            return self.whole.title
        return max(self.namings, key=lambda one: (_worth(one), -one.start))

    def same(self, naming: Naming, least: float = SHARED) -> bool:
        """Tell whether a name may mean this instrument, which shares a part of its words with it."""
        if naming.short:
            return naming.alias.casefold() in self.aliases
        if naming.other or not _kin(self, naming) or not self.agrees(naming):
            return False
        mine, others = self.content, naming.content
        if not others or not mine:
            return True
        shared = len(mine & others) / min(len(mine), len(others))
        return shared >= (least if self._shares_parties(naming) else ENOUGH)

    def agrees(self, naming: Naming) -> bool:
        """Tell whether the sides of a name do not contradict those that are known."""
        if self.apart:
            return not naming.parties or self.apart in naming.parties
        mine, others = set(self.parties), set(naming.parties)
        return mine <= others or others <= mine

    def _shares_parties(self, naming: Naming) -> bool:
        return bool(set(self.parties) & set(naming.parties)) or not naming.parties


def grouped(
    reading: Reading,
    wholes: Iterable[Whole],
    news: Sequence[Deed],
    named: Sequence[Naming],
    old: frozenset[int],
    coming: frozenset[int],
) -> list[Group]:
    """Return the instruments that are new, each with every name that the text has for it.

    ``old`` are the places of names of which something was done long ago: they mean a new one only if no word differs.
    ``coming`` are those of what is to be made, and mean none.
    """
    groups: list[Group] = [Group(whole.title, whole=whole) for whole in wholes]
    for deed in news:
        for party in several(reading, deed.naming):
            _take(reading, groups, deed, party)
    for naming in named:
        if naming.start in coming:
            continue
        _attach(reading, groups, naming, 1.0 if naming.start in old else SHARED)
    return groups


def several(reading: Reading, naming: Naming) -> tuple[str | None, ...]:
    """Return the parties with each of which one of several instruments was made, (None,) of a single one."""
    if (
        naming.full
        or len(naming.parties) < 2
        or not is_plural(reading.words, reading.even[naming.head : naming.past_head])
    ):
        return (None,)
    between = reading.even[naming.past_head : naming.end]
    with_each = reading.words.get("with_each") or ()
    return naming.parties if any(f" {word} " in f" {between} " for word in with_each) else (None,)


def _take(reading: Reading, groups: list[Group], deed: Deed, party: str | None) -> None:
    """Add an act to the instrument that its object means, or begin a new one."""
    itself = reading.words.get("itself") or ()
    naming = deed.naming._replace(
        parties=tuple(dict.fromkeys((*deed.naming.parties, *(side.code for side in deed.sides))))
    )
    if deed.naming.sentence.number < deed.act.sentence.number:  # they signed it
        for group in groups:
            if any(one.start == naming.start for one in group.namings):
                _say_again(group, deed, naming)
        return
    exact = _word_for_word(reading, groups, naming) if naming.capital and naming.content else []
    for group in [*exact, *(one for one in groups if one not in exact)]:
        fits = group.apart == party if party or group.apart else True
        if party is None and group.apart:
            fits = group.same(naming) and bool(deed.naming.parties)
        if deed.act.start in group.by_act and not party and not _describes(reading, group.of(deed.act)):
            continue  # the objects of one verb are several
        pointed_at = group is groups[-1] and naming.determiner in itself and group.agrees(naming)
        same = group.same(naming) and not _is_listed_apart(group, deed)
        told_in_short = _headline(group, deed, naming) or _named_later(reading, group, deed, naming)
        if fits and (pointed_at or same or told_in_short):
            if told_in_short and not group.agrees(naming):
                group.sides = []  # the sentence tells better than its headline who signed
            group.add_act(deed.act, deed.naming)
            break
    else:
        group = Group(deed.naming, deed.act, party=party)
        groups.append(group)
    group.sides += deed.sides
    if deed.after is not None:
        group.after[deed.act.start] = deed.after


def _describes(reading: Reading, one: Naming) -> bool:
    """Tell whether a name only tells what the one behind it is: an arrangement, titled, "..."."""
    return titled(reading.words).match(reading.even, one.end) is not None


def _say_again(group: Group, deed: Deed, naming: Naming) -> None:
    """Add who signed what was told of before; where they are of others than its sides, these stay what they were."""
    known = set(group.parties)
    if not known or not naming.parties or known & set(naming.parties):
        group.add_act(deed.act, deed.naming)
        group.sides += deed.sides if group.agrees(naming) else ()


def _headline(group: Group, deed: Deed, naming: Naming) -> bool:
    """Tell whether the title of the text says in short what its first sentence reports."""
    first = group.acts[0] if group.acts else None
    if first is None or first.sentence.number or len(group.acts) > 1 or not deed.act.sentence.number:
        return False
    return (
        len(first.namings) == 1
        and deed.act.sentence.number <= FIRST
        and (_kin(group, naming) or _is_general(first.namings[0]) or _is_a_treaty(first.namings[0]))
        and (group.agrees(naming) or bool(set(group.parties) & set(naming.parties)))
    )


def _named_later(reading: Reading, group: Group, deed: Deed, naming: Naming) -> bool:
    """Tell whether an act names what the text began with: they have signed a treaty. The Convention was signed today.

    Not where it tells of something besides: they also signed.
    """
    act, opened = deed.act, group.acts[0] if group.acts else None
    if opened is None or not 0 < act.sentence.number - opened.sentence.number <= NAMED_WITHIN or not naming.capital:
        return False
    new = reading.words.get("determiners.one")
    unnamed = all(not (one.capital or one.content or one.full) and one.determiner in new for one in group.namings)
    besides = reading.words.pattern("besides").search(reading.even, act.sentence.start, act.end)
    kind = group.namings[0].code
    return unnamed and kind in (GENERAL, naming.code, "treaty") and not besides and group.agrees(naming)


def _is_listed_apart(group: Group, deed: Deed) -> bool:
    """Tell whether a law approves two instruments whose full names say each what the other does not."""
    if deed.act.kind != TRANSMITTED or not deed.naming.full:
        return False
    listed = [group.of(act) for act in group.acts if act.kind == TRANSMITTED and act.start != deed.act.start]
    return any(one.full and one.content - deed.naming.content and deed.naming.content - one.content for one in listed)


def _attach(reading: Reading, groups: list[Group], naming: Naming, least: float) -> None:
    """Add a name to the instrument that it means: by its short name, by its words, or as the last one of its kind."""
    if any(naming.start == one.start for group in groups for one in group.namings):
        return
    own = _by_itself(reading, groups, naming)
    if own:
        for group in own:
            group.namings.append(naming)
        return
    if naming.other or _is_object(reading, naming):
        return
    groups = [group for group in groups if not _is_older(reading, group, naming)]
    if naming.content or naming.parties:
        fitting = [group for group in groups if group.same(naming, least) and _tells(group, naming)]
        if len(fitting) == 1 or (fitting and naming.parties):
            fitting[0].namings.append(naming)
        return
    if naming.determiner in definite(reading.words):
        for group in _last(reading, groups, naming):
            group.namings.append(naming)


def _is_older(reading: Reading, group: Group, naming: Naming) -> bool:
    """Tell whether a name has a year before that of the text, which no name of a new instrument has."""
    years = {word for word in naming.content if _YEAR.fullmatch(word)}
    today = now(reading)
    return bool(years and today) and not years & group.content and max(years) < str(today)[:4]


def _by_itself(reading: Reading, groups: list[Group], naming: Naming) -> list[Group]:
    """Return the instruments that a name means without doubt: this Agreement in its own text, or by the short name."""
    within = [group for group in groups if group.whole and group.whole.start <= naming.start < group.whole.end]
    if within and not naming.content and naming.determiner in definite(reading.words):
        return within[:1]
    text = reading.document.body[naming.start : naming.end].casefold()
    named = next((group for group in groups if text in group.aliases and len(text) > SHORTEST_ALIAS), None)
    if named is None and naming.capital and naming.content and not naming.other:
        named = next(iter(_word_for_word(reading, groups, naming)), None)
    return _with_others(reading, groups, named, naming) if named else []


def _word_for_word(reading: Reading, groups: Sequence[Group], naming: Naming) -> list[Group]:
    """Return the instruments that were called by the very same words, whose sides do not contradict the name's."""
    text = reading.even[naming.start : naming.end]
    return [group for group in groups if group.is_called(reading, text) and group.agrees(naming)]


def _last(reading: Reading, groups: list[Group], naming: Naming) -> list[Group]:
    """Return the instrument of its kind that was named last before a place; of several made together all of them."""
    before = [group for group in groups if group.namings[0].start < naming.start and _kin(group, naming)]
    if not before:
        return []
    last = max(before, key=lambda group: max(one.start for one in group.namings if one.start < naming.start))
    return _with_others(reading, groups, last, naming)


def _with_others(reading: Reading, groups: list[Group], one: Group, naming: Naming) -> list[Group]:
    """Return an instrument, with those made together with it where the name means several: the Agreements."""
    if not is_plural(reading.words, reading.even[naming.head : naming.past_head]):
        return [one]
    together = {act.start for act in one.acts}
    return [group for group in groups if group is one or together & {act.start for act in group.acts}]


def _tells(group: Group, naming: Naming) -> bool:
    """Tell whether a name has something in common with those of an instrument: words, or the very same sides."""
    if group.content:
        return bool(naming.content & group.content)
    return bool(naming.parties) and set(naming.parties) == set(group.parties)


def _is_object(reading: Reading, naming: Naming) -> bool:
    """Tell whether a name is that of an instrument to which another one does something: replaces the Treaty of 1933."""
    if naming.determiner in (reading.words.get("itself") or ()):
        return False
    return bool(_replacing(reading.words).search(reading.even, max(0, naming.start - 80), naming.start))


@cache
def _replacing(words: Words) -> re.Pattern[str]:
    verbs = [pattern for kind in OF_ANOTHER for pattern in words.get(f"relations.{kind}")]
    return re.compile(rf"{either(verbs, words.language).pattern}\s+(?:[^\s.;,]+\s+){{0,2}}$")


@cache
def definite(words: Words) -> frozenset[str]:
    """Return the determiners of what was named before."""
    table = words.get("determiners")
    return frozenset(table.get("definite", ()) if table else ())


def is_plural(words: Words, head: str) -> bool:
    """Tell whether the word of a title means several."""
    return head not in (words.get("singular") or ()) and head.endswith(tuple(words.get("plural") or ("s",)))


def _kin(group: Group, naming: Naming) -> bool:
    """Tell whether the word of a name may mean an instrument: it is the same, a part of it, or a general one."""
    codes = {one.code for one in group.namings}
    if naming.code in codes or (_is_general(naming) and not naming.content):
        return True
    term = set(naming.term.split())
    return any(
        term <= set(one.term.split()) or term >= set(one.term.split()) or _is_compound(one.term, naming.term)
        for one in group.namings
    )


def _is_compound(long: str, short: str) -> bool:
    """Tell whether a word of a title is another one with more in front: Verwaltungsvereinbarung, Vereinbarung."""
    return len(short) >= SHORTEST_IN_A_WORD and len(long) > len(short) and long.endswith(short)


def _is_general(naming: Naming) -> bool:
    """Tell whether a name may stand for any instrument: pact, deal, agreement, written small."""
    return naming.code == GENERAL and not naming.capital


def _is_a_treaty(naming: Naming) -> bool:
    """Tell whether a headline calls what was signed a treaty, whatever its own name."""
    return naming.code == "treaty" and not naming.capital


def _worth(naming: Naming) -> tuple[int, int, int]:
    """Tell how much a name says, so that the fullest one becomes the title."""
    return (
        len(naming.content) > 0 and not naming.short,
        int(naming.capital),
        min(len(naming.content), 12) + len(naming.parties[:2]) + 2 * naming.full - 3 * naming.sentence.heading,
    )
