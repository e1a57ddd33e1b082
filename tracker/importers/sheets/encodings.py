"""Files in an older encoding of another script than the Latin one: which it is likely to be.

What is no UTF-8 is read as Windows-1252 (``delimited.detect``), where letters with accents stand among others. In
Russian, Greek, Arabic, Chinese, Japanese or Korean nearly all letters are beyond ASCII, one behind the other: such a
file is never read so. Which encoding it has is only likely, by the letters that are frequent: whoever imports has to
say it, and a first map writes it down.
"""

import re
from collections.abc import Mapping
from typing import BinaryIO

SAMPLE = 1 << 16
"""Bytes that are looked at."""

FEWEST = 6
"""Bytes beyond ASCII by which a script can be told."""

_RUNS = re.compile(rb"[\x80-\xff]{2,}")

_WORDS = re.compile(rb"[A-Za-z\x80-\xff]{2,}")

_FRENCH = re.compile(rb"\xab\xa0|\xa0\xbb|\xa0[\x96\x97]|[\x96\x97]\xa0")
"""Quotation marks and dashes with a blank that is not broken, as Windows-1252 writes them."""

CYRILLIC = "оеаинтсрвлкмдпу"
FREQUENT: Mapping[str, str] = {
    "cp1251": CYRILLIC,
    "koi8-r": CYRILLIC,
    "iso8859-5": CYRILLIC,
    "cp866": CYRILLIC,
    "cp1253": "αοιετσνηυρπκμλω",
    "cp1256": "اليمنوترةبعدفقس",
    "cp1255": "יוהלאמרתבשנדעפח",
    "cp932": "日本国年月条約協定人民共和の・アイスリンラ",
    "euc_jp": "日本国年月条約協定人民共和の・アイスリンラ",
    "gb18030": "的中国和年月日条约协定共议人民关于双方名",
    "big5": "的中國和年月日條約協定共議人民關於雙方名",
}
"""Encodings, each with letters and signs that are frequent in what is written in it."""

KOREAN = "cp949"
"""Told by its syllables, which fill nearly all of a text."""

OF_SEVERAL_BYTES = ("cp932", "euc_jp", "gb18030", "big5", KOREAN)
"""Encodings in which a sign has several bytes, of which some may be ASCII letters."""

LEAST = {**dict.fromkeys(FREQUENT, 0.4), **dict.fromkeys(("cp932", "euc_jp", "gb18030", "big5"), 0.08), KOREAN: 0.8}
"""What share of the letters beyond ASCII has to be frequent ones."""


def of_another_script(stream: BinaryIO) -> tuple[str | None, str] | None:
    """Tell the likeliest encoding of a file in another script, with a text that it reads; None for any other file.

    The encoding is None where none is likely. Leaves the stream at its beginning.
    """
    sample = stream.read(SAMPLE)
    stream.seek(0)
    letters = _FRENCH.sub(b" ", sample)
    beyond = sum(byte > 0x7F for byte in letters)
    if beyond < FEWEST or sum(map(len, _RUNS.findall(letters))) * 2 < beyond:
        return None
    apart = (
        sum(len(word) for word in _WORDS.findall(letters) if min(word) > 0x7F) * 2 >= beyond
    )  # no Latin letter in it
    shares = {name: _share(name, sample) for name in (LEAST if apart else OF_SEVERAL_BYTES)}
    best = max(shares, key=lambda name: shares[name] / LEAST[name])
    if shares[best] < LEAST[best]:
        return (None, "") if apart else None
    text = sample.decode(best, "replace")
    return best, next((word for word in re.findall(r"[^\W\d_]{2,}", text) if not word.isascii()), "")


def _share(name: str, sample: bytes) -> float:
    """The share of frequent letters among those beyond ASCII, 0 for what cannot be of this encoding."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:  # the sample may end within a sign
            return 0.0
        text = sample.decode(name, "ignore")
    letters = [sign for sign in text if sign > "\x7f" and (sign.isalpha() or sign in "・、。")]
    frequent = sum("가" <= sign <= "힣" for sign in letters) if name == KOREAN else 0
    frequent += sum(sign in FREQUENT.get(name, "") for sign in letters)
    return frequent / len(letters) if letters else 0.0
