"""Đồng Nai."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.sharepoint import SharePointPortal


class DongnaiStttt(SharePointPortal):
    """Sở Thông tin và Truyền thông Đồng Nai. Its articles stand on the successor's host too."""

    name = "dongnai_stttt"
    province = "Đồng Nai"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.dongnai.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "dongnai_skhcn"
    article_path = r"(?i)/newsdetail\.aspx\?(?:[^#]*&)?NewsId=(\d+)"


class DongnaiSkhcn(NukeVietPortal):
    """Sở Khoa học và Công nghệ Đồng Nai. Older pages are SharePoint's (newsdetail.aspx), Sở TT&TT's among
    them."""

    name = "dongnai_skhcn"
    province = "Đồng Nai"
    body = "Sở Khoa học và Công nghệ"
    home = "https://skhcn.dongnai.gov.vn/"
    kind = "khcn"
    article_path = r"(?i)/vi/news/[^?#]+-(\d+)\.html|/newsdetail\.aspx\?(?:[^#]*&)?NewsId=(\d+)"


class DongnaiSkhdt(SharePointPortal):
    """Sở Kế hoạch và Đầu tư Đồng Nai. Merged into Sở Tài chính on 2025-03-01."""

    name = "dongnai_skhdt"
    province = "Đồng Nai"
    body = "Sở Kế hoạch và Đầu tư"
    home = "http://dpidongnai.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"(?i)/newsdetail\.aspx\?(?:[^#]*&)?NewsId=(\d+)"


class DongnaiCong(NukeVietPortal):
    """Cổng thông tin điện tử tỉnh Đồng Nai. The tag "(CTT-Đồng Nai) -" can break over two lines."""

    name = "dongnai_cong"
    province = "Đồng Nai"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://new.dongnai.gov.vn/"
    kind = "province"


class DongnaiXuanloc(NukeVietPortal):
    """Xã Xuân Lộc, Đồng Nai. Feeds for each section under /vi/news/; the scheme is not known."""

    name = "dongnai_xuanloc"
    province = "Đồng Nai"
    body = "Xã Xuân Lộc"
    home = "https://xuanloc.dongnai.gov.vn/"
    kind = "commune"
    mark = "code"
    valid_from = "2025-07-01"


class DongnaiBudang(NukeVietPortal):
    """Xã Bù Đăng, Đồng Nai. Once Bình Phước. The section's feed is read by a public script; the scheme is
    not known."""

    name = "dongnai_budang"
    province = "Đồng Nai"
    body = "Xã Bù Đăng"
    home = "https://budang.dongnai.gov.vn/"
    sections = {"Hoạt động Đảng ủy": "vi/news/hoat-dong-dang-uy/"}
    kind = "commune"
    mark = "code"
    valid_from = "2025-07-01"


class BinhphuocStttt(NukeVietPortal):
    """Sở Thông tin và Truyền thông Bình Phước. A site of the province's portal."""

    name = "binhphuoc_stttt"
    province = "Bình Phước"
    body = "Sở Thông tin và Truyền thông"
    home = "https://binhphuoc.gov.vn/vi/stttt/"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "dongnai_skhcn"
    article_path = r"/vi/(?:stttt|news)/[^?#]+-(\d+)\.html"


class BinhphuocCong(NukeVietPortal):
    """Cổng thông tin điện tử tỉnh Bình Phước. Shares its host with the sites of departments; tag
    "(CTTĐTBP) -"."""

    name = "binhphuoc_cong"
    province = "Bình Phước"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://binhphuoc.gov.vn/"
    kind = "province"
    state = "frozen"
    valid_to = "2025-07-01"
    successor_portal = "dongnai_cong"


class BinhphuocTinhuy(NukeVietPortal):
    """Tỉnh ủy Bình Phước. The stamp's shape is known from a list of tags."""

    name = "binhphuoc_tinhuy"
    province = "Bình Phước"
    body = "Tỉnh ủy"
    home = "https://tinhuybinhphuoc.vn/"
    kind = "party"
    state = "frozen"
    valid_to = "2025-07-01"
