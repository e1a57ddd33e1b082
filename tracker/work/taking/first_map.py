"""A first map for a sheet that none describes yet, to be edited by hand."""

from pathlib import Path

from tracker.errors import UnreadableFile
from tracker.work.taking.files import opened


def first_map(path: Path) -> str:
    """Return a map for the columns of a sheet, as TOML; raises UnreadableFile."""
    from tracker.importers.mapping.sketch import sketch
    from tracker.importers.sheets import UnreadableSheet
    from tracker.importers.sheets.reading import seekable
    from tracker.store.schema import builtin
    from tracker.text.names import fold

    keys = {key for party in builtin.parties() for key in builtin.party_keys(party)}
    with opened(path) as stream, seekable(stream) as again:
        try:
            return sketch(again, path.name, lambda name: fold(name) in keys)
        except UnreadableSheet as error:
            raise UnreadableFile(f"{path} {error}") from None
