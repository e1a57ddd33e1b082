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
from tracker.plain import Value
from tracker.query.arguments import FilterArguments, PageArguments
from tracker.shell.context import AppContext

Marker: TypeAlias = object
"""How a parameter is typed: what ``typer.Option`` and ``typer.Argument`` return, read by Typer alone."""

Hint: TypeAlias = Any  # a type, or a form of ``typing`` such as Annotated: these have no type of their own
Group: TypeAlias = type[Value]


class Spelled:
    """How the fields of a plain value are typed on a command line: a Typer marker for each.

    ``Annotated[FilterArguments, Spelled(...)]`` is an option group whose values are handed down as FilterArguments. A
    field without a marker is no option of its own, and keeps its default.
    """

    def __init__(self, **markers: Marker) -> None:
        self.markers = markers


def offering(marker: Marker, what: str) -> Marker:
    """Say what TAB offers for a marker: a name that ``shell.completion.offers`` knows.

    A comma behind it: several with commas.
    """
    vars(marker)["offers"] = what
    return marker


def option(name: str, text: str, *, metavar: str | None = None, offers: str = "") -> Marker:
    """Return an option of a command, with what TAB offers for its value."""
    return offering(typer.Option(name, help=text, metavar=metavar), offers)


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
        in_force=typer.Option(
            "--in-force", help="In force or operative on the day asked for; with --party: for that party."
        ),
        text_access=option("--text-access", "Access to the text.", offers="text_access,"),
        source=option("--source", "Rests on this source.", offers="source,"),
        certain=typer.Option("--certain", help="Only what matches for certain."),
        as_of=option("--as-of", "Ask for the state on this day.", metavar="DATE"),
    ),
]
"""Which agreements: the same options on every command that reads many; a comma in a value means any of them."""

PageOptions = Annotated[
    PageArguments,
    Spelled(
        sort=option("--sort", "Sort by this column (default: ref).", metavar="COLUMN", offers="sort"),
        reverse=typer.Option("--reverse", help="Sort the other way round."),
        limit=typer.Option("--limit", min=0, callback=_bounded, help="At most so many (default: all)."),
    ),
]
"""In which order, and how many; which columns is a matter of the output."""


class OutputOptions(Value):
    """How the answer is printed."""

    format: Annotated[str | None, offering(typer.Option("-f", "--format", help="Format of the output."), "format")] = (
        None
    )
    json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Short for -f json. --json=ref,title: only these keys; --json=: which there are. A word with a comma"
            " behind --json (--json ref,title) is taken so where each part is a column; any other is left to the"
            " command.",
        ),
    ] = False
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to this file; its suffix tells the format."),
    ] = None
    hash: Annotated[bool, typer.Option("--hash", help="Prove a report: the SHA-256 of what was counted.")] = False
    wide: Annotated[bool, typer.Option("--wide", help="All columns in full, however wide the terminal.")] = False
    columns: Annotated[
        str | None,
        option(
            "--columns",
            "Columns, or keys of JSON; tracker columns lists them.",
            metavar="A,B,...",
            offers="column,",
        ),
    ] = None
    template: Annotated[
        str | None, typer.Option("--template", metavar="TEXT", help=r"A line for each item, such as '{ref}\t{title}'.")
    ] = None
    jq: Annotated[str | None, typer.Option("--jq", metavar="EXPR", help="Put the JSON through this jq filter.")] = None
    totals: Annotated[bool, typer.Option("--totals", help="CSV, TSV, NDJSON: the totals as the last row.")] = False
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit code 1 where nothing is found.")] = False

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

    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help="Show what would change; change nothing.")] = False
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Do not ask.")] = False


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
        shown: list[inspect.Parameter] = []
        for name, hint in hints.items():
            if hint is AppContext:
                passed = name
            elif group := _group(hint):
                fields = _fields(hint, group)
                groups[name] = group, list(fields)
                shown += [_keyword(field, getattr(group, field, _NONE), inner) for field, inner in fields.items()]
            elif hint is not typer.Context:
                shown.append(_keyword(name, defaults.get(name, _NONE), hint))
        if words is not None:
            shown = _told(shown, words)

        @wraps(function)
        def call(ctx: typer.Context, **values: object) -> None:
            filled: dict[str, object] = {passed: ctx.obj} if passed else {}
            if "ctx" in hints:
                filled["ctx"] = ctx
            for name, (group, fields) in groups.items():
                filled[name] = group(**{field: values.pop(field) for field in fields if field in values})
            function(**filled, **values)

        parameters = [_CONTEXT, *shown]
        call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # what inspect.signature reads
        call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        del call.__wrapped__  # Typer must see the signature above, not the function's own
        return call


def command(function: Callable[..., None]) -> Command:
    """Make a command of a function whose parameters are option groups."""
    return Command(function)


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


def _fields(annotation: Hint, group: Group) -> dict[str, Hint]:
    """Return the annotations of a group's fields with their Typer markers."""
    hints = _hints(group)
    if group is annotation:
        return hints
    return {name: Annotated[hints[name], marker] for name, marker in annotation.__metadata__[0].markers.items()}


def _keyword(name: str, default: object, annotation: Hint) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _told(parameters: list[inspect.Parameter], words: Sequence[str]) -> list[inspect.Parameter]:
    """Return the arguments, and the options that stand among words; all where one may be an option that is not known.

    For what is wrong is told with all that would be right, and help lists everything.
    """
    names = {parameter.name: _names(parameter) for parameter in parameters}
    typed = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}
    if not typed.issubset({name for known in names.values() for name in known} | {"--"}):
        return parameters
    return [
        each
        for each in parameters
        if each.default is _NONE or not names[each.name] or not typed.isdisjoint(names[each.name])
    ]


def _names(parameter: inspect.Parameter) -> tuple[str, ...]:
    """Return how an option is typed; nothing for an argument.

    Typer takes the first name for a default until it meets the marker in an annotation.
    """
    marker = parameter.annotation.__metadata__[0]
    if not isinstance(marker, OptionInfo):
        return ()
    given = () if marker.default is ... else (marker.default,)
    plain = parameter.name.replace("_", "-")
    return (*given, *(marker.param_decls or ())) or (f"--{plain}", f"--no-{plain}")
