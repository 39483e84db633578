"""The samples of further platforms as portals are declared, beside the five of `portals.py`."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietPortal
from crawler.portal import Portal


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

    return [NukeViet]
