"""The replay: which of many captures of an address answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, Capture
from crawler.clock import now
from crawler.data_directory import DataDirectory
from crawler.discovery.contract import PageRequest
from crawler.exceptions import ArchiveError
from crawler.posted import Posted
from crawler.replay import Replay
from crawler.target import Target

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


def posted(folder: Path, media_type: str, **bodies: bytes) -> Replay:
    """Return the replay of one address that answered each body with the name given here."""
    writer = ArchiveWriter(folder)
    for day, (name, body) in enumerate(bodies.items(), start=1):
        sent = Posted(body, [("Content-Type", media_type)])
        moment = f"2023-05-0{day}T08:15:00+07:00"
        writer.append(Capture(PAGE, moment, 200, [], name.encode(), posted=sent))
    writer.append(Capture(PAGE, "2023-05-01T08:15:00+07:00", 200, [], b"page itself"))
    writer.close()
    return Replay(folder.glob("*.warc.gz"))


@pytest.mark.parametrize(
    ("media_type", "bodies"),
    [
        ("application/x-www-form-urlencoded", {"second": b"page=2&q=a%20b", "third": b"page=3&q="}),
        (
            "application/json; charset=utf-8",
            {"second": b'{"page": 2, "q": "a b"}', "third": b'{"page":3,"q":""}'},
        ),
    ],
)
def test_a_form_is_answered_by_what_it_was_answered_however_it_was_sent(
    tmp_path: Path, media_type: str, bodies: dict[str, bytes]
) -> None:
    replay = posted(tmp_path, media_type, **bodies)
    answers = [replay.get(PAGE, form) for form in ("page=2&q=a+b", "page=3&q=", None)]
    assert [answer and answer.body for answer in answers] == [b"second", b"third", b"page itself"]
    assert replay.get(PAGE, "page=4&q=") is None


def test_what_a_killed_run_was_answered_to_a_form_is_no_answer_to_the_address_itself(tmp_path: Path) -> None:
    request = PageRequest(PAGE, (("page", "2"),))
    second = Target.for_list("so_thu", request, None)
    data = DataDirectory.open(tmp_path)
    for target in (second, Target("so_thu", PAGE, "list")):
        data.frontier.offer(target, now())
    sent = Posted(b"page=2", [("Content-Type", "application/x-www-form-urlencoded")])
    data.writer.append(
        Capture(PAGE, now(), 200, [], b"<p>2</p>", posted=sent)
    )  # and killed before it is indexed
    data.release()
    data = DataDirectory.open(tmp_path)
    pages = [data.frontier.get("so_thu", url) for url in (second.url, PAGE)]
    data.release()
    assert [page and page.record for page in pages] == [1, None]
