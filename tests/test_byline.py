"""Bylines: who wrote, who took the pictures, and which last lines are neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.byline import (
    NONE,
    Byline,
    is_account_name,
    leading_byline,
    parse_byline,
    trailing_byline,
)
from tests.timing import is_linear

LAST_SENTENCE = "Buổi sinh hoạt khép lại trong không khí phấn khởi./."
NAMES = [
    "Lê Hải", "Đức Hiền", "Trần Thanh Hưng", "THIÊN TRÚC", "H Yur Je", "Vũ thị Thanh Hà", "VTH", "HHU",
    "T.H", "N.V.A", "Nhóm PV", "BBT", "Văn phòng Đảng ủy Sở", "Thanh tra Sở TT&TT", "Đoàn Thanh niên Sở",
    "Thu Lan – Minh Hà", "An Bình, Thu Lan", "Quỳnh Anh - Lê Hải - Phạm Linh",
    "Nguyễn Ngọc Ánh – Thanh tra tỉnh Nghệ An", "TS. Đỗ Quang Hà", "ThS. Lê Lan", "PGS, TS. Lê Hải Hà",
    "PGS.TS. Lê Hải", "BS Lê Lan – ThS. Bùi Hà", "Đại tá Lê Hải", "Chi ủy Trung tâm Lưu trữ", "Chi uỷ Văn phòng",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_on_the_last_line_is_the_author(name: str) -> None:
    assert trailing_byline([LAST_SENTENCE, name]) == Byline(name, None, 1)
    assert trailing_byline(["Một đoạn.", LAST_SENTENCE, f"\xa0\xa0 {name} "]) == Byline(name, None, 1)
    assert parse_byline(name) == Byline(name, None, 1)


@pytest.mark.parametrize(
    ("printed", "author", "photographer"),
    [
        ("Tin: Vân Anh, Ảnh: Đình Nguyên", "Vân Anh", "Đình Nguyên"),
        ("Bài: Vân Anh - Ảnh: Đình Nguyên", "Vân Anh", "Đình Nguyên"),
        ("Tin, ảnh: Hương Thảo", "Hương Thảo", "Hương Thảo"),
        ("Tin, ảnh: Hương Thảo 15/12/2023 14:25", "Hương Thảo", "Hương Thảo"),
        ("Tin và ảnh: Hương Thảo", "Hương Thảo", "Hương Thảo"),
        ("Bài, ảnh: Hương Thảo", "Hương Thảo", "Hương Thảo"),
        ("Tin ảnh: Hương Thảo", "Hương Thảo", "Hương Thảo"),
        ("Tin bài: Hương Thảo", "Hương Thảo", None),
        ("Ảnh: KIM QUYÊN", None, "KIM QUYÊN"),
        ("Tác giả: Hương Thảo", "Hương Thảo", None),
        ("(Người viết: Hương Thảo)", "Hương Thảo", None),
        ("Thực hiện: Nhóm PV", "Nhóm PV", None),
        ("Hương Thảo (tổng hợp)", "Hương Thảo", None),
        ("Hương Thảo (Ảnh: Đình Nguyên)", "Hương Thảo", "Đình Nguyên"),
        ("Nguồn: Hoàng Long", "Hoàng Long", None),
        ("Nguồn: bao.example.vn", "bao.example.vn", None),
        ("(Nguồn HNP)", "HNP", None),
        ("Theo Báo Nhân dân", "Báo Nhân dân", None),
        ("(Theo Báo Nhân dân)", "Báo Nhân dân", None),
        ("(hanoi.gov.vn)", "hanoi.gov.vn", None),
    ],
)
def test_labels_say_who_did_what(printed: str, author: str | None, photographer: str | None) -> None:
    assert trailing_byline([LAST_SENTENCE, printed]) == Byline(author, photographer, 1)
    assert parse_byline(printed) == Byline(author, photographer, 1)


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (["Tin: Lê Lan", "Ảnh: Lê Hà"], Byline("Lê Lan", "Lê Hà", 2)),
        (["Lê Lan", "Ảnh: Lê Hà"], Byline("Lê Lan", "Lê Hà", 2)),
        (["Lê Lan", "UBND huyện Đại Lộc"], Byline("Lê Lan – UBND huyện Đại Lộc", None, 2)),
        (["Văn phòng Khối", "Ban Tổ chức Khối"], Byline("Văn phòng Khối – Ban Tổ chức Khối", None, 2)),
        (["Lê Lan", "(Nguồn HNP)"], Byline("Lê Lan", None, 2)),
        (["(Theo Báo Nhân dân)", "Lê Lan"], Byline("Lê Lan", None, 1)),
        (["Thanh tra Sở", "Lê Lan"], Byline("Lê Lan", None, 1)),
    ],
)
def test_a_byline_may_take_two_lines(lines: list[str], byline: Byline) -> None:
    assert trailing_byline([LAST_SENTENCE, *lines]) == byline


def test_a_name_glued_to_the_last_sentence_has_no_line_of_its_own() -> None:
    for glued in ("./. Lê Hải", "./.Lê Hải"):
        assert trailing_byline([f"Buổi sinh hoạt khép lại{glued}"]) == Byline("Lê Hải", None, 0)


@pytest.mark.parametrize(
    "last",
    [
        "Nơi nhận:", "TM. BAN THƯỜNG VỤ", "BÍ THƯ", "01/02/2020", "Hà Nội", "Việt Nam", "II", "3", "KẾT LUẬN",
        "Toàn cảnh buổi sinh hoạt của Chi bộ Văn thư", "Kết quả đạt được", "Trân trọng cảm ơn!", "Trân trọng",
        "(Ảnh: Lê Lan)", "Ảnh: Internet", "Ảnh minh họa", "Ảnh: các đại biểu bỏ phiếu", "Tin liên quan",
        "Theo Kế hoạch số 12/KH-UBND", "Theo đó, các chi bộ", "Nguồn nhân lực chất lượng cao",
        "Chi bộ Văn thư nhận giấy khen", "Sở trân trọng thông báo./.", "Chi tiết xem tại đây./.",
        "Lê A, Trần B, Bùi C, Đỗ D, Ngô E", "Đại hội đã bầu ba đồng chí vào Chi ủy.", "", "./.",
        "https://so.example/tai-lieu.pdf",
    ],
)  # fmt: skip
def test_captions_headings_signatures_and_formulas_are_no_bylines(last: str) -> None:
    assert trailing_byline([LAST_SENTENCE, last]) == NONE


def test_a_signatory_is_no_author() -> None:
    assert trailing_byline([LAST_SENTENCE, "TM. BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Lê Hải"]) == NONE


def test_a_list_of_people_is_no_byline() -> None:
    assert trailing_byline(["Chi ủy gồm:", "Lê Hải", "Trần Lan", "Bùi Minh"]) == NONE


def test_a_unit_under_a_caption_is_a_caption() -> None:
    assert trailing_byline(["Lãnh đạo Sở tặng hoa", "Chi bộ Văn thư"]) == NONE


@pytest.mark.parametrize(
    "account",
    [
        "Ad Min", "admin", "Admin", "Pho Ban bien tap", "Pho Ban bien tap Ad Min", "admin admin", "Quản trị",
        "Quản trị viên", "Phó Ban biên tập", "nvanh", "so_tttt", "user01", "Nguyen Van A", "Ban bien tap",
    ],
)  # fmt: skip
def test_accounts_are_never_authors(account: str) -> None:
    assert is_account_name(account)
    assert parse_byline(account) == NONE
    assert trailing_byline([LAST_SENTENCE, account]) == Byline(None, None, 1)
    assert trailing_byline([LAST_SENTENCE, "Lê Hải", account]) == Byline("Lê Hải", None, 2)


@pytest.mark.parametrize(
    "name", [*NAMES, "Thu Lan", "Kim Chi", "Lan Anh", "Mai Dung", "HNP", "", "Ban Biên tập"]
)
def test_names_without_marks_are_no_accounts(name: str) -> None:
    assert not is_account_name(name)


def test_an_account_with_a_persons_name_gives_way_to_the_byline_above_it() -> None:
    assert trailing_byline([LAST_SENTENCE, "Phạm Linh", "Phạm Văn Linh"]) == Byline("Phạm Linh", None, 2)
    assert trailing_byline([LAST_SENTENCE, "Thu Lan - Lê Hải", "Phạm Văn Linh"]) == Byline(
        "Thu Lan - Lê Hải", None, 2
    )


def test_an_account_on_the_same_line_is_dropped() -> None:
    assert parse_byline("Lê Hải Pho Ban bien tap") == Byline("Lê Hải", None, 1)
    assert parse_byline("Đăng bởi: Admin") == NONE


def test_blank_lines_behind_the_byline_are_its_lines() -> None:
    assert trailing_byline([LAST_SENTENCE, "", "Lê Hải", "\xa0"]) == Byline("Lê Hải", None, 2)
    assert trailing_byline([LAST_SENTENCE, "", ""]) == NONE


def test_a_blank_line_above_two_units_parts_nothing() -> None:
    units = ["Phòng Hành chính", "Văn phòng Sở"]
    assert trailing_byline([LAST_SENTENCE, "\u200b", *units]) == trailing_byline([LAST_SENTENCE, *units])
    assert trailing_byline(["", *units]).author == "Phòng Hành chính – Văn phòng Sở"


def test_no_lines_are_no_byline() -> None:
    assert trailing_byline([]) == NONE


def test_a_leading_byline_needs_its_label() -> None:
    labelled = "Tin, ảnh: Hương Thảo 15/12/2023 14:25"
    assert leading_byline([labelled, LAST_SENTENCE]) == Byline("Hương Thảo", "Hương Thảo", 1)
    assert leading_byline(["Hương Thảo", LAST_SENTENCE]) == NONE
    assert leading_byline([]) == NONE


@given(st.lists(st.text(), max_size=6))
def test_no_text_raises(lines: list[str]) -> None:
    assert 0 <= trailing_byline(lines).lines <= len(lines)
    leading_byline(lines)
    for text in lines:
        parse_byline(text)
        is_account_name(text)


@given(st.text(alphabet="LêHảiTnBà:,.-–()/ NguồAđmM1", max_size=80))
def test_no_line_of_byline_characters_raises(text: str) -> None:
    trailing_byline([LAST_SENTENCE, text])
    parse_byline(text)


@pytest.mark.parametrize(
    "unit", ["Lê ", "A.", "tin, ảnh: ", "./. Lê", "1 và ", "(", ", ", "admin ", " ", "a\u0323"]
)
def test_reading_takes_linear_time(unit: str) -> None:
    def read(length: int) -> None:
        text = (unit * length)[:length]
        trailing_byline([text])
        parse_byline(text)
        is_account_name(text)

    assert is_linear(read, 100_000)
