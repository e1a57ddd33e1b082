"""Tables of an HTML page, and the one style sheet of the page."""

from collections.abc import Iterable, Iterator
from functools import cache

from tracker.renderers._parts.anchors import NOWHERE, Links
from tracker.renderers._parts.cells import Shown, plain, shown, spoken
from tracker.renderers._parts.markup import escape, is_address
from tracker.renderers._parts.words import path_in_words
from tracker.table import Cell, Row, Table

STYLE = """
:root{color-scheme:light dark;--ink:#1a1d21;--dim:#555d66;--paper:#fff;--soft:#f3f5f7;--rule:#c9d0d6;--link:#0b57a4;
--p0:#14569c;--p1:#7fb2e5;--p2:#e08a1e;--p3:#7a4fa3;--p4:#c4354b;--p5:#8a929a;--p6:#c8cdd2;--p7:#3f8f6b;
--m1:#cfe2f5;--m2:#8fbce8;--m3:#3f82c4;--m4:#14569c}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--dim:#a8b0b8;--paper:#15181b;--soft:#20252a;--rule:#454d55;
--link:#8ab8f0;--p0:#4f94dc;--p1:#a9cdf0;--p2:#f0a94e;--p3:#b08fd6;--p4:#ea6f80;--p5:#9aa2aa;--p6:#5b636b;--p7:#67b894;
--m1:#1f3a57;--m2:#2b5d90;--m3:#5b9ada;--m4:#a9cdf0}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:1rem;background:var(--paper);color:var(--ink);
font:1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
h1,h2,h3,p,li,dd,dt,figcaption,caption,footer{overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.2;margin:.5rem 0 1rem}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem}
a{color:var(--link);overflow-wrap:anywhere}
.scroll{overflow-x:auto;max-width:100%}.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5rem 0}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{padding:.3rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);white-space:pre-wrap}
td,tbody th{max-width:34rem}
.word{white-space:nowrap}
tbody th{font-weight:600}
thead th{border-bottom:2px solid var(--ink);vertical-align:bottom;background:var(--paper)}
tfoot th,tfoot td{border-top:2px solid var(--ink);border-bottom:0;font-weight:600}
.number{text-align:right;white-space:nowrap}.zero{color:var(--dim);opacity:.75}
.cover{color:var(--dim);margin:-.6rem 0 1rem}
:target{background:var(--soft);outline:2px solid var(--link)}
@media screen and (min-width:60rem){.long{min-width:22rem}}
.share,.blank{color:var(--dim)}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.15rem 1rem;margin:.5rem 0}
dt{color:var(--dim)}dd{margin:0;white-space:pre-wrap}
ul{margin:.5rem 0;padding-left:1.2rem}
footer{margin-top:2rem;border-top:1px solid var(--rule);padding-top:.5rem;color:var(--dim);font-size:.9rem}
footer p{margin:.15rem 0}
details{margin-top:2rem}summary{cursor:pointer;color:var(--dim)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.chart{margin:1rem 0;padding:.75rem;background:var(--soft);border-radius:.4rem}
.chart svg{display:block}.chart svg.fills{width:100%;min-width:44rem;height:auto}
.chart figcaption{color:var(--dim);font-size:.85rem;margin-top:.4rem}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:0;margin:.5rem 0 0;font-size:.85rem}
.legend svg{display:inline-block;vertical-align:-1px}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:var(--ink)}
svg text.end{text-anchor:end}svg text.middle{text-anchor:middle}
svg text.strong{font-weight:600}svg text.dim{fill:var(--dim)}
svg text.on0,svg text.on3,svg text.on4,svg text.on7,svg text.onm3,svg text.onm4{fill:var(--paper)}
svg text.on1,svg text.on2,svg text.on5,svg text.onm1{fill:#111}
.rule{fill:none;stroke:var(--rule)}.day{fill:none;stroke:var(--p4);stroke-dasharray:4 3}
.p0{fill:var(--p0)}.p1{fill:var(--p1)}.p2{fill:var(--p2)}.p3{fill:var(--p3)}.p4{fill:var(--p4)}.p5{fill:var(--p5)}
.p6{fill:var(--p6)}.p7{fill:var(--p7)}
.m0{fill:none;stroke:var(--rule)}.m1{fill:var(--m1)}.m2{fill:var(--m2)}.m3{fill:var(--m3)}.m4{fill:var(--m4)}
.b1{fill:var(--p0)}.b2{fill:var(--paper);stroke:var(--p2);stroke-width:2.5}.b0{fill:var(--p5)}
@media (prefers-color-scheme:dark){svg text.onm1,svg text.onm2{fill:var(--ink)}}
@media (max-width:40rem){
body{padding:.5rem}dl{grid-template-columns:1fr}dd{margin:0 0 .4rem}th,td{padding:.25rem .4rem}}
@media print{:root{color-scheme:light;--ink:#000;--dim:#444;--paper:#fff;--soft:#fff;--rule:#999;--link:#000;
--p0:#14569c;--p1:#7fb2e5;--p2:#e08a1e;--p3:#7a4fa3;--p4:#c4354b;--p5:#8a929a;--p6:#c8cdd2;--p7:#3f8f6b;
--m1:#cfe2f5;--m2:#8fbce8;--m3:#3f82c4;--m4:#14569c}
@page{size:A4;margin:12mm}@page across{size:A4 landscape;margin:12mm}
body{max-width:none;padding:0;font-size:9pt}body.across{page:across}.scroll{overflow:visible}
table{max-width:100%}td,tbody th{max-width:none}th,td{overflow-wrap:break-word;padding:.2rem .35rem}
.dense th,.dense td{font-size:6.5pt;padding:.1rem .2rem;overflow-wrap:anywhere}
.dense .word,.dense .number{white-space:normal}
.chart{border:1px solid var(--rule);break-inside:avoid}
.chart svg,.chart svg.fills{max-width:100%;min-width:0;height:auto;max-height:205mm}
.across .chart svg{max-height:125mm}
svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
thead{display:table-header-group}tfoot{display:table-row-group}tr{break-inside:avoid}h1,h2,h3,caption{break-after:avoid}a{text-decoration:none}}
"""
"""No part of it depends on data. Colours of parts keep 3:1 against the page (WCAG 2.2, 1.4.11) or carry a number."""


@cache
def policy() -> str:
    """The Content Security Policy: no script, no request, no form, no frame, and no style but this sheet."""
    from base64 import b64encode
    from hashlib import sha256

    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


LONG = 16
"""Characters of a text from which on it may be broken inside its words."""


DENSE = 11
"""Columns from which on paper takes small letters."""

LONG_TEXTS = frozenset(("title", "note", "reason", "finding", "what it says", "how", "because", "rule", "text"))
"""Columns of sentences: a screen gives them room before the others."""


def table(
    answer: Table, rows: Iterable[Row], *, caption: str, hidden: bool = False, links: Links = NOWHERE
) -> Iterator[str]:
    """Yield a table as its rows come; ``hidden`` keeps the caption for those who hear the page."""
    columns = shown(answer)
    dense = " dense" if len(columns) >= DENSE else ""
    yield f'<div class="scroll{dense}" role="group" tabindex="0" aria-label="{escape(caption)}"><table>'
    kind = ' class="hidden"' if hidden else ""
    yield f"<caption{kind}>{escape(caption)}</caption>"
    yield "<thead><tr>"
    for column in columns:
        kind = ' class="number"' if column.is_number else _long(column)
        yield f'<th scope="col"{kind}>{escape(column.heading)}</th>'
    yield "</tr></thead>\n<tbody>"
    for row in rows:
        yield _row(columns, row, links)
    yield "</tbody>"
    if answer.totals is not None:
        yield f"<tfoot>{_row(columns, answer.totals)}</tfoot>"
    yield "</table></div>"


def _row(columns: list[Shown], row: Row, links: Links = NOWHERE) -> str:
    cells = [
        f'<td{_class(column, row)}{_place(column, row, links)} dir="auto">{cell(column, row, links)}</td>'
        if at
        else f'<th scope="row"{_class(column, row)}{_place(column, row, links)} dir="auto">'
        f"{cell(column, row, links)}</th>"
        for at, column in enumerate(columns)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _long(column: Shown) -> str:
    return ' class="long"' if column.name in LONG_TEXTS else ""


def _class(column: Shown, row: Row) -> str:
    if column.is_number:
        return ' class="number zero"' if row[column.at] == 0 else ' class="number"'
    return ' class="word"' if column.kind in ("code", "date", "flag") else ""


def _place(column: Shown, row: Row, links: Links) -> str:
    value = row[column.at]
    place = links.place(column.name, value) if isinstance(value, str) else None
    return f' id="{place}"' if place else ""


def cell(column: Shown, row: Row, links: Links = NOWHERE) -> str:
    """A cell: a number, flag or share with its exact value, a share beside its count, text as text.

    What names a place of the page leads there; a path of the record is said in words.
    """
    value = row[column.at]
    if isinstance(value, list | tuple) and links.targets:
        joint = "\n" if column.kind == "lines" else "; "
        return joint.join(_leading(column, plain(item), links) or linked(spoken([item])) for item in value)
    if isinstance(value, str):
        said = _leading(column, value, links) or _path(column, value)
        if said:
            return said
    if value is None:
        text = column.text(row)
        return f'<span class="blank">{escape(text)}</span>' if text else ""
    share = None if column.share_at is None else row[column.share_at]
    if share is not None and value != 0:
        return f'{_exact(value, column.kind)} <span class="share">({_exact(share, "share")})</span>'
    return _exact(value, column.kind)


def _leading(column: Shown, text: str, links: Links) -> str | None:
    target = links.target(column.name, text)
    return f'<a href="#{target}">{_breakable(text)}</a>' if target else None


def _path(column: Shown, text: str) -> str | None:
    said = path_in_words(text) if column.name in ("field", "path") else None
    return f'<data value="{escape(text)}" title="{escape(text)}">{escape(said)}</data>' if said else None


def _exact(value: Cell, kind: str) -> str:
    if isinstance(value, bool | int | float):
        return f'<data value="{plain(value)}">{escape(spoken(value, kind))}</data>'
    return linked(spoken(value, kind))


def linked(text: str) -> str:
    """Text; one that is a web address and nothing else is a link to it."""
    shown_text = _breakable(text)
    if is_address(text):
        return f'<a href="{escape(text)}" rel="noopener noreferrer">{shown_text}</a>'
    return shown_text


def with_links(text: str) -> str:
    """A line of text; addresses in angle brackets, as footnotes have them, are links."""
    from re import split

    pieces = split(r"<(https?://[^<>\s]+)>", text)
    return "".join(f"&lt;{linked(piece)}&gt;" if at % 2 else escape(piece) for at, piece in enumerate(pieces))


def _breakable(text: str) -> str:
    """Text that may be folded after ``_``, ``-``, ``/`` and the like, as refs, codes and addresses want it."""
    if len(text) <= LONG:
        return escape(text, keep_lines=True)
    from re import split

    pieces = split(r"(?<=[_/.?&=-])(?=[^\W\d])|(?<=[_/?&=])(?=\d)", text)  # not inside a date or a number
    return "<wbr>".join(escape(piece, keep_lines=True) for piece in pieces)
