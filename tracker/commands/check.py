"""``tracker check``: what is doubtful in the data, by rules."""

from typing import Annotated

from tracker.errors import InvalidValue, Refused
from tracker.law.doubts.quality import LEVELS
from tracker.read.answers import quality
from tracker.read.query.filters import filters
from tracker.read.query.selection import Selection
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, OutputOptions, command, one_of, option, query_argument, some_of
from tracker.shell.reading import reading


@command
def check(
    context: AppContext,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    out: OutputOptions,
    rule: Annotated[
        list[str] | None,
        option(
            "--rule",
            "; ".join(f"{name}: {quality.tells(name)}" for name in quality.NAMES) + ".",
            offers=some_of(quality.NAMES),
        ),
    ] = None,
    level: Annotated[
        str | None,
        option("--level", f"At least this grave: {', '.join(LEVELS)} (default: note).", offers=one_of(LEVELS)),
    ] = None,
) -> None:
    """Look for what is doubtful: acts out of order, missing evidence and sources, ordinals, open questions.

    Exit code 1 where errors are found. Whether the store itself is sound is asked with: tracker store check

    Examples:
        tracker check
        tracker check party:JPN

    Read on: tracker help conflicts; tracker help duplicates
    """
    with reading(context) as reader:
        selection = Selection(filters(reader, options, context.today, query))
        page, errors = quality.page(reader, selection, _rules(rule, level))
        output.answer(page, context, out)
    if errors:
        raise Refused(f"{errors} error{'' if errors == 1 else 's'} found; mend with: tracker edit REF --set PATH=VALUE")


def _rules(texts: "list[str] | None", level: str | None) -> list[str]:
    names = [part.strip().lower().replace("-", "_") for text in texts or () for part in text.split(",")]
    for name in names:
        if name not in quality.NAMES:
            raise InvalidValue(f"--rule {name!r}: no such rule; {_expected(name, quality.NAMES)}")
    least = LEVELS[-1] if level is None else level.strip().lower()
    if least not in LEVELS:
        raise InvalidValue(f"--level {level!r}: no such level; {_expected(least, LEVELS)}")
    kept = LEVELS[: LEVELS.index(least) + 1]
    return [name for name in quality.NAMES if (not names or name in names) and quality.level_of(name) in kept]


def _expected(name: str, names: tuple[str, ...]) -> str:
    from tracker.record.vocabulary import expected

    return expected(name, names)
