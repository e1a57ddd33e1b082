"""``tracker add``: record an agreement."""

from typing import Annotated

import typer

from tracker.shell.context import AppContext
from tracker.shell.edit import new
from tracker.shell.options import ChangeOptions, Spelled, command, option, ref_option
from tracker.work.add import AgreementTexts

AgreementOptions = Annotated[
    AgreementTexts,
    Spelled(
        party=option("--party", "A party, with the entity that acts for it.", metavar="'CODE: ENTITY'", offers="party"),
        type=option("--type", "Instrument type, of the values above.", offers="vocabulary.INSTRUMENT_TYPES"),
        title_term=option("--title-term", "The word in the title: Arrangement, Treaty."),
        binding=option("--binding", "Binding status.", offers="vocabulary.BINDING_STATUSES"),
        because=option(
            "--because",
            "Why: evidence for the binding status, with its kind.",
            metavar="'[KIND:] TEXT'",
            offers="evidence",
        ),
        signed=option("--signed", "Day of signature; repeat for several acts.", metavar="DATE"),
        place=option("--place", "Place of signature."),
        in_force=option("--in-force", "Day of entry into force, or operative.", metavar="DATE"),
        signatory=option("--signatory", "Who signed.", metavar="'PARTY: NAME, OFFICE'", offers="party with colon"),
        focus=option("--focus", "Focus area.", offers="focus"),
        family=option("--family", "Family of instruments.", offers="family"),
        identifier=option("--identifier", "Number in a series.", metavar="SCHEME:VALUE"),
        text_access=option("--text-access", "Access to the text.", offers="vocabulary.TEXT_ACCESS"),
        source=option("--source", "Source: its id or its address.", metavar="ID|URL", offers="source"),
        confidence=option("--confidence", "high, medium or low.", offers="vocabulary.CONFIDENCES"),
        note=option("--note", "A note."),
        open_question=option("--open-question", "What is still to be found out."),
        extra=option("--extra", "An own field.", metavar="NAME=VALUE"),
        short_title=option("--short-title", "Short title."),
        alias=option("--alias", "Another name."),
        like=ref_option("--like", "Copy what is alike: parties, type, focus areas, families, languages."),
        ref=option("--ref", "The permanent reference (default: from parties, type and year)."),
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
