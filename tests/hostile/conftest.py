"""A place to misbehave in, with a register of the samples."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from attempts import Place
from running import TODAY


def _forbidden(*_: object) -> None:
    raise AssertionError("a connection to the network")


@pytest.fixture(scope="module")
def place(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A folder with a register, in which the program runs; one for all examples of a file."""
    root = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"HOME": str(root / "home"), "TRACKER_TODAY": TODAY, "TRACKER_ACTOR": "tester"}.items():
            patch.setenv(name, value)
        (root / "home").mkdir()
        patch.setattr(socket.socket, "connect", _forbidden)
        patch.setattr(socket, "getaddrinfo", _forbidden)
        found = Place(root / "place", sample_store)
        patch.chdir(found.folder)
        yield found
