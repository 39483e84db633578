"""Quảng Trị."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal
from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.nukeviet import NukeVietPortal


class QuangtriSkhcn(GenericPortal):
    """Sở Khoa học và Công nghệ Quảng Trị. A page clock stands before the stamp."""

    name = "quangtri_skhcn"
    province = "Quảng Trị"
    body = "Sở Khoa học và Công nghệ"
    home = "http://dostquangtri.gov.vn/"
    kind = "khcn"
    article_path = r"[?&]details=(\d+)"


class QuangtriStp(LiferayPortal):
    """Sở Tư pháp Quảng Trị. Titles say only "Chi tiết - Sở Tư pháp"."""

    name = "quangtri_stp"
    province = "Quảng Trị"
    body = "Sở Tư pháp"
    home = "https://sotp.quangtri.gov.vn/"
    kind = "other-so"


class QuangtriBandantoc(GenericPortal):
    """Ban Dân tộc Quảng Trị. Now Sở Dân tộc và Tôn giáo."""

    name = "quangtri_bandantoc"
    province = "Quảng Trị"
    body = "Ban Dân tộc"
    home = "http://bdtquangtri.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"/bai-viet/[^/?#]+-(\d+)(?:[?#]|$)"


class QuangtriThanhtra(NukeVietPortal):
    """Thanh tra tỉnh Quảng Trị. Known from save-as copies (/news/savefile/)."""

    name = "quangtri_thanhtra"
    province = "Quảng Trị"
    body = "Thanh tra tỉnh"
    home = "https://thanhtra.quangtri.gov.vn/"
    kind = "other-so"
    article_path = r"/news/[^?#]+-(\d+)(?:\.html|/|$)"


class QuangbinhStttt(LiferayPortal):
    """Sở Thông tin và Truyền thông Quảng Bình. An address ends in the time of creation, weeks before
    publication."""

    name = "quangbinh_stttt"
    province = "Quảng Bình"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.quangbinh.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "quangtri_skhcn"
