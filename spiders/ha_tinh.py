"""Hà Tĩnh."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal
from crawler.platforms.nukeviet import NukeVietPortal


class HatinhSkhcn(GenericPortal):
    """Sở Khoa học và Công nghệ Hà Tĩnh. The stamp stands before the headline; addresses may hold an en
    dash."""

    name = "hatinh_skhcn"
    province = "Hà Tĩnh"
    body = "Sở Khoa học và Công nghệ"
    home = "https://skhcn.hatinh.gov.vn/"
    kind = "khcn"
    article_path = r"/chi-tiet-tin-tuc/([^/?#]+)"


class HatinhStp(GenericPortal):
    """Sở Tư pháp Hà Tĩnh. Same system as skhcn.hatinh.gov.vn."""

    name = "hatinh_stp"
    province = "Hà Tĩnh"
    body = "Sở Tư pháp"
    home = "http://tuphap.hatinh.gov.vn/"
    kind = "other-so"
    article_path = r"/chi-tiet-tin-tuc/([^/?#]+)"


class HatinhDuk(NukeVietPortal):
    """Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Hà Tĩnh. Lists print AM for every hour."""

    name = "hatinh_duk"
    province = "Hà Tĩnh"
    body = "Đảng ủy Khối các cơ quan và doanh nghiệp"
    home = "http://dukcq.hatinh.gov.vn/"
    sections = {"Xây dựng Đảng": "xay-dung-dang/"}
    kind = "party-bloc"
    state = "dead"
    valid_to = "2025-02-28"
