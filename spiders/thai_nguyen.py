"""Thái Nguyên."""

from __future__ import annotations

from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.sharepoint import SharePointPortal


class ThainguyenChuyendoiso(LiferayPortal):
    """Cổng Chuyển đổi số tỉnh Thái Nguyên. Stamps are raw (2025-07-16 09:19:00.0); the lead is printed
    twice."""

    name = "thainguyen_chuyendoiso"
    province = "Thái Nguyên"
    body = "Cổng Chuyển đổi số tỉnh"
    home = "https://chuyendoiso.thainguyen.gov.vn/"
    kind = "other-so"
    article_path = r"/-/asset_publisher/\w+/content/([^/?#]+)"


class ThainguyenDangbo(NukeVietPortal):
    """Đảng bộ tỉnh Thái Nguyên. Live in March 2026."""

    name = "thainguyen_dangbo"
    province = "Thái Nguyên"
    body = "Đảng bộ tỉnh"
    home = "https://www.thainguyen.dcs.vn/"
    kind = "party"


class BackanStttt(SharePointPortal):
    """Sở Thông tin và Truyền thông Bắc Kạn. Addresses come with and without :443."""

    name = "backan_stttt"
    province = "Bắc Kạn"
    body = "Sở Thông tin và Truyền thông"
    home = "https://ict.backan.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"(?i)/Pages/(?:[^/?#]+/)+[^/?#]+-([0-9a-f]{16})\.aspx"


class BackanCong(SharePointPortal):
    """Cổng thông tin điện tử tỉnh Bắc Kạn."""

    name = "backan_cong"
    province = "Bắc Kạn"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://backan.gov.vn/"
    kind = "province"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"(?i)/Pages/(?:[^/?#]+/)+[^/?#]+-([0-9a-f]{16})\.aspx"
