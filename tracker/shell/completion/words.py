"""Words of a list of the vocabulary, each with its meaning where it has one."""

from collections.abc import Iterable

from tracker.read.lookup.completion import Offer


def of_list(codes: str) -> Iterable[Offer]:
    """Return the words of a list, which is named as a type names it: ``vocabulary.EVENT_KINDS``."""
    from tracker.record import meanings, types

    try:
        return meanings.of(codes).items()
    except KeyError:
        return [(word, "") for word in types.code(codes).words]
