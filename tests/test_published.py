"""The publication date: the hour beside the printed day, and the page's clock."""

from __future__ import annotations

import pytest
from article_pages import article, plain

from crawler.extraction import Layout


@pytest.mark.parametrize("layouts", [(Layout("mau", "h1", stamp=".ngay"),), ()], ids=["layout", "generic"])
def test_a_time_elements_attribute_adds_the_hour_to_the_printed_day(layouts: tuple[Layout, ...]) -> None:
    for moment, value in (
        ("2020-03-18T17:23:00+07:00", "2020-03-18T17:23:00+07:00"),
        ("2020-03-17T17:23:00+07:00", "2020-03-18"),  # of another day
        ("2020-03-18T00:00:00+07:00", "2020-03-18"),
    ):
        stamp = f"<time datetime='{moment}'>18/03/2020</time>"
        assert article(plain(stamp=stamp), layouts=layouts).date_published == value


def test_a_refused_clock_is_no_remark_on_an_article_whose_date_is_printed() -> None:
    clock = "<div>Thứ bảy, 27/08/2022 13:00</div>"
    assert article(clock + plain()).quality_flags == []
    assert article(clock + plain(stamp="")).quality_flags == ["stamp_is_clock"]
