"""The record, declared once: every object of the register with its keys in order.

Whoever needs to know what fields there are asks here; no list of keys stands anywhere else. What reads which part:

======================  ==============================================================================================
``type``                validators, JSON Schema, cells of rows, completion and ``edit`` (``type.words``), paths
``meaning, example``    JSON Schema, ``docs/record.md``, help
``required, default``   validators, ``document.blank`` and ``complete``
``printed``             ``document.strip_read_only``, ``paths`` (what nobody can set), exports
``label``               pages, side by side, headers for people
``unite, identity``     merge, drafts of one agreement, import again
``query, short``        fields of a query; short forms of paths
``sheet, map``          headers of sheets; what a map can fill
``sort, compared``      ``--sort``; agreements side by side
``page, search``        the page of ``show``; the full-text index
``private``             what is left out of what is published
``cell, column, ...``   rows out and in; a test holds the tables to them
======================  ==============================================================================================

A new field is a line here and a migration. It survives every passage unless its line says otherwise.
"""

from collections.abc import Iterator
from functools import cache

from tracker.record import types as t
from tracker.record.types import Field, Shape


def _note(meaning: str = "remark") -> Field:
    return Field("note", t.PROSE, meaning, unite="join", example="as the press release says", private="notes")


def _record(kind: str) -> Field:
    return Field("record", t.Type("record", codes=kind), "kind of the object", kind, default=kind, unite="never",
                 cell="none")  # fmt: skip


def _own_id(kind: str) -> Field:
    return Field("id", t.identifier(kind), "id, permanent; given from the name where it is left out", null=False,
                 unite="never")  # fmt: skip


def _item_id(letter: str) -> Field:
    return Field("id", t.item(letter), "permanent within the record; given where it is left out", f"{letter}1",
                 null=False, unite="never", cell="number")  # fmt: skip


SOURCE = Shape(
    "source",
    "a text that statements rest on",
    (
        _record("source"),
        _own_id("source"),
        Field("title", t.text(t.TITLE, t.NOT_BLANK), "title", required=True, search="linked"),
        Field("author", t.LABEL, "author", search="linked"),
        Field("publisher", t.LABEL, "publisher", search="linked"),
        Field("date", t.DATE, "date of publication", "2023-01-18"),
        Field("url", t.HEADING, "address", "https://example.org/agreement", private="files"),
        Field("kind", t.code("vocabulary.SOURCE_KINDS"), "kind, the most authoritative first", "authentic_text",
              default="unknown", query="source_kind"),
        Field("language", t.TAG, "language (BCP 47)", "en"),
        Field("accessed", t.DATE, "when it was read", "2024-05-01"),
        Field("archive_url", t.HEADING, "address of an archived copy", private="files"),
        Field("sha256", t.text(64, t.SHA256), "SHA-256 of the copy read"),
        Field("reprint_of", t.LABEL, "what it reprints"),
        _note(),
    ),
    table="source",
    view="sources",
)  # fmt: skip

PERSON = Shape(
    "person",
    "a person who signed",
    (
        _record("person"),
        _own_id("person"),
        Field("name", t.text(t.NAME, t.NOT_BLANK), "name", required=True, search="linked"),
        Field("aliases", t.listed(t.LABEL), "other spellings", unite="union", search="linked"),
        _note(),
    ),
    table="person",
    view="people",
)

SOURCES = Field("sources", t.listed(t.identifier("source", SOURCE)), "ids of the sources", ["un-treaty-collection"],
                unite="union", cell="citations")  # fmt: skip
"""What an item rests on: ids, also where there is one; on input a source may stand in the place of its id."""

FAMILY = Shape(
    "family",
    "a family of like instruments",
    (
        _record("family"),
        _own_id("family"),
        Field("name", t.text(t.NAME, t.NOT_BLANK), "name", required=True),
        Field("instrument_type", t.code("vocabulary.INSTRUMENT_TYPES"), "usual type of its members"),
        Field("description", t.PROSE, "what joins them"),
        Field("notes", t.listed(t.PROSE), "remarks", unite="union", private="notes"),
        SOURCES.but(table="family_source", view="family_sources"),
    ),
    table="family",
    view="families",
)

FOCUS_AREA = Shape(
    "focus_area",
    "a subject",
    (
        _record("focus_area"),
        Field("code", t.FOCUS, "code", "defence_industry", required=True, unite="never"),
        Field("label", t.text(t.NAME, t.NOT_BLANK), "label", "defence industry", required=True),
        Field("parent", t.FOCUS, "code of the wider subject", "industry_and_supply", unite="own"),
        _note(),
    ),
    table="focus_area",
    view="focus_areas",
)

MEMBER = Shape(
    "member",
    "a spell of membership",
    (
        Field("code", t.PARTY, "the member", "FRA", required=True),
        Field("from", t.DATE, "first day", "1952", column="from_date"),
        Field("until", t.DATE, "last day", column="until_date"),
    ),
    identity=("code", "from", "until"),
    typed=("code", ""),
    table="party_member",
    view="party_members",
    ordered_by="position",
)

PARTY = Shape(
    "party",
    "a state, organisation or other actor",
    (
        _record("party"),
        Field("code", t.PARTY, "ISO 3166-1 alpha-3; others in lower case with their kind", "JPN", required=True,
              unite="never"),
        Field("kind", t.code("vocabulary.PARTY_KINDS"), "kind of actor", "state", default="other"),
        Field("name", t.text(t.NAME, t.NOT_BLANK), "name", "Japan", required=True),
        Field("names", t.mapping(t.TAG, t.LABEL), "names by language (BCP 47)", {"ja": "日本"}, unite="union"),
        Field("aliases", t.listed(t.LABEL), "other names and acronyms", unite="union"),
        Field("alpha_2", t.text(2, t.ALPHA_2), "ISO 3166-1 alpha-2", "JP"),
        Field("numeric", t.text(3, t.NUMERIC), "ISO 3166-1 numeric", "392"),
        Field("exists_from", t.DATE, "first day of its existence"),
        Field("exists_until", t.DATE, "last day of its existence"),
        Field("successors", t.listed(t.PARTY), "codes of the successors", unite="union"),
        Field("members", t.listed(t.an_object(MEMBER)), "members of an organisation", unite="union", cell="children"),
        _note(),
    ),
    table="party",
    view="parties",
)  # fmt: skip

ORIGIN = Shape(
    "origin",
    "where it was imported from",
    (
        Field("set", t.LABEL, "data set", "ieadb"),
        Field("key", t.LABEL, "key in the data set", "4711"),
        Field("file", t.Type("file"), "bare name of the file", "treaties.csv", private="origin"),
        Field("row", t.Type("row"), "row of the file", 12, private="origin"),
    ),
    identity=("set", "key"),
)

BINDING_VIEW = Shape(
    "binding_view",
    "a view that a party or authority takes; one of the two is set",
    (
        Field("party", t.PARTY, "party that takes it", example="USA"),
        Field("authority", t.LABEL, "court, ministry or author", example="Office of the Legal Adviser"),
        Field("value", t.BINDING, "what it holds the status to be", example="non_binding", required=True),
        Field("evidence", t.listed(t.item("v", "evidence")), "ids of evidence", example=["v1"], unite="union"),
    ),
    identity=("party", "authority", "value"),
    one_of=("party", "authority"),
    table="binding_view",
    view="binding_views",
    ordered_by="position",
)

EVIDENCE = Shape(
    "evidence",
    "a reason for a binding status",
    (
        _item_id("v"),
        Field("kind", t.code("vocabulary.EVIDENCE_KINDS"), "kind, the weightiest first", example="party_statement",
               required=True),
        Field("supports", t.BINDING, "status that it speaks for", example="non_binding", required=True),
        Field("party", t.PARTY, "party that it speaks for", example="USA"),
        Field("authority", t.LABEL, "who says so", example="Department of Defense"),
        Field("text", t.PROSE, "quotation or paraphrase", search="notes"),
        Field("date", t.DATE, "when it was said", example="2023-01-12"),
        Field("locator", t.LABEL, "page or article", example="p. 3"),
        Field("confidence", t.CONFIDENCE, "how sure we are", example="high", unite="fill"),
        SOURCES,
    ),
    identity=("kind", "supports", "party", "authority", "text"),
    table="evidence",
    view="evidence_items",
    ordered_by="position",
)  # fmt: skip

PARTICIPATION = Shape(
    "participation",
    "a party with the entity that acts for it; unique by code and entity",
    (
        Field("code", t.PARTY, "code of the party", example="JPN", required=True, search="linked"),
        Field("name", t.LABEL, "name of the party", example="Japan", printed=True, null=False,
               through="code", cell="none"),
        Field("entity", t.LABEL, "ministry, agency or service that acts", example="Ministry of Defense", map=True,
               search="linked"),
        Field("role", t.code("vocabulary.PARTY_ROLES"), "role as a source states it, never computed",
               example="observer", map=True),
    ),
    identity=("code", "entity"),
    unique=True,
    typed=("code", "entity"),
    typed_mark=":",
    table="participation",
    view="participations",
    ordered_by="position",
)  # fmt: skip

SIGNATORY = Shape(
    "signatory",
    "a signature; one of person, office and party is set",
    (
        _item_id("s"),
        Field("person", t.identifier("person", PERSON), "id of the person; null: not known by name",
               example="hamada-yasukazu", query="signatory", search="linked", column="person_id"),
        Field("name", t.LABEL, "name of the person", example="Hamada Yasukazu", printed=True,
               through="person", cell="none"),
        Field("office", t.LABEL, "office at the time, as the source words it", example="Minister of Defense"),
        Field("level", t.code("vocabulary.OFFICE_LEVELS"), "our reading of the office", example="minister",
               query="level", unite="fill"),
        Field("party", t.PARTY, "party that is signed for", example="JPN"),
        Field("event", t.item("e", "events"), "signing act", example="e1", cell="number"),
        Field("verified", t.FLAG, "whether somebody checked it", example=True, unite="fill"),
        _note(),
        SOURCES,
    ),
    identity=("person", "party", "event"),
    one_of=("person", "office", "party"),
    apart="office",
    typed=("person", ""),
    table="signatory",
    view="signatories",
    ordered_by="position",
)  # fmt: skip

MEMBERSHIP = Shape(
    "membership",
    "a family that the agreement belongs to; membership is not a relation",
    (
        Field("family", t.identifier("family", FAMILY), "id of the family", example="sosa", required=True,
               search="linked", column="family_id"),
        _note(),
        SOURCES,
    ),
    identity=("family",),
    unique=True,
    typed=("family", ""),
    table="membership",
    view="memberships",
    ordered_by="family_id",
)  # fmt: skip

EVENT = Shape(
    "event",
    "an act or happening in the life of the agreement or of a party in it",
    (
        _item_id("e"),
        Field("kind", t.code("vocabulary.EVENT_KINDS"), "kind of act", example="signed", required=True,
               query="event"),
        Field("kind_raw", t.LABEL, "word outside the vocabulary; kind is then other", example="political texts",
              map=True),
        Field("date", t.DATE, "day of the act; null: it happened, on a day unknown", example="2023-01-12",
               map=True, bounds="date"),
        Field("effective_date", t.DATE, "day from which it works; null: the same day, of notices: unknown",
               example="2023-02-01", map=True, bounds="effective"),
        Field("parties", t.listed(t.PARTY), "parties concerned; none: the instrument as a whole", example=["JPN"],
               unite="union", cell="children", table="event_party",
               view="event_parties"),
        Field("places", t.listed(t.LABEL), "places of the one act", example=["Tokyo"], unite="union", map=True,
              query="place", search="notes"),
        Field("toward", t.listed(t.PARTY), "states or territories that it concerns", example=["KOR"], unite="union"),
        Field("provision", t.PROSE, "provision that it rests on or changes", example="Article 12", map=True),
        Field("verified", t.FLAG, "whether somebody checked it", example=True, unite="fill"),
        _note().but(search="notes", map=True),
        Field("raw", t.PROSE, "as the imported file has it", unite="fill", map=True),
        Field("origin", t.an_object(ORIGIN, or_text=True), "where it was imported from", unite="fill"),
        SOURCES,
    ),
    identity=("kind", "kind_raw", "parties", "toward", "provision"),
    apart="date",
    typed=("kind", "date"),
    table="event",
    view="events",
    ordered_by="position",
)  # fmt: skip

MET = Shape(
    "met",
    "the day on which a condition was met",
    (
        Field("date", t.DATE, "day of the last act that was needed", "2016-10-05", null=False, required=True),
        _note(),
        SOURCES,
    ),
    typed=("date", ""),
)

ENTRY = Shape(
    "entry_into_force",
    "entry into force",
    (
        Field("condition", t.code("vocabulary.ENTRY_CONDITIONS"), "what entry into force waits for",
              "nth_instrument", default="unknown"),
        Field("number", t.COUNT, "number of instruments", 30),
        Field("period", t.DURATION, "time after the condition is met (ISO 8601)", "P90D"),
        Field("starts", t.code("vocabulary.STARTS"), "day on which the treaty begins after that; null: that very day",
              "first_of_following_month"),
        Field("parties", t.listed(t.PARTY), "whose acts count", ["USA", "JPN"]),
        Field("date", t.DATE, "day that the text states", "2024-01-01"),
        Field("date_rule", t.code("vocabulary.DATE_RULES"), "how the stated day and the condition go together",
              "not_before"),
        Field("met", t.an_object(MET, or_text=True), "when the condition was met, if no list here can tell"),
        Field("late_joiners", t.DURATION, "time after the own act of one that joins later (ISO 8601)", "P30D"),
        Field("late_starts", t.code("vocabulary.STARTS"), "day on which the treaty begins for it after that",
              "first_of_following_month"),
        Field("late_from", t.code("vocabulary.LATE_FROM"), "who joins later: whoever acts after that", "met"),
        Field("late_rule", t.code("vocabulary.LATE_RULES"), "what the text says of those who join later: nothing "
              "(VCLT 24(3))", "silent"),
        _note(),
        SOURCES,
    ),
)  # fmt: skip

DURATION = Shape(
    "duration",
    "duration",
    (
        Field("kind", t.code("vocabulary.DURATION_KINDS"), "kind of duration", "fixed_term", default="unknown"),
        Field("period", t.DURATION, "term (ISO 8601)", "P5Y"),
        Field("until", t.DATE, "last day", "2028-01-11", query="expires", short="expires", sort=True, sheet=True,
              map=True, bounds="expires", heading="expires"),
        Field("renewal_period", t.DURATION, "length of a renewal (ISO 8601)", "P1Y"),
        _note(),
        SOURCES,
    ),
)  # fmt: skip

NOTICE = Shape(
    "notice",
    "notice",
    (
        Field("kind", t.code("vocabulary.NOTICE_KINDS"), "what is given notice of", "termination", required=True),
        Field("period", t.DURATION, "time that the notice runs (ISO 8601)", "P6M"),
        Field(
            "starts",
            t.code("vocabulary.STARTS"),
            "day on which it works after that; null: that very day",
            "first_of_following_month",
        ),
        Field("counted_from", t.code("vocabulary.COUNTED_FROM"), "where the period is counted from", "receipt"),
        Field("earliest", t.DATE, "first day on which notice can be given", "2026"),
        Field("after_entry", t.DURATION, "time after the party's own entry before which it can give no notice", "P3Y"),
        Field("after_first_entry", t.DURATION, "the same, counted from the entry of the instrument", "P10Y"),
        Field("window", t.DURATION, "how long it can then give notice (ISO 8601)", "P1Y"),
        Field("repeats", t.DURATION, "time from one such window to the next (ISO 8601)", "P10Y"),
        Field("method", t.LABEL, "how notice is given", "in writing"),
        Field("provision", t.PROSE, "article", "Article 14"),
        _note(),
        SOURCES,
    ),
    typed=("kind", "period"),
)

SURVIVAL = Shape(
    "survival",
    "what outlives the instrument",
    (
        Field("period", t.DURATION, "how long (ISO 8601)", "P10Y"),
        Field("scope", t.PROSE, "what survives", "protection of classified information"),
        _note(),
        SOURCES,
    ),
)

TERMS = Shape(
    "terms",
    "terms of the instrument",
    (
        Field("entry_into_force", t.an_object(ENTRY), "how it enters into force"),
        Field("duration", t.an_object(DURATION), "how long it runs"),
        Field("notices", t.listed(t.an_object(NOTICE)), "notices that the text provides for", unite="union"),
        Field("survival", t.an_object(SURVIVAL), "what outlives it"),
    ),
)

RELATION = Shape(
    "relation",
    "a relation to another agreement, in its active direction; one of target and target_title is set",
    (
        Field("type", t.code("relations.TYPES", "relations.ACTIVE"), "type of relation", example="amends",
               required=True),
        Field("target", t.REF, "ref of the other agreement", example="us-jp-sosa-2023"),
        Field("target_title", t.HEADING, "title of one that is not in the register", search="notes"),
        Field("word", t.LABEL, "word of the source", example="builds on", map=True),
        Field("dependent", t.FLAG, "whether only parties to the target can be parties, and it ends with it",
              example=True, unite="fill"),
        Field("confidence", t.CONFIDENCE, "how sure we are", example="medium", unite="fill"),
        _note().but(map=True),
        SOURCES,
    ),
    identity=("type", "target", "target_title"),
    typed=("type", "target"),
    table="relation",
    view="relations",
    ordered_by="position",
)  # fmt: skip

IDENTIFIER = Shape(
    "identifier",
    "a number elsewhere",
    (
        Field("scheme", t.text(64, t.SCHEME), "who numbers", "UNTS", required=True, search="name"),
        Field("value", t.text(t.NAME, t.NOT_BLANK), "the number", "I-12345", required=True, query="identifier",
              search="name"),
    ),
    identity=("scheme", "value"),
    typed=("scheme", "value"),
    table="identifier",
    view="identifiers",
    ordered_by="scheme, value",
)  # fmt: skip

DEPOSITARY = Shape(
    "depositary",
    "the state or organisation that keeps the original; one of code and name is set",
    (
        Field("code", t.PARTY, "code of the depositary", "org-un", query="depositary", search="linked"),
        Field("name", t.LABEL, "name of one that is no party of the register", "Director of the Archives",
              search="linked"),
    ),
    identity=("code", "name"),
    one_of=("code", "name"),
    typed=("code", ""),
    table="depositary",
    view="depositaries",
    ordered_by="position",
)  # fmt: skip

CITATION = Shape(
    "citation",
    "a source that the record rests on",
    (
        Field("source", t.identifier("source", SOURCE), "id of the source", example="un-treaty-collection",
               required=True, search="linked", column="source_id"),
        Field("locator", t.LABEL, "page or article", example="p. 3"),
        Field("title", t.LABEL, "title of the source", printed=True, null=False, through="source", cell="none"),
        Field("url", t.LABEL, "address of the source", printed=True, through="source", cell="none", private="files"),
    ),
    identity=("source",),
    typed=("source", "locator"),
    typed_mark=":",
    table="citation",
    view="citations",
    ordered_by="position",
)  # fmt: skip

CLAIM = Shape(
    "claim",
    "what a source says about a field, the losing values too",
    (
        _item_id("c"),
        Field("field", t.text(t.NAME, t.NOT_BLANK), "path, query name, or topic:SLUG", example="title_term",
               required=True, query="claim"),
        Field("value", t.Type("any"), "the value that it states", example="Arrangement"),
        SOURCES,
        Field("locator", t.LABEL, "page or article", example="p. 3"),
        Field("confidence", t.CONFIDENCE, "how sure we are", example="low", unite="fill"),
        Field("adopted", t.FLAG, "whether the record follows it", example=True, default=False),
        Field("reason", t.PROSE, "why it was adopted or not"),
        _note(),
    ),
    identity=("field", "value", "sources"),
    table="claim",
    view="claims",
    ordered_by="position",
)  # fmt: skip

DATE = Shape(
    "date",
    "a date as exact as it is known",
    (
        Field("edtf", t.DATE, "the date (EDTF)", "2023-01", null=False),
        Field("earliest", t.DAY, "first possible day; null: open", "2023-01-01"),
        Field("latest", t.DAY, "last possible day; null: open", "2023-01-31"),
    ),
)

PARTY_STATUS = Shape(
    "party_status",
    "one party on that day",
    (
        Field("code", t.PARTY, "code of the party", "JPN", null=False),
        Field("status", t.code("vocabulary.PARTY_STATUSES"), "its status", "in_force", null=False),
        Field("from", t.an_object(DATE), "since when"),
        Field("until", t.an_object(DATE), "until when"),
    ),
)

INVERSE_RELATION = Shape(
    "inverse_relation",
    "a relation kept elsewhere",
    (
        Field("type", t.code("relations.SEEN"), "type as this end sees it", "amended_by", null=False),
        Field("source_ref", t.REF, "record that holds it", "us-jp-sosa-2025", null=False),
    ),
)

DERIVED = Shape(
    "derived",
    "what the rules derive",
    (
        Field("as_of", t.DAY, "day on which the world is looked at", "2024-01-01", null=False),
        Field("known_at", t.LABEL, "moment at which the register is looked at"),
        Field("revision", t.COUNT, "change that last touched the record", 17, null=False, short="revision", sort=True),
        Field("status", t.code("vocabulary.STATUSES"), "status on that day", "in_force", null=False, short="status",
              query="status", sort=True, compared=True, page="facts"),
        Field("status_certain", t.FLAG, "false: possible only", example=True, null=False),
        Field("flags", t.listed(t.code("vocabulary.FLAGS")), "what holds beside the status", ["no_end_recorded"],
              short="flags", query="status"),
        Field("signed", t.an_object(DATE), "last signing act", short="signed", query="signed", sort=True, sheet=True,
              compared=True, page="facts"),
        Field("concluded", t.an_object(DATE), "date by which it is cited: adoption or opening, else the last signing",
              short="concluded", query="concluded", sort=True),
        Field("in_force_from", t.an_object(DATE), "start of the spell that holds, else of the last one",
              short="in_force_from", query="in_force_from", sort=True, page="facts"),
        Field("in_force_until", t.an_object(DATE), "its end; null: none is recorded", short="in_force_until",
              query="in_force_until", sort=True, page="facts"),
        Field("laterality", t.code("vocabulary.LATERALITIES"), "by the number of parties", "bilateral", null=False,
              short="laterality", query="laterality", sort=True),
        Field("party_status", t.listed(t.an_object(PARTY_STATUS)), "each party, in the order of the parties"),
        Field("inverse_relations", t.listed(t.an_object(INVERSE_RELATION)), "relations seen from here",
              page="relations"),
        Field("match", t.code("vocabulary.MATCHES"), "how the query matched; null outside one", "certain",
              short="match"),
    ),
)  # fmt: skip

AGREEMENT = Shape(
    "agreement",
    "a treaty or an arrangement",
    (
        _record("agreement"),
        Field("ref", t.REF, "permanent reference, never used again; compared without case", "us-jp-sosa-2023",
              required=True, unite="never", query="ref", sheet=True, sort=True, page="facts", search="name"),
        Field("title", t.text(t.TITLE, t.NOT_BLANK), "full title", "Security of Supply Arrangement", required=True,
              query="title", sheet=True, map=True, sort=True, compared=True, search="title"),
        Field("short_title", t.HEADING, "short title", "US-Japan SOSA (2023)", sheet=True, map=True, sort=True,
              compared=True, page="facts", search="title"),
        Field("title_term", t.LABEL, "the word in the title", "Arrangement", heading="word in the title",
              query="word", sheet=True, map=True, sort=True, compared=True, page="facts"),
        Field("aliases", t.listed(t.HEADING), "other names", ["SOSA"], heading="also called", unite="union",
              query="title", sheet=True, map=True, page="facts", search="title"),
        Field("titles", t.mapping(t.TAG, t.HEADING), "titles by language (BCP 47)", {"fr": "Arrangement"},
              heading="other languages", unite="union", map=True, page="facts", search="title"),
        Field("instrument_type", t.code("vocabulary.INSTRUMENT_TYPES"), "our class of the instrument",
              "security_of_supply_arrangement", default="unknown", heading="type", query="type", short="type",
              sheet=True, map=True, sort=True, compared=True, page="facts"),
        Field("binding_status", t.BINDING, "the editor's verdict", "non_binding", default="not_assessed",
              query="binding", short="binding", sheet=True, map=True, sort=True, compared=True, page="facts"),
        Field("binding_views", t.listed(t.an_object(BINDING_VIEW)), "views of parties and authorities",
              heading="views", unite="union", cell="children", query="views", compared=True, page="Views"),
        Field("evidence", t.listed(t.an_object(EVIDENCE)), "evidence for the verdict and against it",
              heading="basis", unite="union", cell="children", compared=True, page="Why"),
        Field("parties", t.listed(t.an_object(PARTICIPATION)), "parties", unite="union", cell="children",
              query="party", short="party", sheet=True, map=True, sort=True, compared=True,
              page="Parties and signatories"),
        Field("signatories", t.listed(t.an_object(SIGNATORY)), "who signed", unite="union", cell="children",
              query="signatory", short="signatory", sheet=True, sort=True, compared=True,
              page="Parties and signatories"),
        Field("focus_areas", t.listed(t.FOCUS), "codes of the subjects, sorted", ["defence_industry"], unite="union",
              cell="children", table="agreement_focus", view="agreement_focus_areas", ordered=True, query="focus",
              short="focus", sheet=True, map=True, sort=True,
              compared=True, page="facts", search="linked"),
        Field("families", t.listed(t.an_object(MEMBERSHIP)), "families, sorted by id", unite="union", ordered=True,
              cell="children", query="family", short="family", sheet=True, sort=True, compared=True, page="facts"),
        Field("events", t.listed(t.an_object(EVENT)), "the life of the agreement", unite="union", cell="children",
              query="event", map=True, compared=True, page="Timeline"),
        Field("terms", t.an_object(TERMS, whole=True), "terms of the instrument", page="Terms"),
        Field("relations", t.listed(t.an_object(RELATION)), "relations to other agreements", unite="union",
              cell="children", map=True, compared=True, page="Relations"),
        Field("identifiers", t.listed(t.an_object(IDENTIFIER)), "numbers under which others file it, sorted",
              unite="union", ordered=True, cell="children", query="identifier", sheet=True, map=True, sort=True,
              compared=True,
              page="facts"),
        Field("depositaries", t.listed(t.an_object(DEPOSITARY)), "who keeps the original", unite="union",
              cell="children", query="depositary", short="depositary", sheet=True, sort=True, compared=True,
              page="facts"),
        Field("text_access", t.code("vocabulary.TEXT_ACCESS"), "whether the text can be read", "public",
              default="unknown", query="text_access", sheet=True, map=True, sort=True, compared=True, page="facts"),
        Field("languages", t.listed(t.TAG), "authentic languages (BCP 47), sorted", ["en", "ja"], unite="union",
              ordered=True,
              sheet=True, map=True, page="facts"),
        Field("sources", t.listed(t.an_object(CITATION)), "what the record as a whole rests on", unite="union",
              cell="citations", query="source", short="source", sheet=True, map=True, sort=True, compared=True,
              page="Sources"),
        Field("claims", t.listed(t.an_object(CLAIM)), "what sources say about fields", unite="own", cell="children",
              query="claim", page="Where sources disagree"),
        Field("confidence", t.CONFIDENCE, "how sure we are of parties, type and signature date", "high",
              unite="fill", query="confidence", sheet=True, map=True, sort=True, compared=True, page="facts"),
        Field("open_questions", t.listed(t.PROSE), "what is to be found out", ["operative date"], unite="union",
              sheet=True, map=True, compared=True, page="Open questions", search="notes"),
        Field("notes", t.listed(t.PROSE), "remarks", ["the text is not published"], unite="union", sheet=True,
              map=True, compared=True, page="Notes", search="notes", private="notes"),
        Field("extra", t.mapping(t.text(200, t.NOT_BLANK), t.Type("own_value", t.TEXT)),
              "own fields: text, whole number, true or false; decimals stay text", {"owner": "desk 3"}, unite="union",
              query="x", short="x", map=True, page="facts", private="x"),
        Field("origin", t.an_object(ORIGIN), "where it was imported from", unite="own"),
        Field("derived", t.an_object(DERIVED, whole=True), "what the rules derive", printed=True, null=False,
              unite="never", cell="none"),
    ),
    identity=("ref",),
    table="agreement",
    view="agreements",
)  # fmt: skip

OBJECTS = {shape.name: shape for shape in (AGREEMENT, PARTY, PERSON, FAMILY, FOCUS_AREA, SOURCE)}
"""Kind to the shape of its documents."""


def _addressed(address: str, shape: Shape) -> Iterator[tuple[str, Shape]]:
    yield address, shape
    for field in shape.fields:
        if field.type.kind == "object" and field.type.shape:
            yield from _addressed(f"{address}.{field.key}", field.type.shape)


@cache
def at() -> dict[str, Shape]:
    """Return every shape by its address: the kind, and keys down to it, as in ``agreement.terms.duration``."""
    return {address: shape for kind, top in OBJECTS.items() for address, shape in _addressed(kind, top)}


@cache
def fields(address: str) -> dict[str, Field]:
    """Return the fields of the shape at an address, by key; none where nothing is there."""
    shape = at().get(address)
    return {field.key: field for field in shape.fields} if shape else {}


def inside(address: str, key: str) -> str:
    """Return the address of the objects under a key, those that input may write in the place of an id included.

    Empty where none can stand there.
    """
    deeper = f"{address}.{key}"
    if deeper in at():
        return deeper
    field = fields(address).get(key)
    return field.type.shape.name if field and field.type.shape else ""


@cache
def naming(kind: str) -> tuple[tuple[Field, Field], ...]:
    """Return where items of an agreement name an object of a kind: the list, and the key of its items."""
    return tuple(
        (outer, inner)
        for outer in AGREEMENT.own_fields
        if outer.listed and outer.type.shape
        for inner in outer.type.shape.own_fields
        if inner.type.names == kind and not inner.type.many
    )


@cache
def stand_for() -> dict[str, str]:
    """Return the lists of an agreement whose items each stand for an object, with the kind of that object.

    A path names these items by its code or id: ``parties[JPN]``.
    """
    return {field.key: kind for field in AGREEMENT.own_fields if field.listed and (kind := bearer(field))}


def bearer(field: Field) -> str:
    """Return the kind of the object that each item of a list stands for; empty where it may be anything."""
    shape = field.type.shape if field.type.kind == "object" else None
    if shape is None:
        return field.type.names
    if shape.one_of or not shape.identity:
        return ""
    return next(inner.type.names for inner in shape.own_fields if inner.key == shape.identity[0])


@cache
def child_tables() -> tuple[str, ...]:
    """Return the tables of what an agreement holds, each keyed by ``agreement_id``."""
    listed = [field.type.shape for field in AGREEMENT.fields if field.cell == "children" and field.type.shape]
    inner = [field.table for shape in listed for field in shape.fields if field.table]
    codes = [field.table for field in AGREEMENT.fields if field.table]
    return (*(shape.table for shape in listed), *inner, *codes, CITATION.table)
