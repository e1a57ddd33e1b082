"""The faults of ``benchmarks/fault_kinds``, injected one by one."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from fault_kinds.stores import Bench


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The stores from which faults start."""
    return Bench(tmp_path_factory.mktemp("faults") / "bench")
