"""The samples of further platforms as portals are declared, beside the five of `portals.py`."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.uiarticle import UiArticlePortal
from crawler.platforms.vccorp import VccorpPortal
from crawler.platforms.vhv import VhvPortal
from crawler.platforms.vnpt import VnptPortal
from crawler.portal import Portal
from crawler.sample_portals.other_families import other_portals


def family_portals(port: int) -> list[type[Portal]]:
    """Return a portal for each further platform, as a server on a port of this machine serves it."""

    class NukeViet(NukeVietPortal):
        """One section by its list, one by its feed."""

        name = "mau_nukeviet"
        province = "Tây Ninh"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://nukeviet.localhost:{port}/"
        sections = {
            "Công tác Đảng": "vi/news/cong-tac-dang/",
            "Tin tức - Sự kiện": "vi/news/rss/tin-tuc-su-kien/",
        }

    class UiArticle(UiArticlePortal):
        """Lists grow by forms."""

        name = "mau_uiarticle"
        province = "Ninh Bình"
        body = "Sở Khoa học và Công nghệ"
        home = f"http://uiarticle.localhost:{port}/"
        sections = {"Công tác Đảng": "cong-tac-dang", "Tin hoạt động": "tin-hoat-dong"}

    class UiArticleJson(UiArticlePortal):
        """Lists grow by JSON."""

        name = "mau_uiarticle_json"
        province = "Hải Phòng"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://uiarticle-json.localhost:{port}/"
        sections = {"Công tác Đảng": "cong-tac-dang", "Tin hoạt động": "tin-hoat-dong"}

    class Vccorp(VccorpPortal):
        """Lists grow by forms with opaque codes and end with an empty answer."""

        name = "mau_vccorp"
        province = "Hà Nội"
        body = "Cổng thông tin điện tử thành phố"
        home = f"http://vccorp.localhost:{port}/"
        sections = {"Xây dựng Đảng": "xay-dung-dang", "Tin tức sự kiện nổi bật": "tin-tuc-su-kien-noi-bat"}

    class Vhv(VhvPortal):
        """Addresses without numbers; print copies in every row."""

        name = "mau_vhv"
        province = "Lào Cai"
        body = "Sở Khoa học và Công nghệ"
        home = f"http://vhv.localhost:{port}/"
        sections = {"Công tác Đảng": "tin-tuc/cong-tac-dang", "Tin tức - Sự kiện": "tin-tuc/tin-tuc-su-kien"}

    class Vnpt(VnptPortal):
        """Every article at three addresses; days without times."""

        name = "mau_vnpt"
        province = "Sơn La"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://vnpt.localhost:{port}/"
        sections = {"Công tác Đảng": "cong-tac-dang", "Tin tức sự kiện": "tin-tuc-su-kien"}

    return [NukeViet, UiArticle, UiArticleJson, Vccorp, Vhv, Vnpt, *other_portals(port)]
