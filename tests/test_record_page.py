"""docs/record.md and the types of the record say what the declaration of the record says."""

import runpy
from pathlib import Path

from tracker.record import shapes, typed

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_about_the_record_is_current() -> None:
    made = runpy.run_path(str(DOCS / "make_record.py"))["page"]()
    assert (DOCS / "record.md").read_text(encoding="utf-8") == made, "run python docs/make_record.py"


def test_the_types_are_current() -> None:
    made = runpy.run_path(str(DOCS / "make_record.py"))["classes"]()
    assert Path(typed.__file__).read_text(encoding="utf-8") == made, "run python docs/make_record.py"


def test_the_page_names_every_key_and_every_code() -> None:
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    for shape in shapes.at().values():
        for field in shape.fields:
            assert f"| `{field.key}` |" in text
            if field.type.kind == "code":
                assert all(f"`{word}`" in text for word in field.type.printed_words)
