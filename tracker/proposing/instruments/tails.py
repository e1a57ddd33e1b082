"""The tail of a name: the words behind the word of its title, up to where the clause goes on.

It may name sides (between Japan and Norway), matters (on defence), and run over commas and lines. Patterns are written
for even text.
"""

import re
from functools import cache

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import UNSPACED, Words, either
from tracker.proposing.basis.reading import Reading

SUBJECT = 160
"""Characters of a subject, up to its verb."""

LONGEST_TAIL = 700
"""Characters."""

LINES_OF_A_TITLE = 6
"""Lines behind the first one, each a paragraph of its own, over which a title may go on."""

_ALIAS = re.compile(
    r"\s*[\u201d\"\u2019']?\s*\(\s*(?:[^()]{0,60}?[\"\u201c\u2018'\u00ab]\s*([^()\"\u201d\u2019\u00bb]{2,40}?)\s*[\"\u201d\u2019'\u00bb][^()]{0,20}"
    r"|([A-Z][A-Za-z.-]{1,14})|[^()]{0,30}?\b([A-Z]{2,}[A-Za-z]*s?))\s*\)"
)

_NUMBERED = re.compile(r"\d[.](?!\d)")
"""A full stop behind a number, which ends a sentence and is no part of a name: the declaration of 2019."""

_DEFINITION = re.compile(r"\((?:the\s+)?[\u201c\"][^()]{2,60}[\u201d\"]\)(?=\s+[a-z])")
"""What a party is called for short, inside the name of an instrument."""

_CAPITAL = r"[^\W\d_a-z\u00df-\u00ff][\w\u2019'-]*"
_TOWN = rf"{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}}(?:,\s+{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})?"


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
def _between(words: Words) -> re.Pattern[str]:
    return either(words.get("tails").get("between", ()) if words.get("tails") else (), words.language)


def ends(reading: Reading, sentence: Sentence, past_head: int) -> tuple[int, str, int]:
    """Return where a name ends, the short name given with it, and where its sides begin to be named (else -1)."""
    body, words = reading.document.body, reading.words
    end = past_head
    alias = _ALIAS.match(body, end)
    short = _short(alias)
    at = alias.end() if alias else end
    link = _links(words).match(reading.even, at, _last(reading, sentence))
    if link is None:
        return end, short, -1
    if body[at : link.start()].strip() or _is_there(reading, at, sentence.end):
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
    known = {*words.get("determiners.definite"), *words.get("determiners.indefinite")}
    links = [link for link in words.get("tails.links") if link not in known]
    return either([*links, *words.get("joins.and")], words.language)


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
        if stop[0] == "," and (past := _matters(words).match(body, stop.end(), last)):
            position = past.end()
            continue
        aside = _DEFINITION.match(body, stop.start()) if stop[0] == "(" else None
        if aside and _links(words).match(reading.even, aside.end()) and not _is_there(reading, aside.end(), last):
            position = aside.end() + 1
            continue
        end = stop.start()
        break
    time = words.pattern("tails.times").search(reading.even, at, end)
    end = time.start() if time else end
    end = _before_a_town(reading, at, end)
    for head in words.pattern("titles").finditer(reading.even, at, end):
        cut = _nearest(_joined(words), reading.even[at : head.start()])
        if cut and not _between(words).search(reading.even, at + cut.start(), head.start()):
            end = at + cut.start()
            break
    while end > at and (body[end - 1] in " \t\n,\u2013-'\u2019\u201d*" or _NUMBERED.match(body, end - 2)):
        end -= 1
    return end


def _nearest(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last place from which on a pattern fits to the end of a text."""
    found = pattern.search(text)
    while found is not None and (further := pattern.search(text, found.start() + 1)) is not None:
        found = further
    return found


def _is_there(reading: Reading, at: int, last: int) -> bool:
    """Tell whether nothing but a town follows, in which something was done: signed the Agreement in Bern."""
    found = _town(reading.words).match(reading.document.body, at, last)
    if found is None or not _is_town(reading, found):
        return False
    return reading.document.body[found.end() :][:1] in (".", ",") or _occasion(reading, found.end()) is not None


def _before_a_town(reading: Reading, at: int, end: int) -> int:
    """Return where a name ends that runs into a town and a time: the Treaty on the Border in Bishkek on 13 March."""
    if _occasion(reading, end) is None:
        return end
    for found in _town(reading.words).finditer(reading.document.body, at, end):
        if not reading.document.body[found.end() : end].strip(" ,\n") and _is_town(reading, found):
            return found.start()
    return end


def _is_town(reading: Reading, found: re.Match[str]) -> bool:
    """Tell whether capitalised words behind "in" are a town: no party, and nothing that offices are for."""
    portfolios = reading.words.get("people.portfolios")
    words = re.findall(r"\w+", reading.even[found.start("town") : found.end()])
    comma = reading.document.body.find(",", found.start("town"), found.end())
    named = reading.names_in(found.start(), comma if comma >= 0 else found.end())
    return not named and not any(word in portfolios for word in words)


@cache
def _town(words: Words) -> re.Pattern[str]:
    beside = words.pattern("place.beside").pattern
    towns = words.pattern("place.towns").pattern
    return re.compile(rf"[\s,]*(?<!\w){beside}\s+(?:{towns}\s+)?(?P<town>{_TOWN})")


def _occasion(reading: Reading, at: int) -> re.Match[str] | None:
    """Return the words of a time or an occasion that follow a place in the text."""
    return _occasions(reading.words).match(reading.even, at)


@cache
def _occasions(words: Words) -> re.Pattern[str]:
    return re.compile(rf"[\s,]*(?:{words.pattern('tails.times').pattern}|{words.pattern('tails.occasions').pattern})")


def _goes_over(reading: Reading, at: int, last: int) -> bool:
    """Tell whether a name goes on in the next line, which begins with a small word: BETWEEN, AND THE GOVERNMENT OF."""
    joins = reading.words.get("joins.small")
    words = either([*joins, *reading.words.get("tails.links")], reading.words.language)
    before = reading.even[max(0, at - 16) : at].split()
    return bool(words.match(reading.even, at, last)) or bool(before and words.fullmatch(before[-1]))


def _is_apposed(reading: Reading, start: int, at: int, last: int) -> bool:
    """Tell whether behind a comma a territory is named of whose state the name speaks."""
    first = next((one for one in reading.names_in(at, last)), None)
    owned = reading.words.pattern("tails.owned").search(reading.even, start, at)
    return first is not None and owned is not None and not reading.document.body[at : first.start].strip()


def _goes_on(reading: Reading, at: int, last: int) -> bool:
    """Tell whether behind a comma a list of names goes on: Trade, Investment and Tourism."""
    joins = reading.words.get("joins") or {}
    language = reading.words.language
    further = rf"\s*(?:{reading.words.pattern('joins.and').pattern}\s+)?"
    start = re.compile(further).match(reading.even, at, last)
    begin = start.end() if start else at
    if reading.words.pattern("joins.states").match(reading.even, begin, last):
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
    conjunctions, articles = (words.pattern(f"joins.{name}").pattern for name in ("and", "articles"))
    return re.compile(
        rf"(?:,|/|{conjunctions})[\s/]*(?:(?:{articles}\s+)?(?:[^\s,]+\s+){{0,3}}"
        rf"|(?:{_links(words).pattern}\s+)?{articles}\s+(?:[^\s,]+\s+){{0,5}})$"
    )


@cache
def _listed(words: Words) -> re.Pattern[str]:
    """Return a part of a list: capitalised words with small ones between, up to a comma, "and" or the end."""
    conjunctions, small = (words.pattern(f"joins.{name}").pattern for name in ("and", "small"))
    capital = r"[^\W\d_a-z\u00e0-\u00ff][\w\u2019'.-]*"
    return re.compile(rf"\s*(?:{conjunctions}\s+)?(?:(?>{capital})\s*+(?:{small}\s+)*){{1,9}}(?:,|{conjunctions}|$)")


@cache
def _matters(words: Words) -> re.Pattern[str]:
    """Return the rest of a list of matters written small: for research, development, test and evaluation projects."""
    tails, joins = words.get("tails") or {}, words.get("joins") or {}
    if words.language in UNSPACED or not tails:
        return re.compile(r"(?!)")
    never = [*tails.get("stops", ()), *tails.get("never_listed", ()), *words.get("titles"), *joins.get("articles", ())]
    matter = rf"(?!{either(never, words.language, 0).pattern})[a-z\u00df-\u00ff][\w'\u2019-]*"
    stops, ands = either(tails.get("stops", ()), words.language, 0), either(joins.get("and", ()), words.language)
    conjunctions = rf"(?!{stops.pattern}){ands.pattern}"
    item = rf"(?:(?!{conjunctions}){matter}\s+){{0,2}}(?!{conjunctions}){matter}"
    return re.compile(rf"\s*{item}(?:,\s*{item}){{0,6}}(?:,?\s+{conjunctions})\s+(?={matter})")
