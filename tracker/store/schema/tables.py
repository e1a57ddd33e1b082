"""The tables of a store, one class a table; what a row means stands in its docstring.

Names of tables are singular; the published views over them (``views.sql``) are plural and are what reads use.
Dates are EDTF text. Where the register asks by date, ``*_earliest`` and ``*_latest`` hold the first and last possible
day as ISO text (NULL = open) and ``*_uncertain`` is 1 for ``?`` and ``~``. JSON columns hold JSON text.
``since`` is the change that wrote a row as it is; old images stand in ``<table>_past`` (``store/schema/past.py``).
Children of an agreement are keyed by (agreement_id, ...), so that one page of records is one range of each table.
"""

from sqlmodel import SQLModel

from tracker.store.schema import past
from tracker.store.schema.agreement_tables import (
    Agreement,
    AgreementFocus,
    BindingView,
    Citation,
    Claim,
    Depositary,
    Event,
    EventParty,
    Evidence,
    Identifier,
    Membership,
    OwnField,
    Participation,
    Relation,
    RetiredRef,
    Signatory,
    Span,
)
from tracker.store.schema.object_tables import (
    Change,
    Family,
    FamilySource,
    FocusArea,
    Party,
    PartyKey,
    PartyMember,
    Person,
    PersonKey,
    RetiredId,
    Source,
)

past.define(SQLModel.metadata)

__all__ = [
    "Agreement",
    "AgreementFocus",
    "BindingView",
    "Change",
    "Citation",
    "Claim",
    "Depositary",
    "Event",
    "EventParty",
    "Evidence",
    "Family",
    "FamilySource",
    "FocusArea",
    "Identifier",
    "Membership",
    "OwnField",
    "Participation",
    "Party",
    "PartyKey",
    "PartyMember",
    "Person",
    "PersonKey",
    "Relation",
    "RetiredId",
    "RetiredRef",
    "SQLModel",
    "Signatory",
    "Source",
    "Span",
]
