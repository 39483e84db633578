"""Đắk Lắk."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetMvcPortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.websphere import WebSpherePortal
from crawler.platforms.wordpress import WordPressPortal


class PhuyenDuk(AspNetMvcPortal):
    """Đảng ủy Khối Cơ quan, Doanh nghiệp tỉnh Phú Yên. Overviews cite documents alone: no date in their
    bodies is an event's."""

    name = "phuyen_duk"
    province = "Phú Yên"
    body = "Đảng ủy Khối Cơ quan, Doanh nghiệp"
    home = "http://dukdn.phuyen.gov.vn/"
    countable = {"Tin tức": "Home/Detail/{862}"}
    kind = "party-bloc"
    state = "dead"
    valid_to = "2025-02-28"


class DaklakStttt(GenericPortal):
    """Sở Thông tin và Truyền thông Đắk Lắk. Name and host from code, the scheme is not known; robots.txt
    of daklak.gov.vn forbids all."""

    name = "daklak_stttt"
    province = "Đắk Lắk"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.daklak.gov.vn/"
    mark = "code"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "daklak_skhcn"


class DaklakSkhcn(GenericPortal):
    """Sở Khoa học và Công nghệ Đắk Lắk. Name and host from code, the scheme is not known; robots.txt of
    daklak.gov.vn forbids all."""

    name = "daklak_skhcn"
    province = "Đắk Lắk"
    body = "Sở Khoa học và Công nghệ"
    home = "https://sokhcn.daklak.gov.vn/"
    kind = "khcn"
    mark = "code"


class DaklakLak(WordPressPortal):
    """Trung tâm Truyền thông huyện Lắk, Đắk Lắk."""

    name = "daklak_lak"
    province = "Đắk Lắk"
    body = "Trung tâm Truyền thông huyện Lắk"
    home = "https://ttthlak.gov.vn/"
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"


class PhuyenStttt(WebSpherePortal):
    """Sở Thông tin và Truyền thông Phú Yên. The scheme of its addresses is not known."""

    name = "phuyen_stttt"
    province = "Phú Yên"
    body = "Sở Thông tin và Truyền thông"
    home = "http://sotttt.phuyen.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "daklak_skhcn"


class PhuyenDangbo(GenericPortal):
    """Đảng bộ tỉnh Phú Yên. Lists turn by ?pagenumber=<n>."""

    name = "phuyen_dangbo"
    province = "Phú Yên"
    body = "Đảng bộ tỉnh"
    home = "http://www.phuyen.dcs.vn/"
    sections = {"Chính trị": "chinh-tri"}
    kind = "party"
    state = "frozen"
    valid_to = "2025-07-01"
