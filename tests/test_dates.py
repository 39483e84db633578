"""Publication dates: every stamp shape that a portal was seen to print, and what only looks like one."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.dates import (
    Stamp,
    date_in_url,
    find_stamps,
    parse_machine_date,
    parse_stamp,
)
from tests.timing import is_linear

NOW = "2026-11-25T12:00:00+07:00"

STAMPS = [
    ("01/07/2020 10:47:44", "2020-07-01T10:47:44+07:00"),
    ("18/03/2020 | 5:23 PM", "2020-03-18T17:23:00+07:00"),
    ("Ngày đăng 18/03/2020 | 5:23 PM | View count: 1503", "2020-03-18T17:23:00+07:00"),
    ("Ngày đăng\n\xa018/03/2020\n|\n5:23 PM\n|\nView count: 1503", "2020-03-18T17:23:00+07:00"),
    ("Publish date 24/08/2017 | 3:42 PM | View count: 3945", "2017-08-24T15:42:00+07:00"),
    ("26/07/2022 | 09:50 AM", "2022-07-26T09:50:00+07:00"),
    ("15:39 26/06/2020", "2020-06-26T15:39:00+07:00"),
    ("27/05/2020 ", "2020-05-27"),
    ("30/05/2020 12:02", "2020-05-30T12:02:00+07:00"),
    ("01/10/2021 15:53    4792", "2021-10-01T15:53:00+07:00"),
    ("Ngày đăng: 21/01/2021", "2021-01-21"),
    ("Thứ năm, 02/07/2020 09:07", "2020-07-02T09:07:00+07:00"),
    ("Thứ năm - 18/01/2024 16:09", "2024-01-18T16:09:00+07:00"),
    ("( Cập nhật lúc: 08/05/2020  )", "2020-05-08"),
    ("(Cập nhật lúc: 18/03/2020 11:42:01 )", "2020-03-18T11:42:01+07:00"),
    ("14:58, Thứ Ba, 9-6-2020", "2020-06-09T14:58:00+07:00"),
    ("Thứ Năm, ngày 20 tháng 6 năm 2019 - 11:47", "2019-06-20T11:47:00+07:00"),
    ("Thứ 6, Ngày 29 / 04 / 2022", "2022-04-29"),
    ("Ngày 25-06-2020", "2020-06-25"),
    ("Cập nhật 21/06/2018 10:49", "2018-06-21T10:49:00+07:00"),
    ("Cập nhật: 22/03/2021", "2021-03-22"),
    ("Ngày 30 Tháng 12 Năm 2022 - 95779 Lượt xem", "2022-12-30"),
    ("08-06-2020 17:27", "2020-06-08T17:27:00+07:00"),
    ("Ngày xuất bản: 16/09/2020 5:02:00 CH", "2020-09-16T17:02:00+07:00"),
    ("(13:24 | 01/01/2018)", "2018-01-01T13:24:00+07:00"),
    ("Ngày 19/08/2019 09:20:40", "2019-08-19T09:20:40+07:00"),
    ("2025-07-16 09:19:00.0", "2025-07-16T09:19:00+07:00"),
    ("(12/12/2016)", "2016-12-12"),
    ("Ngày cập nhật 04/06/2013", "2013-06-04"),
    ("(26-12-2017)", "2017-12-26"),
    ("10:16 | 11-06-2025", "2025-06-11T10:16:00+07:00"),
    ("01/08/2023|06:53", "2023-08-01T06:53:00+07:00"),
    ("Đăng ngày: 15/02/2017 16:35:21", "2017-02-15T16:35:21+07:00"),
    ("Cập nhật: Thứ Ba, ngày 14/01/2020", "2020-01-14"),
    ("Đăng ngày 11 - 11 - 2023", "2023-11-11"),
    ("Đăng ngày 15-05-2022 10:48", "2022-05-15T10:48:00+07:00"),
    ("01/06/2020 - 09:29", "2020-06-01T09:29:00+07:00"),
    ("- 16/10/2020 02:48:00 AM", "2020-10-16T02:48:00+07:00"),
    ("16:03 23/02/2026", "2026-02-23T16:03:00+07:00"),
    ("15:28, 28/08/2026", "2026-08-28T15:28:00+07:00"),
    ("Thứ năm, 30/10/2025 | 10:31", "2025-10-30T10:31:00+07:00"),
    ("2025-10-30T10:31:51+07:00", "2025-10-30T10:31:51+07:00"),
    ("Thứ Ba, 30/05/2017, 10:50 (GMT+7)", "2017-05-30T10:50:00+07:00"),
    ("Chủ Nhật, 28/06/2020, 04:48 [GMT+7]", "2020-06-28T04:48:00+07:00"),
    ("THỨ BA, 29/11/2022 15:34:53", "2022-11-29T15:34:53+07:00"),
    ("16:29, Thứ Hai, 22/07/2019 (GMT+7)", "2019-07-22T16:29:00+07:00"),
    ("Thứ Hai, ngày 14/05/2012 05:49 AM (GMT+7)", "2012-05-14T05:49:00+07:00"),
    ("Được đăng: Thứ ba, 13 Tháng 10 2015 09:10", "2015-10-13T09:10:00+07:00"),
    ("04/09/2009 - 01:00:58 PM (GMT+7)", "2009-09-04T13:00:58+07:00"),
    ("Thứ Sáu, 30/11/2018 23:18:00 +07:00", "2018-11-30T23:18:00+07:00"),
    ("(08:57:00 03/04/2021)", "2021-04-03T08:57:00+07:00"),
    ("Thứ năm: 08:25 ngày 05/01/2023", "2023-01-05T08:25:00+07:00"),
    ("Thứ sáu, 26/04/2019 - 11:21'", "2019-04-26T11:21:00+07:00"),
    ("Hội nghị cán bộ chủ chốt của Sở(27/11/2020)", "2020-11-27"),
    ("Tin, ảnh: Hương Thảo 15/12/2023 14:25", "2023-12-15T14:25:00+07:00"),
    ("Cập nhật: 08/06/2020 | 09:05 SA", "2020-06-08T09:05:00+07:00"),
    ("Thứ Năm, 4/6/2020 8h30", "2020-06-04T08:30:00+07:00"),
    ("14 giờ 30 phút, ngày 3 tháng 11 năm 2023", "2023-11-03T14:30:00+07:00"),
    ("Ngày 20 tháng 05 năm 2020", "2020-05-20"),
    ("7 tháng Sáu, 2020", "2020-06-07"),
    ("3 tháng mười hai năm 2021", "2021-12-03"),
]


@pytest.mark.parametrize(("printed", "value"), STAMPS)
def test_every_printed_shape_is_read(printed: str, value: str) -> None:
    stamp = parse_stamp(printed, fetched_at=NOW)
    assert stamp is not None
    assert stamp.value == value
    assert printed[stamp.start : stamp.end] == stamp.raw


@pytest.mark.parametrize(("printed", "value"), STAMPS)
def test_every_printed_shape_is_found_in_a_page(printed: str, value: str) -> None:
    page = f"Cổng thông tin\nSố lượt xem: 275\n{printed}\nĐồng chí Bí thư phát biểu.\nĐT: 0203.3834.999"
    assert [stamp.value for stamp in find_stamps(page, fetched_at=NOW)] == [value]


@pytest.mark.parametrize(("printed", "value"), STAMPS)
def test_decomposed_and_upper_case_letters_change_nothing(printed: str, value: str) -> None:
    for written in (unicodedata.normalize("NFD", printed), printed.upper()):
        stamp = parse_stamp(written, fetched_at=NOW)
        assert stamp is not None
        assert stamp.value == value
        assert written[stamp.start : stamp.end] == stamp.raw


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("22/05/2017 | 12:00 AM", "2017-05-22"),
        ("22/05/2017 12:00:00 A.M.", "2017-05-22"),
        ("22/05/2017 12:00:00 SA", "2017-05-22"),
        ("22/05/2017 00:00:00", "2017-05-22"),
        ("22/05/2017 | 12:00 PM", "2017-05-22T12:00:00+07:00"),
        ("22/05/2017 | 12:30 AM", "2017-05-22T00:30:00+07:00"),
        ("22/05/2017 25:99", "2017-05-22"),
        ("22/05/2017 15:30 SA", "2017-05-22"),
    ],
)
def test_a_time_that_was_not_recorded_leaves_the_day(printed: str, value: str) -> None:
    stamp = parse_stamp(printed)
    assert stamp is not None
    assert stamp.value == value


def test_a_twelve_hour_clock_is_believed_only_with_its_half() -> None:
    assert value_of("14/10/2020 | 04:02", clock=12) == "2020-10-14"
    assert value_of("Ngày đăng 17/07/2019 | 09:15", clock=12) == "2019-07-17"
    assert value_of("14/10/2020 | 04:02 PM", clock=12) == "2020-10-14T16:02:00+07:00"


def test_the_order_of_day_and_month_is_the_portals() -> None:
    assert value_of("(4/2/2019 10:17:47 AM)", date_order="MDY") == "2019-04-02T10:17:47+07:00"
    assert value_of("(4/2/2019 10:17:47 AM)") == "2019-02-04T10:17:47+07:00"


def test_a_month_that_does_not_exist_is_never_turned_round() -> None:
    assert parse_stamp("05/13/2020") is None
    assert parse_stamp("05/13/20") is None


def test_a_weekday_tells_the_order() -> None:
    assert value_of("Thứ Sáu, 05/06/2020") == "2020-06-05"  # a Friday, as it stands
    assert value_of("Thứ Tư, 05/06/2020") == "2020-05-06"  # a Wednesday only if turned round
    assert value_of("Thứ Hai, 05/06/2020") == "2020-06-05"  # neither: the usual order


def test_the_fifth_time_is_no_thursday() -> None:
    assert value_of("Hội nghị lần thứ năm, 06/08/2020 09:07") == "2020-08-06T09:07:00+07:00"


def test_letters_that_only_upper_case_makes_equal_raise_nothing() -> None:
    assert value_of("Thứ ſáu, 5 tháng ſáu 2020 8:00 ſa") == "2020-06-05T08:00:00+07:00"


def test_the_first_publication_wins_over_the_update() -> None:
    assert value_of("Cập nhật: 20/03/2020 08:00 - Ngày đăng: 18/03/2020 07:00") == "2020-03-18T07:00:00+07:00"
    assert value_of("25/11/2026 07:00 | Cập nhật: 20/03/2020 08:00") == "2020-03-20T08:00:00+07:00"


def test_a_day_to_come_takes_no_time_from_the_stamp_behind_it() -> None:
    found = find_stamps("30/06/2027 17:00, 05/06/2020", fetched_at=NOW)
    assert [(stamp.value, stamp.raw) for stamp in found] == [
        ("2020-06-05T17:00:00+07:00", "17:00, 05/06/2020")
    ]


def test_what_is_remembered_of_a_stamp_is_of_its_day() -> None:
    printed = "12/10/2026 08:00"
    assert parse_stamp(printed, fetched_at="2026-10-01T12:00:00+07:00") is None
    assert parse_stamp(printed, fetched_at=NOW) is not None
    assert parse_stamp(printed, fetched_at="2026-10-01T12:00:00+07:00") is None


def test_a_label_is_noticed() -> None:
    stamps = find_stamps("20/03/2020 08:00\nNgày đăng: 18/03/2020\nĐăng lúc 19/03/2020 9h")
    assert [stamp.labelled for stamp in stamps] == [False, True, True]


@pytest.mark.parametrize(
    "printed",
    [
        "Hải Phòng, ngày 21 tháng 01 năm 2020",
        "Giấy phép số 12/GP-TTĐT do Cục cấp ngày 11/4/2014",
        "Thực hiện Kế hoạch số 58-KH/ĐU ngày 17/10/2014 của Đảng ủy",
        "Căn cứ Nghị định 15/2020/NĐ-CP ngày 03/02/2020",
        "Hôm nay, Thứ Bảy, 19/10/2019 10:34:00 SA",
        "Chiều ngày 25/5/2015, Chi bộ tổ chức sinh hoạt",
        "Ngày 26/5/2020, Chi bộ Văn phòng Sở tổ chức sinh hoạt chuyên đề quý II",
        "Hội thi diễn ra từ ngày 12 - 20/6/2017",
        "(19/5/1990 - 19/5/2020)",
        "Đồng chí sinh ngày 03/02/1991",
        "Hồ sơ nhận trước ngày 07/10/2020",
        "Đến 31/12/2020",
        "Đang online: 49\nHôm nay: 206\nĐã truy cập: 50423",
        "ĐT: (02373) 713.988 - Fax: 02573.824645",
        "Điện thoại: 098.12.2020",
        "12",
        "01/01/0001",
        "31/02/2020",
        "Văn bản số 12/5/2020/QĐ",
        "27/11/2026 13:00",  # two days after the fetch
        "01/01/1989",
    ],
)
def test_what_only_looks_like_a_stamp_is_none(printed: str) -> None:
    assert parse_stamp(printed, fetched_at=NOW) is None
    assert find_stamps(printed, fetched_at=NOW) == []


def test_dates_inside_an_article_are_no_stamps() -> None:
    body = (
        "Ngày 03/6/2020, Đảng ủy Sở tổ chức hội nghị sơ kết. Theo Chỉ thị số 05-CT/TW ngày 15/5/2016, các"
        " chi bộ đăng ký làm theo đến hết ngày 30/4/2020; hội thi sẽ diễn ra vào 20h ngày 13, 14/7/2020 và từ"
        " 01/9 - 15/9/2020.\nNhân kỷ niệm ngày sinh Chủ tịch (19/5/2020); mọi hồ sơ gửi về Văn phòng.\n"
        "Ngày 18/07/2020\n08h00 - 10h00: đón đại biểu"
    )
    assert [stamp.raw for stamp in find_stamps(body)] == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2 giờ trước", "2026-11-25T10:00:00+07:00"),
        ("45 phút trước", "2026-11-25T11:15:00+07:00"),
        ("3 ngày trước", "2026-11-22"),
        ("Hôm qua 08:15", "2026-11-24T08:15:00+07:00"),
        ("Hôm nay, 08:15", "2026-11-25T08:15:00+07:00"),
        ("Hôm qua", "2026-11-24"),
    ],
)
def test_relative_stamps_are_told_from_the_fetch(printed: str, value: str) -> None:
    stamp = parse_stamp(printed, fetched_at=NOW)
    assert stamp is not None
    assert stamp.value == value
    assert parse_stamp(printed) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("March 18, 2020 5:23 PM", "2020-03-18T17:23:00+07:00"),
        ("18 Mar 2020", "2020-03-18"),
        ("18/03/20", "2020-03-18"),
    ],
)
def test_the_second_rung_reads_what_the_grammar_does_not_know(printed: str, value: str) -> None:
    assert value_of(printed) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2025-10-30T10:31:51+07:00", "2025-10-30T10:31:51+07:00"),
        ("2025-10-30T03:31:51Z", "2025-10-30T10:31:51+07:00"),
        ("2025-10-30T03:31:51.123+0000", "2025-10-30T10:31:51+07:00"),
        ("2025-10-30T10:31", "2025-10-30T10:31:00+07:00"),
        ("2025-10-30 10:31:51.0", "2025-10-30T10:31:51+07:00"),
        ("2025-10-30", "2025-10-30"),
        ("20251030", "2025-10-30"),
        ("2025-10-30T00:00:00+07:00", "2025-10-30"),
        ("2025-10-30T00:00:00Z", "2025-10-30"),
        ("2025-10-29T17:00:00Z", "2025-10-30"),
        ("Thu, 30 Oct 2025 10:31:51 +0700", "2025-10-30T10:31:51+07:00"),
        ("Thu, 30 Oct 2025 03:31:51 GMT", "2025-10-30T10:31:51+07:00"),
        ("Thu, 30 Oct 2025 10:31:51 GMT+7", "2025-10-30T10:31:51+07:00"),
        ("/Date(1591488000000)/", "2020-06-07T07:00:00+07:00"),
        ("1589693897218", "2020-05-17T12:38:17+07:00"),
        ("2025-13-30", None),
        ("2025-10-30T25:00:00", None),
        ("0001-01-01T00:00:00", None),
        ("18/03/2020", None),
        ("Thu, 99 Oct 2025 10:31:51 +0700", None),
        ("", None),
    ],
)
def test_machine_dates_become_ours(written: str, value: str | None) -> None:
    assert parse_machine_date(written) == value


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://hanoi.example/mot-bai-viet-2661260828152802271.htm", "2026-08-28T15:28:02+07:00"),
        ("https://bao.example/mot-bai-viet-185231222163203826.htm", "2023-12-22T16:32:03+07:00"),
        ("http://so.example/web/guest/-/view-article/1/77/1589693897218", "2020-05-17T12:38:17+07:00"),
        ("https://tinh.example/portal/Pages/2023-11-11/Mot-bai.aspx", "2023-11-11"),
        ("https://anh.example/res/news/2020/11/29-11-2020-mot-anh-0a1b2c3d.jpg", "2020-11-29"),
        ("https://so.example/upload/1000/20250219/mot-anh.jpg", "2025-02-19"),
        ("https://so.example/2020/11/29/mot-bai", "2020-11-29"),
        ("https://so.example/2017/02/mot-bai.html", None),
        ("https://so.example/uploads/news/2023_11/a.jpg", None),
        ("https://so.example/-/view_content/3596212-ky-niem-90-nam-20-10-2020.html", None),
        ("https://so.example/20251399/a.html", None),
        ("https://so.example/a?d=2020-11-29", None),
    ],
)
def test_addresses_tell_days_but_not_months(url: str, value: str | None) -> None:
    assert date_in_url(url) == value


def test_every_stamp_of_the_recorded_portal_is_read_to_the_minute(recorded: Path) -> None:
    with (recorded / "hanoi-sotttt.expected.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    for article in articles:
        assert value_of(article["date_raw"]) == article["published"]


@given(st.text())
def test_no_text_raises(text: str) -> None:
    for stamp in (*find_stamps(text, fetched_at=NOW), *filter(None, [parse_stamp(text, fetched_at=NOW)])):
        assert text[stamp.start : stamp.end] == stamp.raw
    parse_machine_date(text)
    date_in_url(text)


@given(st.text(alphabet="0123456789/-.: ,|ngàyđăthứTZ+()\n\u0323\u200b", max_size=60))
def test_no_text_of_stamp_characters_raises(text: str) -> None:
    find_stamps(text, fetched_at=NOW)
    parse_stamp(text, fetched_at=NOW)
    parse_machine_date(text)
    date_in_url(text)


@given(
    st.dates(min_value=date(1990, 1, 1), max_value=date(2026, 11, 24)),
    st.times(),
    st.sampled_from(
        [
            "{d:02}/{m:02}/{y} {t}",
            "{t}, {d}-{m}-{y}",
            "Ngày đăng: {d}.{m}.{y} | {t}",
            "{d} tháng {m} năm {y} - {t}",
        ]
    ),
)
def test_whatever_day_is_printed_is_read_back(day: date, moment: object, shape: str) -> None:
    printed = shape.format(d=day.day, m=day.month, y=day.year, t=f"{moment:%H:%M:%S}")
    expected = (
        day.isoformat() if f"{moment:%H%M%S}" == "000000" else f"{day.isoformat()}T{moment:%H:%M:%S}+07:00"
    )
    assert value_of(printed) == expected


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1)))
def test_no_stamp_lies_more_than_a_day_behind_the_fetch(day: date) -> None:
    stamp = parse_stamp(f"{day:%d/%m/%Y}", fetched_at=NOW)
    assert (stamp is not None) == (day <= date(2026, 11, 25) + timedelta(days=1))


@pytest.mark.parametrize(
    "unit",
    ["1/", "ngày ", " ", "1", "1/1/2020 ", "1:00 ", "thứ năm, ", "số 1/A ", "a\u0323\u0302", "cấp ", "\n"],
)
def test_reading_takes_linear_time(unit: str) -> None:
    def read(length: int) -> None:
        text = (unit * length)[:length]
        find_stamps(text)
        parse_stamp(text)

    assert is_linear(read, 40_000)


def value_of(printed: str, **habits: object) -> str | None:
    stamp: Stamp | None = parse_stamp(printed, fetched_at=NOW, **habits)  # type: ignore[arg-type]
    return stamp.value if stamp else None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Thu, 18 Jan 2024 20:09:00 GMT", "2024-01-19T03:09:00+07:00"),
        ("Thu, 18 Jan 2024 20:09:00 +0700", "2024-01-18T20:09:00+07:00"),
    ],
)
def test_the_zone_of_a_feed_date_counts(printed: str, value: str) -> None:
    stamp = parse_stamp(printed)
    assert stamp is not None and stamp.value == value
