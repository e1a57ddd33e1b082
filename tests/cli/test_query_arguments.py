"""An argument of the command line that is an alternative stays one, whatever stands beside it."""

import json
from pathlib import Path

import pytest
from running import Run


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("apart", "together"),
    [
        (["family:sosa or type:treaty", "signed:2023"], "(family:sosa or type:treaty) signed:2023"),
        (["signed:2023", "party:JPN or party:KOR"], "signed:2023 (party:JPN or party:KOR)"),
        (["family:sosa", "or", "type:treaty"], "family:sosa or type:treaty"),
        (["(party:JPN", "or", "party:KOR)", "signed:2023"], "(party:JPN or party:KOR) signed:2023"),
    ],
)
def test_an_alternative_in_one_argument_is_one_term(run: Run, store: Path, apart: list[str], together: str) -> None:
    found = [json.loads(run("list", *words, "--json").out) for words in (apart, [together])]
    assert [one["ref"] for one in found[0]] == [one["ref"] for one in found[1]]
    assert found[0]
