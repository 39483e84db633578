"""Điện Biên."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal
from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.sharepoint import SharePointPortal


class DienbienSkhcn(NukeVietPortal):
    """Sở Khoa học và Công nghệ Điện Biên. A public scraper does not verify its certificate."""

    name = "dienbien_skhcn"
    province = "Điện Biên"
    body = "Sở Khoa học và Công nghệ"
    home = "https://sokhcn.dienbien.gov.vn/"
    kind = "khcn"
    mark = "code"


class DienbienSvhttdl(SharePointPortal):
    """Sở Văn hóa, Thể thao và Du lịch Điện Biên. The folder of an address is a date; platform and scheme
    are likely."""

    name = "dienbien_svhttdl"
    province = "Điện Biên"
    body = "Sở Văn hóa, Thể thao và Du lịch"
    home = "https://svhttdldienbien.gov.vn/"
    kind = "other-so"
    article_path = r"(?i)/portal/pages/(\d{4}-\d{1,2}-\d{1,2}/[^/?#]+)\.aspx"


class DienbienDbnd(GenericPortal):
    """Đoàn đại biểu Quốc hội và Hội đồng nhân dân Điện Biên. Addresses come with and without :443."""

    name = "dienbien_dbnd"
    province = "Điện Biên"
    body = "Đoàn đại biểu Quốc hội và Hội đồng nhân dân"
    home = "https://daibieunhandan.dienbien.gov.vn/"
    kind = "council"
    article_path = r"/Article/(\d+)/"
