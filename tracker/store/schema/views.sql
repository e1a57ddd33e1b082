-- The published views: the only thing that reads touch, and what the sqlite3 shell, Datasette or DuckDB may rely on.
-- Code, not history: dropped before a migration and made again after it, from this file. Portable SQL only.
-- Columns are the tables' own, explained in store/schema.py; children carry the ref of their agreement.
-- The outer join costs nothing where agreement_ref is not asked for: SQLite leaves it out, but not under an aggregate,
-- and not on the right of another outer join. There our own statements ask the tables.

CREATE VIEW agreements AS SELECT
    id, ref, title, short_title, title_term, aliases, titles, instrument_type, binding_status,
    terms, text_access, languages, confidence, open_questions, notes, extra, origin, last_evidence,
    last_signatory, last_event, last_claim, revision, signed, signed_earliest, signed_latest,
    signed_uncertain, concluded, concluded_earliest, concluded_latest, concluded_uncertain, expires, expires_earliest, expires_latest, expires_uncertain, party_codes,
    party_count, views_differ, told_from
FROM agreement;

CREATE VIEW changes AS SELECT
    id, at, actor, command, note, undoes, subjects
FROM change;

CREATE VIEW families AS SELECT
    id, name, instrument_type, description, notes
FROM family;

CREATE VIEW focus_areas AS SELECT
    code, label, parent, note, builtin
FROM focus_area;

CREATE VIEW parties AS SELECT
    code, kind, name, names, aliases, alpha_2, numeric, exists_from, exists_until, successors, note,
    builtin
FROM party;

CREATE VIEW people AS SELECT
    id, name, aliases, note
FROM person;

CREATE VIEW retired_ids AS SELECT
    kind, id, merged_into
FROM retired_id;

CREATE VIEW retired_refs AS SELECT
    ref
FROM retired_ref;

CREATE VIEW sources AS SELECT
    id, title, author, publisher, date, url, kind, language, accessed, archive_url, sha256,
    reprint_of, note
FROM source;

CREATE VIEW agreement_focus_areas AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.code
FROM agreement_focus AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW binding_views AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.position, t.party, t.authority, t.value, t.evidence
FROM binding_view AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW citations AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.owner, t.position, t.source_id, t.locator
FROM citation AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW claims AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.number, t.position, t.field, t.value, t.locator,
    t.confidence, t.adopted, t.reason, t.note
FROM claim AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW depositaries AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.position, t.code, t.name
FROM depositary AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW events AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.number, t.position, t.kind, t.kind_raw, t.date,
    t.date_earliest, t.date_latest, t.date_uncertain, t.effective_date, t.effective_earliest,
    t.effective_latest, t.effective_uncertain, t.places, t.toward, t.provision, t.verified, t.note,
    t.raw, t.origin
FROM event AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW event_parties AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.number, t.position, t.code
FROM event_party AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW evidence_items AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.number, t.position, t.kind, t.supports, t.party,
    t.authority, t.text, t.date, t.locator, t.confidence
FROM evidence AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW family_sources AS SELECT
    family_id, position, source_id
FROM family_source;

CREATE VIEW identifiers AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.scheme, t.value
FROM identifier AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW memberships AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.family_id, t.note
FROM membership AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW own_fields AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.name, t.folded, t.number
FROM own_field AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW participations AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.position, t.code, t.entity, t.role
FROM participation AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW party_keys AS SELECT
    folded, code
FROM party_key;

CREATE VIEW party_members AS SELECT
    organisation, position, code, from_date, until_date
FROM party_member;

CREATE VIEW person_keys AS SELECT
    folded, person_id
FROM person_key;

CREATE VIEW relations AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.position, t.type, t.target, t.target_title, t.word,
    t.dependent, t.confidence, t.note
FROM relation AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW signatories AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.number, t.position, t.person_id, t.office, t.level,
    t.party, t.event, t.verified, t.note
FROM signatory AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

CREATE VIEW spans AS SELECT
    a.ref AS agreement_ref, t.agreement_id, t.party, t.position, t.status, t.from_date,
    t.from_earliest, t.from_latest, t.until_date, t.until_earliest, t.until_latest, t.uncertain,
    t.from_events, t.until_events, t.spell, t.spell_begins, t.spell_ends, t.spell_ended,
    t.spell_from, t.spell_from_earliest, t.spell_from_latest, t.spell_from_uncertain,
    t.spell_until, t.spell_until_earliest, t.spell_until_latest, t.spell_until_uncertain
FROM span AS t LEFT JOIN agreement AS a ON a.id = t.agreement_id;

