"""The pages of the documentation, as an installed program has them: ``tracker help docs/queries.md``."""

import re
from pathlib import Path

README = "README.md"


def folder() -> Path:
    """Where the pages lie: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).parents[2]
    inside = package / "docs"
    return inside if inside.is_dir() else package.parent / "docs"


def names() -> list[str]:
    """Return the pages as they are asked for, the first page first."""
    return [README, *sorted(f"docs/{file.name}" for file in folder().glob("*.md") if file.name != README)]


def text(word: str) -> str | None:
    """Return a page by its place, its file's name or that without an ending; None for what is no page."""
    name = word.removeprefix("docs/").removesuffix(".md")
    found = next((page for page in names() if Path(page).stem == name), None)
    if found is None:
        return None
    inside = folder() / Path(found).name
    return (inside if inside.is_file() else folder().parent / found).read_text(encoding="utf-8")


_PAGE = re.compile(r"(?<![\w/])(docs/\w+\.md|README\.md)")


def leading(read_on: str) -> str:
    """Return where to read on with the command that prints each page that is named."""
    return _PAGE.sub(r"tracker help \1", read_on)
