"""VNPT, VHV, UIArticle, VCCorp, NukeViet: their samples, crawled by their classes, give what they printed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.uiarticle import UiArticlePortal
from crawler.platforms.vccorp import VccorpPortal
from crawler.platforms.vhv import VhvPortal
from crawler.platforms.vnpt import VnptPortal
from crawler.portal import Portal
from crawler.sample_portals import expected, missing
from crawler.sample_portals.server import SampleServer
from crawler.sample_portals.sites import ALL_SITES
from crawler.sample_portals.uiarticle import LOAD_ARTICLE, UiArticleJson
from crawler.sample_portals.vccorp import NEWS_ZONE
from tests.family_crawl import crawl, portless, stored
from tests.list_pages import page_of

LAYOUTS = {
    "mau_nukeviet": "nukeviet/4",
    "mau_uiarticle": "uiarticle/detail",
    "mau_uiarticle_json": "uiarticle/detail",
    "mau_vccorp": "vccorp/detail",
    "mau_vhv": "vhv/detail",
    "mau_vnpt": "vnpt/tin_bai",
}
CHANGED = {"mau_nay_la_nukeviet": "nukeviet", "mau_nay_la_vhv": "vhv"}
FIELDS = ("headline", "description", "author", "photographer", "date_published")


class Crawled(NamedTuple):
    data: Path
    said: str
    requests: Counter[tuple[str, str]]  # (host, path) → times it was asked for


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with SampleServer() as server:
        yield server


@pytest.fixture(scope="module")
def crawled(server: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    data = tmp_path_factory.mktemp("families") / "data"
    said = crawl(data, server.port, *LAYOUTS, *CHANGED, "mau_sitemap")
    return Crawled(data, said, Counter((request.host, request.path) for request in server.requests))


def host_of(portal: str) -> str:
    return f"{portal.removeprefix('mau_').replace('_', '-')}.localhost"


def printed(portal: str) -> dict[str, dict[str, Any]]:
    return {portless(item["url"]): item for item in expected(host_of(portal))}


def query(data: Path, sql: str, *values: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(data / "corpus.db") as connection:
        return connection.execute(sql, values).fetchall()


@pytest.mark.parametrize("portal", LAYOUTS)
def test_the_samples_have_three_list_pages_and_more_than_a_dozen_articles(portal: str) -> None:
    site = ALL_SITES[host_of(portal)]()
    assert max(len(site.listed(section)) for section in site.sections) > 2 * site.page_size
    assert len(printed(portal)) > 12


@pytest.mark.parametrize("portal", LAYOUTS)
def test_every_article_is_stored_once_as_its_page_and_list_print_it(crawled: Crawled, portal: str) -> None:
    articles = {
        url: {field: row[field] for field in FIELDS} for url, row in stored(crawled.data, portal).items()
    }
    assert articles == {
        url: {field: item[field] for field in FIELDS} for url, item in printed(portal).items()
    }


@pytest.mark.parametrize("portal", LAYOUTS)
def test_bodies_hold_the_paragraphs_and_nothing_else(crawled: Crawled, portal: str) -> None:
    articles = stored(crawled.data, portal)
    for url, item in printed(portal).items():
        names = {attached["name"] for attached in item["attachments"]}
        lines = (articles[url]["article_body"] or "").split("\n")
        assert [line for line in lines if line and line not in names] == item["paragraphs"], url


@pytest.mark.parametrize("portal", LAYOUTS)
def test_pages_are_read_by_the_layout_of_their_platform(crawled: Crawled, portal: str) -> None:
    assert {row["layout"] for row in stored(crawled.data, portal).values()} == {LAYOUTS[portal]}


@pytest.mark.parametrize("portal", LAYOUTS)
@pytest.mark.parametrize("kind", ["images", "attachments"])
def test_lazy_pictures_and_scripted_downloads_are_found(crawled: Crawled, portal: str, kind: str) -> None:
    sql = f"SELECT m.url FROM {kind} m JOIN articles a ON a.id = m.article WHERE a.portal = ?"
    found = {portless(url) for (url,) in query(crawled.data, sql, portal)}
    assert found == {portless(one["url"]) for item in printed(portal).values() for one in item[kind]}


@pytest.mark.parametrize("portal", LAYOUTS)
def test_dead_rows_are_counted_as_what_they_are(crawled: Crawled, portal: str) -> None:
    sql = "SELECT outcome, urls FROM outcomes WHERE portal = ? AND kind = 'article' AND outcome <> 'new'"
    assert dict(query(crawled.data, sql, portal)) == dict.fromkeys(missing(host_of(portal)).values(), 1)


def test_load_article_is_asked_as_a_form_and_once_per_section_in_vain(crawled: Crawled) -> None:
    pages = 3  # two of the one section, one of the other
    assert crawled.requests["uiarticle.localhost", LOAD_ARTICLE] == pages
    assert pages < crawled.requests["uiarticle-json.localhost", LOAD_ARTICLE] <= pages + 2


def test_news_zone_is_asked_until_it_answers_nothing(crawled: Crawled) -> None:
    assert crawled.requests["vccorp.localhost", NEWS_ZONE] == 5  # three fragments, two empty ones
    walked = query(crawled.data, "SELECT outcome FROM outcomes WHERE portal = 'mau_vccorp' AND kind = 'list'")
    assert walked == [("listed",)]


def test_a_form_refused_with_status_200_is_sent_again_as_json(
    server: SampleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UiArticleJson, "refusal", HTTPStatus.OK)
    crawl(tmp_path, server.port, "mau_uiarticle_json")
    assert stored(tmp_path, "mau_uiarticle_json").keys() == printed("mau_uiarticle_json").keys()


def test_an_endpoint_that_understands_nothing_is_left_and_the_run_says_so(
    server: SampleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UiArticleJson, "understands", lambda site, posted: False)
    before = len(server.requests)
    with pytest.raises(AssertionError, match="2 pages could not be had or read"):
        crawl(tmp_path, server.port, "mau_uiarticle_json")
    asked = Counter(request.path for request in server.requests[before:])
    retried = 3  # times that JSON is sent, as any page that answers 500
    assert asked[LOAD_ARTICLE] <= 2 * (1 + retried)


def test_a_second_crawl_asks_for_first_list_pages_and_nothing_else(
    server: SampleServer, crawled: Crawled
) -> None:
    before = len(server.requests)
    assert "nothing new" in crawl(crawled.data, server.port, *LAYOUTS, "mau_sitemap")
    asked = {request.path for request in server.requests[before:]} - {"/robots.txt"}
    lists = {section.path for portal in LAYOUTS for section in ALL_SITES[host_of(portal)].sections}
    assert asked <= lists | {path for path in asked if path.endswith("sitemap.xml") or "/rss/" in path}


def test_the_twin_addresses_of_an_article_are_sightings_of_it(crawled: Crawled) -> None:
    sql = "SELECT s.url FROM sightings s JOIN articles a ON a.id = s.article WHERE a.portal = 'mau_vnpt'"
    seen = {portless(url) for (url,) in query(crawled.data, sql)}
    twins = {portless(address) for item in printed("mau_vnpt").values() for address in item["addresses"][:2]}
    assert len(seen & twins) > len(printed("mau_vnpt"))


def test_a_section_may_be_a_feed_or_a_sitemap_index(crawled: Crawled) -> None:
    by_sitemap = stored(crawled.data, "mau_sitemap")
    assert by_sitemap.keys() == printed("mau_nukeviet").keys()
    assert crawled.requests["nukeviet.localhost", "/vi/news/rss/tin-tuc-su-kien/"] == 1


@pytest.mark.parametrize(("portal", "now"), CHANGED.items())
def test_a_portal_that_changed_its_platform_is_said_once_and_read_by_evidence(
    crawled: Crawled, portal: str, now: str
) -> None:
    reports = [line for line in crawled.said.splitlines() if f"looks like {now} now, declared" in line]
    assert len(reports) == 1
    was = {url: item for url, item in printed(f"mau_{now}").items() if item["is_party"]}
    articles = stored(crawled.data, portal)
    assert articles.keys() >= was.keys()
    for url, item in was.items():
        row = articles[url]
        assert (row["headline"], row["date_published"]) == (item["headline"], item["date_published"])
        assert row["layout"] == "generic"
        assert "platform_changed" in row["quality_flags"]


def test_pages_of_nukeviet_3_are_read_by_their_own_layout() -> None:
    class Declared(NukeVietPortal):
        name = "thu"
        province = "Hà Nội"
        body = "Sở Khoa học và Công nghệ"
        home = "https://skhcn.example.gov.vn/"

    article = Declared.read_article(
        page_of(
            "https://skhcn.example.gov.vn/index.php/vi/news/Cong-tac-Dang/Dai-hoi-chi-bo-57.html",
            """<html><head><title>Đại hội chi bộ Phòng Kế hoạch - Công tác Đảng</title></head><body>
            <div id="news_detail"><h1>Đại hội chi bộ Phòng Kế hoạch</h1>
            <span class="time">Thứ sáu - 06/03/2015 14:20</span><div class="action">Đã xem: 312</div>
            <div id="hometext">Chiều 5/3, chi bộ Phòng Kế hoạch tổ chức đại hội nhiệm kỳ 2015 - 2017.</div>
            <div class="bodytext"><p>Đại hội đã nghe báo cáo tổng kết công tác của chi bộ trong hai năm qua.</p>
            <p>Chi ủy mới gồm ba đồng chí được bầu với số phiếu tập trung cao.</p></div></div>
            <div class="other-news"><h4>Các tin khác</h4><ul><li><a href="/a-1.html">Tin cũ</a></li></ul></div>
            </body></html>""",
        )
    ).article
    assert (article.layout, article.headline) == ("nukeviet/3", "Đại hội chi bộ Phòng Kế hoạch")
    assert article.date_published == "2015-03-06T14:20:00+07:00"
    assert (article.description or "").startswith("Chiều 5/3")
    assert (article.article_body or "").count("\n") == 1
    assert (article.body_html or "").count("<p>") == 2
    assert article.asset == "vi/news/57"


@pytest.mark.parametrize(
    ("platform", "address", "asset"),
    [
        (NukeVietPortal, "/vi/news/hoat-dong/dai-hoi-chi-bo-3156.html", "vi/news/3156"),
        (NukeVietPortal, "/en/news/hoat-dong/dai-hoi-chi-bo-3156.html", "en/news/3156"),
        (NukeVietPortal, "/vi/so-kh/hoat-dong/dai-hoi-chi-bo-3156.html", "vi/so-kh/3156"),
        (NukeVietPortal, "/vi/news/print/hoat-dong/dai-hoi-chi-bo-3156.html", "vi/news/3156"),
        (NukeVietPortal, "/index.php/vi/news/savefile/Hoat-dong/Dai-hoi-chi-bo-3156/", "vi/news/3156"),
        (NukeVietPortal, "/index.php?language=vi&nv=news&op=savefile/Tin/Dai-hoi-3156", "vi/news/3156"),
        (NukeVietPortal, "/index.php?language=vi&nv=news&op=print/Tin/Dai-hoi-3156", "vi/news/3156"),
        (NukeVietPortal, "/index.php/tin-tuc/dai-hoi-chi-bo-3156.html", "3156"),
        (NukeVietPortal, "/xay-dung-dang/dai-hoi-chi-bo-3156.html", "3156"),
        (NukeVietPortal, "/vi/news/tin-tuc-421/", None),
        (NukeVietPortal, "/xay-dung-dang/page-13/", None),
        (UiArticlePortal, "/cong-tac-dang/dai-hoi-chi-bo-nhiem-ky-2022-20-254445", "254445"),
        (UiArticlePortal, "/cong-tac-dang/nhiem-ky-2020-2025", None),
        (UiArticlePortal, "/cong-tac-dang", None),
        (VccorpPortal, "/dai-hoi-chi-bo-2661260828152802271.htm", "2661260828152802271"),
        (VccorpPortal, "/dai-hoi-chi-bo-185231222163203826.htm", "185231222163203826"),
        (VccorpPortal, "/xay-dung-dang.htm", None),
        (VnptPortal, "/chi-tiet-tin?/dai-hoi-chi-bo/8421", "8421"),
        (VnptPortal, "/chi-tiet-tin/?/dai-hoi-chi-bo/8421", "8421"),
        (VnptPortal, "/en/chi-tiet-tin?/dai-hoi-chi-bo/8421", "8421"),
        (VnptPortal, "/chi-tiet-tin?p_auth=Xk3vB9aQ&p_p_id=in&id=8421", None),
        (VhvPortal, "/tin-tuc/cong-tac-dang/dai-hoi-chi-bo.html", None),
    ],
)
def test_an_address_tells_the_article_s_number(
    platform: type[Portal], address: str, asset: str | None
) -> None:
    class Declared(platform):  # type: ignore[valid-type,misc]
        name = "thu"
        province = "Hà Nội"
        body = "Sở Khoa học và Công nghệ"
        home = "https://skhcn.example.gov.vn/"

    assert Declared.asset_of(f"https://skhcn.example.gov.vn{address}") == asset
