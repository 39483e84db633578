"""Lào Cai."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.uiarticle import UiArticlePortal


class LaocaiStttt(UiArticlePortal):
    """Sở Thông tin và Truyền thông Lào Cai. The platform is likely (shape of addresses)."""

    name = "laocai_stttt"
    province = "Lào Cai"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.laocai.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"


class YenbaiStc(SharePointPortal):
    """Sở Tài chính Yên Bái. Platform and scheme are likely; lists turn by page=<n>."""

    name = "yenbai_stc"
    province = "Yên Bái"
    body = "Sở Tài chính"
    home = "https://sotaichinh.yenbai.gov.vn/"
    sections = {"Tin hoạt động": "noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l=Tinhoatdong&lv=5"}
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = ""


class YenbaiPhunu(SharePointPortal):
    """Hội Liên hiệp Phụ nữ tỉnh Yên Bái. The platform is likely; lists turn by page=<n>."""

    name = "yenbai_phunu"
    province = "Yên Bái"
    body = "Hội Liên hiệp Phụ nữ tỉnh"
    home = "https://hoilhpn.yenbai.gov.vn/"
    sections = {"Tin hoạt động": "noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l=Tinhoatdong+&lv=4"}
    kind = "mass"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = ""


class YenbaiTinhdoan(AspNetPortal):
    """Tỉnh đoàn Yên Bái. SA and CH stand for AM and PM; slugs are cut."""

    name = "yenbai_tinhdoan"
    province = "Yên Bái"
    body = "Tỉnh đoàn"
    home = "http://tinhdoanyenbai.gov.vn/"
    kind = "mass"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"[?&]UserKey=([^&#]+)"
