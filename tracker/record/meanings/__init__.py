"""What the words of the register mean, one line each, by the list of the vocabulary that holds them."""

from collections.abc import Mapping


def of(codes: str) -> Mapping[str, str]:
    """Return the words of a list in its order, each with its meaning; ``codes`` names the list as a type does.

    Raises KeyError for a list without meanings.
    """
    from tracker.record import types
    from tracker.record.meanings import instruments, lives

    lists = {**instruments.MEANINGS, **lives.MEANINGS}
    told = lists[codes]
    return {word: told[word] for word in types.code(codes).words}


LISTS: Mapping[str, tuple[str, ...]] = {
    "binding": ("vocabulary.BINDING_STATUSES",),
    "type": ("vocabulary.INSTRUMENT_TYPES",),
    "status": ("vocabulary.STATUSES", "vocabulary.FLAGS"),
    "event": ("vocabulary.EVENT_KINDS",),
    "relation": ("relations.TYPES",),
    "text_access": ("vocabulary.TEXT_ACCESS",),
    "evidence": ("vocabulary.EVIDENCE_KINDS",),
    "source_kind": ("vocabulary.SOURCE_KINDS",),
    "confidence": ("vocabulary.CONFIDENCES",),
    "laterality": ("vocabulary.LATERALITIES",),
    "match": ("vocabulary.MATCHES",),
    "party_status": ("vocabulary.PARTY_STATUSES",),
    "party_kind": ("vocabulary.PARTY_KINDS",),
    "role": ("vocabulary.PARTY_ROLES",),
    "level": ("vocabulary.OFFICE_LEVELS",),
    "condition": ("vocabulary.ENTRY_CONDITIONS",),
    "date_rule": ("vocabulary.DATE_RULES",),
    "late_from": ("vocabulary.LATE_FROM",),
    "late_rule": ("vocabulary.LATE_RULES",),
    "starts": ("vocabulary.STARTS",),
    "duration": ("vocabulary.DURATION_KINDS",),
    "notice": ("vocabulary.NOTICE_KINDS",),
    "counted_from": ("vocabulary.COUNTED_FROM",),
}
"""Name of a list to the lists of the vocabulary that stand under it."""


def naming(name: str, word: str) -> list[str]:
    """Return the words of a list in whose meaning a word stands: ``tabled`` stands in that of ``domestic_step``.

    None of a list without meanings, and none where many have it: the word then tells nothing.
    """
    from tracker.text.names import fold

    wanted = fold(word)
    told = ((code, meaning) for codes in LISTS.get(name, ()) for code, meaning in of(codes).items())
    found = [code for code, meaning in told if len(wanted) > _SHORT and wanted in fold(meaning).split()]
    return found if len(found) <= _MOST else []


_SHORT = 3
"""Letters of a word that says too little."""

_MOST = 3
