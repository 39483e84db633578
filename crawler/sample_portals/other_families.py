"""The samples of the platforms that are not of Vietnamese make, and of the two whose maker is not known."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.dotnetnuke import DotNetNukePortal
from crawler.platforms.drupal import DrupalPortal
from crawler.platforms.websphere import WebSpherePortal
from crawler.portal import Portal


def other_portals(port: int) -> list[type[Portal]]:
    """Return these samples as portals are declared, as a server on a port of this machine serves them."""

    class DotNetNuke(DotNetNukePortal):
        """A page clock before the stamp; numbers of articles can be counted."""

        name = "mau_dotnetnuke"
        province = "Phú Thọ"
        body = "Đảng ủy Khối các cơ quan tỉnh"
        home = f"http://dotnetnuke.localhost:{port}/"
        sections = {
            "Công tác xây dựng Đảng": "Chuyen-muc-tin/tabid/91/ctitle/194/Default.aspx",
            "Tin tức - Sự kiện": "Chuyen-muc-tin/tabid/91/ctitle/199/Default.aspx",
        }

    class WebForms(AspNetPortal):
        """Every page is asked for with the form of the one before; months stand before days."""

        name = "mau_webforms"
        province = "Đồng Tháp"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://webforms.localhost:{port}/"
        sections = {"Đảng - Đoàn thể": "News.aspx?group=7", "Tin tức sự kiện": "News.aspx?group=1"}
        date_order = "MDY"

    class WebSphere(WebSpherePortal):
        """Every link carries a state that is never the same again."""

        name = "mau_websphere"
        province = "An Giang"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://websphere.localhost:{port}/wps/portal/Home"
        sections = {
            "Xây dựng Đảng": "/wps/portal/Home/xay-dung-dang",
            "Tin tức sự kiện": "/wps/portal/Home/tin-tuc-su-kien",
        }

    class Drupal(DrupalPortal):
        """Articles answer at an alias and at their node; pages count from 0."""

        name = "mau_drupal"
        province = "Lạng Sơn"
        body = "Sở Nông nghiệp và Phát triển nông thôn"
        home = f"http://drupal.localhost:{port}/"
        sections = {"Công tác Đảng": "tin-tuc/cong-tac-dang", "Tin tức - Sự kiện": "tin-tuc/tin-tuc-su-kien"}

    return [DotNetNuke, WebForms, WebSphere, Drupal]
