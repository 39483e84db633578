"""Thanh Hóa."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.sharepoint import SharePointPortal


class ThanhhoaStttt(AspNetPortal):
    """Sở Thông tin và Truyền thông Thanh Hóa. No page names the host: set TINSO_HOMES. Pages print no
    publication date; the lead is printed twice."""

    name = "thanhhoa_stttt"
    province = "Thanh Hóa"
    body = "Sở Thông tin và Truyền thông"
    home = "http://thanhhoa-stttt.invalid/"
    home_is_certain = False
    state = "frozen"
    valid_to = "2025-03-01"


class ThanhhoaIct(AspNetPortal):
    """Trung tâm Công nghệ thông tin và Truyền thông Thanh Hóa. The department's web team."""

    name = "thanhhoa_ict"
    province = "Thanh Hóa"
    body = "Trung tâm Công nghệ thông tin và Truyền thông"
    home = "https://ict.thanhhoa.gov.vn/"
    kind = "unit"
    state = "frozen"
    valid_to = "2025-03-01"


class ThanhhoaCong(SharePointPortal):
    """Cổng thông tin điện tử tỉnh Thanh Hóa. The folder of an address is a date; "100%" is a zoom label."""

    name = "thanhhoa_cong"
    province = "Thanh Hóa"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://thanhhoa.gov.vn/"
    kind = "province"
    article_path = r"(?i)/portal/Pages/(\d{4}-\d{1,2}-\d{1,2}/[^/?#]+)\.aspx"
