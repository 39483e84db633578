"""The pages of the sample portals hold what they promise: every trap, every link, every expected field."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.clock import VIETNAM
from crawler.sample_portals import HOSTS, expected, missing
from crawler.sample_portals.site import HTML, Answer, Site
from crawler.sample_portals.sites import SITES
from pipelines.text import line

HA_NOI, VINH_PHUC, THANH_HOA, PHU_YEN, HO_CHI_MINH = HOSTS


@cache
def site(host: str) -> Site:
    return SITES[host]()


def answer(url: str) -> Answer:
    """Return what stands at an address of a sample portal."""
    parts = urlsplit(url)
    return site(parts.netloc).answer(parts.path + (f"?{parts.query}" if parts.query else ""))


def page(url: str) -> html.HtmlElement:
    """Return the tree of a page that must be there, as it is sent now."""
    found = answer(url)
    assert found.status == 200, url
    sent = found.filled(f"http://{urlsplit(url).netloc}", datetime.now(VIETNAM), visits=7)
    return html.fromstring(sent.decode("utf-8"))


def text_of(tree: html.HtmlElement) -> str:
    return line(" ".join(tree.itertext()))


def record(host: str, number: int) -> dict[str, Any]:
    return next(one for one in expected(host) if one["asset"] == str(number))


# What the pages print


@pytest.mark.parametrize("host", HOSTS)
def test_every_link_of_a_portal_answers_but_the_one_dead_row(host: str) -> None:
    root = f"http://{host}"
    waiting, seen, dead = [f"{root}/"], {f"{root}/"}, set()
    while waiting:
        url = waiting.pop()
        found = answer(url)
        if found.status != 200:
            dead.add(url)
            continue
        if found.media_type != HTML:
            continue
        for link in page(url).xpath("//a/@href | //img/@src"):
            address = urljoin(url, link).partition("#")[0]
            if urlsplit(address).netloc == host and address not in seen:
                seen.add(address)
                waiting.append(address)
    assert dead == {address for address, what in missing(host).items() if what == "gone"}
    assert {one["url"] for one in expected(host)} <= seen


@pytest.mark.parametrize("host", HOSTS)
def test_every_article_page_holds_its_text_pictures_and_documents(host: str) -> None:
    for one in expected(host):
        for address in one["addresses"]:
            tree = page(address)
            text = text_of(tree)
            for paragraph in [one["description"] or "", one["author"] or "", *one["paragraphs"]]:
                assert line(paragraph) in text, address
            shown = {urljoin(address, link) for link in tree.xpath("//img/@src | //a/@href")}
            assert {item["url"] for item in one["images"] + one["attachments"]} <= shown


@pytest.mark.parametrize("host", HOSTS)
def test_documents_and_pictures_are_what_their_names_say(host: str) -> None:
    for one in expected(host):
        for item in one["images"] + one["attachments"]:
            starts = {"png": b"\x89PNG", "pdf": b"%PDF", "doc": b"{\\rtf1"}
            assert answer(item["url"]).body.startswith(starts[item["url"].rpartition(".")[2]])


@pytest.mark.parametrize("host", HOSTS)
def test_robots_keep_the_search_out_and_a_menu_links_to_it(host: str) -> None:
    robots = answer(f"http://{host}/robots.txt").body
    assert b"Disallow: /search" in robots
    assert b"Crawl-delay: 0" in robots
    assert any(link.endswith("/search") for link in page(f"http://{host}/").xpath("//a/@href"))


@pytest.mark.parametrize("host", HOSTS)
def test_a_soft_404_says_so_with_status_200(host: str) -> None:
    address = next(address for address, what in missing(host).items() if what == "soft_404")
    assert "không tồn tại" in text_of(page(address))


def test_an_article_printed_decomposed_is_expected_composed() -> None:
    one = record(HA_NOI, 4376204)
    printed = page(one["url"]).text_content()
    headline = one["headline"]
    assert headline not in printed
    assert unicodedata.normalize("NFD", headline) in printed


# Hà Nội: Liferay


def test_ha_noi_prints_all_page_numbers_and_leads_on_by_cur() -> None:
    tree = page(f"http://{HA_NOI}/hoat-ong-ang-oan-the")
    numbers = [re.search(r"_101_cur=(\d+)$", link) for link in tree.xpath("//ul[@role or @class]//a/@href")]
    assert {int(found.group(1)) for found in numbers if found} == {1, 2, 3}


def test_ha_noi_first_h1_is_a_side_bar_label_and_the_language_a_lie() -> None:
    tree = page(record(HA_NOI, 1402216)["url"])
    assert tree.get("lang") == "en-US"
    assert text_of(tree.xpath("//h1")[0]) == "quy hoạch - kế hoạch"
    assert tree.xpath("//*[@class='asset-full-content-title']")[0].tag == "div"


def test_ha_noi_hides_an_account_after_the_byline() -> None:
    tree = page(record(HA_NOI, 1402216)["url"])
    assert text_of(tree.cssselect("p.texttacgia")[0]) == "Thu Quỳnh"
    assert text_of(tree.cssselect("p.texttacgia + p.view-content-author")[0]) == "Ad Min"


def test_ha_noi_leaves_the_lead_element_empty_on_some_pages() -> None:
    tree = page(record(HA_NOI, 1587731)["url"])
    assert text_of(tree.cssselect("p.sapo")[0]) == ""
    assert text_of(tree.cssselect(".journal-content-article b")[0]) == record(HA_NOI, 1587731)["description"]


def test_ha_noi_midnight_means_that_no_time_is_known() -> None:
    one = record(HA_NOI, 1587731)
    stamp = text_of(page(one["url"]).cssselect(".assetPublishDate")[0])
    assert stamp == "21/09/2016 | 12:00 AM"
    assert one["date_published"] == "2016-09-21"


def test_ha_noi_counts_views_behind_the_stamp_of_the_second_section() -> None:
    address = next(url for url in record(HA_NOI, 3588122)["addresses"] if "/vi/" in url)
    stamp = text_of(page(address).cssselect(".assetPublishDate")[0])
    assert re.fullmatch(r"Ngày đăng 26/02/2020 \| 2:47 PM \| View count: \d+", stamp)


def test_ha_noi_asset_answers_in_two_sections_and_as_two_print_copies() -> None:
    one = record(HA_NOI, 3588122)
    addresses = one["addresses"]
    assert len({urlsplit(address).path for address in addresses}) == 4
    copy = page(one["url"]).cssselect(".print-action a")[0].get("href")
    assert urljoin(one["url"], copy) in addresses
    canonical = {page(address).xpath("//link[@rel='canonical']/@href")[0] for address in addresses}
    assert len(canonical) == 4  # it differs per section and names the print copy itself


def test_ha_noi_links_related_news_inside_the_article() -> None:
    assert page(record(HA_NOI, 3588122)["url"]).cssselect(".portlet-body .related_asset a")


# Vĩnh Phúc: SharePoint


def test_vinh_phuc_pages_never_print_their_headline() -> None:
    for one in expected(VINH_PHUC):
        tree = page(one["url"])
        assert tree.findtext(".//title") == "Document"
        assert one["headline"] not in unicodedata.normalize("NFC", text_of(tree))


def test_vinh_phuc_lists_print_headline_and_day_of_every_article() -> None:
    portal = site(VINH_PHUC)
    rows = {
        urljoin(f"http://{VINH_PHUC}", link.get("href")): (text_of(link), text_of(row))
        for section in portal.sections
        for number in (1, 2)
        for row in page(f"http://{VINH_PHUC}{portal.list_path(section, number)}").cssselect("tr")
        for link in row.cssselect(".ms-vb-title a")
    }
    for one in expected(VINH_PHUC):
        if one["url"] in rows:
            headline, row = rows[one["url"]]
            assert headline == one["headline"]
            assert datetime.fromisoformat(one["date_published"]).strftime("%d/%m/%Y") in row


def test_vinh_phuc_prints_the_day_on_some_pages_and_leaks_its_frame_on_all() -> None:
    stamped = [bool(page(one["url"]).cssselect(".ngay")) for one in expected(VINH_PHUC)]
    assert True in stamped
    assert False in stamped
    tree = page(record(VINH_PHUC, 163)["url"])
    assert "Sign In Document" in text_of(tree)
    assert tree.xpath("//img[@alt='Alternate Text']")


def test_vinh_phuc_leads_on_by_trang_sau() -> None:
    portal = site(VINH_PHUC)
    first = page(f"http://{VINH_PHUC}{portal.sections[0].path}")
    assert "Trang sau >>" in [text_of(link) for link in first.cssselect("td.ms-paging a")]


# Thanh Hóa: own ASP.NET, no dates


def test_thanh_hoa_prints_no_date_but_those_of_the_text_and_the_licence() -> None:
    whole_date = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
    for one in expected(THANH_HOA):
        assert one["date_published"] is None
        told = " ".join([one["headline"], one["description"] or "", *one["paragraphs"]])
        told += " ".join(item["name"] for item in one["attachments"])
        dates = set(whole_date.findall(unicodedata.normalize("NFC", text_of(page(one["url"])))))
        assert dates - set(whole_date.findall(told)) == {"11/4/2014"}
    for section in SITES[THANH_HOA].sections:
        listing = page(f"http://{THANH_HOA}{section.path}")
        assert not listing.xpath("//*[contains(@class, 'date')]")


def test_thanh_hoa_prints_the_lead_twice_and_counts_visitors_before_the_headline() -> None:
    one = record(THANH_HOA, 1799)
    text = text_of(page(one["url"]))
    assert text.count(one["description"]) == 2
    assert f"{one['description']}." in text
    assert text.index("Đang online") < text.index(one["headline"])


def test_thanh_hoa_bylines_are_units() -> None:
    assert {"Văn phòng Đảng ủy Sở", "Thanh tra Sở"} <= {one["author"] for one in expected(THANH_HOA)}


# Phú Yên: ASP.NET MVC


def test_phu_yen_indents_by_no_break_spaces_and_ends_the_byline_with_a_space() -> None:
    tree = page(record(PHU_YEN, 862)["url"])
    assert text_of(tree.cssselect(".date")[0]) == "29/06/2020 10:26:44"
    lines = [paragraph.text_content() for paragraph in tree.cssselect(".content-detail p")]
    assert any(printed.startswith("\u00a0" * 5) for printed in lines)
    assert lines[-1] == "Trần Thanh Hưng "


def test_phu_yen_prints_counters_on_the_line_after_their_label() -> None:
    lines = [text_of(div) for div in page(f"http://{PHU_YEN}/").cssselect(".col-md-3 div")]
    assert lines[:2] == ["Đang trực tuyến:", "19"]
    assert lines[2] == "Tổng số truy cập:"
    assert lines[3].isdigit()


# Hồ Chí Minh: slug and number


def test_ho_chi_minh_prints_todays_clock_before_the_stamp() -> None:
    text = text_of(page(record(HO_CHI_MINH, 1491862977)["url"]))
    today = f"{datetime.now(VIETNAM):%d/%m/%Y}"
    assert 0 <= text.index(today) < text.index("13:26 15/06/2020")


def test_ho_chi_minh_prints_captions_twice_and_makes_one_up() -> None:
    one = record(HO_CHI_MINH, 1491862977)
    text = text_of(page(one["url"]))
    assert text.count("Đoàn Chủ tịch điều hành Đại hội") == 2
    assert re.search(re.escape(one["headline"]) + r" - Ảnh \d", text)
    assert "Tin cùng chuyên mục" in text


def test_ho_chi_minh_names_writer_and_photographer() -> None:
    text = text_of(page(record(HO_CHI_MINH, 1491862977)["url"]))
    assert "Tin: Vĩnh Tường, Ảnh: Gia Hân" in text
    assert "Tin, ảnh: Thanh Phong" in text_of(page(record(HO_CHI_MINH, 1491873628)["url"]))


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


def test_query_parameters_count_in_any_order_and_unknown_ones_do_not() -> None:
    portal = site(HA_NOI)
    target = portal.list_path(portal.sections[0], 2)
    assert portal.answer(f"{portal.sections[0].path}?utm_source=x&_101_cur=2") == portal.answer(target)
    assert portal.answer(f"{portal.sections[0].path}?utm_source=x") == portal.answer(portal.sections[0].path)


@given(st.text())
def test_any_target_at_all_gets_an_answer(target: str) -> None:
    for host in HOSTS:
        assert site(host).answer(target).status in {200, 404}
