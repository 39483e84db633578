"""Tây Ninh."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal
from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.sharepoint import SharePointPortal


class TayninhStttt(NukeVietPortal):
    """Sở Thông tin và Truyền thông Tây Ninh. Older pages are SharePoint's; bare counters follow the stamp."""

    name = "tayninh_stttt"
    province = "Tây Ninh"
    body = "Sở Thông tin và Truyền thông"
    home = "https://sotttt.tayninh.gov.vn/"
    sections = {"Thông tin hoạt động": "vi/news/thong-tin-hoat-dong/"}
    state = "frozen"
    valid_to = "2025-03-01"


class TayninhStc(NukeVietPortal):
    """Sở Tài chính Tây Ninh. Slugs have lost letters."""

    name = "tayninh_stc"
    province = "Tây Ninh"
    body = "Sở Tài chính"
    home = "https://sotaichinh.tayninh.gov.vn/"
    kind = "other-so"


class TayninhHoathanh(NukeVietPortal):
    """Ủy ban nhân dân thị xã Hòa Thành, Tây Ninh. Slugs have lost letters."""

    name = "tayninh_hoathanh"
    province = "Tây Ninh"
    body = "Ủy ban nhân dân thị xã Hòa Thành"
    home = "https://hoathanh.tayninh.gov.vn/"
    sections = {"Tin Đảng - Đoàn thể": "vi/news/tin-dang-doan-the/"}
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"


class LonganCong(SharePointPortal):
    """Cổng thông tin điện tử tỉnh Long An. Lists print whole articles and glue "New" to headlines; the
    scheme is likely."""

    name = "longan_cong"
    province = "Long An"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://www.longan.gov.vn/"
    kind = "province"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = ""


class LonganBao(GenericPortal):
    """Báo Long An. Stand-in: no departmental page of the province was seen. The stamp stands before the
    headline."""

    name = "longan_bao"
    province = "Long An"
    body = "Báo Long An"
    home = "http://baolongan.vn/"
    kind = "newspaper"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"-a(\d+)\.html"
