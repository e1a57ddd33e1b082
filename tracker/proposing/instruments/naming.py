"""Names of instruments in running text: the word of a title with what stands before and behind it.

``a non-legally binding Understanding among the Government of Australia and ...``: the determiner, the words before, the
word of the title, and a tail that ends where the clause goes on. Patterns are written for even text.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import UNSPACED
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.vocabulary import Named
from tracker.proposing.basis.words import Words, either
from tracker.proposing.instruments import unspaced
from tracker.proposing.instruments.wording import is_named_behind, kind_begins, matters, points_back, without_judgement
from tracker.text.names import fold

WORDS_BEFORE = 14
"""Words that a name has before the word of its title at most."""

SMALL_BEFORE = 4
"""Of these, words written small at most, one after the other."""

SUBJECT = 160
"""Characters of a subject, up to its verb."""

LONGEST_TAIL = 700
"""Characters."""

LINES_OF_A_TITLE = 6
"""Lines behind the first one, each a paragraph of its own, over which a title may go on."""

_BEFORE = re.compile(r"[^\s(\[\"\u201c\u2018\u00ab]+(?=[\s\"\u201c\u2018\u00ab]*$)")
_BREAK = re.compile(r"[,;:()\[\].!?\u2026]$|^[-\u2013\u2014*\u2022]+$")
_ALIAS = re.compile(
    r"\s*[\u201d\"\u2019']?\s*\(\s*(?:[^()]{0,60}?[\"\u201c\u2018'\u00ab]\s*([^()\"\u201d\u2019\u00bb]{2,40}?)\s*[\"\u201d\u2019'\u00bb][^()]{0,20}"
    r"|([A-Z][A-Za-z.-]{1,14})|[^()]{0,30}?\b([A-Z]{2,}[A-Za-z]*s?))\s*\)"
)
_COMPOUND = re.compile(r"\b[a-z]+-[a-z]+\b")
"""An adjective of two words before the word of a title, which tells nothing of its matter: game-changing."""

_NUMBERED = re.compile(r"\d[.](?!\d)")
"""A full stop behind a number, which ends a sentence and is no part of a name: the declaration of 2019."""

_DEFINITION = re.compile(r"\((?:the\s+)?[\u201c\"][^()]{2,60}[\u201d\"]\)(?=\s+[a-z])")
"""What a party is called for short, inside the name of an instrument."""


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
                found.append(one)
                past = one.end
    return tuple(found)


@cache
def _titles(words: Words) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the words of titles with their types, the longest first."""
    titles = sorted(words.get("titles").items(), key=lambda title: len(title[0]), reverse=True)
    return tuple((either([pattern], words.language), code) for pattern, code in titles)


@cache
def _any_title(words: Words) -> re.Pattern[str]:
    return either(words.get("titles"), words.language)


@cache
def _written(words: Words) -> re.Pattern[str]:
    return either(words.get("titles_written").get("patterns", []), words.language)


def term_code(words: Words, text: str) -> str:
    """Return the type that a word of a title stands for, unknown where it is none."""
    return next((code for pattern, code in _titles(words) if pattern.fullmatch(text)), "unknown")


def _heads(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for match in _any_title(reading.words).finditer(reading.even, sentence.start, sentence.end):
        yield match.start(), match.end(), term_code(reading.words, match[0])


def _is_modifier(reading: Reading, end: int, following: list[tuple[int, int, str]]) -> bool:
    """Tell whether the word of a title only goes before another one: Framework Agreement, treaty protocol."""
    return bool(following) and reading.even[end : following[0][0]] in (" ", "\n", "-")


def _naming(reading: Reading, sentence: Sentence, head: tuple[int, int, str], past: int) -> Naming | None:
    head_start, head_end, code = head
    body, words = reading.document.body, reading.words
    small = not body[head_start].isupper() and _written(words).fullmatch(reading.even, head_start, head_end) is not None
    kind = kind_begins(reading, max(past, sentence.start), head_end) if small else None
    pointed = small and points_back(reading, head_start)
    named = pointed or kind is not None or is_named_behind(reading, head_end)
    if small and sentence.number and not named and not titled(words).match(reading.even, head_end):
        return None
    kind = head_start if kind is None else kind
    if words.language in UNSPACED:
        start, determiner = unspaced.begins(reading, head_start, max(past, sentence.start))
        begins = start
        capital = start < head_start
    else:
        begins, determiner = _begins(reading, kind, max(past, sentence.start))
        start = without_judgement(reading, begins, kind)
        capital = body[head_start].isupper() or (body[start].isupper() and start < head_start)
    end, alias, between = _ends(reading, sentence, head_end)
    parties, full = _sides(reading, start, head_start, end, between)
    return Naming(
        start, end, head_start, head_end, code, determiner, _content(reading, start, end, (head_start, head_end)),
        parties, full, alias, capital, sentence, small, begins,
    )  # fmt: skip


def _begins(reading: Reading, head: int, first: int) -> tuple[int, str]:
    """Return where the name begins whose title word stands at ``head``, and the determiner before it."""
    body, table = reading.document.body, reading.words
    determiners = table.get("determiners")
    known = {*determiners.get("indefinite", ()), *determiners.get("definite", ())}
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
        if plain in known:
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
    return re.compile(rf"[\s,]*{either(words.get('titled') or (), words.language).pattern}[\s,\"]*")


@cache
def _before(words: Words) -> frozenset[str]:
    joins = words.get("joins") or {}
    return frozenset((*joins.get("modifiers", ()), *joins.get("matter", ())))


@cache
def _times(words: Words) -> re.Pattern[str]:
    return either((words.get("tails") or {}).get("times", ()), words.language)


@cache
def _links(words: Words) -> re.Pattern[str]:
    tails = words.get("tails")
    links = [*tails.get("links", ()), *tails.get("purposes", ())] if tails else []
    return re.compile(rf"[\s,]*{either(links, words.language).pattern}", re.IGNORECASE)


@cache
def _stops(words: Words) -> re.Pattern[str]:
    stops = words.get("tails").get("stops", ()) if words.get("tails") else ()
    signs = r"(?<!\d)(?<!\.[A-Z])[.](?=\s|$)|\n+|[;:(\u201c\u201d\"\u2014\u2026*]|\s[\u2013-]\s"
    return re.compile(rf"{either(stops, words.language, 0).pattern}|{signs}|,")


@cache
def _with(words: Words) -> re.Pattern[str]:
    return either(words.get("with_each") or (), words.language)


@cache
def _between(words: Words) -> re.Pattern[str]:
    return either(words.get("tails").get("between", ()) if words.get("tails") else (), words.language)


def _ends(reading: Reading, sentence: Sentence, past_head: int) -> tuple[int, str, int]:
    """Return where a name ends, the short name given with it, and where its sides begin to be named (else -1)."""
    body, words = reading.document.body, reading.words
    end = past_head
    alias = _ALIAS.match(body, end)
    short = _short(alias)
    at = alias.end() if alias else end
    link = _links(words).match(reading.even, at, _last(reading, sentence))
    if link is None:
        return end, short, -1
    if body[at : link.start()].strip():
        return end, short, -1
    last = min(_last(reading, sentence), at + LONGEST_TAIL)
    end = _tail_end(reading, link.start(), last)
    if end <= link.end():
        return past_head, short, -1
    after = _ALIAS.match(body, end)
    between = _between(words).search(reading.even, at, end)
    return end, short or _short(after), between.start() if between else -1


def _last(reading: Reading, sentence: Sentence) -> int:
    """Return how far a name may go: to the end of its sentence; of a title over several lines, of the last of them."""
    end = sentence.end
    further = reading.document.sentences[sentence.number + 1 : sentence.number + 1 + LINES_OF_A_TITLE]
    for one in further if sentence.heading else ():
        if not (one.heading and _next_line(reading.words).match(reading.even, one.start)):
            break
        end = one.end
    return end


@cache
def _next_line(words: Words) -> re.Pattern[str]:
    """Return the words with which a further line of a title begins: BETWEEN, AND THE GOVERNMENT OF, ON COOPERATION."""
    table = words.get("determiners") or {}
    known = {*table.get("definite", ()), *table.get("indefinite", ())}
    links = [link for link in (words.get("tails") or {}).get("links", ()) if link not in known]
    return either([*links, *(words.get("joins") or {}).get("and", ())], words.language)


def _short(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    return (match[1] or match[2] or match[3] or "").strip().removeprefix("the ").removeprefix("The ")


def _tail_end(reading: Reading, at: int, last: int) -> int:
    """Return where the words behind a title end: at a verb, a sign, a day, another title, or the sentence's end."""
    body, words = reading.document.body, reading.words
    end = last
    position = at + 1
    while True:
        # Small words end a name only where they are written small: "Establishing" in a title does not.
        stop = _stops(words).search(body, position, last)
        if stop is None:
            break
        if stop[0][0] == "\n" and _goes_over(reading, stop.end(), last):
            position = stop.end()
            continue
        if stop[0] == "," and (_goes_on(reading, stop.end(), last) or _is_apposed(reading, position, stop.end(), last)):
            position = stop.end()
            continue
        if stop[0] == "," and (past := matters(words).match(body, stop.end(), last)):
            position = past.end()
            continue
        aside = _DEFINITION.match(body, stop.start()) if stop[0] == "(" else None
        if aside and _links(words).match(reading.even, aside.end()):
            position = aside.end() + 1
            continue
        end = stop.start()
        break
    time = _times(words).search(reading.even, at, end)
    end = time.start() if time else end
    for head in _any_title(words).finditer(reading.even, at, end):
        cut = _joined(words).search(reading.even[at : head.start()])
        if cut and not _between(words).search(reading.even, at + cut.start(), head.start()):
            end = at + cut.start()
            break
    while end > at and (body[end - 1] in " \t\n,\u2013-'\u2019\u201d*" or _NUMBERED.match(body, end - 2)):
        end -= 1
    return end


def _goes_over(reading: Reading, at: int, last: int) -> bool:
    """Tell whether a name goes on in the next line, which begins with a small word: BETWEEN, AND THE GOVERNMENT OF."""
    joins = (reading.words.get("joins") or {}).get("small", ())
    words = either([*joins, *(reading.words.get("tails") or {}).get("links", ())], reading.words.language)
    before = reading.even[max(0, at - 16) : at].split()
    return bool(words.match(reading.even, at, last)) or bool(before and words.fullmatch(before[-1]))


def _is_apposed(reading: Reading, start: int, at: int, last: int) -> bool:
    """Tell whether behind a comma a territory is named of whose state the name speaks."""
    first = next((one for one in reading.names_in(at, last)), None)
    owned = _tail(reading.words, "owned").search(reading.even, start, at)
    return first is not None and owned is not None and not reading.document.body[at : first.start].strip()


def _goes_on(reading: Reading, at: int, last: int) -> bool:
    """Tell whether behind a comma a list of names goes on: Trade, Investment and Tourism."""
    joins = reading.words.get("joins") or {}
    language = reading.words.language
    further = rf"\s*(?:{either(joins.get('and', ()), language).pattern}\s+)?"
    start = re.compile(further).match(reading.even, at, last)
    begin = start.end() if start else at
    if either(joins.get("states", ()), language).match(reading.even, begin, last):
        return True
    people = reading.words.get("people") or {}
    if either([*joins.get("asides", ()), *people.get("offices", ())], language).match(reading.even, begin, last):
        return False
    names = reading.names_in(begin, last)
    if names and names[0].start == begin and _acts_behind(reading, begin):
        return False
    return bool(_listed(reading.words).match(reading.document.body, at, last))


def _acts_behind(reading: Reading, at: int) -> bool:
    """Tell whether what follows is the subject of a verb: under the Treaty of 2019, Norway and Japan signed."""
    sentence = reading.document.at(at)
    end = min(sentence.end, at + SUBJECT) if sentence else at
    return _verb(reading.words).search(reading.even, at, end) is not None


@cache
def _verb(words: Words) -> re.Pattern[str]:
    """Return verbs of making."""
    acts = words.get("acts") or {}
    return either(
        [pattern for voice in ("signed", "will_sign", "issued") for pattern in acts.get(voice, ())], words.language
    )


@cache
def _joined(words: Words) -> re.Pattern[str]:
    """Return what stands between an instrument and a further one: and a, as well as the, a comma."""
    joins = words.get("joins") or {}
    conjunctions, articles = (either(joins.get(name, ()), words.language).pattern for name in ("and", "articles"))
    return re.compile(
        rf"(?:,|/|{conjunctions})[\s/]*(?:(?:{articles}\s+)?(?:[^\s,]+\s+){{0,3}}"
        rf"|(?:{_links(words).pattern}\s+)?{articles}\s+(?:[^\s,]+\s+){{0,5}})$"
    )


@cache
def _listed(words: Words) -> re.Pattern[str]:
    """Return a part of a list: capitalised words with small ones between, up to a comma, "and" or the end."""
    joins = words.get("joins") or {}
    conjunctions, small = (either(joins.get(name, ()), words.language).pattern for name in ("and", "small"))
    capital = r"[^\W\d_a-z\u00e0-\u00ff][\w\u2019'.-]*"
    return re.compile(rf"\s*(?:{conjunctions}\s+)?(?:(?>{capital})\s*+(?:{small}\s+)*){{1,9}}(?:,|{conjunctions}|$)")


def _sides(reading: Reading, start: int, head: int, end: int, between: int) -> tuple[tuple[str, ...], bool]:
    """Return the parties that a name tells as sides of the instrument, and whether it tells all."""
    found: dict[str, None] = dict.fromkeys(name.code for name in reading.names_in(start, head))
    full = False
    if between >= 0:
        named = dict.fromkeys(name.code for name in _as_sides(reading, between, end))
        full = len(named) > 1 and not _with(reading.words).match(reading.even, between)
        found = named if full else {**found, **named}
    return tuple(found), full


def _as_sides(reading: Reading, start: int, end: int) -> tuple[Named, ...]:
    """Return the parties named as sides: no territory in respect of which one signs, nor the state of a territory."""
    words = reading.words
    respect = _tail(words, "respect").search(reading.even, start, end)
    names = reading.names_in(start, respect.start() if respect else end)
    return tuple(one for one in names if not _owner(words).search(reading.even, start, one.start))


@cache
def _tail(words: Words, name: str) -> re.Pattern[str]:
    return either((words.get("tails") or {}).get(name, ()), words.language)


@cache
def _owner(words: Words) -> re.Pattern[str]:
    """Return what stands before the state of a territory that is a side itself: overseas territory of the."""
    return re.compile(rf"{_tail(words, 'owned').pattern}\s*$")


def _content(reading: Reading, start: int, end: int, head: tuple[int, int]) -> frozenset[str]:
    """Return the words of a name that are neither its title word, a small word, nor the name of a party."""
    parts = [reading.document.body[start : head[0]], reading.document.body[head[1] : end]]
    respect = _tail(reading.words, "respect").search(reading.even, head[1], end)
    spans = [(one.start, one.end) for one in reading.names_in(start, respect.start() if respect else end)]
    for name_start, name_end in reversed(spans):
        for at, (begin, past) in enumerate(((start, head[0]), (head[1], end))):
            if begin <= name_start and name_end <= past:
                text = parts[at]
                parts[at] = text[: name_start - begin] + " " + text[name_end - begin :]
    if reading.words.language in UNSPACED:
        return unspaced.content("".join(parts))
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
