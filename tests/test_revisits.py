"""A page that is what it was is not kept twice: revisit records, and everybody who follows them."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from contextlib import closing
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.archive import ArchiveWriter, Capture, captures, exchanges
from crawler.data_directory import DataDirectory
from crawler.frontier import Frontier
from crawler.replay import Replay
from crawler.revisits import Original, payload_digest
from crawler.target import Target
from tests import crawling
from tests.changing_portals import ChangingPortals
from tests.changing_tinso import command, environment, query, tinso
from tests.crawling import ROOT

PAGE = "http://so.example.vn/bai-7.html"
FIRST, LATER = "2023-05-04T08:15:00+07:00", "2023-05-14T08:15:00+07:00"
BODY = "<html><body><h1>Chi bộ họp</h1></body></html>".encode()
PAST = "2020-01-01T00:00:00+07:00"


def kinds(data: Path) -> Counter[tuple[str, str]]:
    """Return how many records of each type and profile an archive holds."""
    found: Counter[tuple[str, str]] = Counter()
    for path in (data / "archive").iterdir():
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                profile = record.rec_headers.get_header("WARC-Profile") or ""
                found[record.rec_type, profile.rpartition("/")[2]] += 1
                record.content_stream().read()
    return found


def revisited(folder: Path) -> Path:
    """Write a page and a revisit of it, ten days later; return the file."""
    writer = ArchiveWriter(folder)
    writer.append(Capture(PAGE, FIRST, 200, [("Content-Type", "text/html")], BODY))
    original = Original(PAGE, FIRST, payload_digest(BODY))
    writer.append(Capture(PAGE, LATER, 200, [("Content-Type", "text/html")], BODY, original=original))
    writer.close()
    return next(folder.iterdir())


def test_what_a_revisit_refers_to_is_looked_up_not_searched_for(tmp_path: Path) -> None:
    with closing(Frontier(tmp_path / "state.db")) as frontier:
        asked: list[str] = []
        frontier.connection.set_trace_callback(asked.append)
        assert frontier.find_original(Original(PAGE, FIRST, payload_digest(BODY))) is None
        frontier.connection.set_trace_callback(None)
        [(*_, step)] = frontier.connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}")
        assert step.startswith("SEARCH records USING INDEX")


def test_a_revisit_is_a_record_that_other_tools_read(tmp_path: Path) -> None:
    path = revisited(tmp_path)
    with path.open("rb") as stream:
        *_, (headers, lines) = [(r.rec_headers, r.http_headers) for r in ArchiveIterator(stream)]
    assert headers.get_header("WARC-Type") == "revisit"
    assert headers.get_header("WARC-Profile").endswith("/warc/1.1/revisit/identical-payload-digest")
    assert headers.get_header("WARC-Refers-To-Target-URI") == PAGE
    assert headers.get_header("WARC-Refers-To-Date") == "2023-05-04T01:15:00Z"
    assert headers.get_header("WARC-Payload-Digest") == payload_digest(BODY)
    assert lines.get_statuscode() == "200"
    checker = Checker(type("Arguments", (), {"inputs": [str(path)], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0


def test_a_304_is_kept_without_its_headers_and_is_one_to_its_readers(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path)
    writer.append(Capture(PAGE, FIRST, 200, [("Content-Type", "text/html")], BODY))
    original = Original(PAGE, FIRST, payload_digest(BODY))
    writer.append(Capture(PAGE, LATER, 304, [("ETag", '"7"')], b"", original=original))
    writer.close()
    (path,) = tmp_path.iterdir()
    with path.open("rb") as stream:
        *_, (profile, headers) = [
            (record.rec_headers.get_header("WARC-Profile"), record.http_headers)
            for record in ArchiveIterator(stream)
        ]
    assert profile.endswith("/warc/1.1/revisit/server-not-modified") and headers is None
    *_, again = captures(path, revisits=True)
    assert (again.status, again.original, again.fetched_at) == (304, original, LATER)


def test_readers_of_pages_pass_over_revisits_and_who_asks_is_told(tmp_path: Path) -> None:
    path = revisited(tmp_path)
    assert [page.fetched_at for page in captures(path)] == [FIRST]
    assert [page.fetched_at for page in exchanges(path)] == [FIRST]
    again = list(captures(path, revisits=True))[1]
    assert again.original == Original(PAGE, FIRST, payload_digest(BODY))
    assert again.fetched_at == LATER and again.body == b""


def test_a_replay_gives_the_page_as_of_the_day_on_which_it_was_the_same(tmp_path: Path) -> None:
    capture = Replay([revisited(tmp_path)]).get(PAGE)
    assert capture and (capture.body, capture.fetched_at) == (BODY, LATER)


def test_a_revisit_whose_page_is_elsewhere_is_left_out(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path)
    writer.append(Capture(f"{PAGE}?2", FIRST, 200, [], b"another page"))
    writer.append(Capture(PAGE, LATER, 200, [], BODY, original=Original(PAGE, FIRST, payload_digest(BODY))))
    writer.close()
    assert Replay(tmp_path.iterdir()).get(PAGE) is None


def test_a_revisit_that_a_kill_left_unindexed_is_read_with_its_page(tmp_path: Path) -> None:
    data = DataDirectory.open(tmp_path)
    target = Target("so_thu", PAGE, "article")
    data.frontier.offer(target, FIRST)
    record = data.keep(Capture(PAGE, FIRST, 200, [], BODY)).record
    data.frontier.fetched("so_thu", PAGE, record)
    original = data.frontier.last_response("so_thu", PAGE)
    assert original
    data.flush()
    data.writer.append(Capture(PAGE, LATER, 200, [], BODY, original=original))
    data.release()
    again = DataDirectory.open(tmp_path)
    (last,) = again.frontier.connection.execute("SELECT max(record) FROM records").fetchone()
    assert last == record + 1
    read, archived = again.read(last)
    assert (read.body, read.fetched_at) == (BODY, LATER)
    assert (archived.file, archived.offset) == again.frontier.record(record)
    again.release()


def make_due(data: Path) -> None:
    query(data, "state", "UPDATE pages SET next_fetch_at = ? WHERE kind = 'article'", PAST)


def test_what_is_read_again_and_the_same_becomes_revisits_of_both_profiles(tmp_path: Path) -> None:
    with ChangingPortals(3, articles=4) as server:
        server.sites["so00.example.vn"].etag = server.sites["so02.example.vn"].etag = ""
        server.sites["so02.example.vn"].is_packed = True
        tinso(server, "crawl", "--due", "--data", tmp_path)
        before, digests = kinds(tmp_path), query(tmp_path, "state", "SELECT url, body_digest FROM pages")
        make_due(tmp_path)
        said = tinso(server, "crawl", "--due", "--data", tmp_path)
        assert said.returncode == 0, said.stdout + said.stderr
    revisits = kinds(tmp_path) - before
    assert revisits["revisit", "identical-payload-digest"] == 4
    assert revisits["revisit", "server-not-modified"] == 4
    assert revisits["response", ""] == 3 + 4  # robots.txt, and what is packed anew each time
    assert query(tmp_path, "state", "SELECT url, body_digest FROM pages") == digests
    assert crawling.tinso("verify", "--data", tmp_path).stdout.endswith("whole\n")
    moments = query(tmp_path, "corpus", "SELECT count(*) FROM articles WHERE last_seen > first_seen")
    assert moments == [(12,)]


def test_an_etag_that_never_changes_is_believed_once(tmp_path: Path) -> None:
    with ChangingPortals(articles=1) as server:
        site = server.sites["so00.example.vn"]
        site.etag = "stuck"
        tinso(server, "crawl", "--due", "--data", tmp_path)
        site.articles[0].version = 2
        outcomes = []
        for _ in range(2):
            make_due(tmp_path)
            server.requests.clear()
            tinso(server, "crawl", "--due", "--data", tmp_path)
            ((outcome,),) = query(tmp_path, "state", "SELECT last_outcome FROM pages WHERE kind = 'article'")
            outcomes.append((outcome, server.requests[-1].conditional))
    assert outcomes == [("not_modified", True), ("revised", False)]


def test_a_kill_between_the_revisit_and_its_reading_loses_nothing(tmp_path: Path) -> None:
    with ChangingPortals(articles=6) as server:
        server.sites["so00.example.vn"].etag = ""
        tinso(server, "crawl", "--due", "--data", tmp_path)
        make_due(tmp_path)
        server.requests.clear()
        variables = {**os.environ, **environment(server)}
        process = subprocess.Popen(command("crawl", "--due", "--data", tmp_path), cwd=ROOT, env=variables)
        while len(server.requests) < 4 and process.poll() is None:
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        said = tinso(server, "crawl", "--due", "--data", tmp_path)
        assert said.returncode == 0, said.stdout + said.stderr
    assert crawling.tinso("verify", "--data", tmp_path).stdout.endswith("whole\n")
    assert query(tmp_path, "corpus", "SELECT count(*), max(revision) FROM articles") == [(6, 1)]
