"""People, bodies and documents as portals and newspapers of many provinces print them."""

from __future__ import annotations

import pytest

from pipelines.entities.bodies import body_at
from pipelines.entities.grammar import grammar
from tests.test_entities import bodies, people, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ông Lê Văn Tám, Phó Bí thư Tỉnh ủy Lào Cai khóa XV, Chủ tịch UBND tỉnh Lào Cai.",
            "Phó Bí thư Tỉnh ủy Lào Cai khóa XV, Chủ tịch UBND tỉnh Lào Cai",
        ),
        ("Bà Lê Thị Tám, Bí thư Quận ủy quận 5 (cũ), được chỉ định.", "Bí thư Quận ủy quận 5 (cũ)"),
        (
            "Đồng chí Lê Văn Tám, Phó Bí thư Đảng ủy các cơ quan Đảng tỉnh chuyên trách.",
            "Phó Bí thư Đảng ủy các cơ quan Đảng tỉnh chuyên trách",
        ),
        (
            "Đồng chí Lê Văn Tám, Ủy viên Bộ Chính trị, Thường trực Ban Bí thư.",
            "Ủy viên Bộ Chính trị, Thường trực Ban Bí thư",
        ),
        ("Ông Lê Văn Tám là Bí thư, Chủ tịch Đặc khu Hòn Sen.", "Bí thư, Chủ tịch Đặc khu Hòn Sen"),
        ("Bí thư phường Tân Sen Lê Văn Tám dự.", "Bí thư phường Tân Sen"),
        ("Ông Lê Văn Tám giữ chức Phó Bí thư Đảng ủy, Chủ tịch UBND phường; bà khác.",
         "Phó Bí thư Đảng ủy, Chủ tịch UBND phường"),
        ("Ông Lê Văn Tám, sinh năm 1970, dân tộc Tày, Bí thư Chi bộ thôn Hoa Sen.",
         "Bí thư Chi bộ thôn Hoa Sen"),
        ("Ông Lê Văn Tám (bên phải), Phó Bí thư Huyện ủy trao quà.", "Phó Bí thư Huyện ủy"),
        ("Lễ trao quà.\nBí thư Chi bộ bản Hoa Sen, Lê Văn Tám phát biểu.", "Bí thư Chi bộ bản Hoa Sen"),
        ("Ủy viên T.Ư Đảng, Chủ tịch UBTƯ MTTQ Việt Nam Lê Văn Tám dự.",
         "Ủy viên T.Ư Đảng, Chủ tịch UBTƯ MTTQ Việt Nam"),
        ("Ông Lê Văn Tám, UVTƯ Đảng, Bí thư Huyện ủy Lộc Bình.", "UVTƯ Đảng, Bí thư Huyện ủy Lộc Bình"),
    ],
)  # fmt: skip
def test_an_office_goes_on_over_what_provinces_put_into_it(text: str, expected: str) -> None:
    assert people(text) == [("Lê Văn Tám" if "Thị" not in text else "Lê Thị Tám", expected)]


def test_a_word_that_is_no_family_name_is_a_name_behind_a_title_that_begins_a_sentence() -> None:
    assert people("Bà Búi Thị Hoa vắng. Ông Quế Trà dự. Người Anh Quốc giáo.") == [
        ("Búi Thị Hoa", None),
        ("Quế Trà", None),
    ]


def test_a_name_that_is_a_word_besides_is_believed_where_an_office_follows() -> None:
    assert people("Các ông: Cao Khoa, nguyên Bí thư Huyện ủy; nơi Cao Điểm.") == [
        ("Cao Khoa", "nguyên Bí thư Huyện ủy")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Lao động – Thương binh và Xã hội họp.", ["Sở Lao động – Thương binh và Xã hội"]),
        ("Ban Thi đua-Khen thưởng và Ban Tôn giáo họp.", ["Ban Thi đua-Khen thưởng", "Ban Tôn giáo"]),
        ("UBKT T.Ư và Ban Tổ chức TƯ họp.", ["UBKT T.Ư", "Ban Tổ chức TƯ"]),
        ("Hội Liên hiệp Phụ nữ (LHPN) tỉnh họp.", ["Hội Liên hiệp Phụ nữ (LHPN) tỉnh"]),
        ("Trụ sở Hoa Sen, Đảng bộ đặc khu Phú Quý.", ["Đảng bộ đặc khu Phú Quý"]),
        ("Ban Quản lý Khu Kinh tế Hòn Sen và các Khu công nghiệp Quảng Ngãi họp.",
         ["Ban Quản lý Khu Kinh tế Hòn Sen và các Khu công nghiệp Quảng Ngãi"]),
        ("Trung tâm Nuôi dạy trẻ khiếm thị Tây Ninh họp.", ["Trung tâm Nuôi dạy trẻ khiếm thị Tây Ninh"]),
        ("Đại biểu dự buổi làm việc với Đảng ủy phường Hoa Sen ẢNH: TÁM", ["Đảng ủy phường Hoa Sen"]),
    ],
)  # fmt: skip
def test_bodies_are_read_in_the_spellings_of_other_houses(text: str, expected: list[str]) -> None:
    assert bodies(text) == expected


def test_a_heading_in_capitals_does_not_make_the_text_below_it_one() -> None:
    heading = "HỌC TẬP, QUÁN TRIỆT VÀ TRIỂN KHAI THỰC HIỆN NGHỊ QUYẾT CỦA ĐẠI HỘI ĐẢNG BỘ SỞ Y TẾ"
    text = f"{heading}\n\nNgày 5/1, Đảng bộ Bệnh viện Hoa Sen họp."
    found = read(text).organisations or []
    assert [one["name"] for one in found] == ["ĐẢNG BỘ SỞ Y TẾ", "Đảng bộ Bệnh viện Hoa Sen"]
    assert [text[one["start"] : one["end"]] for one in found] == [one["name"] for one in found]


def test_behind_a_day_without_a_year_the_issuer_is_read() -> None:
    cited = read("Theo Luật số 83/2015/QH 13; Công văn số 77-CV/TU ngày 24/10 của Tỉnh ủy Hà Nam.").documents
    assert [(one["number"], one["date"], one["issuer"]) for one in cited or ()] == [
        ("83/2015/QH13", None, None),
        ("77-CV/TU", None, "Tỉnh ủy Hà Nam"),
    ]


def test_a_congress_is_counted_without_the_word_thu() -> None:
    found = read("Đại hội đại biểu Hội Nông dân tỉnh lần VIII khai mạc.").figures or []
    assert [(one["kind"], one["value"]) for one in found] == [("congress", 8)]


def test_a_name_stands_behind_a_rank_in_lower_case_and_around_thi() -> None:
    assert [name for name, _ in people("Dự có đại biểu Lê Văn Tám, bà con và Khoang Thị Sen.")] == [
        "Lê Văn Tám",
        "Khoang Thị Sen",
    ]


def test_of_a_list_each_ones_own_office_is_theirs_and_thousands_are_counted() -> None:
    assert people("Các Ủy viên Ban Thường vụ: Lê Văn Tám, Giám đốc Sở.") == [("Lê Văn Tám", "Giám đốc Sở")]
    found = read("Đảng bộ có 49 nghìn đảng viên.").figures or []
    assert [(one["kind"], one["value"]) for one in found] == [("members", 49000)]


@pytest.mark.parametrize("dash", [" - ", "-", " – "])
def test_a_head_that_is_printed_twice_is_read_once_whatever_its_dash(dash: str) -> None:
    name = f"Hội đồng Thi đua{dash}Khen thưởng tỉnh Phú Thọ"
    text = f"hội đồng thi đua{dash}khen thưởng {name}"
    body = body_at(text, 0, grammar(marked=True))
    assert body and text[body.start : body.end] == name
