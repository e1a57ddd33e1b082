"""Reports saved under a name, with their query and options: ``reports.toml`` in the user's configuration folder."""

from tracker.files.named_lines import NamedLines

REPORTS = NamedLines(
    file="reports.toml",
    noun="saved report",
    plural="saved reports",
    example="changes --during -7d.. party:JPN",
    way="tracker report changes --save {name}",
    listing="tracker report",
)
