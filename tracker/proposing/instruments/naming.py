"""Names of instruments in running text: the word of a title with what stands before and behind it.

``a non-legally binding Understanding among the Government of Australia and ...``: the determiner, the words before, the
word of the title, and its tail. What judges or announces (a landmark, legally binding memorandum) goes before the name.
Where words are written without blanks (水銀に関する水俣条約) it begins with the quotation mark before it, else with the
signs that make up one word. Patterns are written for even text.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import UNSPACED, Words, either
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.vocabulary import Named
from tracker.proposing.instruments.counted import in_the_singular, one_by_one
from tracker.proposing.instruments.tails import ends
from tracker.proposing.instruments.written import is_named, is_other, kind_begins, written
from tracker.text.names import fold

WORDS_BEFORE = 14
"""Words that a name has before the word of its title at most."""

SMALL_BEFORE = 4
"""Of these, words written small at most, one after the other."""

_BEFORE = re.compile(r"[^\s(\[\"\u201c\u2018\u00ab]+(?=[\s\"\u201c\u2018\u00ab]*$)")
_BREAK = re.compile(r"[,;:()\[\].!?\u2026]$|^[-\u2013\u2014*\u2022]+$")
_COMPOUND = re.compile(r"\b[a-z]+-[a-z]+\b")
"""An adjective of two words before the word of a title, which tells nothing of its matter: game-changing."""

GENERAL = "agreement"
"""The type of the words that may stand for any instrument where they are written small: the deal, this agreement."""

ABOUT_OTHERS = ("joint_statement", "joint_declaration", "political_declaration", "communique", "amendment", "protocol")
"""Types whose titles name other instruments: the Joint Statement on the Status of Forces Agreement."""

LONGEST = 60
"""Signs before the word of a title."""

_QUOTED = re.compile("[「『]([^「」『』]*)$")
_ACRONYM = re.compile(r"[A-Z]{3,8}")
_TIME = re.compile(r"^(?:(?:\d+|[〇一二三四五六七八九十]+)[年月日時]+)+")
_WORD = r"[\u3400-\u9fff々〆\u30a0-\u30ffA-Za-z0-9・ー]+"


class Naming(NamedTuple):
    """A place where an instrument is named, or pointed at."""

    start: int
    end: int
    head: int
    past_head: int
    """Where the word of the title begins and ends."""
    code: str
    determiner: str
    content: frozenset[str]
    """What the name says beyond the word of the title: folded words, without small ones and parties."""
    parties: tuple[str, ...]
    """Codes of those that it names as its sides."""
    full: bool
    """Whether it names its sides with "between" or "among", so that none is missing."""
    alias: str
    """The short name that is given with it, as written."""
    capital: bool
    """Whether it is written as a name."""
    sentence: Sentence
    needs_capital: bool
    """Whether the word of the title, as it is written here, is no name by itself: the arrangement, the pact."""
    begins: int
    """Where the words begin that go before the name and judge it: landmark, legally binding."""
    term: str = ""
    """The word of the title, even."""
    other: bool = False
    """Whether its words say that it is not the one that was named before: similar, earlier."""
    short: bool = False
    """Whether it is only the short name, which was given with the full one before."""
    called: str = ""
    """What it is called, where its name stands in two places: two memoranda, one on fisheries."""

    @property
    def plural(self) -> bool:
        """Whether it names several at once."""
        return self.determiner in ("these", "those", "two", "three", "both") or self.code.endswith("*")


def namings(reading: Reading) -> tuple[Naming, ...]:
    """Return every name of an instrument in a text, in order; none lies inside another."""
    found: list[Naming] = []
    past = 0
    for sentence in reading.document.sentences:
        heads = list(_heads(reading, sentence))
        past = max(past, sentence.start)
        for at, (start, end, code) in enumerate(heads):
            if start < past or _is_modifier(reading, end, heads[at + 1 :]):
                continue
            one = _naming(reading, sentence, (start, end, code), past)
            if one is not None:
                parts = tuple(_told_one_by_one(reading, one))
                found += [one, *parts]
                past = parts[-1].end if parts else one.end
    return tuple(sorted([*found, *_by_short_names(reading, found)], key=lambda one: one.start))


def _told_one_by_one(reading: Reading, counted: Naming) -> Iterator[Naming]:
    """Yield the instruments that a name only counts, where they are told behind it."""
    words = reading.words
    if counted.determiner not in words.get("determiners.indefinite") or counted.content or counted.parties:
        return
    body = reading.document.body
    term = in_the_singular(words, body[counted.head : counted.past_head])
    for start, matter, end in one_by_one(reading, counted.sentence, counted.past_head):
        yield counted._replace(
            start=start, end=end, head=start, past_head=matter, begins=start, determiner="", alias="",
            content=_content(reading, matter, end, (matter, matter)), needs_capital=False, term=term,
            called=f"{term}{body[matter:end]}",
        )  # fmt: skip


def _by_short_names(reading: Reading, found: list[Naming]) -> Iterator[Naming]:
    """Yield the places where an instrument is called by the letters that were given with its name: the DCA."""
    first = {one.alias: one for one in reversed(found) if _is_acronym(reading, one)}
    if not first:
        return
    taken = bytearray(len(reading.even))
    for other in found:
        taken[other.start : other.end] = b"\1" * (other.end - other.start)
    for match in re.compile(rf"\b(?:{'|'.join(map(re.escape, first))})\b").finditer(reading.document.body):
        one, (start, end) = first[match[0]], match.span()
        sentence = reading.document.at(start)
        if sentence is None or start < one.end + len(one.alias) or any(taken[start:end]):
            continue
        yield one._replace(
            start=start, end=end, head=start, past_head=end, determiner="", sentence=sentence, begins=start, short=True
        )


def _is_acronym(reading: Reading, one: Naming) -> bool:
    """Tell whether a short name is made of first letters, that of the title among them, and is no party's name."""
    letters = one.alias
    if not one.content or not _ACRONYM.fullmatch(letters) or one.term[:1].upper() not in (letters[0], letters[-1]):
        return False
    at = reading.document.body.find(letters, one.start)
    return reading.name_at(at) is None and not reading.words.pattern("titles").fullmatch(letters)


@cache
def _titles(words: Words) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the words of titles with their types, the longest first."""
    titles = sorted(words.get("titles").items(), key=lambda title: len(title[0]), reverse=True)
    return tuple((either([pattern], words.language), code) for pattern, code in titles)


def _term_code(words: Words, text: str) -> str:
    """Return the type that a word of a title stands for, unknown where it is none."""
    return next((code for pattern, code in _titles(words) if pattern.fullmatch(text)), "unknown")


def _heads(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    other = list(reading.words.pattern("titles_written.never").finditer(reading.even, sentence.start, sentence.end))
    for match in reading.words.pattern("titles").finditer(reading.even, sentence.start, sentence.end):
        if any(one.start() <= match.start() < one.end() for one in other):
            continue
        yield match.start(), match.end(), _term_code(reading.words, match[0])


def _is_modifier(reading: Reading, end: int, following: list[tuple[int, int, str]]) -> bool:
    """Tell whether the word of a title only goes before another one: Framework Agreement, treaty protocol."""
    return bool(following) and reading.even[end : following[0][0]] in (" ", "\n", "-")


def _naming(reading: Reading, sentence: Sentence, head: tuple[int, int, str], past: int) -> Naming | None:
    head_start, head_end, code = head
    body, words = reading.document.body, reading.words
    small = not body[head_start].isupper() and written(words).fullmatch(reading.even, head_start, head_end) is not None
    kind = kind_begins(reading, max(past, sentence.start), head_end) if small else None
    named = kind is not None or (small and is_named(reading, sentence, head))
    if small and sentence.number and not named and not titled(words).match(reading.even, head_end):
        return None
    kind = head_start if kind is None else kind
    if words.language in UNSPACED:
        start, determiner = _begins_unspaced(reading, head_start, max(past, sentence.start))
        begins = start
        capital = start < head_start
    else:
        begins, determiner = _begins(reading, kind, max(past, sentence.start))
        start = _without_judgement(reading, begins, kind)
        capital = body[head_start].isupper() or (body[start].isupper() and start < head_start)
    end, alias, between = ends(reading, sentence, head_end)
    parties, full = _sides(reading, start, head_start, end, between)
    return Naming(
        start, end, head_start, head_end, code, determiner, _content(reading, start, end, (head_start, head_end)),
        parties, full, alias, capital, sentence, small, begins, reading.even[head_start:head_end],
        is_other(reading, begins, head_start),
    )  # fmt: skip


def _begins(reading: Reading, head: int, first: int) -> tuple[int, str]:
    """Return where the name begins whose title word stands at ``head``, and the determiner before it."""
    body, table = reading.document.body, reading.words
    determiners = table.get("determiners")
    known = {word for kind in ("indefinite", "definite", "none") for word in determiners.get(kind, ())}
    small, modifiers = set(table.get("joins").get("small", ())), _before(table)
    start, at, lowered, pending = head, head, 0, False
    for _ in range(WORDS_BEFORE):
        before = _BEFORE.search(body, max(first, at - 60), at)
        if before is None:
            break
        word = before[0]
        plain = reading.even[before.start() : before.end()]
        gap = body[before.end() : at]
        if _BREAK.search(word) or "\n\n" in gap:
            break
        named = word[0].isupper() and plain in modifiers and before.start() > first and body[start].isupper()
        if plain in known and not named:
            return start, plain
        if word[0].isupper() or word[0].isdigit():
            if _is_verb(reading, plain):
                break
            start, pending, lowered = before.start(), False, 0
        elif plain in small:
            if pending or not body[start].isupper() or (start == head and not body[head].isupper()):
                break
            pending = True
        elif (plain in modifiers or plain.split("-")[-1] in modifiers) and lowered < SMALL_BEFORE:
            start, pending, lowered = before.start(), False, lowered + 1
        else:
            break
        at = before.start()
    return start, ""


def _is_verb(reading: Reading, plain: str) -> bool:
    acts = reading.words.get("acts")
    return bool(either(acts.get("signed_now", ()), reading.words.language).fullmatch(plain))


@cache
def titled(words: Words) -> re.Pattern[str]:
    """Return what stands between a description of an instrument and its name: titled, entitled."""
    return re.compile(rf"[\s,]*{words.pattern('titled').pattern}[\s,\"]*")


@cache
def _before(words: Words) -> frozenset[str]:
    joins = words.get("joins") or {}
    return frozenset((*joins.get("modifiers", ()), *joins.get("matter", ())))


def _sides(reading: Reading, start: int, head: int, end: int, between: int) -> tuple[tuple[str, ...], bool]:
    """Return the parties that a name tells as sides of the instrument, and whether it tells all."""
    found: dict[str, None] = dict.fromkeys(name.code for name in reading.names_in(start, head))
    full = False
    if between >= 0:
        named = dict.fromkeys(name.code for name in _as_sides(reading, between, end))
        full = len(named) > 1 and not reading.words.pattern("with_each").match(reading.even, between)
        found = named if full else {**found, **named}
    return tuple(found), full


def _as_sides(reading: Reading, start: int, end: int) -> tuple[Named, ...]:
    """Return the parties named as sides: no territory in respect of which one signs, nor the state of a territory."""
    words = reading.words
    respect = words.pattern("tails.respect").search(reading.even, start, end)
    names = reading.names_in(start, respect.start() if respect else end)
    return tuple(one for one in names if not _owner(words).search(reading.even, start, one.start))


@cache
def _owner(words: Words) -> re.Pattern[str]:
    """Return what stands before the state of a territory that is a side itself: overseas territory of the."""
    return re.compile(rf"{words.pattern('tails.owned').pattern}\s*$")


def _content(reading: Reading, start: int, end: int, head: tuple[int, int]) -> frozenset[str]:
    """Return the words of a name that are neither its title word, a small word, nor the name of a party."""
    parts = [reading.document.body[start : head[0]], reading.document.body[head[1] : end]]
    respect = reading.words.pattern("tails.respect").search(reading.even, head[1], end)
    spans = [(one.start, one.end) for one in reading.names_in(start, respect.start() if respect else end)]
    for name_start, name_end in reversed(spans):
        for at, (begin, past) in enumerate(((start, head[0]), (head[1], end))):
            if begin <= name_start and name_end <= past:
                text = parts[at]
                parts[at] = text[: name_start - begin] + " " + text[name_end - begin :]
    if reading.words.language in UNSPACED:
        return _content_unspaced("".join(parts))
    dropped = _dropped(reading.words)
    parts[0] = _COMPOUND.sub(" ", parts[0])
    return frozenset(word for word in fold(" ".join(parts)).split() if word not in dropped and len(word) > 1)


@cache
def _dropped(words: Words) -> frozenset[str]:
    joins = words.get("joins")
    tails = words.get("tails")
    plain = [word for name in ("small", "modifiers", "empty") for word in (joins.get(name, ()) if joins else ())]
    links = " ".join(tails.get("links", ())) if tails else ""
    return frozenset(fold(" ".join([*plain, links])).split())


def _without_judgement(reading: Reading, start: int, head: int) -> int:
    """Return where a name begins behind the words that judge or announce it: a landmark, legally binding treaty."""
    body = reading.document.body
    at = start
    while (match := _judging(reading.words).match(reading.even, at, head)) and body[at].islower():
        at = match.end()
    return at


@cache
def _judging(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('joins.judging').pattern}[\s,]+")


def _begins_unspaced(reading: Reading, head: int, first: int) -> tuple[int, str]:
    """Return where the name begins whose title word stands at ``head``, and the determiner before it."""
    before = reading.document.body[max(first, head - LONGEST) : head]
    quoted = _QUOTED.search(before)
    if quoted is not None:
        return head - len(quoted[1]), ""
    found = _name(reading.words).search(before)
    name = _TIME.sub("", found[0]) if found else ""
    determiner = reading.words.pattern("determiners.definite").match(name)
    if determiner is None:
        return head - len(name), _last_match(reading.words.pattern("determiners.definite"), before.removesuffix(name))
    return head - len(name) + len(determiner[0]), determiner[0]


def _last_match(pattern: re.Pattern[str], text: str) -> str:
    """Return what a text ends with, of what a pattern finds."""
    return next((match[0] for match in pattern.finditer(text) if match.end() == len(text)), "")


def _content_unspaced(text: str) -> frozenset[str]:
    """Return what a name says, as pairs of signs that stand together."""
    signs = "".join(re.findall(_WORD, text))
    return frozenset(signs[at : at + 2] for at in range(len(signs) - 1))


@cache
def _name(words: Words) -> re.Pattern[str]:
    links = "|".join(words.get("joins.links")) or "(?!)"
    return re.compile(rf"(?:{_WORD}(?:{links}))*{_WORD}$")


def classified(reading: Reading, title: Naming, code: str) -> str:
    """Return the type of an instrument: by its whole title, else by the word in it."""
    text, head = reading.even[title.start : title.end], title.past_head - title.start
    for pattern, found in _classes(reading.words):
        match = pattern.search(text)
        if match is not None and (code not in ABOUT_OTHERS or match.start() < head):
            return found
    return code


@cache
def _classes(words: Words) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = words.get("title_classes") or {}
    return tuple((either([pattern], words.language), code) for pattern, code in table.items())
