"""Only agreements that may have something due are read for ``due``, and none is missed."""

import pytest
from running import called

from tracker.read.life import deadlines

ALL_READ = {"RUNNING": "1", "AHEAD": "1", "IS_GOING_ON": "1", "SIGNED": "1", "may_fall_due": lambda *_: True}
"""With these in place every agreement is read."""


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
        ("--as-of", "2005-01-01", "--within", "3y", "--kind", "entry,expiry"),
        ("--as-of", "2015-03-01", "--within", "10y", "--party", "JPN"),
    ],
    ids=" ".join,
)
def test_nothing_is_missed_that_is_found_where_all_agreements_are_read(monkeypatch, rich_store, words):
    found, read = due(rich_store, *words), len(seen(monkeypatch, rich_store, words))
    for name, every in ALL_READ.items():
        monkeypatch.setattr(deadlines, name, every)
    assert due(rich_store, *words) == found
    assert 4 * read < 3 * len(seen(monkeypatch, rich_store, words))


def test_a_window_reads_few_more_than_it_answers(monkeypatch, rich_store):
    """A term that certainly turns outside of it is not reckoned, nor an entry that came long ago."""
    words = ("--as-of", "2026-11-26", "--within", "1y")
    read = seen(monkeypatch, rich_store, words)
    assert len(read) < len(seen(monkeypatch, rich_store, words[:2]))
    for name, every in ALL_READ.items():
        monkeypatch.setattr(deadlines, name, every)
    assert 8 * len(read) < len(seen(monkeypatch, rich_store, words))


def seen(monkeypatch, store, words):
    asked, refs = deadlines._of, []

    def of(reader, known, as_of, question):
        refs.append(known[0]["ref"])
        return asked(reader, known, as_of, question)

    with monkeypatch.context() as patch:
        patch.setattr(deadlines, "_of", of)
        due(store, *words)
    return refs
