"""Spans tell their spell of force and the events that made their ends.

The columns are derived: they are filled after the steps, in the rows and in the images of what these said before.
"""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = (
    ("from_events", sa.String), ("until_events", sa.String), ("spell", sa.Integer), ("spell_begins", sa.String),
    ("spell_ends", sa.String), ("spell_ended", sa.Boolean), ("spell_from", sa.String),
    ("spell_from_earliest", sa.String), ("spell_from_latest", sa.String), ("spell_from_uncertain", sa.Boolean),
    ("spell_until", sa.String), ("spell_until_earliest", sa.String), ("spell_until_latest", sa.String),
    ("spell_until_uncertain", sa.Boolean),
)  # fmt: skip


def upgrade() -> None:
    for table in ("span", "span_past"):
        for name, kind in COLUMNS:
            op.add_column(table, sa.Column(name, kind(), nullable=True))
    ends = ["spell_from_earliest", "spell_from_latest", "spell_until_earliest", "spell_until_latest"]
    known = sa.text("spell_from_uncertain IS NOT NULL")
    op.create_index("ix_span_spell", "span", ["party", *ends, "spell_from_uncertain"], sqlite_where=known)
