"""What the headers and words of a sheet say of acts: what happened, on which day, at which place."""

from tracker.importers.drafting.headers import any_of, terms
from tracker.record.vocabulary import EVENT_KINDS

OF_THE_ROW = ("signed", "entered_into_force", "terminated", "expires")
"""Acts that are those of the agreement where a row is one."""

OF_A_PARTY = (
    *("signed", "entered_into_force", "ratified", "acceded", "accepted", "approved", "succeeded", "withdrawn"),
    "denounced",
)
"""Acts that are those of the party where a row is a party's part in an agreement."""

ACTS = (
    ("opened_for_signature", any_of(r"open(ed)? for sign", r"ouvert\w* a la signature", r"zur unterzeichnung auf")),
    (
        "terminated",
        any_of(
            r"terminat",
            r"terminac",
            r"terminaz",
            r"ausser ?kraft",
            r"out of force",
            r"beend|be+indig",
            r"終了",
            r"прекращ",
            r"终止",
            r"إنهاء",
            r"종료",
        ),
    ),
    (
        "expires",
        any_of(
            r"\bexpir",
            r"valid (un)?til",
            r"gultig bis",
            r"\becheance",
            r"vencim",
            r"scaden",
            r"満了",
            r"有効期限",
            r"届满",
            r"انقضاء",
            r"만료",
        ),
    ),
    (
        "entered_into_force",
        any_of(
            *(r"\bforce\b", r"force ?(date|year|month|day)\b", r"\beif\b", r"^effective( date)?$", r"date effective"),
            *(
                r"en vigueur",
                r"in ?kraft",
                r"vigor\b",
                r"vigencia",
                r"vigore",
                r"in ?werking",
                r"発効",
                r"効力発生",
                r"вступлени\w* в силу",
                r"生效",
                r"نفاذ",
                r"سريان",
                r"발효",
            ),
        ),
    ),
    ("ratified", any_of(r"\bratifi", r"\bratifika", r"批准", r"ратифи", r"تصديق", r"비준")),
    ("acceded", any_of(r"\bacce(ssion|ded)", r"\badhesion", r"\bbeitritt", r"加入", r"присоедин", r"انضمام", r"가입")),
    ("accepted", any_of(r"\baccept", r"受諾", r"接受", r"수락")),
    ("approved", any_of(r"\bapprov", r"\bgenehmig", r"\baprobac", r"承認", r"核准")),
    ("succeeded", any_of(r"\bsuccession\b", r"\bsucceeded\b")),
    (
        "withdrawn",
        any_of(r"\bwithdr", r"\bretrait", r"\brucktritt", r"\bretiro\b", r"脱退", r"退出", r"انسحاب", r"탈퇴"),
    ),
    ("denounced", any_of(r"\bdenounc", r"\bdenunc", r"\bdenonc", r"kundig", r"廃棄", r"денонс", r"退约", r"폐기")),
    ("text_adopted", any_of(r"\badopt", r"採択", r"通过", r"채택")),
    ("initialled", any_of(r"\binitial+ed", r"\bparaph")),
    ("registered", any_of(r"\bregist", r"登録", r"регистрац", r"登记", r"تسجيل", r"등록")),
    (
        "published",
        any_of(r"\bpublish", r"\bpublica", r"\bpublie\b", r"\bveroffentlich", r"公布", r"告示", r"опубликов", r"공포"),
    ),
    ("amended", any_of(r"\bamend", r"\bmodifi", r"改正", r"修正", r"개정")),
    (
        "signed",
        any_of(
            *(
                r"\bsigned\b",
                r"\bsignatures?\b",
                r"\bsigning\b",
                r"\bsign( |$)(date|day|month|year)?",
                r"\bsigne(e|s|es)?\b",
            ),
            *(r"\bfirm(a|ado|ada|ato|ata)\b", r"\bsuscri", r"unterzeich", r"unterschr", r"\bgezeichnet"),
            *(r"\bassina", r"\bondertek", r"署名", r"調印", r"подписани", r"签署", r"签订", r"توقيع", r"서명"),
        ),
    ),
)
"""Acts by the words of their headers, in the order in which they are tried; ``expires`` is the end of the term."""

_PLACE = any_of(
    r"\bplace\b", r"\blieu\b", r"\bort\b", r"\blugar\b", r"\bluogo\b", r"\blocal\b", r"место", r"地点", r"場所"
)

_NO_ACT = any_of(
    *(
        r"\bplace\b",
        r"\blieu\b",
        r"\bort\b",
        r"\blugar\b",
        r"\bluogo\b",
        r"\bby\b",
        r"\bwho\b",
        r"updat",
        r"\bentered by",
    ),
    *(r"\bscan", r"\baccess(ed)?\b", r"retriev", r"\blast\b", r"\bearliest\b", r"\blatest\b", r"\bnot\b", r"\bnotif"),
    *(
        r"\bproposed\b",
        r"\bplanned\b",
        r"\bexpected\b",
        r"\bprevious\b",
        r"\bvon\b",
        r"場所",
        r"место",
        r"地点",
        r"مكان",
        r"장소",
        r"\bprovisional",
        r"暫定",
    ),
    *(r"\breserv", r"vorbehalt", r"留保", r"\bobjection", r"einspruch", r"\bdeclarations?$", r"erklarung(en)?$"),
    *(r"\bauthori", r"\bmandate", r"\bprovisori", r"\bprovisoi", r"\bdata entry", r"\brecord"),
)

_DAY = any_of(
    *(r"\bdates?\b", r"date\b", r"\byears?\b", r"\bdays?\b", r"\bwhen\b", r"\bconclu", r"\bdone\b", r"\bdatum\b"),
    *(r"\btag\b", r"\bjahr\b", r"abgeschlossen", r"abschluss", r"\bfecha\b", r"\bano\b", r"\bannee\b", r"\bjour\b"),
    *(
        r"\bdata\b",
        r"\bcelebra",
        r"日付",
        r"年月日",
        r"締結",
        r"^年$",
        r"日$",
        r"\bдата\b",
        r"日期",
        r"年份",
        r"تاريخ",
        r"일자",
        r"날짜",
        r"일$",
    ),
)


def acts(header: str) -> list[str]:
    """The acts whose day a header may hold, the likeliest first; none where it says nothing of an act."""
    said = terms(header)
    found = [kind for kind, pattern in ACTS if pattern.search(said)]
    if "opened_for_signature" in found and "signed" in found:
        found.remove("signed")
    if "terminated" in found and "entered_into_force" in found:
        found.remove("entered_into_force")
    return found


def act(header: str) -> str | None:
    """The one act whose day a header holds for certain, None where it says none, or several, or hedges."""
    found = acts(header)
    return found[0] if len(found) == 1 and not _NO_ACT.search(terms(header)) else None


STATEMENTS = (
    ("reservation_made", any_of(r"\breserv", r"vorbehalt", r"\briserv", r"留保")),
    ("objection_made", any_of(r"\bobjection", r"einspruch", r"\bobjecion", r"\bobiezion", r"異議")),
    ("declaration_made", any_of(r"\bdeclarations?\b", r"erklarung", r"\bdeclaracion", r"\bdichiarazion", r"宣言")),
)
"""What a party may have said on the day of a column, where its header names no act."""


def act_at_a_place(header: str) -> str | None:
    """The one act of which a header says that its cells hold place and day: ``Place and date of signature``."""
    said = terms(header)
    bare = _PLACE.sub(" ", said)
    return act(bare) if bare != said and _DAY.search(bare) else None


def likely(header: str) -> str:
    """The kind of act that is offered where a header does not say for certain what happened on its days."""
    said = next((kind for kind in acts(header) if kind != "expires"), None)
    statement = next((kind for kind, pattern in STATEMENTS if pattern.search(terms(header))), None)
    return statement or said or "signed"


def kind_of(word: str) -> str | None:
    """The kind of act that a word in a cell names: ``Ratification``, ``reservation``; None where none, or several."""
    code = terms(word).replace(" ", "_")
    if code in EVENT_KINDS:
        return code
    said = [kind for kind, pattern in STATEMENTS if pattern.search(terms(word))]
    return act(word) or (said[0] if len(said) == 1 and not acts(word) else None)


def speaks_of_days(header: str) -> bool:
    """Tell whether a header speaks of a day at all."""
    return bool(_DAY.search(terms(header))) or bool(acts(header))
