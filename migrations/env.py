"""Alembic's environment: runs on the connection that ``tracker.store.file.migrate`` hands over, inside its transaction."""

from alembic import context  # noqa: TID253  # loaded by Alembic itself

from tracker.store.schema.tables import SQLModel

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
context.run_migrations()
