"""Words for the terms of an agreement: when it enters into force, how long it lasts, how notice is given."""

from collections.abc import Mapping

CONDITIONS = {
    "on_signature": "with the signature",
    "on_date": "on a day that the text names",
    "after_signature_period": "some time after the signature",
    "all_signatories": "when all who signed have consented",
    "nth_instrument": "with a number of instruments of consent",
    "nth_instrument_plus_period": "some time after a number of instruments of consent",
    "named_states": "when the states that the text names have consented",
    "weighted": "when those who have consented weigh enough, such as by tonnage or votes",
    "exchange_of_notes": "with the last note of an exchange",
    "last_notification": "when the last side said that its procedures are done",
    "last_notification_plus_period": "some time after the last side said so",
    "exchange_of_ratifications": "when instruments of ratification are exchanged",
    "entry_of_other_instrument": "together with another agreement",
    "unknown": "nobody knows what it waits for",
}

DATE_RULES = {
    "not_before": "the stated day is the earliest one",
    "if_met_by_then": "the stated day is the day, where the condition is met by then",
}

LATE_FROM = {
    "met": "joins later who acts after the condition was met",
    "entry": "joins later who acts after the entry into force",
}

LATE_RULES = {"silent": "the text says nothing of those who join later (VCLT 24(3))"}

STARTS = {
    "first_of_following_month": "the first day of the month after the day that is reached",
    "first_of_month": "the first of the month that begins on that day or next",
    "first_of_following_year": "the first day of the year after",
}

DURATIONS = {
    "indefinite": "without an end",
    "fixed_term": "until a day, or for a period",
    "until_event": "until something happens",
    "initial_term_then_indefinite": "for a period, and then without an end",
    "auto_renewing": "for a period that begins anew unless somebody gives notice",
    "renewable_by_agreement": "for a period that the parties may renew",
    "unknown": "nobody knows how long",
}

NOTICES = {
    "non_renewal": "that the term is not to begin anew",
    "termination": "that the agreement is to end",
    "withdrawal": "that this party leaves",
    "suspension": "that its operation is to be interrupted",
}

COUNTED_FROM = {
    "receipt": "from the day on which the notice arrived",
    "dispatch": "from the day on which the notice was sent",
    "end_of_term": "backwards from the end of the term",
}

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "vocabulary.ENTRY_CONDITIONS": CONDITIONS,
    "vocabulary.DATE_RULES": DATE_RULES,
    "vocabulary.LATE_FROM": LATE_FROM,
    "vocabulary.LATE_RULES": LATE_RULES,
    "vocabulary.STARTS": STARTS,
    "vocabulary.DURATION_KINDS": DURATIONS,
    "vocabulary.NOTICE_KINDS": NOTICES,
    "vocabulary.COUNTED_FROM": COUNTED_FROM,
}
