"""Made-up agreements in the shape of the register, the same for the same seed: what the benchmarks run on."""

import json
import random
import sys
from collections.abc import Iterator
from typing import Any

CODES = [
    "USA",
    "JPN",
    "GBR",
    "FRA",
    "DEU",
    "ITA",
    "ESP",
    "SWE",
    "AUS",
    "KOR",
    "IND",
    "PHL",
    "CAN",
    "NLD",
    "NOR",
    "DNK",
    "FIN",
    "EST",
    "LVA",
    "LTU",
    "SGP",
    "ISR",
    "POL",
    "ROU",
    "TUR",
    "BRA",
    "ZAF",
    "EGY",
    "MEX",
    "CHN",
]
TYPES = [
    "agreement",
    "treaty",
    "memorandum_of_understanding",
    "arrangement",
    "exchange_of_notes",
    "protocol",
    "joint_statement",
]
BINDING = ["binding", "non_binding", "mixed", "undetermined", "not_assessed", "contested"]
FOCUS = ["cyber", "space", "logistics", "supply_chain", "research_and_development", "information_security", "basing"]
WORDS = [
    "cooperation",
    "exchange",
    "defence",
    "supply",
    "access",
    "research",
    "security",
    "logistics",
    "protection",
    "facilities",
    "training",
    "science",
]


def agreements(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield ``count`` agreements with two to four parties and three events each, refs ``a-000000`` upwards."""
    draw = random.Random(seed)
    for number in range(count):
        codes = draw.sample(CODES, draw.choice([2, 2, 2, 2, 3, 4]))
        year = draw.randint(1950, 2024)
        day = f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        force = f"{year + 1}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        yield {
            "record": "agreement",
            "ref": f"a-{number:06}",
            "title": f"Agreement {number} on {' and '.join(draw.sample(WORDS, 3))}",
            "instrument_type": draw.choice(TYPES),
            "binding_status": draw.choice(BINDING),
            "parties": [{"code": code} for code in codes],
            "focus_areas": sorted(draw.sample(FOCUS, 2)),
            "events": [
                {"id": "e1", "kind": "signed", "date": draw.choice([day, day, day, day[:7], day[:4]])},
                {"id": "e2", "kind": "ratified", "date": f"{year}-12-30", "parties": codes[:1]},
                {"id": "e3", "kind": "entered_into_force", "date": force},
            ],
            "notes": [f"note {number}"],
        }


def main() -> None:
    """Print NDJSON: ``generate.py COUNT``."""
    print(json.dumps({"record": "tracker", "format": 1}))
    for record in agreements(int(sys.argv[1])):
        print(json.dumps(record))


if __name__ == "__main__":
    main()
