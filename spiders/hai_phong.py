"""Hải Phòng."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.uiarticle import UiArticlePortal


class HaiphongStttt(UiArticlePortal):
    """Sở Thông tin và Truyền thông Hải Phòng. Slugs are cut; bylines are initials. The platform is likely."""

    name = "haiphong_stttt"
    province = "Hải Phòng"
    body = "Sở Thông tin và Truyền thông"
    home = "https://sotttt.haiphong.gov.vn/"
    sections = {"Công tác Đảng": "cong-tac-dang/"}
    state = "frozen"
    valid_to = "2025-03-01"


class HaiphongCong(AspNetPortal):
    """Cổng thông tin điện tử thành phố Hải Phòng. The letter head's date is the day of the request."""

    name = "haiphong_cong"
    province = "Hải Phòng"
    body = "Cổng thông tin điện tử thành phố"
    home = "http://www.haiphong.gov.vn/"
    kind = "province"
    article_path = r"(?i)/Portal/\w+\.aspx\?(?:[^#]*&)?ContentID=(\d+)"


class HaiphongPhulien(UiArticlePortal):
    """Phường Phù Liễn, Hải Phòng. Has Party sections; the scheme is not known."""

    name = "haiphong_phulien"
    province = "Hải Phòng"
    body = "Phường Phù Liễn"
    home = "https://phulien.haiphong.gov.vn/"
    kind = "commune"
    mark = "code"
    valid_from = "2025-07-01"


class HaiphongTienlang(UiArticlePortal):
    """Xã Tiên Lãng, Hải Phòng. Has Party sections; the scheme is not known."""

    name = "haiphong_tienlang"
    province = "Hải Phòng"
    body = "Xã Tiên Lãng"
    home = "https://tienlang.haiphong.gov.vn/"
    kind = "commune"
    mark = "code"
    valid_from = "2025-07-01"


class HaiduongStttt(SharePointPortal):
    """Sở Thông tin và Truyền thông Hải Dương. Addresses come with and without :443; hard line breaks stand
    inside sentences."""

    name = "haiduong_stttt"
    province = "Hải Dương"
    body = "Sở Thông tin và Truyền thông"
    home = "https://sotttt.haiduong.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"(?i)/Trang/([^/?#]+)\.aspx"
