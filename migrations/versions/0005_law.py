"""Whom an act concerns, relations on which another agreement depends, and the date by which an agreement is cited.

The date is derived: it is filled after the steps, and the spans are made again by the rules of today.
"""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for suffix in ("", "_past"):
        toward = sa.Column("toward", sa.String(), server_default="[]", nullable=suffix == "_past")
        op.add_column(f"event{suffix}", toward)
        op.add_column(f"relation{suffix}", sa.Column("dependent", sa.Boolean(), nullable=True))
        for name in ("concluded", "concluded_earliest", "concluded_latest"):
            op.add_column(f"agreement{suffix}", sa.Column(name, sa.String(), nullable=True))
        op.add_column(f"agreement{suffix}", sa.Column("concluded_uncertain", sa.Boolean(), nullable=True))
