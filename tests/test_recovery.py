"""What killed runs leave: every archived page is read once, and none is archived twice, however many kills."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archive import Capture
from crawler.clock import now
from crawler.data_directory import DataDirectory
from crawler.frontier import Frontier
from crawler.target import Target
from pipelines.outcomes import Outcome

AT = "2023-05-04T08:15:00+07:00"
HOST = "http://so.example.vn"
PAGES = [f"{HOST}/{kind}-{number}.html" for number in range(4) for kind in ("bai", "moved")]
PAGE = "<html><body><p>Chi bộ họp.</p></body></html>".encode()


class Run:
    """A crawl over a list of pages, by the data directory of a real one."""

    def __init__(self, path: Path, *, steps: int, commit_every: int) -> None:
        self._data = DataDirectory.open(path)
        self._steps, self._commit_every = steps, commit_every

    def crawl(self, pages: Sequence[str]) -> None:
        """Ask for every page that is not read; `kill -9` this process after some steps."""
        for number, url in enumerate(pages, 1):
            self._page(url)
            if number % self._commit_every == 0:
                self._data.flush()
        self._data.close()

    def _page(self, url: str) -> None:
        frontier, target = self._data.frontier, Target("so_thu", url, "article")
        frontier.offer(target, AT)
        if frontier.outcome("so_thu", url):
            return
        waiting = frontier.get("so_thu", url)
        if not (waiting and waiting.record) and frontier.claim("so_thu", url) is None:
            self._step()
            frontier.fetched("so_thu", url, self._fetch(url))
        self._step()
        frontier.settle("so_thu", url, Outcome.INCOMPLETE, at=now())  # a corpus without it is not a lost one

    def _fetch(self, url: str) -> int:
        """Archive a page; one with "moved" in its address lies elsewhere."""
        there = url.replace("moved", "there")
        if there != url:
            self._data.keep(Capture(url, AT, 302, [("Location", there)], b""), "so_thu", url)
            self._step()
        archived = self._data.keep(Capture(there, AT, 200, [], PAGE), "so_thu", url)
        self._step()
        return archived.record

    def _step(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def in_child(act: Callable[[], None]) -> int:
    """Do something in a process of its own; return what `waitpid` tells of its end."""
    sys.stdout.flush()
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    try:
        act()
    except BaseException:  # noqa: BLE001 (the child must never come back into pytest)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def run(data: Path, steps: int = 1000, commit_every: int = 3) -> None:
    """Crawl in a process of its own, which may be killed."""
    ended = in_child(lambda: Run(data, steps=steps, commit_every=commit_every).crawl(PAGES))
    assert ended in (0, signal.SIGKILL)


def archived(data: Path) -> Counter[str]:
    """Return how often the archive holds each page."""
    with closing(Frontier(data / "state.db")) as frontier:
        rows = frontier.connection.execute("SELECT page FROM records WHERE status = 200")
        return Counter(page for (page,) in rows)


@pytest.mark.parametrize("first", [1, 2, 9, 20])
@pytest.mark.parametrize("second", [0, 5])
def test_a_run_killed_before_it_claims_what_the_killed_one_before_it_archived_forgets_nothing(
    tmp_path: Path, first: int, second: int
) -> None:
    run(tmp_path, first, commit_every=100)
    run(tmp_path, second, commit_every=100)
    run(tmp_path)
    assert archived(tmp_path) == Counter(PAGES)


@settings(max_examples=10, deadline=None)
@given(kills=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=4))
def test_no_kills_lose_a_page_or_have_one_archived_twice(
    tmp_path_factory: pytest.TempPathFactory, kills: list[tuple[int, int]]
) -> None:
    data = tmp_path_factory.mktemp("data")
    for steps, commit_every in kills:
        run(data, steps, commit_every)
    run(data)
    assert archived(data) == Counter(PAGES)
    with closing(Frontier(data / "state.db")) as frontier:
        assert frontier.waiting("so_thu") == []


def leave(data: Path, *captures: Capture, waiting: str = "") -> None:
    """Leave in the archive what was had for a page; a page that waits, and the first capture, are committed."""

    def act() -> None:
        directory = DataDirectory.open(data)
        if waiting:
            directory.frontier.offer(Target("so_thu", waiting, "article"), AT)
        for capture in captures:
            directory.keep(capture, "so_thu", captures[0].url)
            if waiting and capture is captures[0]:
                directory.flush()

    assert in_child(act) == 0


@pytest.fixture
def reopened(tmp_path: Path) -> Iterator[Callable[[], DataDirectory]]:
    """What opens the data directory; it is closed after the test."""
    opened: list[DataDirectory] = []

    def reopen() -> DataDirectory:
        opened.append(DataDirectory.open(tmp_path))
        return opened[-1]

    yield reopen
    for data in opened:
        data.close()


def test_a_page_that_breaks_off_in_the_archive_is_asked_for_again(
    tmp_path: Path, reopened: Callable[[], DataDirectory]
) -> None:
    leave(tmp_path, Capture(PAGES[0], AT, 200, [], PAGE[:-20]))
    data = reopened()
    data.frontier.offer(Target("so_thu", PAGES[0], "article"), AT)
    assert data.frontier.claim("so_thu", PAGES[0]) is None


def test_a_redirect_that_state_db_knows_leads_to_the_page_that_it_does_not(
    tmp_path: Path, reopened: Callable[[], DataDirectory]
) -> None:
    moved, there = f"{HOST}/moved.html", f"{HOST}/there.html"
    redirect = Capture(moved, AT, 301, [("Location", "/there.html")], b"")
    leave(tmp_path, redirect, Capture(there, AT, 200, [], PAGE), waiting=moved)
    data = reopened()
    (page,) = data.frontier.waiting("so_thu")
    assert page.url == moved and page.record
    capture, _ = data.read(page.record)
    assert capture.url == there


def test_what_portals_side_by_side_did_is_made_durable_for_all_at_once(
    reopened: Callable[[], DataDirectory], monkeypatch: pytest.MonkeyPatch
) -> None:
    directory, clock, commits = reopened(), [100.0], []
    monkeypatch.setattr("crawler.data_directory.time.monotonic", lambda: clock[0])
    monkeypatch.setattr(directory.frontier, "commit", lambda: commits.append(clock[0]))
    for second in (0.0, 0.3, 0.6, 2.0, 2.3, 4.0):  # the timers of three portals
        clock[0] = 100.0 + second
        directory.flush(unless_within=1.0)
    assert commits == [100.0, 102.0, 104.0]
    monkeypatch.undo()


def test_of_two_pages_that_wait_the_one_that_a_redirect_began_at_is_answered(
    tmp_path: Path, reopened: Callable[[], DataDirectory]
) -> None:
    moved, there = f"{HOST}/moved.html", f"{HOST}/bai.html"

    def act() -> None:
        directory = DataDirectory.open(tmp_path)
        for url in (moved, there):
            directory.frontier.offer(Target("so_thu", url, "article"), AT)
        directory.flush()
        directory.keep(Capture(moved, AT, 301, [("Location", "/bai.html")], b""), "so_thu", moved)
        directory.keep(Capture(there, AT, 200, [], PAGE), "so_thu", moved)

    assert in_child(act) == 0
    frontier = reopened().frontier
    records = {page.url: page.record for page in frontier.waiting("so_thu")}
    assert records[moved] and not records[there]
