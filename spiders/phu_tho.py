"""Phú Thọ."""

from __future__ import annotations

from crawler.platforms.dotnetnuke import DotNetNukePortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.sharepoint import SharePointPortal


class VinhphucStttt(SharePointPortal):
    """Sở Thông tin và Truyền thông Vĩnh Phúc. Headlines are missing from the pages; bare days as stamps,
    on some pages none."""

    name = "vinhphuc_stttt"
    province = "Vĩnh Phúc"
    body = "Sở Thông tin và Truyền thông"
    home = "http://sotttt.vinhphuc.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"


class PhuthoStttt(DotNetNukePortal):
    """Sở Thông tin và Truyền thông Phú Thọ."""

    name = "phutho_stttt"
    province = "Phú Thọ"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.phutho.gov.vn/"
    sections = {"Chuyên mục tin": "Chuyen-muc-tin/tabid/91/ctitle/199/Default.aspx"}
    state = "frozen"
    valid_to = "2025-03-01"


class PhuthoDuk(DotNetNukePortal):
    """Đảng ủy Khối các cơ quan tỉnh Phú Thọ. The last event seen is of 2024-10-18."""

    name = "phutho_duk"
    province = "Phú Thọ"
    body = "Đảng ủy Khối các cơ quan"
    home = "https://danguykhoi.phutho.gov.vn/"
    countable = {"Tin tức": "Chuyen-muc-tin/Chi-tiet-tin/tabid/92/title/{6108}/ctitle/194/Default.aspx"}
    kind = "party-bloc"
    state = "dead"
    valid_to = "2025-02-28"


class PhuthoThanhba(GenericPortal):
    """Ủy ban nhân dân huyện Thanh Ba, Phú Thọ. Addresses hold accented letters."""

    name = "phutho_thanhba"
    province = "Phú Thọ"
    body = "Ủy ban nhân dân huyện Thanh Ba"
    home = "http://thanhba.phutho.gov.vn/"
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"/id/[^/?#]*-(\d+)(?:[?#]|$)"


class HoabinhCong(LiferayPortal):
    """Cổng thông tin điện tử tỉnh Hòa Bình. Its source is public; the shape of its articles' addresses is
    not known."""

    name = "hoabinh_cong"
    province = "Hòa Bình"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://hoabinh.gov.vn/"
    kind = "province"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = ""
