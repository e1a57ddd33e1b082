"""A register of the samples, and the program to ask it: in this process for speed, in one of its own for real pipes."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from browsing import Browser, missing
from hypothesis import settings
from running import NOON, SAMPLES, TODAY, WITHOUT_ROOT, Outcome, Run, called, in_process

from tracker import clock

KEPT_OUT = (
    *("TRACKER_STORE", "TRACKER_TODAY", "TRACKER_ACTOR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"),
    "PYTHONDONTWRITEBYTECODE",  # every process of its own would compile the program anew
    *("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "EDITOR", "VISUAL", "PAGER"),
)
"""Variables that the program listens to."""

WITHOUT_CORPORA = "TRACKER_CORPORA names no folder of data sets; they are no part of the project"
WITHOUT_LONG_FORMS = "long forms; .ci/run has them: pytest -m long"
TESTS = Path(__file__).parent
LEFT_OUT = pytest.StashKey[dict[str, int]]()
"""How many tests were left out for which reason."""

settings.register_profile("full", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("steady", settings.get_profile("full"), max_examples=25)
settings.register_profile("random", deadline=None, database=None, print_blob=True, max_examples=1000)
settings.load_profile("steady")
"""The same examples on every run, so that a red test means a change; ``benchmarks/random_seeds.py`` draws new ones.

Quick runs try few; .ci/run tries more once: pytest --hypothesis-profile=full.
"""


def pytest_configure(config: pytest.Config) -> None:
    """Keep the settings, the stores and the clock of whoever runs the tests out of them."""
    config.stash[LEFT_OUT] = {}
    for name in KEPT_OUT:
        os.environ.pop(name, None)
    clock.use(lambda: NOON)


def begin_at_the_other_end(config: pytest.Config) -> None:
    """Let every second process of xdist collect from the end: what it has compiled, those from the beginning find."""
    worker = getattr(config, "workerinput", {}).get("workerid", "gw0")
    if int(worker.removeprefix("gw")) % 2 and config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        config.args = [
            str(path)
            for path in sorted(TESTS.iterdir(), reverse=True)
            if path.match("test_*.py") or [*path.rglob("test_*.py")]
        ]


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Look for no garbage among what is collected: all of it is kept, and every look would go through all of it."""
    begin_at_the_other_end(session.config)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out long forms that are not asked for by ``-m``, and what needs data sets that are not there.

    Of the cases of a test that is ``sampled(n)`` the first of every n is quick, the others are long forms.
    """
    items.sort(key=lambda item: item.path)  # whichever was collected first: xdist wants one order of all
    places: Counter[str] = Counter()
    for item in items:
        sampled = item.get_closest_marker("sampled")
        if sampled:
            name = item.nodeid.partition("[")[0]
            if places[name] % sampled.args[0]:
                item.add_marker(pytest.mark.long)
            places[name] += 1
    absent = [] if os.environ.get("TRACKER_CORPORA") else [("corpus", WITHOUT_CORPORA)]
    unasked = [] if "long" in (config.option.markexpr or "") else [("long", WITHOUT_LONG_FORMS)]
    for mark, reason in absent + unasked:
        out = [item for item in items if item.get_closest_marker(mark)]
        if out:
            config.stash[LEFT_OUT][reason] = len(out)
            config.hook.pytest_deselected(items=out)
            items[:] = [item for item in items if not item.get_closest_marker(mark)]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Learn from a process of xdist what it left out; each leaves out the same."""
    node.config.stash[LEFT_OUT].update(node.workeroutput.get("left out", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that prints the summary what this one left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left out"] = session.config.stash[LEFT_OUT]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, one line a reason."""
    reports = terminalreporter.getreports("skipped")
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in reports)
    reasons.update(terminalreporter.config.stash[LEFT_OUT])
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"left out: {number} {'test' if number == 1 else 'tests'}: {reason}")


@pytest.fixture
def new_stores(blank_store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program copy a new store instead of making it: all are the same, and one takes a fifth of a second."""
    from tracker.store.file import migrate

    monkeypatch.setattr(migrate, "_write_new", partial(shutil.copyfile, blank_store_file))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_stores: None) -> Path:
    """An empty HOME, a fixed day and a named actor."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name, value in {"HOME": str(folder), "TRACKER_TODAY": TODAY, "TRACKER_ACTOR": "tester"}.items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """Run the program in this process: ``run("list", "--json", stdin=None)`` gives code, out and err."""

    def start(*arguments: object, stdin: str | bytes = b"") -> Outcome:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        code, out, err = called([str(argument) for argument in arguments], data)
        return Outcome(code, out.decode(), err.decode())

    return start


@pytest.fixture
def run_process(home: Path) -> Run:
    """Run the program in a process of its own; ``unprivileged`` makes permissions bind even for root."""

    def start(*arguments: object, stdin: str | bytes = b"", unprivileged: bool = False) -> Outcome:
        program = [str(WITHOUT_ROOT)] if unprivileged else ["-m", "tracker"]
        return in_process([*program, *(str(argument) for argument in arguments)], stdin)

    return start


@pytest.fixture
def run_python(home: Path) -> Run:
    """Run a piece of Python in a clean interpreter that can import the program."""

    def start(code: str, *arguments: object) -> Outcome:
        return in_process(["-c", code, *(str(argument) for argument in arguments)], b"")

    return start


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of all samples, made once by the program itself; not to be written to."""
    path = tmp_path_factory.mktemp("samples") / "register.db"
    files = [str(file) for file in SAMPLES]
    arguments = ["--no-config", "--store", str(path), "--today", TODAY, "--actor", "tester", "import", *files]
    code, _, err = called(arguments, b"")
    assert code == 0, err.decode()
    return path


@pytest.fixture(scope="session")
def blank_store_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing but the built-in parties and focus areas, made once; not to be written to."""
    path = tmp_path_factory.mktemp("blank") / "register.db"
    code, _, err = called(["--no-config", "--store", str(path), "store", "init"], b"")
    assert code == 0, err.decode()
    return path


@pytest.fixture
def other_store(blank_store_file: Path, tmp_path: Path) -> Path:
    """An empty store of the test's own, which has to be named."""
    return Path(shutil.copy(blank_store_file, tmp_path / "other.db"))


@pytest.fixture
def store(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the samples of the test's own, which the program finds without being told."""
    path = Path(shutil.copy(sample_store, tmp_path / "register.db"))
    monkeypatch.setenv("TRACKER_STORE", str(path))
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, the one of all tests of a file; without one they are skipped, but for where CI runs them."""
    lack = missing()
    if lack and not os.environ.get("CI"):
        pytest.skip(lack)
    assert not lack, lack
    found = Browser()
    yield found
    found.close()
