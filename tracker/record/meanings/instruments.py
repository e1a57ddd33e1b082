"""Words for what an instrument is and says: whether it binds, its type, who takes part, its terms, how it relates."""

from collections.abc import Mapping

from tracker.record import relations

BINDING = {
    "binding": "creates rights and obligations under international law (VCLT 2(1)(a))",
    "binding_domestic_law": "binds under the law of a state, as a contract does",
    "non_binding": "a political commitment; no legal obligation is meant",
    "mixed": "some parts bind and others do not",
    "contested": "parties or authorities disagree, and nobody has decided",
    "undetermined": "was looked at, and the evidence does not decide it",
    "not_assessed": "nobody has looked yet; says nothing of the text",
}

TYPES = {
    "treaty": "the most formal agreement; in the United States one with the consent of the Senate",
    "convention": "a treaty of many parties, or one that founds an institution",
    "agreement": "a treaty in a less formal form",
    "executive_agreement": "United States: binds, and was not sent to the Senate as a treaty",
    "exchange_of_notes": "two notes of like wording that make the agreement by being exchanged (VCLT 13)",
    "charter_or_constitution": "founds an organisation",
    "modus_vivendi": "serves for the time until something lasting is agreed",
    "final_act": "records what a conference did",
    "agreed_minutes": "a record of talks, beside an agreement or standing for one",
    "protocol": "adds to another agreement, or changes it",
    "amendment": "changes another agreement (VCLT 39-41)",
    "annex": "is attached to another agreement",
    "extension": "makes another agreement last longer",
    "memorandum_of_understanding": "binds in the practice of some states, not in that of others",
    "memorandum_of_agreement": "like a memorandum of understanding, with the duties of each side",
    "reciprocal_defense_procurement_mou": "waives rules that favour domestic goods in defence procurement",
    "security_of_supply_arrangement": "each side may ask for priority for its defence orders at the other's industry",
    "declaration_of_principles": "a frame under which security of supply arrangements stand",
    "acquisition_and_cross_servicing_agreement": "forces supply and serve each other, for payment or in kind",
    "general_security_of_military_information_agreement": "how classified military information is protected",
    "reciprocal_access_agreement": "procedures and legal standing of visiting forces, both ways",
    "status_of_forces_agreement": "legal standing of forces of one state in another",
    "defence_cooperation_agreement": "a frame for regular relations in defence",
    "defence_trade_cooperation_treaty": "defence trade without licences within an approved community",
    "technology_transfer_agreement": "equipment and technology are handed over, and on which conditions",
    "technical_arrangement": "details under a memorandum or an agreement",
    "project_arrangement": "one project under a frame for research and development",
    "implementing_arrangement": "carries out another agreement",
    "information_exchange_annex": "which data are exchanged under a master agreement",
    "terms_of_reference": "the mandate of a dialogue or a working group",
    "letter_of_offer_and_acceptance": "a sale of a government to another one; a contract under domestic law",
    "letter_of_intent": "says that something is to be negotiated or done together",
    "statement_of_intent": "the same, as a statement",
    "arrangement": "a word that is chosen for texts that are not to bind",
    "framework": "a policy document that others are to fill",
    "roadmap": "a policy document: what is to be done, and when",
    "guidelines": "a policy document: how things are to be done",
    "work_plan": "a policy document: who does what",
    "joint_statement": "a text of leaders or ministers; seldom meant to bind",
    "joint_declaration": "the same, as a declaration",
    "communique": "what a meeting gives out",
    "political_declaration": "many states state what they intend",
    "inter_institutional_agreement": "made by ministries, agencies or parts of states, not by the states",
    "contract": "an agreement under the law of a state",
    "other": "none of these; the word of the title is kept in title_term",
    "unknown": "nobody knows what kind of text it is",
}

EVIDENCE = {
    "tribunal_ruling": "a court or tribunal ruled on it",
    "text_clause": "the text says that it binds, or that it does not",
    "entry_into_force_and_termination_clauses": "the text enters into force and is terminated as treaties are",
    "registration": "registered with the United Nations (Charter 102)",
    "treaty_series_publication": "printed in a series of treaties",
    "domestic_procedure": "went through parliament, or a step of national law that treaties take",
    "official_determination": "the authority that decides such questions in a state has decided",
    "party_statement": "a party says so",
    "case_act_report": "reported to the Congress of the United States as an agreement that binds (1 U.S.C. 112b)",
    "nbi_publication": "published by a state in its list of texts that do not bind",
    "wording_markers": "its verbs and nouns: shall or will, parties or participants",
    "instrument_form": "inferred from the form of the instrument",
    "title_wording": "inferred from the word in its title",
    "parliament_or_research": "a parliament's paper or research says so",
    "press_report": "the press says so",
    "analyst_inference": "inferred by who recorded it",
}

TEXT_ACCESS = {
    "public": "the whole text can be read",
    "public_partly": "parts of the text can be read",
    "withheld": "kept back, and that is known",
    "classified": "secret by decision",
    "not_released": "not published, without a decision that is known",
    "leaked": "can be read although nobody released it",
    "unknown": "nobody has looked",
}

SOURCES = {
    "authentic_text": "the text itself",
    "treaty_series": "a series of treaties, such as that of the United Nations",
    "depositary": "who keeps the original",
    "official_gazette": "a state's gazette",
    "parliament": "papers of a parliament",
    "court": "a ruling",
    "official_press_release": "a press release of a party",
    "official_page": "a page of a party",
    "official_research": "research for a parliament or a government",
    "law_firm": "a note of a law firm",
    "research": "scholarship, think tanks",
    "news_agency": "a news agency",
    "news": "newspapers and broadcasters",
    "encyclopedia": "an encyclopedia",
    "aggregator": "gathers what others published",
    "own_knowledge": "no source was seen; who recorded it believes it",
    "unknown": "an address that nobody has classed yet",
}

CONFIDENCES = {
    "high": "no doubt worth naming",
    "medium": "likely, and not settled",
    "low": "may well be otherwise",
}

MATCHES = {
    "certain": "the query holds whatever its dates leave open",
    "possible": "the query holds for some days that its dates allow, not for all",
}

_ACTIVE = {
    "amends": "changes its text",
    "extends": "makes it last longer, or reach further",
    "supplements": "adds to it and leaves its text",
    "implements": "carries it out",
    "concluded_under": "was made under it, as under a frame",
    "annexed_to": "is attached to it",
    "supersedes": "takes its place while it was in force (VCLT 59)",
    "succeeds": "is the next of a series, after it had run out",
    "replaces_in_part": "takes the place of some of its provisions",
    "updates": "brings it up to date, without more being said",
    "revives": "gives it force again",
    "suspends": "stops its operation for a time",
    "precursor_of": "prepared it",
    "interprets": "says how it is to be read",
    "signed_together_with": "signed on the same occasion",
    "conflicts_with": "both cannot be kept",
    "related_to": "related, and nobody says how",
}

RELATIONS = {
    **_ACTIVE,
    **{passive: f"the other way round: the other one {active} this" for passive, active in relations.PASSIVE.items()},
}

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
    "vocabulary.BINDING_STATUSES": BINDING,
    "vocabulary.INSTRUMENT_TYPES": TYPES,
    "vocabulary.EVIDENCE_KINDS": EVIDENCE,
    "vocabulary.TEXT_ACCESS": TEXT_ACCESS,
    "vocabulary.SOURCE_KINDS": SOURCES,
    "vocabulary.CONFIDENCES": CONFIDENCES,
    "vocabulary.MATCHES": MATCHES,
    "relations.TYPES": RELATIONS,
    "vocabulary.PARTY_KINDS": KINDS,
    "vocabulary.PARTY_ROLES": ROLES,
    "vocabulary.OFFICE_LEVELS": LEVELS,
    "vocabulary.LATERALITIES": LATERALITIES,
    "vocabulary.ENTRY_CONDITIONS": CONDITIONS,
    "vocabulary.DATE_RULES": DATE_RULES,
    "vocabulary.LATE_FROM": LATE_FROM,
    "vocabulary.LATE_RULES": LATE_RULES,
    "vocabulary.STARTS": STARTS,
    "vocabulary.DURATION_KINDS": DURATIONS,
    "vocabulary.NOTICE_KINDS": NOTICES,
    "vocabulary.COUNTED_FROM": COUNTED_FROM,
}
