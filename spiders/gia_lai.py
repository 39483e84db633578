"""Gia Lai."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.contrast_bar import ContrastBarPortal
from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.nukeviet import NukeVietPortal


class GialaiStttt(AspNetPortal):
    """Sở Thông tin và Truyền thông Gia Lai. ?page=<n> on an article's address gives another article."""

    name = "gialai_stttt"
    province = "Gia Lai"
    body = "Sở Thông tin và Truyền thông"
    home = "https://ict.gialai.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"/News/(\w+/[^/?#]+(?:\?page=\d+)?)"


class GialaiDbnd(AspNetPortal):
    """Đoàn đại biểu Quốc hội và Hội đồng nhân dân Gia Lai. The bread crumb repeats the headline, cut."""

    name = "gialai_dbnd"
    province = "Gia Lai"
    body = "Đoàn đại biểu Quốc hội và Hội đồng nhân dân"
    home = "https://dbnd.gialai.gov.vn/"
    kind = "council"
    article_path = r"/News/(\w+/[^/?#]+)"


class BinhdinhStttt(NukeVietPortal):
    """Sở Thông tin và Truyền thông Bình Định. An older site in PHP (/stttt/rss.php) is likely gone."""

    name = "binhdinh_stttt"
    province = "Bình Định"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.binhdinh.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"


class BinhdinhDangbo(LiferayPortal):
    """Đảng bộ tỉnh Bình Định. Addresses hold ";@@oXyzs"; bylines are in capitals."""

    name = "binhdinh_dangbo"
    province = "Bình Định"
    body = "Đảng bộ tỉnh"
    home = "https://binhdinh.dcs.vn/"
    kind = "party"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"/-/view-content/(\d+)/"


class BinhdinhCong(ContrastBarPortal):
    """Cổng thông tin điện tử tỉnh Bình Định. A slug may name another article than its page."""

    name = "binhdinh_cong"
    province = "Bình Định"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://binhdinh.gov.vn/"
    kind = "province"
    state = "frozen"
    valid_to = "2025-07-01"
