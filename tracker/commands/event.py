"""``tracker event``: record, correct or take out an act or happening in the life of an agreement."""

from typing import Annotated

import typer

from tracker.errors import Declined, UsageProblem
from tracker.plain import Value
from tracker.query.arguments import Texts
from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, Spelled, argument, command, option, ref_argument
from tracker.shell.writing import tell, writing
from tracker.work import event as work
from tracker.work.event import EqualAct, EventTexts, Said
from tracker.work.outcome import Done

EventOptions = Annotated[
    EventTexts,
    Spelled(
        party=option("--party", "Only for this party; repeat for several (default: the whole).", offers="party"),
        effective=option("--effective", "The day from which it works.", metavar="DATE"),
        place=option("--place", "Where; repeat for one act in several places."),
        provision=option("--provision", "Only for this provision."),
        source=option("--source", "Source: its id or its address.", metavar="ID|URL", offers="source"),
        raw=option("--raw", "The source's own words; of a kind outside the vocabulary, its name."),
        note=option("--note", "A note."),
    ),
]
"""What else is known of the event."""


class CorrectionOptions(Value):
    """Which recorded event is meant, and the words for what stands on the line when a new one is recorded."""

    edit: Annotated[
        str | None, option("--edit", "Correct this event: only what is given changes.", metavar="ID", offers="event")
    ] = None
    remove: Annotated[
        Texts, option("--remove", "Take this event out; repeat for several.", metavar="ID", offers="event")
    ] = None
    to_kind: Annotated[
        str | None, option("--kind", "With --edit: what happened.", metavar="KIND", offers="vocabulary.EVENT_KINDS")
    ] = None
    to_date: Annotated[str | None, option("--date", "With --edit: the day.", metavar="DATE")] = None


@command
def event(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    options: EventOptions,
    correction: CorrectionOptions,
    change: ChangeOptions,
    kind: Annotated[
        str | None, argument("What happened: signed, entered_into_force, ...", offers="vocabulary.EVENT_KINDS")
    ] = None,
    date: Annotated[str | None, typer.Argument(help="The day, as exact as known; 'unknown' if it is not.")] = None,
) -> None:
    """Record an act or happening: of the instrument, or of some of its parties (--party).

    With --edit e2 a recorded event is corrected, with --remove e2 it is taken out; 'none' empties a field.

    Examples:
        tracker event us-jp-sosa-2023 became_operative 2023-02
        tracker event us-jp-rdte-mou-2023 entered_into_force 2023-01-12 --place Arlington
        tracker event us-jp-rdte-mou-2023 --edit e1 --date 2023-01-11

    Values:
        kind vocabulary.EVENT_KINDS

    Read on: tracker help status; tracker help eif; docs/law.md for what each kind brings about
    """
    kind, date = kind or correction.to_kind, date or correction.to_date
    _refuse_mixture(kind, date, options, correction)
    said = Said(kind, date, options)

    def carried_out(*, twice: bool) -> Done:
        with writing(context, change) as writer:
            if correction.remove:
                return work.remove(writer, ref, correction.remove, context.today)
            if correction.edit:
                return work.correct(writer, ref, correction.edit, said, context.today, twice=twice)
            return work.record(writer, ref, said, context.today, twice=twice)

    try:
        done = carried_out(twice=change.yes)
    except EqualAct as equal:
        if not context.interactive:
            raise
        messages.warn(str(equal))
        if not messages.ask("Record it all the same?"):
            raise Declined("nothing was recorded") from equal
        done = carried_out(twice=True)
    tell(context, done, change)


def _refuse_mixture(kind: str | None, date: str | None, options: EventTexts, correction: CorrectionOptions) -> None:
    """Raise UsageProblem where the line asks for two things, or for a new event without saying what and when."""
    is_given = kind or date or options != EventTexts()
    if correction.remove and (correction.edit or is_given):
        raise UsageProblem("--remove takes an event out as it is; give nothing else with it")
    if correction.edit and not is_given:
        raise UsageProblem(f"--edit {correction.edit}: say what changes, such as --date 2023-01-12 or --note TEXT")
    if not (correction.edit or correction.remove):
        for name, value in (("kind", kind), ("date", date)):
            if value is None:
                raise UsageProblem(f"Missing argument '{name}' (see tracker event --help)")
