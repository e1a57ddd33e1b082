"""What completes the beginning of a word, by what the table says that stands there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from tracker.read.lookup.completion import Offer
from tracker.shell.completion import place as places
from tracker.shell.completion import table, words
from tracker.shell.completion.place import Place
from tracker.shell.completion.store import Store

OPEN = (":", "=", ".", ": ")
"""Endings behind which more is to be typed, unless a name ends so."""

STORED = ("ref", "party", "focus", "family", "signatory", "source")


def is_open(place: Place, value: str) -> bool:
    """Whether more is to be typed behind a value."""
    return value.endswith(OPEN) and place.takes.removesuffix(",") not in STORED


class Asked(NamedTuple):
    """What is asked for: the place of the cursor, what of it is to be completed now, and the store."""

    place: Place
    incomplete: str
    store: Store

    def but(self, incomplete: str) -> "Asked":
        """Return the same question about another beginning."""
        return self._replace(incomplete=incomplete)


def at(place: Place, store: Store) -> list[Offer]:
    """Return what completes the word at a place.

    Each begins as it was typed; where none does so, but for its case. Where no store is needed, none is opened.
    """
    takes = place.takes.removesuffix(",")
    before, incomplete = "", place.incomplete
    if takes != place.takes:
        before, comma, incomplete = incomplete.rpartition(",")
        before += comma
    offered = [offer for offer in _offers(takes)(Asked(place, incomplete, store)) if offer[0].isprintable()]
    exact = [offer for offer in offered if _bare(offer[0]).startswith(_bare(incomplete))]
    alike = exact or [offer for offer in offered if _bare(offer[0]).lower().startswith(_bare(incomplete).lower())]
    return [(f"{place.before}{before}{value}", told) for value, told in alike]


def _bare(text: str) -> str:
    """Return a text without the quotes that a query needs around values with blanks."""
    return text.replace('"', "")


def typed_so(value: str, typed: str) -> str:
    """Return a value in the case in which its beginning was typed: shells put in what all have in common."""
    if typed == typed.lower():
        return value.lower()
    letters = iter(_bare(typed))
    return "".join(char if char == '"' else next(letters, char) for char in value)


def _offers(takes: str) -> Callable[[Asked], Iterable[Offer]]:
    """Return what makes the offers for a word of the table."""
    if takes in STORED:
        return lambda asked: asked.store.values(takes, asked.incomplete)
    if takes.startswith("="):
        return lambda _: _plain(takes[1:].split("|"))
    if takes.partition(".")[2].isupper():
        return lambda _: words.of_list(takes)
    return SPECIAL.get(takes, _of_field)


def _plain(words: Iterable[str]) -> Iterator[Offer]:
    return ((word, "") for word in words)


def _commands(asked: Asked) -> Iterator[Offer]:
    return ((row.names[0], row.help) for row in table.commands(asked.place.path))


def _helped(asked: Asked) -> Iterator[Offer]:
    """Yield the commands that can follow those of ``tracker help party``, and the pages of the documentation."""
    from tracker.shell import helping

    yield from ((row.names[0], row.help) for row in table.commands(" ".join(asked.place.arguments)))
    if not asked.place.arguments:
        yield from _plain(helping.manuals())


def _options(asked: Asked) -> Iterator[Offer]:
    """Yield the options that are not yet given, those of all commands once two hyphens are typed."""
    given = {name for name, _ in asked.place.options}
    for row in table.options(asked.place.path):
        if row.many or row.names[0] not in given:
            yield row.names[0], row.help


def _of_field(asked: Asked) -> Iterator[Offer]:
    """Yield the values of a field of a query, for the option of the same name."""
    from tracker.shell.completion import terms

    return terms.of_field(asked.store, asked.place.takes.removesuffix(","), asked.incomplete)


def _query(asked: Asked) -> Iterator[Offer]:
    from tracker.shell.completion import terms

    return terms.terms(asked.store, asked.incomplete)


def _refs_or_query(asked: Asked) -> Iterator[Offer]:
    yield from asked.store.values("ref", asked.incomplete)
    yield from _query(asked)


def _comparison(asked: Asked) -> Iterator[Offer]:
    """Yield what ``compare`` compares: a word first, then parties, refs or terms."""
    first, *others = asked.place.arguments or ("",)
    if not first:
        yield "binding", "binding with non-binding, over all or a query"
        yield "parties", "what two parties have with whom"
    if first == "binding" or (first == "parties" and len(others) > 1):
        yield from _query(asked)
    else:
        yield from asked.store.values("party" if first == "parties" else "ref", asked.incomplete)


def _reports(_: Asked) -> Iterator[Offer]:
    from tracker.read.lookup import saved
    from tracker.read.reports import REPORTS

    yield from ((name, summary.tells) for name, summary in REPORTS.items())
    yield from ((f"@{name}", line) for name, line in saved.REPORTS.load().items())


def _saved_reports(_: Asked) -> Iterable[Offer]:
    from tracker.read.lookup import saved

    return saved.REPORTS.load().items()


def _saved_queries(_: Asked) -> Iterable[Offer]:
    from tracker.read.lookup import saved

    return saved.queries().items()


def _formats(_: Asked) -> Iterator[Offer]:
    from tracker import plugins

    return _plain(plugins.names("renderers"))


def _import_formats(_: Asked) -> Iterator[Offer]:
    from tracker import plugins

    return _plain(plugins.names("importers"))


def _columns(asked: Asked) -> Iterator[Offer]:
    """Yield the columns of the objects that a command lists, else those of the tables that it may answer with."""
    from tracker.query.columns import KINDS, declared
    from tracker.shell import arguments

    group = asked.place.path.partition(" ")[0]
    if group not in arguments.OF_QUERIES:
        return ((column.name, column.meaning) for column in declared(KINDS.get(group, "agreement")))
    return _plain(sorted(arguments.COLUMNS))


def _sorts(_: Asked) -> Iterator[Offer]:
    from tracker.read.query import sorting

    return _plain(sorting.names())


def _evidence(_: Asked) -> Iterator[Offer]:
    return ((f"{word}: ", told) for word, told in words.of_list("vocabulary.EVIDENCE_KINDS"))


def _party_and(mark: str) -> Callable[[Asked], Iterator[Offer]]:
    def offers(asked: Asked) -> Iterator[Offer]:
        return ((f"{value}{mark}", told) for value, told in asked.store.values("party", asked.incomplete))

    return offers


def _settings(_: Asked) -> Iterator[Offer]:
    from tracker.shell import settings

    return _plain(settings.settable())


def _setting(asked: Asked) -> Iterable[Offer]:
    """Return the values of the setting that is named before."""
    name = asked.place.arguments[0]
    if name == "color":
        return _plain(("true", "false"))
    if name == "home":
        return asked.store.values("party", asked.incomplete)
    if name.startswith("sort."):
        return _sorts(asked)
    if name.startswith("columns."):
        before, comma, last = asked.incomplete.rpartition(",")
        return ((f"{before}{comma}{column}", told) for column, told in _columns(asked.but(last)))
    return ()


def _changes(asked: Asked) -> Iterable[Offer]:
    return asked.store.changes()


def _record(name: str) -> Callable[[Asked], Iterable[Offer]]:
    """Return what makes the offers of a module that reads the record that the line is about."""

    def offers(asked: Asked) -> Iterable[Offer]:
        from tracker.shell.completion import paths

        found: Iterable[Offer] = getattr(paths, name)(asked.store, asked.place, asked.incomplete)
        return found

    return offers


def _nothing(_: Asked) -> tuple[Offer, ...]:
    return ()


SPECIAL: Mapping[str, Callable[[Asked], Iterable[Offer]]] = {
    places.COMMANDS: _commands,
    places.OPTIONS: _options,
    table.NOTHING: _nothing,
    "command or page": _helped,
    "query": _query,
    "ref or query": _refs_or_query,
    "comparison": _comparison,
    "report": _reports,
    "saved query": _saved_queries,
    "saved report": _saved_reports,
    "format": _formats,
    "import format": _import_formats,
    "column": _columns,
    "sort": _sorts,
    "evidence": _evidence,
    "party with colon": _party_and(": "),
    "party with sign": _party_and("="),
    "setting": _settings,
    "value of the setting": _setting,
    "change": _changes,
    "event": _record("events"),
    "path": _record("asked"),
    "own path": _record("own"),
    "claimed path": _record("claimed"),
    "path with value": _record("with_value"),
    "list with value": _record("list_with_value"),
    "value of the path": _record("value"),
}
"""What the table names beside lists of words, kinds of objects and fields of a query."""
