"""Event dates: how articles open, and which dates in an opening are not the event's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.event_date import event_date
from tests.timing import is_linear


def value_of(text: str, published: str | None = None, headline: str | None = None) -> str | None:
    found = event_date(text, published=published, headline=headline)
    return found.value if found else None


@pytest.mark.parametrize(
    ("opening", "published", "value"),
    [
        ("HNP - Sáng 13/3, Chi bộ Văn thư họp mặt.", "2020-03-18T17:23:00+07:00", "2020-03-13"),
        ("(HMC) - Sáng 26/6, Đảng bộ Sở họp mặt.", "2020-06-26T15:39:00+07:00", "2020-06-26"),
        ("Tối 14/12, Công đoàn Sở liên hoan.", "2021-01-05", "2020-12-14"),
        ("Chiều ngày 25/5/2015, Chi bộ họp.", None, "2015-05-25"),
        ("Chiều ngày 25/5/2015, Chi bộ họp.", "2015-05-27", "2015-05-25"),
        ("Ngày 26/5/2020, Chi bộ họp.", "2020-05-28", "2020-05-26"),
        ("Ngày 08 tháng 05 năm 2020, Chi bộ họp.", None, "2020-05-08"),
        ("Ngày 29/5, Chi bộ họp.", "2020-06-01", "2020-05-29"),
        ("Sáng ngày 24/4, Chi bộ họp.", "2020-06-01", "2020-04-24"),
        ("Ngày 29-5, Chi bộ họp.", "2020-06-01", "2020-05-29"),
        ("Ngày 8 - 9, Chi bộ họp.", "2020-10-01", "2020-09-08"),
        ("Sáng 14.8, Chi bộ họp.", "2020-10-01", "2020-08-14"),
        ("Ngày 24.6, Chi bộ họp.", "2020-10-01", "2020-06-24"),
        ("Sáng thứ Sáu, ngày 24/4, Chi bộ họp.", "2020-06-01", "2020-04-24"),
        ("Hôm nay (5/3), Chi bộ họp.", "2020-03-05", "2020-03-05"),
        ("Chi bộ Văn phòng vừa tổ chức sinh hoạt chuyên đề vào ngày 12/5.", "2020-05-14", "2020-05-12"),
        ("Vào lúc 14 giờ ngày 03/11/2023, Chi bộ họp.", None, "2023-11-03T14"),
        ("Lúc 8h30 sáng ngày 3/11/2023, Chi bộ họp.", None, "2023-11-03T08:30"),
        ("Lúc 3 giờ chiều ngày 3/11/2023, Chi bộ họp.", None, "2023-11-03T15"),
        ("Trong tháng 8 năm 2022, Chi bộ họp ba lần.", None, "2022-08"),
        ("Hội thi được tổ chức trong tháng 8 năm 2022.", None, "2022-08"),
    ],
)
def test_the_opening_names_the_day(opening: str, published: str | None, value: str) -> None:
    assert value_of(opening, published) == value


@pytest.mark.parametrize(
    ("opening", "published", "value"),
    [
        ("Hội thi diễn ra từ ngày 27/4 đến ngày 29/4/2022 tại Nhà văn hóa.", None, "2022-04-27"),
        ("Trong 2 ngày (23 và 24/6), Chi bộ họp.", "2022-07-01", "2022-06-23"),
        ("Ngày 05/1, 06/1,09/1, 10/1 và 11/1  năm 2023, Chi bộ họp.", None, "2023-01-05"),
        ("Trong các ngày 14,15,16,28/7/2020, Sở mở lớp.", "2020-08-05", "2020-07-14"),
        ("Từ 8-10/6, Chi bộ họp.", "2020-06-24", "2020-06-08"),
        ("Từ ngày 28/12 đến ngày 05/01/2020, Chi bộ họp.", None, "2019-12-28"),
    ],
)
def test_a_range_begins_on_its_first_day(opening: str, published: str | None, value: str) -> None:
    assert value_of(opening, published) == value


@pytest.mark.parametrize(
    "tag",
    [
        "(HMC) - ", "HNP - ", "(Mic.gov.vn) - ", "(CTTĐTBP) - ", "(CTT-Đồng Nai)\n - ", "(Cổng TTĐT AG)-",
        "(binhdinh.gov.vn) - ", "TTYB: ", "Sở TT&TT AG - ", "(TTCNTT) - ", "(TGAG)- ", "BHG - ",
        "(Thanhuytphcm.vn) - ",
    ],
)  # fmt: skip
def test_an_agencys_tag_does_not_hide_the_dateline(tag: str) -> None:
    for dateline in ("Sáng 13/3, ", "Ngày 13/3, "):
        found = event_date(f"{tag}{dateline}Chi bộ Văn thư họp mặt.", published="2020-03-18")
        assert found is not None
        assert (found.value, found.reason) == ("2020-03-13", "dateline+published")


def test_a_year_comes_from_the_sentence_where_no_publication_tells_it() -> None:
    text = (
        "Sáng 30/6, Đảng bộ Sở sơ kết nửa năm, bàn nhiệm vụ 6 tháng cuối năm 2022. Đồng chí Bí thư chủ trì."
    )
    found = event_date(text, published=None)
    assert found is not None
    assert (found.value, found.reason) == ("2022-06-30", "dateline+text")


def test_a_congress_opens_its_term() -> None:
    text = "Sáng ngày 24/4, Đảng bộ Sở đã khai mạc Đại hội, nhiệm kỳ 2015 – 2020."
    found = event_date(text, published=None)
    assert found is not None
    assert (found.value, found.reason) == ("2015-04-24", "dateline+term")
    assert (
        value_of("Sáng ngày 24/4, Đảng bộ Sở họp.", headline="Đại hội Đảng bộ, nhiệm kỳ 2015-2020")
        == "2015-04-24"
    )


def test_a_review_of_one_year_and_the_tasks_of_the_next_fall_at_the_turn() -> None:
    review = "Chi bộ tổng kết năm 2021, bàn nhiệm vụ năm 2022."
    assert value_of(f"Sáng 28/12, {review}") == "2021-12-28"
    assert value_of(f"Sáng 12/01, {review}") == "2022-01-12"


def test_a_day_whose_year_nothing_tells_is_no_event_date() -> None:
    assert event_date("Trong 2 ngày (23 và 24/6), Chi bộ họp.", published=None) is None
    assert event_date("Ngày 29/5, Chi bộ họp.", published=None) is None


@pytest.mark.parametrize(
    "opening",
    [
        "Thực hiện Kế hoạch số 58-KH/ĐU ngày 17/10/2014 của Đảng ủy Khối, Chi bộ phân công đảng viên.",
        "Thực hiện Chỉ thị 36-CT/TW ngày 30 tháng 5 năm 2014 của Bộ Chính trị và Hướng dẫn số 25-HD/ĐU"
        " ngày 11/11/2014 về đại hội, các chi bộ đã chuẩn bị.",
        "Thành ủy trao Huy hiệu Đảng đợt 19.5.2014 cho 12 đảng viên.",
        "Nhân dịp kỷ niệm ngày 20/10, Công đoàn Sở thăm hỏi nữ công chức.",
        "Kỷ niệm Ngày 27/7, Đoàn Thanh niên Sở thăm các gia đình.",
        "Hướng tới 124 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2014), Chi bộ thi kể chuyện.",
        "Ngày 03/02/1930, Đảng ra đời.",
        "Mọi hồ sơ gửi về Văn phòng trước ngày 05/12/2014.",
        "Nghị định có hiệu lực từ ngày 15/11/2014.",
        "Ngày 10/10 hằng năm là ngày hội của toàn ngành.",
        "Mức hỗ trợ tăng từ 5-10 triệu đồng.",
        "Ngày 31/2, Chi bộ họp.",
        "Trong nhiệm kỳ qua, Đảng bộ Sở đã hoàn thành các nhiệm vụ được giao.",
        "",
    ],
)
def test_documents_feasts_deadlines_and_overviews_are_no_events(opening: str) -> None:
    assert event_date(opening, published="2014-12-01") is None
    assert event_date(opening, published=None) is None


def test_the_day_behind_a_documents_date_is_found() -> None:
    text = "Thực hiện Kế hoạch số 58-KH/ĐU ngày 17/10/2014 về đại hội, sáng 3/12, Chi bộ Văn phòng đã họp."
    assert value_of(text, "2014-12-05") == "2014-12-03"


def test_a_dateline_wins_over_a_date_inside_a_sentence() -> None:
    text = "Chi bộ đã nhận tài liệu vào ngày 1/12/2014 và phân công chuẩn bị. Sáng 3/12, Chi bộ họp."
    assert value_of(text, "2014-12-05") == "2014-12-03"


def test_only_the_opening_is_read() -> None:
    assert (
        event_date("Chi bộ luôn gương mẫu. " * 60 + "Sáng 3/12, Chi bộ họp.", published="2014-12-05") is None
    )


def test_what_is_to_come_lies_behind_the_publication_and_nothing_else_does() -> None:
    assert value_of("Sáng 30/6, Chi bộ sẽ họp.", "2020-06-24") == "2020-06-30"
    assert value_of("Đảng ủy thông báo: ngày 5/1 sẽ khai mạc hội thi.", "2020-12-28") == "2021-01-05"
    assert value_of("Ngày 30/6/2020, Chi bộ họp.", "2020-06-24") is None
    assert value_of("Sáng 30/6, Chi bộ họp.", "2020-06-24") == "2019-06-30"


def test_a_letter_that_is_two_in_lower_case_hides_no_day() -> None:
    assert value_of("NGÀY 5/6, đoàn công tác thăm İstanbul.", "2015-06-10") == "2015-06-05"
    found = event_date("İzmir, İstanbul. Sáng 5/6, đoàn về nước.", published="2015-06-10")
    assert found is not None
    assert found.raw == "Sáng 5/6"


def test_what_was_read_is_shown() -> None:
    found = event_date("Trong 2 ngày (23 và 24/6), Chi bộ họp.", published="2022-07-01")
    assert found is not None
    assert found.raw == "ngày (23 và 24/6)"


@given(st.text(), st.dates(min_value=date(1990, 1, 2)), st.text())
def test_no_text_raises(text: str, published: date, headline: str) -> None:
    for known in (None, published.isoformat()):
        event_date(text, published=known, headline=headline)


@given(
    st.text(alphabet="0123456789/-.,() ngàyáutừvđếnhmSN\n", max_size=120),
    st.dates(min_value=date(1990, 1, 2)),
)
def test_no_opening_raises(text: str, published: date) -> None:
    found = event_date(f"Sáng {text}", published=published.isoformat())
    if found is not None and found.reason.endswith("+published"):
        assert found.value[:10] <= published.isoformat()


@pytest.mark.parametrize(
    "unit", ["sáng 1/1, ", "ngày ", "1 và ", "số 1/A ", "năm 2020-", " ", "1", "(", "từ 1-"]
)
def test_length_costs_nothing(unit: str) -> None:
    assert is_linear(lambda size: event_date((unit * size)[:size], published="2020-01-01"), 100_000)
