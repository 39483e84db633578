"""The page's own markup: until it is safe, it stays within the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.utils.test import get_crawler

from pipelines.article import Article
from pipelines.markup import MOST, sanitised
from pipelines.scrapy_adapter import CorpusPipeline, ReadPage

SEEN = "2023-05-04T08:15:00+07:00"
RAW = "<p>Chi bộ <script>x()</script>họp.</p>"


@pytest.mark.parametrize(
    ("feeds", "markup"), [({}, RAW), ({"items.jsonl": {"format": "jsonlines"}}, "<p>Chi bộ họp.</p>")]
)
def test_an_item_that_scrapy_exports_is_safe_before_its_batch_is_written(
    tmp_path: Path, feeds: dict[str, object], markup: str
) -> None:
    pipeline = CorpusPipeline(get_crawler(settings_dict={"TINSO_DATA": str(tmp_path), "FEEDS": feeds}))
    pipeline.open_spider()
    article = Article(
        "http://so.example.vn/bai-1.html",
        portal="so_thu",
        headline="Chi bộ họp",
        article_body="Chi bộ họp bàn việc.",
        asset="1",
        body_html=RAW,
    )
    assert pipeline.process_item(ReadPage(article, article.url, SEEN)).article.body_html == markup
    pipeline.close_spider()
    assert article.body_html == "<p>Chi bộ họp.</p>"


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<strong>",
        "<em>",
        "</em>",
        "<b>",
        "&nbsp;",
        " ",
        "\n",
        "họp",
        "<td>",
        "<li>",
        "<u>",
        "\xa0",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_batch_that_is_written_again_holds_the_same_markup(markup: str) -> None:
    once = sanitised(markup)
    assert sanitised(once) == once


def test_an_indent_by_hand_is_gone_wherever_the_emphasis_begins() -> None:
    markup = "<p> <strong>&nbsp; <em> \n&nbsp;Chi bộ</em> họp</strong></p>"
    assert sanitised(markup) == "<p><strong><em>Chi bộ</em> họp</strong></p>"


def test_a_log_names_an_item_and_shows_nothing_of_the_page() -> None:
    item = ReadPage(
        Article("http://so.example.vn/1", portal="so_thu", body_html=RAW), "http://so.example.vn/a", SEEN
    )
    assert str(item) == "so_thu: http://so.example.vn/a"


def test_markup_longer_than_any_page_is_left_out() -> None:
    line = "<p>a</p>"
    longest = line * (MOST // len(line))
    assert sanitised(longest) == longest
    assert sanitised(f"{longest}b") is None
    assert sanitised("<p>" + "<b><i><u><em>" * 3 + "<p>x</p><p>x" * 30_000) is None
