"""What completes a term of a query: names of fields, words and values after the colon, saved queries."""

from collections.abc import Iterable, Iterator

from tracker.errors import TrackerError
from tracker.query import fields
from tracker.query.parsing import OPENING
from tracker.read.lookup.completion import Offer
from tracker.shell.completion import words
from tracker.shell.completion.store import Store

KINDS = {"focus_area": "focus", "person": "signatory"}
"""Kind of an object to what a person calls it, where that is another word."""

BESIDE = (("any", "something is recorded"), ("none", "nothing is recorded"))

MEANINGS = {
    "status": ("vocabulary.STATUSES", "vocabulary.FLAGS"),
    "binding": ("vocabulary.BINDING_STATUSES",),
    "type": ("vocabulary.INSTRUMENT_TYPES",),
    "text_access": ("vocabulary.TEXT_ACCESS",),
    "confidence": ("vocabulary.CONFIDENCES",),
    "laterality": ("vocabulary.LATERALITIES",),
    "level": ("vocabulary.OFFICE_LEVELS",),
    "event": ("vocabulary.EVENT_KINDS",),
    "source_kind": ("vocabulary.SOURCE_KINDS",),
    "under": ("vocabulary.BINDING_STATUSES",),
}
"""Field of a query to the lists that say what its words mean."""


def terms(store: Store, text: str) -> Iterator[Offer]:
    """Yield what completes the last term of a query, or of a part of one."""
    at = _last_term(text)
    before, term = text[:at], text[at:]
    if before and not term.startswith("@") and ":" not in term:
        yield from _values_with_blanks(store, text)
    if term.startswith("@"):
        offered: Iterable[Offer] = ((f"@{name}", query) for name, query in _saved().items())
    elif ":" in term:
        offered = _values(store, term)
    else:
        offered = ((f"{name}:", field.asks) for name, field in fields.FIELDS.items())
    yield from ((f"{before}{value}", told) for value, told in offered)


def _values_with_blanks(store: Store, text: str) -> Iterator[Offer]:
    """Yield the values that complete the last of several words as those of one value: ``party:New Zea``."""
    words = text.split(" ")
    at = next((at for at in reversed(range(len(words))) if ":" in words[at]), None)
    if at is not None:
        before = " ".join(words[:at])
        kept = f"{before} " if before else ""
        for value, told in _values(store, " ".join(words[at:])):
            yield f"{kept}{value}", told


def of_field(store: Store, name: str, incomplete: str) -> Iterator[Offer]:
    """Yield the values of a field: its words, codes and names of the store, and whether it holds anything at all."""
    name = fields.ALIASES.get(name, name)
    field = fields.FIELDS.get(name)
    if field is None:
        return
    told = _meanings(name) if field.words else {}
    yield from ((word, told.get(word, "")) for word in field.words)
    if field.kind in ("name", "ref"):
        kind = "ref" if field.kind == "ref" else KINDS.get(field.names, field.names or name)
        yield from store.values(kind, incomplete)
    yield from BESIDE


def _values(store: Store, term: str) -> list[Offer]:
    """Return what completes a term behind its colon; in quotes, all of them, where one of them holds a blank."""
    name, _, value = term.partition(":")
    before, comma, last = value.rpartition(",")
    kept = f"{name}:{before}{comma}"
    typed = last[1:] if last[:1] and last[0] in OPENING else last
    offered = list(of_field(store, name.lower(), typed))
    if typed != last or any(char in " ,()" for offer, _ in offered for char in offer):
        return [(f'{kept}"{offer}"', told) for offer, told in offered if '"' not in offer]
    return [(f"{kept}{offer}", told) for offer, told in offered]


def _last_term(text: str) -> int:
    """Return where the last term of a query begins: behind a blank outside of quotes, brackets and hyphens."""
    start, is_quoted = 0, False
    for at, char in enumerate(text):
        is_quoted = is_quoted != (char == '"' and text[at - 1 : at] != "\\")
        if char.isspace() and not is_quoted:
            start = at + 1
    while text[start : start + 1] in ("(", "-"):
        start += 1
    return start


def _meanings(name: str) -> dict[str, str]:
    return {word: told for codes in MEANINGS.get(name, ()) for word, told in words.of_list(codes)}


def _saved() -> dict[str, str]:
    from tracker.read.lookup import saved

    try:
        return saved.queries()
    except TrackerError:
        return {}
