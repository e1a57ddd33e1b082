"""History: every row says since which change it holds, and a twin of each table keeps what it said before. Own fields as rows.

What a store of the first schema says is taken as known from this step on: how it came to say so was not kept.
"""

import sqlalchemy as sa
from alembic import op  # noqa: TID253  # loaded by Alembic itself

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "party", "party_member", "party_key", "person", "person_key", "focus_area", "source", "family", "family_source",
    "retired_id", "retired_ref", "agreement", "participation", "evidence", "binding_view", "signatory",
    "agreement_focus", "membership", "event", "event_party", "relation", "identifier", "claim", "citation", "span",
    "own_field",
)  # fmt: skip

TYPES = {"VARCHAR": sa.String, "INTEGER": sa.Integer, "BOOLEAN": sa.Boolean}

BUILT_IN = {
    "party": "builtin",
    "party_member": "organisation IN (SELECT code FROM party WHERE builtin)",
    "party_key": "code IN (SELECT code FROM party WHERE builtin)",
    "focus_area": "builtin",
}

AFTER_LAST = (
    "CASE WHEN substr(last, 21, 6) < '999999' THEN substr(last, 1, 20) || printf('%06d', substr(last, 21, 6) + 1) || 'Z'"
    " ELSE strftime('%Y-%m-%dT%H:%M:%S', substr(last, 1, 19), '+1 second') || '.000000Z' END"
)
"""The instant after that of the last change, for a clock that was set back."""

ENTRY = (
    "INSERT INTO change (at, actor, command, note)"
    f" SELECT max(strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z', {AFTER_LAST}), 'tracker', 'tracker store migrate',"
    " 'the history begins here' FROM (SELECT max(at) AS last FROM change) WHERE last IS NOT NULL"
)


def upgrade() -> None:
    connection = op.get_bind()
    for name, kind in (("underway", sa.Boolean), ("undoes", sa.Integer), ("subjects", sa.String)):
        op.add_column("change", sa.Column(name, kind(), nullable=True))
    connection.exec_driver_sql(ENTRY)
    begin = connection.exec_driver_sql("SELECT max(id) FROM change").scalar() or 0
    _own_fields()
    op.drop_index("ix_agreement_signed", "agreement")
    covering = ["signed_earliest", "ref", "signed_latest", "signed_uncertain"]
    op.create_index("ix_agreement_signed", "agreement", covering)
    op.create_index("ix_relation_type", "relation", ["type", "target"])
    some = sa.text("level IS NOT NULL")
    op.create_index("ix_signatory_level", "signatory", ["level", "agreement_id"], sqlite_where=some)
    op.create_index(
        "ix_agreement_expires", "agreement", ["expires_earliest"], sqlite_where=sa.text("expires IS NOT NULL")
    )
    op.create_index("ix_source_kind", "source", ["kind"])
    for table in TABLES:
        op.add_column(table, sa.Column("since", sa.Integer(), nullable=True))
        _twin(connection, table)
        connection.exec_driver_sql(f"UPDATE {table} SET since = {int(begin)}")
        if table in BUILT_IN:
            connection.exec_driver_sql(f"UPDATE {table} SET since = 0 WHERE {BUILT_IN[table]}")


def _own_fields() -> None:
    """Rows for queries by own fields; they are derived, as the full-text index is, and filled after the steps."""
    op.create_table(
        "own_field",
        sa.Column("agreement_id", sa.Integer(), nullable=False), sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False), sa.Column("number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], deferrable=True, initially="DEFERRED"),
        sa.PrimaryKeyConstraint("agreement_id", "name"), sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("ix_own_field_value", "own_field", ["name", "folded", "agreement_id"])
    whole = sa.text("number IS NOT NULL")
    op.create_index("ix_own_field_number", "own_field", ["name", "number", "agreement_id"], sqlite_where=whole)


def _twin(connection: sa.Connection, table: str) -> None:
    rows = connection.exec_driver_sql(f"PRAGMA table_info({table})").fetchall()
    columns = [sa.Column(row[1], TYPES[row[2]](), nullable=not row[5]) for row in rows]
    key = [name for _, name in sorted((row[5], row[1]) for row in rows if row[5])]
    until = sa.Column("until", sa.Integer(), nullable=False)
    op.create_table(f"{table}_past", *columns, until, sa.PrimaryKeyConstraint(*key, "until"), sqlite_with_rowid=False)
