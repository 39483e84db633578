"""Documents cited by number, and figures of Party life: what is read, and as what."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.entities.documents import documents
from pipelines.entities.grammar import grammar
from pipelines.text import fold
from tests.test_entities import read


def cited(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(one["number"], one["type"], one["date"], one["issuer"]) for one in read(text).documents or ()]


def counted(text: str) -> set[tuple[str, int | str]]:
    return {(one["kind"], one["value"]) for one in read(text).figures or ()}


# Documents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị về học tập",
            [("05-CT/TW", "Chỉ thị", "2016-05-15", "Bộ Chính trị")],
        ),
        (
            "Kế hoạch số 90/KH-TU, ngày 08 tháng 10 năm 2014 của Tỉnh ủy Thanh Hóa",
            [("90/KH-TU", "Kế hoạch", "2014-10-08", "Tỉnh ủy Thanh Hóa")],
        ),
        ("Chỉ thị 5 - CT/TW, Chỉ thị 05-CT/TW", [("05-CT/TW", "Chỉ thị", None, None)]),
        ("Luật số 8/2022/QH15 và 008/2022/QH15", [("08/2022/QH15", "Luật", None, None)]),
        ("Kế hoạch 105/KH-TU", [("105/KH-TU", "Kế hoạch", None, None)]),
        ("Nghị quyết 15- NQ/TU", [("15-NQ/TU", "Nghị quyết", None, None)]),
        ("Quy định 05 – QÐ/TW", [("05-QĐ/TW", "Quy định", None, None)]),
        ("Công văn số 786 /STTTT-BCXBTTv/v họp", [("786/STTTT-BCXBTT", "Công văn", None, None)]),
        ("Kế hoạch 48/KH/ĐU ký ngày 1-8-2019", [("48/KH/ĐU", "Kế hoạch", "2019-08-01", None)]),
        ("Luật An ninh mạng số 24/2018/QH14", [("24/2018/QH14", "Luật", None, None)]),
        ("Nghị quyết 30a/2008/NQ-CP của Chính phủ", [("30A/2008/NQ-CP", "Nghị quyết", None, "Chính phủ")]),
        ("Quyết định 16/QĐ-TTg của Thủ tướng Chính phủ", [("16/QĐ-TTG", "Quyết định", None, "Thủ tướng Chính phủ")]),
        (
            "Thông báo số 318/TB-BCĐ ngày 3/4/2020 và 319/TB-BCĐ ngày 4/4/2020 của Ban Chỉ đạo Thành phố",
            [
                ("318/TB-BCĐ", "Thông báo", "2020-04-03", "Ban Chỉ đạo Thành phố"),
                ("319/TB-BCĐ", "Thông báo", "2020-04-04", "Ban Chỉ đạo Thành phố"),
            ],
        ),
        ("Quyết định 12/QĐ-UBND ngày 31/2/2020 của UBND tỉnh", [("12/QĐ-UBND", "Quyết định", None, "UBND tỉnh")]),
        ("Quy định 08-QĐi/TW (25/10/2018) của Trung ương", [("08-QĐI/TW", "Quy định", "2018-10-25", "Trung ương")]),
        ("Thông báo kết luận số 45-TB/TU", [("45-TB/TU", "Thông báo kết luận", None, None)]),
        ("KẾ HOẠCH SỐ 12-KH/ĐU", [("12-KH/ĐU", "Kế hoạch", None, None)]),
    ],
)  # fmt: skip
def test_documents_are_cited_by_number_with_date_and_issuer(text: str, expected: list[Any]) -> None:
    assert cited(f"Thực hiện {text}.") == expected


@pytest.mark.parametrize("printed", ["kế hoạch", "Kế hoạch", "Kế Hoạch", "KẾ HOẠCH"])
def test_a_type_of_document_is_one_however_it_is_printed(printed: str) -> None:
    [(_, kind, *_)] = cited(f"Sở thực hiện {printed} số 90/KH-TU của Thành ủy.")
    assert kind == "Kế hoạch"


def test_a_document_cited_in_capitals_has_its_type_date_and_issuer_too() -> None:
    text = "CÔNG VĂN SỐ 12/SNV-CCVC NGÀY 3 THÁNG 2 NĂM 2020 CỦA SỞ NỘI VỤ VỀ TUYỂN DỤNG CÔNG CHỨC"
    assert cited(text) == [("12/SNV-CCVC", "Công văn", "2020-02-03", "SỞ NỘI VỤ")]


@pytest.mark.parametrize(
    "text",
    [
        "Ban chỉ đạo 389/TP, Ban chỉ đạo 138/TP",
        "SEA Games 31 - Vì một Đông Nam Á; Hà Nội 2020 - Hợp tác",
        "từ ngày 12/3/2020 - Thứ Năm, 10-15 Tháng Ba, quý II/2020",
        "https://so.example.vn/d/1e13/Home/12/AB-CD",
        "Chỉ thị 05 của Bộ Chính trị; 163/214 chi bộ; 16h30/ngày",
    ],
)
def test_dates_addresses_and_committees_are_no_documents(text: str) -> None:
    assert cited(text) == []


def test_a_document_cited_twice_is_one_and_knows_what_either_place_says() -> None:
    text = "Nghị định số 91/2020/NĐ-CP được phổ biến. Nghị định 91/2020/NĐ-CP ngày 14/8/2020 của Chính phủ."
    assert cited(text) == [("91/2020/NĐ-CP", "Nghị định", "2020-08-14", "Chính phủ")]


# Figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đại hội đại biểu Đảng bộ tỉnh lần thứ XVII, nhiệm kỳ 2020 – 2025", {("congress", 17), ("term", "2020-2025")}),
        ("Đại hội Chi bộ lần thứ nhất (nhiệm kỳ 2017 -2020)", {("congress", 1), ("term", "2017-2020")}),
        ("Góp ý văn kiện Đại hội XIII của Đảng", {("congress", 13)}),
        ("Đảng bộ có 12 chi bộ, 1.245 đảng viên", {("cells", 12), ("members", 1245)}),
        ("58/60 đảng viên dự; 7/7 chi bộ xong", {("members", 60), ("cells", 7)}),
        ("kết nạp được 37 đảng viên mới", {("admissions", 37)}),
        ("Lễ kết nạp đảng viên cho 02 quần chúng ưu tú", {("admissions", 2)}),
        ("kết nạp 4 đảng viên, chuyển chính thức cho 6 đảng viên", {("admissions", 4), ("members", 6)}),
        ("kết nạp 15 đảng viên; toàn ngành có 640 đảng viên", {("admissions", 15), ("members", 640)}),
        ("100% đảng viên học; 2,5 đảng viên; Hội nghị lần thứ năm; Hội Sách lần thứ VI", set()),
        ("nhiệm kỳ 2025-2020, nhiệm kỳ này", set()),
    ],
)  # fmt: skip
def test_figures_of_party_life_are_read(text: str, expected: set[tuple[str, int | str]]) -> None:
    assert counted(text) == expected


def test_numbers_are_found_by_documents_alone() -> None:
    text = "Thực hiện Chỉ thị 05-CT/TW và Kế hoạch 12-KH/ĐU."
    assert [one.number for one in documents(text, grammar())] == ["05-CT/TW", "12-KH/ĐU"]
    assert [one.number for one in documents(fold(text).upper(), grammar(False))] == ["05-CT/TW", "12-KH/DU"]
