"""The first schema: agreements and what belongs to them, the objects they refer to, the log of changes."""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=null)


def number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def truth(name: str, *, null: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=null)


def references(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], deferrable=True, initially="DEFERRED")


def child(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(name, *columns, sqlite_with_rowid=False)


def upgrade() -> None:
    op.create_table(
        "change",
        number("id"), text("at"), text("actor"), text("command"), text("note", null=True),
        sa.PrimaryKeyConstraint("id"), sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_table(
        "party",
        text("code"), text("kind"), text("name"), text("names"), text("aliases"), text("alpha_2", null=True),
        text("numeric", null=True), text("exists_from", null=True), text("exists_until", null=True),
        text("successors"), text("note", null=True), truth("builtin"), sa.PrimaryKeyConstraint("code"),
    )  # fmt: skip
    child(
        "party_member",
        text("organisation"), number("position"), text("code"), text("from_date", null=True),
        text("until_date", null=True), references("organisation", "party.code"), references("code", "party.code"),
        sa.PrimaryKeyConstraint("organisation", "position"),
    )  # fmt: skip
    child(
        "party_key",
        text("folded"), text("code"), references("code", "party.code"), sa.PrimaryKeyConstraint("folded", "code"),
    )  # fmt: skip
    op.create_table(
        "person",
        text("id"), text("name"), text("aliases"), text("note", null=True), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    child(
        "person_key",
        text("folded"), text("person_id"), references("person_id", "person.id"),
        sa.PrimaryKeyConstraint("folded", "person_id"),
    )  # fmt: skip
    op.create_table(
        "focus_area",
        text("code"), text("label"), text("parent", null=True), text("note", null=True), truth("builtin"),
        references("parent", "focus_area.code"), sa.PrimaryKeyConstraint("code"),
    )  # fmt: skip
    op.create_table(
        "source",
        text("id"), text("title"), text("author", null=True), text("publisher", null=True),
        text("date", null=True), text("url", null=True), text("kind"), text("language", null=True),
        text("accessed", null=True), text("archive_url", null=True), text("sha256", null=True),
        text("reprint_of", null=True), text("note", null=True), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_table(
        "family",
        text("id"), text("name"), text("instrument_type", null=True), text("description", null=True),
        text("notes"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    child(
        "family_source",
        text("family_id"), number("position"), text("source_id"), references("family_id", "family.id"),
        references("source_id", "source.id"), sa.PrimaryKeyConstraint("family_id", "position"),
    )  # fmt: skip
    op.create_table(
        "agreement",
        number("id"), text("ref"), text("instrument_type"), text("binding_status"), text("signed", null=True),
        text("signed_earliest", null=True), text("signed_latest", null=True), truth("signed_uncertain"),
        text("expires", null=True), text("expires_earliest", null=True), text("expires_latest", null=True),
        truth("expires_uncertain"), text("party_codes"), number("party_count"), truth("views_differ"),
        number("revision"), text("text_access"), text("confidence", null=True), number("last_evidence"),
        number("last_signatory"), number("last_event"), number("last_claim"), text("title"),
        text("short_title", null=True), text("title_term", null=True), text("aliases"), text("titles"),
        text("languages"), text("terms"), text("open_questions"), text("notes"), text("extra"),
        text("origin", null=True), sa.UniqueConstraint("ref"), sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("ix_agreement_binding", "agreement", ["binding_status", "ref"])
    op.create_index("ix_agreement_parties", "agreement", ["party_codes"])
    op.create_index("ix_agreement_signed", "agreement", ["signed_earliest", "ref"])
    op.create_index(
        "ix_agreement_signed_inexact",
        "agreement",
        ["signed_earliest", "signed_latest"],
        sqlite_where=sa.text("signed_earliest IS NOT signed_latest"),
    )
    op.create_index("ix_agreement_type", "agreement", ["instrument_type", "ref"])
    op.create_table(
        "retired_ref",
        text("ref"), sa.PrimaryKeyConstraint("ref"),
    )  # fmt: skip
    child(
        "retired_id",
        text("kind"), text("id"), text("merged_into"), sa.PrimaryKeyConstraint("kind", "id"),
    )  # fmt: skip
    child(
        "participation",
        number("agreement_id"), number("position"), text("code"), text("entity", null=True),
        text("role", null=True), references("agreement_id", "agreement.id"), references("code", "party.code"),
        sa.PrimaryKeyConstraint("agreement_id", "position"),
    )  # fmt: skip
    op.create_index("ix_participation_code", "participation", ["code", "agreement_id"])
    child(
        "evidence",
        number("agreement_id"), number("number"), number("position"), text("kind"), text("supports"),
        text("party", null=True), text("authority", null=True), text("text", null=True), text("date", null=True),
        text("locator", null=True), text("confidence", null=True), references("agreement_id", "agreement.id"),
        references("party", "party.code"), sa.PrimaryKeyConstraint("agreement_id", "number"),
    )  # fmt: skip
    child(
        "binding_view",
        number("agreement_id"), number("position"), text("party", null=True), text("authority", null=True),
        text("value"), text("evidence"), references("agreement_id", "agreement.id"),
        references("party", "party.code"),
        sa.CheckConstraint("party IS NOT NULL OR authority IS NOT NULL", name="ck_binding_view_who"),
        sa.PrimaryKeyConstraint("agreement_id", "position"),
    )  # fmt: skip
    child(
        "signatory",
        number("agreement_id"), number("number"), number("position"), text("person_id"), text("office", null=True),
        text("level", null=True), text("party", null=True), number("event", null=True),
        truth("verified", null=True), text("note", null=True), references("agreement_id", "agreement.id"),
        references("person_id", "person.id"), references("party", "party.code"),
        sa.PrimaryKeyConstraint("agreement_id", "number"),
    )  # fmt: skip
    op.create_index("ix_signatory_person", "signatory", ["person_id", "agreement_id"])
    child(
        "agreement_focus",
        number("agreement_id"), text("code"), references("agreement_id", "agreement.id"),
        references("code", "focus_area.code"), sa.PrimaryKeyConstraint("agreement_id", "code"),
    )  # fmt: skip
    op.create_index("ix_agreement_focus_code", "agreement_focus", ["code", "agreement_id"])
    child(
        "membership",
        number("agreement_id"), text("family_id"), text("note", null=True),
        references("agreement_id", "agreement.id"), references("family_id", "family.id"),
        sa.PrimaryKeyConstraint("agreement_id", "family_id"),
    )  # fmt: skip
    op.create_index("ix_membership_family", "membership", ["family_id", "agreement_id"])
    child(
        "event",
        number("agreement_id"), number("number"), number("position"), text("kind"), text("kind_raw", null=True),
        text("date", null=True), text("date_earliest", null=True), text("date_latest", null=True),
        truth("date_uncertain"), text("effective_date", null=True), text("effective_earliest", null=True),
        text("effective_latest", null=True), truth("effective_uncertain"), text("places"),
        text("provision", null=True), truth("verified", null=True), text("note", null=True),
        text("raw", null=True), text("origin", null=True), references("agreement_id", "agreement.id"),
        sa.PrimaryKeyConstraint("agreement_id", "number"),
    )  # fmt: skip
    op.create_index("ix_event_kind", "event", ["kind", "date_earliest"])
    child(
        "event_party",
        number("agreement_id"), number("number"), number("position"), text("code"),
        references("agreement_id", "agreement.id"), references("code", "party.code"),
        sa.PrimaryKeyConstraint("agreement_id", "number", "position"),
    )  # fmt: skip
    child(
        "relation",
        number("agreement_id"), number("position"), text("type"), text("target", null=True),
        text("target_title", null=True), text("word", null=True), text("confidence", null=True),
        text("note", null=True), references("agreement_id", "agreement.id"), references("target", "agreement.ref"),
        sa.PrimaryKeyConstraint("agreement_id", "position"),
    )  # fmt: skip
    op.create_index("ix_relation_target", "relation", ["target", "type"])
    child(
        "identifier",
        number("agreement_id"), text("scheme"), text("value"), references("agreement_id", "agreement.id"),
        sa.PrimaryKeyConstraint("agreement_id", "scheme", "value"),
    )  # fmt: skip
    op.create_index("ix_identifier_value", "identifier", ["value", "scheme"])
    child(
        "claim",
        number("agreement_id"), number("number"), number("position"), text("field"), text("value"),
        text("locator", null=True), text("confidence", null=True), truth("adopted"), text("reason", null=True),
        text("note", null=True), references("agreement_id", "agreement.id"),
        sa.PrimaryKeyConstraint("agreement_id", "number"),
    )  # fmt: skip
    child(
        "citation",
        number("agreement_id"), text("owner"), number("position"), text("source_id"), text("locator", null=True),
        references("agreement_id", "agreement.id"), references("source_id", "source.id"),
        sa.PrimaryKeyConstraint("agreement_id", "owner", "position"),
    )  # fmt: skip
    op.create_index("ix_citation_source", "citation", ["source_id", "agreement_id"])
    child(
        "span",
        number("agreement_id"), text("party"), number("position"), text("status"), text("from_date", null=True),
        text("from_earliest", null=True), text("from_latest", null=True), text("until_date", null=True),
        text("until_earliest", null=True), text("until_latest", null=True), truth("uncertain"),
        references("agreement_id", "agreement.id"), sa.PrimaryKeyConstraint("agreement_id", "party", "position"),
    )  # fmt: skip
    bounds = ["from_earliest", "until_latest", "from_latest", "until_earliest", "uncertain"]
    op.create_index("ix_span_status", "span", ["party", "status", *bounds])
