"""``tracker words``: the words of the register, each with its meaning."""

from collections.abc import Iterator
from typing import Annotated

from tracker.errors import InvalidValue
from tracker.query.fields import ALIASES, FIELDS
from tracker.record import kinds, meanings
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, argument, command, one_of
from tracker.table import Column, Row, Table

QUERY = "query"
"""The list of the fields of a query."""

COLUMNS = (
    Column("word", "code", weight=9),
    Column("meaning", weight=8),
    Column("law", weight=4),
    Column("list", "code", weight=5),
)


@command
def words(
    context: AppContext,
    out: OutputOptions,
    name: Annotated[
        str | None,
        argument(
            f"One of {', '.join(meanings.LISTS)}; query: the fields of a query; or a word of any list.",
            metavar="[LIST|WORD]",
            offers=one_of((*meanings.LISTS, QUERY)),
        ),
    ] = None,
) -> None:
    """Say what the words of the register mean: all of a list, or one word in all lists; alone, which lists there are.

    Examples:
        tracker words
        tracker words binding
        tracker words in_force
        tracker words query

    Read on: docs/law.md for the rules behind them; tracker focus list for subjects
    """
    output.answer(_which() if name is None else _found(name), context, out)


NEAREST = 3


def _which() -> Table:
    every = {name: [str(row[0]) for row in _words(name)] for name in meanings.LISTS}
    rows: list[Row] = [(name, len(found), found[:4]) for name, found in every.items()]
    columns = [Column("list", "code", weight=9), Column("words", "count"), Column("first", "list", "such as")]
    return Table(
        "words",
        columns,
        rows,
        footer=["see one with: tracker words LIST", "the fields of a query: tracker words query"],
    )


def _fields() -> Table:
    rows: list[Row] = [(name, field.asks, list(field.words)) for name, field in FIELDS.items()]
    columns = [
        *(Column("field", "code", weight=9, is_typed=True), Column("asks", weight=8, least=40)),
        Column("words", "list", weight=5, is_typed=True),
    ]
    footer = ["one with its words: tracker list binding:non_binding; more in: tracker help docs/queries.md"]
    return Table("words", columns, rows, filters={"list": QUERY}, footer=footer)


def _found(name: str) -> Table:
    if name.strip().lower() == QUERY:
        return _fields()
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    wanted = wanted if wanted in meanings.LISTS else ALIASES.get(wanted, wanted)
    if wanted in meanings.LISTS:
        return Table("words", COLUMNS, list(_words(wanted)), filters={"list": wanted})
    everywhere = [row for each in meanings.LISTS for row in _words(each)]
    rows = [row for row in everywhere if row[0] == wanted]
    if rows:
        return Table("words", COLUMNS, rows, filters={"word": wanted})
    from tracker.text.names import suggest

    told = [word for each in meanings.LISTS for word in meanings.naming(each, name)]
    near = list(dict.fromkeys(told))[:NEAREST] or suggest(
        wanted, [*meanings.LISTS, QUERY, *(str(row[0]) for row in everywhere)]
    )
    hint = f"did you mean {' or '.join(near)}?" if near else f"the lists are {', '.join(meanings.LISTS)}"
    raise InvalidValue(f"no list and no word {name!r}; {hint}")


def _words(name: str) -> Iterator[Row]:
    for codes in meanings.LISTS[name]:
        for word, meaning in meanings.of(codes).items():
            law = kinds.row(word).law if name == "event" else ""
            yield word, meaning, law or None, name
