"""Tuyên Quang."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.generic import GenericPortal


class TuyenquangStttt(AspNetPortal):
    """Sở Thông tin và Truyền thông Tuyên Quang. Was the province's portal too; a slug can hold a slash."""

    name = "tuyenquang_stttt"
    province = "Tuyên Quang"
    body = "Sở Thông tin và Truyền thông"
    home = "http://stttttuyenquang.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"/DetailView/(\d+)/"


class TuyenquangStnmt(AspNetPortal):
    """Sở Tài nguyên và Môi trường Tuyên Quang. Now Sở Nông nghiệp và Môi trường; datelines as "Ngày 8 -
    9,"."""

    name = "tuyenquang_stnmt"
    province = "Tuyên Quang"
    body = "Sở Tài nguyên và Môi trường"
    home = "http://tnmttuyenquang.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"/tin-tuc/[^?#]+-(\d+)\.html"


class TuyenquangDangbo(AspNetPortal):
    """Đảng bộ tỉnh Tuyên Quang."""

    name = "tuyenquang_dangbo"
    province = "Tuyên Quang"
    body = "Đảng bộ tỉnh"
    home = "https://tuyenquang.dcs.vn/"
    kind = "party"
    mark = "code"
    article_path = r"/DetailView/(\d+)/"


class HagiangBao(GenericPortal):
    """Báo Hà Giang. Stand-in: no portal of the province was seen."""

    name = "hagiang_bao"
    province = "Hà Giang"
    body = "Báo Hà Giang"
    home = "http://baohagiang.vn/"
    kind = "newspaper"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"/\d{6}/[^/?#]+-(\d+)/?(?:[?#]|$)"
