"""Quảng Ninh."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal
from crawler.platforms.sharepoint import SharePointPortal


class QuangninhStttt(SharePointPortal):
    """Sở Thông tin và Truyền thông Quảng Ninh. A site of the province's portal; its feed overview was
    still cited in August 2026."""

    name = "quangninh_stttt"
    province = "Quảng Ninh"
    body = "Sở Thông tin và Truyền thông"
    home = "https://www.quangninh.gov.vn/so/sothongtinTT/"
    mark = "code"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"(?i)/so/sothongtinTT/[^?#]*\.aspx\?(?:[^#]*&)?nid=(\d+)"


class QuangninhCong(SharePointPortal):
    """Cổng thông tin điện tử tỉnh Quảng Ninh."""

    name = "quangninh_cong"
    province = "Quảng Ninh"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://www.quangninh.gov.vn/"
    sections = {"Tin tức - Sự kiện": "Trang/tin-tuc-su-kien.aspx"}
    kind = "province"
    article_path = r"(?i)\.aspx\?(?:[^#]*&)?nid=(\d+)"


class QuangninhHonggai(GenericPortal):
    """Phường Hồng Gai, Quảng Ninh. On the host of the former city of Hạ Long."""

    name = "quangninh_honggai"
    province = "Quảng Ninh"
    body = "Phường Hồng Gai"
    home = "http://honggai.halongcity.gov.vn/"
    kind = "commune"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"-p\d+n(\d+)\.html"
