"""What an editor leaves behind, and what stands in the settings: any bytes, and nothing that was typed is lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from attempts import Place, patience
from hostile_documents import mutated, spoiled
from hostile_texts import NAMES, TEXTS, bounded
from hypothesis import given
from hypothesis import strategies as st

from tracker.record.document import strip_read_only
from tracker.shell.edit import editor
from tracker.shell.edit.editor import new_file, refused_folder, workplace

REF = "us-jp-sosa-2023"


@pytest.fixture(scope="module")
def record(place: Place) -> dict[str, Any]:
    return strip_read_only(json.loads(place.attempt("show", REF, "--json").out))


@pytest.fixture
def leaving(place: Place, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Edit with an editor that leaves such bytes; what is not taken is kept, byte by byte."""
    left = [b""]

    def run(_: list[str], file: Path) -> int:
        file.write_bytes(left[0])
        return 0

    monkeypatch.setattr(editor, "run", run)
    monkeypatch.setenv("EDITOR", "pen")

    def attempt(data: bytes) -> None:
        left[0] = data
        for file in refused_folder().glob("*"):
            file.unlink()
        done = place.free_attempt("--no-config", "--store", str(place.store), "edit", REF)
        kept = [file.read_bytes() for file in refused_folder().glob("*")]
        assert kept == ([data] if done.code else []), done
        if done.code:
            assert done.err.count(str(refused_folder())) == 1
        place.renew()

    return attempt


def test_any_edited_bytes_are_taken_or_kept(leaving: Any, record: dict[str, Any]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=2).encode()

    @bounded(30)
    @given(st.one_of(st.binary(min_size=1, max_size=60), mutated(text), spoiled([record])))
    def taken_or_kept(data: bytes) -> None:
        leaving(data)

    taken_or_kept()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", [*NAMES, *TEXTS], ids=range(len(NAMES) + len(TEXTS)))
def test_a_kept_text_lies_in_its_folder_whatever_the_record_is_called(name: str, place: Place) -> None:
    kept = new_file(name)
    assert kept.resolve().parent == refused_folder().resolve()
    with workplace(name) as work:
        folder = work.file.parent
        assert folder.stat().st_mode & 0o077 == 0
        assert list(folder.iterdir()) == [work.file]
    assert not folder.exists()
    kept.unlink()


SETTINGS = (
    b"a=" + b"[" * 100_000,
    b"store=" + b"9" * 5_000,
    b"[a" + b".a" * 50_000 + b"]",
    b"a." * 40_000 + b"b=1",
    b"a={" * 5_000,
    b"x" * 1_000_000,
    b"\xff",
    b'store="\\u0000"',
    b'store="\\ud800"',
    b'store=""',
    b'actor=""',
    b"color=1",
    b'store="a"\nstore="b"',
    b'actor="\\u001b[2J\\n"',
    b"store=1e999",
    b"store=1979-13-45",
    b'store="~nobody-of-that-name/x"',
    b'store="sqlite:///"',
    b'store="postgresql://example.org/x"',
    b'"\\u001b[31m"=1',
)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("data", SETTINGS, ids=range(len(SETTINGS)))
def test_bad_settings_end_in_order(data: bytes, place: Place) -> None:
    file = place.folder / "config.toml"
    file.write_bytes(data)
    with patience():
        for words in (("list", "--limit", "1"), ("store", "status"), ("add", "T", "--dry-run", "--yes")):
            place.attempt(*words, front=("--config", str(file)))


@bounded(30)
@given(data=st.one_of(st.binary(max_size=60), mutated(b'store = "a.db"\nactor = "me"\ncolor = true\n')))
def test_any_settings_end_in_order(place: Place, data: bytes) -> None:
    file = place.folder / "config.toml"
    file.write_bytes(data)
    place.attempt("list", "--limit", "1", front=("--config", str(file)))
