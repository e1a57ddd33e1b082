"""Every command that writes, with a line that makes it write: the list from which faults take.

A new command that writes needs one line here; ``tests/faults`` compares the list with the program and says which one
is missing. A change counts as acknowledged when the program has ended with exit code 0, or when the last line that a
whole run prints was seen before it was killed.
"""

from typing import Any, NamedTuple

FILLED, NONE, OLD, WORN = "filled", "none", "old", "worn"
"""Where a command starts from: a register of the samples and some spare records, no store at all, an older schema, and
the first without some of the rows that follow from others."""

STORE = "register.db"
BACKUP = "backup.db"
"""Name of a backup of the filled register that lacks the last changes; it lies among the inputs."""

SPARE: tuple[dict[str, Any], ...] = (
    {"record": "party", "code": "ice-navy", "kind": "armed_group", "name": "Navy of the Ice Coast"},
    {"record": "party", "code": "navy-ice", "kind": "armed_group", "name": "Ice Coast Navy"},
    {"record": "focus_area", "code": "ice_roads", "label": "Ice roads"},
    {"record": "focus_area", "code": "roads_over_ice", "label": "Roads over ice"},
    {"record": "family", "id": "ice-family", "name": "Ice family"},
    {"record": "family", "id": "family-of-ice", "name": "Family of ice"},
    {"record": "person", "id": "ann-icefield", "name": "Ann Icefield"},
    {"record": "person", "id": "a-icefield", "name": "A. Icefield"},
    {"record": "source", "id": "ice-gazette", "title": "Ice gazette"},
    {"record": "source", "id": "gazette-of-ice", "title": "Gazette of ice"},
    {
        "record": "agreement",
        "ref": "ice-roads",
        "title": "Ice road arrangement",
        "parties": [{"code": "ice-navy"}, {"code": "NOR"}],
        "signatories": [{"party": "NOR", "person": "ann-icefield", "office": "Minister"}],
        "focus_areas": ["ice_roads"],
        "families": [{"family": "ice-family"}],
        "events": [{"kind": "signed", "date": "2020-02", "parties": ["ice-navy", "NOR"]}],
        "sources": [{"source": "ice-gazette"}],
    },
    {"record": "agreement", "ref": "ice-road-deal", "title": "Ice road deal", "parties": [{"code": "NOR"}]},
)
"""What the filled register holds beyond the samples."""

ARTICLE = """\
Norway and Japan sign a memorandum of understanding on ice roads

Today, 18 January 2023, Norway and Japan signed a Memorandum of Understanding on Ice Roads in Oslo.
"""
"""A text from which one agreement is proposed."""

LATER = (
    ("add", "Ice road protocol", "--ref", "ice-protocol", "--party", "NOR", "--yes"),
    ("edit", "ice-protocol", "--set", "confidence=low", "--add", "notes=to be undone"),
)
"""Its last changes, which the backup of it lacks."""


class Write(NamedTuple):
    """A command that writes."""

    name: str
    """The words that call it."""
    options: tuple[str, ...]
    """What follows them; ``{inputs}`` holds ``batch.ndjson``, ``sheet.csv`` and ``article.txt``."""
    start: str = FILLED
    repeats: bool = False
    """May be run again after it was done; where not, another change shows that the store is still of use."""
    variant: str = ""
    """What sets it apart from another line of the same command."""
    file: str = STORE
    """Name of the database, in the place of the store, in which its work shows."""

    @property
    def is_main(self) -> bool:
        """Whether the short form goes for it more than once, and with every fault."""
        return self.title in MAIN

    @property
    def is_twin(self) -> bool:
        """Whether the long form alone goes for it."""
        return self.title in TWINS

    @property
    def words(self) -> tuple[str, ...]:
        """The command line."""
        return (*self.name.split(), *self.options)

    @property
    def title(self) -> str:
        """Its name in a table."""
        return f"{self.name} ({self.variant})" if self.variant else self.name


WRITES = (
    Write(
        "add", ("Kill arrangement", "--ref", "kill-a", "--party", "USA", "--party", "JPN", "--signed", "2023", "--yes")
    ),
    Write("add", ("First arrangement", "--ref", "first", "--party", "USA", "--yes"), NONE, variant="first"),
    Write("edit", ("ice-roads", "--set", "confidence=high", "--add", "notes=seen", "--set", "title=Ice roads anew")),
    Write("event", ("ice-roads", "entered_into_force", "2021-03", "--party", "NOR")),
    Write("link", ("ice-protocol", "supplements", "ice-roads")),
    Write("claim", ("ice-roads", "signed", "2020-02-03", "--source", "ice-gazette", "--adopt")),
    Write("note", ("ice-roads", "Seen on the ice")),
    Write("attach", ("ice-roads", "{inputs}/sheet.csv"), repeats=True),
    Write("remove", ("ice-roads", "--yes")),
    Write("merge", ("ice-road-deal", "ice-roads", "--yes")),
    Write("import", ("{inputs}/batch.ndjson", "--yes"), repeats=True),
    Write("import", ("{inputs}/sheet.csv", "--yes"), variant="sheet"),
    Write("propose", ("{inputs}/article.txt", "--published", "2023-01-18", "--accept", "all", "--yes"), repeats=True),
    Write("party add", ("Sea Scouts", "--kind", "other", "--code", "sea-scouts")),
    Write("party edit", ("ice-navy", "--set", "note=large")),
    Write("party alias", ("ice-navy", "Icy navy")),
    Write("party merge", ("ice-navy", "navy-ice", "--yes")),
    Write("focus add", ("Sea roads", "--code", "sea_roads")),
    Write("focus edit", ("ice_roads", "--set", "note=cold")),
    Write("focus merge", ("ice_roads", "roads_over_ice", "--yes")),
    Write("family add", ("Sea family", "--id", "sea-family")),
    Write("family edit", ("ice-family", "--set", "description=cold")),
    Write("family merge", ("ice-family", "family-of-ice", "--yes")),
    Write("signatory add", ("Bo Sea", "--id", "bo-sea")),
    Write("signatory edit", ("ann-icefield", "--set", "note=cold")),
    Write("signatory alias", ("ann-icefield", "Ann of the Ice")),
    Write("signatory merge", ("ann-icefield", "a-icefield", "--yes")),
    Write("source add", ("Sea gazette", "--id", "sea-gazette")),
    Write("source edit", ("ice-gazette", "--set", "publisher=The Ice Press")),
    Write("source merge", ("ice-gazette", "gazette-of-ice", "--yes")),
    Write("undo", ("--yes",)),
    Write("store init", (), NONE),
    Write("store migrate", (), OLD, repeats=True),
    Write("store restore", ("{inputs}/backup.db", "--yes")),
    Write("store backup", ("{place}/copy.db",), file="copy.db"),
    Write("store check", ("--fix",), WORN, repeats=True),
    Write("demo", (), NONE, repeats=True),
)

MAIN = {"add", "edit", "import", "remove", "undo", "store migrate", "store restore"}
"""Commands with a way of their own into the store; the rest go the way of ``add`` and ``edit``."""

TWINS = {f"{group} {verb}" for group in ("focus", "family", "signatory", "source") for verb in ("add", "edit", "alias")}
"""Commands that go the same way into the store as those of ``party``: killed in the long form only."""

READS = (("export",), ("list", "--json"), ("show", "us-jp-sosa-2023", "--json"))
"""Commands that only read."""
