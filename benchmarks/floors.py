"""The same figures as of reports and comparisons over everything, by SQL over the tables as somebody writes it by hand.

Where children are joined, the agreements are gone through as they lie: left alone, SQLite takes an index that happens
to hold the columns, and fetches the children from all over the store, which takes up to three times as long.
"""

from collections.abc import Mapping

EVERY = "agreement AS a NOT INDEXED"
TODAY, YEAR_AGO = "date('now')", "date('now', '-1 year')"
STAGE = "s.agreement_id = a.id AND s.party = '' AND s.status NOT IN ('notice_given', 'partly_ratified')"
LAST = "ORDER BY s.position DESC LIMIT 1"


def _certain(day: str) -> str:
    """SQL for the status that an agreement certainly has on a day."""
    return (
        f"(SELECT s.status FROM span AS s WHERE {STAGE} AND s.from_latest <= {day}"
        f" AND (s.until_earliest IS NULL OR s.until_earliest > {day}) AND s.uncertain = 0 {LAST})"
    )


def _status(day: str) -> str:
    """SQL for the status on a day: what is certain, else the last that has begun and may last."""
    return (
        f"coalesce({_certain(day)}, (SELECT s.status FROM span AS s WHERE {STAGE}"
        f" AND (s.from_earliest IS NULL OR s.from_earliest <= {day})"
        f" AND (s.from_latest IS NULL OR s.from_latest <= {day})"
        f" AND (s.until_latest IS NULL OR s.until_latest > {day}) {LAST}), 'unknown')"
    )


OVER = "('terminated', 'expired', 'superseded', 'discontinued')"
ALIVE = f"(a.signed_earliest IS NULL OR a.signed_earliest <= {TODAY}) AND {_status(TODAY)} NOT IN {OVER}"
YEAR = (
    "CASE WHEN substr(concluded_earliest, 1, 4) = substr(concluded_latest, 1, 4) THEN substr(concluded_earliest, 1, 4)"
    " ELSE concluded END"
)
RANK = (
    "CASE s.status WHEN 'announced' THEN 1 WHEN 'negotiating' THEN 2 WHEN 'initialled' THEN 3 WHEN 'adopted' THEN 4"
    " WHEN 'signed' THEN 5 WHEN 'awaiting_entry' THEN 6 WHEN 'provisionally_applied' THEN 7 WHEN 'in_force' THEN 8"
    " WHEN 'operative' THEN 8 WHEN 'suspended' THEN 8 END"
)
HAPPENS = "coalesce(e.effective_earliest, e.date_earliest)", "coalesce(e.effective_latest, e.date_latest)"


def _counted(column: str, key: str = "", join: str = "") -> str:
    """SQL for how many agreements have each value of a column, and on how many views differ: by a key, and of all."""
    figures = f"{column}, count(*), sum(views_differ) FROM {EVERY}"
    by_key = f"SELECT {key}, {figures} {join} GROUP BY 1, 2; " if key else ""
    return f"{by_key}SELECT {figures} GROUP BY 1"


PARTICIPATIONS = "CROSS JOIN participation AS x ON x.agreement_id = a.id"
FLAGS = (
    "+s.status = 'notice_given'",
    "+s.status = 'partly_ratified'",
    "+s.status IN ('in_force', 'operative') AND s.spell_ended = 0",
    "+s.status IN ('in_force', 'operative') AND +s.uncertain = 1 AND s.from_events IS NULL AND s.from_date IS NOT NULL",
)


def _flagged(flag: str, day: str) -> str:
    """SQL for whether an agreement may have a flag on a day, and 1,000,000 more where it has it for certain."""
    return (
        f"ifnull((SELECT max(1 + 1000000 * ifnull(s.from_latest <= {day} AND s.uncertain = 0"
        f" AND (s.until_earliest IS NULL OR s.until_earliest > {day}), 0)) FROM span AS s"
        f" WHERE s.agreement_id = a.id AND s.party = '' AND {flag}"
        f" AND (s.from_earliest IS NULL OR s.from_earliest <= {day})"
        f" AND (s.until_latest IS NULL OR s.until_latest > {day})), 0)"
    )


FLOORS: Mapping[str, str] = {
    "compare binding --by party": _counted("binding_status", "code", PARTICIPATIONS),
    "compare binding --by year": _counted("binding_status", YEAR),
    "compare binding --by focus": _counted(
        "binding_status", "code", "CROSS JOIN agreement_focus AS x ON x.agreement_id = a.id"
    ),
    "compare binding --by status": _counted("binding_status", _status(TODAY)),
    "report transparency": _counted("text_access", "code", PARTICIPATIONS),
    "report trend": f"SELECT {YEAR}, binding_status, count(*) FROM agreement GROUP BY 1, 2",
    "report matrix": (
        f"SELECT x.code, instrument_type, count(*) FROM {EVERY} {PARTICIPATIONS} GROUP BY 1, 2;"
        f" SELECT x.code, count(DISTINCT a.id) FROM {EVERY} {PARTICIPATIONS} GROUP BY 1;"
        " SELECT instrument_type, count(*) FROM agreement GROUP BY 1; SELECT count(*) FROM agreement"
    ),
    "report status": (
        f"SELECT {_status(TODAY)}, count(*), sum({_certain(TODAY)} IS NULL) FROM {EVERY} GROUP BY 1; "
        f"SELECT {', '.join(f'sum({_flagged(flag, TODAY)})' for flag in FLAGS)} FROM {EVERY}"
    ),
    "report funnel": (
        f"SELECT {RANK} AS stage, count(DISTINCT agreement_id) FROM span AS s WHERE party = ''"
        f" AND (from_latest IS NULL OR from_latest <= {TODAY}) GROUP BY 1;"
        f" SELECT furthest, count(*), sum(over) FROM (SELECT max({RANK}) AS furthest, max(s.status IN {OVER}) AS over"
        f" FROM span AS s WHERE party = '' AND (from_latest IS NULL OR from_latest <= {TODAY}) GROUP BY agreement_id)"
        " GROUP BY 1"
    ),
    "report changes": (
        "SELECT a.ref, a.title, e.kind, coalesce(e.effective_date, e.date) FROM event AS e JOIN agreement AS a"
        f" ON a.id = e.agreement_id WHERE {HAPPENS[0]} <= {TODAY} AND {HAPPENS[1]} >= {YEAR_AGO};"
        f" SELECT a.ref, {_status(YEAR_AGO)} AS before, {_status(TODAY)} AS after FROM {EVERY}"
        " WHERE before <> after; SELECT count(*) FROM event WHERE date IS NULL AND effective_date IS NULL"
    ),
    "report overview": "; ".join(
        (
            *(f"SELECT {name}, count(*) FROM agreement GROUP BY 1" for name in ("binding_status", "instrument_type")),
            *("SELECT text_access, count(*) FROM agreement GROUP BY 1", "SELECT count(*) FROM agreement"),
            f"SELECT {_status(TODAY)}, count(*) FROM {EVERY} GROUP BY 1",
            "SELECT code, count(DISTINCT agreement_id) FROM participation GROUP BY 1",
            "SELECT code, count(*) FROM agreement_focus GROUP BY 1",
            "SELECT family_id, count(*) FROM membership GROUP BY 1",
            (
                "SELECT sum(signed IS NULL), sum(party_count = 0), sum(views_differ), sum(open_questions <> '[]'),"
                " sum(NOT EXISTS (SELECT 1 FROM citation WHERE agreement_id = a.id)),"
                f" sum(NOT EXISTS (SELECT 1 FROM evidence WHERE agreement_id = a.id)) FROM {EVERY}"
            ),
        )
    ),
    "report signatories": (
        "SELECT g.person_id, p.name, count(DISTINCT a.id), sum(binding_status = 'binding'),"
        " sum(binding_status = 'non_binding'), group_concat(DISTINCT g.party), group_concat(DISTINCT g.office),"
        " group_concat(DISTINCT g.level), min(a.signed), max(a.signed)"
        f" FROM {EVERY} CROSS JOIN signatory AS g ON g.agreement_id = a.id"
        " JOIN person AS p ON p.id = g.person_id GROUP BY 1 ORDER BY 3 DESC, 2;"
        f" SELECT count(*) FROM {EVERY} WHERE NOT EXISTS (SELECT 1 FROM signatory WHERE agreement_id = a.id)"
    ),
    "report families": (
        "SELECT x.code, m.family_id, count(DISTINCT a.id) FROM membership AS m JOIN agreement AS a"
        f" ON a.id = m.agreement_id {PARTICIPATIONS} WHERE {ALIVE} GROUP BY 1, 2"
    ),
    "report gaps": (
        "WITH gap AS (SELECT kind, julianday(entry) - julianday(signed) AS days FROM (SELECT instrument_type AS kind,"
        " signed, (SELECT s.from_date FROM span AS s WHERE s.agreement_id = a.id AND s.party = ''"
        f" AND s.status IN ('in_force', 'operative') ORDER BY s.position LIMIT 1) AS entry FROM {EVERY})"
        " WHERE length(signed) = 10 AND length(entry) = 10 AND days IS NOT NULL),"
        " ranked AS (SELECT kind, days, row_number() OVER (PARTITION BY kind ORDER BY days)"
        " AS place, count(*) OVER (PARTITION BY kind) AS number FROM gap) SELECT kind, number, min(days),"
        " max(iif(place = (number + 1) / 2, days, NULL)), max(iif(place = (9 * number + 9) / 10, days, NULL)),"
        " max(days) FROM ranked GROUP BY 1"
    ),
    "report missing --among NATO": (
        f"SELECT x.code, count(DISTINCT a.id) FROM {EVERY} {PARTICIPATIONS} WHERE {ALIVE} GROUP BY 1"
    ),
}
"""Statements by the command whose figures they make."""
