"""Bad input gets a clear error, loses nothing and never ends the run."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from crawler.archive import ArchiveWriter, Capture
from crawler.data_directory import DataDirectory
from tests.crawling import command, finished, tinso

HOME = "http://sotttt.hanoi.gov.vn/"
LIST = HOME + "hoat-ong-ang-oan-the"
HTML = [("Content-Type", "text/html;charset=UTF-8")]

PARAGRAPHS = "".join(
    f"<p>Đoạn {number}: Chi bộ Văn phòng tổ chức sinh hoạt chuyên đề về chuyển đổi số, bàn việc quý tới.</p>"
    for number in range(5)
)


def address(number: int) -> str:
    return f"{LIST}/-/view_content/{number}-bai-{number}.html"


def article(headline: str) -> bytes:
    return (
        f'<html><body><div class="asset-full-content-title">{headline}</div>'
        '<div class="assetPublishDate">18/03/2020 | 5:23 PM</div><div class="asset-full-content">'
        f'<div class="journal-content-article">{PARAGRAPHS}</div></div></body></html>'
    ).encode()


def list_of(numbers: range) -> bytes:
    rows = "".join(
        f'<div class="asset-abstract"><h3 class="asset-title"><a href="{address(number)}">'
        f"Chi bộ Văn phòng sinh hoạt chuyên đề lần thứ {number}</a></h3></div>"
        for number in numbers
    )
    return f"<html><body>{rows}</body></html>".encode()


def recording(folder: Path, *pages: tuple[str, bytes, list[tuple[str, str]]]) -> Path:
    writer = ArchiveWriter(folder)
    for url, body, headers in pages:
        writer.append(Capture(url, "2022-08-27T13:00:00+07:00", 200, headers, body))
    writer.close()
    return next(folder.glob("*.warc.gz"))


def outcomes(data: Path) -> dict[str, int]:
    with sqlite3.connect(data / "corpus.db") as connection:
        return dict(connection.execute("SELECT outcome, sum(urls) FROM outcomes GROUP BY outcome"))


def crawl(data: Path, warc: Path) -> tuple[int, str]:
    process = tinso("crawl", "hanoi_stttt", "--from-archive", warc, "--data", data)
    return process.returncode, process.stdout + process.stderr


def test_an_unknown_portal_is_named_with_the_nearest(tmp_path: Path) -> None:
    process = tinso("crawl", "hanoi_sttt", "--data", tmp_path)
    assert process.returncode == 2
    assert "'hanoi_sttt' is no portal; did you mean hanoi_stttt" in process.stderr


@pytest.mark.parametrize(
    "crawl_again",
    [
        lambda data: command("crawl", "hanoi_stttt", "--data", data),
        lambda data: [sys.executable, "-m", "scrapy", "crawl", "hanoi_stttt", "-s", f"TINSO_DATA={data}"],
    ],
    ids=["tinso", "scrapy"],
)
def test_a_second_crawl_of_a_data_directory_is_refused_in_one_line(
    tmp_path: Path, crawl_again: Callable[[Path], list[str]]
) -> None:
    first = DataDirectory.open(tmp_path)
    try:
        process = finished(crawl_again(tmp_path))
    finally:
        first.close()
    assert process.returncode == 1
    crawl = f"another crawl is using this data directory (process {os.getpid()})"
    said = f"tinso: {tmp_path}: {crawl}; wait for it to end"
    assert process.stderr.splitlines() == [said]


def test_a_missing_recording_is_named_before_anything_is_written(tmp_path: Path) -> None:
    status, said = crawl(tmp_path / "data", tmp_path / "nowhere.warc.gz")
    assert status == 1
    assert f"{tmp_path}/nowhere.warc.gz: cannot be read" in said
    assert not (tmp_path / "data").exists()


def test_of_a_truncated_recording_the_good_records_are_used_and_the_damage_is_told(tmp_path: Path) -> None:
    pages = [(address(number), article(f"Bài số {number} của chi bộ"), HTML) for number in range(1, 6)]
    warc = recording(tmp_path / "warc", (LIST, list_of(range(1, 6)), HTML), *pages)
    whole = warc.read_bytes()
    warc.write_bytes(whole[:-200])
    status, said = crawl(tmp_path / "data", warc)
    assert status == 0
    assert f"{warc}: damaged at byte" in said
    assert outcomes(tmp_path / "data") == {"listed": 1, "new": 4, "not_archived": 1}


def test_pages_that_are_no_articles_are_counted_and_the_run_goes_on(tmp_path: Path) -> None:
    pdf = [("Content-Type", "application/pdf")]
    warc = recording(
        tmp_path / "warc",
        (LIST, list_of(range(1, 6)), HTML),
        (address(1), article(""), HTML),
        (address(2), b"%PDF-1.7 \x00\x01 no page at all", pdf),
        (address(3), article("Một trang quá lớn") + b" " * 50_000_000, HTML),
        (address(4), b"", HTML),
        (address(5), article("Chi bộ Văn phòng sinh hoạt chuyên đề"), HTML),
    )
    # The list row's text stands in for a missing headline; a page without it has none.
    _, said = crawl(tmp_path / "data", warc)
    found = outcomes(tmp_path / "data")
    assert found == {"listed": 1, "new": 2, "not_html": 2, "too_large": 1}, said
    assert "50,0" in said


def test_a_page_with_no_headline_anywhere_is_incomplete_and_says_what_is_missing(tmp_path: Path) -> None:
    page = f"<html><body><div class='asset-full-content-title'> </div><div class='journal-content-article'>{PARAGRAPHS}</div></body></html>"
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    process = tinso("extract", file, "--url", HOME + "x")
    assert process.returncode == 1
    assert "headline" in process.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    process = tinso("crawl", "hanoi_stttt", "--data", tmp_path / "data")
    assert process.returncode == 1
    assert f"{tmp_path}/data: cannot be written" in process.stderr


def test_a_full_disk_ends_the_crawl_and_blames_no_page(tmp_path: Path) -> None:
    noise = Random(1)
    pages = [
        (address(number), article(f"Bài số {number}") + noise.randbytes(40_000).hex().encode(), HTML)
        for number in range(1, 31)
    ]
    warc = recording(tmp_path / "warc", (LIST, list_of(range(1, 31)), HTML), *pages)
    arguments = command("crawl", "hanoi_stttt", "--from-archive", warc, "--data", tmp_path / "data")
    process = finished(["prlimit", "--fsize=700000", *arguments])
    assert process.returncode == 1
    assert f"{tmp_path}/data: cannot be written any more" in process.stderr
    assert "http_error" not in process.stdout + process.stderr
    status, said = crawl(tmp_path / "data", warc)
    assert status == 0, said
    with sqlite3.connect(tmp_path / "data" / "corpus.db") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (30,)
    assert tinso("verify", "--data", tmp_path / "data").returncode == 0


def test_a_file_in_the_place_of_the_data_directory_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    process = tinso("crawl", "hanoi_stttt", "--data", tmp_path / "file" / "data")
    assert process.returncode == 1
    assert "cannot be written" in process.stderr


def test_a_corpus_of_another_version_is_left_alone(tmp_path: Path) -> None:
    warc = recording(
        tmp_path / "warc", (LIST, list_of(range(1, 2)), HTML), (address(1), article("Bài một"), HTML)
    )
    crawl(tmp_path / "data", warc)
    with sqlite3.connect(tmp_path / "data" / "corpus.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    for arguments in (("crawl", "hanoi_stttt", "--from-archive", warc), ("search", "chi bộ"), ("export",)):
        process = tinso(*arguments, "--data", tmp_path / "data")
        assert process.returncode == 1
        assert "written by another version of tinso (schema 99" in process.stderr
        assert "Traceback" not in process.stderr


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    warc = recording(
        tmp_path / "warc", (LIST, list_of(range(1, 2)), HTML), (address(1), article("Bài một"), HTML)
    )
    crawl(tmp_path / "data", warc)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        served = tinso("serve", "--port", port, "--data", tmp_path / "data")
        demo = tinso("demo", "--no-serve", "--sample-port", port, "--data", tmp_path / "data")
    for process in (served, demo):
        assert process.returncode == 1
        assert f"port {port}" in process.stderr.lower() or f"cổng {port}" in process.stderr.lower()
        assert "Traceback" not in process.stderr


def test_search_without_a_corpus_says_what_to_do_first(tmp_path: Path) -> None:
    process = tinso("search", "dang bo", "--data", tmp_path)
    assert process.returncode == 1
    assert "no corpus here yet" in process.stderr
