"""What the headers of a sheet say.

They are read in the languages in which lists of treaties are kept: English, French, German, Spanish and Japanese, with
the nearest words of Italian, Portuguese, Dutch, Russian, Chinese, Arabic and Korean.
"""

import re
from functools import cache

from tracker.dates.typed import plain
from tracker.record.vocabulary import EVENT_KINDS

_EDGES = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")

OF_THE_ROW = ("signed", "entered_into_force", "terminated", "expires")
"""Acts that are those of the agreement where a row is one."""

OF_A_PARTY = (
    *("signed", "entered_into_force", "ratified", "acceded", "accepted", "approved", "succeeded", "withdrawn"),
    "denounced",
)
"""Acts that are those of the party where a row is a party's part in an agreement."""

_A_TITLE = (
    r"(title|titles|titre|intitule|titel|titulo|titolo|bezeichnung|件名|題名|表題|名称|条約名|協定名|"
    r"название|наименование|заголовок|标题|条约名|协定名|عنوان|اسم|제목|명칭|조약명|협정명)"
)
_AN_INSTRUMENT = (
    r"(agreements?|treat(y|ies)|conventions?|instruments?|arrangements?|deals?|accords?|traites?|tratados?|acuerdos?|"
    r"convenios?|abkommen|vertrag|vertrage|ubereinkommen|vereinbarung(en)?|acordos?|trattati?|accordi?|verdrag(en)?|"
    r"pacts?|memorand(um|a)|mous?|条約|協定|取決め|договор|соглашение|конвенция|条约|协定|公约|اتفاقية|معاهدة|조약|협정)"
)
_RANKS = (
    re.compile(rf"^(the )?(full |official |long )?{_A_TITLE}( in english| english| en| eng| 1)?$"),
    re.compile(
        rf"{_A_TITLE}|{_AN_INSTRUMENT} ?(name|nom|nombre|naam|名)"
        rf"|(name|nom|nombre) (of|de|du|des|del) .*{_AN_INSTRUMENT}"
    ),
    re.compile(rf"^(the )?{_AN_INSTRUMENT}$"),
    re.compile(r"^(name|nom|nombre|nome|naam|名称|名前|имя|이름)$"),
)
NO_RANK = len(_RANKS)

_INSTRUMENT_WORDS = re.compile(
    r"agreement|treaty|convention|protocol|memorandum|arrangement|exchange of|accord|pact\b|charter|covenant|"
    r"declaration|statute|traite\b|protocole|abkommen|vertrag|ubereinkommen|vereinbarung|notenwechsel|tratado|acuerdo|convenio|"
    r"protocolo|canje de|acordo|convencao|trattato|convenzione|verdrag|overeenkomst|"
    r"条約|協定|取極|議定書|交換公文|договор|"
    r"соглашени|конвенци|протокол|меморандум|协定|条约|议定书|公约|اتفاق|معاهدة|بروتوكول|조약|협정|의정서|협약"
)


@cache
def terms(header: str) -> str:
    """The words of a header in lower case without accents: ``dateSigned_1`` gives ``date signed 1``."""
    return " ".join(re.sub(r"[^\w]+|_", " ", plain(_EDGES.sub(" ", header)).lower()).split())


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


ACTS = (
    ("opened_for_signature", _any(r"open(ed)? for sign", r"ouvert\w* a la signature", r"zur unterzeichnung auf")),
    (
        "terminated",
        _any(
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
        _any(
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
        _any(
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
    ("ratified", _any(r"\bratifi", r"\bratifika", r"批准", r"ратифи", r"تصديق", r"비준")),
    ("acceded", _any(r"\bacce(ssion|ded)", r"\badhesion", r"\bbeitritt", r"加入", r"присоедин", r"انضمام", r"가입")),
    ("accepted", _any(r"\baccept", r"受諾", r"接受", r"수락")),
    ("approved", _any(r"\bapprov", r"\bgenehmig", r"\baprobac", r"承認", r"核准")),
    ("succeeded", _any(r"\bsuccession\b", r"\bsucceeded\b")),
    ("withdrawn", _any(r"\bwithdr", r"\bretrait", r"\brucktritt", r"\bretiro\b", r"脱退", r"退出", r"انسحاب", r"탈퇴")),
    ("denounced", _any(r"\bdenounc", r"\bdenunc", r"\bdenonc", r"kundig", r"廃棄", r"денонс", r"退约", r"폐기")),
    ("text_adopted", _any(r"\badopt", r"採択", r"通过", r"채택")),
    ("initialled", _any(r"\binitial+ed", r"\bparaph")),
    ("registered", _any(r"\bregist", r"登録", r"регистрац", r"登记", r"تسجيل", r"등록")),
    (
        "published",
        _any(r"\bpublish", r"\bpublica", r"\bpublie\b", r"\bveroffentlich", r"公布", r"告示", r"опубликов", r"공포"),
    ),
    ("amended", _any(r"\bamend", r"\bmodifi", r"改正", r"修正", r"개정")),
    (
        "signed",
        _any(
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

_PLACE = _any(
    r"\bplace\b", r"\blieu\b", r"\bort\b", r"\blugar\b", r"\bluogo\b", r"\blocal\b", r"место", r"地点", r"場所"
)

_NO_ACT = _any(
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

_DAY = _any(
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
    ("reservation_made", _any(r"\breserv", r"vorbehalt", r"\briserv", r"留保")),
    ("objection_made", _any(r"\bobjection", r"einspruch", r"\bobjecion", r"\bobiezion", r"異議")),
    ("declaration_made", _any(r"\bdeclarations?\b", r"erklarung", r"\bdeclaracion", r"\bdichiarazion", r"宣言")),
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


_PARTIES = _any(
    *(r"\bpart(y|ies)\b", r"\bcountr(y|ies)\b", r"\bstates?\b", r"\bparticipants?\b", r"\bpartners?\b", r"\bbetween\b"),
    *(r"^who\b", r"\bsignator(y|ies)\b", r"\bmembers?\b", r"\bnations?\b", r"\bgovernments?\b", r"\bjurisdictions?\b"),
    *(r"\biso\b", r"\balpha [23]\b", r"\bc?code ?[ab12]\b", r"\bcow\b", r"\bcow name\b", r"\bm ?49\b", r"\breporter\b"),
    *(r"\bparties?\b", r"\bpays\b", r"\betats?\b", r"\bsignataires?\b", r"\bpartenaires?\b", r"^entre\b"),
    *(r"partei(en)?\b", r"\bland\b", r"\blander\b", r"staat(en)?\b", r"^zwischen\b", r"\bpartes?\b", r"\bpais(es)?\b"),
    *(
        r"\bestados?\b",
        r"\bfirmantes?\b",
        r"\bsocios?\b",
        r"\bpaes[ei]\b",
        r"\bstati?\b",
        r"\bparti\b",
        r"\bpartij(en)?\b",
    ),
    *(
        r"国$",
        r"国名",
        r"締約",
        r"当事",
        r"相手",
        r"\bсторон[аы]\b",
        r"\bстран[аы]\b",
        r"\bучастник",
        r"государств",
        r"缔约",
        r"国家",
        r"签署国",
        r"الأطراف",
        r"الطرف",
        r"\bالدول(ة)?\b",
        r"البلد",
        r"당사국",
        r"체결국",
        r"국가",
        r"\bccode\b",
        r"\bcontracting\b",
    ),
)

_NO_PARTIES = _any(
    *(r"\blang", r"\bsprache", r"\bidioma", r"言語", r"\bplace\b", r"\blieu\b", r"\bort\b", r"\blugar\b", r"\bcity\b"),
    *(
        r"\bwhere\b",
        r"\blocation\b",
        r"\bvenue\b",
        r"場所",
        r"место",
        r"地点",
        r"语言",
        r"مكان",
        r"장소",
        r"депозитар",
        r"保存",
        r"\bregion",
        r"\bcontinent",
        r"\bdeposit",
        r"\bdepot",
    ),
    *(
        r"\btypes?\b",
        r"\bkind\b",
        r"\bform\b",
        r"\bstatus\b",
        r"\bnationalit",
        r"\bcurrency\b",
        r"\bsource",
        r"\burl\b",
    ),
    *(r"\bhost", r"\bsecretar", r"\bminist", r"\bsigned (in|at|by)\b", r"\bof sign", r"\bobserver", r"\bnon ?part"),
    *(
        r"\bformer",
        r"\bnumber of\b",
        r"\bno of\b",
        r"\bcount\b",
        r"\bhow many\b",
        r"\bthird\b",
        r"\barea\b",
        r"\bbinding",
    ),
    *(r"\byes\b", r"\bformat\b", r"\bnot\b", r"\binvited\b", r"\bwithdr", r"\bprovince", r"\bcategor", r"\bthird\b"),
    *(r"\btitle\b", r"\bname of (the )?(agreement|treaty)", r"^(treaty|agreement)( name)?$", r"\bunited states\b"),
)


def speaks_of_parties(header: str) -> bool:
    """Tell whether a header says that its cells are parties, and of nothing else."""
    said = terms(header)
    return bool(_PARTIES.search(said)) and not _NO_PARTIES.search(said)


def speaks_of_signatories(header: str) -> bool:
    """Tell whether a header says that its cells are those who signed, whoever became a party."""
    return bool(
        re.search(
            r"\bsignator|\bsignataire|\bfirmante|unterzeichner|\bfirmatari|署名国|签署国|подписавш", terms(header)
        )
    )


def speaks_of_other_places(header: str) -> bool:
    """Tell whether a header says that its cells are something else than parties: places, languages, hosts."""
    return bool(_NO_PARTIES.search(terms(header)))


_NOT_A_TITLE = _any(
    *(
        r"\bnumber",
        r"\bno\b",
        r"\bnr\b",
        r"\bnum\b",
        r"\bids?\b",
        r"\bcodes?\b",
        r"\btypes?\b",
        r"\bkind\b",
        r"\bstatus\b",
    ),
    *(
        r"\bkurz",
        r"\bcourte?\b",
        r"\babreg",
        r"\bcort[oa]\b",
        r"\bbreve\b",
        r"\bsigles?\b",
        r"\bkorte?\b",
        r"略称",
        r"通称",
    ),
    *(r"\bshort", r"\bacronym", r"\babbr", r"\burl\b", r"\blink\b", r"\bdates?\b", r"\blang", r"\byear\b", r"\btext\b"),
    *(r"\bfile\b", r"\bdoc(ument)?s?\b", r"\bpart(y|ies)\b", r"\bcategor", r"\bsource\b", r"\bnumero\b", r"\bnummer\b"),
    *(
        r"\bpage\b",
        r"\bvolume\b",
        r"\bclass\b",
        r"\bjob\b",
        r"\bsignator",
        r"\bsign(ed|atures?)\b",
        r"\bforce\b",
        r"\bof person",
    ),
    *(
        r"\bperson",
        r"\bminister",
        r"\bcountry\b",
        r"\bstate\b",
        r"\bchapter\b",
        r"番号",
        r"種類",
        r"номер",
        r"дата",
        r"вид\b",
        r"编号",
        r"序号",
        r"类型",
        r"日期",
        r"تاريخ",
        r"رقم",
        r"번호",
        r"일자",
        r"\blevel\b",
        r"\bwto\b",
    ),
)


def title_rank(header: str) -> int:
    """How surely a header says title, from 0: ``Title``, ``Treaty name``, ``Agreement``, ``Name``, none of these."""
    said = terms(header)
    if _RANKS[0].search(said):
        return 0
    if _NOT_A_TITLE.search(said):
        return NO_RANK
    return next((rank for rank, pattern in enumerate(_RANKS) if pattern.search(said)), NO_RANK)


def cannot_be_a_title(header: str) -> bool:
    """Tell whether a header says that its cells are something else."""
    return title_rank(header) > 0 and bool(_NOT_A_TITLE.search(terms(header)))


def names_an_instrument(text: str) -> bool:
    """Tell whether a text names an instrument: agreement, Vertrag, convenio, 条約."""
    return bool(_INSTRUMENT_WORDS.search(plain(text)))


_KEY = _any(
    r"^(id|no|nr|num|number|ref|key|numero|nummer|n|lfd nr|番号|номер|编号|序号|رقم|الرقم|번호)\b",
    r"\b(id|no|nr|num|number|numero|nummer|code|ref|key|kennung|clave)( \d+)?$",
)


_NO_KEY = _any(
    *(r"\b(no|nr|number|num|nombre|numero|anzahl|aantal|cantidad|numero) (of|de|des|di|van|von)\b", r"^anzahl\b"),
    r"\b(pages?|volume|vol|phone|tel|telephone|fax|room|article|version|zip|postal|country|state|year)\b",
)
"""What is counted, or numbers something else than the rows."""


def speaks_of_a_key(header: str) -> bool:
    """Tell whether a header says that its cells name the rows."""
    said = terms(header)
    return "#" in header or (bool(_KEY.search(said)) and not _NO_KEY.search(said))


def says_type(header: str) -> bool:
    """Tell whether a header speaks of the type of something."""
    return bool(
        re.search(
            r"\btypes?\b|\bkind\b|\bform\b|\binstrument\b|\bart\b|\btipo\b|種類|種別|类型|вид\b|نوع|종류", terms(header)
        )
    )


_BINDING = (
    r"(binding|contraignant|obligatoire|verbindlich|bindend|vinculante?|vincolante|拘束力?|约束力?|обязательн\w*|"
    r"구속력?|ملزمة?|الزامية?)"
)


def speaks_of_binding(header: str) -> bool:
    """Tell whether a header speaks of what binds."""
    return bool(re.search(_BINDING, terms(header)))


def asks_whether_binding(header: str) -> bool:
    """Tell whether a header says nothing else than that the agreement binds: then its cells say yes or no."""
    legally = r"(is )?(it )?(legally|juridiquement|rechts|rechtlich|juridisch|juridicamente|giuridicamente|юридически)"
    legally = rf"({legally}|法的|法律)"
    return bool(re.fullmatch(rf"({legally} ?)?{_BINDING}", terms(header)))


FIELDS = (
    ("focus_areas", _any(r"focus", r"subject", r"topic", r"sector", r"\barea")),
    (
        "notes",
        _any(
            r"\bnotes?\b",
            r"comment",
            r"remark",
            r"bemerkung",
            r"observacion",
            r"備考",
            r"примечан",
            r"备注",
            r"ملاحظ",
            r"비고",
        ),
    ),
    ("sources", _any(r"source", r"\burl\b", r"\blink\b", r"\bweb", r"ссылк", r"источник", r"链接", r"出处", r"출처")),
)
"""Other fields and what their headers say, in the order in which headers are tried."""
