"""Hà Nội."""

from __future__ import annotations

from crawler.platforms.liferay import LiferayPortal


class HanoiStttt(LiferayPortal):
    """Sở Thông tin và Truyền thông Hà Nội. Frozen since the merger of 2025; foreign addresses are dropped."""

    name = "hanoi_stttt"
    province = "Hà Nội"
    body = "Sở Thông tin và Truyền thông"
    home = "http://sotttt.hanoi.gov.vn/"
    sections = {"Hoạt động Đảng, Đoàn thể": "hoat-ong-ang-oan-the"}
    state = "frozen"
