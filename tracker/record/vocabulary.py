"""The controlled words of the register: every enumeration of the record, and the tree of subjects.

The legal source of a list stands beside it; VCLT = Vienna Convention on the Law of Treaties 1969.
"""

from collections.abc import Collection

from tracker.record import kinds

FOCUS_AREAS: dict[str, tuple[str, str | None]] = {
    "technology": ("Technology", None),
    "aerospace_materials": ("Aerospace materials", "technology"),
    "ai_quantum": ("Artificial intelligence and quantum technology", "technology"),
    "autonomous_systems": ("Autonomous systems", "technology"),
    "directed_energy": ("Directed energy", "technology"),
    "high_power_microwaves": ("High-power microwaves", "directed_energy"),
    "nuclear_propulsion": ("Nuclear propulsion", "technology"),
    "research_and_development": ("Research and development", "technology"),
    "semiconductors": ("Semiconductors", "technology"),
    "technology_cooperation": ("Technology cooperation", "technology"),
    "technology_transfer": ("Technology transfer", "technology"),
    "capabilities": ("Capabilities", None),
    "combat_aircraft": ("Combat aircraft", "capabilities"),
    "collaborative_combat_aircraft": ("Collaborative combat aircraft", "combat_aircraft"),
    "cyber": ("Cyber", "capabilities"),
    "missile_defence": ("Missile defence", "capabilities"),
    "hypersonic_defence": ("Hypersonic defence", "missile_defence"),
    "missiles": ("Missiles", "capabilities"),
    "nuclear_weapons": ("Nuclear weapons", "capabilities"),
    "space": ("Space", "capabilities"),
    "submarines": ("Submarines", "capabilities"),
    "industry_and_supply": ("Industry and supply", None),
    "defence_industry": ("Defence industry", "industry_and_supply"),
    "export_control": ("Export control", "industry_and_supply"),
    "procurement": ("Procurement", "industry_and_supply"),
    "quality_assurance": ("Quality assurance", "industry_and_supply"),
    "supply_chain": ("Supply chain", "industry_and_supply"),
    "forces_and_access": ("Forces and access", None),
    "access": ("Access", "forces_and_access"),
    "basing": ("Basing", "forces_and_access"),
    "host_nation_support": ("Host nation support", "forces_and_access"),
    "interoperability": ("Interoperability", "forces_and_access"),
    "logistics": ("Logistics", "forces_and_access"),
    "status_of_forces": ("Status of forces", "forces_and_access"),
    "information": ("Information", None),
    "information_security": ("Information security", "information"),
    "alliance_and_policy": ("Alliance and policy", None),
    "alliance": ("Alliance", "alliance_and_policy"),
    "defence_assistance": ("Defence assistance", "alliance_and_policy"),
    "mutual_defence": ("Mutual defence", "alliance_and_policy"),
    "security_partnership": ("Security partnership", "alliance_and_policy"),
    "arms_control": ("Arms control", None),
    "arms_trade": ("Arms trade", "arms_control"),
    "law": ("Law", None),
    "dispute_settlement": ("Dispute settlement", "law"),
    "maritime_delimitation": ("Maritime delimitation", "law"),
}
"""Code to label and parent code, each parent before its children."""


class VocabularyError(ValueError):
    """A code that the list in question does not hold; the message names the nearest one."""


BINDING_STATUSES = (
    "binding",  # rights and obligations under international law (VCLT 2(1)(a))
    "binding_domestic_law",  # a contract under national law
    "non_binding",  # a political commitment
    "mixed",  # some parts bind
    "contested",  # parties or authorities disagree and nobody decided
    "undetermined",  # looked at, evidence insufficient
    "not_assessed",  # nobody looked
)

EVIDENCE_KINDS = (
    "tribunal_ruling",
    "text_clause",
    "entry_into_force_and_termination_clauses",
    "registration",
    "treaty_series_publication",
    "domestic_procedure",
    "official_determination",
    "party_statement",
    "case_act_report",
    "nbi_publication",
    "wording_markers",
    "instrument_form",
    "title_wording",
    "parliament_or_research",
    "press_report",
    "analyst_inference",
)
"""Kinds of evidence for binding force, the weightiest first."""

INSTRUMENT_TYPES = (
    # general forms, usually binding
    *("treaty", "convention", "agreement", "executive_agreement", "exchange_of_notes", "charter_or_constitution"),
    *("modus_vivendi", "final_act", "agreed_minutes"),
    # added to another instrument
    *("protocol", "amendment", "annex", "extension"),
    # memoranda: binding in one country's practice, not in another's
    *("memorandum_of_understanding", "memorandum_of_agreement", "reciprocal_defense_procurement_mou"),
    # defence
    *("security_of_supply_arrangement", "declaration_of_principles", "acquisition_and_cross_servicing_agreement"),
    *("general_security_of_military_information_agreement", "reciprocal_access_agreement"),
    *("status_of_forces_agreement", "defence_cooperation_agreement", "defence_trade_cooperation_treaty"),
    *("technology_transfer_agreement", "technical_arrangement", "project_arrangement", "implementing_arrangement"),
    *("information_exchange_annex", "terms_of_reference", "letter_of_offer_and_acceptance"),
    # statements of policy and intent, usually without binding force
    *("letter_of_intent", "statement_of_intent", "arrangement", "framework", "roadmap", "guidelines", "work_plan"),
    *("joint_statement", "joint_declaration", "communique", "political_declaration"),
    *("inter_institutional_agreement", "contract", "other", "unknown"),
)
"""Our classes of instruments; the word in the title is a field of its own."""

EVENT_KINDS = kinds.EVENT_KINDS

PARTY_KINDS = ("state", "former_state", "territory", "organisation", "sub_national", "armed_group", "other")

PARTY_ROLES = (
    *("negotiating_state", "signatory", "contracting_state", "party", "participant", "observer", "former_party"),
    *("third_state", "territory"),
)
"""Roles as a source states them (VCLT 2(1)(e)-(h)); never computed."""

ENTRY_CONDITIONS = (
    *("on_signature", "on_date", "after_signature_period", "all_signatories", "nth_instrument"),
    *("nth_instrument_plus_period", "named_states", "weighted", "exchange_of_notes", "last_notification"),
    *("last_notification_plus_period", "exchange_of_ratifications", "entry_of_other_instrument", "unknown"),
)

DURATION_KINDS = (
    "indefinite",
    "fixed_term",
    "until_event",
    "initial_term_then_indefinite",
    "auto_renewing",
    "renewable_by_agreement",
    "unknown",
)

NOTICE_KINDS = ("non_renewal", "termination", "withdrawal", "suspension")

COUNTED_FROM = ("receipt", "dispatch", "end_of_term")

STARTS = ("first_of_following_month", "first_of_month", "first_of_following_year")
"""On which day something begins once a period is over: the first day of the month after the day reached, of the first
month that begins on that day or later, of the year after it."""

DATE_RULES = ("not_before", "if_met_by_then")
"""A stated day is a lower bound, or the day itself where the condition is met by then."""

LATE_FROM = ("met", "entry")
"""Whoever acts after the condition was met, or after the entry into force, joins later."""

LATE_RULES = ("silent",)
"""The text says nothing of those who join later (VCLT 24(3))."""

STATUSES = (
    "announced",
    "negotiating",
    "adopted",
    "initialled",
    "signed",
    "awaiting_entry",
    "provisionally_applied",
    "in_force",
    "operative",
    "suspended",
    "expired",
    "terminated",
    "discontinued",
    "superseded",
    "never_entered",
    "unknown",
)
"""Status of an instrument; always derived from events. What comes by the calendar (``due``) is no status."""

FLAGS = ("notice_given", "partly_ratified", "no_end_recorded", "computed_entry")
"""What holds beside a status; a query for a status also asks for these."""

PARTY_STATUSES = ("signatory", "consented", "in_force", "provisional", "suspended", "withdrawn", "listed", "unknown")

MATCHES = ("certain", "possible")
"""How a record matches a query; dates that are not exact may make it possible only."""

LATERALITIES = ("unilateral", "bilateral", "plurilateral", "multilateral", "unknown")

TEXT_ACCESS = ("public", "public_partly", "withheld", "classified", "not_released", "leaked", "unknown")

SOURCE_KINDS = (
    "authentic_text",
    "treaty_series",
    "depositary",
    "official_gazette",
    "parliament",
    "court",
    "official_press_release",
    "official_page",
    "official_research",
    "law_firm",
    "research",
    "news_agency",
    "news",
    "encyclopedia",
    "aggregator",
    "own_knowledge",
    "unknown",
)
"""Kinds of sources, the most authoritative first; ``unknown`` is an address that nobody has classed yet."""

CONFIDENCES = ("high", "medium", "low")

OFFICE_LEVELS = (
    "head_of_state",
    "head_of_government",
    "minister",
    "deputy_minister",
    "official",
    "military",
    "envoy",
    "other",
)

IDENTIFIER_SCHEMES = (
    "UNTS",  # registration number at the United Nations
    "UNTS_volume",
    "LNTS",
    "TIAS",
    "UST",
    "KAV",
    "CETS",
    "Cm",
    "CP",
    "UKTS",  # United Kingdom Treaty Series
    "ATS",
    "ATNIF",
    "ATNIA",
    "CTS",
    "Trb",  # Tractatenblad
    "SR",  # Systematische Rechtssammlung, Switzerland
    "OJ_L",
    "Treaty_Doc",
)
"""Numbering schemes in common use; others are taken as well."""

TREATY_WORDS = {
    "enters_into_force": "enters into force",
    "entered_into_force": "entered into force",
    "entry_into_force": "entry into force",
    "in_force": "in force",
    "party": "party",
    "parties": "parties",
    "terminated": "terminated",
}
"""Words for an instrument that binds."""

ARRANGEMENT_WORDS = {
    "enters_into_force": "becomes operative",
    "entered_into_force": "became operative",
    "entry_into_force": "start of operation",
    "in_force": "operative",
    "party": "participant",
    "parties": "participants",
    "terminated": "discontinued",
}
"""Words for a text that does not bind, under the same keys (22 CFR 181.7: "entered into force or became operative")."""


def words(binding_status: str) -> dict[str, str]:
    """Choose the words that fit a binding status: those of treaties unless the text does not bind."""
    return ARRANGEMENT_WORDS if binding_status == "non_binding" else TREATY_WORDS


def understood(text: str, codes: Collection[str]) -> str:
    """Return the code that people type as ``Non-binding``, ``party statement`` or, of an instrument type, ``mou``.

    What is no code stays as it was typed: ``check`` refuses it with the nearest ones.
    """
    code = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    if code in codes:
        return code
    if set(codes) == set(INSTRUMENT_TYPES):
        from tracker.text.names import by_initials

        types = by_initials(code, codes)
        if len(types) == 1:
            return types[0]
    return text


def check(code: str, codes: Collection[str], what: str) -> None:
    """Raise ``VocabularyError`` unless ``code`` is one of ``codes``; ``what`` names the list in the message."""
    if code not in codes:
        raise VocabularyError(f"unknown {what} {code!r}; {expected(code, codes)}")


def expected(wanted: str, codes: Collection[str]) -> str:
    """Say what an error message adds after a wrong code: the nearest right ones, or all of a short list."""
    from tracker.text.names import by_initials, near_initials, suggest

    text = str(wanted)
    near = by_initials(text, codes) or suggest(text, list(codes)) or near_initials(text, codes)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    shown = list(codes)
    if len(shown) > 16:
        some = ", ".join(shown[:5])
        return f"expected one of {len(shown)} codes such as {some}; see `tracker words` and `tracker schema`"
    return "expected " + ", ".join(shown)
