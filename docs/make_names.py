"""The names of states and territories by language, made from the translations that pycountry ships.

``python docs/make_names.py`` writes them anew, and a test holds them current for the version that made them. pycountry
takes them from Debian's iso-codes: ISO 3166-1 and 3166-3, ISO name, usual name and official name, each in the words of
the project's translators. Kept are the folded spellings under which no built-in party is found already. A name before
its qualification (``Corée`` of ``Corée, République de``) counts where it is nobody's whole name; where several bear it,
all of them do, and whoever looks it up is told so.
"""  # noqa: INP001 - a script, no package

import gettext
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tracker.store.schema import builtin
from tracker.text.names import fold

PAGE = Path(__file__).parent.parent / "tracker" / "read" / "lookup" / "names_by_language.json"

LANGUAGES = ("fr", "de", "es", "it", "pt", "nl", "ja", "ru", "zh_CN", "ar", "ko")
"""English names are the names of the built-in parties themselves."""

NAMES = ("name", "common_name", "official_name")

_BRACKETS = re.compile(r"\s*\([^()]*\)")

USUAL = {
    "AUS": ("オーストラリア",), "BLR": ("Weißrussland", "Biélorussie"), "CHN": ("中国",), "CIV": ("Elfenbeinküste",),
    "COD": ("Rép. dém. du Congo", "R.D. Congo"), "DDR": ("Ostdeutschland", "RDA"), "DEU": ("Westdeutschland", "BRD"),
    "GBR": ("英国", "Großbritannien", "Grande-Bretagne", "Gran Bretaña", "Gran Bretagna", "Groot-Brittannië"),
    "KOR": ("韓国",), "LKA": ("Ceylan", "Ceilán"), "MDA": ("Moldawien",), "MKD": ("Mazedonien",),
    "MMR": ("Birmanie", "Birmania"), "NLD": ("Holland", "Hollande", "Holanda", "Olanda"), "PRK": ("北朝鮮",),
    "RUS": ("Russland", "Rusia", "ロシア"), "SUN": ("Sowjetunion", "Union soviétique", "Unión Soviética", "ソ連"),
    "SWZ": ("Swasiland",), "USA": ("米国", "EE.UU.", "EUA"), "VAT": ("Vatikan", "Vaticano"),
    "org-eu": ("UE", "欧州連合", "Europäische Gemeinschaft", "Communauté européenne", "Comunidad Europea"),
    "org-un": ("Vereinte Nationen", "Nations Unies", "Naciones Unidas", "Nazioni Unite", "Nações Unidas", "国際連合"),
}  # fmt: skip
"""Names of everyday that ISO's translators do not give."""

Bearers = dict[str, set[str]]
"""Folded spelling to the codes of those who bear it."""


def page() -> str:
    """Return the data as text; raises ValueError where a name of one party is that of another built-in one."""
    known: Bearers = defaultdict(set)
    for party in builtin.parties():
        for key in builtin.party_keys(party):
            known[key].add(party["code"])
    whole: Bearers = defaultdict(set)
    short: Bearers = defaultdict(set)
    for code, text in _translated(known):
        for spelling in _spellings(text):
            whole[fold(spelling)].add(code)
        short[fold(_bare(text))].add(code)
    for key, codes in whole.items():
        if key in known and not codes <= known[key]:
            message = (
                f"{key!r} is a name of {sorted(codes)} and of {sorted(known[key])}: see builtin_data/ambiguous.toml"
            )
            raise ValueError(message)
    found = {**{key: codes for key, codes in short.items() if key not in whole}, **whole}
    kept = {key: " ".join(sorted(codes)) for key, codes in sorted(found.items()) if key and key not in known}
    made = {"made_from": f"pycountry {version('pycountry')}", "languages": list(LANGUAGES), "names": kept}
    return json.dumps(made, ensure_ascii=False, indent=0) + "\n"


def _translated(known: Bearers) -> Iterator[tuple[str, str]]:
    """Yield the code of a party and a name of it in some language, for all that ISO has names for."""
    import pycountry

    yield from ((code, name) for code, names in USUAL.items() for name in names)
    for domain, entries in (("iso3166-1", pycountry.countries), ("iso3166-3", pycountry.historic_countries)):
        for language in LANGUAGES:
            translation = gettext.translation(domain, pycountry.LOCALES_DIR, [language])
            for entry in entries:
                for name in _names(entry):
                    yield _code(entry, known), translation.gettext(name)


def _names(entry: Any) -> Iterator[str]:
    """Yield the names of an entry; others leave out fields that they lack, and pycountry raises AttributeError."""
    fields = dict(entry)
    yield from (fields[field] for field in NAMES if fields.get(field))


def _code(entry: Any, known: Bearers) -> str:
    """Return the code of the party that an entry of ISO is; a withdrawn one is found by its four letters."""
    letters = dict(entry).get("alpha_4") or entry.alpha_3
    (code,) = known[fold(letters)]
    return code


def _spellings(text: str) -> Iterator[str]:
    """Yield a name as it stands, and with what stands behind a comma put in front of it: ``République de Corée``."""
    yield text
    first, comma, last = text.partition(", ")
    if comma and "," not in last:
        yield f"{last}{'' if last[-1] in APOSTROPHES else ' '}{first}"


APOSTROPHES = "'\u2019"


def _bare(text: str) -> str:
    """Return a name without what qualifies it."""
    return _BRACKETS.sub("", text).partition(", ")[0]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
