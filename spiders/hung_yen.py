"""Hưng Yên."""

from __future__ import annotations

from crawler.platforms.contrast_bar import ContrastBarPortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.sharepoint import SharePointPortal


class HungyenUbkt(GenericPortal):
    """Ủy ban Kiểm tra Tỉnh ủy Hưng Yên. Lists are /chuyen-muc-<slug>-c<section>-<page>.html; the scheme is
    not known."""

    name = "hungyen_ubkt"
    province = "Hưng Yên"
    body = "Ủy ban Kiểm tra Tỉnh ủy"
    home = "https://ubkt.hungyen.dcs.vn/"
    kind = "party"
    article_path = r"/(?!chuyen-muc-)[^/?#]+-c(\d+)\.html"


class HungyenDangbo(GenericPortal):
    """Đảng bộ tỉnh Hưng Yên. Lists are /chuyen-muc-<slug>-c<section>-<page>.html; the scheme is not known."""

    name = "hungyen_dangbo"
    province = "Hưng Yên"
    body = "Đảng bộ tỉnh"
    home = "https://hungyen.dcs.vn/"
    kind = "party"
    article_path = r"/(?!chuyen-muc-)[^/?#]+-c(\d+)\.html"


class HungyenSgtvt(SharePointPortal):
    """Sở Giao thông vận tải Hưng Yên. Merged into Sở Xây dựng on 2025-03-01; known from print copies."""

    name = "hungyen_sgtvt"
    province = "Hưng Yên"
    body = "Sở Giao thông vận tải"
    home = "http://sogtvt.hungyen.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"(?i)/pages/\w+\.aspx\?(?:[^#]*&)?p=(\d+)"


class HungyenSvhttdl(SharePointPortal):
    """Sở Văn hóa, Thể thao và Du lịch Hưng Yên. Same system as sogtvt.hungyen.gov.vn; known from print
    copies."""

    name = "hungyen_svhttdl"
    province = "Hưng Yên"
    body = "Sở Văn hóa, Thể thao và Du lịch"
    home = "http://sovhttdl.hungyen.gov.vn/"
    kind = "other-so"
    article_path = r"(?i)/pages/\w+\.aspx\?(?:[^#]*&)?p=(\d+)"


class HungyenVanlam(SharePointPortal):
    """Ủy ban nhân dân huyện Văn Lâm, Hưng Yên. Known from print copies."""

    name = "hungyen_vanlam"
    province = "Hưng Yên"
    body = "Ủy ban nhân dân huyện Văn Lâm"
    home = "https://vanlam.hungyen.gov.vn/"
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"(?i)/pages/\w+\.aspx\?(?:[^#]*&)?p=(\d+)"


class ThaibinhStttt(GenericPortal):
    """Sở Thông tin và Truyền thông Thái Bình. Articles stand at /tin-tuc/<section>/<slug>.html; the scheme
    is not known."""

    name = "thaibinh_stttt"
    province = "Thái Bình"
    body = "Sở Thông tin và Truyền thông"
    home = "https://sotttt.thaibinh.gov.vn/"
    mark = "code"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"/tin-tuc/([^/?#]+/[^/?#]+)\.html"


class ThaibinhVuthu(ContrastBarPortal):
    """Ủy ban nhân dân huyện Vũ Thư, Thái Bình. Slugs are made from decomposed letters."""

    name = "thaibinh_vuthu"
    province = "Thái Bình"
    body = "Ủy ban nhân dân huyện Vũ Thư"
    home = "https://vuthu.thaibinh.gov.vn/"
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"
