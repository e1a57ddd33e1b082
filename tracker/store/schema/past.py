"""The tables of old images: for each table under history a twin that holds what its rows said before.

System-versioned rows, as SQL:2011 calls them. A row of ``<name>`` says what holds since change ``since``; a row of
``<name>_past`` says what held from change ``since`` up to, and not including, change ``until``. A row that was only
inserted costs nothing. Triggers (``store/schema/triggers.py``) write the images, so that changes made with the sqlite3
shell are kept as well.
"""

from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table

SUFFIX = "_past"

UNTIL = "until"
"""Id of the change that ended what an image says."""


def define(metadata: MetaData) -> None:
    """Add the twin of each table that has a column ``since``: the same columns, keyed by its key and ``until``."""
    for table in list(metadata.tables.values()):
        if "since" in table.columns:
            columns = [
                Column(
                    column.name,
                    column.type,
                    primary_key=column.primary_key,
                    nullable=not column.primary_key,
                    server_default=_default(column),
                )
                for column in table.columns
            ]
            until = Column(UNTIL, Integer, primary_key=True, nullable=False)
            Table(table.name + SUFFIX, metadata, *columns, until, sqlite_with_rowid=False)


def _default(column: Column[Any]) -> Any:  # as SQLAlchemy types it
    """Return what a new column says of the rows of before: the same of old images."""
    return getattr(column.server_default, "arg", None)
