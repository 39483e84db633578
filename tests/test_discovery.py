"""Discovery finds on a list page the articles it leads to, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_pages import FAMILIES, HEADLINES, SLUGS, SUMMARY, ListPage, liferay, mvc, page_of
from warcio.archiveiterator import ArchiveIterator

from crawler.discovery import discover
from crawler.discovery.addresses import article_likeness, article_pattern
from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.feeds import feed_links, feed_rows, sitemap_links, sitemap_rows
from crawler.discovery.platform import detect_platform
from crawler.discovery.rows import list_rows
from crawler.discovery.sections import party_sections, party_share
from crawler.page import Page

SITE = "https://skhcn.example.gov.vn"
families = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)


# Rows


@families
def test_rows_are_the_main_list_with_headline_and_stamp(family: Callable[..., ListPage]) -> None:
    made = family()
    assert list_rows(made.page) == list(made.rows)


@families
@pytest.mark.parametrize("many", [1, 2, 3])
def test_a_short_last_page_keeps_its_rows_and_takes_no_side_box(
    family: Callable[..., ListPage], many: int
) -> None:
    made = family(many)
    assert [row.url for row in list_rows(made.page)] == [row.url for row in made.rows]


@families
def test_an_empty_section_has_no_rows(family: Callable[..., ListPage]) -> None:
    page = family(0).page
    for anchor in page.root.xpath(
        "//a[contains(@href, '2') or contains(@href, 'NEXT')][string-length() < 20]"
    ):
        anchor.drop_tree()
    assert list_rows(page) == []


@families
def test_the_platform_is_told_by_its_marks(family: Callable[..., ListPage]) -> None:
    made = family()
    scores = detect_platform(made.page)
    assert made.family == "custom" or scores[0][0] == made.family
    assert all(0 <= score <= 1 for _, score in scores)


def test_declared_rows_give_one_article_each() -> None:
    made = liferay()
    assert list_rows(made.page, row=".asset-abstract") == list(made.rows)
    assert list_rows(made.page, row=".no-such-thing") == []


def test_is_article_decides_which_addresses_count() -> None:
    made = mvc()
    wanted = [row.url for row in made.rows[3:7]]
    assert [row.url for row in list_rows(made.page, is_article=lambda url: url in wanted)] == wanted
    assert list_rows(made.page, is_article=lambda url: False) == []


def _list(items: str, around: str = "{}", url: str = f"{SITE}/hoat-dong-dang", head: str = "") -> Page:
    return page_of(url, f"<html><head>{head}</head><body>{around.format(items)}</body></html>")


def _row(index: int, template: str = '<li><a href="/tin/{slug}-{number}.html">{headline}</a></li>') -> str:
    return template.format(slug=SLUGS[index], number=7000 + index, headline=HEADLINES[index], summary=SUMMARY)


def _url(index: int) -> str:
    return f"{SITE}/tin/{SLUGS[index]}-{7000 + index}.html"


def test_an_article_shown_large_above_the_list_belongs_to_it() -> None:
    large = _row(
        0,
        '<div class="top"><h2><a href="/tin/{slug}-{number}.html">{headline}</a></h2><p>{summary}</p></div>',
    )
    small = "".join(_row(index) for index in range(1, 6))
    page = _list(f'<div class="main">{large}<ul>{small}</ul></div>')
    assert [row.url for row in list_rows(page)] == [_url(index) for index in range(6)]


def test_older_titles_below_the_list_belong_to_it() -> None:
    full = (
        '<div class="item"><h3><a href="/tin/{slug}-{number}.html">{headline}</a></h3><p>{summary}</p></div>'
    )
    shown = "".join(_row(index, full) for index in range(4))
    older = "".join(_row(index) for index in range(4, 8))
    page = _list(f'<div class="main"><div>{shown}</div><h4>Các tin đã đưa</h4><ul>{older}</ul></div>')
    assert [row.url for row in list_rows(page)] == [_url(index) for index in range(8)]


def test_a_related_list_is_no_main_list() -> None:
    links = "".join(_row(index) for index in range(6))
    page = _list(
        f"<h1>{HEADLINES[9]}</h1><p>{SUMMARY * 5}</p><div><b>Tin cùng chuyên mục</b><ul>{links}</ul></div>"
    )
    assert list_rows(page) == []


def test_a_menu_of_long_labels_is_no_main_list() -> None:
    labels = (
        "Hệ thống văn bản quy phạm pháp luật của tỉnh",
        "Cơ cấu tổ chức và bộ máy của Sở",
        "Chức năng, nhiệm vụ, quyền hạn của Sở",
    )
    menu = "".join(
        f'<li><a href="/van-ban-quy-pham-{n}.html">{label}</a></li>' for n, label in enumerate(labels)
    )
    assert list_rows(_list(f'<div class="main-menu"><ul>{menu}</ul></div>')) == []


def test_cut_anchor_text_is_completed_from_its_title() -> None:
    row = '<li><a href="/tin/{slug}-{number}.html" title="{headline}">{cut}</a></li>'
    items = "".join(
        row.format(slug=SLUGS[n], number=7000 + n, headline=HEADLINES[n], cut=HEADLINES[n][:30] + "…")
        for n in range(4)
    )
    assert [row.headline for row in list_rows(_list(f"<ul>{items}</ul>"))] == list(HEADLINES[:4])


def test_a_card_inside_one_link_gives_its_heading_and_stamp() -> None:
    card = '<a class="card" href="/tin/{slug}-{number}.html"><img src="/1.jpg"><h3>{headline}</h3><span>12/08/2025</span><p>{summary}</p></a>'
    rows = list_rows(_list("<div>" + "".join(_row(index, card) for index in range(5)) + "</div>"))
    assert rows == [Row(_url(index), HEADLINES[index], "12/08/2025") for index in range(5)]


def test_a_stamp_before_the_headline_belongs_to_the_row_below_it() -> None:
    flat = '<span class="d">{day}/08/2025</span><h3><a href="/tin/{slug}-{number}.html">{headline}</a></h3>'
    items = "".join(
        flat.replace("{day}", str(10 + n)).format(slug=SLUGS[n], number=7000 + n, headline=HEADLINES[n])
        for n in range(5)
    )
    rows = list_rows(_list(f"<div>{items}</div>"))
    assert [row.stamp for row in rows] == [f"{10 + n}/08/2025" for n in range(5)]


def test_a_date_in_the_summary_is_no_stamp() -> None:
    dated = '<li><a href="/tin/{slug}-{number}.html">{headline}</a><p>Ngày 19/5/2025, tại hội trường lớn, Sở đã tổ chức buổi gặp mặt.</p></li>'
    rows = list_rows(_list("<ul>" + "".join(_row(index, dated) for index in range(4)) + "</ul>"))
    assert [row.stamp for row in rows] == [None] * 4


def test_section_and_print_links_in_a_row_are_not_its_article() -> None:
    busy = (
        '<div class="row"><a href="/hoat-dong-dang">Hoạt động Đảng</a><a href="/tin/{slug}-{number}.html">{headline}</a>'
        '<a href="/tin/{slug}-{number}.html?print=1">In bài viết này ra giấy</a><a href="/files/{number}.pdf">Tải về</a></div>'
    )
    rows = list_rows(_list("".join(_row(index, busy) for index in range(6)), around="<div>{}</div>"))
    assert [row.url for row in rows] == [_url(index) for index in range(6)]


def test_lists_elsewhere_on_the_web_are_no_rows() -> None:
    mine = "".join(_row(index) for index in range(3))
    theirs = "".join(
        f'<li><a href="https://bao.example.com/{SLUGS[n]}-{n}000.htm">{HEADLINES[n]}</a> 12/08/2025</li>'
        for n in range(10)
    )
    page = _list(f"<div><ul>{mine}</ul></div><section><ul>{theirs}</ul></section>")
    assert [row.url for row in list_rows(page)] == [_url(index) for index in range(3)]


# Sections


def test_sections_of_party_news_are_found_by_their_names() -> None:
    names = {
        "Hoạt động Đảng, Đoàn thể": "hoat-ong-ang-oan-the", "Công tác xây dựng Đảng": "cong-tac-xay-dung-dang", "Tin nội bộ": "tin-noi-bo",
        "Tin tức - Sự kiện": "tin-tuc-su-kien", "Đăng nhập": "dang-nhap", "Đăng ký nhận tin": "dang-ky", "Liên hệ": "lien-he",
        "Văn bản của Đảng": "van-ban-dang", "Giới thiệu Đảng bộ": "gioi-thieu-dang-bo",
    }  # fmt: skip
    menu = "".join(f'<li><a href="/{slug}">{name}</a></li>' for name, slug in names.items())
    found = party_sections(page_of(f"{SITE}/", f"<ul>{menu}</ul>"))
    assert [section.name for section in found] == list(names)[:4]
    assert found[0].score > 0.9 > found[3].score > 0
    assert all(section.reasons for section in found)


def test_a_slug_that_lost_its_letters_still_names_the_section() -> None:
    found = party_sections(page_of(f"{SITE}/", '<a href="/hoat-ong-ang-oan-the"><img src="/dang.gif"></a>'))
    assert [section.url for section in found] == [f"{SITE}/hoat-ong-ang-oan-the"]


def test_general_news_are_strong_on_a_party_bodys_own_portal() -> None:
    markup = '<ul><li><a href="/tin-tuc">Tin tức</a></li></ul>'
    own, other = (
        party_sections(page_of(url, markup))[0].score for url in ("https://tinh.dcs.vn/", f"{SITE}/")
    )
    assert own > 0.7 > other


def test_party_share_counts_headlines_that_speak_of_the_party() -> None:
    assert party_share([Row("u", "Đại hội Đảng bộ Sở"), Row("v", "Hướng dẫn đăng ký sáng kiến")]) == 0.5
    assert party_share([]) == 0


# Discovery as a whole


def _portal(pages: dict[str, Page]) -> tuple[Page, Callable[[PageRequest], Page | None]]:
    return pages[f"{SITE}/"], lambda request: pages.get(request.url)


def test_discover_finds_section_rows_pagination_and_article_pattern() -> None:
    made = liferay()
    home = "http://sokhcn.example.gov.vn/"
    pages = {
        home: page_of(home, '<ul><li><a href="/hoat-ong-ang-oan-the">Công tác Đảng</a></li></ul>'),
        made.page.url: made.page,
    }
    found = discover(pages[home], lambda request: pages.get(request.url))
    assert found.sections[0].section.name == "Công tác Đảng"
    assert found.sections[0].party_share >= 0.5
    assert (found.rows, found.pagination, found.pages) == (list(made.rows), "query:_101_cur", 27)
    assert found.article_pattern == r"/-/view_content/(\d+)-[^/?#]+\.html"


def test_discover_asks_the_site_map_where_the_home_page_names_no_section() -> None:
    listing = _list(
        "".join(_row(index) for index in range(5)), around="<ul>{}</ul>", url=f"{SITE}/xay-dung-dang"
    )
    home, fetch = _portal({
        f"{SITE}/": page_of(f"{SITE}/", '<a href="/so-do">Sơ đồ cổng</a>'),
        f"{SITE}/so-do": page_of(f"{SITE}/so-do", '<a href="/xay-dung-dang">Xây dựng Đảng</a>'),
        f"{SITE}/xay-dung-dang": listing,
    })  # fmt: skip
    assert len(discover(home, fetch).rows) == 5


def test_discover_of_a_portal_that_cannot_be_fetched_names_its_sections() -> None:
    home = page_of(f"{SITE}/", '<a href="/xay-dung-dang">Xây dựng Đảng</a>')
    found = discover(home, lambda request: None)
    assert [(one.section.name, one.rows) for one in found.sections] == [("Xây dựng Đảng", None)]
    assert (found.rows, found.pagination, found.pages, found.article_pattern) == ([], None, 0, None)


def test_a_portal_without_sections_may_list_its_articles_at_home() -> None:
    home = _list("".join(_row(index) for index in range(5)), around="<ul>{}</ul>", url=f"{SITE}/")
    found = discover(home, lambda request: None)
    assert (found.list_url, len(found.rows), found.pages) == (f"{SITE}/", 5, 1)


# Addresses


@pytest.mark.parametrize(
    ("urls", "pattern"),
    [
        (["/Home/Detail/862", "/Home/Detail/17"], r"/Home/Detail/(\d+)/?(?:[?#]|$)"),
        (["/Lists/A/View_Detail.aspx?ItemID=7", "/Lists/A/View_Detail.aspx?ItemID=9"], r"/Lists/A/View_Detail\.aspx\?(?:[^#]*&)?ItemID=(\d+)"),
        (["/vi/news/dang/mot-hai-ba-12.html", "/vi/news/dang/bon-nam-13.html"], r"/[^/?#]+-[a-z]?(\d+)\.html"),
        (["/giao-duc/mot-hai-12.html", "/y-te/ba-bon-13.html"], r"/[^/?#]+-[a-z]?(\d+)\.html"),
        (["/a/b", "/tin-tuc.html", "/x?id=4"], None),
    ],
)  # fmt: skip
def test_article_pattern_is_what_the_addresses_share(urls: list[str], pattern: str | None) -> None:
    assert article_pattern([SITE + url for url in urls], f"{SITE}/vi/news/dang/") == pattern


def test_print_copies_and_logins_look_like_no_article() -> None:
    for url in (
        "/x/-/view_content/pop_up/12-a.html?_101_viewMode=print",
        "/?page=Article.Print.detail&id=5f",
        "/dang-nhap",
    ):
        assert article_likeness(SITE + url) == 0


# Feeds


FEED = f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<rss version="2.0"><channel><title>Hoạt động Đảng ủy</title>
<item><title><![CDATA[{HEADLINES[0]}]]></title><link>{SITE}/vi/news/dang/mot-1.html</link><pubDate>Tue, 12 Aug 2025 08:15:00 +0700</pubDate></item>
<item><title>Sở &amp;amp; ngành &b; họp</title><guid>{SITE}/vi/news/dang/hai-2.html</guid></item><item><title>Không có liên kết</title></item>
</channel></rss>"""


def test_a_feed_gives_rows_and_expands_no_entity() -> None:
    first, second = feed_rows(FEED.encode(), f"{SITE}/vi/news/rss/dang/")
    assert first == Row(f"{SITE}/vi/news/dang/mot-1.html", HEADLINES[0], "Tue, 12 Aug 2025 08:15:00 +0700")
    assert second.url.endswith("hai-2.html") and second.headline is not None and "aaaa" not in second.headline


def test_an_atom_feed_gives_rows() -> None:
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>{HEADLINES[1]}</title><link rel="self" href="/s"/><link href="/tin/1.html"/><updated>2025-08-12T08:15:00+07:00</updated></entry></feed>'
    assert feed_rows(atom.encode(), SITE) == [
        Row(f"{SITE}/tin/1.html", HEADLINES[1], "2025-08-12T08:15:00+07:00")
    ]


def test_sitemaps_give_addresses_and_indexes_give_sitemaps() -> None:
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{SITE}/tin/1.html</loc><lastmod>2025-08-12</lastmod></url></urlset>'
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{SITE}/sitemap-1.xml</loc></sitemap></sitemapindex>'
    assert sitemap_rows(sitemap.encode(), SITE) == [Row(f"{SITE}/tin/1.html", None, "2025-08-12")]
    assert sitemap_links(index.encode(), SITE) == [f"{SITE}/sitemap-1.xml"]
    assert sitemap_rows(index.encode(), SITE) == feed_rows(b"<html>", SITE) == []


def test_feeds_are_announced_in_the_head_or_linked() -> None:
    page = page_of(
        f"{SITE}/",
        '<head><link rel="alternate" type="application/rss+xml" href="/vi/news/rss/dang/"></head><a href="/rss">RSS</a><a href="https://x.example/rss/">kia</a>',
    )
    assert feed_links(page) == [f"{SITE}/vi/news/rss/dang/", f"{SITE}/rss"]


# Any page at all, and the real one


@given(st.text(alphabet="<>/=\"' aliduhrefp123-.#?&;:[]đả", max_size=300))
def test_any_markup_gives_rows_or_none(markup: str) -> None:
    page = page_of(SITE, f"<html><body>{markup}<ul><li><a href='/x'>y</a></ul></body></html>")
    assert isinstance(list_rows(page), list)
    assert isinstance(party_sections(page), list)
    assert isinstance(detect_platform(page), list)


@given(st.text(alphabet="<>/&;![]ad1#x\"' ", max_size=60))
def test_any_title_and_link_of_a_feed_are_read(text: str) -> None:
    inner = text.replace("]]>", "")
    item = f"<item><title><![CDATA[{inner}]]></title><link><![CDATA[/x{inner}]]></link></item>"
    assert len(feed_rows(f"<rss><channel>{item}</channel></rss>".encode(), SITE)) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_none(body: bytes) -> None:
    assert isinstance(feed_rows(body, SITE), list)
    assert isinstance(sitemap_rows(body, SITE), list)


def test_recorded_lists_give_exactly_their_articles(recorded: Path) -> None:
    wanted = found = right = 0
    with (recorded / "hanoi-sotttt.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file):
            url = record.rec_headers["WARC-Target-URI"] or ""
            if (
                record.rec_type != "response"
                or "/view_content/" in url
                or not ("ang-oan" in url or "tin-tuc-su-kien" in url)
            ):
                continue
            page = page_of(url, record.content_stream().read().decode("utf-8", "replace"))
            expected = {
                anchor.get("href") for anchor in page.root.cssselect(".asset-abstract .asset-title a")
            }
            rows = {row.url for row in list_rows(page)}
            wanted, found, right = wanted + len(expected), found + len(rows), right + len(rows & expected)
    assert right / found >= 0.99
    assert right / wanted >= 0.99
