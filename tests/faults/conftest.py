"""The faults of ``benchmarks/fault_kinds``, injected side by side while the tests wait for their verdicts."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from fault_kinds.cases import Case
from fault_kinds.stores import Bench
from fault_kinds.verdicts import Verdict


def seed(case: Case, number: int) -> str:
    """Tell the injections of all cases apart, the same ones in every run."""
    return f"{number} {case.kind} {case.command}"


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The stores from which faults start."""
    return Bench(tmp_path_factory.mktemp("faults") / "bench")


@pytest.fixture(scope="session")
def verdicts_of(bench: Bench, request: pytest.FixtureRequest) -> Iterator[Callable[[Case], list[Verdict]]]:
    """Inject what the chosen tests ask for, all at once; give the verdicts of one of them."""
    callspecs = [item.callspec for item in request.session.items if hasattr(item, "callspec")]
    cases = [spec.params["case"] for spec in callspecs if isinstance(spec.params.get("case"), Case)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        futures: dict[tuple[str, str], list[Future[Verdict]]] = {
            (case.kind, case.command): [
                pool.submit(case.inject, bench, Random(seed(case, number)))  # noqa: S311 - not secret
                for number in range(1, case.short + 1)
            ]
            for case in cases
        }
        yield lambda case: [future.result() for future in futures[case.kind, case.command]]
        pool.shutdown(cancel_futures=True)
