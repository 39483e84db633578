"""The portals' health as the last crawls left it in the corpus, for the page that shows it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from web.languages import Spoken
from web.reading import Portal, portals

MACHINE = "tinso"  # the row of the table that tells of the crawls themselves
STALE_AFTER = timedelta(hours=36)  # crawls run at least once a day; then one is missing

STATES = Spoken(
    {
        "ok": "bình thường",
        "quiet": "im lặng bất thường",
        "degraded": "đọc không đủ",
        "challenged": "bị chặn hoặc đòi xác minh",
        "unreachable": "không kết nối được",
        "moved": "đã chuyển địa chỉ",
        "dead": "không còn hoạt động",
    }
)
MEANINGS = Spoken(
    {
        "ok": "Đọc được danh mục và bài như thường lệ của chính cổng đó.",
        "quiet": "Vẫn đọc được, nhưng đã lâu hơn thường lệ không có bài mới (không tính ngày lễ, Tết).",
        "degraded": "Cổng có trả lời, nhưng danh mục hoặc bài đọc không đủ như trước: hay do đổi giao diện.",
        "challenged": "Cổng trả về trang chặn, trang xác minh hoặc từ chối thay cho nội dung.",
        "unreachable": "Từ máy này không kết nối được. Cổng có thể vẫn hoạt động ở nơi khác.",
        "moved": "Các danh mục chuyển sang máy chủ khác.",
        "dead": "Cổng trả lời suốt một tháng rằng mọi danh mục không còn, hoặc được khai báo là đã đóng.",
    }
)


class Row(NamedTuple):
    """A portal's state; times are ISO 8601, `usual_gap` is days."""

    portal: Portal
    state: str
    is_red: bool
    since: str
    reason: str
    checked: str
    last_success: str | None
    newest: str | None
    usual_gap: float | None


@dataclass(frozen=True, slots=True)
class Health:
    """All rows, those that need a person first; `machine` is what is wrong with the crawls themselves."""

    rows: list[Row]
    machine: str | None
    checked: str | None  # when a portal was last judged
    is_stale: bool

    @property
    def red(self) -> list[Row]:
        """The portals that need a person."""
        return [row for row in self.rows if row.is_red]


def rows(connection: sqlite3.Connection) -> list[Row]:
    """Return what is known of all portals, those that need a person first, and of the crawls themselves."""
    known = {portal.name: portal for portal in portals(connection)}
    found = connection.execute(
        "SELECT portal, state, is_red, since, reason, checked, last_success, newest, usual_gap "
        "FROM health ORDER BY is_red DESC, since DESC, portal"
    )
    return [
        Row(
            known.get(name) or Portal(name),
            state,
            bool(is_red),
            *rest,
        )
        for name, state, is_red, *rest in found
    ]


def health(connection: sqlite3.Connection, now: datetime) -> Health:
    """Return what the page shows."""
    found = rows(connection)
    told = [row for row in found if row.portal.name != MACHINE]
    machine = next((row.reason for row in found if row.portal.name == MACHINE and row.is_red), None)
    checked = max((row.checked for row in told), default=None)
    is_stale = checked is not None and now - datetime.fromisoformat(checked) > STALE_AFTER
    return Health(told, machine, checked, is_stale)
