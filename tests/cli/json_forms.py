"""The keys of RECORD.md in its order, which a JSON Schema cannot ask for."""

from typing import Any

PARTS = {
    "agreement": (
        "record ref title short_title title_term aliases titles instrument_type binding_status"
        " binding_views evidence parties signatories focus_areas families events terms relations"
        " identifiers depositaries text_access languages sources claims confidence open_questions notes extra"
        " origin derived"
    ),
    "agreement.binding_views": "party authority value evidence",
    "agreement.evidence": "id kind supports party authority text date locator confidence sources",
    "agreement.parties": "code name entity role",
    "agreement.signatories": "id person name office level party event verified note sources",
    "agreement.families": "family note sources",
    "agreement.events": (
        "id kind kind_raw date effective_date parties places toward provision verified note raw origin sources"
    ),
    "agreement.terms": "entry_into_force duration notices survival",
    "agreement.terms.entry_into_force": (
        "condition number period starts parties date date_rule met late_joiners late_starts late_from late_rule note"
        " sources"
    ),
    "agreement.terms.entry_into_force.met": "date note sources",
    "agreement.terms.duration": "kind period until renewal_period note sources",
    "agreement.terms.notices": (
        "kind period starts counted_from earliest after_entry after_first_entry window repeats method provision note"
        " sources"
    ),
    "agreement.terms.survival": "period scope note sources",
    "agreement.relations": "type target target_title word dependent confidence note sources",
    "agreement.depositaries": "code name",
    "agreement.identifiers": "scheme value",
    "agreement.sources": "source locator title url",
    "agreement.claims": "id field value sources locator confidence adopted reason note",
    "agreement.origin": "set key file row",
    "agreement.derived": (
        "as_of known_at revision status status_certain flags signed concluded in_force_from in_force_until"
        " laterality party_status inverse_relations match"
    ),
    "agreement.derived.signed": "edtf earliest latest",
    "agreement.derived.concluded": "edtf earliest latest",
    "agreement.derived.in_force_from": "edtf earliest latest",
    "agreement.derived.in_force_until": "edtf earliest latest",
    "agreement.derived.party_status": "code status from until",
    "agreement.derived.party_status.from": "edtf earliest latest",
    "agreement.derived.party_status.until": "edtf earliest latest",
    "agreement.derived.inverse_relations": "type source_ref",
    "party": ("record code kind name names aliases alpha_2 numeric exists_from exists_until successors members note"),
    "party.members": "code from until",
    "person": "record id name aliases note",
    "family": "record id name instrument_type description notes sources",
    "focus_area": "record code label parent note",
    "source": ("record id title author publisher date url kind language accessed archive_url sha256 reprint_of note"),
    "tracker": "record format focus_areas parties people families sources agreements",
    "report": "report format filters as_of columns rows totals left_out hash",
    "report.left_out": "reason count",
}
"""Keys by the place of the object; what is absent here has keys of its own making."""

READ_ONLY = {
    "agreement": ("derived",),
    "agreement.parties": ("name",),
    "agreement.signatories": ("name",),
    "agreement.sources": ("title", "url"),
}
"""Keys that are printed and that exports leave out."""


def in_order(document: dict[str, Any], place: str | None = None, *, exported: bool = False) -> None:
    """Assert that an object and all inside it have the keys of RECORD.md in its order."""
    place = place or ("report" if "report" in document else document["record"])
    if place in PARTS:
        left_out = READ_ONLY.get(place, ()) if exported else ()
        expected = [key for key in PARTS[place].split() if key not in left_out]
        if place == "tracker" and len(document) == 2:  # the first line of an NDJSON export
            expected = expected[:2]
        assert sorted(document.keys() ^ set(expected)) == [], f"{place}: keys that are there or expected, and not both"
        assert list(document) == expected, place
    for key, value in document.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                in_order(
                    item, None if place == "tracker" else f"{place}.{key}", exported=exported or place == "tracker"
                )
