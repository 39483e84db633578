"""What a crawl asked for some days leaves to the next one, and where redirects lead."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, Capture
from crawler.period import Period
from tests.crawling import tinso

HOME = "http://sotttt.hanoi.gov.vn/"
LIST = HOME + "hoat-ong-ang-oan-the"
HTML = [("Content-Type", "text/html;charset=UTF-8")]
TEXT = "<p>Chi bộ Văn phòng tổ chức sinh hoạt chuyên đề về chuyển đổi số, bàn việc quý tới.</p>" * 4


def address(number: int) -> str:
    return f"{LIST}/-/view_content/{number}-bai-so-{number}.html"


def article(number: int) -> Capture:
    body = (
        f'<html><body><div class="asset-full-content-title">Chi bộ Văn phòng họp phiên thứ {number}</div>'
        f'<div class="assetPublishDate">{number % 28 + 1:02}/03/{2010 + number} | 5:23 PM</div>'
        f'<div class="asset-full-content"><div class="journal-content-article">{TEXT}</div></div></body></html>'
    )
    return Capture(address(number), "2025-08-27T13:00:00+07:00", 200, HTML, body.encode())


def list_page(page: int, numbers: list[int], last: int) -> Capture:
    rows = "".join(
        f'<div class="asset-abstract"><h3 class="asset-title"><a href="{address(number)}">'
        f"Chi bộ Văn phòng họp phiên thứ {number}</a></h3>"
        f'<div class="assetPublishDate">{number % 28 + 1:02}/03/{2010 + number} | 05:23 PM</div></div>'
        for number in numbers
    )
    pager = "".join(f'<a href="{LIST}?_101_cur={number}">{number}</a> ' for number in range(1, last + 1))
    url = LIST if page == 1 else f"{LIST}?_101_cur={page}"
    body = f"<html><body>{rows}<div class='pager'>{pager}</div></body></html>"
    return Capture(url, "2025-08-27T13:00:00+07:00", 200, HTML, body.encode())


def redirect(url: str, to: str) -> Capture:
    return Capture(url, "2025-08-27T13:00:00+07:00", 302, [("Location", to), *HTML], b"")


def recording(folder: Path, *captures: Capture) -> Path:
    writer = ArchiveWriter(folder)
    for capture in captures:
        writer.append(capture)
    writer.close()
    return next(folder.glob("*.warc.gz"))


def crawl(data: Path, warc: Path, *arguments: str) -> dict[str, int]:
    process = tinso("crawl", "hanoi_stttt", "--from-archive", warc, "--data", data, *arguments)
    assert process.returncode == 0, process.stdout + process.stderr
    with sqlite3.connect(data / "corpus.db") as connection:
        return dict(
            connection.execute(
                "SELECT outcome, sum(urls) FROM outcomes WHERE run = (SELECT max(run) FROM runs) GROUP BY outcome"
            )
        )


@pytest.mark.parametrize("period", [("--since", "2018-01-01"), ("--until", "2013-12-31")])
def test_what_a_crawl_of_some_days_left_out_comes_with_the_next_whole_one(
    tmp_path: Path, period: tuple[str, str]
) -> None:
    pages = [list_page(1, [10, 9, 8], 3), list_page(2, [7, 6, 5], 3), list_page(3, [4, 3, 2], 3)]
    warc = recording(tmp_path / "warc", *pages, *(article(number) for number in range(2, 11)))
    some = crawl(tmp_path / "data", warc, *period)
    assert some["new"] == (3 if period[0] == "--since" else 2)
    rest = crawl(tmp_path / "data", warc)
    assert rest == {"listed": 3, "new": 9 - some["new"]}
    assert crawl(tmp_path / "data", warc) == {"listed": 1}


def test_an_article_that_leads_home_or_to_another_host_is_no_article(tmp_path: Path) -> None:
    warc = recording(
        tmp_path / "warc",
        list_page(1, [5, 4, 3, 2], 1),
        article(5),
        redirect(address(4), HOME),
        redirect(address(3), "http://bao.example.vn/tin/3.html"),
        redirect(address(2), LIST),
        Capture(HOME, "2025-08-27T13:00:00+07:00", 200, HTML, list_page(1, [5, 4], 1).body),
        Capture("http://bao.example.vn/tin/3.html", "2025-08-27T13:00:00+07:00", 200, HTML, article(3).body),
    )
    assert crawl(tmp_path / "data", warc) == {"listed": 1, "new": 1, "soft_404": 2, "off_site": 1}


def test_a_day_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="since: '2024' is no date"):
        Period("2024", None)
