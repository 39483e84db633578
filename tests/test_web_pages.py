"""Pages about the whole: provinces on a map and by themselves, portals, the data."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import made_up
import pytest
from markupsafe import Markup
from reader import Reader, words_of

from pipelines.article import Article, Image
from pipelines.health import PortalHealth, write_health
from pipelines.schema import open_corpus
from pipelines.store import Store
from tests.crawling import ROOT
from tests.timing import seconds
from web import about, places, portal_page, reading
from web.about import ACCURACY
from web.monthly import by_year, course
from web.pictures import captioned
from web.safety import inert
from web.words import share

ODD = 'cổng "lạ" <b>/..%2F?#.example'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The made-up corpus, with portals in provinces that were merged, one of an odd name, and their health."""
    path = made_up.fill(tmp_path_factory.mktemp("pages") / "corpus.db")
    store = Store(path)
    for name, province, successor, next_portal in (
        ("bac_giang_x", "Bắc Giang", "Bắc Ninh", "bac_ninh_x"),
        ("bac_ninh_x", "Bắc Ninh", "Bắc Ninh", None),
        (ODD, None, None, "cổng chưa <thu thập>"),
    ):
        body = "Sở Thông tin và Truyền thông" if province else None
        store.declare_portal(
            name=name,
            province=province,
            successor_province=successor,
            body=body,
            successor_portal=next_portal,
        )
        for number in range(3):
            article = made_up.articles()[1 + 6 * number]
            article.url, article.asset = f"http://{len(name)}.example/{number}", str(number)
            article.portal, article.province, article.successor_province = name, province, successor
            made_up.put(store, article, "2025-06-05T05:10:00+07:00")
    store.flush()
    day = "2025-06-01T05:00:00+07:00"
    write_health(
        store.connection,
        [PortalHealth("bac_giang_x", "quiet", True, day, "lâu <không> có bài", day, day, day, 3.0)],
    )
    store.close()
    reader = Reader(path)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def connection(site: Reader) -> Iterator[sqlite3.Connection]:
    connection = open_corpus(site.corpus, read_only=True)
    yield connection
    connection.close()


def counted(page: Any) -> int:
    found = re.search(r"([\d.]+) bài", words_of(page.xpath("//*[@class='facts']")[0]))
    assert found
    return int(found[1].replace(".", ""))


@pytest.mark.parametrize(("address", "provinces"), [("/tinh", 34), ("/tinh?theo=cu", 63)])
def test_the_map_and_the_table_beside_it_lead_to_the_same_pages(
    site: Reader, address: str, provinces: int
) -> None:
    page = site.page(address)
    tiles = page.xpath("//*[@class='tiles']//a/@href")
    assert len(tiles) == len(set(tiles)) == provinces
    assert set(tiles) == set(page.xpath("//table[@class='list']//th/a/@href"))
    assert page.xpath("//*[@aria-current='page']/@href") == [address]
    assert not page.xpath("//script[not(@src)] | //*[@style]")
    for tile in page.xpath("//*[@class='tiles']//a[contains(., 'bài') and not(contains(., 'chưa'))]"):
        assert counted(site.page(tile.get("href"))) == int(words_of(tile).split()[-2])


def test_a_name_of_both_times_has_a_page_for_each(site: Reader) -> None:
    today, before = site.page("/tinh/bac-ninh"), site.page("/tinh/bac-ninh?theo=cu")
    assert (counted(today), counted(before)) == (6, 3)
    assert {"/tinh/bac-ninh?theo=cu", "/tinh/bac-giang"} <= set(today.xpath("//main//a/@href"))
    assert "nay thuộc Bắc Ninh" in words_of(before)
    gone = site.page("/tinh/bac-giang")
    assert "đến trước ngày 01/07/2025; nay thuộc Bắc Ninh" in words_of(gone)
    assert gone.xpath("//a[@href='/tinh/bac-ninh']")
    assert words_of(site.page("/tinh/ha-noi?theo=cu").xpath("//h1")[0]) == "Hà Nội"  # which only went on


@pytest.mark.parametrize("address", ["/tinh/bac-ninh", "/tinh/bac-giang", "/cong/thuan_hai_noi_vu"])
def test_every_number_of_a_page_leads_to_as_many_articles(site: Reader, address: str) -> None:
    page = site.page(address)
    links = page.xpath("//main//a[contains(@href, '/tim?')]")
    cells = [link for link in links if re.fullmatch(r"\d+", words_of(link))]
    rows = [(link, link.xpath("ancestor::*[self::li or self::tr][1]/*[@class='count']")) for link in links]
    told = [(cell, words_of(cell)) for cell in cells if len(words_of(cell)) < 4]
    told += [(link, words_of(count[0])) for link, count in rows if count]
    assert len(told) > 4
    for link, number in told:
        found = site.page(link.get("href"))
        assert words_of(found.xpath("//*[@aria-live='polite']")[0]) == f"{number} bài", words_of(link)


def test_a_province_tells_its_portals_and_how_they_do(site: Reader) -> None:
    rows = site.page("/tinh/bac-ninh").xpath("//table[@class='list']/tbody/tr")
    assert [[words_of(cell) for cell in row] for row in rows] == [
        ["Sở Thông tin và Truyền thông Bắc Giang", "im lặng bất thường", "3", "08/08/2021"],
        ["Sở Thông tin và Truyền thông Bắc Ninh", "–", "3", "08/08/2021"],
    ]
    assert [row.xpath(".//th/a/@href")[0] for row in rows] == ["/cong/bac_giang_x", "/cong/bac_ninh_x"]


def test_a_province_without_anything_says_so(site: Reader) -> None:
    text = words_of(site.page("/tinh/ca-mau").xpath("//main")[0])
    assert "Chưa có cổng nào" in text and "Chưa có bài nào" in text


def test_a_portal_tells_whose_it_is_how_it_does_and_what_became_of_it(site: Reader) -> None:
    text = words_of(site.page("/cong/bac_giang_x").xpath("//main")[0])
    for expected in (
        "im lặng bất thường – lâu <không> có bài",
        "Bắc Giang, nay thuộc Bắc Ninh",
        "Sở Thông tin và Truyền thông không còn từ ngày 01/03/2025. Tiếp nhận: Sở Khoa học và Công nghệ.",
        "Sở Thông tin và Truyền thông Bắc Ninh 3",  # its neighbour
    ):
        assert expected in text, expected
    assert "bài mới 11" in words_of(site.page("/cong/thuan_hai_noi_vu"))


def test_a_portal_leads_to_the_one_that_took_over_and_back(site: Reader) -> None:
    for name, label, other, title in (
        ("bac_giang_x", "Cổng tiếp nối", "/cong/bac_ninh_x", "Sở Thông tin và Truyền thông Bắc Ninh"),
        ("bac_ninh_x", "Tiếp nối cổng", "/cong/bac_giang_x", "Sở Thông tin và Truyền thông Bắc Giang"),
    ):
        (link,) = site.page(f"/cong/{name}").xpath(f"//dt[.='{label}']/following-sibling::dd[1]/a")
        assert (link.get("href"), words_of(link)) == (other, title)
    (unknown,) = site.page(portal_page.address(ODD)).xpath("//dt[.='Cổng tiếp nối']/following-sibling::dd[1]")
    assert words_of(unknown) == "cổng chưa <thu thập>" and not unknown.xpath("a")


def test_the_months_of_a_portal_hold_all_its_dated_articles(
    site: Reader, connection: sqlite3.Connection
) -> None:
    dated, undated = connection.execute(
        "SELECT count(date_published), count(*) - count(date_published) FROM articles "
        "WHERE portal = 'thuan_hai_noi_vu'"
    ).fetchone()
    page = site.page("/cong/thuan_hai_noi_vu")
    months = [int(words_of(link)) for link in page.xpath("//td[starts-with(@class, 'l')]/a")]
    assert sum(months) == dated and undated > 0
    assert f"Ngoài ra có {undated} bài" in words_of(page)


def test_years_without_articles_stand_between_and_misread_ones_do_not_fill_centuries() -> None:
    years = by_year({"2015-04": 2, "2012-12": 1, "xx": 5, "2013-77": 9})
    assert [(year.year, year.articles) for year in years] == [(2015, 2), (2014, 0), (2013, 0), (2012, 1)]
    assert [year.year for year in by_year({"0213-01": 1, "2013-01": 1})] == [2013, 213]
    assert by_year({}) == []


def test_a_course_has_no_gaps() -> None:
    assert course(["2012", "2015"]) == ["2012", "2013", "2014", "2015"]
    assert course(["2015-02", "2015-05"]) == ["2015-02", "2015-03", "2015-04", "2015-05"]
    assert course(["213", "2013"]) == ["213", "2013"]
    assert course([]) == []


def test_what_stands_beneath_a_picture_is_its_caption_once_and_leads_to_it() -> None:
    images = [
        Image(url="http://a.example/1.jpg", caption='Lễ "ra quân" & trao cờ', credit=None),
        Image(url="javascript:alert(1)", caption="Hội nghị", credit=None),
    ]
    html = inert(
        "<p>Đoạn một.</p><p><img src='http://a.example/1.jpg'></p><p><em>Lễ \"ra quân\" &amp;  trao cờ</em></p>"
        "<figure><img src='x'>Hội nghị<figcaption>Hội nghị</figcaption></figure>"
        "<figure><img src='y'>Khác<figcaption>Ảnh khác</figcaption></figure><p>Đoạn hai.</p>"
    )
    link = "<a href='http://a.example/1.jpg' rel='noopener noreferrer nofollow'>"
    assert str(captioned(html, images)).replace("&#34;", '"') == (
        "<p>Đoạn một.</p>"
        f"<figure><figcaption>{link}Lễ 'ra quân' &amp; trao cờ</a></figcaption></figure>"
        "<figure><figcaption>Hội nghị</figcaption></figure>"
        "<figure><figcaption>Ảnh khác</figcaption></figure><p>Đoạn hai.</p>"
    ).replace("'", '"')


@pytest.mark.parametrize("piece", ["<figure><figcaption>", "<p>", "<figure>x<figcaption><p>", "<"])
def test_captions_take_linear_time_on_hostile_html(piece: str) -> None:
    assert seconds(lambda: captioned(Markup(piece * 20_000), [])) < 2


def test_a_portal_is_reached_by_whatever_name_it_has(site: Reader) -> None:
    assert portal_page.address(ODD) in site.page("/corpus/portals").xpath("//main//li/a/@href")
    page = site.page(portal_page.address(ODD))
    assert words_of(page.xpath("//h1")[0]) == ODD
    assert not page.xpath("//h1/b")
    for row in page.xpath("//a[starts-with(@href, '/corpus/portals/')]/@href"):
        assert site.get(row).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/tinh/atlantis",
        "/tinh/-",
        "/tinh/H%C3%A0%20N%E1%BB%99i",
        "/tinh/" + "a" * 5000,
        "/cong/khong_co",
        "/cong/%00",
        "/cong/" + "%25" * 3000,
        "/cong/" + quote("<script>alert(1)</script>", safe=""),
        "/cong/..%2f..%2fetc%2fpasswd",
        "/cong/%ff%fe",
    ],
)
def test_what_is_not_there_is_said_in_words(site: Reader, address: str) -> None:
    response = site.get(address, follow_redirects=True)  # Datasette spells "%" its own way
    assert response.status_code == 404
    assert "Không có trang này" in response.text and "<script>" not in response.text


def test_the_data_page_counts_the_corpus_as_it_is(site: Reader, connection: sqlite3.Connection) -> None:
    page = site.page("/du-lieu")
    (articles, undated) = connection.execute(
        "SELECT count(*), count(*) - count(date_published) FROM articles"
    ).fetchone()
    assert words_of(page.xpath("//dl[@class='totals']/div")[0]) == f"bài viết{articles}"
    text = words_of(page.xpath("//main")[0])
    assert f"{undated} bài mà trang gốc không ghi ngày đăng" in text
    assert f"trang gốc không ghi ngày đăng{undated}" in words_of(page.xpath("//table[@class='list']")[0])
    assert "30 tỉnh, thành phố chưa có cổng nào" in text
    assert "1 cổng đang cần người xem lại" in text
    for link in page.xpath("//main//a/@href"):
        assert site.get(link).status_code == 200, link


def test_a_contact_stands_there_if_one_is_set(site: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Sai sót" not in words_of(site.page("/du-lieu"))
    for contact, link in (
        ("toa-soan@example.org", "mailto:toa-soan@example.org"),
        ("https://example.org/lien-he", "https://example.org/lien-he"),
        ("javascript:alert(1)", None),
    ):
        monkeypatch.setenv("TINSO_CONTACT", contact)
        page = site.page("/du-lieu")
        assert contact in words_of(page)
        assert page.xpath(f"//a[text()='{contact}']/@href") == ([link] if link else [])


@pytest.mark.parametrize("measured", ACCURACY, ids=lambda measured: measured.what)
def test_every_figure_of_accuracy_stands_in_the_docs_beside_its_command(measured: about.Measured) -> None:
    text = (ROOT / measured.document).read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith(measured.line)]
    cells = [cell.strip() for cell in lines[0].split("|")]
    assert set(measured.figures) <= set(cells)
    module = measured.command.rpartition(" ")[2]
    assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
    assert module in text or "make bench" in text


def test_a_share_is_written_as_in_vietnam() -> None:
    assert [share(figure) for figure in (".983", "1.000", "0.9")] == ["98,3%", "100,0%", "90,0%"]


def test_a_corpus_of_one_article_without_date_place_or_run_has_all_pages(tmp_path: Path) -> None:
    store = Store(tmp_path / "corpus.db")
    bare = Article(url="http://a.example/1", portal="a.example", headline="Một bài", article_body="Chữ.")
    made_up.put(store, bare, "2025-06-05T05:10:00+07:00")
    store.close()
    reader = Reader(tmp_path / "corpus.db")
    for address in (
        "/tinh",
        "/tinh?theo=cu",
        "/tinh/ha-noi",
        "/cong/a.example",
        "/du-lieu",
        "/corpus/portals",
    ):
        assert "None" not in words_of(reader.page(address))
    assert reader.get("/cong").headers["location"] == "/corpus/portals"
    reader.close()


@pytest.mark.parametrize(
    ("ask", "arguments"),
    [
        (reading.portals, {}),
        (places.lines, {"former": True}),
        (places.page, {"shown": places.Place("Bắc Ninh", False)}),
        (portal_page.page, {"name": "bac_giang_x"}),
        (about.about, {}),
    ],
    ids=["portals", "map", "province", "portal", "data"],
)
def test_no_page_reads_the_whole_table_of_articles(
    site: Reader, ask: Callable[..., object], arguments: dict[str, object]
) -> None:
    """At a million articles that takes seconds; an index alone takes hundredths of one."""
    statements: list[str] = []
    with closing(open_corpus(site.corpus, read_only=True)) as connection:
        connection.set_trace_callback(statements.append)
        ask.__wrapped__(connection, **arguments)  # type: ignore[attr-defined]  # what is kept is not asked
        connection.set_trace_callback(None)
        plans = [
            step
            for statement in statements
            if statement.startswith("SELECT")
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
    assert plans
    assert [step for step in plans if re.fullmatch(r"SCAN (a|s|articles|article_text|people)", step)] == []
