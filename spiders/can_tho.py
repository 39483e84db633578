"""Cần Thơ."""

from __future__ import annotations

from crawler.platforms.dotnetnuke import DotNetNukePortal
from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.numeric_path import NumericPathPortal


class CanthoSkhcn(DotNetNukePortal):
    """Sở Khoa học và Công nghệ Cần Thơ. The shape of its stamps is known from code."""

    name = "cantho_skhcn"
    province = "Cần Thơ"
    body = "Sở Khoa học và Công nghệ"
    home = "https://sokhcn.cantho.gov.vn/"
    kind = "khcn"


class HaugiangSkhcn(LiferayPortal):
    """Sở Khoa học và Công nghệ Hậu Giang. Numbers are glued to slugs."""

    name = "haugiang_skhcn"
    province = "Hậu Giang"
    body = "Sở Khoa học và Công nghệ"
    home = "https://skhcn.haugiang.gov.vn/"
    kind = "khcn"
    state = "frozen"
    valid_to = "2025-07-01"
    successor_portal = "cantho_skhcn"
    article_path = r"/-/tin-tuc/([^/?#]+)"


class SoctrangStttt(NumericPathPortal):
    """Sở Thông tin và Truyền thông Sóc Trăng. Addresses hold U+FFFD and are kept byte for byte."""

    name = "soctrang_stttt"
    province = "Sóc Trăng"
    body = "Sở Thông tin và Truyền thông"
    home = "https://sotttt.soctrang.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "cantho_skhcn"


class SoctrangDbnd(NumericPathPortal):
    """Đoàn đại biểu Quốc hội và Hội đồng nhân dân Sóc Trăng. Prints news of the departments."""

    name = "soctrang_dbnd"
    province = "Sóc Trăng"
    body = "Đoàn đại biểu Quốc hội và Hội đồng nhân dân"
    home = "https://dbnd.soctrang.gov.vn/"
    kind = "council"
    state = "frozen"
    valid_to = "2025-07-01"
