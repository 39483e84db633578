"""An Giang."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.drupal import DrupalPortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.websphere import WebSpherePortal


class AngiangSkhcn(DrupalPortal):
    """Sở Khoa học và Công nghệ An Giang. Holds the history of Sở TT&TT; slugs drop stop words."""

    name = "angiang_skhcn"
    province = "An Giang"
    body = "Sở Khoa học và Công nghệ"
    home = "https://sokhcn.angiang.gov.vn/"
    kind = "khcn"


class AngiangDangbo(SharePointPortal):
    """Đảng bộ tỉnh An Giang. An AngularJS front over SharePoint; the scheme is not known."""

    name = "angiang_dangbo"
    province = "An Giang"
    body = "Đảng bộ tỉnh"
    home = "https://www.angiang.dcs.vn/"
    kind = "party"
    mark = "code"


class AngiangCong(WebSpherePortal):
    """Cổng thông tin điện tử tỉnh An Giang. The state in an address is no identity; newer hosts of it are
    on Drupal."""

    name = "angiang_cong"
    province = "An Giang"
    body = "Cổng thông tin điện tử tỉnh"
    home = "http://angiang.gov.vn/"
    hosts = ("v1.angiang.gov.vn",)
    kind = "province"


class AngiangStttt(GenericPortal):
    """Sở Thông tin và Truyền thông An Giang. Its system is not known; the province's portal, beside it,
    runs WebSphere and Drupal."""

    name = "angiang_stttt"
    province = "An Giang"
    body = "Sở Thông tin và Truyền thông"
    home = "http://sotttt.angiang.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "angiang_skhcn"


class KiengiangStttt(AspNetPortal):
    """Sở Thông tin và Truyền thông Kiên Giang. The mobile copy stands at /m/<section>/<id>/."""

    name = "kiengiang_stttt"
    province = "Kiên Giang"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.kiengiang.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "angiang_skhcn"
    article_path = r"/(?:trang/TinTuc|m)/\d+/(\d+)/"
