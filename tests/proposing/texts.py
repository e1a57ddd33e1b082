"""Texts of our own, written from recorded facts in the ways in which ministries and papers write."""

from typing import Any

from tracker.proposing.basis.document import Document
from tracker.proposing.basis.proposal import Proposal, Proposals
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.proposing.propose import propose

NAMES = {
    "USA": ("United States of America", "United States", "Estados Unidos de América", "アメリカ"),
    "GBR": ("United Kingdom of Great Britain and Northern Ireland", "United Kingdom", "Royaume-Uni", "イギリス"),
    "JPN": ("Japan", "Japon", "日本"), "NLD": ("Netherlands", "Pays-Bas"), "NOR": ("Norway", "Norwegen"),
    "AUS": ("Australia",), "CYP": ("Cyprus",), "IND": ("India",), "DNK": ("Denmark",), "EST": ("Estonia",),
    "KOR": ("Republic of Korea",), "DEU": ("Germany", "Allemagne"), "CAN": ("Canada",),
    "FRA": ("France", "République française", "Francia"), "ESP": ("Spain", "España", "Espagne"),
    "PHL": ("Philippines", "フィリピン"), "RUS": ("ロシア",), "CHE": ("Suisse", "Schweiz"), "LUX": ("Luxembourg",),
    "CZE": ("チェコ",),
}  # fmt: skip

AREAS = {
    "supply_chain": "Supply chain", "hypersonic_defence": "Hypersonic defence", "space": "Space",
    "autonomous_systems": "Autonomous systems",
}  # fmt: skip


def read(text: str, published: str | None = None) -> Proposals:
    """Return what a text proposes; every quotation is literal."""
    names = [(name, code) for code, several in NAMES.items() for name in several]
    found = propose(Document(text, published=published), Vocabulary(names, AREAS))
    for proposal in found.proposals:
        for value in proposal.values:
            assert text[value.passage.start : value.passage.end] == value.passage.text
    return found


def new(text: str, published: str | None = None) -> tuple[Proposal, ...]:
    """Return the records that a text proposes."""
    return tuple(one for one in read(text, published).proposals if one.kind == "instrument")


def all_of(proposal: Proposal, key: str) -> list[Any]:
    """Return the values that are proposed for a key."""
    return [value.value for value in proposal.of(key)]
