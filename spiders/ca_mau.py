"""Cà Mau."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal
from crawler.platforms.sharepoint import SharePointPortal


class CamauHcc(GenericPortal):
    """Trung tâm Hành chính công Cà Mau. Bylines are initials after the last stop."""

    name = "camau_hcc"
    province = "Cà Mau"
    body = "Trung tâm Hành chính công"
    home = "http://trungtamhanhchinhcong.camau.gov.vn/"
    kind = "other-so"
    article_path = r"/[^/?#]+\.(\d+)(?:[?#]|$)"


class BaclieuStttt(SharePointPortal):
    """Sở Thông tin và Truyền thông Bạc Liêu. The visitor counter prints one digit a line."""

    name = "baclieu_stttt"
    province = "Bạc Liêu"
    body = "Sở Thông tin và Truyền thông"
    home = "http://stttt.baclieu.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"(?i)/pages/([^/?#]+)\.aspx"
