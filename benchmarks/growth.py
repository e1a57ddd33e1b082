"""How costs grow: the exponent that fits them, a table, and a plot as SVG."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

FLAT = 0.05
"""Seconds beyond the smallest register below which nothing can be told of how a command grows."""

LINEAR = 1.15
"""The largest exponent of what is called linear."""


class Measured(NamedTuple):
    """What a command cost on a register of so many agreements, and its floor in SQL where there is one."""

    agreements: int
    cpu: float
    wall: float
    memory: float
    floor: float | None = None


def exponent(points: Sequence[Measured]) -> float | None:
    """Return the power of the number of agreements with which the cost grows, None where it is flat or too few tell.

    The smallest register tells what does not grow; those that cost more are fitted by least squares of logarithms.
    """
    first, *others = sorted(points)
    grown = [(one.agreements - first.agreements, one.cpu - first.cpu) for one in others]
    fitted = [(math.log(more), math.log(cost)) for more, cost in grown if cost >= FLAT]
    if len(fitted) < 2:
        return None
    middle = sum(x for x, _ in fitted) / len(fitted), sum(y for _, y in fitted) / len(fitted)
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in fitted)
    return above / sum((x - middle[0]) ** 2 for x, _ in fitted)


def lines(costs: Mapping[str, Sequence[Measured]], sizes: Sequence[int]) -> Iterator[str]:
    """Yield a table in Markdown: CPU seconds by size, growth; clock, memory and ratio to the floor at the largest."""
    yield "| command | " + " | ".join(f"{size:,}" for size in sizes) + " | growth | clock | MiB | of SQL |"
    yield "|---" * (len(sizes) + 5) + "|"
    for name, points in costs.items():
        by_size = {point.agreements: point for point in points}
        last = max(points)
        power = exponent(points)
        cells = [f"{by_size[size].cpu:.2f}" if size in by_size else "" for size in sizes]
        is_flat = len(points) > 2 and last.cpu - min(points).cpu < FLAT
        cells.append("flat" if is_flat else "" if power is None else f"{power:.2f}")
        cells += [f"{last.wall:.2f}", f"{last.memory:.0f}"]
        cells.append(f"{last.cpu / last.floor:.1f}" if last.floor and last.floor > FLAT else "")
        yield f"| `{name}` | " + " | ".join(cells) + " |"


def too_fast(costs: Mapping[str, Sequence[Measured]]) -> list[str]:
    """Return the commands that grow faster than linear."""
    powers = {name: exponent(points) for name, points in costs.items()}
    return [f"{name}: {power:.2f}" for name, power in powers.items() if power is not None and power > LINEAR]


WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 460, 60, 280, 20, 40
COLOURS = ("#1b6ca8", "#b3541e", "#2e7d32", "#7b1fa2", "#c2185b", "#00838f", "#6d4c41", "#455a64", "#9e9d24", "#d84315")


def svg(costs: Mapping[str, Sequence[Measured]], title: str) -> str:
    """Return a plot of the ten commands that cost most, both axes in powers of ten."""
    shown = sorted(costs.items(), key=lambda item: -max(item[1]).cpu)[: len(COLOURS)]
    every = [point for _, points in shown for point in points]
    across = _axis([point.agreements for point in every], LEFT, WIDTH - RIGHT)
    up = _axis([point.cpu for point in every], HEIGHT - BOTTOM, TOP)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif"'
        f' font-size="11"><title>{title}</title><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    )
    parts = [head]
    for power in range(across.first, across.last + 1):
        x = across.at(10.0**power)
        parts.append(f'<path d="M{x:.0f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.0f}" y="{HEIGHT - 20}" text-anchor="middle">{10**power:,}</text>')
    for power in range(up.first, up.last + 1):
        y = up.at(10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} s</text>')
    ends: list[float] = []
    for colour, (name, points) in zip(COLOURS, shown, strict=False):
        places = [(across.at(point.agreements), up.at(point.cpu)) for point in sorted(points)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        label = next(
            y for y in (places[-1][1] + 13 * step for step in range(99)) if all(abs(y - e) >= 13 for e in ends)
        )
        ends.append(label)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        said = name.replace("&", "&amp;").replace("<", "&lt;")
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{label + 4:.1f}" fill="{colour}">{said}</text>')
    return "\n".join([*parts, "</svg>", ""])


class Axis(NamedTuple):
    """Powers of ten from one place to another."""

    first: int
    last: int
    begins: float
    ends: float

    def at(self, value: float) -> float:
        """Return where a value stands."""
        share = (math.log10(value) - self.first) / (self.last - self.first)
        return self.begins + share * (self.ends - self.begins)


def _axis(values: Sequence[float], begins: float, ends: float) -> Axis:
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return Axis(first, max(last, first + 1), begins, ends)
