"""Quảng Ngãi."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.contrast_bar import ContrastBarPortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.liferay import LiferayPortal


class QuangngaiSvhttdl(ContrastBarPortal):
    """Sở Văn hóa, Thể thao và Du lịch Quảng Ngãi."""

    name = "quangngai_svhttdl"
    province = "Quảng Ngãi"
    body = "Sở Văn hóa, Thể thao và Du lịch"
    home = "https://sovhttdl.quangngai.gov.vn/"
    kind = "other-so"


class QuangngaiCong(LiferayPortal):
    """Cổng thông tin điện tử tỉnh Quảng Ngãi. Addresses repeat "/-/asset_publisher/Content/xem-chi-tiet"
    without end; a count follows the stamp."""

    name = "quangngai_cong"
    province = "Quảng Ngãi"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://www.quangngai.gov.vn/"
    hosts = ("ubnd.quangngai.gov.vn",)
    kind = "province"
    article_path = r"/xem-chi-tiet/-/asset_publisher/Content/[^?#]*\?(\d+)"


class KontumSkhcn(GenericPortal):
    """Sở Khoa học và Công nghệ Kon Tum. The stamp stands inside the bread crumb."""

    name = "kontum_skhcn"
    province = "Kon Tum"
    body = "Sở Khoa học và Công nghệ"
    home = "http://skhcn.kontum.gov.vn/"
    kind = "khcn"
    state = "frozen"
    valid_to = "2025-07-01"


class KontumSvhttdl(GenericPortal):
    """Sở Văn hóa, Thể thao và Du lịch Kon Tum. Paths hold a comma."""

    name = "kontum_svhttdl"
    province = "Kon Tum"
    body = "Sở Văn hóa, Thể thao và Du lịch"
    home = "https://svhttdl.kontum.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"/tin-tuc[^/?#]*/[^/?#]+-(\d+)(?:[?#]|$)"


class KontumVpubnd(AspNetPortal):
    """Văn phòng Ủy ban nhân dân tỉnh Kon Tum. A birthday can be the only whole date of a page."""

    name = "kontum_vpubnd"
    province = "Kon Tum"
    body = "Văn phòng Ủy ban nhân dân tỉnh"
    home = "http://vpubnd.kontum.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-07-01"
