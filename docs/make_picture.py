"""Make docs/terminal.svg, the picture of a terminal in the README, from a real run over the samples.

    python docs/make_picture.py

The lines are run as those of the cookbook are, with colours; what they print is drawn, letter by letter on a grid. The
picture holds no script and asks for no font: it takes the one for code of whoever looks at it.
"""  # noqa: INP001 - a script, no package

import os
import re
import runpy
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple
from unittest import mock

HERE = Path(__file__).parent
ROOT = HERE.parent
TARGET = HERE / "terminal.svg"

LINES = (
    "tracker list party:JPN signed:2023.. --sort signed",
    "tracker compare binding --by partner --party JPN",
    "tracker status jp-kr-gsomia-2016 --as-of 2019-12-01",
)
WIDTH = 100
LETTER, STEP, MARGIN, BAR = 8.0, 18.0, 16.0, 30.0
"""Width of a letter, height of a line, room around the text, height of the bar on top."""

INK, DIM, PAPER, EDGE, PROMPT = "#d6dbe1", "#8d97a3", "#14181d", "#2b323b", "#7bc275"
COLORS = {31: "#f0808a", 32: "#7bc275", 33: "#e5b567", 34: "#79a8f0", 35: "#c49bea", 36: "#62c4cf", 90: DIM}
"""Colours of a terminal by their number, each at least 4.5:1 on the paper (WCAG 2.2, 1.4.3)."""

FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
CODE = re.compile(r"\x1b\[([\d;]*)m")


WORDS = re.compile(r"\S+(?: \S+)*")
"""What stands together; pictures do not keep several blanks."""


class Look(NamedTuple):
    """How a piece of text looks."""

    color: str = INK
    bold: bool = False

    def then(self, number: int) -> "Look":
        """Return the look after a code of a terminal; raises KeyError for one that has none here."""
        if number == 0:
            return Look()
        if number == 1:
            return self._replace(bold=True)
        return self._replace(color=DIM if number == 2 else INK if number == 37 else COLORS[number])


def pieces(line: str) -> Iterator[tuple[int, str, Look]]:
    """Yield the pieces of a line that stand together and look alike, each with the place of its first letter."""
    look, at, begun = Look(), 0, 0
    for code in [*CODE.finditer(line), None]:
        text = line[begun : code.start() if code else len(line)]
        yield from ((at + word.start(), word[0], look) for word in WORDS.finditer(text))
        at += len(text)
        if code:
            begun = code.end()
            for number in code[1].split(";"):
                look = look.then(int(number or 0))


def drawn(lines: list[str]) -> Iterator[str]:
    """Yield the lines of the picture."""
    width, height = WIDTH * LETTER + 2 * MARGIN, BAR + STEP * len(lines) + 2 * MARGIN - 6
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title" {size}>'
    yield f'<title id="title">A terminal with what {", ".join(LINES)} print</title>'
    yield f'<rect width="{width:g}" height="{height:g}" rx="8" fill="{PAPER}" stroke="{EDGE}"/>'
    for at, color in enumerate((COLORS[31], COLORS[33], COLORS[32])):
        yield f'<circle cx="{MARGIN + 4 + 20 * at:g}" cy="{BAR / 2 + 2:g}" r="6" fill="{color}"/>'
    yield f'<g font-family="{FONT}" font-size="13.2">'
    for number, line in enumerate(lines, 1):
        for at, text, look in pieces(line):
            yield _text(text, MARGIN + at * LETTER, BAR + 6 + number * STEP, look)
    yield "</g>"
    yield "</svg>"


def _text(text: str, x: float, y: float, look: Look) -> str:
    weight = ' font-weight="700"' if look.bold else ""
    place = f'x="{x:g}" y="{y:g}" textLength="{len(text) * LETTER:g}" lengthAdjust="spacingAndGlyphs"'
    return f'<text {place} fill="{look.color}"{weight}>{escape(text)}</text>'


def printed() -> Iterator[str]:
    """Yield what a terminal shows: each line that is typed, and what comes back."""
    cookbook = SimpleNamespace(**runpy.run_path(str(HERE / "make_cookbook.py")))
    with tempfile.TemporaryDirectory() as name, cookbook.surroundings(Path(name)), chdir(name):
        cookbook.make_store([{"line": "tracker import samples/*.json", "at": "2026-11-22T09:00:00Z"}])
        with mock.patch.dict(os.environ, {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}):
            del os.environ["NO_COLOR"]
            for number, line in enumerate(LINES):
                if number:
                    yield ""
                yield f"\x1b[32m$\x1b[0m \x1b[1m{line}\x1b[0m"
                code, said = cookbook.run(line)
                if code:
                    raise ValueError(f"{line}: {said}")
                yield from said.rstrip("\n").split("\n")


def text() -> str:
    """Return the picture as it has to be."""
    return "\n".join(drawn(list(printed()))) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    TARGET.write_text(text(), encoding="utf-8")
