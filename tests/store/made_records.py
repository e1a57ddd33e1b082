"""Records of the tests' own, complete and validated; and any record that Hypothesis can think of."""

from typing import Any

from hypothesis import strategies as st

from tracker.record import vocabulary as words
from tracker.record.relations import ACTIVE
from tracker.store.validation.models import validate

Document = dict[str, Any]


def agreement(ref: str = "us-jp-mou-2023", **fields: object) -> Document:
    """An agreement with the given fields."""
    return validate({"ref": ref, "title": "Memorandum", **fields}, ref)


def thing(record: str, /, **fields: object) -> Document:
    """A party, person, family, focus area or source."""
    return validate({"record": record, **fields}, record)


def relation(kind: str, target: str | None, **fields: object) -> Document:
    return {"type": kind, "target": target, **fields}


PARTIES = ["USA", "JPN", "GBR", "org-eu"]
SOURCES = ["press-a", "press-b"]
PEOPLE = ["hamada-yasukazu", "lloyd-j-austin-iii"]
FAMILIES = ["sosa", "raa"]

OBJECTS = [
    *(thing("source", id=name, title=name, kind="news") for name in SOURCES),
    *(thing("person", id=name, name=name.replace("-", " ")) for name in PEOPLE),
    *(thing("family", id=name, name=name.upper(), sources=SOURCES) for name in FAMILIES),
]

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8).filter(str.strip)
MAYBE_TEXT = st.none() | TEXT
DATE = st.none() | st.sampled_from(
    ["2023", "2023-01", "2023-01-12", "2019/2021-05", "../2023-11-17", "2020-02-29/..", "1996-04~", "2007?"]
)
PARTY = st.sampled_from(PARTIES)
CITED = st.lists(st.sampled_from(SOURCES), max_size=2, unique=True)
CONFIDENCE = st.none() | st.sampled_from(words.CONFIDENCES)
ORIGIN = st.none() | st.fixed_dictionaries({"set": MAYBE_TEXT, "key": MAYBE_TEXT, "row": st.none() | st.integers(1, 9)})


def _items(letter: str, fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[list[Document]]:
    numbers = st.lists(st.integers(1, 12), max_size=3, unique=True)
    return numbers.flatmap(
        lambda found: st.tuples(*(st.fixed_dictionaries({"id": st.just(f"{letter}{n}"), **fields}) for n in found)).map(
            list
        )
    )


EVENTS = _items(
    "e",
    {
        "kind": st.sampled_from([*words.EVENT_KINDS]),
        "kind_raw": MAYBE_TEXT,
        "date": DATE,
        "effective_date": DATE,
        "parties": st.lists(PARTY, max_size=2, unique=True),
        "places": st.lists(TEXT, max_size=2),
        "verified": st.none() | st.booleans(),
        "note": MAYBE_TEXT,
        "origin": ORIGIN,
        "sources": CITED,
    },
)
EVIDENCE = _items(
    "v",
    {
        "kind": st.sampled_from(words.EVIDENCE_KINDS),
        "supports": st.sampled_from(words.BINDING_STATUSES),
        "party": st.none() | PARTY,
        "text": MAYBE_TEXT,
        "date": DATE,
        "sources": CITED,
    },
)
SIGNATORIES = _items(
    "s",
    {
        "person": st.none() | st.sampled_from(PEOPLE),
        "office": TEXT,
        "party": st.none() | PARTY,
        "verified": st.none() | st.booleans(),
        "sources": CITED,
    },
)
CLAIMS = _items(
    "c",
    {
        "field": st.just("topic:headquarters"),
        "value": st.none() | TEXT | st.integers(-9, 9) | st.booleans() | st.lists(TEXT, max_size=2),
        "sources": CITED,
        "reason": MAYBE_TEXT,
    },
)
TERMS = st.fixed_dictionaries(
    {
        "entry_into_force": st.none()
        | st.fixed_dictionaries(
            {
                "condition": st.sampled_from(words.ENTRY_CONDITIONS),
                "parties": st.lists(PARTY, max_size=2),
                "sources": CITED,
            }
        ),
        "duration": st.none()
        | st.fixed_dictionaries({"kind": st.sampled_from(words.DURATION_KINDS), "until": DATE, "sources": CITED}),
        "notices": st.lists(
            st.fixed_dictionaries({"kind": st.sampled_from(words.NOTICE_KINDS), "sources": CITED}), max_size=2
        ),
        "survival": st.none() | st.fixed_dictionaries({"scope": MAYBE_TEXT, "sources": CITED}),
    }
)
RELATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(ACTIVE),
            "target": st.none(),
            "target_title": TEXT,
            "note": MAYBE_TEXT,
            "sources": CITED,
        }
    ),
    max_size=2,
)
DEPOSITARIES = st.lists(
    st.fixed_dictionaries({"code": PARTY, "name": MAYBE_TEXT}) | st.fixed_dictionaries({"name": TEXT}), max_size=2
)
AGREEMENTS = st.fixed_dictionaries(
    {
        "ref": st.just("any"),
        "title": TEXT,
        "short_title": MAYBE_TEXT,
        "aliases": st.lists(TEXT, max_size=2),
        "titles": st.dictionaries(st.sampled_from(["ja", "en", "zh-Hant"]), TEXT, max_size=2),
        "instrument_type": st.sampled_from(words.INSTRUMENT_TYPES),
        "binding_status": st.sampled_from(words.BINDING_STATUSES),
        "binding_views": st.lists(
            st.fixed_dictionaries(
                {"authority": TEXT, "party": st.none() | PARTY, "value": st.sampled_from(words.BINDING_STATUSES)}
            ),
            max_size=2,
        ),
        "evidence": EVIDENCE,
        "parties": st.lists(
            st.fixed_dictionaries({"code": PARTY, "entity": MAYBE_TEXT}),
            max_size=3,
            unique_by=lambda item: item["code"],
        ),
        "signatories": SIGNATORIES,
        "focus_areas": st.lists(st.sampled_from(["cyber", "space"]), max_size=2),
        "families": st.lists(
            st.fixed_dictionaries({"family": st.sampled_from(FAMILIES), "note": MAYBE_TEXT, "sources": CITED}),
            max_size=2,
            unique_by=lambda item: item["family"],
        ),
        "events": EVENTS,
        "terms": TERMS,
        "relations": RELATIONS,
        "identifiers": st.lists(
            st.fixed_dictionaries({"scheme": st.sampled_from(["TIAS", "UNTS"]), "value": TEXT}), max_size=2
        ),
        "depositaries": DEPOSITARIES,
        "text_access": st.sampled_from(words.TEXT_ACCESS),
        "languages": st.lists(st.sampled_from(["en", "ja"]), max_size=2),
        "sources": st.lists(
            st.fixed_dictionaries({"source": st.sampled_from(SOURCES), "locator": MAYBE_TEXT}), max_size=2
        ),
        "claims": CLAIMS,
        "confidence": CONFIDENCE,
        "open_questions": st.lists(TEXT, max_size=2),
        "notes": st.lists(TEXT, max_size=2),
        "extra": st.dictionaries(TEXT, TEXT | st.integers(-(2**63), 2**63 - 1) | st.booleans(), max_size=2),
        "origin": ORIGIN,
    }
).map(lambda document: validate(document, "any"))
"""Any agreement over the objects above, validated; without a relation to another agreement."""
