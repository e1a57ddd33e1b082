"""The end of a treaty's own text: where and when it was done, and the blocks of signatures below."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.reading import Instrument, Reading
from tracker.proposing.basis.spelled import days

EXCHANGED = "exchange_of_notes"
"""The type of what is made by notes or letters, each with its own day."""

LONGEST_LINE = 60
"""Characters of a line with a place and a day."""

LONGEST = 1_600
"""Characters of a block."""

FOR, NAME, OFFICE = "for", "name", "office"

_CELL = re.compile(r"[^|/\n()\t]+?(?=\s{3,}|[|/\n()\t]|$)")
_NAME = re.compile(
    r"(?:[^\W\d_a-z\u00df-\u00ff][\w.\u2019'-]*|van|von|den|der|de|del|bin|al|el)(?:[\s-]+(?:[^\W\d_a-z\u00df-\u00ff][\w.\u2019'-]*|van|von|den|der|de|del|la|bin|al|el|y)){1,5}"
)

_LOST_BLANK = re.compile(r"(?<=[A-Z]{3})(?=[A-Z][a-z]{2})|(?<=[a-z])(?=[A-Z][a-z]+\s+[A-Z])")
"""Between a name in capitals and what follows it without a blank."""

_SIGNS = re.compile(r"^(?:\(?\s*(?:sd|sgd|signed|sign\u00e9|gez|firmado|fdo|l\.s)\.?\s*\)?[:.]?\s*)+", re.IGNORECASE)
"""Signs of a signature before a name."""


class Cell(NamedTuple):
    """A part of a block: for whom, a name, or an office."""

    kind: str
    text: str
    start: int
    end: int
    code: str | None = None


class Signed(NamedTuple):
    """Somebody who signed below a text."""

    name: str
    office: str | None
    code: str | None
    start: int
    end: int


def closings(reading: Reading, instrument: Instrument) -> tuple[Sentence, ...]:
    """Return the sentences with which an instrument's own text ends: Done at Cairo on 15 November 2025."""
    if instrument.whole is None:
        return ()
    sentences = reading.document.between(*instrument.whole)
    heads = map(_first_line, sentences)
    found = _dated(reading, sentences, "done") or _dated(reading, heads, "heads")[:1]
    return found or tuple(_labelled(reading, sentences)) or tuple(_datelines(reading, instrument))


def _dated(reading: Reading, sentences: Iterable[Sentence], table: str) -> tuple[Sentence, ...]:
    pattern, language = reading.words.pattern(f"own_text.{table}"), reading.words.language
    return tuple(
        one
        for one in sentences
        if pattern.match(reading.even, one.start, one.end) and days(reading.even[one.start : one.end], language)
    )


def _first_line(sentence: Sentence) -> Sentence:
    """Return the first line of what may stand below a title: Concluded at Bern on ..., in force since ..."""
    text = sentence.text.partition("\n")[0]
    return sentence._replace(text=text, end=sentence.start + len(text))


def _labelled(reading: Reading, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield what stands below a text with a word for the day before it: Date: 14 May 2025."""
    label = reading.words.pattern("own_text.day_line")
    for sentence in sentences:
        if not label.search(reading.even, sentence.start, sentence.end):
            continue
        for day in days(reading.even[sentence.start : sentence.end], reading.words.language):
            before = reading.even[sentence.start : sentence.start + day.start]
            if (match := re.search(rf"{label.pattern}\s*:?\s*$", before)) and _begins_a_line(before, match.start()):
                yield sentence
                break


def _begins_a_line(text: str, at: int) -> bool:
    return not text[:at].strip() or re.search(r"(?:\n\s*|\s{2,}|\t|\|\s*)$", text[:at]) is not None


def _datelines(reading: Reading, instrument: Instrument) -> Iterator[Sentence]:
    """Yield the lines with place and day over notes or letters that are exchanged."""
    if instrument.instrument_type != EXCHANGED or instrument.whole is None:
        return
    for sentence in reading.document.between(*instrument.whole):
        found = days(reading.even[sentence.start : sentence.end], reading.words.language)
        if sentence.heading and len(found) == 1 and len(sentence.text) <= LONGEST_LINE and sentence.number:
            yield sentence


def block(reading: Reading, instrument: Instrument) -> tuple[Signed, ...]:
    """Return those who signed below an instrument's own text."""
    ends = closings(reading, instrument)
    if not ends or instrument.whole is None:
        return ()
    start = _done_end(reading, ends[-1].start, ends[-1].end)
    cells = list(_cells(reading, start, min(instrument.whole[1], start + LONGEST)))
    markers = [cell for cell in cells if cell.kind == FOR]
    names = [cell for cell in cells if cell.kind == NAME]
    if not markers or not names or len(names) > 2 * len(markers):
        return ()
    codes = _codes(instrument, markers, cells)
    found = []
    for at, name in enumerate(names):
        side = _side(markers, names, at)
        found.append(
            Signed(_tidy(name.text), _office(cells, names, at, len(markers)), codes[side], name.start, name.end)
        )
    return tuple(_distinct(found))


def _done_end(reading: Reading, start: int, end: int) -> int:
    """Return where the words of the final clause end and the block begins, which may stand in the same sentence."""
    marker = reading.words.pattern("sides.for").search(reading.even, start + 1, end)
    return marker.start() if marker else end


def _cells(reading: Reading, start: int, end: int) -> Iterator[Cell]:
    """Yield the parts of a block, in order."""
    body = reading.document.body
    for match in _CELL.finditer(body, start, end):
        first = match.start()
        for past in [*_seams(reading, match.start(), match.end()), match.end()]:
            yield from _classified(reading, first, past)
            first = past


def _seams(reading: Reading, start: int, end: int) -> list[int]:
    """Return where one part of a line runs into the next: at "For the Government", and where a blank got lost."""
    markers = [
        match.start()
        for match in reading.words.pattern("sides.for").finditer(reading.even, start + 1, end)
        if reading.document.body[match.start()].isupper()
    ]
    return sorted({*markers, *(match.start() for match in _LOST_BLANK.finditer(reading.document.body, start, end))})


def _classified(reading: Reading, start: int, end: int) -> Iterator[Cell]:
    body, words = reading.document.body, reading.words
    sign = _SIGNS.match(body[start:end])
    start += sign.end() if sign else 0
    text = body[start:end].strip(" \t\u00a0:,;*_")
    if not text:
        return
    start = body.index(text, start)
    end = start + len(text)
    marker = words.pattern("sides.for").match(reading.even, start, end)
    if marker:
        names = [one for one in reading.names if marker.end() <= one.start < end]
        last = max((one.end for one in names), default=end)
        yield Cell(FOR, body[start:last], start, last, names[-1].code if names else None)
        if last < end:
            yield from _classified(reading, last, end)
        return
    office = words.pattern("people.offices").search(reading.even, start, end)
    name = _NAME.fullmatch(text)
    if office and "," in text and (before := _NAME.fullmatch(text.split(",")[0].strip())):
        yield Cell(NAME, before[0], start, start + len(before[0]))
        yield Cell(OFFICE, text.split(",", 1)[1].strip(), start + text.index(","), end)
    elif office:
        yield Cell(OFFICE, text, start, end)
    elif (
        name
        and not any(one.start < end and start < one.end for one in reading.names)
        and not _is_phrase(reading, start, end)
    ):
        yield Cell(NAME, text, start, end)
    elif any(one.start < end and start < one.end for one in reading.names):
        yield Cell(
            "party", text, start, end, reading.names_in(start, end)[0].code if reading.names_in(start, end) else None
        )


def _is_phrase(reading: Reading, start: int, end: int) -> bool:
    portfolios = frozenset(reading.words.get("people.portfolios"))
    plain = reading.even[start:end].split()
    return sum(word in portfolios for word in plain) * 2 >= len(plain)


def _codes(instrument: Instrument, markers: list[Cell], cells: list[Cell]) -> list[str | None]:
    """Return the party of each marker: named in it or on the next line, else the one that is left."""
    codes = [marker.code for marker in markers]
    parties = [cell.code for cell in cells if cell.kind == "party" and cell.code not in codes]
    known = [side.code for side in instrument.sides]
    for at, code in enumerate(codes):
        if code is None:
            left = [one for one in (*parties, *known) if one not in codes]
            codes[at] = left[0] if left else None
    return codes


def _side(markers: list[Cell], names: list[Cell], at: int) -> int:
    """Return for whom somebody signed: the marker right before, else the one in the same place of its row."""
    name = names[at]
    before = [index for index, marker in enumerate(markers) if marker.end <= name.start]
    beside = len(before) == len(markers) and names[0].start >= markers[-1].end
    if before and not beside:
        return before[-1]
    return at % len(markers)


def _office(cells: list[Cell], names: list[Cell], at: int, markers: int) -> str | None:
    """Return the office that stands below a name, or in the same column below."""
    name = names[at]
    following = names[at + 1].start if at + 1 < len(names) else 10**9
    own = [cell for cell in cells if cell.kind == OFFICE and name.end <= cell.start < following]
    if own and not (at == len(names) - 1 and len(own) > 1 and len(names) > 1):
        return own[0].text
    after = [cell for cell in cells if cell.kind == OFFICE and cell.start >= names[-1].end]
    return after[at].text if len(after) == len(names) and markers == len(names) else None


def _tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" .,")


def _distinct(found: list[Signed]) -> Iterator[Signed]:
    """Yield each once: below a signature in capitals the name may stand again in full."""
    kept: list[Signed] = []
    for one in found:
        last = one.name.split()[-1].casefold()
        same = next(
            (other for other in kept if other.name.split()[-1].casefold() == last and other.code == one.code), None
        )
        if same is None:
            kept.append(one)
        else:
            kept[kept.index(same)] = one._replace(office=one.office or same.office)
    yield from kept
