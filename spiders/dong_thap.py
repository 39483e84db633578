"""Đồng Tháp."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.liferay import LiferayPortal


class DongthapStttt(LiferayPortal):
    """Sở Thông tin và Truyền thông Đồng Tháp. The word "null " is glued before the headline."""

    name = "dongthap_stttt"
    province = "Đồng Tháp"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.dongthap.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"/-/asset_publisher/\w+/content/id/(\d+)"


class DongthapIct(AspNetPortal):
    """Trung tâm Công nghệ thông tin và Truyền thông Đồng Tháp. Prints the month first."""

    name = "dongthap_ict"
    province = "Đồng Tháp"
    body = "Trung tâm Công nghệ thông tin và Truyền thông"
    home = "http://ict-dongthap.gov.vn/"
    kind = "unit"
    state = "frozen"
    valid_to = "2025-03-01"
    date_order = "MDY"
    article_path = r"(?i)/Detail\.aspx\?(?:[^#]*&)?recid=(\d+)"
