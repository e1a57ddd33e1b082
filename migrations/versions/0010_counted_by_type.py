"""Agreements are counted by type and binding status in the order of an index, which holds all that the count needs."""

from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_agreement_counted_by_type", "agreement", ["instrument_type", "binding_status", "views_differ"])
