"""The page that says how each portal does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import made_up
import pytest
from reader import Reader, words_of

from crawler.clock import VIETNAM, to_iso
from pipelines.health import PortalHealth, write_health

NOW = datetime.now(VIETNAM)


def ago(**time: int) -> str:
    return to_iso(NOW - timedelta(**time))


def row(portal: str, state: str, reason: str, *, checked: str) -> PortalHealth:
    return PortalHealth(
        portal,
        state,
        state != "ok",
        "2026-05-01",
        reason,
        checked,
        "2026-05-02T07:00:00+07:00",
        "2026-04-30",
        1,
    )


def page(folder: Path, *rows: PortalHealth) -> Reader:
    made_up.fill(folder / "corpus.db")
    with closing(sqlite3.connect(folder / "corpus.db")) as connection:
        write_health(connection, rows)
    return Reader(folder / "corpus.db")


@pytest.fixture
def mixed(tmp_path: Path) -> Reader:
    return page(
        tmp_path,
        row("bac_son_stttt", "ok", "như thường lệ", checked=ago(hours=1)),
        row("thuan_hai_noi_vu", "quiet", "không có bài mới <từ> lâu", checked=ago(hours=1)),
        row("tinso", "ok", "như thường lệ", checked=ago(hours=1)),
    )


def test_what_needs_a_person_stands_first_with_state_reason_and_since(mixed: Reader) -> None:
    shown = mixed.page("/suc-khoe")
    first, second = shown.xpath("//tbody/tr")
    assert words_of(first) == (
        "Sở Nội vụ Thuận Hải im lặng bất thường 01/05/2026 không có bài mới <từ> lâu 30/04/2026 02/05/2026 07:00"
    )
    assert words_of(second).startswith("Sở Thông tin và Truyền thông Bắc Sơn bình thường")
    assert "1 trong 2 cổng cần người xem lại" in words_of(shown)
    assert not shown.xpath("//*[@role='alert']")
    mixed.close()


def test_the_page_needs_no_script_and_names_its_columns_and_rows(mixed: Reader) -> None:
    shown = mixed.page("/suc-khoe")
    assert not shown.xpath("//script[not(@src)]")
    assert len(shown.xpath("//thead//th[@scope='col']")) == 6
    assert len(shown.xpath("//tbody//th[@scope='row']/a")) == 2
    assert shown.xpath("//html/@lang") == ["vi"]
    assert mixed.page("/").xpath("//footer//a[@href='/suc-khoe']")
    assert [found["portal"] for found in mixed.get("/corpus/health.json?_shape=array").json()]
    mixed.close()


def test_states_are_explained(mixed: Reader) -> None:
    terms = [words_of(term) for term in mixed.page("/suc-khoe").xpath("//details//dt")]
    assert "không kết nối được" in terms and len(terms) == 7
    mixed.close()


def test_a_page_that_no_crawl_has_renewed_says_that_it_is_old(tmp_path: Path) -> None:
    reader = page(tmp_path, row("bac_son_stttt", "ok", "như thường lệ", checked=ago(days=3)))
    (warning,) = reader.page("/suc-khoe").xpath("//*[@role='alert']")
    assert "không có lượt thu thập nào" in words_of(warning)
    reader.close()


def test_what_is_wrong_with_ourselves_is_told(tmp_path: Path) -> None:
    reader = page(
        tmp_path,
        row("bac_son_stttt", "ok", "như thường lệ", checked=ago(hours=1)),
        row("tinso", "degraded", "ổ đĩa sẽ đầy sau 9 ngày", checked=ago(hours=1)),
    )
    (warning,) = reader.page("/suc-khoe").xpath("//*[@role='alert']")
    assert "ổ đĩa sẽ đầy sau 9 ngày" in words_of(warning)
    assert len(reader.page("/suc-khoe").xpath("//tbody/tr")) == 1
    reader.close()


def test_before_the_first_crawl_the_page_says_so(tmp_path: Path) -> None:
    reader = page(tmp_path)
    assert "Chưa có lượt thu thập trực tiếp nào" in words_of(reader.page("/suc-khoe"))
    reader.close()
