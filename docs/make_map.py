"""The map of the rooms in ``docs/architecture.md``, drawn from the imports, so that it cannot lie.

``python docs/make_map.py`` writes it anew; a test holds it current. A room is a folder of the package. It stands on
the floor above the highest room that it imports from, inside functions too; rooms that import each other would have no
floor, and are refused. Each is told with those it stands on: what these stand on in their turn it may know as well.
"""  # noqa: INP001 - a script, no package

import ast
import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "tracker"
PAGE = HERE / "architecture.md"
BEGIN, END = "<!-- map: made by docs/make_map.py -->\n", "<!-- end of the map -->\n"
ROOT = "tracker"
CONTRACT = "(contract)"
WIDTH = 118

Rooms = dict[str, set[str]]
"""Each room with the rooms that it imports from."""


@cache
def modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name."""
    return {_dotted(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a module and all that stands in it but expressions, which are most of it and import nothing."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr):
            yield from statements(child)


def imported(path: Path, known: Mapping[str, Path]) -> set[str]:
    """Return the modules of the package that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules_named = {f"{node.module}.{name.name}" for name in node.names} & known.keys()
            names |= modules_named or {node.module}
        elif isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
    return names & known.keys()


def room(name: str, path: Path) -> str:
    """Return the room of a module: its folder; a module at the top of the package is a room of its own.

    So is what a folder's own ``__init__`` says where it is more than a word on the folder: the contract of its modules.
    """
    short = name.removeprefix(f"{ROOT}.")
    if path.name == "__init__.py":
        return short if name == ROOT else f"{short} {CONTRACT}"
    return short if "." not in short else short.rpartition(".")[0]


@cache
def rooms() -> Rooms:
    """Return all rooms with those that they import from."""
    known = modules()
    arrows: Rooms = defaultdict(set)
    for name, path in known.items():
        here = room(name, path)
        arrows[here] |= {room(other, known[other]) for other in imported(path, known)} - {here}
    used = set().union(*arrows.values())
    return {here: below for here, below in arrows.items() if here in used or not here.endswith(CONTRACT)}


def floors(arrows: Rooms) -> list[list[str]]:
    """Return the rooms floor by floor from the bottom; raises ValueError for rooms that import each other."""
    left, built = dict(arrows), []
    placed: set[str] = set()
    while left:
        floor = sorted(name for name, below in left.items() if below <= placed)
        if not floor:
            raise ValueError(f"rooms in a circle: {', '.join(sorted(left))}")
        built.append(floor)
        placed |= set(floor)
        left = {name: below for name, below in left.items() if name not in placed}
    return built


def below(arrows: Rooms) -> Rooms:
    """Return for each room what it stands on: the rooms it imports from, without what these stand on themselves."""
    reached: Rooms = {}
    stands: Rooms = {}
    for name in (name for floor in floors(arrows) for name in floor):
        deeper = set().union(*(reached[other] for other in arrows[name]))
        stands[name] = arrows[name] - deeper
        reached[name] = arrows[name] | deeper
    return stands


def idea(name: str) -> str:
    """Return what a room is, in the words of its own docstring: its first sentence."""
    known = modules()
    short = name.removesuffix(f" {CONTRACT}")
    text = ast.get_docstring(ast.parse(known.get(f"{ROOT}.{short}", known[ROOT]).read_text(encoding="utf-8"))) or ""
    return re.split(r"[.:;](?:\s|$)", " ".join(text.split()))[0]


def drawn() -> str:
    """Return the map as text: from the top floor down, each room with what it is and the rooms that it stands on."""
    arrows = rooms()
    stands, built = below(arrows), floors(arrows)
    longest = max(map(len, arrows))
    lines = ["```text"]
    for number, floor in reversed(list(enumerate(built))):
        for name in floor:
            margin = " " * (longest + 6)
            head = f"{number:>2}  {name:<{longest}}  "
            lines += textwrap.wrap(idea(name), WIDTH, initial_indent=head, subsequent_indent=margin)
            on = ", ".join(sorted(stands[name]))
            lines += textwrap.wrap(on, WIDTH, initial_indent=f"{margin}on ", subsequent_indent=f"{margin}   ")
    return "\n".join([*lines, "```", ""])


def page(text: str) -> str:
    """Return the text of the page with the map made anew; raises ValueError where it has no place for one."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"{PAGE.name} has no place for the map")
    return pattern.sub(lambda _: f"{BEGIN}{drawn()}{END}", text)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(drawn())
