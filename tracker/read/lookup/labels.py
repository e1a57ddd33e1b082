"""What people read in place of codes that are data."""

from tracker.read.file.connection import Reader


def of_focus_areas(reader: Reader) -> dict[str, str]:
    """Return the label of each focus area by its code."""
    return dict(reader.tuples("SELECT code, label FROM focus_areas"))
