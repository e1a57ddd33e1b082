"""Options that several commands share, each group declared once, and the decorator that hands them to a command.

What reads take are plain values of ``tracker.query.arguments``; ``Spelled`` says how their fields are typed.

``@command`` makes a command of a function whose parameters are option groups.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeAlias, get_type_hints

import typer
from typer.models import OptionInfo

from tracker.errors import InvalidValue
from tracker.plain import Declared, Value
from tracker.query.arguments import FilterArguments, PageArguments
from tracker.shell.context import AppContext

Marker: TypeAlias = object
"""How a parameter is typed: an ``Option``, or what ``typer.Option`` and ``typer.Argument`` return."""

Hint: TypeAlias = Any  # a type, or a form of ``typing`` such as Annotated: these have no type of their own
Group: TypeAlias = type[Value]


class Option(Declared):
    """An option as it is declared; Typer is told of it where it stands on the line, for that costs more."""

    names: tuple[str, ...]
    text: str
    metavar: str | None = None
    offers: str = ""
    """What TAB offers for its value."""
    least: int | None = None
    callback: Callable[..., Any] | None = None
    """What makes another value of the one that was typed."""
    is_eager: bool = False

    def for_typer(self) -> Marker:
        """Return the same as Typer takes it."""
        marker = typer.Option(
            *self.names,
            help=self.text,
            metavar=self.metavar,
            min=self.least,
            callback=vars(self).get("callback"),
            is_eager=self.is_eager,
        )
        return offering(marker, self.offers)


class Spelled:
    """How the fields of a plain value are typed on a command line: a marker for each.

    ``Annotated[FilterArguments, Spelled(...)]`` is an option group whose values are handed down as FilterArguments; a
    class that is a group itself has one as ``spelled``. A field without a marker is no option of its own, and keeps its
    default.
    """

    def __init__(self, **markers: Marker) -> None:
        self.markers = markers


def offering(marker: Marker, what: str) -> Marker:
    """Say what TAB offers for a marker of Typer: a name that ``shell.completion.offers`` knows.

    A comma behind it: several with commas.
    """
    vars(marker)["offers"] = what
    return marker


def option(name: str, text: str, *, short: str = "", metavar: str | None = None, offers: str = "") -> Option:
    """Return an option of a command, with what TAB offers for its value."""
    return Option((short, name) if short else (name,), text, metavar, offers)


def argument(text: str, *, metavar: str | None = None, offers: str = "") -> Marker:
    """Return an argument of a command, with what TAB offers for it."""
    return offering(typer.Argument(help=text, metavar=metavar, show_default=False), offers)


def _bounded(number: int | None) -> int | None:
    """Keep a number within what SQLite counts with: more than that many records there are not."""
    return number if number is None else min(number, 2**63 - 1)


def as_of_option() -> Marker:
    """Return the option that asks for the state on a day."""
    return option("--as-of", "Ask for the state on this day.", metavar="DATE")


def one_of(words: Iterable[str]) -> str:
    """Return what TAB offers where one of a few fixed words is typed."""
    return f"={'|'.join(words)}"


def some_of(words: Iterable[str]) -> str:
    """Return what TAB offers where some of a few fixed words are typed, with commas."""
    return f"{one_of(words)},"


def ref_argument(text: str) -> Marker:
    """Return an argument that takes the ref of an agreement and completes it."""
    return argument(text, metavar="REF", offers="ref")


def ref_option(name: str, text: str) -> Marker:
    """Return an option that takes the ref of an agreement and completes it."""
    return option(name, text, metavar="REF", offers="ref")


def query_argument(metavar: str = "[QUERY]...", *, refs: bool = False) -> Marker:
    """Return the argument that takes a query, as one word or several, and completes its terms, or refs too."""
    text = (
        "Terms such as party:JPN signed:2015..2020 not focus:cyber (status:in_force or status:operative);"
        " the fields: tracker words query."
    )
    return argument(text, metavar=metavar, offers="ref or query" if refs else "query")


FilterOptions = Annotated[
    FilterArguments,
    Spelled(
        party=option("--party", "Has this party; repeat: all of them.", offers="party,"),
        any_party=option("--any-party", "Has one of these parties.", offers="party,"),
        binding=option("--binding", "Binding status.", offers="binding,"),
        type=option("--type", "Instrument type.", offers="type,"),
        focus=option("--focus", "Focus area, with all below it.", offers="focus,"),
        family=option("--family", "Member of this family.", offers="family,"),
        status=option("--status", "Status on the day asked for, or a flag.", offers="status,"),
        signatory=option("--signatory", "Signed by this person.", offers="signatory,"),
        signed=option("--signed", "Signed in: 2023, 2015..2020, 2020.. .", metavar="RANGE"),
        in_force=option("--in-force", "In force or operative on the day asked for; with --party: for that party."),
        text_access=option("--text-access", "Access to the text.", offers="text_access,"),
        source=option("--source", "Rests on this source.", offers="source,"),
        certain=option("--certain", "Only what matches for certain."),
        as_of=option("--as-of", "Ask for the state on this day.", metavar="DATE"),
    ),
]
"""Which agreements: the same options on every command that reads many; a comma in a value means any of them."""

PageOptions = Annotated[
    PageArguments,
    Spelled(
        sort=option("--sort", "Sort by this column (default: ref).", metavar="COLUMN", offers="sort"),
        reverse=option("--reverse", "Sort the other way round."),
        limit=Option(("--limit",), "At most so many (default: all).", least=0, callback=_bounded),
    ),
]
"""In which order, and how many; which columns is a matter of the output."""


class OutputOptions(Value):
    """How the answer is printed."""

    format: str | None = None
    json: bool = False
    output: Path | None = None
    hash: bool = False
    wide: bool = False
    columns: str | None = None
    template: str | None = None
    jq: str | None = None
    totals: bool = False
    exit_code: bool = False

    spelled = Spelled(
        format=option("--format", "Format of the output.", short="-f", offers="format"),
        json=option(
            "--json",
            "Short for -f json. --json=ref,title: only these keys; --json=: which there are. A word with a comma"
            " behind --json (--json ref,title) is taken so where each part is a column; any other is left to the"
            " command.",
        ),
        output=option("--output", "Write to this file; its suffix tells the format.", short="-o", metavar="FILE"),
        hash=option("--hash", "Prove a report: the SHA-256 of what was counted."),
        wide=option("--wide", "All columns in full, however wide the terminal."),
        columns=option(
            "--columns",
            "Columns, or keys of JSON; tracker columns lists them.",
            metavar="A,B,...",
            offers="column,",
        ),
        template=option("--template", r"A line for each item, such as '{ref}\t{title}'.", metavar="TEXT"),
        jq=option("--jq", "Put the JSON through this jq filter.", metavar="EXPR"),
        totals=option("--totals", "CSV, TSV, NDJSON: the totals as the last row."),
        exit_code=option("--exit-code", "Exit code 1 where nothing is found."),
    )

    @property
    def chosen(self) -> str | None:
        """The format that was asked for; None = the place decides."""
        asked = {
            "--json": self.json and self.jq is None,
            f"-f {self.format}": self.format not in (None, *(["json"] if self.json or self.jq is not None else [])),
            "--template": self.template is not None,
            "--jq": self.jq is not None,
        }
        several = [name for name, is_asked in asked.items() if is_asked]
        if len(several) > 1:
            raise InvalidValue(f"{' and '.join(several)} ask for two formats; give one of them")
        if self.template is not None:
            return "tsv"
        return "json" if self.json or self.jq is not None else self.format

    @property
    def names(self) -> str | None:
        """The columns that are asked for, with commas; None = the usual ones. Raises InvalidValue for a template."""
        if self.template is None:
            return self.columns
        if self.columns is not None:
            raise InvalidValue("--template names its columns itself; leave --columns out")
        from tracker.text import templates

        try:
            return ",".join(templates.names(self.template))
        except templates.TemplateError as error:
            raise InvalidValue(f"--template: {error}") from None


class ChangeOptions(Value):
    """How a change is made."""

    dry_run: bool = False
    yes: bool = False

    spelled = Spelled(
        dry_run=option("--dry-run", "Show what would change; change nothing.", short="-n"),
        yes=option("--yes", "Do not ask.", short="-y"),
    )


class Command:
    """A function of a command whose parameters are option groups, as ``@command`` makes it.

    Typer is told of a function whose parameters are the groups' fields (``spread``); the function itself gets the
    filled groups and the AppContext.
    """

    def __init__(self, function: Callable[..., None]) -> None:
        """Nothing is looked at yet: most commands are never run."""
        self.function = function

    def spread(self, words: Sequence[str] | None = None) -> Callable[..., None]:
        """Return what Typer is to see: all options, or of those alone that stand among the words of a command line.

        To tell Typer of an option costs more than to read what it says, and a line holds few of them. The others have
        their defaults, as where Typer finds that they are not there.
        """
        function = self.function
        hints, defaults = _hints(function), _defaults(function)
        groups: dict[str, tuple[Group, list[str]]] = {}
        passed: str | None = None
        typed: list[_Typed] = []
        for name, hint in hints.items():
            if hint is AppContext:
                passed = name
            elif group := _group(hint):
                fields = _fields(hint, group)
                groups[name] = group, [field[0] for field in fields]
                typed += fields
            elif hint is not typer.Context:
                typed.append((name, defaults.get(name, _NONE), hint.__origin__, hint.__metadata__[0]))
        if words is not None:
            typed = _told(typed, words)

        @wraps(function)
        def call(ctx: typer.Context, **values: object) -> None:
            filled: dict[str, object] = {passed: ctx.obj} if passed else {}
            if "ctx" in hints:
                filled["ctx"] = ctx
            for name, (group, fields) in groups.items():
                filled[name] = group(**{field: values.pop(field) for field in fields if field in values})
            function(**filled, **values)

        parameters = [_CONTEXT, *(_parameter(*each) for each in typed)]
        call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # what inspect.signature reads
        call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        del call.__wrapped__  # Typer must see the signature above, not the function's own
        return call


def command(function: Callable[..., None]) -> Command:
    """Make a command of a function whose parameters are option groups."""
    return Command(function)


_Typed: TypeAlias = tuple[str, object, Hint, Marker]
"""What is typed: its name in the program, its default, its type, and how it is typed."""

_NONE = inspect.Parameter.empty
_CONTEXT = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)


def _hints(declared: Callable[..., None] | Group) -> dict[str, Hint]:
    """Return the annotations of a function's parameters, or of a group's fields, with their markers."""
    hints = declared.__annotations__
    if any(isinstance(hint, str) for hint in hints.values()):
        hints = get_type_hints(declared, include_extras=True)
    return {name: hint for name, hint in hints.items() if name != "return"}


def _defaults(function: Callable[..., None]) -> dict[str, object]:
    parameters = inspect.signature(function).parameters.values()
    return {parameter.name: parameter.default for parameter in parameters}


def _group(annotation: Hint) -> Group | None:
    """Return the class of values that a parameter is a group of, or None."""
    kind = annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation
    return kind if isinstance(kind, type) and issubclass(kind, Value) else None


def _fields(annotation: Hint, group: Group) -> list[_Typed]:
    """Return the fields of a group that are typed."""
    hints = _hints(group)
    spelled = getattr(group, "spelled", None) if group is annotation else annotation.__metadata__[0]
    if spelled is None:
        typed = {name: (hint.__origin__, hint.__metadata__[0]) for name, hint in hints.items()}
    else:
        typed = {name: (hints[name], marker) for name, marker in spelled.markers.items()}
    return [(name, getattr(group, name, _NONE), kind, marker) for name, (kind, marker) in typed.items()]


def _parameter(name: str, default: object, kind: Hint, marker: Marker) -> inspect.Parameter:
    """Return a parameter as Typer reads it."""
    told = marker.for_typer() if isinstance(marker, Option) else marker
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, told])


def _told(typed: list[_Typed], words: Sequence[str]) -> list[_Typed]:
    """Return the arguments, and the options that stand among words; all where one may be an option that is not known.

    For what is wrong is told with all that would be right, and help lists everything.
    """
    names = {name: _names(name, marker) for name, _, _, marker in typed}
    asked = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}
    if not asked.issubset({name for known in names.values() for name in known} | {"--"}):
        return typed
    return [each for each in typed if each[1] is _NONE or not names[each[0]] or not asked.isdisjoint(names[each[0]])]


def _names(name: str, marker: Marker) -> tuple[str, ...]:
    """Return how an option is typed; nothing for an argument.

    Typer takes the first name for a default until it meets the marker in an annotation.
    """
    if isinstance(marker, Option):
        return marker.names
    if not isinstance(marker, OptionInfo):
        return ()
    given = () if marker.default is ... else (marker.default,)
    plain = name.replace("_", "-")
    return (*given, *(marker.param_decls or ())) or (f"--{plain}", f"--no-{plain}")
