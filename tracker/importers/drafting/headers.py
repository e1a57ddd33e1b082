"""What the headers of a sheet say.

They are read in the languages in which lists of treaties are kept: English, French, German, Spanish and Japanese, with
the nearest words of Italian, Portuguese, Dutch, Russian, Chinese, Arabic and Korean.
"""

import re
from functools import cache

from tracker.dates.typed import plain

_EDGES = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")

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


def any_of(*parts: str) -> re.Pattern[str]:
    """A pattern for any of several."""
    return re.compile("|".join(parts))


_PARTIES = any_of(
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

_NO_PARTIES = any_of(
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


_NOT_A_TITLE = any_of(
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


_KEY = any_of(
    r"^(id|no|nr|num|number|ref|key|numero|nummer|n|lfd nr|番号|номер|编号|序号|رقم|الرقم|번호)\b",
    r"\b(id|no|nr|num|number|numero|nummer|code|ref|key|kennung|clave)( \d+)?$",
)


_NO_KEY = any_of(
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
    ("focus_areas", any_of(r"focus", r"subject", r"topic", r"sector", r"\barea")),
    (
        "notes",
        any_of(
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
    ("sources", any_of(r"source", r"\burl\b", r"\blink\b", r"\bweb", r"ссылк", r"источник", r"链接", r"出处", r"출처")),
)
"""Other fields and what their headers say, in the order in which headers are tried."""
