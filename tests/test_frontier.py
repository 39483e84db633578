"""The frontier: what is taken in once, what is tried again, what a killed run leaves to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.exceptions import DataDirectoryError
from crawler.frontier import Frontier, read_successes
from crawler.schedule import MOST_TRIES
from crawler.target import Target
from pipelines.outcomes import Outcome

AT = "2023-05-04T08:15:00+07:00"
LATER = "2023-05-05T08:15:00+07:00"
LIST = Target("so_thu", "http://so.example.vn/cong-tac-dang", "list", section="Công tác Đảng")
PAGE = Target(
    "so_thu", "http://so.example.vn/bai-7.html", "article", section="Công tác Đảng", asset="7",
    headline="Chi bộ họp", stamp="04/05/2023",
)  # fmt: skip
AGAIN = {
    Outcome.CHALLENGED, Outcome.HTTP_ERROR, Outcome.TLS_ERROR, Outcome.DNS_ERROR, Outcome.TIMEOUT,
    Outcome.NOT_ARCHIVED, Outcome.SKIPPED_BUDGET, Outcome.BLOCKED_BY_ROBOTS,
}  # fmt: skip


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    """An empty frontier."""
    frontier = Frontier(tmp_path / "state.db")
    yield frontier
    frontier.close()


def urls(targets: list[Target]) -> list[str]:
    return [target.url for target in targets]


def article(number: int) -> Target:
    return replace(PAGE, url=f"http://so.example.vn/bai-{number}.html", asset=str(number))


# What is taken in


def test_a_url_is_new_once_and_known_from_then_on(frontier: Frontier) -> None:
    assert [frontier.offer(PAGE, AT), frontier.offer(PAGE, LATER)] == ["new", "known"]
    assert [frontier.offer(LIST, AT), frontier.offer(LIST, LATER)] == ["new", "known"]
    assert frontier.get("so_thu", PAGE.url) == PAGE


def test_the_same_asset_at_another_address_is_a_copy_and_not_queued(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    copy = replace(PAGE, url="http://so.example.vn/tin-tuc/bai-7.html")
    assert frontier.offer(copy, AT) == "copy"
    assert urls(frontier.waiting("so_thu")) == [PAGE.url]


def test_where_the_first_address_held_no_article_another_one_may(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    frontier.settle("so_thu", PAGE.url, Outcome.GONE, at=AT)
    copy = replace(PAGE, url="http://so.example.vn/tin-tuc/bai-7.html")
    assert [frontier.offer(copy, LATER), frontier.offer(copy, LATER)] == ["new", "known"]
    assert urls(frontier.waiting("so_thu")) == [copy.url]


def test_portals_are_apart(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    assert frontier.offer(replace(PAGE, portal="so_khac"), AT) == "new"
    assert urls(frontier.waiting("so_khac")) == [PAGE.url]


def test_pages_without_an_asset_are_told_apart_by_address_alone(frontier: Frontier) -> None:
    pages = [replace(article(number), asset=None) for number in (1, 2)]
    assert [frontier.offer(page, AT) for page in pages] == ["new", "new"]


def test_what_the_list_printed_is_kept_as_it_was_first_seen(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    frontier.offer(replace(PAGE, headline="Tiêu đề khác"), LATER)
    kept = frontier.get("so_thu", PAGE.url)
    assert kept and (kept.headline, kept.stamp) == (PAGE.headline, PAGE.stamp)


def test_an_unknown_page_is_none(frontier: Frontier) -> None:
    assert frontier.get("so_thu", PAGE.url) is None


# How a page ends


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_page_waits_again_only_after_what_another_day_may_mend(
    frontier: Frontier, outcome: Outcome
) -> None:
    frontier.offer(PAGE, AT)
    frontier.settle("so_thu", PAGE.url, outcome, at=AT)
    assert (urls(frontier.waiting("so_thu")) == [PAGE.url]) == (outcome in AGAIN)


def test_a_page_that_always_fails_is_given_up_and_a_success_forgives_all(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    for _ in range(MOST_TRIES - 1):
        frontier.settle("so_thu", PAGE.url, Outcome.TIMEOUT, at=AT)
    assert urls(frontier.waiting("so_thu")) == [PAGE.url]
    frontier.settle("so_thu", PAGE.url, Outcome.TIMEOUT, at=AT)
    assert frontier.waiting("so_thu") == []
    assert urls(frontier.waiting("so_thu", give_up_after=MOST_TRIES + 1)) == [PAGE.url]
    frontier.settle("so_thu", PAGE.url, Outcome.NEW, at=AT)
    frontier.settle("so_thu", PAGE.url, Outcome.TIMEOUT, at=AT)
    assert urls(frontier.waiting("so_thu")) == [PAGE.url]


@pytest.mark.parametrize("outcome", [Outcome.NOT_ARCHIVED, Outcome.SKIPPED_BUDGET])
def test_what_is_not_the_pages_fault_is_no_try(frontier: Frontier, outcome: Outcome) -> None:
    frontier.offer(PAGE, AT)
    for _ in range(MOST_TRIES + 1):
        frontier.settle("so_thu", PAGE.url, outcome, at=AT)
    assert urls(frontier.waiting("so_thu")) == [PAGE.url]


@pytest.mark.parametrize("outcome", [Outcome.NOT_ARCHIVED, Outcome.SKIPPED_BUDGET])
def test_a_run_that_did_not_come_to_a_page_changes_nothing_that_is_known_of_it(
    frontier: Frontier, outcome: Outcome
) -> None:
    read, archived = article(1), article(2)
    for page in (read, archived):
        frontier.offer(page, AT)
    frontier.settle("so_thu", read.url, Outcome.NEW, at=AT, body_digest="một")
    record = frontier.archived("a.warc.gz", 0, 10, archived.url, 200, AT)
    frontier.fetched("so_thu", archived.url, record)
    for page in (read, archived):
        frontier.settle("so_thu", page.url, outcome, at=LATER, body_digest="hai")
    assert [(page.url, page.record) for page in frontier.waiting("so_thu")] == [(archived.url, record)]
    assert list(frontier.read_articles()) == [("so_thu", read.url)]
    kept = frontier.get("so_thu", read.url)
    assert kept and kept.body_digest == "một"


def test_a_digest_once_written_stays_until_the_next(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    frontier.settle("so_thu", PAGE.url, Outcome.NEW, at=AT, body_digest="một")
    frontier.settle("so_thu", PAGE.url, Outcome.NOT_MODIFIED, at=LATER)
    kept = frontier.get("so_thu", PAGE.url)
    assert kept and kept.body_digest == "một"


@pytest.mark.parametrize("outcome", [Outcome.PARSE_ERROR, Outcome.INCOMPLETE, Outcome.CHALLENGED])
def test_a_page_that_was_not_read_is_asked_for_whole_and_read_again(
    frontier: Frontier, outcome: Outcome
) -> None:
    frontier.offer(PAGE, AT)
    record = frontier.archived("a.warc.gz", 0, 10, PAGE.url, 200, AT)
    frontier.fetched("so_thu", PAGE.url, record, etag='"e"', last_modified="Thu, 04 May 2023 01:15:00 GMT")
    frontier.settle("so_thu", PAGE.url, outcome, at=AT, body_digest="một")
    assert frontier.articles("so_thu") == [PAGE]


def test_a_page_that_broke_off_is_asked_for_again_even_after_a_kill(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    frontier.fetched("so_thu", PAGE.url, frontier.archived("a.warc.gz", 0, 10, PAGE.url, 200, AT))
    frontier.not_had("so_thu", PAGE.url)
    assert [target.record for target in frontier.waiting("so_thu")] == [None]
    frontier.settle("so_thu", PAGE.url, Outcome.NEW, at=AT)
    frontier.not_had("so_thu", PAGE.url)
    assert frontier.waiting("so_thu") == []


# What is left to do


def test_what_is_archived_is_read_first_then_lists_are_fetched_then_articles_in_order(
    frontier: Frontier,
) -> None:
    for number in (3, 2, 1):
        frontier.offer(article(number), AT)
    frontier.offer(article(4), "2022-01-01T00:00:00+07:00")
    frontier.offer(LIST, LATER)
    record = frontier.archived("a.warc.gz", 0, 10, article(3).url, 200, AT)
    frontier.fetched(
        "so_thu", article(3).url, record, etag='"e"', last_modified="Thu, 04 May 2023 01:15:00 GMT"
    )
    waiting = frontier.waiting("so_thu")
    assert urls(waiting) == [article(3).url, LIST.url, article(4).url, article(1).url, article(2).url]
    assert [target.record for target in waiting] == [record, None, None, None, None]
    assert waiting[0].etag == '"e"'


def found(frontier: Frontier, page: str = PAGE.url, at: str = AT, status: int = 200) -> int:
    """Enter a response that a killed run left in the archive."""
    offset = 10 * len(list(frontier.records()))
    return frontier.archived("a.warc.gz", offset, 10, page, status, at, page=page)


def owner(frontier: Frontier, record: int) -> tuple[str | None, str]:
    sql = "SELECT portal, page FROM records WHERE record = ?"
    return frontier.connection.execute(sql, (record,)).fetchone()


def test_a_response_found_after_a_kill_is_read_and_not_fetched_again(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    record = found(frontier)
    frontier.answer_waiting((PAGE.url, PAGE.url), record)
    assert [target.record for target in frontier.waiting("so_thu")] == [record]
    assert owner(frontier, record) == ("so_thu", PAGE.url)


def test_a_response_found_after_a_kill_answers_one_portal(frontier: Frontier) -> None:
    for portal in ("so_thu", "so_khac"):
        frontier.offer(replace(PAGE, portal=portal), AT)
    record = found(frontier)
    frontier.answer_waiting((PAGE.url, PAGE.url), record)
    waiting = [frontier.waiting(portal)[0].record for portal in ("so_khac", "so_thu")]
    assert waiting == [record, None] and frontier.claim("so_thu", PAGE.url) is None


def test_a_settled_page_is_not_woken_by_an_old_response(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    frontier.settle("so_thu", PAGE.url, Outcome.NEW, at=AT)
    frontier.answer_waiting((PAGE.url, PAGE.url), found(frontier))
    assert frontier.waiting("so_thu") == []


def test_a_response_whose_page_is_not_known_waits_until_a_portal_claims_it(frontier: Frontier) -> None:
    record = found(frontier)
    frontier.answer_waiting((PAGE.url, PAGE.url), record)
    assert owner(frontier, record) == (None, PAGE.url)
    frontier.offer(PAGE, LATER)
    assert frontier.claim("so_thu", PAGE.url) == record
    assert [target.record for target in frontier.waiting("so_thu")] == [record]
    assert owner(frontier, record) == ("so_thu", PAGE.url)
    assert frontier.claim("so_thu", PAGE.url) is None


def test_the_last_response_is_claimed_and_no_error_is(frontier: Frontier) -> None:
    found(frontier)
    last = found(frontier, at=LATER)
    found(frontier, at=LATER, status=500)
    frontier.offer(PAGE, LATER)
    assert frontier.claim("so_thu", PAGE.url) == last


@pytest.mark.parametrize(
    ("due", "claimed"),
    [("2023-05-05T08:00:00+07:00", True), ("2023-05-05T09:00:00+07:00", False), (None, False)],
)
def test_of_a_page_that_was_read_the_reading_that_is_due_is_claimed(
    frontier: Frontier, due: str | None, claimed: bool
) -> None:
    frontier.offer(PAGE, AT)
    frontier.settle("so_thu", PAGE.url, Outcome.NEW, at=AT)
    frontier.connection.execute("UPDATE pages SET next_fetch_at = ?", (due,))
    record = found(frontier, at=LATER)
    assert frontier.claim("so_thu", PAGE.url) == (record if claimed else None)


def test_what_was_archived_before_a_page_last_failed_is_not_claimed(frontier: Frontier) -> None:
    frontier.offer(PAGE, AT)
    found(frontier)
    frontier.settle("so_thu", PAGE.url, Outcome.CHALLENGED, at=LATER)
    assert frontier.claim("so_thu", PAGE.url) is None


def test_a_full_crawl_reads_every_article_and_no_list(frontier: Frontier) -> None:
    for target in (LIST, article(1), article(2)):
        frontier.offer(target, AT)
        frontier.settle("so_thu", target.url, Outcome.NEW, at=AT)
    assert urls(frontier.articles("so_thu")) == [article(1).url, article(2).url]


def test_a_full_crawl_leaves_the_links_that_left_the_portal_alone(frontier: Frontier) -> None:
    frontier.offer(replace(PAGE, url="http://bao.example.vn/bai-7.html", asset=None), AT)
    frontier.settle("so_thu", "http://bao.example.vn/bai-7.html", Outcome.OFF_SITE, at=AT)
    assert frontier.articles("so_thu") == []


def test_a_section_is_walked_to_its_end_once(frontier: Frontier) -> None:
    assert not frontier.walked("so_thu", LIST.url)
    frontier.mark_walked("so_thu", LIST.url, AT)
    frontier.mark_walked("so_thu", LIST.url, LATER)
    assert frontier.walked("so_thu", LIST.url) and not frontier.walked("so_khac", LIST.url)


# The archive's index


def test_a_response_indexed_twice_has_one_number(frontier: Frontier) -> None:
    numbers = {frontier.archived("a.warc.gz", 5, 10, PAGE.url, 200, AT) for _ in range(2)}
    assert len(numbers) == 1
    assert frontier.record(numbers.pop()) == ("a.warc.gz", 5)


def test_the_index_tells_where_each_file_has_been_read_to(frontier: Frontier) -> None:
    for file, offset in (("a.warc.gz", 0), ("a.warc.gz", 10), ("b.warc.gz", 0)):
        frontier.archived(file, offset, 10, PAGE.url, 200, AT)
    assert frontier.indexed_up_to() == {"a.warc.gz": 20, "b.warc.gz": 10}


# The file


def test_what_was_committed_survives_and_nothing_else(tmp_path: Path) -> None:
    killed = Frontier(tmp_path / "state.db")
    killed.offer(article(1), AT)
    killed.commit()
    killed.offer(article(2), AT)
    killed.connection.close()
    reopened = Frontier(tmp_path / "state.db")
    assert urls(reopened.waiting("so_thu")) == [article(1).url]
    reopened.close()


def test_last_success_and_number_of_pages_are_told_per_portal(frontier: Frontier, tmp_path: Path) -> None:
    frontier.offer(PAGE, AT)
    frontier.offer(replace(PAGE, portal="so_khac"), AT)
    frontier.settle("so_thu", PAGE.url, Outcome.NEW, at=AT)
    frontier.commit()
    assert read_successes(tmp_path / "state.db") == {"so_thu": (AT, 1), "so_khac": (None, 1)}
    assert read_successes(tmp_path / "none.db") == {}


@pytest.mark.parametrize("content", [b"<html>" * 100, b"SQLite format 3\0" + b"\xff" * 500])
def test_a_file_that_is_no_database_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "state.db"
    path.write_bytes(content)
    with pytest.raises(DataDirectoryError, match=r"state\.db: cannot be used"):
        Frontier(path)
    assert path.read_bytes() == content


def test_a_state_of_another_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    Frontier(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(DataDirectoryError, match=r"schema 99, this one uses \d+"):
        Frontier(path)
