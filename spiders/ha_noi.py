"""Hà Nội."""

from __future__ import annotations

from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.vccorp import VccorpPortal


class HanoiStttt(LiferayPortal):
    """Sở Thông tin và Truyền thông Hà Nội. Frozen since the merger of 2025; foreign addresses are dropped."""

    name = "hanoi_stttt"
    province = "Hà Nội"
    body = "Sở Thông tin và Truyền thông"
    home = "http://sotttt.hanoi.gov.vn/"
    sections = {"Hoạt động Đảng, Đoàn thể": "hoat-ong-ang-oan-the"}
    state = "frozen"
    valid_to = "2025-03-01"


class HanoiCong(VccorpPortal):
    """Cổng thông tin điện tử thành phố Hà Nội, on this system since 2025. Drops foreign data centres; a
    date can be read from the address."""

    name = "hanoi_cong"
    province = "Hà Nội"
    body = "Cổng thông tin điện tử thành phố"
    home = "https://hanoi.gov.vn/"
    sections = {"Tin tức sự kiện nổi bật": "tin-tuc-su-kien-noi-bat"}
    kind = "province"
    mark = "code"


class HanoiSxd(VccorpPortal):
    """Sở Xây dựng Hà Nội. Same system as hanoi.gov.vn; drops foreign data centres."""

    name = "hanoi_sxd"
    province = "Hà Nội"
    body = "Sở Xây dựng"
    home = "https://soxaydung.hanoi.gov.vn/"
    kind = "other-so"
    mark = "code"


class HanoiHaibatrung(LiferayPortal):
    """Ủy ban nhân dân quận Hai Bà Trưng, Hà Nội. Whether the hour is of a twelve-hour clock is not known:
    the day alone is believed."""

    name = "hanoi_haibatrung"
    province = "Hà Nội"
    body = "Ủy ban nhân dân quận Hai Bà Trưng"
    home = "https://haibatrung.hanoi.gov.vn/"
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"
    clock = 12
