"""`tinso verify` finds what is wrong and says what mends it; a lost corpus comes back from the archive."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crawler.backfill.book import Book
from crawler.data_directory import DataDirectory
from crawler.health.history import History
from crawler.health.visit import Visit
from crawler.verify import _BESIDE, verify
from tests.crawling import finished, here, rows_of, tinso
from tests.test_bad_input import HTML, LIST, address, article, crawl, list_of, recording

ARTICLES = 6


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A recording, and a data directory into which it was crawled."""
    folder = tmp_path_factory.mktemp("whole")
    numbers = range(1, ARTICLES + 1)
    pages = [(address(number), article(f"Bài số {number} của chi bộ"), HTML) for number in numbers]
    warc = recording(folder / "warc", (LIST, list_of(numbers), HTML), *pages)
    status, said = crawl(folder / "data", warc)
    assert status == 0, said
    return warc, folder / "data"


@pytest.fixture
def data(whole: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the data directory, to be damaged."""
    return Path(shutil.copytree(whole[1], tmp_path / "data"))


def verified(data: Path) -> tuple[int, str]:
    process = here("verify", "--data", data)
    assert "Traceback" not in process.stderr
    return process.returncode, process.stdout + process.stderr


def damage(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / "corpus.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_data_directory_as_it_was_written_is_whole(data: Path) -> None:
    assert verified(data) == (0, f"{data}: whole\n")


def test_a_flipped_byte_in_the_archive_is_found_with_file_and_offset(data: Path) -> None:
    file = next((data / "archive").iterdir())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x40
    file.write_bytes(content)
    status, said = verified(data)
    assert status == 1
    assert f"{file}: damaged at byte" in said


def test_a_missing_archive_file_is_found(data: Path) -> None:
    file = next((data / "archive").iterdir())
    file.unlink()
    assert verified(data) == (
        1, f"archive/{file.name}: is missing; bring it back from a copy\n{data}: 1 problems\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "DELETE FROM articles_fts_docsize WHERE id = (SELECT min(id) FROM articles)",
            "is not in the full-text",
        ),
        ("INSERT INTO articles_fts (rowid, headline) VALUES (7, 'thừa')", "has row 7, but there is no such"),
    ],
)
def test_an_index_with_a_row_too_few_or_too_many_is_found_and_made_anew(
    data: Path, statement: str, found: str
) -> None:
    damage(data, statement)
    status, said = verified(data)
    assert status == 1 and found in said and "tinso verify --reindex" in said
    assert here("verify", "--reindex", "--data", data).returncode == 0


def test_an_article_without_text_is_found_and_stops_no_reindexing(data: Path) -> None:
    damage(data, "DELETE FROM article_text WHERE id = (SELECT min(id) FROM articles)")
    process = here("verify", "--reindex", "--data", data)
    assert process.returncode == 1
    assert "has no text" in process.stdout and process.stderr == ""


def index(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "state.db")) as connection, connection:
        connection.execute(statement)


def test_an_index_row_without_record_is_found(data: Path) -> None:
    index(
        data,
        "INSERT INTO records (file, offset, length, url, status, fetched_at) "
        "SELECT file, max(offset) + length, 10, 'http://so.example.vn/', 200, fetched_at FROM records",
    )
    ((file, offset),) = query(data, "SELECT file, max(offset) FROM records")
    lost = f"archive/{file}: no response at byte {offset}, where state.db has http://so.example.vn/"
    assert list(verify(data)) == [f"{lost}; bring the file back from a copy"]


def test_a_record_without_index_row_is_found(data: Path) -> None:
    ((file, offset),) = query(data, "SELECT file, max(offset) FROM records WHERE page LIKE '%bai%'")
    index(data, f"DELETE FROM records WHERE offset = {offset}")
    found = list(verify(data))
    assert found[0] == (
        f"archive/{file}: the response at byte {offset} is not indexed; the next crawl takes it in"
    )
    assert "which the archive lacks" in found[1] and len(found) == 2


def query(data: Path, sql: str) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(data / "state.db")) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def full(data: Path) -> Path:
    """The data directory, with all files that it may have."""
    with closing(History(data / "health.db")) as history:
        history.record(Visit(portal="hanoi_stttt", at="2023-05-04T08:15:00+07:00"))
        history.measure("2023-05-04", 1000)
    damage(
        data,
        "INSERT INTO health (portal, state, is_red, since, reason, checked) "
        "VALUES ('hanoi_stttt', 'ok', 0, '2023-05-04', 'hoạt động tốt', '2023-05-04')",
    )
    Book(data / "backfill.db").close()
    return data


def test_all_files_are_whole(full: Path) -> None:
    assert list(verify(full)) == []


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("health.db", "bring it back from a copy"),
        ("duplicates.db", "the next crawl makes it anew"),
        ("backfill.db", "the next 'tinso backfill' asks the web archives again"),
    ],
)
def test_a_damaged_file_beside_is_found_and_a_missing_one_is_missed(full: Path, name: str, act: str) -> None:
    content = bytearray((full / name).read_bytes())
    for page in range(1024, len(content), 1024):
        content[page : page + 64] = b"\xff" * 64
    (full / name).write_bytes(content)
    found = list(verify(full))
    assert found and all(one.startswith(f"{name}: ") and act in one for one in found)
    (full / name).write_bytes(b"<html>" * 100)
    assert list(verify(full)) == [f"{name}: file is not a database; {_BESIDE[name][0]}"]
    (full / name).unlink()
    missed = [] if name == "backfill.db" else [f"{name}: is missing; {_BESIDE[name][1]}"]
    assert list(verify(full)) == missed


@pytest.mark.parametrize("database", ["state.db", "corpus.db"])
def test_a_damaged_database_is_named(data: Path, database: str) -> None:
    content = bytearray((data / database).read_bytes())
    for page in range(8192, len(content), 4096):
        content[page : page + 64] = b"\xff" * 64
    (data / database).write_bytes(content)
    status, said = verified(data)
    assert status == 1 and f"{database}: " in said and "malformed" in said
    for arguments in (("portals",), ("search", "chi bộ"), ("crawl", "hanoi_stttt")):
        assert "Traceback" not in tinso(*arguments, "--data", data, http_proxy="http://127.0.0.1:9").stderr


def test_a_lost_corpus_is_missed_and_comes_back_from_the_archive(
    whole: tuple[Path, Path], data: Path
) -> None:
    before = rows_of(data)
    damage(data, "DELETE FROM sightings", "DELETE FROM article_text", "DELETE FROM articles")
    status, said = verified(data)
    assert status == 1 and f"{ARTICLES} articles of hanoi_stttt that were read are not there" in said
    (data / "corpus.db").unlink()
    status, said = crawl(data, whole[0])
    assert status == 0 and f"{ARTICLES} pages are read again from the archive" in said
    after = rows_of(data)
    assert after["articles"] == before["articles"] and after["article_text"] == before["article_text"]
    assert verified(data)[0] == 0


@pytest.mark.parametrize("arguments", ["export", "export --format json", "search chi"])
def test_a_reader_that_has_enough_is_no_failure(data: Path, arguments: str) -> None:
    piped = 'set -o pipefail; python=$0; "$python" -c \'from crawler.cli import main; main()\' "$@" | true'
    line = ["bash", "-c", piped, sys.executable, *arguments.split(), "--data", str(data)]
    process = finished(line)
    assert (process.returncode, process.stderr) == (0, "")


def test_an_index_that_has_other_words_than_the_article_is_found_and_made_anew(data: Path) -> None:
    damage(
        data,
        "UPDATE articles SET headline = 'Đầu đề đã sửa bằng tay' WHERE id = (SELECT max(id) FROM articles)",
    )
    status, said = verified(data)
    assert status == 1
    assert "the full-text index has other words for article" in said
    assert here("verify", "--reindex", "--data", data).returncode == 0


def test_while_a_crawl_is_going_on_verify_says_so_in_one_line(data: Path) -> None:
    crawl = DataDirectory.open(data)
    try:
        status, said = verified(data)
    finally:
        crawl.close()
    assert status == 1
    assert said == f"tinso: {data}: a crawl is using this data directory; try again when it has ended\n"


def test_a_run_ends_even_if_a_portal_did_not_give_the_data_directory_back(data: Path) -> None:
    DataDirectory.open(data)
    crawl = DataDirectory.open(data)
    crawl.close()
    assert verified(data) == (0, f"{data}: whole\n")
    with closing(sqlite3.connect(data / "corpus.db")) as connection:
        assert connection.execute("SELECT count(*) FROM runs WHERE finished IS NULL").fetchone() == (0,)


def test_no_page_is_called_fetched_before_its_response_is_on_the_disk_itself(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl, order = DataDirectory.open(data), []
    monkeypatch.setattr(crawl.writer, "sync", lambda: order.append("archive"))
    monkeypatch.setattr(crawl.frontier, "commit", lambda: order.append("frontier"))
    crawl.settle([])
    monkeypatch.undo()
    crawl.close()
    assert order == ["archive", "frontier"]
