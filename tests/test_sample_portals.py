"""The sample portals hold what they promise: every trap, every link, every expected field."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.clock import VIETNAM
from crawler.sample_portals import HOSTS, expected, missing
from crawler.sample_portals.articles import Picture, load
from crawler.sample_portals.server import SampleServer
from crawler.sample_portals.site import Site
from crawler.sample_portals.sites import SITES
from pipelines.text import fold, line

SHARED = Path(__file__).parents[1].parent / "shared"
HA_NOI, VINH_PHUC, THANH_HOA, PHU_YEN, HO_CHI_MINH = HOSTS


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with SampleServer() as server:
        yield server


def ask(
    server: SampleServer, host: str, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask the server directly for `target` of `host`."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        fields = {"Host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, headers=fields)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def page(server: SampleServer, url: str) -> html.HtmlElement:
    """Return the tree of a page that must be there."""
    parts = urlsplit(url)
    response, body = ask(server, parts.netloc, parts.path + (f"?{parts.query}" if parts.query else ""))
    assert response.status == 200, url
    return html.fromstring(body.decode("utf-8"))


def text_of(tree: html.HtmlElement) -> str:
    return line(" ".join(tree.itertext()))


def record(host: str, number: int) -> dict[str, Any]:
    return next(one for one in expected(host) if one["asset"] == str(number))


# What there is


@pytest.mark.parametrize("host", HOSTS)
def test_a_portal_has_fifteen_articles_over_two_list_pages_at_least(host: str) -> None:
    site = SITES[host]()
    assert len(expected(host)) >= 15
    assert all(len(site.listed(section)) > site.page_size for section in site.sections)


@pytest.mark.parametrize("host", HOSTS)
def test_about_six_in_ten_articles_are_party_news(host: str) -> None:
    records = expected(host)
    assert 0.5 <= sum(one["is_party"] for one in records) / len(records) <= 0.7


def test_eighty_texts_are_told_apart_by_their_first_words() -> None:
    openings = {
        fold(" ".join([one["description"] or "", *one["paragraphs"]]))[:60]
        for host in HOSTS
        for one in expected(host)
        if not one["repost_of"]
    }
    assert len(openings) >= 80


@pytest.mark.parametrize("host", HOSTS)
def test_a_portal_has_documents_pictures_an_article_in_two_sections_and_two_dead_rows(
    host: str,
) -> None:
    records = expected(host)
    assert any(one["attachments"] and sum(map(len, one["paragraphs"])) < 200 for one in records)
    assert sum(bool(one["images"]) for one in records) >= 3
    assert any(len(one["sections"]) == 2 for one in records)
    assert sorted(missing(host).values()) == ["gone", "soft_404"]


def test_reposts_say_the_same_under_another_headline_and_later() -> None:
    records = {one["url"]: one for host in HOSTS for one in expected(host)}
    reposts = [one for one in records.values() if one["repost_of"]]
    assert len(reposts) >= 4
    for repost in reposts:
        source = records[repost["repost_of"]]
        assert urlsplit(repost["url"]).netloc != urlsplit(source["url"]).netloc
        assert repost["headline"] != source["headline"]
        assert repost["description"] != source["description"]
        assert repost["paragraphs"] == source["paragraphs"][: len(repost["paragraphs"])]
        if repost["date_published"] and source["date_published"]:
            assert repost["date_published"] > source["date_published"]


def test_texts_have_what_vietnamese_portals_have() -> None:
    texts = "\n".join(
        "\n".join([one["headline"], one["description"] or "", *one["paragraphs"]])
        for host in HOSTS
        for one in expected(host)
    )
    for pattern in (
        r"Đảng uỷ|Uỷ ban",  # old tone placement
        r"Đảng ủy|Ủy ban",  # and new
        r"\b100%",
        r"số \d+-(?:CT|KL|QĐ)/TW ngày \d{1,2}/\d{1,2}/\d{4}",
        r"lần thứ (?:V|VI|III|XVII)\b",
        r"nhiệm kỳ 2020 ?[-–] ?2025",
        r"đồng chí \w+ \w+ \w+, (?:Phó )?(?:Bí thư|Trưởng Ban|Ủy viên)",
    ):
        assert len(re.findall(pattern, texts)) >= 2, pattern


def test_published_moments_rise_with_the_number_in_the_address() -> None:
    for host in HOSTS:
        stamps = [article.published for article in load(host) if article.published]
        assert all(newer >= older for newer, older in pairwise(stamps)), host


@pytest.mark.parametrize("directory", ["texts", "pages"])
def test_data_files_lie_inside_the_package_so_that_the_wheel_has_them(directory: str) -> None:
    import crawler.sample_portals as package

    assert list((Path(package.__file__).parent / directory).iterdir())


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds are not part of the repo")
def test_no_sentence_is_taken_from_a_real_page() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", fold(text))
        return {tuple(words[at : at + 20]) for at in range(len(words) - 19)}

    real = {run for seed in (SHARED / "seeds").iterdir() for run in runs(seed.read_text(encoding="utf-8"))}
    for host in HOSTS:
        for one in expected(host):
            for text in [one["description"] or "", *one["paragraphs"]]:
                assert not runs(text) & real, text


# What the pages print


@pytest.mark.parametrize("host", HOSTS)
def test_every_link_of_a_portal_answers_but_the_one_dead_row(server: SampleServer, host: str) -> None:
    root = f"http://{host}"
    waiting, seen, dead = [f"{root}/"], {f"{root}/"}, set()
    while waiting:
        url = waiting.pop()
        parts = urlsplit(url)
        response, body = ask(server, host, parts.path + (f"?{parts.query}" if parts.query else ""))
        if response.status != 200:
            dead.add(url)
            continue
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for link in html.fromstring(body.decode("utf-8")).xpath("//a/@href | //img/@src"):
            address = urljoin(url, link).partition("#")[0]
            if urlsplit(address).netloc == host and address not in seen:
                seen.add(address)
                waiting.append(address)
    assert dead == {address for address, what in missing(host).items() if what == "gone"}
    assert {one["url"] for one in expected(host)} <= seen


@pytest.mark.parametrize("host", HOSTS)
def test_every_article_page_holds_its_text_pictures_and_documents(server: SampleServer, host: str) -> None:
    for one in expected(host):
        for address in one["addresses"]:
            tree = page(server, address)
            text = text_of(tree)
            for paragraph in [one["description"] or "", one["author"] or "", *one["paragraphs"]]:
                assert line(paragraph) in text, address
            shown = {urljoin(address, link) for link in tree.xpath("//img/@src | //a/@href")}
            assert {item["url"] for item in one["images"] + one["attachments"]} <= shown


@pytest.mark.parametrize("host", HOSTS)
def test_documents_and_pictures_are_what_their_names_say(server: SampleServer, host: str) -> None:
    for one in expected(host):
        for item in one["images"] + one["attachments"]:
            response, body = ask(server, host, urlsplit(item["url"]).path)
            starts = {"png": b"\x89PNG", "pdf": b"%PDF", "doc": b"{\\rtf1"}
            assert body.startswith(starts[item["url"].rpartition(".")[2]])
            assert int(response.headers["Content-Length"]) == len(body)


@pytest.mark.parametrize("host", HOSTS)
def test_robots_keep_the_search_out_and_a_menu_links_to_it(server: SampleServer, host: str) -> None:
    _, robots = ask(server, host, "/robots.txt")
    assert b"Disallow: /search" in robots
    assert b"Crawl-delay: 0" in robots
    assert any(link.endswith("/search") for link in page(server, f"http://{host}/").xpath("//a/@href"))


@pytest.mark.parametrize("host", HOSTS)
def test_a_soft_404_says_so_with_status_200(server: SampleServer, host: str) -> None:
    address = next(address for address, what in missing(host).items() if what == "soft_404")
    assert "không tồn tại" in text_of(page(server, address))


def test_an_article_printed_decomposed_is_expected_composed(
    server: SampleServer,
) -> None:
    one = record(HA_NOI, 4376204)
    printed = page(server, one["url"]).text_content()
    headline = one["headline"]
    assert headline not in printed
    assert unicodedata.normalize("NFD", headline) in printed


# Hà Nội: Liferay


def test_ha_noi_prints_all_page_numbers_and_leads_on_by_cur(server: SampleServer) -> None:
    tree = page(server, f"http://{HA_NOI}/hoat-ong-ang-oan-the")
    numbers = [re.search(r"_101_cur=(\d+)$", link) for link in tree.xpath("//ul[@role or @class]//a/@href")]
    assert {int(found.group(1)) for found in numbers if found} == {1, 2, 3}


def test_ha_noi_first_h1_is_a_side_bar_label_and_the_language_a_lie(server: SampleServer) -> None:
    tree = page(server, record(HA_NOI, 1402216)["url"])
    assert tree.get("lang") == "en-US"
    assert text_of(tree.xpath("//h1")[0]) == "quy hoạch - kế hoạch"
    assert tree.xpath("//*[@class='asset-full-content-title']")[0].tag == "div"


def test_ha_noi_hides_an_account_after_the_byline(server: SampleServer) -> None:
    tree = page(server, record(HA_NOI, 1402216)["url"])
    assert text_of(tree.cssselect("p.texttacgia")[0]) == "Thu Quỳnh"
    assert text_of(tree.cssselect("p.texttacgia + p.view-content-author")[0]) == "Ad Min"


def test_ha_noi_leaves_the_lead_element_empty_on_some_pages(server: SampleServer) -> None:
    tree = page(server, record(HA_NOI, 1587731)["url"])
    assert text_of(tree.cssselect("p.sapo")[0]) == ""
    assert text_of(tree.cssselect(".journal-content-article b")[0]) == record(HA_NOI, 1587731)["description"]


def test_ha_noi_midnight_means_that_no_time_is_known(server: SampleServer) -> None:
    one = record(HA_NOI, 1587731)
    stamp = text_of(page(server, one["url"]).cssselect(".assetPublishDate")[0])
    assert stamp == "21/09/2016 | 12:00 AM"
    assert one["date_published"] == "2016-09-21"


def test_ha_noi_counts_views_behind_the_stamp_of_the_second_section(server: SampleServer) -> None:
    address = next(url for url in record(HA_NOI, 3588122)["addresses"] if "/vi/" in url)
    stamp = text_of(page(server, address).cssselect(".assetPublishDate")[0])
    assert re.fullmatch(r"Ngày đăng 26/02/2020 \| 2:47 PM \| View count: \d+", stamp)


def test_ha_noi_asset_answers_in_two_sections_and_as_two_print_copies(server: SampleServer) -> None:
    one = record(HA_NOI, 3588122)
    addresses = one["addresses"]
    assert len({urlsplit(address).path for address in addresses}) == 4
    copy = page(server, one["url"]).cssselect(".print-action a")[0].get("href")
    assert urljoin(one["url"], copy) in addresses
    canonical = {page(server, address).xpath("//link[@rel='canonical']/@href")[0] for address in addresses}
    assert len(canonical) == 4  # it differs per section and names the print copy itself


def test_ha_noi_links_related_news_inside_the_article(server: SampleServer) -> None:
    assert page(server, record(HA_NOI, 3588122)["url"]).cssselect(".portlet-body .related_asset a")


# Vĩnh Phúc: SharePoint


def test_vinh_phuc_pages_never_print_their_headline(server: SampleServer) -> None:
    for one in expected(VINH_PHUC):
        tree = page(server, one["url"])
        assert tree.findtext(".//title") == "Document"
        assert one["headline"] not in unicodedata.normalize("NFC", text_of(tree))


def test_vinh_phuc_lists_print_headline_and_day_of_every_article(server: SampleServer) -> None:
    site = SITES[VINH_PHUC]()
    rows = {
        urljoin(f"http://{VINH_PHUC}", link.get("href")): (text_of(link), text_of(row))
        for section in site.sections
        for number in (1, 2)
        for row in page(server, f"http://{VINH_PHUC}{site.list_path(section, number)}").cssselect("tr")
        for link in row.cssselect(".ms-vb-title a")
    }
    for one in expected(VINH_PHUC):
        if one["url"] in rows:
            headline, row = rows[one["url"]]
            assert headline == one["headline"]
            assert datetime.fromisoformat(one["date_published"]).strftime("%d/%m/%Y") in row


def test_vinh_phuc_prints_the_day_on_some_pages_and_leaks_its_frame_on_all(server: SampleServer) -> None:
    stamped = [bool(page(server, one["url"]).cssselect(".ngay")) for one in expected(VINH_PHUC)]
    assert True in stamped
    assert False in stamped
    tree = page(server, record(VINH_PHUC, 163)["url"])
    assert "Sign In Document" in text_of(tree)
    assert tree.xpath("//img[@alt='Alternate Text']")


def test_vinh_phuc_leads_on_by_trang_sau(server: SampleServer) -> None:
    site = SITES[VINH_PHUC]()
    first = page(server, f"http://{VINH_PHUC}{site.sections[0].path}")
    assert "Trang sau >>" in [text_of(link) for link in first.cssselect("td.ms-paging a")]


# Thanh Hóa: own ASP.NET, no dates


def test_thanh_hoa_prints_no_date_but_those_of_the_text_and_the_licence(server: SampleServer) -> None:
    whole_date = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
    for one in expected(THANH_HOA):
        assert one["date_published"] is None
        told = " ".join([one["headline"], one["description"] or "", *one["paragraphs"]])
        told += " ".join(item["name"] for item in one["attachments"])
        dates = set(whole_date.findall(unicodedata.normalize("NFC", text_of(page(server, one["url"])))))
        assert dates - set(whole_date.findall(told)) == {"11/4/2014"}
    for section in SITES[THANH_HOA].sections:
        listing = page(server, f"http://{THANH_HOA}{section.path}")
        assert not listing.xpath("//*[contains(@class, 'date')]")


def test_thanh_hoa_prints_the_lead_twice_and_counts_visitors_before_the_headline(
    server: SampleServer,
) -> None:
    one = record(THANH_HOA, 1799)
    text = text_of(page(server, one["url"]))
    assert text.count(one["description"]) == 2
    assert f"{one['description']}." in text
    assert text.index("Đang online") < text.index(one["headline"])


def test_thanh_hoa_bylines_are_units(server: SampleServer) -> None:
    assert {"Văn phòng Đảng ủy Sở", "Thanh tra Sở"} <= {one["author"] for one in expected(THANH_HOA)}


# Phú Yên: ASP.NET MVC


def test_phu_yen_indents_by_no_break_spaces_and_ends_the_byline_with_a_space(server: SampleServer) -> None:
    tree = page(server, record(PHU_YEN, 862)["url"])
    assert text_of(tree.cssselect(".date")[0]) == "29/06/2020 10:26:44"
    lines = [paragraph.text_content() for paragraph in tree.cssselect(".content-detail p")]
    assert any(printed.startswith("\u00a0" * 5) for printed in lines)
    assert lines[-1] == "Trần Thanh Hưng "


def test_phu_yen_prints_counters_on_the_line_after_their_label(server: SampleServer) -> None:
    lines = [text_of(div) for div in page(server, f"http://{PHU_YEN}/").cssselect(".col-md-3 div")]
    assert lines[:2] == ["Đang trực tuyến:", "19"]
    assert lines[2] == "Tổng số truy cập:"
    assert lines[3].isdigit()


# Hồ Chí Minh: slug and number


def test_ho_chi_minh_prints_todays_clock_before_the_stamp(server: SampleServer) -> None:
    text = text_of(page(server, record(HO_CHI_MINH, 1491862977)["url"]))
    today = f"{datetime.now(VIETNAM):%d/%m/%Y}"
    assert 0 <= text.index(today) < text.index("13:26 15/06/2020")


def test_ho_chi_minh_prints_captions_twice_and_makes_one_up(server: SampleServer) -> None:
    one = record(HO_CHI_MINH, 1491862977)
    text = text_of(page(server, one["url"]))
    assert text.count("Đoàn Chủ tịch điều hành Đại hội") == 2
    assert re.search(re.escape(one["headline"]) + r" - Ảnh \d", text)
    assert "Tin cùng chuyên mục" in text


def test_ho_chi_minh_names_writer_and_photographer(server: SampleServer) -> None:
    text = text_of(page(server, record(HO_CHI_MINH, 1491862977)["url"]))
    assert "Tin: Vĩnh Tường, Ảnh: Gia Hân" in text
    assert "Tin, ảnh: Thanh Phong" in text_of(page(server, record(HO_CHI_MINH, 1491873628)["url"]))


def test_ho_chi_minh_addresses_end_in_ten_digits() -> None:
    assert all(re.search(r"/tin-tuc/[a-z0-9-]+-\d{10}$", one["url"]) for one in expected(HO_CHI_MINH))


# Revisions


@pytest.mark.parametrize("host", HOSTS)
def test_revision_2_changes_one_article_of_each_portal_and_nothing_else(host: str) -> None:
    before, after = SITES[host](1), SITES[host](2)
    changed = {
        path
        for article in before.articles
        for path in before.article_paths(article)
        if before.answer(path) != after.answer(path)
    }
    revised = [
        article
        for article, other in zip(before.articles, after.articles, strict=True)
        if article.body != other.body
    ]
    assert len(revised) == 1
    assert changed == set(before.article_paths(revised[0]))
    assert expected(host, 2) != expected(host)


@pytest.mark.parametrize("host", HOSTS)
def test_a_revised_paragraph_replaces_a_paragraph(host: str) -> None:
    pairs = zip(load(host, 1), load(host, 2), strict=True)
    bodies = [(old.body, new.body) for old, new in pairs if old.body != new.body]
    for old, new in bodies:
        kinds = [(type(one), type(other)) for one, other in zip(old, new, strict=True)]
        assert all(one is other for one, other in kinds)
        assert [block for block in old if isinstance(block, Picture)] == [
            block for block in new if isinstance(block, Picture)
        ]


# The server


@pytest.mark.parametrize("host", HOSTS)
def test_direct_and_through_a_proxy_the_same_page_stands(server: SampleServer, host: str) -> None:
    path = urlsplit(expected(host)[-1]["url"])
    target = path.path + (f"?{path.query}" if path.query else "")
    _, direct = ask(server, host, target)
    _, proxied = ask(server, host, f"http://{host}{target}")
    counted = re.compile(rb"5[23]\d{3}")
    assert counted.sub(b"", direct) == counted.sub(b"", proxied)


def test_links_carry_the_port_that_the_reader_used(server: SampleServer) -> None:
    _, body = ask(server, f"{HA_NOI}:{server.port}", "/hoat-ong-ang-oan-the")
    assert f"http://{HA_NOI}:{server.port}/hoat-ong-ang-oan-the/-/view_content/".encode() in body


def test_a_known_page_is_answered_with_304_and_no_body(server: SampleServer) -> None:
    target = urlsplit(expected(PHU_YEN)[0]["url"]).path
    first, _ = ask(server, PHU_YEN, target)
    again, body = ask(server, PHU_YEN, target, If_None_Match=first.headers["ETag"])
    assert (again.status, body) == (304, b"")
    other, _ = ask(server, PHU_YEN, target, If_None_Match='"other"')
    assert other.status == 200


def test_a_page_not_changed_since_is_answered_with_304(server: SampleServer) -> None:
    target = urlsplit(record(PHU_YEN, 977)["url"]).path
    first, _ = ask(server, PHU_YEN, target)
    changed = first.headers["Last-Modified"]
    assert ask(server, PHU_YEN, target, If_Modified_Since=changed)[0].status == 304
    long_ago = "Sat, 01 Jan 2000 00:00:00 GMT"
    assert ask(server, PHU_YEN, target, If_Modified_Since=long_ago)[0].status == 200
    assert ask(server, PHU_YEN, target, If_Modified_Since="nonsense")[0].status == 200


def test_head_answers_as_get_does_without_a_body(server: SampleServer) -> None:
    response, body = ask(server, HA_NOI, "/", "HEAD")
    assert response.status == 200
    assert int(response.headers["Content-Length"]) > 1000
    assert body == b""


def test_pages_come_compressed_to_those_who_ask(server: SampleServer) -> None:
    response, body = ask(server, HA_NOI, "/gioi-thieu", Accept_Encoding="gzip, deflate")
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Giới thiệu" in gzip.decompress(body).decode("utf-8")


def test_query_parameters_count_in_any_order_and_unknown_ones_do_not(server: SampleServer) -> None:
    site = SITES[HA_NOI]()
    target = site.list_path(site.sections[0], 2)
    assert site.answer(f"{site.sections[0].path}?utm_source=x&_101_cur=2") == site.answer(target)
    assert site.answer(f"{site.sections[0].path}?utm_source=x") == site.answer(site.sections[0].path)


def test_an_unknown_host_gets_a_404_that_names_the_portals(server: SampleServer) -> None:
    response, body = ask(server, "nowhere.localhost", "/<script>")
    assert response.status == 404
    assert all(host.encode() in body for host in HOSTS)


def test_the_log_tells_who_was_asked_for_what_and_when(server: SampleServer) -> None:
    ask(server, HA_NOI, "/lien-he")
    ask(server, PHU_YEN, "http://phu-yen.localhost/lien-he")
    first, second = server.requests[-2:]
    assert (first.host, first.path) == (HA_NOI, "/lien-he")
    assert (second.host, second.path) == (PHU_YEN, "/lien-he")
    assert first.time <= second.time


def test_readers_who_hang_up_leave_no_trace(server: SampleServer, capfd: pytest.CaptureFixture[str]) -> None:
    for start in (b"", b"GET", b"GET / HTTP/1.1\r\nHost: ha-noi.localhost\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(start)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    assert ask(server, HA_NOI, "/")[0].status == 200
    assert capfd.readouterr().err == ""


def test_a_taken_port_is_an_error() -> None:
    with SampleServer() as first, pytest.raises(OSError, match="in use"):
        SampleServer(first.port)


@given(st.text())
def test_any_target_at_all_gets_an_answer(target: str) -> None:
    for site in _sites():
        assert site.answer(target).status in {200, 404}


@cache
def _sites() -> list[Site]:
    return [site() for site in SITES.values()]


def test_texts_are_composed_and_clean() -> None:
    for file in (Path(__file__).parents[1] / "crawler/sample_portals/texts").iterdir():
        text = file.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), file.name
        for article in json.loads(text):
            for block in article.get("body", ()):
                assert not isinstance(block, str) or block == line(block), block
