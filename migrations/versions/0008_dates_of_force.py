"""Agreements are found by beginning and end of their force, and by the end of their term, however vague it is.

Each of these dates has an index of its own, and another of those that are not one day: they may reach into a range that
begins later. The one index of both dates of a spell is gone.
"""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_span_spell", "span")
    op.drop_index("ix_agreement_expires", "agreement")
    for table, name in (("span", "spell_from"), ("span", "spell_until"), ("agreement", "expires")):
        days = [f"{name}_earliest", f"{name}_latest"]
        dated, inexact = sa.text(f"{name}_earliest IS NOT NULL"), sa.text(f"{name}_earliest IS NOT {name}_latest")
        op.create_index(f"ix_{table}_{name}", table, days, sqlite_where=dated)
        op.create_index(f"ix_{table}_{name}_inexact", table, days, sqlite_where=inexact)
