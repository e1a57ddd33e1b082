"""Files that are not what they seem: one clear line each, the right exit code, and nothing in the store."""

import os
import socket
from pathlib import Path

import pytest
import un_tables
from running import Outcome, Run

MIB = 1024 * 1024


@pytest.fixture
def refused(run: Run, other_store: Path, monkeypatch: pytest.MonkeyPatch):
    """Import something that cannot be read, and return the one line that says so."""
    monkeypatch.setenv("TRACKER_STORE", str(other_store))

    def refuse(*arguments: object, stdin: str | bytes = b"") -> str:
        done: Outcome = run("import", *arguments, stdin=stdin)
        assert (done.code, done.out) == (2, ""), done.err
        (line,) = done.err.splitlines()
        assert line.startswith("tracker: ")
        assert run("list").out.count("\n") == 1
        return line

    return refuse


def test_a_link_that_leads_nowhere(refused, tmp_path: Path) -> None:
    link = tmp_path / "deals.csv"
    link.symlink_to(tmp_path / "nowhere")
    assert "a link that leads nowhere" in refused(link)


def test_a_link_to_itself(refused, tmp_path: Path) -> None:
    link = tmp_path / "deals.csv"
    link.symlink_to(link)
    assert "a link that leads nowhere" in refused(link)


def test_a_link_to_a_file_is_that_file(run: Run, other_store: Path, tmp_path: Path) -> None:
    (tmp_path / "real.ndjson").write_text('{"record": "agreement", "ref": "xx-2020", "title": "X"}\n', encoding="utf-8")
    (tmp_path / "deals.ndjson").symlink_to(tmp_path / "real.ndjson")
    assert run("--store", other_store, "import", tmp_path / "deals.ndjson").code == 0


def test_a_link_out_of_a_folder_of_tables(refused, tmp_path: Path) -> None:
    folder = un_tables.make(tmp_path / "un")
    (tmp_path / "secret.csv").write_text("Participant\nNorway\n", encoding="utf-8")
    (folder / "treaties" / "27-99.csv").symlink_to(tmp_path / "secret.csv")
    assert "leads out of the folder" in refused(folder)


def test_a_device_a_socket_and_a_folder(refused, tmp_path: Path) -> None:
    assert "a device" in refused("/dev/zero")
    (tmp_path / "empty").mkdir()
    assert "is a folder" in refused(tmp_path / "empty")
    assert "no tables" in refused(tmp_path / "empty", "--from", "un-status")
    path = tmp_path / "s"
    os.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert "a socket" in refused(path)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.ndjson", "27-91.csv", "a"])
def test_an_empty_file(name: str, refused, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    assert "empty" in refused(tmp_path / name)
    (tmp_path / "27-91.csv").write_bytes(b"")
    assert "empty" in refused(tmp_path / "27-91.csv", "--from", "un-status")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Participant,Signature\nNor\0way,3 Dec 1990\n", "line 2 holds NUL bytes"),
        ("Participant,Signature\nCôte,3 Dec 1990\n".encode("latin-1"), "not UTF-8: byte 0xf4 in line 2"),
        (b"Participant,Signature\nNorway," + b"x" * (2 * MIB) + b"\n", "line 2 is longer than 1 MiB"),
        (b'Participant,Signature\nNorway,"3 Dec 1990\n', "no CSV"),
        (b"State,Signature\nNorway,3 Dec 1990\n", "the first column is 'State'"),
    ],
)
def test_tables_that_cannot_be_read(content: bytes, said: str, refused, tmp_path: Path) -> None:
    path = tmp_path / "27-91.csv"
    path.write_bytes(content)
    assert said in refused(path, "--from", "un-status")


def test_a_name_that_tells_no_treaty(refused, tmp_path: Path) -> None:
    path = tmp_path / "..csv"
    path.write_text("Participant,Signature\n", encoding="utf-8")
    assert "does not tell the treaty" in refused(path, "--from", "un-status")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("number", ["../../../etc/passwd", "..", "/", "9" * 500])
def test_a_list_whose_numbers_are_paths(number: str, run: Run, other_store: Path, tmp_path: Path) -> None:
    """Tables are found by the files that are there; what the list says is only looked up."""
    folder = un_tables.make(tmp_path / "un")
    with (folder / "index.csv").open("a", encoding="utf-8") as index:
        index.write(f'27,{number},"Treaty on nothing. Oslo, 1 May 1990",,,Buoys and Lights\n')
    code, _, err = run("--store", other_store, "import", folder)
    assert code == 0, err
    assert "(4 agreements)" in err


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'{"record": "agreement", "ref": "x", "title": "\xff"}', "not UTF-8"),
        ("a.json", b'{"record": "agr', "no JSON"),
        ("a.ndjson", b'{"record": "agreement", "title": "' + b"x" * (33 * MIB) + b'"}\n{}', "longer than 32 MiB"),
        ("a.ndjson", b'{"record": "tracker", "format": 9}\n{}\n', "format 9 is not known"),
    ],
)
def test_json_that_cannot_be_read(name: str, content: bytes, said: str, refused, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in refused(tmp_path / name)
    assert said in refused(tmp_path / name, "--skip-bad")


def test_lines_that_are_no_records_are_bad_rows(run: Run, other_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(b'{"ref": "xx-1", "title": "X"}\n' + b"[" * 100_000 + b'\n{"title": "\\u0000", "ref": "xx-2"}\n')
    code, _, err = run("--store", other_store, "import", path)
    assert code == 1
    assert "line 2: nested too deeply" in err
    assert "line 3: title:" in err
    assert run("--store", other_store, "import", path, "--skip-bad").code == 1


def test_a_table_from_a_pipe_is_refused(refused) -> None:
    assert "give the file itself" in refused("-", stdin="Participant,Signature\nNorway,3 Dec 1990\n")
