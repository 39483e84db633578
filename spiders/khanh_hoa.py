"""Khánh Hòa."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal
from crawler.platforms.sharepoint import SharePointPortal


class KhanhhoaStttt(GenericPortal):
    """Sở Thông tin và Truyền thông Khánh Hòa. Prints Ð (U+00D0) for Đ."""

    name = "khanhhoa_stttt"
    province = "Khánh Hòa"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.khanhhoa.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"


class KhanhhoaDuk(GenericPortal):
    """Đảng ủy Khối Doanh nghiệp tỉnh Khánh Hòa. The stamp stands before the headline."""

    name = "khanhhoa_duk"
    province = "Khánh Hòa"
    body = "Đảng ủy Khối Doanh nghiệp"
    home = "https://dudnkhanhhoa.vn/"
    kind = "party-bloc"
    state = "dead"
    valid_to = "2025-02-28"


class NinhthuanStttt(SharePointPortal):
    """Sở Thông tin và Truyền thông Ninh Thuận. The section's label is printed twice."""

    name = "ninhthuan_stttt"
    province = "Ninh Thuận"
    body = "Sở Thông tin và Truyền thông"
    home = "http://www.ninhthuan.gov.vn/chinhquyen/sotttt/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"(?i)/chinhquyen/sotttt/Pages/([^/?#]+)\.aspx"
