"""Depositaries: who keeps the original. Signatories of whom only office or party is known."""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "depositary",
        sa.Column("agreement_id", sa.Integer(), nullable=False), sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True), sa.Column("name", sa.String(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], deferrable=True, initially="DEFERRED"),
        sa.ForeignKeyConstraint(["code"], ["party.code"], deferrable=True, initially="DEFERRED"),
        sa.CheckConstraint("code IS NOT NULL OR name IS NOT NULL", name="ck_depositary_who"),
        sa.PrimaryKeyConstraint("agreement_id", "position"), sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("ix_depositary_code", "depositary", ["code", "agreement_id"])
    op.create_table(
        "depositary_past",
        sa.Column("agreement_id", sa.Integer(), nullable=False), sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True), sa.Column("name", sa.String(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True), sa.Column("until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agreement_id", "position", "until"), sqlite_with_rowid=False,
    )  # fmt: skip
    _signatories_without_a_name()


def _signatories_without_a_name() -> None:
    """SQLite drops no NOT NULL: the table is made again, and its rows are copied."""
    op.rename_table("signatory", "signatory_old")
    op.create_table(
        "signatory",
        sa.Column("agreement_id", sa.Integer(), nullable=False), sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False), sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("office", sa.String(), nullable=True), sa.Column("level", sa.String(), nullable=True),
        sa.Column("party", sa.String(), nullable=True), sa.Column("event", sa.Integer(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=True), sa.Column("note", sa.String(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], deferrable=True, initially="DEFERRED"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], deferrable=True, initially="DEFERRED"),
        sa.ForeignKeyConstraint(["party"], ["party.code"], deferrable=True, initially="DEFERRED"),
        sa.PrimaryKeyConstraint("agreement_id", "number"), sqlite_with_rowid=False,
    )  # fmt: skip
    columns = "agreement_id, number, position, person_id, office, level, party, event, verified, note, since"
    op.execute(f"INSERT INTO signatory ({columns}) SELECT {columns} FROM signatory_old")
    op.drop_table("signatory_old")
    op.create_index("ix_signatory_person", "signatory", ["person_id", "agreement_id"])
    some = sa.text("level IS NOT NULL")
    op.create_index("ix_signatory_level", "signatory", ["level", "agreement_id"], sqlite_where=some)
