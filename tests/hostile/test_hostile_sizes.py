"""Large input: time and depth stay in proportion, whatever the pattern of the text.

Nothing here measures milliseconds. The texts are so long that quadratic work takes hours, and a test gives up after
half a minute of processor time; what has no bound on its length is read in a time that nobody notices.
"""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from attempts import Place, patience
from running import called

from tracker import plugins
from tracker.dates import edtf, periods, ranges, typed
from tracker.importers.sheets.objects import loads
from tracker.read.lookup import by_language
from tracker.record import paths as shape
from tracker.shell.edit import text as edited_text
from tracker.text import names, refs, safety

LENGTH = 30_000
TODAY = "2026-11-22"
SEEDS = (
    *("1", "a", " ", "-", "/", ".", "[", ",", "X", "?", "0", "'", "=", '"', "{", "\\", "\t", "\n", "\u0301", "İ", "é"),
    *("2023-", "12 ", "[2023,", "1 to ", "x or ", "before ", "c. ", "jan ", "2023/", '{"a":', "[1,", "a[b].", ",,"),
    *("//x\n", "| ", "\\ud800", "a,b\n", "&lt;", "<a>", "&a;"),
)
FILE_SEEDS = (",", '"', "[1,", '{"a":', "\t", "\\", ";", "<a>", "a,b\n", "a", '"",')
READERS: dict[str, Callable[[str], object]] = {
    "edtf.parse": edtf.parse,
    "typed.read": lambda text: typed.read(text, TODAY),
    "ranges": lambda text: ranges.parse_range(text, TODAY),
    "periods": periods.parse,
    "topics": lambda text: shape.canonical(f"topic:{text}"),
    "fold": names.fold,
    "slug": names.slug,
    "suggest": lambda text: names.suggest(text, ["hypersonic", "a" * 30, "x-y" * 20]),
    "ids": lambda text: (refs.is_id(text), refs.proposed_id(text)),
    "visible": safety.visible,
    "one_line": safety.one_line,
    "guard": lambda text: safety.unguard(safety.guard(text)),
    "names of parties": lambda text: list(by_language.written(f"Korea ({text}", lambda _: False)),
    "json": lambda text: loads(text.encode()),
    "edited text": lambda text: edited_text.read(text.encode()),
    "body of an edited text": lambda text: edited_text.body(text.encode()),
}


def patterns(length: int) -> list[str]:
    long = [seed * (length // len(seed)) for seed in SEEDS]
    return [*long, *(f"2023{text}" for text in long), *(f"{text}!" for text in long)]


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", READERS)
def test_a_long_text_is_read_in_linear_time(name: str) -> None:
    with patience():
        for text in patterns(LENGTH):
            with suppress(ValueError):
                READERS[name](text)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", plugins.names("importers"))
def test_a_long_file_is_read_in_linear_time(name: str) -> None:
    importer = plugins.load("importers", name)
    if not hasattr(importer, "read"):
        pytest.skip("reads folders or files of its own, which are tested elsewhere")
    with patience():
        for text in (seed * (LENGTH // len(seed)) for seed in FILE_SEEDS):
            for data in (text.encode(), b"ref,title\n" + text.encode()):
                importer.matches(data[:65_536])
                for _ in importer.read(BytesIO(data), "long"):
                    pass


@pytest.mark.sampled(3)
@pytest.mark.parametrize("words", [("list", "--party"), ("list", "--columns"), ("show",), ("party", "show"), ("zz",)])
def test_a_long_argument_is_answered_in_linear_time(words: tuple[str, ...], place: Place) -> None:
    """The longest argument that Linux passes on is 128 KiB."""
    with patience():
        for seed in ("x", "Republic of ", "e\u0301", "a.", "[", ","):
            place.attempt(*words, seed * (100_000 // len(seed.encode())))


@pytest.mark.sampled(6)
@pytest.mark.parametrize("depth", [500, 900, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":', '{"extra":{"a":', '{"record":"agreement","events":['])
def test_deep_json_is_refused(depth: int, opening: str, place: Place) -> None:
    closing = "".join({"[": "]", "{": "}"}[char] for char in reversed(opening) if char in "[{")
    document = (opening * depth + "1" + closing * depth).encode()
    inside = b'{"record":"agreement","ref":"a-1","title":"T","extra":{"a":' + document + b"}}"
    for text in (document, inside):
        assert place.attempt("import", "-", stdin=text).code in {1, 2}
    for path in ("extra", "events", "claims[c1].value"):
        place.attempt("edit", "us-jp-sosa-2023", "--set", f"{path}={document.decode()[:100_000]}")


NUMBERS = ("1e999", "-1e999", "NaN", "Infinity", "-Infinity", "1.5", "9" * 20, "9" * 40, "9" * 5_000, "-0", "1e5")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("number", NUMBERS, ids=range(len(NUMBERS)))
def test_numbers_that_the_register_does_not_hold_are_refused(number: str, place: Place) -> None:
    record = f'{{"record":"agreement","ref":"n-1","title":"T","extra":{{"a":{number}}}}}'.encode()
    done = place.attempt("import", "-", stdin=record)
    assert done.code in ({0} if number == "-0" else {1, 2}), done.err


def test_a_key_that_stands_twice_is_refused_where_it_would_hide_the_first(place: Place) -> None:
    for record in (
        b'{"record":"agreement","ref":"a-1","title":"T","title":"U"}',
        b'{"record":"agreement","ref":"a-1","title":"T","extra":{"a":1,"a":2}}',
        b'[{"record":"agreement","ref":"a-1","title":"T","events":[{"kind":"signed","kind":"issued"}]}]',
    ):
        done = place.attempt("import", "-", stdin=record)
        assert done.code in {1, 2}
        assert "twice" in done.err


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "number",
    [
        "9223372036854775808",
        "9223372036854775807",
        "9" * 9,
        "9" * 3000,
        "-9223372036854775809",
        "1e3",
        "٣",
    ],
    ids=lambda number: number[:20],
)
def test_the_whole_number_of_a_limit_is_no_overflow(number: str, place: Place) -> None:
    place.attempt("list", "--limit", number)
    place.attempt("undo", "--dry-run", "--change", number)
    place.attempt("store", "backup", "--list", "--keep-days", number)
    place.attempt("edit", "us-jp-sosa-2023", "--set", f"extra.n={number}")
    place.attempt("edit", "us-jp-sosa-2023", "--set", f"events[{number}].date=2020")
    code, out, _ = called(["--no-config", "--store", str(place.store), "list", "--limit", "0"], b"")
    assert (code, out.count(b"\n")) == (0, 1)
