"""Sheets in other scripts than the Latin one: their headers, days, parties, and encodings older than UTF-8."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run

from tracker.work.taking.drafting import first_map

RUSSIAN = """№,Название договора,Стороны,Дата подписания,Дата вступления в силу,Примечания,Статус
1,Договор о дружбе,"Российская Федерация, Китай",16 июля 2001 г.,28 февраля 2002 г.,первый,действует
2,Договор об основных отношениях,Россия и Республика Корея,19.11.1992,07.07.1993,,действует
"""
CHINESE = """序号,条约名称,缔约方,签署日期,生效日期
1,中华人民共和国和俄罗斯联邦睦邻友好合作条约,中国、俄罗斯,2001年7月16日,2002年2月28日
2,中日和平友好条约,中国、日本,1978年8月12日,1978年10月23日
"""
ARABIC = """الرقم,عنوان الاتفاقية,الأطراف,تاريخ التوقيع,تاريخ النفاذ
1,اتفاقية النقل الجوي,مصر، الأردن,١٣/٠٣/١٩٨٥,
2,معاهدة السلام,مصر، إسرائيل,٢٦/٠٣/١٩٧٩,٢٥/٠٤/١٩٧٩
"""
KOREAN = """번호,조약명,당사국,서명일,발효일
1,한미상호방위조약,대한민국·미국,1953년 10월 1일,1954년 11월 18일
2,한일기본조약,대한민국·일본,1965. 6. 22.,1965. 12. 18.
"""
JAPANESE = """番号,件名,締約国,署名日,発効日
1,日米安全保障条約,日本・アメリカ合衆国,昭和35年1月19日,昭和35年6月23日
2,日中平和友好条約,日本・中華人民共和国,昭和53年8月12日,昭和53年10月23日
"""

SHEETS = {
    RUSSIAN: {("CHN", "RUS", "2001-07-16", "2002-02-28"), ("KOR", "RUS", "1992-11-19", "1993-07-07")},
    CHINESE: {("CHN", "RUS", "2001-07-16", "2002-02-28"), ("CHN", "JPN", "1978-08-12", "1978-10-23")},
    ARABIC: {("EGY", "JOR", "1985-03-13"), ("EGY", "ISR", "1979-03-26", "1979-04-25")},
    KOREAN: {("KOR", "USA", "1953-10-01", "1954-11-18"), ("JPN", "KOR", "1965-06-22", "1965-12-18")},
    JAPANESE: {("JPN", "USA", "1960-01-19", "1960-06-23"), ("CHN", "JPN", "1978-08-12", "1978-10-23")},
}


def told(record: dict[str, Any]) -> tuple[str, ...]:
    codes = sorted(party["code"] for party in record["parties"])
    return (*codes, *(event["date"] for event in record["events"]))


def drafted(run: Run, store: Path, path: Path) -> set[tuple[str, ...]]:
    """Draft a map, import by it as it is, and give parties and days of what is recorded."""
    plan = path.with_suffix(".toml")
    plan.write_text(first_map(path).text, encoding="utf-8")
    code, _, err = run("--store", store, "import", path, "--map", plan)
    assert code == 0, err
    return {told(record) for record in json.loads(run("--store", store, "list", "--json").out)}


@pytest.mark.parametrize("text", SHEETS, ids=["ru", "zh", "ar", "ko", "ja"])
def test_a_first_map_reads_the_headers_days_and_parties_of_a_language(
    text: str, tmp_path: Path, run: Run, other_store: Path
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(text, encoding="utf-8")
    assert drafted(run, other_store, path) == SHEETS[text]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, encoding) for encoding in ("cp1251", "iso8859-5", "cp866")),
        *((JAPANESE, encoding) for encoding in ("cp932", "euc_jp")),
        *((CHINESE, "gb18030"), (KOREAN, "cp949")),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_an_older_encoding_of_another_script_is_written_into_the_map(
    text: str, encoding: str, tmp_path: Path, run: Run, other_store: Path
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(text.encode(encoding))
    assert drafted(run, other_store, path) == SHEETS[text]
    assert f'encoding = "{encoding}"' in path.with_suffix(".toml").read_text(encoding="utf-8")


def test_letters_of_another_script_are_never_read_as_western_ones(tmp_path: Path, run: Run, other_store: Path) -> None:
    """Every text would be wrong: the import ends, and says what the encoding is likely to be."""
    path, plan = tmp_path / "sheet.csv", tmp_path / "map.toml"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    plan.write_text('[agreement]\ntitle = "Название договора"\n', encoding="utf-8")
    code, _, err = run("--store", other_store, "import", path, "--map", plan)
    assert code == 2
    assert "likely cp1251, by which it reads" in err
    assert '[sheet] encoding = "cp1251"' in err


@pytest.mark.parametrize(
    "title",
    [
        "Traité créé à Évian",
        "«\u00a0Traité\u00a0», dit «\u00a0Évian\u00a0»",
        "Convenção sobre cooperação, ações e informação; não coação",
        "Samningur Íslands, Þýskalands og Færeyja um veiðar; þíða",
    ],
)
def test_accents_among_other_letters_are_still_western(tmp_path: Path, title: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(f'Titre,Parties\n"{title}",Côte d\'Ivoire; Norvège; Suède\n'.encode("cp1252"))
    assert any("read as Windows-1252" in line for line in first_map(path).told)


def test_an_own_field_without_a_name_in_latin_letters_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(RUSSIAN, encoding="utf-8")
    assert any("'Статус' is x.x: own fields are called in Latin letters" in line for line in first_map(path).told)
