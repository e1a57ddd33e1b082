"""Entry into force by each condition, for the instrument and for each party."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates.edtf import parse
from tracker.law.force.conditions import CONDITIONS, Missing, Other
from tracker.law.force.rule import rule_of
from tracker.law.life import entry_words
from tracker.law.life.entry import Case, WhatIfError, assess, compare
from tracker.record.vocabulary import ENTRY_CONDITIONS, words

TODAY = "2026-11-22"
TWO = ("JPN", "KOR")
FOUR = ("DEU", "FRA", "GBR", "ITA")


def event(kind, date=None, *parties, effective=None, note=None, **more):
    return {"kind": kind, "date": date, "effective_date": effective, "parties": list(parties), "note": note, **more}


def deposits(**dates):
    return [event("instrument_deposited", date, code) for code, date in dates.items()]


def terms(condition, **more):
    return {"condition": condition, **more}


def entry(rule, events, parties=FOUR, *, as_of=TODAY, supposed=(), other=None, treaty=True):
    """Assess a case; ``supposed`` maps codes to dates."""
    pairs = tuple((code, parse(date)) for code, date in dict(supposed).items())
    return assess(Case(events, tuple(parties), rule, as_of, pairs, other, treaty=treaty))


def computed(*args, **more):
    date = entry(*args, **more).instrument.computed
    return date and date.edtf


def by_party(*args, **more):
    return {one.party: one.computed and one.computed.edtf for one in entry(*args, **more).parties}


def wanting(*args, **more):
    return [(one.what, one.number, one.parties) for one in entry(*args, **more).instrument.missing]


def test_every_condition_of_the_vocabulary_has_its_rule_and_its_words():
    assert set(CONDITIONS) == set(ENTRY_CONDITIONS)
    for condition in ENTRY_CONDITIONS:
        rule = rule_of(terms(condition))
        assert entry_words.rule(rule, words("binding"), None, treaty=True)
        assert entry(terms(condition), []).instrument.computed is None
        assert wanting(terms(condition), [])


class TestSignature:
    def test_on_the_last_of_two_signatures(self):
        """US-Israel R&D MOA: signed on 7 February and on 24 March 2005."""
        events = [event("signed", "2005-02-07"), event("signed", "2005-03-24")]
        assert computed(terms("on_signature"), events, ("USA", "ISR")) == "2005-03-24"

    def test_both_have_to_sign(self):
        events = [event("signed", "2005-02-07", "JPN")]
        assert wanting(terms("on_signature"), events, TWO) == [("signature", 0, ("KOR",))]

    def test_who_signs_later_joins_on_its_own_day(self):
        events = [event("signed", "2020-10-13"), event("signed", "2021-06-15", "ITA")]
        assert computed(terms("on_signature"), events) == "2020-10-13"
        assert by_party(terms("on_signature"), events)["ITA"] == "2021-06-15"
        assert by_party(terms("on_signature"), events)["GBR"] == "2020-10-13"

    def test_the_nth_signature(self):
        events = [event("signed", f"2020-01-0{day}", code) for day, code in enumerate(FOUR, 1)]
        assert computed(terms("on_signature", number=3), events) == "2020-01-03"

    def test_a_period_after_signature_is_counted_in_calendar_months(self):
        rule = terms("after_signature_period", period="P1M")
        assert computed(rule, [event("signed", "2023-01-31")]) == "2023-02-28"

    def test_without_the_period_it_is_missing(self):
        rule = terms("after_signature_period")
        assert computed(rule, [event("signed", "2023-01-31")]) is None
        assert wanting(rule, [event("signed", "2023-01-31")]) == [("period", 0, ())]

    def test_all_signatories(self):
        signed = [event("signed", "2020-01-01", code) for code in FOUR[:3]]
        given_ = deposits(DEU="2021-01-01", FRA="2021-02-01")
        assert wanting(terms("all_signatories"), signed + given_) == [("instrument", 0, ("GBR",))]
        assert computed(terms("all_signatories"), signed + given_ + deposits(GBR="2022-03-01")) == "2022-03-01"

    def test_a_definitive_signature_is_consent(self):
        """VCLT 12: who signs definitively deposits nothing."""
        events = [event("signed_definitively", "2020-01-01", "DEU"), *deposits(FRA="2020-02-01")]
        assert computed(terms("nth_instrument", number=2), events) == "2020-02-01"
        simple = [event("signed_subject_to_ratification", "2020-01-01", "DEU"), *deposits(FRA="2020-02-01")]
        assert computed(terms("nth_instrument", number=2), simple) is None


def test_on_date():
    assert computed(terms("on_date", date="2024-07-01"), []) == "2024-07-01"
    assert by_party(terms("on_date", date="2024-07-01"), [], TWO) == dict.fromkeys(TWO, "2024-07-01")
    late = by_party(terms("on_date", date="2024-07-01"), deposits(DEU="2024-01-01", FRA="2025-01-01"))
    assert late == {"DEU": "2024-07-01", "FRA": "2025-01-01?", "GBR": None, "ITA": None}


class TestInstruments:
    def test_the_nth(self):
        events = deposits(DEU="2020-01-01", FRA="2020-03-01", GBR="2020-02-01")
        assert computed(terms("nth_instrument", number=2), events) == "2020-02-01"

    def test_how_many_are_missing_and_who_has_not_acted(self):
        assert wanting(terms("nth_instrument", number=3), deposits(DEU="2020-01-01")) == [
            ("instrument", 2, ("FRA", "GBR", "ITA"))
        ]

    def test_late_parties_by_default_on_their_consent(self):
        """VCLT 24(3), in doubt unless it is recorded that the text says nothing of it."""
        events = deposits(DEU="2020-01-01", FRA="2020-02-01", GBR="2021-05-05")
        found = by_party(terms("nth_instrument", number=2), events)
        assert found == {"DEU": "2020-02-01", "FRA": "2020-02-01", "GBR": "2021-05-05?", "ITA": None}
        assert by_party(terms("nth_instrument", number=2, late_rule="silent"), events)["GBR"] == "2021-05-05"

    def test_who_consents_before_the_entry_but_after_the_deciding_act(self):
        """Without a rule for late joiners, it joins with the treaty at the earliest, not before it."""
        rule = terms("nth_instrument_plus_period", number=2, period="P90D")
        events = deposits(DEU="2020-01-01", FRA="2020-02-01", GBR="2020-02-15")
        assert by_party(rule, events)["GBR"] == f"{computed(rule, events)}?" == "2020-05-01?"

    def test_founders_wait_for_the_treaty_only(self):
        rule = terms("nth_instrument_plus_period", number=2, period="P30D", late_joiners="P90D")
        found = by_party(rule, deposits(DEU="2020-01-01", FRA="2020-02-01"))
        assert found["FRA"] == found["DEU"] == "2020-03-02"

    def test_deposit_counts_not_ratification_at_home(self):
        """VCLT 16: consent is established by the deposit."""
        events = [event("ratified", "2020-01-01", "DEU"), *deposits(DEU="2020-06-01")]
        assert computed(terms("nth_instrument", number=1), events) == "2020-06-01"

    @pytest.mark.parametrize(
        "kind",
        ["ratified", "accepted", "approved", "acceded", "formally_confirmed", "succeeded", "notified_completion"],
    )
    def test_what_counts(self, kind):
        assert computed(terms("nth_instrument", number=1), [event(kind, "2020-01-01", "DEU")]) == "2020-01-01"

    @pytest.mark.parametrize("kind", ["signed", "domestic_step", "succeeded_to_signature", "reservation_made"])
    def test_what_does_not_count(self, kind):
        assert computed(terms("nth_instrument", number=1), [event(kind, "2020-01-01", "DEU")]) is None

    def test_an_instrument_that_was_withdrawn_in_time_does_not_count(self):
        """France accepted on 2009-08-19 and withdrew on 2009-10-27."""
        events = [*deposits(FRA="2009-08-19", DEU="2010-01-01"), event("withdrawn", "2009-10-27", "FRA")]
        rule = terms("nth_instrument", number=2)
        assert computed(rule, events) is None
        assert wanting(rule, events) == [("instrument", 1, ("FRA", "GBR", "ITA"))]
        same_day = [*deposits(FRA="2010-01-01", DEU="2010-01-01"), event("withdrawn", "2010-01-01", "FRA")]
        assert computed(rule, same_day) is None
        again = [*events, event("acceded", "2012-02-02", "FRA")]
        assert computed(rule, again) == "2012-02-02"
        spells = [one for one in entry(rule, again).parties if one.party == "FRA"]
        assert [(one.how, one.computed and one.computed.edtf) for one in spells] == [
            ("withdrew", None),
            ("founder", "2012-02-02"),
        ]

    def test_one_act_of_all(self):
        assert computed(terms("nth_instrument", number=4), [event("ratified", "2020-01-01")]) == "2020-01-01"

    def test_only_those_count_that_the_rule_names(self):
        rule = terms("nth_instrument", number=1, parties=["FRA", "GBR"])
        assert computed(rule, deposits(DEU="2019-01-01", FRA="2020-01-01")) == "2020-01-01"

    def test_the_fiftieth_where_the_record_numbers_it(self):
        events = [event("instrument_deposited", "2014-09-25", note="50th instrument")]
        assert computed(terms("nth_instrument", number=50), events, ()) == "2014-09-25"
        assert computed(terms("nth_instrument", number=51), events, ()) is None
        assert computed(terms("nth_instrument", number=49), events, ()) == "../2014-09-25"
        # One more before it would have made another the fiftieth: on a day that nobody recorded.
        assert computed(terms("nth_instrument", number=50), events, (), supposed={"JPN": "2014-05-09"}) == (
            "2014-05-09/2014-09-25"
        )

    def test_without_a_number_it_is_missing(self):
        assert wanting(terms("nth_instrument"), deposits(DEU="2020-01-01")) == [("number", 0, ())]

    def test_named_states(self):
        """The CTBT waits for the states of its Annex 2; 180 days after the last of them."""
        rule = terms("named_states", parties=["DEU", "FRA"], period="P180D")
        assert wanting(rule, deposits(DEU="2020-01-01", ITA="2020-01-01")) == [("instrument", 0, ("FRA",))]
        assert computed(rule, deposits(DEU="2020-01-01", FRA="2021-01-01")) == "2021-06-30"

    def test_named_states_and_a_number_in_all(self):
        """The NPT: the depositaries and forty others."""
        rule = terms("named_states", parties=["DEU", "FRA"], number=3)
        events = deposits(DEU="2020-01-01", FRA="2020-01-02")
        assert wanting(rule, events) == [("instrument", 1, ("GBR", "ITA"))]
        assert computed(rule, events + deposits(ITA="2021-01-01")) == "2021-01-01"

    def test_weights_are_never_guessed(self):
        rule = terms("weighted", number=1)
        assert computed(rule, deposits(DEU="2020-01-01")) is None
        assert wanting(rule, deposits(DEU="2020-01-01")) == [("weights", 0, ())]


class TestBetweenGovernments:
    def test_notes_then_a_period_or_a_stated_day(self):
        notes = [event("signed", "2023-01-11"), event("notes_exchanged", "2023-09-15")]
        assert computed(terms("exchange_of_notes", period="P30D"), notes, TWO) == "2023-10-15"
        assert computed(terms("exchange_of_notes", date="2023-10-01"), notes, TWO) == "2023-10-01"
        assert computed(terms("exchange_of_notes", date="2023-09-01"), notes, TWO) == "2023-09-15"

    def test_a_later_exchange_of_notes_changes_nothing(self):
        notes = [
            event("signed", "2000"),
            event("notes_exchanged", "2001-01-01"),
            event("notes_exchanged", "2010-01-01"),
        ]
        assert computed(terms("exchange_of_notes"), notes, TWO) == "2001-01-01"

    def test_the_later_of_two_notifications(self):
        first = event("notified_completion", "2016-11-10", "JPN")
        rule = terms("last_notification")
        assert wanting(rule, [first], TWO) == [("notification", 0, ("KOR",))]
        both = [first, event("notified_completion", "2016-11-23", "KOR")]
        assert computed(rule, both, TWO) == "2016-11-23"
        later = terms("last_notification_plus_period", period="P2M")
        assert computed(later, both, TWO) == "2017-01-23"
        assert by_party(later, both, TWO) == dict.fromkeys(TWO, "2017-01-23")

    def test_ratification_is_not_the_exchange_of_ratifications(self):
        rule = terms("exchange_of_ratifications")
        ratified = [event("ratified", "1960-06-20", "USA"), event("ratified", "1960-06-21", "JPN")]
        assert wanting(rule, ratified, ("USA", "JPN")) == [("ratifications", 0, ())]
        assert computed(rule, [*ratified, event("notes_exchanged", "1960-06-23")], ("USA", "JPN")) == "1960-06-23"


def test_with_another_instrument():
    rule = terms("entry_of_other_instrument", period="P1D")
    assert computed(rule, [], other=Other("mother", parse("2020-02-28"))) == "2020-02-29"
    assert wanting(rule, [], other=Other("mother")) == [("other_entry", 0, ("mother",))]
    assert wanting(rule, [], other=Other(None, choices=("a", "b"))) == [("other", 0, ("a", "b"))]
    assert wanting(rule, []) == [("other", 0, ())]


def test_the_consent_of_all_counts_where_a_treaty_is_silent_and_is_never_certain():
    """VCLT 24(2); where the record is silent the treaty may not be, and where an entry is recorded nothing is added."""
    for rule in (None, terms("unknown")):
        all_in = deposits(**dict.fromkeys(FOUR, "2020-01-01"))
        assert computed(rule, all_in) == "2020-01-01?"
        assert computed(rule, [*all_in, event("entered_into_force", "2020-03-01")]) is None
        assert entry(rule, all_in, treaty=False).instrument.computed is None
        found = entry(rule, deposits(GBR="2024-10"))
        assert Missing("residual", 3, ("DEU", "FRA", "ITA")) in found.instrument.missing
        assert [one.party for one in found.parties if one.missing] == ["DEU", "FRA", "ITA"]
    assert wanting(None, [], treaty=False) == [("condition", 0, ())]
    assert wanting(None, [event("entered_into_force", "1951-01-01")]) == [("condition", 0, ())]


class TestPartialDates:
    def test_a_month_gives_bounds(self):
        rule = terms("nth_instrument_plus_period", number=1, period="P30D")
        assert computed(rule, deposits(DEU="2024-10")) == "2024-10-31/2024-11-30"
        assert computed(terms("nth_instrument", number=1), deposits(DEU="2024-10")) == "2024-10"
        assert computed(terms("nth_instrument", number=1), deposits(DEU="2024-10?")) == "2024-10?"

    def test_an_exact_day_may_decide_among_vague_ones(self):
        events = deposits(DEU="2019", FRA="2020-05-05", GBR="2021")
        assert computed(terms("nth_instrument", number=2), events) == "2020-05-05"

    def test_an_act_on_an_unknown_day_lies_after_the_signature(self):
        events = [event("signed", "2000-07-27"), *deposits(DEU=None)]
        assert computed(terms("nth_instrument", number=1), events) == "2000-07-27/.."
        assert wanting(terms("nth_instrument", number=1), deposits(DEU=None)) == [("day", 0, ())]


class TestAsOf:
    def test_what_happened_later_is_not_known_yet(self):
        events = deposits(DEU="2020-01-01", FRA="2020-03-01")
        rule = terms("nth_instrument", number=2)
        assert wanting(rule, events, as_of="2020-02-01") == [("instrument", 1, ("FRA", "GBR", "ITA"))]
        assert computed(rule, events, as_of="2020-03-01") == "2020-03-01"

    def test_what_may_have_happened_is_in_doubt(self):
        rule = terms("nth_instrument", number=1)
        assert computed(rule, deposits(GBR="2024-10"), as_of="2024-10-15") == "2024-10?"
        assert computed(rule, deposits(GBR="2024-10"), as_of="2024-10-31") == "2024-10"


class TestComparison:
    @pytest.mark.parametrize(
        ("one", "two", "expected"),
        [
            ("2020-01-01", "2020-01-01", ("agrees", 0)),
            ("2020-01-01", "2020-01-11", ("differs", 10)),
            ("2020-01-11", "2020-01-01", ("differs", -10)),
            ("2020-01", "2020-01-11", ("compatible", None)),
            ("2020-01", "2020-02-03", ("differs", 3)),
            ("2020-02-03", "2020-01", ("differs", -3)),
            ("2020-01/..", "2021-01-01", ("compatible", None)),
            (None, "2020-01-01", ("only_recorded", None)),
            (None, "2027-01-01", ("recorded_later", None)),
            ("2020-01-01", None, ("only_computed", None)),
            (None, None, (None, None)),
        ],
    )
    def test_how_they_stand(self, one, two, expected):
        assert compare(one and parse(one), two and parse(two), TODAY) == expected

    def test_recorded_for_a_party_and_for_the_whole(self):
        events = [
            *deposits(DEU="2020-01-01", FRA="2020-02-01", GBR="2020-06-01"),
            event("entered_into_force", "2020-02-01", effective="2020-02-02"),
            event("entered_into_force", "2020-06-05", "GBR"),
        ]
        found = entry(terms("nth_instrument", number=2), events)
        assert (found.instrument.comparison, found.instrument.days) == ("differs", 1)
        assert {one.party: one.days for one in found.parties if one.acts} == {"DEU": 1, "FRA": 1, "GBR": 4}

    def test_where_acts_are_not_recorded_later_parties_count_from_the_recorded_entry(self):
        events = [event("entered_into_force", "2014-12-24"), *deposits(ITA="2016-01-01", FRA="2014-12-01")]
        rule = terms("nth_instrument_plus_period", number=50, period="P90D", late_joiners="P90D")
        assert computed(rule, events) is None
        found = by_party(rule, events)
        assert found["ITA"] == "2016-03-31"
        assert found["FRA"] == "2015-03-01"  # the fiftieth came ninety days before the entry, so it was not among them


class TestWhatIf:
    RULE = terms("nth_instrument_plus_period", number=2, period="P30D", late_joiners="P30D")

    def test_a_supposed_deposit_is_marked(self):
        found = entry(self.RULE, deposits(DEU="2020-01-01"), supposed={"FRA": "2020-02-01"})
        assert found.instrument.computed == parse("2020-03-02")
        assert found.instrument.hypothetical
        assert all(one.hypothetical for one in found.parties if one.acts)

    def test_a_later_supposed_deposit_leaves_the_others_alone(self):
        found = entry(self.RULE, deposits(DEU="2020-01-01", FRA="2020-02-01"), supposed={"ITA": "2020-06-01"})
        assert [one.party for one in found.parties if one.hypothetical] == ["ITA"]

    def test_what_is_recorded_is_not_supposed(self):
        with pytest.raises(WhatIfError, match="DEU needs no --what-if: instrument_deposited 2020-01-01 is recorded"):
            entry(self.RULE, deposits(DEU="2020-01-01"), supposed={"DEU": "2019-01-01"})
        with pytest.raises(WhatIfError, match="notes_exchanged"):
            entry(terms("exchange_of_notes"), [event("notes_exchanged", "2020")], TWO, supposed={"JPN": "2021"})
        before = entry(self.RULE, deposits(DEU="2020-01-01"), as_of="2019-06-01", supposed={"DEU": "2019-07-01"})
        assert before.instrument.computed is None

    def test_a_third_state_does_not_join_a_treaty_of_two(self):
        with pytest.raises(WhatIfError, match="FRA is none of those that can act here"):
            entry(terms("exchange_of_notes"), [], TWO, supposed={"FRA": "2021"})

    def test_the_supposed_act_is_the_one_that_the_rule_asks_for(self):
        for condition, kind in {
            "on_signature": "signed",
            "last_notification": "notified_completion",
            "exchange_of_notes": "notes_exchanged",
            "nth_instrument": "instrument_deposited",
        }.items():
            found = entry(terms(condition, number=2 if condition == "nth_instrument" else None), [], TWO,
                          supposed=dict.fromkeys(TWO, "2021-01-01"))  # fmt: skip
            assert found.instrument.computed == parse("2021-01-01")
            assert {act.kind for act in found.instrument.acts} == {kind}


STATES = tuple(f"S{number:02d}" for number in range(12))
DAYS = st.dates().map(lambda day: day.replace(year=1990 + day.year % 20).isoformat() if day.day < 29 else "2001-01-31")
VAGUE = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
GIVEN = st.dictionaries(st.sampled_from(STATES), VAGUE, max_size=len(STATES))


@given(GIVEN, GIVEN, st.integers(1, 6), st.sampled_from(["P30D", "P1M", "P0D"]))
def test_more_deposits_never_move_the_date_later(some, others, number, period):
    rule = terms("nth_instrument_plus_period", number=number, period=period)
    fewer = entry(rule, deposits(**some), STATES).instrument.computed
    more = entry(rule, deposits(**{**others, **some}), STATES).instrument.computed
    if fewer is not None:
        assert more is not None
        assert more.earliest <= fewer.earliest
        assert more.latest <= fewer.latest


@given(GIVEN, st.integers(1, 6))
def test_no_party_joins_before_the_treaty_and_none_without_a_consent(some, number):
    rule = terms("nth_instrument_plus_period", number=number, period="P30D", late_joiners="P30D")
    found = entry(rule, deposits(**some), STATES)
    whole = found.instrument.computed
    assert (whole is not None) == (len(some) >= number)
    for one in found.parties:
        assert (one.computed is not None) == (one.party in some and whole is not None)
        if one.computed is not None:
            assert one.computed.earliest >= whole.earliest


@given(GIVEN, st.sampled_from(STATES), DAYS)
def test_supposing_what_is_recorded_is_always_refused(some, code, day):
    rule = terms("nth_instrument", number=3)
    if code in some:
        with pytest.raises(WhatIfError):
            entry(rule, deposits(**some), STATES, supposed={code: day})
    else:
        supposed = entry(rule, deposits(**some), STATES, supposed={code: day})
        real = entry(rule, deposits(**some, **{code: day}), STATES)
        assert supposed.instrument.computed == real.instrument.computed


class TestWords:
    @pytest.mark.parametrize(
        ("rule", "binding", "said"),
        [
            (terms("nth_instrument_plus_period", number=2, period="P9D", late_joiners="P9D"), "binding",
             "enters into force 9 days after the 2nd instrument; for each later party 9 days after its own instrument"),
            (terms("on_signature"), "non_binding", "becomes operative on signature"),
            (terms("exchange_of_notes", date="2023-08-13"), "binding",
             "enters into force after the exchange of notes, on the stated day 2023-08-13"),
            (terms("nth_instrument", number=3), "non_binding",
             ("becomes operative on the 3rd instrument; "
              "for each later participant on the day of its own act (no other rule is recorded)")),
            (None, "binding", "how it enters into force is not recorded"),
        ],
    )  # fmt: skip
    def test_the_rule(self, rule, binding, said):
        assert entry_words.rule(rule_of(rule), words(binding), None, treaty=binding == "binding") == said

    def test_ordinals(self):
        said = [entry_words.ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 50, 111)]
        assert said == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "50th", "111th"]


def test_who_joins_later_takes_no_date_from_those_it_entered_into_force_for():
    late = event("acceded", "2022-02-02", "GBR")
    found = by_party(terms("on_date", date="2021-01-01"), [late], ("USA", "JPN", "GBR"))
    assert found == {"USA": "2021-01-01", "JPN": "2021-01-01", "GBR": "2022-02-02?"}


def test_the_instrument_of_number_nought_brings_nothing_about():
    assert wanting(terms("nth_instrument", number=0), deposits(DEU="2020-01-01")) == [("number", 0, ())]
