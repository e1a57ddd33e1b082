"""The register that the tests of reading ask: four agreements and the objects around them."""

from typing import Any

Document = dict[str, Any]

SOSA: Document = {
    "record": "agreement",
    "ref": "us-jp-sosa-2023",
    "title": "Security of Supply Arrangement between the US Department of Defense and the Japanese Ministry of Defense",
    "short_title": "US-Japan SOSA (2023)",
    "title_term": "Arrangement",
    "aliases": ["SOSA", "Security of Supply Agreement (misnomer in some press)"],
    "instrument_type": "security_of_supply_arrangement",
    "binding_status": "non_binding",
    "evidence": [
        {
            "id": "v1",
            "kind": "party_statement",
            "supports": "non_binding",
            "party": "USA",
            "authority": "US DoD",
            "text": "DoD release calls it bilateral and non-binding",
            "sources": ["mirage-2023-dod"],
        },
    ],
    "parties": [{"code": "USA", "entity": "Department of Defense"}, {"code": "JPN", "entity": "Ministry of Defense"}],
    "signatories": [
        {
            "id": "s1",
            "person": "lloyd-j-austin-iii",
            "office": "Secretary of Defense",
            "level": "minister",
            "party": "USA",
            "event": "e1",
        },
        {
            "id": "s2",
            "person": "hamada-yasukazu",
            "office": "Minister of Defense",
            "level": "minister",
            "party": "JPN",
            "event": "e1",
        },
    ],
    "focus_areas": ["defence_industry", "supply_chain"],
    "families": [{"family": "sosa", "sources": ["insidedef-2024-germany"]}],
    "events": [
        {
            "id": "e1",
            "kind": "signed",
            "date": "2023-01-12",
            "places": ["Pentagon (Arlington, Virginia, USA)"],
            "verified": True,
        }
    ],
    "relations": [{"type": "signed_together_with", "target": "us-jp-rdte-mou-2023", "sources": ["mirage-2023-dod"]}],
    "text_access": "not_released",
    "sources": [{"source": "pacom-2023-01-18"}],
    "claims": [
        {
            "id": "c1",
            "field": "title_term",
            "value": "Arrangement",
            "sources": ["pacom-2023-01-18"],
            "adopted": True,
            "note": "written: Security of Supply Arrangement",
        },
    ],
    "confidence": "high",
    "open_questions": ["operative date"],
    "notes": ["date on which it became operative not stated"],
}
"""The example of the record's specification, somewhat shortened."""

MOU: Document = {
    "record": "agreement",
    "ref": "us-jp-rdte-mou-2023",
    "title": "Memorandum of Understanding for Research, Development, Test and Evaluation Projects",
    "title_term": "Memorandum of Understanding",
    "titles": {"ja": "研究開発試験評価プロジェクトに関する了解覚書"},
    "instrument_type": "memorandum_of_understanding",
    "binding_status": "binding",
    "binding_views": [{"party": "USA", "value": "binding", "evidence": ["v1"]}],
    "evidence": [{"id": "v1", "kind": "party_statement", "supports": "binding", "sources": ["mirage-2023-dod"]}],
    "parties": [{"code": "USA"}, {"code": "JPN"}],
    "focus_areas": ["research_and_development"],
    "events": [
        {"id": "e1", "kind": "signed", "date": "2023-01-12", "sources": ["pacom-2023-01-18", "mirage-2023-dod"]},
        {
            "id": "e3",
            "kind": "entered_into_force",
            "date": "2023-01",
            "parties": ["USA", "JPN"],
            "origin": {"set": "x", "key": "7"},
        },
    ],
    "terms": {
        "entry_into_force": {"condition": "on_signature", "sources": ["mirage-2023-dod"]},
        "duration": {"kind": "fixed_term", "period": "P15Y", "until": "2038-01-11"},
        "notices": [{"kind": "termination", "period": "P6M", "sources": ["pacom-2023-01-18"]}],
        "survival": {"scope": "classified information"},
    },
    "relations": [{"type": "supersedes", "target": "us-jp-rdte-mou-1990"}],
    "identifiers": [{"scheme": "TIAS", "value": "23-112"}],
    "languages": ["en", "ja"],
    "extra": {"owner": "me", "pages": 12},
    "origin": {"set": "demo", "key": "1", "file": "facts.csv", "row": 2},
}
OLD: Document = {
    "record": "agreement",
    "ref": "us-jp-rdte-mou-1990",
    "title": "An earlier memorandum",
    "parties": [{"code": "USA"}],
    "events": [{"id": "e1", "kind": "signed", "date": None}],
}
YEAR: Document = {
    "record": "agreement",
    "ref": "gb-jp-note-2020",
    "title": "A note of which only the year is known",
    "binding_status": "non_binding",
    "parties": [{"code": "GBR"}, {"code": "JPN"}],
    "focus_areas": ["supply_chain"],
    "events": [
        {"id": "e1", "kind": "signed", "date": "2020"},
        {"id": "e2", "kind": "became_operative", "date": "2021~"},
    ],
}
OBJECTS: list[Document] = [
    {
        "record": "party",
        "code": "USA",
        "kind": "state",
        "name": "United States of America",
        "alpha_2": "US",
        "builtin": True,
    },
    {
        "record": "party",
        "code": "JPN",
        "kind": "state",
        "name": "Japan",
        "alpha_2": "JP",
        "names": {"ja": "日本"},
        "builtin": True,
    },
    {"record": "party", "code": "GBR", "kind": "state", "name": "United Kingdom", "builtin": True},
    {
        "record": "party",
        "code": "org-eu",
        "kind": "organisation",
        "name": "European Union",
        "aliases": ["EU"],
        "members": [{"code": "GBR", "from": "1973-01-01", "until": "2020-01-31"}],
    },
    {"record": "focus_area", "code": "industry_and_supply", "label": "Industry and supply"},
    {"record": "focus_area", "code": "supply_chain", "label": "Supply chain", "parent": "industry_and_supply"},
    {
        "record": "focus_area",
        "code": "defence_industry",
        "label": "Defence industry",
        "parent": "industry_and_supply",
        "builtin": True,
    },
    {"record": "focus_area", "code": "research_and_development", "label": "R&D", "builtin": True},
    {"record": "person", "id": "lloyd-j-austin-iii", "name": "Lloyd J. Austin III"},
    {"record": "person", "id": "hamada-yasukazu", "name": "Hamada Yasukazu", "aliases": ["Yasukazu HAMADA"]},
    {"record": "person", "id": "nobody", "name": "Nobody"},
    {"record": "family", "id": "sosa", "name": "Security of Supply Arrangements", "sources": ["mirage-2023-dod"]},
    {
        "record": "source",
        "id": "pacom-2023-01-18",
        "title": "DOD, Japan MOD Sign",
        "url": "https://www.pacom.mil/x",
        "kind": "official_press_release",
    },
    {"record": "source", "id": "mirage-2023-dod", "title": "DoD, Japan", "kind": "news", "reprint_of": "original-2023"},
    {"record": "source", "id": "original-2023", "title": "The original", "kind": "official_press_release"},
    {"record": "source", "id": "insidedef-2024-germany", "title": "Germany joins", "kind": "news"},
    {"record": "source", "id": "unused", "title": "Cited by nobody", "kind": "news"},
]
