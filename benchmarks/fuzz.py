"""Every parser and importer, given inputs that grow by the code that they reach; a table of what they did.

    python benchmarks/fuzz.py [--minutes 10] [--target NAME ...] [--keep FOLDER]

Needs atheris (``pip install 'treaty-tracker[fuzz]'``; Linux and macOS). Each target runs in a process of its own for
its share of the minutes, and begins with the texts that stand in the tests. A target may refuse its input in the ways
that it documents; anything else that it raises is a crash, and an input that takes more than two seconds of processor
time is slow. Both are kept in FOLDER, told once by the line that raised, and end the run with 1: each becomes a test.

Prints a table: target, inputs, crashes, inputs over two seconds, most memory in MiB.
"""

import argparse
import ast
import hashlib
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
SLOW = 2.0
"""Seconds of processor time."""

LONGEST = 4096
"""Bytes of an input."""

TODAY = "2026-11-22"

Parse = Callable[[bytes], object]


def text(data: bytes) -> str:
    """Return bytes as text, half characters included."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _all(entries: Iterator[object]) -> None:
    for _ in entries:
        pass


def _importer(name: str) -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker import plugins
    from tracker.errors import TrackerError

    module = plugins.load("importers", name)
    return lambda data: _all(module.read(io.BytesIO(data), f"fuzz.{name}")), (TrackerError,)


WORKBOOK = "xl/workbook.xml"
PARTS = (WORKBOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
"""Parts of a workbook that are read; the first byte of an input says which it stands for."""


def _workbook() -> tuple[Parse, tuple[type[Exception], ...]]:
    import xlsxwriter

    good = io.BytesIO()
    with xlsxwriter.Workbook(good) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["title", "parties", "signed"])
        sheet.write_row(1, 0, ["Note on radar", "JPN; USA", 45000], book.add_format({"num_format": "yyyy-mm-dd"}))
    with zipfile.ZipFile(good) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    read, refused = _importer("xlsx")

    def parse(data: bytes) -> object:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
            chosen = PARTS[data[0] % len(PARTS)] if data else WORKBOOK
            for name, content in {**parts, chosen: data[1:]}.items():
                package.writestr(name, content)
        return read(made.getvalue())

    return parse, refused


def _files(
    name: str, read: Callable[[Path], object], *refused: type[Exception]
) -> tuple[Parse, tuple[type[Exception], ...]]:
    """A target that opens a file itself."""
    folder = tempfile.mkdtemp(prefix="tracker-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)  # noqa: S108
    path = Path(folder) / name

    def parse(data: bytes) -> object:
        path.write_bytes(data)
        return read(path)

    return parse, refused


def _un_status() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.errors import TrackerError
    from tracker.importers import un_status

    return _files("4-1.csv", lambda path: _all(un_status.read_path(path)), TrackerError)


def _un_index() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.errors import TrackerError
    from tracker.importers import un_status

    return _files("index.csv", lambda path: _all(un_status.read_path(path)), TrackerError)


def _map() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.errors import TrackerError
    from tracker.importers import mapping

    sheet = b"No,Name,Between,Signed,Status\n1,Note on radar,USA/Japan,12/01/2023,political\n2,B,,TBD,law\n"

    def read(path: Path) -> None:
        _all(mapping.importer(path).read(io.BytesIO(sheet), "deals.csv"))

    return _files("deals.toml", read, TrackerError)


MAP = b"""
[agreement]
key = "No"
title = "Name"
[agreement.binding_status]
column = "Status"
values = { law = "binding", political = "non_binding" }
[[party]]
column = "Between"
separator = "/"
[[event]]
kind = "signed"
date = { column = "Signed", formats = ["DD/MM/YYYY", "D Month YYYY"], sentinels = ["TBD"] }
[sheet]
optional = ["Name", "No", "Status", "Between", "Signed"]
"""


def _mapped() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.errors import TrackerError
    from tracker.importers import mapping

    folder = tempfile.mkdtemp(prefix="tracker-fuzz-")
    path = Path(folder) / "deals.toml"
    path.write_bytes(MAP)
    importer = mapping.importer(path)
    return lambda data: _all(importer.read(io.BytesIO(data), "deals.csv")), (TrackerError,)


def _draft() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.errors import TrackerError
    from tracker.work.taking.drafting import first_map

    return _files("deals.csv", first_map, TrackerError)


def _query() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.query.parsing import parse
    from tracker.query.tree import QueryError

    return lambda data: parse(text(data)), (QueryError,)


def _path() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.record.paths import PathError, canonical, parse

    def read(data: bytes) -> None:
        with suppress(PathError):
            parse(text(data))
        canonical(text(data))

    return read, (PathError,)


def _dates() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.dates import edtf, typed
    from tracker.dates.day import DateError

    def read(data: bytes) -> None:
        with suppress(DateError):
            edtf.parse(text(data))
        typed.read(text(data), TODAY)

    return read, (DateError,)


def _ranges() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.dates import fiscal_years, ranges

    def read(data: bytes) -> None:
        for parse in (
            lambda words: ranges.parse_range(words, TODAY),
            lambda words: ranges.parse_instant(words, TODAY),
            lambda words: fiscal_years.typed(words, ["JPN", "USA"]),
        ):
            with suppress(ValueError):
                parse(text(data))

    return read, ()


def _texts() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.errors import TrackerError
    from tracker.record import vocabulary
    from tracker.text import names, people, refs, safety, search
    from tracker.work import typed

    def read(data: bytes) -> None:
        words = text(data)
        people.read(words)
        names.suggest(words, ["Japan", "Lloyd J. Austin III"])
        names.near(words, ["lloyd j austin iii"])
        refs.proposed_id(words)
        safety.visible(words)
        search.asked(words, quoted=False)
        vocabulary.understood(words, vocabulary.INSTRUMENT_TYPES)
        typed.evidence(words, "binding", [])

    return read, (TrackerError,)


def _edited() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.errors import InvalidRecord
    from tracker.shell.edit import text as edited
    from tracker.store.validation.models import validate

    return lambda data: validate(edited.read(data), "fuzz", "agreement"), (ValueError, InvalidRecord)


def _article() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.articles.reading import read
    from tracker.errors import UnreadableFile

    def parse(data: bytes) -> None:
        name = ("text.txt", "text.md", "text.html")[data[0] % 3 if data else 0]
        read(data[1:], name)

    return parse, (UnreadableFile,)


def _propose() -> tuple[Parse, tuple[type[Exception], ...]]:
    from tracker.proposing.basis.document import Document
    from tracker.proposing.basis.vocabulary import Vocabulary
    from tracker.proposing.propose import propose

    names = {
        "JPN": ("Japan", "Japon", "日本"),
        "USA": ("United States", "United States of America", "Vereinigte Staaten"),
    }
    vocabulary = Vocabulary(
        [(spelling, code) for code, spelt in names.items() for spelling in spelt], {"cyber": "Cyber"}
    )
    languages = ("en", "fr", "de", "es", "ja", None)

    def parse(data: bytes) -> None:
        language = languages[data[0] % len(languages) if data else 0]
        propose(Document(text(data[1:]), language=language, published="2023-01-18"), vocabulary)

    return parse, ()


TARGETS: dict[str, tuple[Callable[[], tuple[Parse, tuple[type[Exception], ...]]], str]] = {
    "json": (lambda: _importer("json"), "importers hostile"),
    "ndjson": (lambda: _importer("ndjson"), "importers hostile"),
    "csv": (lambda: _importer("csv"), "importers hostile"),
    "xlsx": (lambda: _importer("xlsx"), "importers hostile"),
    "workbook": (_workbook, "importers"),
    "un-status": (_un_status, "importers"),
    "un-index": (_un_index, "importers"),
    "map": (_map, "importers"),
    "mapped": (_mapped, "importers"),
    "draft": (_draft, "importers"),
    "query": (_query, "query cli read"),
    "path": (_path, "record cli"),
    "dates": (_dates, "dates importers"),
    "ranges": (_ranges, "dates read"),
    "texts": (_texts, "text cli hostile"),
    "edited": (_edited, "record cli importers"),
    "article": (_article, "proposing"),
    "propose": (_propose, "proposing"),
}
"""What is run, and the folders of tests whose texts it begins with."""


def seeds(folders: str) -> Iterator[bytes]:
    """Yield the texts and bytes that stand in the tests of some folders, and small samples."""
    for folder in folders.split():
        for file in sorted((ROOT / "tests" / folder).glob("*.py")):
            for node in ast.walk(ast.parse(file.read_bytes())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                    value = node.value
                    data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
                    if 0 < len(data) <= LONGEST:
                        yield data


class Watch:
    """Runs one target on inputs and keeps what went wrong, each kind once."""

    def __init__(self, name: str, keep: Path) -> None:
        make, _ = TARGETS[name]
        self.name, self.keep = name, keep
        self.parse, self.refused = make()
        self.inputs = 0
        self.found: dict[str, list[str]] = {"crash": [], "slow": []}
        self.told: set[str] = set()

    def run(self, data: bytes) -> None:
        """Give the target one input."""
        self.inputs += 1
        begun = time.process_time()
        try:
            self.parse(data)
        except self.refused:
            pass
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            self.note("crash", where, f"{where}: {error}", data)
        if time.process_time() - begun > SLOW:
            self.note("slow", "slow", f"{time.process_time() - begun:.1f} s for {len(data)} bytes", data)

    def note(self, kind: str, mark: str, sentence: str, data: bytes) -> None:
        """Keep an input, unless one of its kind is kept."""
        if mark in self.told:
            return
        self.told.add(mark)
        file = self.keep / f"{self.name}-{kind}-{hashlib.sha256(data).hexdigest()[:12]}"
        file.write_bytes(data)
        self.found[kind].append(f"{self.name}: {sentence[:200]} ({file})")

    def summary(self) -> str:
        """Return what came of it, as JSON."""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)
        return json.dumps({"inputs": self.inputs, "memory": round(memory), **self.found})


def fuzz(name: str, seconds: int, keep: Path) -> None:
    """Run one target for so long; ends the process, as libFuzzer does, and leaves a summary in a file."""
    import atexit

    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["tracker"]):
        watch = Watch(name, keep)
    result = keep / f"{name}.json"
    atexit.register(lambda: result.write_text(watch.summary()))
    corpus = Path(tempfile.mkdtemp(prefix="tracker-corpus-"))
    for data in seeds(TARGETS[name][1]):
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    end = time.monotonic() + seconds

    def one(data: bytes) -> None:
        if time.monotonic() > end:
            result.write_text(watch.summary())
            os._exit(0)
        watch.run(data)

    limits = ["-timeout=60", "-rss_limit_mb=2048", f"-artifact_prefix={keep / name}-"]
    line = [sys.argv[0], f"-max_len={LONGEST}", *limits, "-verbosity=0", str(corpus)]
    atheris.Setup(line, one)
    atheris.Fuzz()


def main(arguments: Sequence[str] | None = None) -> int:
    """Give each target its share of the time, and print the table."""
    parser = argparse.ArgumentParser(description="Parsers and importers on inputs that grow by what they reach.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", action="append", choices=TARGETS)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "tracker-fuzz")
    parser.add_argument("--seconds", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if find_spec("atheris") is None:
        parser.error("atheris is not there; install it with: pip install 'treaty-tracker[fuzz]'")
    options.keep.mkdir(parents=True, exist_ok=True)
    if options.seconds:
        fuzz(options.target[0], options.seconds, options.keep)
        return 0
    names = options.target or list(TARGETS)
    seconds = max(1, round(60 * options.minutes / len(names)))
    failed = 0
    print(f"{'target':<12}{'inputs':>10}{'crashes':>9}{'slow':>6}{'MiB':>6}")
    for name in names:
        result = options.keep / f"{name}.json"
        result.unlink(missing_ok=True)
        line = [sys.executable, __file__, "--target", name, "--seconds", str(seconds), "--keep", str(options.keep)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
        if not result.exists():
            print(f"{name}: ended without an account:\n{done.stderr[-2000:]}")
            failed = 1
            continue
        found = json.loads(result.read_text())
        print(f"{name:<12}{found['inputs']:>10}{len(found['crash']):>9}{len(found['slow']):>6}{found['memory']:>6}")
        for sentence in (*found["crash"], *found["slow"]):
            print(f"  {sentence}")
            failed = 1
        sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main())
