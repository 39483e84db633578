"""Vĩnh Long."""

from __future__ import annotations

from crawler.platforms.dotnetnuke import DotNetNukePortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.numeric_path import NumericPathPortal


class VinhlongDangbo(GenericPortal):
    """Đảng bộ tỉnh Vĩnh Long. Next.js over a content host (cmsapi.vinhlong.dcs.vn) whose routes are not
    known."""

    name = "vinhlong_dangbo"
    province = "Vĩnh Long"
    body = "Đảng bộ tỉnh"
    home = "https://vinhlong.dcs.vn/"
    kind = "party"
    mark = "code"


class VinhlongCong(DotNetNukePortal):
    """Cổng thông tin điện tử tỉnh Vĩnh Long. A page clock stands before the stamp; departments are sites
    of it."""

    name = "vinhlong_cong"
    province = "Vĩnh Long"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://tintuc.vinhlong.gov.vn/"
    hosts = ("vinhlong.gov.vn",)
    kind = "province"


class BentreSkhcn(GenericPortal):
    """Sở Khoa học và Công nghệ Bến Tre."""

    name = "bentre_skhcn"
    province = "Bến Tre"
    body = "Sở Khoa học và Công nghệ"
    home = "http://dost-bentre.gov.vn/"
    kind = "khcn"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"/tin-tuc/(\d+)/"


class TravinhStttt(NumericPathPortal):
    """Sở Thông tin và Truyền thông Trà Vinh. Initials are glued to the counter: "T.HThống kê truy cập"."""

    name = "travinh_stttt"
    province = "Trà Vinh"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.travinh.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
