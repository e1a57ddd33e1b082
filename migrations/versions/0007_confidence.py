"""Agreements are found by what is said of the confidence in them; parties that later versions know come in as well.

Every upgrade plants the parties and focus areas that the program knows.
"""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    said = sa.text("confidence IS NOT NULL")
    op.create_index("ix_agreement_confidence", "agreement", ["confidence", "ref"], sqlite_where=said)
