"""Documents, sheets and bytes that are nearly right: what a broken program or a careless hand would write."""

import csv
import io
import json
from typing import Any

from hostile_texts import dates, hostile, paths
from hypothesis import strategies as st

SCALARS = st.one_of(
    hostile,
    dates,
    paths,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        [2**63, -(2**63) - 1, 10**39, "e1", "v1", "c1", "JPN", "us-jp-sosa-2023", "sosa", "binding", "P1Y", "2023"]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
PIECES = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"{", b"}", b"[", b",", b":", b"\r", b"\n", b"\t", b";", b"\\"),
    *(b"1e999", b"NaN", b"9" * 50, b"\\ud800", b"\\u0000", b"true", b"null", b"<!ENTITY", b"&lt;", b"PK\x03\x04"),
)
HEADERS = (
    *("ref", "title", "parties", "signed", "binding", "x.a", "extra.b", "events[e1].date", "status", "type", "record"),
    *("titles[ja]", "signatories", "sources", "focus", "terms.duration.until", "claims", "identifiers", "relations"),
)
CELLS = st.one_of(hostile, dates, st.sampled_from(["us-jp-sosa-2023", "JPN", "USA; JPN", "2023", "binding", "x"]))


def places(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(place for key, item in inner for place in places(item, (*before, key)))]


@st.composite
def spoiled(draw: Any, good: list[dict[str, Any]]) -> bytes:
    """Draw a document of the register in which one to three values are wrong, missing, doubled or called otherwise."""
    document = json.loads(json.dumps(draw(st.sampled_from(good))))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(places(document)[1:] or [("ref",)]))
        holder = document
        for key in way:
            holder = holder[key]
        how = draw(st.integers(0, 4))
        if how == 0 and isinstance(holder, dict):
            holder.pop(last, None)
        elif how == 1 and isinstance(holder, dict):
            holder[draw(hostile)] = holder.get(last)
        elif how == 2 and isinstance(holder, list):
            holder.append(holder[last])
        else:
            holder[last] = draw(SCALARS)
    return json.dumps(document).encode()


@st.composite
def mutated(draw: Any, good: bytes) -> bytes:
    """Draw a file in which some bytes are replaced."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(data)))
        last = min(len(data), first + draw(st.integers(0, 20)))
        pieces = st.sampled_from([*PIECES, bytes(data[first:last]) * 3])
        data[first:last] = draw(st.one_of(st.binary(max_size=8), pieces))
    return bytes(data)


@st.composite
def sheets(draw: Any) -> bytes:
    """Draw a sheet under fields of the register, with any text in its cells."""
    headers = draw(st.lists(st.one_of(st.sampled_from(HEADERS), paths), min_size=1, max_size=5))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=draw(st.sampled_from(",;\t|")), escapechar="\\")
    writer.writerow(headers)
    for _ in range(draw(st.integers(0, 3))):
        writer.writerow([draw(CELLS) for _ in headers])
    return out.getvalue().encode("utf-8", "surrogatepass")
