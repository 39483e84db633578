"""Bắc Ninh."""

from __future__ import annotations

from crawler.platforms.liferay import LiferayPortal


class BacninhStttt(LiferayPortal):
    """Sở Thông tin và Truyền thông Bắc Ninh. The same site answers under other bodies' hosts
    (thuanthanh.bacninh.gov.vn/web/…)."""

    name = "bacninh_stttt"
    province = "Bắc Ninh"
    body = "Sở Thông tin và Truyền thông"
    home = "http://stttt.bacninh.gov.vn/"
    sections = {"Tin tức": "news", "Chuyên mục": "chuyen-muc"}
    state = "frozen"
    valid_to = "2025-03-01"


class BacgiangSkhcn(LiferayPortal):
    """Sở Khoa học và Công nghệ Bắc Giang. The headline is printed twice before the view counter."""

    name = "bacgiang_skhcn"
    province = "Bắc Giang"
    body = "Sở Khoa học và Công nghệ"
    home = "https://skhcn.bacgiang.gov.vn/"
    kind = "khcn"
    state = "frozen"
    valid_to = "2025-07-01"
