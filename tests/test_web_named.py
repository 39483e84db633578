"""Pages of people, bodies and documents; printings elsewhere; the archived copy."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
from reader import Reader, words_of

from pipelines.schema import open_corpus
from web.archived import copy_of


@pytest.fixture(scope="module")
def site(demo: Path) -> Reader:
    return Reader(demo / "corpus.db")


@pytest.fixture(scope="module")
def connection(demo: Path) -> sqlite3.Connection:
    return open_corpus(demo / "corpus.db", read_only=True)


def most_named(connection: sqlite3.Connection, table: str, column: str) -> tuple[str, int]:
    name, count = connection.execute(
        f"SELECT {column}, count(DISTINCT article) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
    ).fetchone()
    return name, count


@pytest.mark.parametrize(
    ("table", "column", "address"),
    [
        ("people", "name", "/nguoi?ten="),
        ("organisations", "name", "/co-quan?ten="),
        ("documents", "number", "/van-ban?so="),
    ],
)
def test_a_name_has_a_page_that_every_article_naming_it_leads_to(
    site: Reader, connection: sqlite3.Connection, table: str, column: str, address: str
) -> None:
    name, count = most_named(connection, table, column)
    assert count > 1
    page = site.page(address + quote(name))
    assert f"{count} bài nhắc tới" in words_of(page)
    listed = page.xpath("//article//h3/a/@href")
    assert len(listed) == min(count, 20)
    for link in listed[:2]:
        assert address + quote(name) in [
            str(href) for href in site.page(link).xpath("//*[@class='mentions']//a/@href")
        ]


def test_a_document_has_one_page_however_its_number_is_typed(
    site: Reader, connection: sqlite3.Connection
) -> None:
    (number,) = connection.execute("SELECT number FROM documents WHERE number GLOB '0*'").fetchone()
    pages = [site.page(f"/van-ban?so={quote(typed)}") for typed in (number, number[1:].lower())]
    assert [words_of(page.xpath("//h1")[0]) for page in pages] == [number, number]
    found = [site.get(f"/tim.json?van-ban={quote(typed)}").text for typed in (number, number[1:])]
    assert found[0].count('"url"') == found[1].count('"url"') > 0


def test_a_person_has_one_page_in_whatever_case_the_name_is_typed(
    site: Reader, connection: sqlite3.Connection
) -> None:
    name, _ = most_named(connection, "people", "name")
    for typed in (name, name.upper(), name.lower()):
        assert words_of(site.page(f"/nguoi?ten={quote(typed)}").xpath("//h1")[0]) == name


def test_an_articles_page_tells_its_figures_as_they_are_written(
    site: Reader, connection: sqlite3.Connection
) -> None:
    article, text = connection.execute(
        "SELECT article, text FROM figures WHERE kind = 'admissions'"
    ).fetchone()
    said = words_of(site.page(f"/corpus/articles/{article}").xpath("//*[@class='mentions']")[0])
    assert f"{text} được kết nạp" in said


def test_a_persons_page_tells_the_offices_as_the_articles_do(
    site: Reader, connection: sqlite3.Connection
) -> None:
    name, office = connection.execute("SELECT name, office FROM people WHERE office IS NOT NULL").fetchone()
    assert office in words_of(site.page(f"/nguoi?ten={quote(name)}").xpath("//table")[0])


@pytest.mark.parametrize(
    "address", ["/nguoi", "/nguoi?ten=", "/nguoi?ten=Khong+Ai", "/van-ban?so=%00", "/ban-luu/1"]
)
def test_what_no_article_names_is_not_found_in_words(site: Reader, address: str) -> None:
    response = site.get(address)
    assert response.status_code == 404
    assert "Không có trang này" in response.text


def test_an_article_leads_to_its_printings_elsewhere(site: Reader, connection: sqlite3.Connection) -> None:
    (copy, first) = connection.execute(
        "SELECT id, duplicate_of FROM articles WHERE duplicate_of IS NOT NULL LIMIT 1"
    ).fetchone()
    for one, other in ((copy, first), (first, copy)):
        page = site.page(f"/corpus/articles/{one}")
        links = page.xpath("//section[@aria-labelledby='cung-dang']//a/@href")
        assert f"/corpus/articles/{other}" in links


def test_the_archived_page_is_shown_and_can_do_nothing(site: Reader, connection: sqlite3.Connection) -> None:
    article, headline = connection.execute(
        "SELECT id, headline FROM articles WHERE portal = 'mau_ha_noi'"
    ).fetchone()
    page = site.page(f"/corpus/articles/{article}")
    (link,) = page.xpath("//a[text()='trang như đã lưu']/@href")
    response = site.get(link)
    assert response.status_code == 200
    assert headline[:20] in response.text
    policies = response.headers.get_list("content-security-policy")
    assert len(policies) == 1
    assert policies[0].startswith("sandbox; default-src 'none'")


def test_no_file_beside_the_archive_is_reachable(
    demo: Path, tmp_path: Path, connection: sqlite3.Connection
) -> None:
    archive = demo / "archive"
    assert copy_of(archive, "../corpus.db", 0) is None
    assert copy_of(archive, str(demo / "corpus.db"), 0) is None
    (file,) = {path.name for path in archive.glob("*.warc.gz")} or {""}
    assert copy_of(archive, file, 7) is None
