"""What people type for a party, person, family, focus area or source, turned into its code or id.

A code or id counts as it is; then a spelling that folds to the same text as a name or alias. Nothing is guessed: a name
that nobody bears is refused with the nearest ones, a name that several bear is refused with all of them. Where the
default place holds no store yet, there is nothing to look up, and the text stands for itself: no record will match it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from tracker.errors import UnknownName
from tracker.read.file.connection import Reader
from tracker.text.names import NearNames, fold, near, suggest

Bearer = tuple[str, str]
"""Code or id, and the name shown."""

NEAREST = 3
"""How many suggestions a message makes."""

SLIP = 0.88
"""From this likeness on a name is another one with a letter missing, or in the wrong place."""

SLIPPED = 5
"""Letters of a name, with fewer of which it is like many."""

SHOWN = 60
"""Characters of a wrong name that a message repeats."""


def party_code(reader: Reader, text: str) -> str:
    """Find the code of the party called ``text``: code, name or alias. Raises UnknownName with suggestions."""
    found = known_party_code(reader, text)
    return found if found is not None else _by_key(reader, text.strip(), "party", _PARTY_KEYS)


def known_party_code(reader: Reader, text: str) -> str | None:
    """Find the code of the party called ``text``, by the same rules; None where no party bears the name.

    Raises UnknownName where several do, and none of them as its proper name.
    """
    wanted = text.strip()
    if reader.absent or reader.row("SELECT code FROM parties WHERE code = :code", {"code": wanted}):
        return wanted
    return _bearer(reader, wanted, "party", _PARTY_KEYS)


def refuse_word(reader: Reader, text: str) -> None:
    """Raise UnknownName for a word of a sheet, such as No or is, that is a code of a party but for its writing.

    An article before it makes no name of it either: ``As at``.
    """
    code = code_of_word(text, partial(_is_name, reader))
    if code is None:
        return
    sql = "SELECT name FROM parties WHERE code = :wanted OR alpha_2 = :wanted"
    if bearers := reader.tuples(sql, {"wanted": code}):
        raise UnknownName(f"unknown party {text!r}; a code is written in capitals: {code} is {bearers[0][0]}")


def code_of_word(text: str, is_name: Callable[[str], bool]) -> str | None:
    """The code that a word would be in capitals, with an article before it or without; None for what is none."""
    from tracker.read.lookup import by_language

    return next(filter(None, map(_code_in_other_writing, by_language.written(text, is_name))), None)


def _code_in_other_writing(text: str) -> str | None:
    """The code of two or three letters that a word would be in capitals: No is NO, Sí is SI; None for what is one."""
    code = fold(text).upper()
    letters = text.strip()
    written_so = letters.isascii() and letters.upper() == letters
    has_case = letters.upper() != letters.lower()
    return code if len(code) in (2, 3) and len(letters) == len(code) and has_case and not written_so else None


def nearly_party(reader: Reader, text: str) -> str | None:
    """Return whom a text means but for a letter or two, as ``Switzerland (CHE)``; None where it is like no name."""
    from difflib import SequenceMatcher

    wanted, spellings = fold(text), _spellings(reader, _PARTY_KEYS)
    for spelling in suggest(wanted, spellings, 1):
        if len(wanted) > SLIPPED and SequenceMatcher(None, wanted, spelling).ratio() >= SLIP:
            return _choices(spellings[spelling], NEAREST)
    return None


class PartyNames:
    """The names that parties bear, read once, to say of many unknown ones what is near."""

    def __init__(self, reader: Reader) -> None:
        self._bearers = _spellings(reader, _PARTY_KEYS)
        self._near = NearNames(self._bearers)

    def unknown(self, text: str) -> UnknownName:
        """Make the error for a name that no party bears."""
        wanted = text.strip()
        return _unknown(wanted, "party", self._bearers, self._near.of(wanted, 4 * NEAREST))


def called_so(reader: Reader, text: str) -> list[Bearer]:
    """List the parties that are called ``text``, in whatever language."""
    from json import dumps

    from tracker.read.lookup import by_language

    sql = "SELECT code, name FROM parties WHERE code IN (SELECT value FROM json_each(:codes)) ORDER BY 1"
    codes = list(by_language.called_so(text, partial(_bearing, reader)))
    return [(str(code), str(name)) for code, name in reader.tuples(sql, {"codes": dumps(codes)})] if codes else []


def party_meant(text: str, own: Sequence[Bearer], called: Callable[[], Sequence[Bearer]]) -> str | None:
    """Return the code of the party that a text means; None where no party bears the name.

    ``own``: those that bear it as it stands, as a name of their own; ``called``: all that are called so. What the
    program brings is asked for by names of its own first, for those in other languages are told apart. Raises
    UnknownName where several bear it, and none of them as its proper name.
    """
    found = own if own and all(_is_brought(code) for code, _ in own) else called()
    return _only(found, text, "party") if found else None


def _bearing(reader: Reader, folded: str) -> list[str]:
    """List the codes of the parties that bear a folded spelling, in whatever language."""
    from tracker.read.lookup import by_language

    own = reader.tuples("SELECT code FROM party_keys WHERE folded = :folded", {"folded": folded})
    return sorted({*(str(code) for (code,) in own), *by_language.codes(folded)})


def _is_name(reader: Reader, folded: str) -> bool:
    return bool(_bearing(reader, folded))


def _is_brought(code: str) -> bool:
    """Whether a code is of the kind that the program brings, whose names in other languages are told apart."""
    return (len(code) == 3 and code.isupper()) or code.startswith(("org-", "former-"))


def party_codes(reader: Reader, texts: Iterable[str]) -> list[str]:
    """Find the codes of several parties, in the same order."""
    return [party_code(reader, text) for text in texts]


def person_id(reader: Reader, text: str) -> str:
    """Find the id of the person called ``text``: id, name or alias, family name first or last. Raises UnknownName."""
    wanted = text.strip()
    if reader.absent or _is_person(reader, wanted):
        return wanted
    return _by_key(reader, wanted, "person", _PERSON_KEYS)


def person_asked_for(reader: Reader, text: str) -> str:
    """Find the id of the person that a question names: as ``person_id``, or by some of the words of the names.

    ``Austin, Lloyd`` and ``Lloyd Austin`` are Lloyd J. Austin III where nobody else bears both words; one word alone
    names nobody. Raises UnknownName.
    """
    try:
        return person_id(reader, text)
    except UnknownName:
        words = frozenset(fold(text).split())
        found = _with_words(reader, words) if len(words) > 1 and known_person_id(reader, text) is None else []
        if not found:
            raise
    return _only(found, text.strip(), "person")


def _with_words(reader: Reader, words: frozenset[str]) -> list[Bearer]:
    """List the people who bear all of these words among their names and aliases."""
    borne: dict[Bearer, set[str]] = {}
    for folded, code, name in reader.rows(_PERSON_KEYS):
        borne.setdefault((code, name), set()).update(folded.split())
    return sorted(bearer for bearer, own in borne.items() if words <= own)


def near_people(reader: Reader, text: str) -> list[str]:
    """Return the people, each as ``Name (id)``, who may be the one called ``text`` though none is called just so."""
    spellings: dict[str, set[Bearer]] = {}
    for folded, code, name in reader.tuples(_PERSON_KEYS):
        spellings.setdefault(folded, set()).add((code, name))
    found = near(text, spellings, NEAREST)
    return list(dict.fromkeys(f"{name} ({code})" for spelling in found for code, name in sorted(spellings[spelling])))


def known_person_id(reader: Reader, text: str) -> str | None:
    """Find the id of the person called ``text``, by the same rules; None where nobody is.

    Raises UnknownName where several are, and none of them by that proper name.
    """
    wanted = text.strip()
    if _is_person(reader, wanted):
        return wanted
    return _bearer(reader, wanted, "person", _PERSON_KEYS)


def depositary(reader: Reader, text: str) -> str:
    """Find the code of the depositary called ``text``, or its name as it is recorded. Raises UnknownName."""
    sql = "SELECT min(name) FROM depositaries WHERE name = :name COLLATE NOCASE"
    recorded = reader.scalar(sql, {"name": text.strip()})
    return str(recorded) if recorded is not None else party_code(reader, text)


def family_id(reader: Reader, text: str) -> str:
    """Find the id of the family called ``text``: id or name. Raises UnknownName with suggestions."""
    return _by_list(reader, text.strip(), "family", "SELECT id, name FROM families ORDER BY id")


def focus_code(reader: Reader, text: str) -> str:
    """Find the code of the focus area called ``text``: code or label. Raises UnknownName with suggestions."""
    return _by_list(reader, text.strip(), "focus area", "SELECT code, label FROM focus_areas ORDER BY code")


def source_id(reader: Reader, text: str) -> str:
    """Find the id of the source meant by ``text``: id, address, address of the archived copy, or title.

    Raises UnknownName with suggestions.
    """
    wanted = text.strip()
    if reader.absent or reader.row("SELECT id FROM sources WHERE id = :id", {"id": wanted}):
        return wanted
    addressed = reader.rows(
        "SELECT id, title FROM sources WHERE url = :url OR archive_url = :url ORDER BY id", {"url": wanted}
    )
    if addressed:
        return _only([(row["id"], row["title"]) for row in addressed], wanted, "source")
    return _by_list(reader, wanted, "source", "SELECT id, title FROM sources ORDER BY id")


_PARTY_KEYS = "SELECT k.folded, p.code, p.name FROM party_keys AS k JOIN parties AS p ON p.code = k.code"
_PERSON_KEYS = "SELECT k.folded, p.id, p.name FROM person_keys AS k JOIN people AS p ON p.id = k.person_id"


def _is_person(reader: Reader, wanted: str) -> bool:
    return reader.row("SELECT id FROM people WHERE id = :id", {"id": wanted}) is not None


def _bearer(reader: Reader, wanted: str, noun: str, keys: str) -> str | None:
    """Look ``wanted`` up among the folded spellings that the SELECT ``keys`` gives with code and name."""
    rows = reader.rows(f"{keys} WHERE k.folded = :folded ORDER BY 2", {"folded": fold(wanted)})
    found = [(row[1], row[2]) for row in rows]
    if noun == "party":
        return party_meant(wanted, found, lambda: called_so(reader, wanted))
    return _only(found, wanted, noun) if found else None


def _by_key(reader: Reader, wanted: str, noun: str, keys: str) -> str:
    """Return the one bearer of a name, or raise UnknownName with the nearest ones."""
    found = _bearer(reader, wanted, noun, keys)
    if found is not None:
        return found
    spellings = _spellings(reader, keys)
    near = suggest(wanted, spellings, 4 * NEAREST)
    raise _unknown(wanted, noun, spellings, near or (_holding(wanted, spellings) if noun == "person" else []))


def _holding(wanted: str, spellings: Iterable[str]) -> list[str]:
    """Return the spellings of names that hold a word like the one that is wanted: ``Austen`` is near ``Austin``."""
    word = fold(wanted)
    like = set(suggest(word, {part for spelling in spellings for part in spelling.split() if len(part) > 2}))
    return [spelling for spelling in spellings if like & set(spelling.split())] if " " not in word else []


def _spellings(reader: Reader, keys: str) -> dict[str, list[Bearer]]:
    """Return who bears each folded spelling that the SELECT ``keys`` gives."""
    spellings: dict[str, list[Bearer]] = {}
    for spelling, code, name in reader.rows(keys):
        spellings.setdefault(spelling, []).append((code, name))
    return spellings


def _by_list(reader: Reader, wanted: str, noun: str, listing: str) -> str:
    """Look ``wanted`` up among the ids and names of the SELECT ``listing``; for what has no table of spellings."""
    if reader.absent:
        return wanted
    bearers = [(row[0], row[1]) for row in reader.rows(listing)]
    if any(code == wanted for code, _ in bearers):
        return wanted
    spellings: dict[str, list[Bearer]] = {}
    for code, name in bearers:
        for spelling in {fold(code), fold(name)}:
            spellings.setdefault(spelling, []).append((code, name))
    if found := spellings.get(fold(wanted)):
        return _only(found, wanted, noun)
    raise _unknown(wanted, noun, spellings, suggest(wanted, spellings, 4 * NEAREST))


def _only(bearers: Sequence[Bearer], wanted: str, noun: str) -> str:
    """Pick the one bearer of a name; of several, the only one whose proper name, not alias, it is.

    Raises UnknownName with the choices.
    """
    if len(bearers) > 1:
        proper = [bearer for bearer in bearers if fold(bearer[1]) == fold(wanted)]
        if len(proper) != 1:
            raise UnknownName(
                f"{noun} {_shown(wanted)} is ambiguous: {_choices(bearers, len(bearers))}; give the {_handle(noun)}"
            )
        bearers = proper
    return bearers[0][0]


def _unknown(wanted: str, noun: str, spellings: dict[str, list[Bearer]], near: Iterable[str]) -> UnknownName:
    """Make the error for a name nobody bears, with the nearest ones."""
    if not wanted:
        return UnknownName(f"a {noun} has no name; give its {_handle(noun)} or name")
    nearest: list[Bearer] = []
    for spelling in near:
        nearest += [bearer for bearer in spellings[spelling] if bearer not in nearest]
    if nearest:
        return UnknownName(f"unknown {noun} {_shown(wanted)}; did you mean {_choices(nearest, NEAREST)}?")
    command = {"person": "signatory", "focus area": "focus"}.get(noun, noun)
    return UnknownName(
        f"unknown {noun} {_shown(wanted)}; `tracker {command} list` shows all, `tracker {command} add` makes a new one"
    )


def _choices(bearers: Sequence[Bearer], most: int) -> str:
    """Write ``Japan (JPN), Jordan (JOR) or Yemen (YEM)``."""
    texts = [f"{name} ({code})" for code, name in bearers[:most]]
    return " or ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))


def _handle(noun: str) -> str:
    return "code" if noun in {"party", "focus area"} else "id"


def _shown(text: str) -> str:
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")
