"""No page at all may raise, hang or eat the memory: a record, or a refusal by name."""

from __future__ import annotations

import random
import resource
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exceptions import NotHtml
from crawler.extraction import Extraction, Hints, Layout, extract, kind_of
from crawler.extraction.read import read_page
from pipelines.markup import sanitised
from tests.timing import seconds

ARTICLE = """<!DOCTYPE html><html lang="en-US"><head><title>Chi bộ Kho lưu trữ kết nạp đảng viên - Tin tức - Sở Mẫu</title>
<meta name="description" content="Chi bộ Kho lưu tr&amp;#7919; kết nạp đảng viên"><base href="/tin/">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Chi bộ Kho lưu trữ kết nạp đảng viên"}</script>
</head><body class="has-sidebar"><div id="menu"><a href="/">Trang chủ</a> » <a href="/tin">Tin tức</a></div>
<div class="tin"><h1>Chi bộ Kho lưu trữ kết nạp đảng viên</h1><span class="ngay">18/03/2020 | 5:23 PM</span>
<div class="noidung"><p><b>Sáng 13/3, Chi bộ Kho lưu trữ tổ chức lễ kết nạp đảng viên cho hai quần chúng ưu tú.</b></p>
<p style="text-align:center"><img src="a.jpg" alt="Lễ kết nạp"><br><i>Quang cảnh buổi lễ. Ảnh: Lê Hải</i></p>
<table><tr><td>Năm</td><td>Số lượng</td></tr><tr><td>2019</td><td>2</td></tr></table>
<p>Sau phần tuyên thệ, đồng chí Bí thư Chi bộ giao nhiệm vụ và phân công đảng viên chính thức giúp đỡ.</p>
<p>Tải <a href="qd.pdf">Quyết định số 12-QĐ/ĐU</a> tại đây.</p><p align="right"><b>Thu Hà</b></p></div>
<div class="related"><h3>Tin khác</h3><ul><li><a href="/tin/2">Hội nghị tổng kết công tác năm của Chi bộ</a></li></ul></div>
</div><div id="footer">Giấy phép số 1/GP cấp ngày 11/4/2014</div></body></html>""".encode()
LAYOUT = Layout("mau", ".tin", "h1", ".ngay", ".sapo", ".noidung", ".tacgia", ".muc", ".bo", "a.tep")
TIME_LIMIT = 5.0  # seconds a page, far above what any takes: a hang, not a slow machine, fails
TEXT = "<p>Chi bộ họp, bàn việc của tháng, rồi nghe đồng chí bí thư kết luận.</p>".encode() * 5
PIECES = [
    b"<div>", b"</div>", b"\0", b"\xff\xfe", b"<!--", b"-->", b"<script>", b"<![CDATA[", b'<a href="', b"&#x110000;",
    b"&#0;", b"&#1;", b"&#xfffe;", b"<table><tr><td>", b"<svg>", b"<title>", b"</p></p>", b"<br>" * 50, b"\xed\xa0\x80",
    b"<p style='display:none", b"1/" * 300, b" " * 900, b"<base href='http://['>", b"<a href='http://[::1'>x</a>",
    "ngày ".encode() * 90, b"<img src='//['>", b"<script type='application/ld+json'>[[[[", b"<meta charset=utf-7>",
    b"<meta charset=base64>", b"&" * 300, b'"' * 300, b"<li>" * 200, b"<iframe src='http://[viewer?file='>",
    b"<p hidden>", b"<nav class=breadcrumb>", b"<frameset>", b"<plaintext>", b"<template>", b"<p\x0b>", "Ảnh: ".encode() * 80,
]  # fmt: skip


def read(
    body: bytes, url: str = "http://x.example/tin/1", content_type: str | None = None
) -> Extraction | None:
    """Read a page every way there is; None where it is refused."""
    try:
        page = read_page(body, url, content_type=content_type, fetched_at="2022-08-27T13:00:00+07:00")
    except NotHtml:
        return None
    kind_of(page)
    extract(
        page, layouts=[LAYOUT], hints=Hints(headline="Chi bộ Kho lưu…", stamp="18/03/2020", section="Tin tức")
    )
    found = extract(page)
    sanitised(found.markup())
    return found


def test_bread_crumbs_of_blanks_take_linear_time() -> None:
    page = ARTICLE.replace(b'<div id="menu">', b'<div class="breadcrumb">' + b" " * 150_000 + b"x")
    assert seconds(lambda: read(page)) < TIME_LIMIT


def test_the_page_that_is_mutated_here_reads_well() -> None:
    found = read(ARTICLE)
    assert found and found.article.headline == "Chi bộ Kho lưu trữ kết nạp đảng viên"
    assert found.article.author == "Thu Hà"


@given(st.binary(max_size=4000))
def test_any_bytes_give_a_record_or_a_refusal(body: bytes) -> None:
    read(body)


@given(
    st.text(max_size=2000), st.sampled_from(["text/html; charset=utf-16", "text/html;charset=\x00", "x", ""])
)
def test_any_text_inside_a_page_is_survived(text: str, content_type: str) -> None:
    body = f"<html><body><h1>{text[:50]}</h1><p>{text}</p>{text}</body></html>"
    read(body.encode("utf-8", "replace"), content_type=content_type)


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.integers(0, len(ARTICLE)))
def test_any_markup_in_an_article_is_survived(pieces: list[bytes], place: int) -> None:
    read(ARTICLE[:place] + b"".join(pieces) + ARTICLE[place:])


@given(st.text(max_size=200))
def test_any_address_is_survived(url: str) -> None:
    read(ARTICLE, url=url)


def test_mutated_articles_are_read_in_time_and_little_memory() -> None:
    chance = random.Random(5)
    slowest = 0.0
    for _ in range(300):
        body = bytearray(ARTICLE * chance.choice((1, 1, 4)))
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(body))
            match chance.randrange(4):
                case 0:
                    del body[place : place + chance.randint(1, 400)]
                case 1:
                    body[place:place] = chance.choice(PIECES)
                case 2:
                    body[place] = chance.randrange(256)
                case _:
                    body[place:place] = body[: chance.randint(1, 800)]
        slowest = max(slowest, seconds(partial(read, bytes(body))))
    assert slowest < TIME_LIMIT


@pytest.mark.parametrize(
    "body",
    [
        b"<p>" + b"<b>" * 200_000 + b"x",
        b"<table>" * 50_000 + b"x",
        b"<p>" + b"a " * 500_000,
        b"<a href=x>" * 100_000 + b"x",
        b"<p>x</p>" * 300_000,
        b"<li><a href='/1'>Tin</a>" * 100_000,
        b"<title>" + b"- " * 300_000 + b"</title><p>x",
        ("<p>" + "Sáng 1/1, " * 80_000).encode(),
        ("<h1>" + "Đảng bộ " * 50_000 + "</h1>").encode(),
        b"<p class='" + b"lead-" * 200_000 + b"'>x",
        b"<p style='" + b"display:" * 200_000 + b"'>x",
        b"<img alt='" + b"x " * 300_000 + b"'>",
        b"<p>" + b"(" * 400_000,
        b"<p>" + b"12/12/" * 200_000,
        b"<html>" + b"<div class='related share'>" * 2_000 + b"<p>x" * 2_000,
        ("<p>Tin, ảnh: " + "A, " * 200_000).encode(),
        b"<p>" + b"&nbsp;" * 300_000 + b"x",
        b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>x",
        TEXT + b"<p>" + b"".join(b"<b x=%d>" % number for number in range(1000)) + b"<p>x</p><p>x" * 5_000,
        b"<base href='http://x.example/" + b"b" * 7_900 + b"/'>" + TEXT + b"<a href=x>x</a> " * 30_000,
    ],
    ids=lambda body: body[:16].decode(errors="replace"),
)
def test_a_page_made_to_hurt_is_read_in_seconds(body: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert seconds(lambda: read(body)) < TIME_LIMIT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_reading_a_page_does_not_change_it() -> None:
    page = read_page(ARTICLE, "http://x.example/1", content_type=None, fetched_at="2022-08-27T13:00:00+07:00")
    first = extract(page)
    assert extract(page).article == first.article
    extract(page, layouts=[LAYOUT]).markup()
    assert extract(page).article == first.article
