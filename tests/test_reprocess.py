"""`tinso reprocess`: the archive gives the corpus that the crawls gave, whole or not at all."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crawler import reread
from crawler.cli import tinso as group
from crawler.data_directory import DataDirectory
from crawler.exceptions import SoftNotFound, TinsoError, UnknownPortal
from crawler.reprocess import reprocess
from crawler.sample_portals.server import SampleServer
from pipelines.outcomes import Outcome
from tests.crawling import RECORDING, ROOT, command, every_row, finished, tinso
from tests.rebuild_crawl import CRAWLED, declared, declared_here_alone

UNDECLARED = "generic_localhost"


def act(data: Path, port: int, *what: object) -> subprocess.CompletedProcess[str]:
    return finished([sys.executable, "-m", "tests.rebuild_crawl", str(data), str(port), *map(str, what)])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A directory into which five portals were crawled twice, one article of each changed between, and one
    that nobody has declared."""
    data = tmp_path_factory.mktemp("crawled")
    with SampleServer() as server:
        port = server.port
        for what in ("crawl", f"http://generic.localhost:{port}/"):
            process = act(data, port, what)
            assert process.returncode == 0, process.stdout + process.stderr
    with SampleServer(port, revision=2):
        assert act(data, port, "full").returncode == 0
    return data, port


@pytest.fixture
def copy(crawled: tuple[Path, int], tmp_path: Path) -> tuple[Path, int]:
    shutil.copytree(crawled[0], tmp_path / "data")
    return tmp_path / "data", crawled[1]


@contextmanager
def opened(data: Path) -> Iterator[DataDirectory]:
    directory = DataDirectory.open(data, source="reprocess")
    try:
        yield directory
    finally:
        directory.release()


def rebuild(data: Path, port: int, **how: Any) -> tuple[list[str], Counter[tuple[str, str, Outcome]]]:
    """Rebuild in this process; return what was kept, and the books."""
    counts: Counter[tuple[str, str, Outcome]] = Counter()
    with opened(data) as directory:
        return reprocess(directory, lambda: declared(port), counts, **how), counts


# The same rows.


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_corpus_comes_again_row_by_row(
    crawled: tuple[Path, int], copy: tuple[Path, int], jobs: int
) -> None:
    data, port = copy
    process = act(data, port, "rebuild", jobs)
    assert (process.returncode, process.stderr) == (0, "")
    before = every_row(crawled[0])
    assert every_row(data) == before
    assert before["revisions"].total() == len(CRAWLED)
    assert {row[1] for row in before["articles"]} == {*CRAWLED, UNDECLARED}
    assert not (data / "rebuild").exists()
    assert tinso("verify", "--data", data).returncode == 0
    with closing(sqlite3.connect(data / "corpus.db")) as connection:
        runs = connection.execute("SELECT source, finished IS NOT NULL FROM runs ORDER BY run").fetchall()
        assert runs == [("live", 1)] * 3 + [("reprocess", 1)]
        counted = connection.execute("SELECT outcome, sum(urls) FROM outcomes WHERE run = 4 GROUP BY 1")
        assert dict(counted)["revised"] == len(CRAWLED)


def test_a_crawl_after_a_rebuild_finds_nothing_new(copy: tuple[Path, int]) -> None:
    data, port = copy
    rebuild(data, port)
    before = every_row(data)
    with SampleServer(port, revision=2):
        assert "nothing new" in act(data, port, "crawl").stdout
    assert every_row(data)["articles"] == before["articles"]


def test_a_lost_corpus_comes_again(crawled: tuple[Path, int], copy: tuple[Path, int]) -> None:
    data, port = copy
    (data / "corpus.db").unlink()
    assert rebuild(data, port)[0] == []
    assert every_row(data) == every_row(crawled[0])
    with opened(data) as directory:
        waiting = [target for name in CRAWLED for target in directory.frontier.waiting(name)]
        assert [target for target in waiting if target.record] == []


def test_where_the_state_is_lost_addresses_tell_and_what_they_do_not_tell_is_kept(
    crawled: tuple[Path, int], copy: tuple[Path, int]
) -> None:
    data, port = copy
    (data / "state.db").unlink()
    kept, _ = rebuild(data, port)
    assert every_row(data) == every_row(crawled[0])
    assert [reason.partition(": ")[2] for reason in kept] == ["12 articles were not read again"]


def test_the_archive_alone_gives_the_declared_portals(
    crawled: tuple[Path, int], copy: tuple[Path, int]
) -> None:
    data, port = copy
    (data / "state.db").unlink()
    (data / "corpus.db").unlink()
    assert rebuild(data, port)[0] == []
    others = ("cluster", "duplicate_of")  # some are of the portal that nobody has declared
    elsewhere = {"portals": None, "links": None}
    for name in CRAWLED:
        assert {**every_row(data, name, others), **elsewhere} == {
            **every_row(crawled[0], name, others),
            **elsewhere,
        }


# What is not in the archive, and what it no longer gives.


def test_one_portal_alone_is_read_and_the_others_are_as_they_were(
    crawled: tuple[Path, int], copy: tuple[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, port = copy
    read: list[str] = []
    monkeypatch.setattr(reread.Rereader, "__init__", _noting(reread.Rereader.__init__, read))
    assert rebuild(data, port, only=["mau_ha_noi"])[0] == []
    assert read == ["mau_ha_noi"]
    assert every_row(data) == every_row(crawled[0])
    with pytest.raises(
        UnknownPortal, match="'nobody' was never crawled into this directory; it has generic_"
    ):
        rebuild(data, port, only=["nobody"])


def _noting(init: Any, names: list[str]) -> Any:
    def noting(self: Any, portal: Any, frontier: Any) -> None:
        names.append(portal.name)
        init(self, portal, frontier)

    return noting


def test_imported_articles_and_addresses_of_recordings_are_kept(copy: tuple[Path, int]) -> None:
    data, port = copy
    record = {"url": "http://so.mau.example/1", "headline": "Tin xyzt", "article_body": "Một văn bản."}
    (data / "a.ndjson").write_text(json.dumps(record), encoding="utf-8")
    assert tinso("import", data / "a.ndjson", "--data", data).returncode == 0
    with sqlite3.connect(data / "corpus.db") as connection:
        connection.execute(
            "INSERT INTO sightings SELECT min(id), 'http://ha-noi.localhost/x', 'archive', NULL, '2020', '2021' "
            "FROM articles WHERE portal = 'mau_ha_noi'"
        )
    before = every_row(data)
    assert rebuild(data, port)[0] == []
    assert every_row(data) == before
    assert tinso("search", "xyzt", "--json", "--data", data).stdout.count("\n") == 1


def test_a_damaged_response_is_named_and_its_article_kept(
    crawled: tuple[Path, int], copy: tuple[Path, int]
) -> None:
    data, port = copy
    with closing(sqlite3.connect(data / "corpus.db")) as connection:
        (place,) = connection.execute(
            "SELECT archive FROM articles WHERE revision = 1 AND portal = 'mau_ha_noi' LIMIT 1"
        ).fetchone()
    place = json.loads(place)
    with (data / "archive" / place["file"]).open("r+b") as file:
        file.seek(place["offset"] + 60)
        file.write(bytes(40))
    kept, _ = rebuild(data, port)
    assert any(f"no response record at byte {place['offset']}" in reason for reason in kept)
    assert every_row(data) == every_row(crawled[0])


def test_what_is_read_better_today_is_in_its_place_without_a_revision(
    crawled: tuple[Path, int], copy: tuple[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, port = copy

    def better(*arguments: Any) -> Any:
        page = read(*arguments)
        if page.article.url == gone:
            raise SoftNotFound("no article today")
        page.article.author = "Tên đọc đúng"
        return page

    read = reread.read_response
    with closing(sqlite3.connect(data / "corpus.db")) as connection:
        (gone,) = connection.execute("SELECT min(url) FROM articles WHERE portal = 'mau_ha_noi'").fetchone()
        (number,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    monkeypatch.setattr(reread, "read_response", better)
    kept, counts = rebuild(data, port)
    assert kept == []
    assert sum(n for (_, _, outcome), n in counts.items() if outcome is Outcome.SOFT_404) >= 1
    with closing(sqlite3.connect(data / "corpus.db")) as connection:
        assert connection.execute("SELECT author, count(*) FROM articles GROUP BY 1").fetchall() == [
            ("Tên đọc đúng", number - 1)
        ]
        assert connection.execute("SELECT count(*) FROM articles WHERE url = ?", (gone,)).fetchone() == (0,)
    ids = {row[0] for row in every_row(data)["articles"]}
    assert ids < {row[0] for row in every_row(crawled[0])["articles"]}
    assert tinso("verify", "--data", data).returncode == 0


# Whole or not at all.


def test_readers_see_the_old_corpus_until_they_see_the_new_one(copy: tuple[Path, int]) -> None:
    data, port = copy
    with closing(sqlite3.connect(data / "corpus.db", timeout=30)) as reader:
        query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM sightings), (SELECT count(*) FROM runs)"
        before = reader.execute(query).fetchone()
        arguments = [sys.executable, "-m", "tests.rebuild_crawl", str(data), str(port), "rebuild", "1"]
        process = subprocess.Popen(arguments, cwd=ROOT)
        seen = set()
        while process.poll() is None:
            seen.add(reader.execute(query).fetchone())
            time.sleep(0.005)
        assert process.returncode == 0
        seen.add(reader.execute(query).fetchone())
    assert seen == {before, (*before[:2], before[2] + 1)}


def test_killed_at_random_points_the_corpus_is_the_old_or_the_new_one(
    crawled: tuple[Path, int], copy: tuple[Path, int]
) -> None:
    data, port = copy
    arguments = [sys.executable, "-m", "tests.rebuild_crawl", str(data), str(port), "rebuild", "2"]
    chance = random.Random(5)
    for _ in range(2):
        process = subprocess.Popen(arguments, cwd=ROOT, start_new_session=True)
        time.sleep(1.2 + 2.5 * chance.random())
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert every_row(data) == every_row(crawled[0])
    assert finished(arguments).returncode == 0
    assert every_row(data) == every_row(crawled[0])
    assert tinso("verify", "--data", data).returncode == 0


def test_a_process_that_fails_leaves_the_corpus_as_it_was(
    crawled: tuple[Path, int], copy: tuple[Path, int]
) -> None:
    data, port = copy
    with (
        opened(data) as directory,
        pytest.raises(TinsoError, match=r"failed; the corpus is as it was\nTraceback"),
    ):
        reprocess(directory, partial(declared_here_alone, port), Counter(), jobs=2)
    assert every_row(data) == every_row(crawled[0])
    assert not (data / "rebuild").exists()


# The command.


@pytest.mark.skipif(not RECORDING.is_file(), reason="the recording in shared/data is absent")
def test_the_recorded_portal_comes_again_with_the_addresses_of_the_recording(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert tinso("crawl", "hanoi_stttt", "--from-archive", RECORDING, "--data", data).returncode == 0
    before = every_row(data)
    process = tinso("reprocess", "--data", data)
    assert (process.returncode, process.stderr) == (0, "")
    assert "80 articles in the corpus" in process.stdout
    assert every_row(data) == before


def test_wrong_use_says_so(tmp_path: Path, copy: tuple[Path, int]) -> None:
    nothing = finished(command("reprocess", "--data", tmp_path / "none"))
    assert (nothing.returncode, "no crawl has been stored here" in nothing.stderr) == (1, True)
    assert not (tmp_path / "none").exists()
    identity = finished(command("reprocess", "--only", "identify", "--data", copy[0]))
    assert identity.returncode == 2
    unknown = finished(command("reprocess", "--portal", "nobody", "--data", copy[0]))
    assert unknown.returncode == 2
    assert "reprocess" in group.list_commands(None)  # type: ignore[arg-type]
