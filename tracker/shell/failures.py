"""How a command that failed ends: one line on standard error, and the exit code."""

import typer

from tracker.errors import ExitCode, OutputBroken, TrackerError
from tracker.shell import messages, output

SHOWN = 60
"""Characters that are repeated of a name that the system does not take."""

Expected = TrackerError | typer.TyperException | UnicodeEncodeError | RecursionError | OverflowError | OSError


def after_change(problem: Expected, kept: str) -> int:
    """Say what went wrong after a change was made that stands; where only the telling failed, the change counts."""
    if isinstance(problem, TrackerError | typer.TyperException) and not isinstance(problem, OutputBroken):
        return report(problem)
    messages.warn(f"{problem}; {kept}")
    return ExitCode.DONE


def report(problem: Expected) -> int:
    """Say what went wrong, and return the exit code for it."""
    if isinstance(problem, TrackerError):
        messages.error(" ".join(str(problem).split("\n")))
        for line in getattr(problem, "pointer", ()):
            messages.say(f"  {line}")
        return problem.exit_code
    if isinstance(problem, UnicodeEncodeError):
        text = problem.object[:SHOWN]
        messages.error(f"{text!r} is no text: it holds a byte or half a character that is not UTF-8")
        return ExitCode.USAGE
    if isinstance(problem, RecursionError):
        messages.error("a value is nested too deeply; the register holds nothing that deep")
        return ExitCode.USAGE
    if isinstance(problem, OverflowError):
        messages.error("a number is larger than the register counts; write a smaller one")
        return ExitCode.USAGE
    if isinstance(problem, OSError):
        name = str(problem.filename or "")
        short = f"{name[:SHOWN]!r}{'...' * (len(name) > SHOWN)}"
        messages.error(f"cannot use {short}: {problem.strerror or problem}; check the path")
        return ExitCode.STORE
    return _report_usage(problem)


UNREADABLE = ("UnicodeDecodeError", "JSONDecodeError")
"""What reading meets where the bytes of a store are hurt; input files have errors of their own."""


def unexpected(problem: Exception, kept: str = "") -> int:
    """Say what nobody foresaw: cells of the store that cannot be read, or a mistake of the program.

    ``kept``: what was changed before and stands.
    """
    kind = type(problem).__name__
    if kept:
        messages.error(f"internal error: {kind}: {problem}; {kept}; run `tracker log` with --debug and report it")
        return ExitCode.DONE
    if kind in UNREADABLE:
        advice = "look at it with `tracker store check`, or restore a backup"
        messages.error(f"the store holds what cannot be read ({kind}: {problem}); {advice}")
        return ExitCode.STORE
    messages.error(f"internal error: {kind}: {problem}; run again with --debug and report it")
    return ExitCode.FAILED


def _print_help(page: str) -> int:
    try:
        output.write_text(f"{page}\n")
    except OutputBroken as broken:
        return report(broken)
    return ExitCode.DONE


def _report_usage(problem: typer.TyperException) -> int:
    if type(problem).__name__ == "NoArgsIsHelpError":
        return _print_help(problem.format_message())
    text = _wrong_number(problem) or " ".join(problem.format_message().split())
    context = getattr(problem, "ctx", None)
    if context is not None:
        text = f"{text.rstrip('.')} (see {context.command_path} --help)"
    messages.error(text)
    return ExitCode.USAGE


NUMBERS = {"int": "a whole number", "int range": "a whole number", "float": "a number"}
"""What an option takes, by the name that Typer gives to the type of its value."""


def _wrong_number(problem: typer.TyperException) -> str:
    """Say which numbers an option takes; empty where it was something else that went wrong."""
    option = getattr(problem, "param", None)
    kind = getattr(option, "type", None)
    word = NUMBERS.get(getattr(kind, "name", ""))
    given, is_wrong, _ = str(getattr(problem, "message", "")).partition(" is not ")
    if option is None or word is None or not is_wrong:
        return ""
    least = getattr(kind, "min", None)
    return f"{max(option.opts, key=len)} {given}: expected {word}{'' if least is None else f' from {least}'}"
