"""``tracker eif``: when an agreement enters into force, by its terms and the acts of the parties."""

from typing import Annotated

import typer

from tracker.dates import typed
from tracker.dates.day import DateError, PartialDate
from tracker.dates.periods import PeriodError
from tracker.errors import InvalidValue, UsageProblem
from tracker.read.file.connection import Reader
from tracker.read.life import entry
from tracker.read.life.entry import Asked
from tracker.read.lookup import names, refs
from tracker.read.query.days import day
from tracker.shell import output
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, as_of_option, command, option, ref_argument
from tracker.shell.reading import opened


@command
def eif(
    context: AppContext,
    ref: Annotated[list[str], ref_argument("The agreements.")],
    out: OutputOptions,
    as_of: Annotated[str | None, as_of_option()] = None,
    missing: Annotated[bool, typer.Option("--missing", help="Only what is missing, and whose.")] = False,
    what_if: Annotated[
        list[str] | None,
        option(
            "--what-if",
            "Suppose that this party acts on this day; repeat for several.",
            metavar="PARTY=DATE",
            offers="party with sign",
        ),
    ] = None,
) -> None:
    """Compute the entry into force, for the instrument and each party, from the rule and the acts that are recorded.

    Examples:
        tracker eif us-jp-rdte-mou-2023
        tracker eif us-jp-rdte-mou-2023 --missing

    Read on: tracker help event; docs/law.md
    """
    with opened(context) as reader:
        chosen = list(dict.fromkeys(refs.resolve(reader, text) for text in ref))
        if what_if and len(chosen) > 1:
            raise UsageProblem(f"--what-if goes with one agreement, not with {len(chosen)}: name the one that is meant")
        supposed = _supposed(reader, what_if or [], context.today)
        asked = Asked(day(as_of, context.today), supposed, missing)
        output.answer(entry.page(reader, chosen, asked), context, out)


def _supposed(reader: Reader, texts: list[str], today: str) -> tuple[tuple[str, PartialDate], ...]:
    """Read the pairs of party and date; a party may be named, a date written as people write them."""
    dates: dict[str, PartialDate] = {}
    for text in texts:
        name, mark, date = text.partition("=")
        if not (name.strip() and mark and date.strip()):
            raise InvalidValue(f"--what-if {text!r}: expected a party and a date, such as ITA=2003-06-01")
        code = names.party_code(reader, name)
        if code in dates:
            raise InvalidValue(f"--what-if names {code} twice; give one date for each party")
        try:
            dates[code] = typed.read(date, today)
        except (DateError, PeriodError) as error:
            raise InvalidValue(f"--what-if {text!r}: {error}") from error
    return tuple(dates.items())
