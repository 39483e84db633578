"""A crawl leaves behind what the health of its portals is told from."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import pytest

from crawler.health.history import History
from crawler.health.visit import ListTry, Visit
from tests.crawling import tinso


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
        return {visit.portal: visit for visit in history.visits()}


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
        assert history.visits(portal="so") == [visit]
        assert history.visits(portal="other") == history.visits(since="2026-01-04") == []


def test_visits_are_kept_for_a_year_and_a_month(tmp_path: Path) -> None:
    with closing(History(tmp_path / "health.db")) as history:
        for at in ("2025-01-01T08:00:00+07:00", "2025-12-24T08:00:00+07:00", "2026-03-01T08:00:00+07:00"):
            history.record(Visit("so", at))
        assert [visit.at[:10] for visit in history.visits()] == ["2025-12-24", "2026-03-01"]
