"""Lạng Sơn."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.drupal import DrupalPortal


class LangsonSnn(DrupalPortal):
    """Sở Nông nghiệp và Phát triển nông thôn Lạng Sơn. Now Sở Nông nghiệp và Môi trường; a banner about
    another congress stands above headlines."""

    name = "langson_snn"
    province = "Lạng Sơn"
    body = "Sở Nông nghiệp và Phát triển nông thôn"
    home = "http://sonn.langson.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-03-01"


class LangsonDuk(AspNetPortal):
    """Đảng ủy Khối các cơ quan tỉnh Lạng Sơn."""

    name = "langson_duk"
    province = "Lạng Sơn"
    body = "Đảng ủy Khối các cơ quan"
    home = "http://duk.langson.gov.vn/"
    kind = "party-bloc"
    state = "dead"
    valid_to = "2025-02-28"
    article_path = r"[?&]a=detail&(?:[^#]*&)?id=(\d+)"


class LangsonCong(DrupalPortal):
    """Cổng thông tin điện tử tỉnh Lạng Sơn."""

    name = "langson_cong"
    province = "Lạng Sơn"
    body = "Cổng thông tin điện tử tỉnh"
    home = "http://www.langson.gov.vn/"
    kind = "province"
