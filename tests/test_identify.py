"""Identity: one address for all ways to an article, and a key that never moves."""

from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from pipelines.article import Article, Known
from pipelines.context import Context
from pipelines.identify import article_id, canonical_url, identify, last_part, page_identity, same_address
from tests.timing import seconds

SEEN = "2023-05-04T08:15:00+07:00"
NAMES = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-", min_size=1, max_size=12)
VALUES = st.text("abcXYZ019%20%C4%91+/.:@đ ế", max_size=20)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("HTTP://So.Example.VN", "http://so.example.vn/"),
        ("http://so.example.vn:80/a", "http://so.example.vn/a"),
        ("https://so.example.vn:443/a", "https://so.example.vn/a"),
        ("http://so.example.vn:8080/a", "http://so.example.vn:8080/a"),
        (" http://so.example.vn/a#binh-luan ", "http://so.example.vn/a"),
        ("http://so.example.vn/a?utm_source=zalo&utm_medium=x", "http://so.example.vn/a"),
        ("http://so.example.vn/a?id=5&fbclid=Iw&p=2", "http://so.example.vn/a?id=5&p=2"),
        ("http://so.example.vn/a;jsessionid=0A1B2C.node1?id=5", "http://so.example.vn/a?id=5"),
        ("http://so.example.vn/a?PHPSESSID=abc", "http://so.example.vn/a"),
        ("http://so.example.vn/a?ASPSESSIONIDQQACBTRS=GHJ", "http://so.example.vn/a"),
        ("http://so.example.vn/(S(lit3py55t21z5v55vlm25s55))/tin.aspx", "http://so.example.vn/tin.aspx"),
        ("http://so.example.vn/(X(1)S(lit3py55t21z5v55vlm25s55))/tin.aspx", "http://so.example.vn/tin.aspx"),
        ("http://so.example.vn/a?sid=a3f5c1d2e4b6978812345678", "http://so.example.vn/a"),
        ("http://so.example.vn/a?gidzl=k3Y&id=5&p_auth=Xy12", "http://so.example.vn/a?id=5"),
    ],
)
def test_what_says_how_a_reader_came_is_no_part_of_the_address(address: str, canonical: str) -> None:
    assert canonical_url(address) == canonical


@pytest.mark.parametrize(
    "address",
    [
        "http://so.example.vn/modules.php?name=News&op=viewst&sid=1234",  # PHP-Nuke: the story
        "http://so.example.vn/Tin%20tuc/b%C3%A0i.aspx?q=h%E1+n%f3i&x=a%20b",  # windows-1258
        "http://so.example.vn/a?x&&y=",
        "http://so.example.vn/ViewDetails/tabid/5/ID/7/Default.aspx?",
        "http://so.example.vn/a/%2e%2e/b//c",
    ],
)
def test_the_rest_of_an_address_stays_byte_for_byte(address: str) -> None:
    assert canonical_url(address) == address.removesuffix("?")
    tracked = address + ("" if address.endswith("?") else "&" if "?" in address else "?") + "utm_source=zalo"
    assert canonical_url(tracked) == address.removesuffix("?")


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("http://so.example.vn/tin tức/bài.aspx", "http://so.example.vn/tin%20t%E1%BB%A9c/b%C3%A0i.aspx"),
        (
            "http://so.example.vn/a?q=Đảng bộ&x=h%E1",
            "http://so.example.vn/a?q=%C4%90%E1%BA%A3ng%20b%E1%BB%99&x=h%E1",
        ),
        ("http://so.example.vn/tin\\bai.aspx", "http://so.example.vn/tin/bai.aspx"),
    ],
)
def test_what_no_request_line_holds_is_encoded(address: str, canonical: str) -> None:
    assert canonical_url(address) == canonical


@given(st.text(string.printable[:95] + "đếĐỪ%", max_size=20).filter(lambda text: "#" not in text))
def test_the_address_of_the_frontier_is_the_one_that_is_asked_for(rest: str) -> None:
    address = canonical_url(f"http://so.example.vn/{rest}")
    assert Request(address).url == address
    assert canonical_url(Request(f"http://so.example.vn/{rest}").url) == address


@given(st.text(max_size=60) | st.text("http:/?&=#;@[]%.a1 \u0111", max_size=60))
def test_any_text_has_a_canonical_form_and_one_only(address: str) -> None:
    canonical_url(canonical_url(address)).encode("utf-8")
    assert canonical_url(canonical_url(address)) == canonical_url(address)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5), st.integers(0, 5))
def test_a_tracking_parameter_anywhere_changes_nothing(pairs: list[tuple[str, str]], place: int) -> None:
    query = [f"{name}={value}" for name, value in pairs]
    tracked = [*query[:place], "fbclid=IwAR0", *query[place:]]
    base = "http://so.example.vn/bai.html?"
    assert canonical_url(base + "&".join(tracked)) == canonical_url(base + "&".join(query))


@given(st.text(max_size=20), st.text(max_size=40), st.dates(date(1970, 1, 1), date(9999, 12, 31)))
def test_a_key_is_positive_fits_sqlite_and_is_the_same_every_time(portal: str, asset: str, day: date) -> None:
    key = article_id(portal, asset, day)
    assert 0 <= key < 2**63
    assert key == article_id(portal, asset, day)
    assert key >> 24 == (day - date(1970, 1, 1)).days


@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)), st.integers(1, 1000), NAMES, NAMES)
def test_a_later_day_has_the_larger_key(day: date, days: int, older: str, newer: str) -> None:
    assert article_id("so", older, day) < article_id("so", newer, day + timedelta(days))


def test_portal_and_asset_are_not_confused() -> None:
    day = date(2023, 5, 4)
    assert article_id("so_a", "1", day) != article_id("so_b", "1", day) != article_id("so_a", "2", day)


def test_a_known_article_keeps_key_first_seen_and_revision() -> None:
    known = Known(77, "http://so.example.vn/a", "Cũ", "", "digest", 3, "2020-01-01T00:00:00+07:00")
    article = Article(url="http://so.example.vn/a", portal="so", asset="9", date_published="2023-05-04")
    identified = identify(article, Context(SEEN, article.url, lambda portal, asset: known))
    assert (identified.id, identified.first_seen, identified.revision) == (77, known.first_seen, 3)
    assert identified.last_seen == SEEN


def test_an_undated_article_takes_the_day_on_which_it_was_first_seen() -> None:
    article = identify(
        Article(url="http://so.example.vn/a", portal="so"), Context(SEEN, "http://so.example.vn/a")
    )
    assert article.id and article.id >> 24 == (date(2023, 5, 4) - date(1970, 1, 1)).days


def test_an_undated_article_takes_the_day_of_its_event_unless_that_lies_ahead() -> None:
    days = {}
    for event in ("2015-04-24", "2015-04", "2031-01-01"):
        article = Article(url="http://so.example.vn/a", portal="so", event_date=event)
        days[event] = (identify(article, Context(SEEN, article.url)).id or 0) >> 24
    seen = (date(2023, 5, 4) - date(1970, 1, 1)).days
    assert days == {
        "2015-04-24": (date(2015, 4, 24) - date(1970, 1, 1)).days,
        "2015-04": seen,
        "2031-01-01": seen,
    }


def test_a_date_before_1970_does_not_make_a_negative_key() -> None:
    article = Article(url="http://so.example.vn/a", portal="so", date_published="1945-09-02")
    assert (identify(article, Context(SEEN, article.url)).id or -1) >= 0


def test_without_an_asset_what_its_addresses_share_is_the_identity() -> None:
    ways = ["http://so.example.vn/a", "https://www.SO.example.vn:443/a/?fbclid=x#top"]
    assets = [identify(Article(url=way, portal="so"), Context(SEEN, way)).asset for way in ways]
    assert assets == ["so.example.vn/a"] * 2


def test_an_article_of_no_declared_portal_belongs_to_its_host() -> None:
    article = identify(Article(url="http://so.example.vn/a"), Context(SEEN, "http://so.example.vn/a"))
    assert article.portal == "so.example.vn"


BASE = "http://so.example.vn/tin-tuc/dai-hoi-chi-bo-van-phong.html"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.so.example.vn/tin-tuc/dai-hoi-chi-bo-van-phong.html",
        f"{BASE}/",
        f"{BASE}?print=1",
        f"{BASE}?_101_viewMode=print",
        f"{BASE}?tmpl=component&layout=print",
        f"{BASE}?p_p_state=pop_up",
        f"{BASE}?lang=vi-VN&inheritRedirect=true&redirect=%2Ftin-tuc%3Fcur%3D4",
        "http://so.example.vn/vi/tin-tuc/dai-hoi-chi-bo-van-phong.html",
        "http://so.example.vn/tin-tuc/print/dai-hoi-chi-bo-van-phong.html",
        "http://so.example.vn/tin-tuc/tin-tuc/dai-hoi-chi-bo-van-phong.html",
        "http://so.example.vn/web/guest/tin-tuc/dai-hoi-chi-bo-van-phong.html",
        "http://so.example.vn/vi/index.php/tin-tuc/dai-hoi-chi-bo-van-phong.html",
        "http://so.example.vn./tin-tuc//dai-hoi-chi-bo-van-phong.html",
        "http://so.example.vn/van-ban/../tin-tuc/./dai-hoi%2Dchi-bo-van-phong.html",
        f"{BASE}/amp/",
        f"{BASE}?page=1&mibextid=x&replytocom=7&trang=",
        f"{BASE}?p_p_lifecycle=0&p_p_state=normal&p_p_mode=view&p_p_col_count=1",
    ],
)
def test_print_copies_languages_and_repeated_paths_are_the_same_page(address: str) -> None:
    assert page_identity(address) == page_identity(BASE) == BASE.removeprefix("http://")
    assert last_part(address) == "dai-hoi-chi-bo-van-phong.html"


@pytest.mark.parametrize(
    "ways",
    [
        ["Đảng-bộ/bài", "%C4%90%E1%BA%A3ng-b%E1%BB%99/b%C3%A0i", "%c4%90%e1%ba%a3ng-b%e1%bb%99/b%c3%a0i"],
        ["Đảng-bộ", "Đa\u0309ng-bô\u0323", "%25C4%2590%25E1%25BA%25A3ng-b%25E1%25BB%2599"],
        ["tin?q=hội+nghị", "tin?q=h%E1%BB%99i%20nghị"],
        ["a?x=h%E1", "a?x=h%e1"],  # windows-1258
        [
            "Pages/Bai-1.aspx?ItemID=5&k=aB",
            "pages/bai-1.aspx?k=aB&itemid=5",
            "PAGES/bai-1.aspx?k=aB&amp;ItemID=5",
        ],
        ["index.php?id=5", "?id=5", "Default.aspx?id=5"],
    ],
)
def test_an_address_is_one_however_it_is_spelt(ways: list[str]) -> None:
    addresses = [f"http://so.example.vn/{way}" for way in ways]
    assert len({page_identity(address) for address in addresses}) == 1
    assert all(same_address(addresses[0], address) for address in addresses)


def test_the_menu_by_which_joomla_was_read_is_no_part_of_the_page() -> None:
    page = "http://so.example.vn/index.php?option=com_content&view=article&id=512"
    ways = [page, f"{page}:dai-hoi&catid=34:tin&Itemid=5", f"{page}%3Adai-hoi&catid=34&Itemid=7&print=1"]
    assert len({page_identity(way) for way in ways}) == 1
    assert page_identity(page) != page_identity(page.replace("512", "513"))
    assert page_identity("http://so.example.vn/?Itemid=5") != page_identity("http://so.example.vn/?Itemid=7")


def test_a_path_that_repeats_itself_is_one_however_often() -> None:
    once = "http://so.example.vn/web/guest/tin/-/asset_publisher/Content/xem-chi-tiet"
    many = once.replace("/web/guest", "/web/guest" * 5) + "/-/asset_publisher/Content/xem-chi-tiet" * 3
    assert page_identity(many) == page_identity(once)


def test_websphere_states_behind_a_slug_are_one_page_and_alone_they_are_not() -> None:
    page = "http://so.example.vn/wps/portal/Home/tin-tuc/dai-hoi-chi-bo-van-phong"
    states = [f"{page}/!ut/p/z0/{state}/?1dmy" for state in ("04_Sj9CPykssy0x", "fY7BCsIwEER")]
    states.append(states[0].replace("!", "%21"))
    assert len({page_identity(state) for state in states}) == 1
    alone = [state.replace("/dai-hoi-chi-bo-van-phong", "/chi-tiet") for state in states]
    assert len({page_identity(state) for state in alone}) == 2  # the third is the first, otherwise spelt
    assert {last_part(state) for state in alone} == {"chi-tiet"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/tin.aspx?id=5", "/tin.aspx?id=6"),
        ("/2020/11/11/bai-1.html", "/2020/11/bai-1.html"),
        ("/vi", "/"),
        ("/en/tin/5", "/tin/5"),
        ("/tin.aspx?mode=5", "/tin.aspx"),
        ("/printing/5", "/5"),
        ("/tin/a/b", "/tin/b/a"),
        ("/in/5", "/5"),
        ("/tin/a%2Fb", "/tin/a/b"),
        ("/tin?a=b%26c=d", "/tin?a=b&c=d"),
        ("/tin?t=1%2B1", "/tin?t=1+1"),
        ("/tin?q=100%25", "/tin?q=100"),
        ("/tin?id=5&page=2", "/tin?id=5"),
        ("/tin.aspx?key=aGVs", "/tin.aspx?key=AGVS"),
        ("/Tin/a.html", "/tin/a.html"),
        ("/?12345", "/?12346"),
    ],
)
def test_pages_that_may_differ_are_not_taken_for_one(one: str, other: str) -> None:
    host = "http://so.example.vn"
    assert page_identity(host + one) != page_identity(host + other)
    assert not same_address(host + one, host + other)


@given(st.text(max_size=80) | st.text("htp:/?&=#;@[]!utvi-%.a1 \u0111", max_size=80))
def test_any_text_has_an_identity_that_is_its_own(address: str) -> None:
    identity = page_identity(address)
    identity.encode("utf-8")
    assert page_identity(f"http://{identity}").casefold() == identity.casefold() or "//" in identity
    last_part(address)


@given(st.lists(st.sampled_from(["a", "b", "web", "1"]), max_size=40))
def test_what_was_collapsed_collapses_no_further(segments: list[str]) -> None:
    once = page_identity("http://so.example.vn/" + "/".join(segments))
    assert page_identity(f"http://{once}") == once


def test_an_identity_of_a_long_address_does_not_take_long() -> None:
    parts = (
        "a/" * 20_000,
        "-" * 50_000 + "/!ut/p/",
        "ab/" * 20_000,
        "x?" + "redirect" * 20_000,
        "%25" * 50_000,
    )
    assert seconds(lambda: [page_identity(f"http://so.example.vn/{part}") for part in parts]) < 2
