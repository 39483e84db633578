"""Lâm Đồng."""

from __future__ import annotations

from crawler.platforms.dotnetnuke import DotNetNukePortal
from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.uiarticle import UiArticlePortal


class LamdongDuk(SharePointPortal):
    """Đảng ủy Khối các cơ quan tỉnh Lâm Đồng. A site of the province's portal."""

    name = "lamdong_duk"
    province = "Lâm Đồng"
    body = "Đảng ủy Khối các cơ quan"
    home = "http://www.lamdong.gov.vn/vi-VN/a/dukcq/"
    sections = {"Tuyên truyền": "hdnv/tuyentruyen/Pages/default.aspx"}
    kind = "party-bloc"
    state = "dead"
    valid_to = "2025-02-28"
    article_path = r"/a/dukcq/([^?#]+\.aspx(?:\?[^#]*)?)"


class DaknongStttt(UiArticlePortal):
    """Sở Thông tin và Truyền thông Đắk Nông. The platform is likely (paths of uploads); the scheme is not
    known."""

    name = "daknong_stttt"
    province = "Đắk Nông"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.daknong.gov.vn/"
    mark = "code"
    state = "frozen"
    valid_to = "2025-03-01"


class DaknongCong(LiferayPortal):
    """Cổng thông tin điện tử tỉnh Đắk Nông. A twelve-hour clock without AM and PM: the day alone is
    believed."""

    name = "daknong_cong"
    province = "Đắk Nông"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://daknong.gov.vn/"
    kind = "province"
    state = "frozen"
    valid_to = "2025-07-01"
    clock = 12


class BinhthuanDanvan(DotNetNukePortal):
    """Ban Dân vận Tỉnh ủy Bình Thuận."""

    name = "binhthuan_danvan"
    province = "Bình Thuận"
    body = "Ban Dân vận Tỉnh ủy"
    home = "https://bdvtu.binhthuan.dcs.vn/"
    kind = "party"
    state = "frozen"
    valid_to = "2025-07-01"


class BinhthuanPhanthiet(DotNetNukePortal):
    """Thành ủy Phan Thiết, Bình Thuận."""

    name = "binhthuan_phanthiet"
    province = "Bình Thuận"
    body = "Thành ủy Phan Thiết"
    home = "https://phanthiet.binhthuan.dcs.vn/"
    kind = "party"
    state = "frozen"
    valid_to = "2025-07-01"


class BinhthuanTinhdoan(DotNetNukePortal):
    """Tỉnh đoàn Bình Thuận. Same system as its sisters; the scheme is likely."""

    name = "binhthuan_tinhdoan"
    province = "Bình Thuận"
    body = "Tỉnh đoàn"
    home = "https://tinhdoan.binhthuan.dcs.vn/"
    kind = "mass"
    state = "frozen"
    valid_to = "2025-07-01"
