"""What spans say about one day, as SQL over the view ``spans AS s``: the same rules as ``law.life.standing``.

A query, a sort and a report ask here what holds; ``{day}`` stands for the day, ``a`` for the agreement.
"""

from tracker.law.life.standing import IN_FORCE, SPAN_FLAGS
from tracker.record.kinds import quoted

POSSIBLY = (
    "(s.from_earliest IS NULL OR s.from_earliest <= {day}) AND (s.until_latest IS NULL OR {day} < s.until_latest)"
)
CERTAINLY = "s.from_latest <= {day} AND (s.until_earliest IS NULL OR {day} < s.until_earliest) AND s.uncertain = 0"
"""When the status of a span holds on a day (the comment of table ``span``)."""

BEGUN = "(s.from_latest IS NULL OR s.from_latest <= {day})"
"""The whole window of the beginning lies behind; a beginning on an unknown day counts as begun."""

STAGE = f"s.agreement_id = a.id AND s.party = '' AND s.status NOT IN ({quoted(sorted(SPAN_FLAGS))})"
"""A span of the instrument's own status."""

FORCE = f"s.status IN ({quoted(IN_FORCE)})"
UNENDED = f"{FORCE} AND s.spell_ended = 0"
"""In force, and no end of the spell of force is recorded; a suspension does not end it."""

_LAST = "(SELECT s.status FROM spans AS s WHERE {stage} AND {holds} ORDER BY s.position DESC LIMIT 1)"
CERTAIN_STATUS = _LAST.format(stage=STAGE, holds=CERTAINLY)
"""The status that certainly holds on a day, NULL for none."""

STATUS = f"coalesce({CERTAIN_STATUS}, {_LAST.format(stage=STAGE, holds=f'{POSSIBLY} AND {BEGUN}')}, 'unknown')"
"""The status on a day: what certainly holds, else the furthest stage that has begun."""

_OF_SPELL = "FROM spans AS s WHERE s.agreement_id = a.id AND s.party = '' AND s.spell IS NOT NULL"
_SHOWN_FIRST = (
    "ORDER BY (s.spell_begins IS NULL OR s.spell_begins <= {day}) AND (s.spell_ends IS NULL OR {day} < s.spell_ends)"
    " DESC, s.position DESC LIMIT 1"
)


def of_shown_spell(expression: str) -> str:
    """Return an expression over the spell of force that is shown for a day: the last that may hold, else the last."""
    return f"(SELECT {expression} {_OF_SPELL} {_SHOWN_FIRST})"


def on(day: str, sql: str) -> str:
    """Return a piece of SQL of this module for a day, given as an expression."""
    return sql.replace("{day}", day)
