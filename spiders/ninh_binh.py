"""Ninh Bình."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.uiarticle import UiArticlePortal


class NinhbinhStttt(GenericPortal):
    """Sở Thông tin và Truyền thông Ninh Bình. The name of the host is all that is known."""

    name = "ninhbinh_stttt"
    province = "Ninh Bình"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.ninhbinh.gov.vn/"
    mark = "code"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "ninhbinh_skhcn"


class NinhbinhSkhcn(UiArticlePortal):
    """Sở Khoa học và Công nghệ Ninh Bình. A public scraper does not verify its certificate."""

    name = "ninhbinh_skhcn"
    province = "Ninh Bình"
    body = "Sở Khoa học và Công nghệ"
    home = "https://sokhcn.ninhbinh.gov.vn/"
    sections = {"Tin hoạt động Sở": "tin-hoat-dong-cua-so", "Tin hoạt động tỉnh": "tin-hoat-dong-cua-tinh"}
    kind = "khcn"
    mark = "code"


class NinhbinhSvhtt(GenericPortal):
    """Sở Văn hóa và Thể thao Ninh Bình. Headlines are cut on the page itself."""

    name = "ninhbinh_svhtt"
    province = "Ninh Bình"
    body = "Sở Văn hóa và Thể thao"
    home = "https://vhtt.ninhbinh.gov.vn/"
    kind = "other-so"
    article_path = r"/vi/[^/?#]+/[^/?#]+-(\d+)\.html"


class NinhbinhTrangan(GenericPortal):
    """Ban Quản lý Quần thể danh thắng Tràng An, Ninh Bình. Prints its Party cell's congresses."""

    name = "ninhbinh_trangan"
    province = "Ninh Bình"
    body = "Ban Quản lý Quần thể danh thắng Tràng An"
    home = "http://trangandanhthang.vn/"
    kind = "other-so"
    article_path = r"/tin-tuc/[^/?#]+-(\d+)(?:[?#]|$)"


class NinhbinhCong(UiArticlePortal):
    """Cổng thông tin điện tử tỉnh Ninh Bình. A public scraper does not verify its certificate."""

    name = "ninhbinh_cong"
    province = "Ninh Bình"
    body = "Cổng thông tin điện tử tỉnh"
    home = "https://ninhbinh.gov.vn/"
    kind = "province"
    mark = "code"


class HanamStttt(SharePointPortal):
    """Sở Thông tin và Truyền thông Hà Nam. A site of the province's portal; the headline is printed twice."""

    name = "hanam_stttt"
    province = "Hà Nam"
    body = "Sở Thông tin và Truyền thông"
    home = "http://hanam.gov.vn/stttt/"
    state = "frozen"
    valid_to = "2025-03-01"
    successor_portal = "ninhbinh_skhcn"
    article_path = r"(?i)/stttt/Pages/([^/?#]+)\.aspx"


class HanamStp(SharePointPortal):
    """Sở Tư pháp Hà Nam. The headline is printed twice."""

    name = "hanam_stp"
    province = "Hà Nam"
    body = "Sở Tư pháp"
    home = "https://stp.hanam.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"(?i)/Pages/([^/?#]+)\.aspx"


class HanamSvhttdl(SharePointPortal):
    """Sở Văn hóa, Thể thao và Du lịch Hà Nam. The headline is printed twice."""

    name = "hanam_svhttdl"
    province = "Hà Nam"
    body = "Sở Văn hóa, Thể thao và Du lịch"
    home = "https://svhttdl.hanam.gov.vn/"
    kind = "other-so"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"(?i)/Pages/([^/?#]+)\.aspx"


class HanamKimbang(GenericPortal):
    """Ủy ban nhân dân huyện Kim Bảng, Hà Nam. Served under the successor's domain."""

    name = "hanam_kimbang"
    province = "Hà Nam"
    body = "Ủy ban nhân dân huyện Kim Bảng"
    home = "https://kimbang.ninhbinh.gov.vn/"
    sections = {"Công tác xây dựng Đảng": "vi/chuyen-muc/cong-tac-xay-dung-dang"}
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"


class NamdinhDuk(GenericPortal):
    """Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Nam Định. Stamps have spaces around slashes."""

    name = "namdinh_duk"
    province = "Nam Định"
    body = "Đảng ủy Khối các cơ quan và doanh nghiệp"
    home = "https://danguykhoicaccqvadn.namdinh.gov.vn/"
    kind = "party-bloc"
    state = "dead"
    valid_to = "2025-02-28"
    article_path = r"/tin-tuc-[^/?#]+-(\d+)\.html"
