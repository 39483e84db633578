"""A crawl leaves behind what the health of its portals is told from."""

from __future__ import annotations

import json
import shutil
import socket
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.clock import VIETNAM, to_iso
from crawler.health.conclude import conclude
from crawler.health.history import History
from crawler.health.storage import growth
from crawler.health.visit import ListTry, Visit
from pipelines.schema import open_corpus
from tests.crawling import finished, impatient, tinso


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory after one crawl of the sample portals."""
    data = tmp_path_factory.mktemp("health")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = tinso("demo", "--no-serve", "--data", data, "--sample-port", port)
    assert process.returncode == 0, process.stderr
    return data / "demo"


def visits(data: Path) -> dict[str, Visit]:
    with closing(History(data / "health.db")) as history:
        return {visit.portal: visit for visit in history.visits_since("")}


def test_every_portal_has_a_visit_with_its_lists_and_articles(crawled: Path) -> None:
    found = visits(crawled)
    assert len(found) == 5
    visit = found["mau_ha_noi"]
    (party, _) = visit.tries.values()
    assert party == ListTry("Hoạt động Đảng, Đoàn thể", "listed", 6, "2023-12-05")
    assert visit.fresh == {"new": 18, "gone": 1, "soft_404": 1}
    assert (visit.stored, visit.dated, visit.with_text, visit.by_layout) == (18, 18, 18, 18)
    assert (found["mau_thanh_hoa"].stored, found["mau_thanh_hoa"].dated) == (18, 0)


def test_a_visit_is_read_as_it_was_written(tmp_path: Path) -> None:
    lists = {
        "http://so.example/a": ListTry("Tin", "listed", 9, "2026-01-02", None),
        "http://so.example/b": None,
    }
    visit = Visit("so", "2026-01-03T08:00:00+07:00", lists, {"new": 2, "gone": 1}, 2, 2, 1, 0)
    with closing(History(tmp_path / "health.db")) as history:
        history.record(visit)
        assert history.visits_of("so") == [visit]
        assert history.visits_of("other") == history.visits_since("2026-01-04") == []


def test_visits_are_kept_for_a_year_and_a_month(tmp_path: Path) -> None:
    with closing(History(tmp_path / "health.db")) as history:
        for at in ("2025-01-01T08:00:00+07:00", "2025-12-24T08:00:00+07:00", "2026-03-01T08:00:00+07:00"):
            history.record(Visit("so", at))
        assert [visit.at[:10] for visit in history.visits_of("so")] == ["2025-12-24", "2026-03-01"]


# What is concluded, and what `tinso status` tells


@pytest.fixture
def copy(crawled: Path, tmp_path: Path) -> Path:
    """A data directory as the crawl left it."""
    shutil.copytree(crawled, tmp_path / "data")
    return tmp_path / "data"


def ago(hours: float) -> str:
    return to_iso(datetime.now(VIETNAM) - timedelta(hours=hours))


def unreachable(data: Path, portal: str, *hours: float) -> None:
    """Let a portal have been unreachable some hours ago."""
    tried = ListTry("Tin", "timeout", None, None, "TimeoutError: no answer in time")
    with closing(History(data / "health.db")) as history:
        history.forget(portal)
        (last,) = history.visits_of(portal)
        lists = dict.fromkeys(last.lists, tried)
        for hour in sorted(hours, reverse=True):
            history.record(Visit(portal, ago(hour), lists))


def test_after_a_crawl_the_site_has_a_row_for_every_portal_and_for_us(crawled: Path) -> None:
    with closing(open_corpus(crawled / "corpus.db", read_only=True)) as corpus:
        rows = dict(corpus.execute("SELECT portal, state FROM health").fetchall())
    assert len(rows) == 6
    assert set(rows.values()) == {"ok"}
    with closing(History(crawled / "health.db")) as history:
        assert history.standings().keys() == rows.keys()
        assert len(history.sizes("")) == 1


def test_status_tells_a_person_and_a_program_and_exits_with_0_while_all_is_well(copy: Path) -> None:
    told = tinso("status", "--data", copy)
    assert told.returncode == 0, told.stdout + told.stderr
    for expected in (
        "mau_ha_noi",
        "5 portals: 5 ok",
        "were never crawled",
        "nothing is ever deleted",
        "free",
    ):
        assert expected in told.stdout
    content = json.loads(tinso("status", "--json", "--data", copy).stdout)
    assert [portal["state"] for portal in content["portals"]] == ["ok"] * 5
    assert content["storage"]["archive"] > 100_000
    assert content["tinso"]["state"] == "ok"


def test_a_red_portal_stands_first_with_its_reason_and_makes_the_exit_code_1(copy: Path) -> None:
    unreachable(copy, "mau_phu_yen", -1, -8)
    told = tinso("status", "--data", copy)
    assert told.returncode == 1
    first = told.stdout.splitlines()[1]
    assert first.startswith("mau_phu_yen") and "unreachable" in first
    assert "cannot be reached from here" in told.stdout


def test_status_tells_people_once_of_what_has_changed(copy: Path, tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    script = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    command = {"TINSO_ALARM_COMMAND": f'{sys.executable} -c "{script}" {heard}'}
    unreachable(copy, "mau_phu_yen", -1, -8)
    assert tinso("status", "--data", copy, **command).returncode == 1
    assert not heard.exists()  # a look is no alarm
    for _ in range(2):
        assert tinso("status", "--alarm", "--data", copy, **command).returncode == 1
    assert heard.read_text("utf-8").count("mau_phu_yen: unreachable since") == 1
    command = {"TINSO_ALARM_WEBHOOK": "http://127.0.0.1:9/hook"}
    told = tinso("status", "--alarm", "--data", copy, **command)
    assert "tinso: alarm by webhook: not sent: 127.0.0.1" in told.stderr


def test_what_is_accepted_is_what_is_usual_from_then_on(copy: Path) -> None:
    now = datetime.now(VIETNAM)
    url = "http://phu-yen.example/tin"
    with closing(History(copy / "health.db")) as history:
        for number in range(60, 0, -1):
            rows = 20 if number > 4 else 3
            at = to_iso(now - timedelta(hours=12 * number - 24 * 30))
            history.record(Visit("mau_phu_yen", at, {url: ListTry("Tin", "listed", rows)}))
    assert "lists have 3 rows, usually 20" in tinso("status", "--data", copy).stdout
    assert tinso("status", "--accept", "mau_phu_yen", "--data", copy).returncode == 0
    assert "usually 20" not in tinso("status", "--data", copy).stdout
    assert tinso("status", "--accept", "nobody", "--data", copy).returncode == 2


def test_where_nothing_was_crawled_status_says_so(tmp_path: Path) -> None:
    told = tinso("status", "--data", tmp_path)
    assert told.returncode == 1
    assert "no corpus here yet" in told.stderr


def test_a_crawl_that_finds_a_portal_unreachable_again_tells_people(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = "http://sotttt.hanoi.gov.vn/hoat-ong-ang-oan-the"
    with closing(History(tmp_path / "health.db")) as history:
        for number in range(60, 1, -1):
            tried = ListTry("Tin", "listed", 10) if number > 2 else ListTry("Tin", "timeout")
            history.record(Visit("hanoi_stttt", ago(12 * number), {url: tried}))
    heard = tmp_path / "heard"
    script = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    process = finished(
        impatient("crawl", "hanoi_stttt", "--data", tmp_path),
        http_proxy=f"http://127.0.0.1:{port}", TINSO_ALARM_COMMAND=f'{sys.executable} -c "{script}" {heard}',
    )  # fmt: skip
    assert process.returncode == 1
    assert "hanoi_stttt: unreachable since" in heard.read_text("utf-8"), process.stderr


def test_a_wrong_setting_of_the_alarm_is_told_before_anything_is_fetched(tmp_path: Path) -> None:
    process = tinso("crawl", "hanoi_stttt", "--data", tmp_path / "data", TINSO_ALARM_MAIL="mail.example")
    assert process.returncode == 1
    assert "TINSO_ALARM_MAIL" in process.stderr
    assert not (tmp_path / "data").exists()


def test_a_broken_connection_of_ours_is_no_portals_trouble(copy: Path) -> None:
    names = list(visits(copy))
    for portal in names:
        unreachable(copy, portal, -1, -8)
    with closing(open_corpus(copy / "corpus.db")) as corpus:
        found = {health.portal: health for health in conclude(copy, corpus, ago(-9), names)}
    assert {found[name].state for name in names} == {"ok"}
    assert found["tinso"].state == "unreachable"
    assert "own connection is broken" in found["tinso"].reason.english


def test_growth_is_told_from_the_first_and_the_last_day() -> None:
    assert growth([]) is growth([("2026-01-01", 5)]) is None
    assert growth([("2026-01-01", 1000), ("2026-01-02", 1500), ("2026-01-11", 2000)]) == 100.0
