"""The program: the table of commands, the global options, and the one place where errors become exit codes."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from tracker import __version__
from tracker.errors import ExitCode, InvalidValue, TrackerError
from tracker.plain import Declared
from tracker.shell import messages, output, settings, streams
from tracker.shell.arguments import before_command, fronted
from tracker.shell.context import AppContext, Kept, locate
from tracker.shell.options import Command, Option, command, one_of, option
from tracker.shell.running import interrupts

OUTSIDE = (UnicodeEncodeError, RecursionError, OverflowError, OSError)
"""What Python raises for a value that the system or SQLite does not take; ``endings`` says it in one line."""


class Entry(Declared):
    """One command: ``module:function`` under ``tracker.commands``, or a group with a table of its own."""

    target: str
    help: str
    table: dict[str, "Entry"] | None = None


def _objects(noun: str, module: str, *, named: bool = False) -> dict[str, Entry]:
    table = {
        "list": Entry(f"{module}:list_", f"List {noun}."),
        "show": Entry(f"{module}:show", "Show one, and the agreements that refer to it."),
        "add": Entry(f"{module}:add", "Record a new one."),
        "edit": Entry(f"{module}:edit", "Change fields of one, or all of it in $EDITOR."),
        "alias": Entry(f"{module}:alias", "Add other names."),
        "merge": Entry(f"{module}:merge", "Put one in the place of another everywhere."),
    }
    if not named:
        del table["alias"]
    return table


COMMANDS: dict[str, Entry] = {
    "add": Entry("add:add", "Record an agreement."),
    "edit": Entry("edit:edit", "Change fields of an agreement, or all of it in $EDITOR."),
    "event": Entry("event:event", "Record an act or happening in the life of an agreement."),
    "link": Entry("link:link", "Say how one agreement relates to another."),
    "claim": Entry("claim:claim", "Record what a source says of a field, and whether it is followed."),
    "note": Entry("note:note", "Add a note to an agreement."),
    "attach": Entry("attach:attach", "Attach a file to an agreement: its SHA-256, and a copy or a link."),
    "remove": Entry("remove:remove", "Take agreements out of the register."),
    "show": Entry("show:show", "Show agreements in full."),
    "open": Entry("open:open_", "Open the file attached to an agreement."),
    "list": Entry("list:list_", "List agreements."),
    "search": Entry("search:search", "Find agreements by words, the best first."),
    "status": Entry("status:status", "Say what holds on a day, for the instrument and for each party."),
    "timeline": Entry("timeline:timeline", "Show what happened to an agreement, in order."),
    "parties": Entry("parties:parties", "Show the parties on a day: signature, consent, entry into force, status."),
    "eif": Entry("eif:eif", "Compute the entry into force: when, by whose acts, and what is missing."),
    "lineage": Entry("lineage:lineage", "Show where an agreement comes from and what came of it, as a tree."),
    "why": Entry("why:why", "Say what the binding status, or another field, rests on."),
    "claims": Entry("claims:claims", "List what sources say of an agreement, the losing values too."),
    "conflicts": Entry("conflicts:conflicts", "List where sources disagree."),
    "compare": Entry("compare:compare", "Compare binding with non-binding, two parties, or agreements side by side."),
    "report": Entry("report:report", "Make a report: overview, trend, funnel, signatories, transparency, ..."),
    "due": Entry("due:due", "Show what falls due: ends of terms, last days for notice, renewals, promises."),
    "gaps": Entry("gaps:gaps", "Measure the days between two stages, such as signature and entry into force."),
    "check": Entry("check:check", "Look for what is doubtful in the data, by rules."),
    "cite": Entry("cite:cite", "Print a footnote for an agreement, of what is recorded."),
    "dossier": Entry("dossier:dossier", "Hand over one agreement: record, timeline, conflicts, lineage, sources."),
    "party": Entry("", "States, organisations and other actors.", _objects("parties", "party", named=True)),
    "focus": Entry("", "Focus areas, a tree of subjects.", _objects("focus areas", "focus")),
    "family": Entry("", "Families of like instruments.", _objects("families", "family")),
    "signatory": Entry("", "People who signed.", _objects("signatories", "signatory", named=True)),
    "source": Entry("", "Texts that statements rest on.", _objects("sources", "source")),
    "propose": Entry("propose:propose", "Read a text, and propose what to record, each value with its words."),
    "import": Entry("import_:import_", "Take in records: our JSON and NDJSON, sheets, data sets."),
    "duplicates": Entry("duplicates:duplicates", "Pairs of records that are likely the same agreement."),
    "merge": Entry("merge:merge", "Unite two records of one agreement."),
    "export": Entry("export:export", "Write records out, to be imported again."),
    "publish": Entry("publish:publish", "Write the register as a static site, with search, charts, data and a feed."),
    "query": Entry(
        "",
        "Queries saved under a name, used as @NAME.",
        {
            "save": Entry("query:save", "Save a query under a name."),
            "list": Entry("query:list_", "List the saved queries."),
            "show": Entry("query:show", "Print a saved query."),
            "remove": Entry("query:remove", "Forget a saved query."),
        },
    ),
    "log": Entry("log:log", "List the changes: when, who, and what was done."),
    "diff": Entry("diff:diff", "Say what changed between two moments, as a changelog."),
    "undo": Entry("undo:undo", "Take back the last change, or a named one."),
    "schema": Entry("schema:schema", "Print the JSON Schema of what the program prints."),
    "columns": Entry("columns:columns", "List what --columns and --json= can name."),
    "words": Entry("words:words", "Say what the words of the register mean."),
    "formats": Entry("formats:formats", "List the formats of output and input."),
    "store": Entry(
        "",
        "The file that holds the register.",
        {
            "init": Entry("store:init", "Make an empty store."),
            "status": Entry("store:status", "Say where the store is and what it holds."),
            "migrate": Entry("store:migrate", "Bring a store of an older version up to date."),
            "check": Entry("store_check:check", "Look whether the store is sound; --fix makes derived parts again."),
            "backup": Entry("backup:backup", "Copy the store while it is in use; list or let go of old copies."),
            "restore": Entry("backup:restore", "Let the store hold again what a backup holds."),
        },
    ),
    "config": Entry(
        "",
        "The settings, and where each comes from.",
        {
            "list": Entry("config:list_", "List the settings, each with its origin."),
            "get": Entry("config:get", "Print the value of a setting."),
            "set": Entry("config:set_", "Write a setting into the user's file."),
            "edit": Entry("config:edit", "Open the user's file in $EDITOR."),
            "path": Entry("config:path", "Say which files the settings stand in."),
        },
    ),
    "completion": Entry("completion:completion", "Print or install what lets TAB complete in bash, zsh or fish."),
    "help": Entry("help:help_", "Say more of a command: tracker help list."),
    "demo": Entry("demo:demo", "Load the samples into a store of their own and show a comparison."),
}


def _printed(help_option: Any) -> Any:
    """Let a page of help go out as every answer does: Typer's own way does not tell of a full disk."""
    if help_option is not None:
        help_option.callback = _show_help
    return help_option


def _show_help(ctx: Any, _: Any, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        output.write_text(f"{ctx.get_help()}\n")
        raise typer.Exit


class LazyGroup(TyperGroup):
    """A group that imports a command only when it is asked for; Typer would inspect every one on each run."""

    table: dict[str, Entry] = COMMANDS
    _words: Sequence[str] | None = None
    """What stands behind the name of a command while it is found."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help``."""
        return _printed(super().get_help_option(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        """Return the names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's signature
        """Import and build one command; None for a name that is not there."""
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        return _group(cmd_name, entry) if entry.table else _command(cmd_name, entry, self._words)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Say what the group is for, with examples of its commands."""
        from tracker.shell import helping

        commands = (self.get_command(ctx, name) for name in self.table)
        helping.group(self.help or "", (each.help or "" for each in commands), formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands from the table, without importing any."""
        from tracker.shell import helping

        lines = [(name, entry.help) for name, entry in self.table.items()]
        for heading, listed in helping.sections(lines, grouped=ctx.parent is None):
            with formatter.section(heading):
                formatter.write_dl(listed)

    def find(self, ctx: Any, name: str) -> Any:
        """Return a command with all its options, or say which one is nearest."""
        if name not in self.table:
            raise InvalidValue(_unknown(name, self.table, ctx.command_path))
        return self.get_command(ctx, name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command with the options that are given to it, or say which one is nearest."""
        if args and args[0] not in self.table and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise InvalidValue(_unknown(args[0], self.table, ctx.command_path))
        self._words = args[1:]
        try:
            return super().resolve_command(ctx, args)
        finally:
            self._words = None


class HelpedCommand(TyperCommand):
    """A command whose help begins with examples, and ends with where to read on."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help``."""
        return _printed(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of ``--help``, from the docstring of the command."""
        from tracker.shell import helping

        self.format_usage(ctx, formatter)
        helping.command(self.help or "", ctx, formatter, self.format_options)


def _command(name: str, entry: Entry, words: Sequence[str] | None) -> Any:
    from importlib import import_module

    module, _, function = entry.target.partition(":")
    command: Command = getattr(import_module(f"tracker.commands.{module}"), function)
    _end_start()
    app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=HELP)
    app.command(name, cls=HelpedCommand)(command.spread(words))
    return typer.main.get_command(app)


def _end_start() -> None:
    """Let Ctrl-C interrupt, and look for garbage again where ``__main__`` did not yet: what there is now stays."""
    interrupts.begin()
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(SELDOM)
        gc.enable()


SELDOM = 50_000
"""Objects made between two looks for garbage cycles: records by the page hold none, and looking costs a tenth."""


HELP = {"help_option_names": ["-h", "--help"]}


def _unknown(name: str, table: dict[str, Entry], path: str) -> str:
    from tracker.shell import helping
    from tracker.text.names import suggest

    if instead := helping.instead(name, list(table), path):
        return f"no such command: {name!r}; {instead}"
    near = suggest(name, list(table))
    hint = f"did you mean {' or '.join(near)}?" if near else f"the commands are {', '.join(table)}"
    return f"no such command: {name!r}; {hint}"


def _group(name: str, entry: Entry) -> Any:
    cls = type(f"{name.title()}Group", (LazyGroup,), {"table": entry.table})
    app = typer.Typer(cls=cls, add_completion=False, rich_markup_mode=None, no_args_is_help=True, context_settings=HELP)

    def group() -> None:
        pass

    app.callback(help=entry.help)(group)
    return typer.main.get_command(app)


class RootGroup(LazyGroup):
    """The outermost command, with the global options."""

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's signature
        """Say what the program is for, with examples; no command is imported."""
        from tracker.shell import helping

        helping.program(self.help or "", formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List the commands before the global options, all of these: commands are what people look for."""
        self.format_commands(ctx, formatter)
        TyperCommand.format_options(whole(), ctx, formatter)  # a group without its commands


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command line and leave the process with its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    kept = Kept()
    debug = "--debug" in arguments
    try:
        words = _expanded(fronted(arguments))
        result = whole(words).main(words, standalone_mode=False, prog_name="tracker", obj=kept)
        code = result if isinstance(result, int) else ExitCode.DONE
        code = code or (ExitCode.FAILED if kept.found_nothing else ExitCode.DONE)
        if code == ExitCode.INTERRUPTED:
            code = _interrupted(kept)
    except (TrackerError, typer.TyperException, *OUTSIDE) as problem:
        if debug:
            raise
        from tracker.shell import failures as endings

        if interrupts.asked():  # an error of SQLite hid it
            code = _interrupted(kept)
        else:
            code = endings.after_change(problem, kept.said) if kept.said else endings.report(problem)
    except SystemExit:  # how Typer ends where the reader of its help is gone
        code = ExitCode.DONE
    except (KeyboardInterrupt, typer.Abort):
        code = _interrupted(kept)
    except Exception as problem:
        if debug:
            raise
        from tracker.shell import failures as endings

        code = endings.unexpected(problem, kept.said)
    sys.exit(code or _flushed())


def _expanded(arguments: list[str]) -> list[str]:
    """Put the line of a saved report in the place of its name."""
    if "report" not in arguments or not any(argument.startswith("@") for argument in arguments):
        return arguments
    from tracker.shell import saved_reports

    return saved_reports.expanded(arguments)


def _interrupted(kept: Kept) -> int:
    """Say that the user stopped the program; a change that was made before is done, and stands."""
    messages.error(f"interrupted; {kept.said}" if kept.said else "interrupted")
    return ExitCode.DONE if kept.said else ExitCode.INTERRUPTED


def _flushed() -> int:
    """Flush what Typer printed itself, such as help; a closed pipe ends quietly, a full disk does not."""
    try:
        streams.finish()
    except TrackerError as problem:
        messages.error(str(problem))
        return problem.exit_code
    return 0


COLOURS: Mapping[str, bool | None] = {"auto": None, "always": True, "never": False}
"""What ``--color`` takes, and what it wishes."""


def _print_version(asked: bool) -> None:
    if asked:
        output.write_text(f"tracker {__version__}\n")
        raise typer.Exit


@command
def root(  # noqa: PLR0913 - one parameter a global option: that is Typer's way
    ctx: typer.Context,
    *,
    store: Annotated[str | None, option("--store", "The store: a path or sqlite:///path.", offers="file")] = None,
    today: Annotated[str | None, option("--today", "Take this day for today.", metavar="DATE")] = None,
    known_at: Annotated[
        str | None, option("--known-at", "Ask for the register as it stood at this time.", metavar="TIME")
    ] = None,
    actor: Annotated[str | None, option("--actor", "Who makes the change, for the log.")] = None,
    config_file: Annotated[Path | None, option("--config", "Settings file.", metavar="FILE")] = None,
    no_config: Annotated[bool, option("--no-config", "Read no settings file.")] = False,
    color: Annotated[
        str | None, option("--color", "Colour: auto, always, never.", metavar="WHEN", offers=one_of(COLOURS))
    ] = None,
    no_color: Annotated[bool, option("--no-color", "Short for --color never.")] = False,
    no_pager: Annotated[bool, option("--no-pager", "No pager for long answers.")] = False,
    quiet: Annotated[bool, option("--quiet", "No hints or confirmations on stderr.")] = False,
    debug: Annotated[bool, option("--debug", "Show the traceback of an error.")] = False,
    no_input: Annotated[bool, option("--no-input", "Never ask; decline instead.")] = False,
    version: Annotated[
        bool, Option(("--version",), "Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Register of international agreements: what binds and what does not, every statement with its source."""
    del version  # answered by its callback
    if ctx.resilient_parsing:
        return
    said = settings.Config() if no_config else settings.load(config_file)
    for refused in said.refused:
        messages.say(f"warning: {refused}", quiet=quiet)
    day = _day(today, os.environ.get("TRACKER_TODAY"))
    location = locate(store, said)
    ctx.obj = AppContext(
        store=location if known_at is None else location.but(known_at=_moment(known_at, day)),
        today=day,
        actor=actor or os.environ.get("TRACKER_ACTOR") or said.actor,
        color=_color("never" if no_color else color, said.color),
        quiet=quiet,
        debug=debug,
        no_input=no_input,
        pager=False if no_pager else said.pager,
        words=("tracker", *sys.argv[1:]),
        settings=said,
        kept=ctx.obj if isinstance(ctx.obj, Kept) else Kept(),
    )
    if ctx.invoked_subcommand is None:
        from tracker.shell import helping

        output.write_text(helping.first_screen(ctx.obj.store))


EPILOG = (
    "More of one command: tracker help COMMAND; the documentation: tracker help README.md. "
    "Exit codes: 0 done, 1 could not do it, 2 wrong usage or value, 3 the store, 130 interrupted."
)


def whole(words: Sequence[str] | None = None) -> Any:
    """Return the program as Typer runs it: with all global options, or those alone that the words begin with."""
    app = typer.Typer(
        cls=RootGroup,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=HELP,
        epilog=EPILOG,
    )
    app.callback(invoke_without_command=True)(root.spread(words and before_command(words)))
    return typer.main.get_command(app)


def _color(when: str | None, configured: bool | None) -> bool | None:
    """Whether colours are wanted wherever the answer goes (True), nowhere, or where the place takes them (None).

    An option goes before the environment, and that before the settings.
    """
    if when is None:
        return False if configured is False and not streams.forcing(os.environ) else None
    if when not in COLOURS:
        raise InvalidValue(f"--color {when!r}: expected auto, always or never")
    return COLOURS[when]


def _day(option: str | None, variable: str | None) -> str:
    """The day that --today names, else TRACKER_TODAY, else the one on this machine's calendar."""
    from datetime import date

    from tracker import clock

    text, name = (option, "--today") if option is not None else (variable, "TRACKER_TODAY")
    if not text and option is None:
        return clock.today().isoformat()
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        raise InvalidValue(f"{name} {text!r}: expected a day such as 2026-11-22") from None


def _moment(text: str, today: str) -> str:
    """The instant that --known-at names."""
    from tracker.dates import ranges

    try:
        return ranges.parse_instant(text, today)
    except ValueError as error:
        raise InvalidValue(f"--known-at {error}") from None
