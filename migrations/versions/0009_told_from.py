"""Agreements whose status nothing tells on a day are found by an index: of each, from which day on something does.

The columns are filled, by the rules of the program, when the derived rows are made again after the steps; images of
before hold NULL, as what nothing ever tells.
"""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("agreement", "agreement_past"):
        op.add_column(table, sa.Column("told_from", sa.String(), nullable=True))
    op.create_index("ix_agreement_told_from", "agreement", ["told_from"])
