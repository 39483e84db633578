"""What is due is crawled and nothing else; what a budget leaves comes next time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changing_portals import ChangingPortals
from tests.changing_tinso import query, tinso

PAST = "2020-01-01T00:00:00+07:00"
LIST = "/tin-tuc"


def outcomes(data: Path) -> dict[tuple[str, str], int]:
    """Return (kind, outcome) → URLs of the last run."""
    rows = query(
        data, "corpus", "SELECT kind, outcome, urls FROM outcomes WHERE run = (SELECT max(run) FROM runs)"
    )
    return {(str(kind), str(outcome)): int(str(urls)) for kind, outcome, urls in rows}


def make_due(data: Path, url: str) -> None:
    """Make a section's list, or an article that was read, due now."""
    for table in ("pages", "rhythms"):
        query(data, "state", f"UPDATE {table} SET next_fetch_at = ? WHERE url LIKE ?", PAST, f"%{url}")


def test_right_after_a_crawl_nothing_is_due_and_nothing_is_asked_for(tmp_path: Path) -> None:
    with ChangingPortals(2) as server:
        first = tinso(server, "crawl", "--due", "--data", tmp_path)
        assert first.returncode == 0 and "24 articles stored" in first.stdout, first.stdout + first.stderr
        asked = len(server.requests)
        again = tinso(server, "crawl", "--due", "--data", tmp_path)
        assert again.returncode == 0
        assert again.stdout.startswith("nothing is due; the next portal is so_0")
        assert len(server.requests) == asked


def test_a_list_that_is_due_is_visited_and_what_is_new_on_it_is_read(tmp_path: Path) -> None:
    with ChangingPortals(2) as server:
        tinso(server, "crawl", "--due", "--data", tmp_path)
        server.sites["so00.example.vn"].publish()
        server.sites["so01.example.vn"].publish()
        make_due(tmp_path, "so00.example.vn/tin-tuc")
        server.requests.clear()
        tinso(server, "crawl", "--due", "--data", tmp_path)
        assert sorted(server.pages()) == ["/bai-viet-13.html", LIST, f"{LIST}?page=2"]  # whole page known
        assert {asked.host for asked in server.requests} == {"so00.example.vn"}
        assert outcomes(tmp_path) == {("list", "listed"): 2, ("article", "new"): 1}


def test_an_article_is_read_again_when_it_is_due_and_its_list_is_left_alone(tmp_path: Path) -> None:
    with ChangingPortals() as server:
        tinso(server, "crawl", "--due", "--data", tmp_path)
        (due,) = query(tmp_path, "state", "SELECT count(*) FROM pages WHERE next_fetch_at IS NOT NULL")
        assert due == (12,)
        make_due(tmp_path, "/bai-viet-12.html")
        make_due(tmp_path, "/bai-viet-11.html")
        server.sites["so00.example.vn"].articles[-1].version = 2
        server.requests.clear()
        tinso(server, "crawl", "--due", "--data", tmp_path)
        assert sorted(server.pages()) == ["/bai-viet-11.html", "/bai-viet-12.html"]
        assert outcomes(tmp_path) == {("article", "revised"): 1, ("article", "not_modified"): 1}
        assert tinso(server, "crawl", "--due", "--data", tmp_path).stdout.startswith("nothing is due")


def test_the_back_catalogue_is_read_once(tmp_path: Path) -> None:
    with ChangingPortals() as server:
        for article in server.sites["so00.example.vn"].articles[:5]:
            article.published = article.published.replace(year=2015)
        tinso(server, "crawl", "--due", "--data", tmp_path)
    again = "SELECT count(*) FROM pages WHERE kind = 'article' AND next_fetch_at NOTNULL"
    assert query(tmp_path, "state", again) == [(7,)]


def test_what_fails_is_tried_again_after_a_pause_and_not_before(tmp_path: Path) -> None:
    with ChangingPortals() as server:
        site = server.sites["so00.example.vn"]
        site.busy = [(500, "")] * 3
        failed = tinso(server, "crawl", "--due", "--data", tmp_path)
        assert failed.returncode == 1
        assert tinso(server, "crawl", "--due", "--data", tmp_path).stdout.startswith("nothing is due")
        make_due(tmp_path, LIST)
        assert "12 articles stored" in tinso(server, "crawl", "--due", "--data", tmp_path).stdout


def test_runs_with_a_budget_come_to_the_whole_and_ask_for_no_page_twice(tmp_path: Path) -> None:
    pages = 9
    with ChangingPortals(articles=25) as server:
        for _ in range(6):
            said = tinso(server, "crawl", "--due", "--pages", pages, "--data", tmp_path)
            if said.stdout.startswith("nothing is due"):
                break
            had = [urls for (_, outcome), urls in outcomes(tmp_path).items() if outcome != "skipped_budget"]
            assert sum(had) <= pages
        else:
            pytest.fail("it never comes to an end")
        asked = server.pages()
        assert len(set(asked)) == len(asked) == 25 + 3
    assert query(tmp_path, "corpus", "SELECT count(*) FROM articles") == [(25,)]
    assert query(tmp_path, "state", "SELECT count(*) FROM sections") == [(1,)]


def test_due_goes_with_what_is_live_alone(tmp_path: Path) -> None:
    with ChangingPortals() as server:
        for wrong in (("--full",), ("--since", "2024-01-01")):
            assert tinso(server, "crawl", "--due", *wrong, "--data", tmp_path).returncode == 2


def test_tinso_due_says_which_and_when(tmp_path: Path) -> None:
    with ChangingPortals(2) as server:
        assert "2 of 2 portals are due" in tinso(server, "due", "--data", tmp_path).stdout
        tinso(server, "crawl", "so_01", "--data", tmp_path)
        said = tinso(server, "due", "--data", tmp_path).stdout
        assert "1 of 2 portals are due" in said
