"""TP. Hồ Chí Minh."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetMvcPortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.slug_number import SlugNumberPortal
from crawler.platforms.uiarticle import UiArticlePortal


class TphochiminhThanhuy(SlugNumberPortal):
    """Thành ủy Thành phố Hồ Chí Minh. That seed 004 is from this host is likely, not proven; TINSO_HOMES
    can name another."""

    name = "tphochiminh_thanhuy"
    province = "TP. Hồ Chí Minh"
    body = "Thành ủy"
    home = "https://www.hcmcpv.org.vn/"
    kind = "party"
    mark = "code"


class TphochiminhBaochi(GenericPortal):
    """Trung tâm Báo chí Thành phố Hồ Chí Minh. The stamp follows the byline on the first line."""

    name = "tphochiminh_baochi"
    province = "TP. Hồ Chí Minh"
    body = "Trung tâm Báo chí Thành phố"
    home = "https://beta.ttbc-hcm.gov.vn/"
    kind = "unit"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"-(\d+)\.html(?:[?#]|$)"


class BariavungtauSkhcn(AspNetMvcPortal):
    """Sở Khoa học và Công nghệ Bà Rịa - Vũng Tàu. The stamp is glued to the headline."""

    name = "bariavungtau_skhcn"
    province = "Bà Rịa - Vũng Tàu"
    body = "Sở Khoa học và Công nghệ"
    home = "http://sokhcn.baria-vungtau.gov.vn/"
    kind = "khcn"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"/ManagementNews/DetailNew/(\d+)"


class BariavungtauDuk(GenericPortal):
    """Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh Bà Rịa - Vũng Tàu. The byline is followed by "Chuyên đề"."""

    name = "bariavungtau_duk"
    province = "Bà Rịa - Vũng Tàu"
    body = "Đảng ủy Khối Cơ quan và Doanh nghiệp"
    home = "http://khoicqdn.baria-vungtau.gov.vn/"
    kind = "party-bloc"
    state = "dead"
    valid_to = "2025-02-28"


class BinhduongStttt(UiArticlePortal):
    """Sở Thông tin và Truyền thông Bình Dương. The platform is likely (alternative texts)."""

    name = "binhduong_stttt"
    province = "Bình Dương"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.binhduong.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
