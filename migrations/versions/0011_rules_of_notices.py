"""The rules say otherwise of notices, of terms that were extended late, and of acts that name several parties.

No table changes. Every upgrade derives anew what is stored of what the rules say.
"""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Leave the tables as they are."""
