"""Which instruments a text reports as new, which as news about known ones, and which it only mentions."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.proposing.basis.bodies import TITLED, Entity, acting, entities
from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.people import people
from tracker.proposing.basis.proposal import Mention, Passage, Refusal
from tracker.proposing.basis.reading import Instrument, Reading, Side, Told
from tracker.proposing.basis.sides import doers, home, near, sides
from tracker.proposing.basis.times import times
from tracker.proposing.instruments import acts as done
from tracker.proposing.instruments.acts import Act, acts
from tracker.proposing.instruments.groups import Deed, Group, definite, grouped, is_plural, several
from tracker.proposing.instruments.naming import GENERAL, Naming, classified, namings
from tracker.proposing.instruments.news import is_news, time_of
from tracker.proposing.instruments.own_texts import Whole, agreement, own_texts

PREAMBLE = 2_500
"""Characters below a title in which the sides are named."""

NAMELESS = "several are spoken of, and none is named"
"""Why two accords are no proposal."""

BILATERAL = 2
"""Sides that an instrument has at least."""


class Found(NamedTuple):
    """The instruments of a text."""

    new: tuple[Instrument, ...]
    coming: tuple[tuple[Instrument, str], ...]
    """Those not made yet, with the kind of event that is told: ``announced``, ``negotiation_concluded``."""
    mentions: tuple[Mention, ...]
    refusals: tuple[Refusal, ...]
    left: tuple[Naming, ...]
    """The names of other instruments."""
    others: tuple[Passage, ...]
    """Every place where another instrument is named."""
    aliases: tuple[tuple[str, Passage], ...]
    """The short names of these, each with the full one."""


def instruments(reading: Reading) -> Found:
    """Return what a text says of instruments."""
    named = namings(reading)
    wholes = own_texts(reading, named)
    told = [act for act in acts(reading, named) if not _inside(act, wholes)]
    refusals: list[Refusal] = []
    news: list[Deed] = []
    coming: list[Deed] = []
    lead: list[Deed] = []
    old: set[int] = set()
    for act in told:
        reason = is_news(reading, act)
        meant = [one for naming in act.namings for one in _meant(reading, act, naming, news)]
        for naming in (_joined(reading, act, one) for one in meant):
            if _points_at_nothing(reading, naming, (*news, *coming)):
                continue
            why = NAMELESS if reason is None and _nameless(reading, naming) else reason
            deed = Deed(act, naming, _sides(reading, act, naming))
            deed = _told_elsewhere(reading, deed, news, lead)
            if why == NAMELESS and len(deed.sides) >= BILATERAL:
                lead.append(deed)
            if act.kind in (done.ANNOUNCED, done.NEGOTIATED):
                coming.append(deed)
            elif why is None:
                news.append(deed)
            elif why:
                old.add(naming.start)
                refusals.append(Refusal(_words(reading, naming).text, _sentence(act.sentence), "instruments", why))
    groups = grouped(reading, wholes, news, named, frozenset(old), _of_the_same(named, coming))
    _add_earlier(groups, told)
    refusals += [_without_sides(reading, group) for group in groups if not _has_sides(group)]
    groups = [group for group in groups if _has_sides(group)]
    new = tuple(_instrument(reading, group) for group in groups)
    taken = {naming.start for group in groups for naming in group.namings}
    later = _coming(reading, groups, coming)
    taken |= {one.start for instrument, _ in later for one in instrument.namings}
    left = [one for one in named if one.start not in taken]
    others = tuple(_words(reading, one) for one in left)
    aliases = tuple((one.alias, _words(reading, one)) for one in left if len(one.alias) > 1)
    return Found(new, later, _mentions(reading, left), tuple(refusals), tuple(left), others, aliases)


def _joined(reading: Reading, act: Act, naming: Naming) -> Naming:
    """Return a name with the party alone that signs what others made: Britain signed the Agreement between A and B."""
    if not naming.full or act.kind != done.MADE or act.voice != "signed":
        return naming
    codes = tuple(dict.fromkeys(one.code for one in sides(reading, act.doing()) if one.code))
    if not codes or set(codes) & set(naming.parties):
        return naming
    return naming._replace(parties=codes, full=False)


def _meant(reading: Reading, act: Act, naming: Naming, news: Sequence[Deed]) -> tuple[Naming, ...]:
    """Return what a name means at which an act points: the agreements were signed by, of which several were named."""
    plural = is_plural(reading.words, reading.even[naming.head : naming.past_head])
    points = naming.determiner in definite(reading.words) and not (naming.content or naming.parties)
    if not (plural and points and news):
        return (naming,)
    last = news[-1].act
    together = tuple(deed.naming for deed in news if deed.act.start == last.start)
    fits = all(naming.code in (one.code, GENERAL) for one in together)
    earlier = last.sentence.number < act.sentence.number
    return together if fits and earlier and len(together) > 1 else (naming,)


def _sides(reading: Reading, act: Act, naming: Naming) -> tuple[Side, ...]:
    """Return the sides of an act; of one whose party is not said there, the party that the text makes likely."""
    if act.kind not in (done.MADE, done.PERFECT, done.ANNOUNCED, done.NEGOTIATED) or naming.full:
        return ()
    told = sides(reading, act.doing())
    of_one = naming.parties if len(several(reading, naming)) == 1 else ()
    known = dict.fromkeys([*(one.code for one in told if one.code), *of_one])
    found = []
    for one in told:
        code, why = one.code, one.why
        if code is None and len(known) < BILATERAL:
            code, why = _likely(reading, one.start, tuple(known))
        if code is not None:
            known[code] = None
            found.append(Side(code, one.entity, _sentence(act.sentence), why, guessed=one.code is None))
    return tuple(found) or _by_the_title(reading, act)


def _by_the_title(reading: Reading, act: Act) -> tuple[Side, ...]:
    """Return the two parties that the title of the text names, where who acted is not said or said by a pronoun."""
    heading = next(iter(reading.document.sentences), None)
    if heading is None or not heading.heading or act.sentence is heading or act.kind != done.MADE:
        return ()
    start, end = doers(reading, act.doing())
    no_subject = act.start == act.sentence.start or act.voice == "signing_today"
    if not no_subject and not reading.words.pattern("pronouns").search(reading.even, start, end):
        return ()
    codes = tuple(dict.fromkeys(one.code for one in reading.names_in(heading.start, heading.end)))
    if len(codes) != BILATERAL:
        return ()
    why = "who acted is not said there; the title of the text names these two"
    return tuple(Side(code, None, _sentence(heading), why, guessed=True) for code in codes)


def _of_the_same(named: Sequence[Naming], coming: list[Deed]) -> frozenset[int]:
    """Return the places of the names of what is to be made, in the sentences that tell of it."""
    spoken_of = {(deed.act.sentence.number, deed.naming.code) for deed in coming}
    return frozenset(one.start for one in named if (one.sentence.number, one.code) in spoken_of)


def _points_at_nothing(reading: Reading, naming: Naming, told: Sequence[Deed]) -> bool:
    """Tell whether a word written small points at what the text has not told of: the pact was signed."""
    if naming.capital or naming.content or naming.parties or naming.determiner not in definite(reading.words):
        return False
    return naming.needs_capital and not any(
        naming.code in (deed.naming.code, GENERAL, classified(reading, deed.naming, deed.naming.code)) for deed in told
    )


def _nameless(reading: Reading, naming: Naming) -> bool:
    """Tell whether several are spoken of without the name of any: two accords."""
    many = is_plural(reading.words, reading.even[naming.head : naming.past_head])
    headline = naming.sentence.number == 0 and naming.sentence.heading
    return many and not naming.capital and (headline or len(several(reading, naming)) == 1)


def _points_back(reading: Reading, act: Act, naming: Naming) -> bool:
    """Tell whether the subject of an act only points at those of the act before: they also signed."""
    start, end = doers(reading, act.doing())
    pronouns = reading.words.pattern("pronouns")
    return not naming.full and act.kind == done.MADE and pronouns.search(reading.even, start, end) is not None


def _same_again(deed: Deed, told: list[Deed]) -> Deed:
    """Return an act with the sides of the one before; where not all of these are named there, of an earlier one."""
    if not told:
        return deed
    before, words = told[-1], _sentence(deed.act.sentence)
    codes = _codes(before)
    fuller = (one for one in reversed(told) if len(one.sides) >= BILATERAL and codes <= _codes(one))
    named = before if len(before.sides) >= BILATERAL else next(fuller, before)
    sides_again = tuple(side._replace(passage=words, why="named in the act before") for side in named.sides)
    return deed._replace(sides=sides_again, after=before.after or before.act)


def _told_elsewhere(reading: Reading, deed: Deed, news: list[Deed], lead: list[Deed]) -> Deed:
    """Return an act with sides that stand elsewhere, where its own words do not name them all."""
    if _points_back(reading, deed.act, deed.naming) and all(side.guessed for side in deed.sides):
        return _same_again(deed, news or lead)
    if not deed.sides:
        return _as_beside_it(deed)
    return _as_in_the_lead(deed, lead[-1]) if lead else deed


def _as_beside_it(deed: Deed) -> Deed:
    """Return an act with the sides that another instrument of it has, where nobody is said to have acted."""
    whose = next((one for one in deed.act.namings if one.full and one is not deed.naming), None)
    if whose is None or deed.naming.full:
        return deed
    why = "those of the instrument that was made together with it"
    return deed._replace(
        sides=tuple(Side(code, None, _sentence(whose.sentence), why, guessed=True) for code in whose.parties)
    )


def _as_in_the_lead(deed: Deed, lead: Deed) -> Deed:
    """Return an act with the sides that the text named before it said what they signed: they signed two agreements."""
    known = {side.code: side for side in deed.sides if not side.guessed}
    if len(known) == len(deed.sides) or not known.keys() <= _codes(lead):
        return deed
    why = "the text names it before among those who signed, without naming what"
    return deed._replace(sides=tuple(known.get(side.code, side._replace(why=why, guessed=True)) for side in lead.sides))


def _codes(deed: Deed) -> set[str]:
    return {side.code for side in deed.sides}


def _likely(reading: Reading, place: int, known: tuple[str, ...]) -> tuple[str | None, str]:
    own = home(reading)
    if own is not None and own not in known:
        return own, "its party is not said there; the text speaks most of this one"
    other = near(reading, place, own)
    return (None, "") if other in known else (other, "its party is not said there; this one was named last")


def _has_sides(group: Group) -> bool:
    """Tell whether somebody is known whose instrument it is: two sides, or one that is said to have acted."""
    return group.whole is not None or len(group.parties) >= BILATERAL or any(side.code for side in group.sides)


def _without_sides(reading: Reading, group: Group) -> Refusal:
    why = "none of those who made it is a state, an organisation or a body of one"
    return Refusal(group.title().sentence.text, _words(reading, group.title()), "instruments", why)


def _add_earlier(groups: list[Group], told: list[Act]) -> None:
    """Add what the text tells besides of new instruments: the Treaty that is transmitted was signed at Tokyo."""
    for group in (one for one in groups if all(act.kind == done.TRANSMITTED for act in one.acts)):
        starts = {one.start for one in group.namings}
        for act in told:
            naming = next((one for one in act.namings if one.start in starts), None)
            known = {one.start for one in group.acts}
            if naming is not None and act.start not in known and act.voice in ("signed", "signed_passive"):
                group.add_act(act._replace(kind=done.EARLIER), naming)


def _inside(act: Act, wholes: Iterable[Whole]) -> bool:
    return any(whole.start <= act.start < whole.end for whole in wholes)


def _coming(reading: Reading, groups: list[Group], coming: list[Deed]) -> tuple[tuple[Instrument, str], ...]:
    """Return the instruments of which the text says that they will be made; not those that it says are made."""
    kinds = {done.ANNOUNCED: "announced", done.NEGOTIATED: "negotiation_concluded"}
    told = [deed for deed in coming if not _is_under_way(reading, deed.act)]
    return tuple(
        (_instrument(reading, group), kinds[group.acts[0].kind])
        for group in grouped(reading, (), told, (), frozenset(), frozenset())
        if group.content and not any(other.same(group.namings[0]) for other in groups)
    )


def _is_under_way(reading: Reading, act: Act) -> bool:
    """Tell whether an instrument is being negotiated, so that nothing has happened yet."""
    over = reading.words.pattern("not_acts.concluded")
    return act.kind == done.NEGOTIATED and not over.search(reading.even, act.start, act.end)


def _instrument(reading: Reading, group: Group) -> Instrument:
    title = group.title()
    code = classified(reading, title, group.code())
    spans = [(naming.sentence.number, naming.sentence) for naming in group.namings] + [
        (act.sentence.number, act.sentence) for act in group.acts
    ]
    sentences = dict(spans)
    for number in [*sentences]:
        _with_following(reading, number, sentences)
    if group.whole is not None:
        sentences |= {one.number: one for one in reading.document.between(group.whole.start, group.whole.end)}
    return Instrument(
        title=_words(reading, title),
        term=title.term if title.called else reading.document.body[title.head : title.past_head],
        instrument_type=code,
        namings=tuple(_words(reading, naming) for naming in sorted(group.namings, key=lambda one: one.start)),
        sentences=tuple(sentences[number] for number in sorted(sentences)),
        act=group.acts[0].sentence if group.acts else None,
        whole=(group.whole.start, group.whole.end) if group.whole else None,
        told=tuple(_told(reading, group, act) for act in group.acts),
        sides=_all_sides(reading, group),
        called=title.called,
    )


def _told(reading: Reading, group: Group, act: Act) -> Told:
    earlier = group.after.get(act.start)
    time = time_of(reading, act) or (time_of(reading, earlier) if earlier else None)
    doer = earlier or act
    met = _who_met(reading, act) if earlier is None else None
    if met is not None:
        days = {one.edtf: one for one in times(reading, met) if one.said in ("day", "yearless", "weekday", "today")}
        time = time or (next(iter(days.values())) if len(days) == 1 else None)
    return Told(
        act.kind, act.voice, act.start, act.end, act.sentence, _words(reading, group.of(act)),
        time.edtf if time else None, reading.passage(time.start, time.end) if time else None,
        (met.start, met.end) if met else doers(reading, doer.doing()),
    )  # fmt: skip


def _who_met(reading: Reading, act: Act) -> Sentence | None:
    """Return the sentence before, where it names those at whom the subject of an act points: A met B. They signed."""
    start, end = doers(reading, act.doing())
    subject = reading.even[start:end].strip(" \n,")
    if act.kind != done.MADE or not act.sentence.number or not reading.words.pattern("pronouns").fullmatch(subject):
        return None
    before = reading.document.sentences[act.sentence.number - 1]
    together = (
        before.paragraph == act.sentence.paragraph and len(people(reading, before.start, before.end)) == BILATERAL
    )
    return before if together else None


def _all_sides(reading: Reading, group: Group) -> tuple[Side, ...]:
    """Return the sides of an instrument, each once: as its fullest name tells them, else as those who made it."""
    found: dict[str, Side] = {}
    for side in group.sides:
        if side.code not in found or (side.entity and not found[side.code].entity):
            found[side.code] = side
    if group.whole is not None and len(group.parties) < BILATERAL:
        return _in_the_preamble(reading, group.whole)
    named: dict[str, Side] = {}
    for code in group.parties:
        by_name = next((one for one in group.namings if code in one.parties), group.namings[0])
        body = _acting(reading, group, code)
        told = found.get(code)
        entity = body.text if body else told.entity if told else None
        passage = told.passage if told else _words(reading, by_name)
        why = told.why if told else "the name of the instrument tells its sides"
        named[code] = Side(code, entity, passage, why, guessed=told is not None and told.guessed)
    return tuple(named.values())


def _in_the_preamble(reading: Reading, whole: Whole) -> tuple[Side, ...]:
    """Return the sides that a treaty's own text names before it says that they agreed."""
    start = whole.title.sentence.end
    end = agreement(reading, start, min(whole.end, start + PREAMBLE))
    found: dict[str, Side] = {}
    for one in reading.names_in(start, end):
        sentence = reading.document.at(one.start)
        if sentence is not None and one.code not in found:
            body = acting(reading, start, one.code)
            found[one.code] = Side(one.code, body.text if body else None, _sentence(sentence), "the preamble names it")
    return tuple(found.values())


def _acting(reading: Reading, group: Group, code: str) -> Entity | None:
    """Return the body that acts for a party by the names of the instrument."""
    bodies = (body for one in group.namings for body in entities(reading, one.start, one.end, TITLED))
    named = next((body for body in bodies if body.code == code), None)
    if named is not None or group.whole is None:
        return named
    return acting(reading, group.whole.title.sentence.start, code)


def _with_following(reading: Reading, number: int, sentences: dict[int, Sentence]) -> None:
    """Add the sentences that go on about the same instrument: "It enters into force ...", "Either Party may ..."."""
    words, all_of_them = tuple(f"{word} " for word in reading.words.get("anaphora") or ()), reading.document.sentences
    for at in range(number + 1, len(all_of_them)):
        following = all_of_them[at]
        same = following.paragraph == all_of_them[number].paragraph
        if not (same and words and reading.even[following.start : following.end].startswith(words)):
            return
        sentences[following.number] = following


def _mentions(reading: Reading, left: list[Naming]) -> tuple[Mention, ...]:
    """Return what is only named: each once, by its first full name."""
    found: dict[tuple[frozenset[str], str], Mention] = {}
    for naming in left:
        if naming.capital and (naming.content or naming.parties):
            key = (naming.content, naming.code)
            passage = _words(reading, naming)
            found.setdefault(
                key, Mention(passage.text, naming.code, naming.parties, None, _sentence(naming.sentence), "named only")
            )
    return tuple(found.values())


def _words(reading: Reading, naming: Naming) -> Passage:
    return reading.passage(naming.start, naming.end)


def _sentence(sentence: Sentence) -> Passage:
    return Passage(sentence.text, sentence.start, sentence.end)
