"""The test of every field, tested: a field that is only declared passes, and one that a consumer forgets is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT

DECLARED = """        Field(
            "gazette", t.LABEL, "gazette in which it was published", "Official Gazette 2023, p. 12", query="gazette",
            sheet=True, map=True, sort=True, compared=True, page="facts", search="notes"),
"""
BEFORE = '        Field("aliases", t.listed(t.HEADING), "other names"'

MIGRATION = '''"""The gazette in which an agreement was published."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    for table in ("agreement", "agreement_past"):
        op.add_column(table, sa.Column("gazette", sa.String(), nullable=True))
'''

FORGOTTEN = {
    "merge": ("record/merging/overlay.py", '        if field.unite in ("never", "own") or',
              '        if field.key == "gazette" or field.unite in ("never", "own") or', "only_the_one_that_goes"),
    "import again": ("record/merging/overlay.py", '        if field.unite in ("never", "own") or',
                     '        if field.key == "gazette" or field.unite in ("never", "own") or', "second_import"),
    "page": ("read/records/for_people.py", 'field.page == "facts" and',
             'field.key != "gazette" and field.page == "facts" and', "page_tells"),
    "sort": ("read/query/sorting.py", "if field.sort}", 'if field.sort and field.key != "gazette"}', "sorted_as"),
    "compare": ("read/answers/side_by_side.py", "for field in AGREEMENT.fields if field.compared",
                'for field in AGREEMENT.fields if field.compared and field.key != "gazette"', "compared_by"),
    "search": ("record/searched.py", "if field.search == column",
               'if field.key != "gazette" and field.search == column', "search_finds"),
}  # fmt: skip
"""Consumer to its file, the text that is there, what forgets the field, and the test that has to fail."""


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, path
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program with a text field more: a declaration, a column and a migration, three files."""
    for name in ("tracker", "migrations", "tests", "samples"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "released"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    replaced(tmp_path / "tracker/record/shapes.py", BEFORE, DECLARED + BEFORE)
    table = "    title_term: str | None = None\n"
    replaced(tmp_path / "tracker/store/schema/agreement_tables.py", table, f"    gazette: str | None = None\n{table}")
    last = max(file.name[:4] for file in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    text = MIGRATION.format(revision=f"{int(last) + 1:04}", before=last)
    (tmp_path / "migrations" / "versions" / f"{int(last) + 1:04}_gazette.py").write_text(text, encoding="utf-8")
    return tmp_path


def failed(copy: Path, which: str) -> bool:
    """Whether the test of every field finds something wrong with the new one."""
    command = [*(sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:xdist", "-p", "no:cacheprovider", "-q"),
               *("tests/record/test_every_field.py", "-k", which)]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False, timeout=600, text=True)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert " passed" in done.stdout or " failed" in done.stdout, done.stdout
    return done.returncode == 1


@pytest.mark.long
def test_a_field_that_is_only_declared_is_carried_everywhere(copy: Path) -> None:
    assert not failed(copy, "gazette")


@pytest.mark.long
@pytest.mark.parametrize("consumer", FORGOTTEN)
def test_a_consumer_that_forgets_a_field_is_found(consumer: str, copy: Path) -> None:
    file, old, new, which = FORGOTTEN[consumer]
    replaced(copy / "tracker" / file, old, new)
    assert failed(copy, f"gazette and {which}")
