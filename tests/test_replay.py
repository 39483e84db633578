"""The replay: which of many captures of an address answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, Capture
from crawler.exceptions import ArchiveError
from crawler.replay import Replay

PAGE = "http://so.example.vn/bai-7.html"


def archive(folder: Path, *answers: tuple[int, int, bytes]) -> Path:
    """Return a WARC file with captures of one page: (day of May 2023, status, body)."""
    writer = ArchiveWriter(folder)
    for day, status, body in answers:
        writer.append(Capture(PAGE, f"2023-05-0{day}T08:15:00+07:00", status, [], body))
    writer.close()
    return next(folder.glob("*.warc.gz"))


def answer(*paths: Path) -> tuple[int, bytes]:
    capture = Replay(paths).get(PAGE)
    assert capture
    return capture.status, capture.body


def test_the_latest_capture_answers_whatever_the_order_of_the_files(tmp_path: Path) -> None:
    early, late = archive(tmp_path / "1", (1, 200, b"early")), archive(tmp_path / "2", (2, 200, b"late"))
    assert answer(early, late) == answer(late, early) == (200, b"late")


def test_neither_not_modified_nor_a_later_error_hides_the_page(tmp_path: Path) -> None:
    warc = archive(tmp_path, (1, 200, b"page"), (2, 304, b""), (3, 503, b"busy"), (4, 404, b"gone"))
    assert answer(warc) == (200, b"page")


def test_an_error_answers_where_there_is_nothing_else(tmp_path: Path) -> None:
    assert answer(archive(tmp_path, (1, 503, b"busy"), (2, 404, b"gone"))) == (404, b"gone")


def test_a_file_that_adds_no_address_is_no_empty_file(tmp_path: Path) -> None:
    first = archive(tmp_path / "1", (1, 200, b"page"))
    assert answer(first, archive(tmp_path / "2", (2, 304, b""))) == (200, b"page")
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    with pytest.raises(ArchiveError, match="holds no response"):
        Replay([first, tmp_path / "empty.warc.gz"])
