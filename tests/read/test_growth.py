"""What the benchmark of all commands makes of its figures, and that it leaves no command out."""

from pathlib import Path

import every_command
import growth
import pytest
from growth import Measured

import tracker.commands

START = 0.1


def costs(power):
    return [Measured(size, START + size**power / 1_000_000, 0.0, 20.0) for size in (1_000, 10_000, 100_000, 1_000_000)]


@pytest.mark.parametrize(("power", "least", "most"), [(1, 0.99, 1.01), (2, 1.95, 2.05), (1.3, 1.25, 1.35)])
def test_the_growth_of_a_cost_is_its_power(power, least, most):
    assert least <= growth.exponent(costs(power)) <= most


def test_what_hardly_costs_more_is_flat_and_what_grows_faster_is_named():
    measured = {"one": costs(0), "linear": costs(1), "all of all": costs(2)}
    assert growth.exponent(measured["one"]) is None
    assert growth.too_fast(measured) == ["all of all: 1.96"]
    lines = list(growth.lines(measured, [1_000, 1_000_000]))
    assert lines[2] == "| `one` | 0.10 | 0.10 | flat | 0.00 | 20 |  |"
    assert growth.svg(measured, "a title").count("<polyline") == 3


def test_a_cost_that_is_lost_in_the_noise_tells_nothing_of_growth():
    seconds = {1_000: 0.1, 10_000: 0.101, 100_000: 0.2, 1_000_000: 1.1}
    points = [Measured(size, cpu, 0.0, 20.0) for size, cpu in seconds.items()]
    assert growth.exponent(points) == pytest.approx(1.0, abs=0.01)
    assert growth.exponent(points[:3]) is None
    assert next(line for line in growth.lines({"one": points[:3]}, [1_000]) if "`one`" in line).count("flat") == 0


def test_every_command_is_measured_or_told_why_not():
    folder = Path(tracker.commands.__file__).parent
    names = {path.stem.strip("_").partition("_")[0] for path in folder.glob("*.py")} - {"", "init", "backup"}
    asked = {row.typed.split()[0] for row in every_command.ROWS}
    assert names - asked == set(every_command.ELSEWHERE)
