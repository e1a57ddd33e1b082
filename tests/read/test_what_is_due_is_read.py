"""Only agreements that may have something due are read for ``due``, and none is missed."""

import pytest
from running import called

from tracker.read.life import deadlines


def due(store, *words):
    code, out, said = called(["--store", str(store), "due", *words, "-f", "csv"], b"")
    assert code == 0, said.decode()
    return out


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "words",
    [
        ("--as-of", "2026-11-26"),
        ("--as-of", "2026-11-26", "--within", "1y"),
        ("--as-of", "1990-01-01"),
        ("--as-of", "2000-06-01", "--within", "5y"),
        ("--as-of", "1975-01-01", "--kind", "renewal,entry,survival"),
        ("--as-of", "2010-01-01", "--kind", "unratified,stale_promise"),
    ],
    ids=" ".join,
)
def test_nothing_is_missed_that_is_found_where_all_agreements_are_read(monkeypatch, rich_store, words):
    found, read = due(rich_store, *words), len(seen(monkeypatch, rich_store, words))
    for name in ("RUNNING", "IS_GOING_ON", "SIGNED"):
        monkeypatch.setattr(deadlines, name, "1")
    assert due(rich_store, *words) == found
    assert 4 * read < 3 * len(seen(monkeypatch, rich_store, words))


def seen(monkeypatch, store, words):
    asked, refs = deadlines._of, []

    def of(reader, known, as_of, question):
        refs.append(known[0]["ref"])
        return asked(reader, known, as_of, question)

    with monkeypatch.context() as patch:
        patch.setattr(deadlines, "_of", of)
        due(store, *words)
    return refs
