"""Indexes of spans hold what is asked: the statuses of instruments, the force for parties, and what is computed.

Nobody asks for all who ever were signatories or listed, so these spans stand in none.
"""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bounds = ["from_earliest", "until_latest", "from_latest", "until_earliest", "uncertain"]
    op.drop_index("ix_span_status", "span")
    op.create_index("ix_span_status", "span", ["status", *bounds], sqlite_where=sa.text("party = ''"))
    force = sa.text("party <> '' AND status = 'in_force'")
    op.create_index("ix_span_bound", "span", ["party", "status", *bounds], sqlite_where=force)
    computed = sa.text("party = '' AND uncertain = 1 AND from_events IS NULL AND from_date IS NOT NULL")
    op.create_index("ix_span_computed", "span", ["from_latest"], sqlite_where=computed)
