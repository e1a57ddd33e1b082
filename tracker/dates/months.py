"""Names of months as documents write them, in the languages in which registers of treaties are kept."""

from functools import cache

from tracker.dates.day import MONTH_NAMES

NAMES = {
    "en": MONTH_NAMES,
    "fr": (
        *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
        *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
    ),
    "de": (
        *("Januar", "Februar", "Marz", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "it": (
        *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
        *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
    ),
    "pt": (
        *("janeiro", "fevereiro", "marco", "abril", "maio", "junho"),
        *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
    ),
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
}
"""January to December by language, without accents."""

SHORT = {
    "sept": 9, "janv": 1, "fevr": 2, "juil": 7, "mrz": 3, "mrt": 3, "sett": 9, "janner": 1, "jaenner": 1, "maerz": 3,
    "setiembre": 9,
}  # fmt: skip
"""Usual short forms that are not the first three letters, and other spellings."""

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Japanese eras to the year before their first: 令和5年 is 2023. The calendar of the West holds from 1873 (Meiji 6)."""


def plain(text: str) -> str:
    """Bring a text to lower case without accents; signs of other widths become the usual ones."""
    if text.isascii():
        return text.lower()
    import unicodedata

    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f"))


def number(name: str) -> int | None:
    """The number of the month of that name, whole or cut to three letters; None where it is no month."""
    return _numbers().get(plain(name).strip("."))


@cache
def _numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    cut: dict[str, set[int]] = {}
    for names in NAMES.values():
        for month, name in enumerate(names, 1):
            numbers[name.lower()] = month
            cut.setdefault(name.lower()[:3], set()).add(month)
    return {**{short: months.pop() for short, months in cut.items() if len(months) == 1}, **SHORT, **numbers}
