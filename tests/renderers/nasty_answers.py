"""One nasty table and one nasty record: whatever text may hold that a format could trip over."""

from tracker.record.types import Record
from tracker.table import Answer, Column, LeftOut, Page, Records, Section, Table

TEXTS = [
    "quotes \" and ' and `ticks`, commas; semicolons",
    "Protocol [red] and [/b], a [link](javascript:alert(1)) ![x](y) <script>alert(1)</script> &amp; R&D",
    "two\nlines\r\nand\ttabs, a bare \r return",
    "escape \x1b[31mred\x1b[0m, bell \x07, DEL \x7f, C1 \x9b31m, NUL \x00",
    '=HYPERLINK("http://evil")',
    "'=already guarded",
    "'tis plain",
    "+1 555 | -1 | @user",
    "日本国防衛省とアメリカ合衆国国防省との間の覚書",
    "family 👨‍👩‍👧 flag 🇯🇵",
    "اتفاقية الدفاع / הסכם הגנה",
    "override \u202egnp.exe\u202c mark \u200f isolate \u2066x\u2069 line \u2028 paragraph \u2029",
    "lone \ud83d surrogate",
    "back\\slash \\n and under_score *star* ~~gone~~ $x$ https://example.org a@b.org",
    "# 1. - > heading?",
    "",
]

DATES = ["2023-01-12", "2023-01?", "2023~", "../2020", "2022-11-08/2022-11-10", None]


def table() -> Table:
    """Every kind of column, with None, odd texts, uncertain dates and totals."""
    columns = [
        Column("ref"),
        Column("title", heading="title | [of] it"),
        Column("agreements", "count"),
        Column("share", "share", beside="agreements"),
        Column("weight", "share"),
        Column("signed", "date"),
        Column("parties", "list"),
        Column("verified", "flag"),
    ]
    rows = (
        (
            f"r-{number}",
            text,
            number if number % 5 else None,
            number / 7 if number % 3 else None,
            None if number % 4 else 0.25,
            DATES[number % len(DATES)],
            [["USA", "JPN"], [], ["=1+1"]][number % 3],
            [True, False, None][number % 3],
        )
        for number, text in enumerate(TEXTS)
    )
    return Table(
        "nasty",
        columns,
        rows,
        title="Nasty [bold]table[/bold] \x1b[2J",
        filters={"party": ["JPN"], "certain": True},
        as_of="2024-03-01",
        left_out=[LeftOut("no date", 3)],
        totals=("total", None, 120, 1.0, 1.0, None, None, None),
        footer=["as of 2024-03-01, 16 agreements", "# no heading \x1b[31m [red]"],
    )


def record() -> Record:
    """A record with nested lists and objects, empty ones too."""
    return {
        "record": "agreement",
        "ref": "us-jp-sosa-2023",
        "title": TEXTS[3],
        "aliases": [TEXTS[1], TEXTS[11], TEXTS[12]],
        "titles": {"ja": TEXTS[8], "ar": TEXTS[10]},
        "parties": [{"code": "USA", "entity": None}, {"code": "JPN", "entity": "防衛省"}],
        "focus_areas": [],
        "extra": {"owner": "=cmd()", "lines": TEXTS[2], "count": 3, "flag": True},
        "derived": {"status": "in_force", "status_certain": False, "signed": {"edtf": "2023-01?"}},
    }


def records(*, single: bool = False, count: int = 1) -> Records:
    """The record as an answer, its status marked as uncertain."""
    return Records(
        "agreement",
        (record() for _ in range(count)),
        single=single,
        columns=[
            (Column("ref"), lambda item: item["ref"]),
            (Column("title"), lambda item: item["title"]),
            (Column("status"), lambda item: item["derived"]["status"] + "?"),
            (Column("signed", "date"), lambda item: item["derived"]["signed"]["edtf"]),
            (Column("parties", "list"), lambda item: [party["code"] for party in item["parties"]]),
        ],
        footer=["1 agreement"],
    )


def page() -> Page:
    """The record laid out for reading."""
    sections = [
        Section(facts=[("ref", "us-jp-sosa-2023"), ("title", TEXTS[3]), ("note", TEXTS[2]), ("verified", True)]),
        Section("Notes [b]", lines=["1. not a list", TEXTS[1], "# not a heading"]),
        Section("Counts", table=Table("counts", [Column("party"), Column("n", "count")], [("Japan", 12)])),
    ]
    return Page("SOSA [i]2023[/i]", sections, records(single=True), footer=["1 source"])


def everything() -> list[Answer]:
    """The three answers that the golden files hold, in their order."""
    return [table(), records(single=True), page()]


def everything_by_name():
    """What makes each of the three."""
    return {"table": table, "record": records, "page": page}
