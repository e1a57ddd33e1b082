"""``tracker add``: record an agreement."""

from typing import Annotated

import typer

from tracker.shell.context import AppContext
from tracker.shell.edit import new
from tracker.shell.options import ChangeOptions, Marker, Spelled, command, ref_option
from tracker.work.add import AgreementTexts


def _option(name: str, text: str, metavar: str | None = None) -> Marker:
    return typer.Option(name, help=text, metavar=metavar)


AgreementOptions = Annotated[
    AgreementTexts,
    Spelled(
        party=_option("--party", "A party, with the entity that acts for it.", "'CODE: ENTITY'"),
        type=_option("--type", "Instrument type, of the values above."),
        title_term=_option("--title-term", "The word in the title: Arrangement, Treaty."),
        binding=_option("--binding", "Binding status."),
        because=_option("--because", "Why: evidence for the binding status, with its kind.", "'[KIND:] TEXT'"),
        signed=_option("--signed", "Day of signature; repeat for several acts.", "DATE"),
        place=_option("--place", "Place of signature."),
        in_force=_option("--in-force", "Day of entry into force, or operative.", "DATE"),
        signatory=_option("--signatory", "Who signed.", "'PARTY: NAME, OFFICE'"),
        focus=_option("--focus", "Focus area."),
        family=_option("--family", "Family of instruments."),
        identifier=_option("--identifier", "Number in a series.", "SCHEME:VALUE"),
        text_access=_option("--text-access", "Access to the text."),
        source=_option("--source", "Source: its id or its address.", "ID|URL"),
        confidence=_option("--confidence", "high, medium or low."),
        note=_option("--note", "A note."),
        open_question=_option("--open-question", "What is still to be found out."),
        extra=_option("--extra", "An own field.", "NAME=VALUE"),
        short_title=_option("--short-title", "Short title."),
        alias=_option("--alias", "Another name."),
        like=ref_option("--like", "Copy what is alike: parties, type, focus areas, families, languages."),
        ref=_option("--ref", "The permanent reference (default: from parties, type and year)."),
    ),
]
"""What is known of the agreement; everything may be left out but the title."""


@command
def add(
    context: AppContext,
    title: Annotated[
        str | None, typer.Argument(help="The title, in full; without it you are asked.", show_default=False)
    ] = None,
    *,
    options: AgreementOptions,
    written: new.WrittenOptions,
    change: ChangeOptions,
) -> None:
    r"""Record an agreement; dates are kept as exactly as they are given: 2023, 2023-01, 2023-10-10/2023-10-20, 2007?.

    Examples:
        tracker add "Treaty on ropes" --party USA --party GBR --type treaty --binding binding --signed 2015-03-02
        tracker add "Arrangement on radar" --party 'USA: Department of Defense' --binding non_binding \
            --because 'party_statement: the release calls it non-binding'
        tracker add
        tracker add "Second arrangement on supply" --like us-jp-sosa-2023

    Values:
        --type vocabulary.INSTRUMENT_TYPES
        --binding vocabulary.BINDING_STATUSES
        KIND vocabulary.EVIDENCE_KINDS
        --text-access vocabulary.TEXT_ACCESS
        --confidence vocabulary.CONFIDENCES

    Read on: tracker help event; tracker help edit; docs/record.md for every field
    """
    new.record(context, title, options, written, change)
