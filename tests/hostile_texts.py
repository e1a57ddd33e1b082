"""Texts that no person types by accident, and how long the search for more of them is.

``TRACKER_FUZZ=5000 pytest tests/hostile tests/stateful`` draws so many new examples a test, another set on each run;
without it the examples are few and the same everywhere.
"""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

LONG_FORM = int(os.environ.get("TRACKER_FUZZ", "0"))
"""Examples a test of the long form; 0 = the short form."""

UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def bounded(examples: int) -> settings:
    """Return the settings of a test that tries so many examples in the short form."""
    return settings(
        max_examples=LONG_FORM or examples,
        derandomize=not LONG_FORM,
        deadline=None,
        database=None,
        suppress_health_check=UNHURRIED,
        phases=tuple(Phase) if LONG_FORM else (Phase.generate,),
    )


SQL = (
    "'; DROP TABLE agreement; --",
    "' OR '1'='1",
    '" OR 1=1 --',
    "x') UNION SELECT sql FROM sqlite_master --",
    "%' ESCAPE '%",
    "a*b?c[d-",
    "NEAR(a b) AND OR NOT *",
    "1; ATTACH DATABASE 'attached.db' AS a; --",
    "main.agreement",
    ":ref",
    "?1",
)

TERMINAL = (
    "\x1b[2J\x1b[31mred\x1b]0;title\x07",
    "\x9b31m\x85\x8d",
    "two\nlines\r\nthree\x0bfour\x0cfive\x1csix",
    "over\u202egpj.exe\u202c\u2066x\u2069\u200f\u061c",
    "line\u2028paragraph\u2029end",
    "tab\tbell\x07back\x08delete\x7f",
)

MARKUP = (
    "[red]x[/red] [/] [link=https://example.org]y[/link] [@click=app.bell]z",
    "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>",
    "\"><svg/onload=alert(1)> '-alert(1)-' </title></style></script><!--",
    "[x](javascript:alert(1)) ![y](http://example.org/z.png) | `code` | <https://example.org>",
    "${jndi:ldap://example.org} {{7*7}} {% raw %} %(x)s {0.__class__}",
    "]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
)

FORMULAS = (
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "'=1+1",
    "''=1",
    "\t=1+1",
    "\uff1d1+1",
)  # fmt: skip

ODD = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udcff.json",
    "a\udfffb\ud83d",
    "9" * 400,
    "-" + "9" * 5000,
    "1e999999999",
    "NaN",
    "0x7fffffffffffffffffff",
    "٢٠٢٣-٠١-١٢",
    "²⁰²³",
    "\u00a0\u3000\ufeff",
    "İıſß\u0345\u1e9e",
    "e\u0301" * 50,
    "--",
    "-",
    "=",
    ":",
    ": :",
    "[",
    "]",
    "[]",
    "{}",
    "{" * 2000,
    "[" * 2000,
    '{"a":' * 1000,
    "a.b[c].d[e",
    "..",
    "../..",
    "...",
    "/",
    "@",
    "@name",
    "~",
    "~nobody-of-that-name",
    "*",
    "\\",
    "\\x00",
    "%s%n%d",
    "$HOME `id` $(id) ;id|id&id",
    "🇯🇵👨‍👩‍👧" * 20,
    "x" * 70_000,
)

TEXTS = (*SQL, *TERMINAL, *MARKUP, *FORMULAS, *ODD)

NAMES = ("../x", "a/../../x", "x\ny", "CON", "x" * 300, ".", "..", "-", "-rf", "x.db", "\udcff", "x\u202etxt")
"""Names of files that go astray where they are taken as they are."""

unicode_texts = st.text(st.characters(codec=None, categories=None), max_size=40)
"""Any code points, lone surrogates and NUL among them."""

hostile = st.one_of(st.sampled_from(TEXTS), unicode_texts)
"""One of the texts above, or any text."""

DATE_PIECES = (
    *("2023", "1299", "2201", "0000", "9999", "-01", "-13", "-02", "-29", "-30", "-31", "-21", "-41", "-00", "-X1"),
    *("/", "..", "[", "]", "{", "}", ",", "?", "~", "%", "X", "XX", "XXXX", "Y", "-", "+", "T10:00Z", " ", "\x00"),
    *("today", "eom", "soq", "180d", "99999y", "-2y", "now", "before ", "after ", "between ", " and ", " or ", "c. "),
    *("January", "jan", "Sept", "12", "1", "st", "th", "of", "q1", "1990s", "mon", "spring", "by ", "from ", " to "),
    *("年", "月", "日", "٢", "²", "AD", "BC", "P1Y", "999999999999999999999", "e5", "e9999"),
)
dates = st.one_of(st.lists(st.sampled_from(DATE_PIECES), max_size=8).map("".join), hostile)
"""Pieces of dates put together at random, and any text."""

PATH_PIECES = (
    *("title", "titles", "events", "parties", "extra", "terms", "duration", "until", "claims", "value", "signed", "x"),
    *("derived", "identifiers", "relations", "sources", "status", "topic:", "ref", "record", "notices", "focus_areas"),
    *(".", "..", "[", "]", "[e1]", "[0]", "[-1]", "[999999999999999999999]", "[ja]", "[TIAS]", "=", "[JPN]", "[[]]"),
    *("²", "\x00", "\n", "[amends x]", "[٢]", "[²]"),
)
paths = st.one_of(st.lists(st.sampled_from(PATH_PIECES), max_size=7).map("".join), hostile)
"""Pieces of paths put together at random, and any text."""
