"""Words for who takes part: kinds of parties, their roles and number, the offices of those who sign."""

from collections.abc import Mapping

KINDS = {
    "state": "a state of today",
    "former_state": "a state that is no more",
    "territory": "a part of a state with a code of its own",
    "organisation": "an organisation of states",
    "sub_national": "a province, a city, an agency",
    "armed_group": "a group that is no state and bears arms",
    "other": "none of these",
}

ROLES = {
    "negotiating_state": "took part in drawing up the text (VCLT 2(1)(e))",
    "signatory": "has signed",
    "contracting_state": "has consented, in force or not (VCLT 2(1)(f))",
    "party": "has consented, and it is in force for it (VCLT 2(1)(g))",
    "participant": "takes part in a text that does not bind",
    "observer": "may listen, and is bound by nothing",
    "former_party": "was a party",
    "third_state": "no party (VCLT 2(1)(h))",
    "territory": "a territory that the text reaches",
}

LEVELS = {
    "head_of_state": "a monarch or president",
    "head_of_government": "a prime minister or chancellor",
    "minister": "a minister or secretary",
    "deputy_minister": "the second of a ministry",
    "official": "an official below that",
    "military": "an officer",
    "envoy": "an ambassador or representative",
    "other": "none of these",
}

LATERALITIES = {
    "unilateral": "one party",
    "bilateral": "two parties",
    "plurilateral": "three to ten parties, a line that is ours",
    "multilateral": "more than ten parties",
    "unknown": "no party is recorded",
}

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "vocabulary.PARTY_KINDS": KINDS,
    "vocabulary.PARTY_ROLES": ROLES,
    "vocabulary.OFFICE_LEVELS": LEVELS,
    "vocabulary.LATERALITIES": LATERALITIES,
}
