"""The samples of the platforms that are not of Vietnamese make, and of the two whose maker is not known."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal
from crawler.platforms.contrast_bar import ContrastBarPortal
from crawler.platforms.dotnetnuke import DotNetNukePortal
from crawler.platforms.drupal import DrupalPortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.numeric_path import NumericPathPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.websphere import WebSpherePortal
from crawler.platforms.wordpress import WordPressPortal
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
        countable = {"Tin đã đăng": "Chuyen-muc-tin/Chi-tiet-tin/tabid/92/title/{}/Default.aspx"}

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

    class WordPress(WordPressPortal):
        """The writer is the last line, the author an account."""

        name = "mau_wordpress"
        province = "Đắk Lắk"
        body = "Trung tâm Truyền thông - Văn hóa huyện Lắk"
        home = f"http://wordpress.localhost:{port}/"
        sections = {
            "Xây dựng Đảng": "category/xay-dung-dang/",
            "Tin tức sự kiện": "category/tin-tuc-su-kien/feed/",
        }

    class ContrastBar(ContrastBarPortal):
        """No page prints a stamp."""

        name = "mau_contrast_bar"
        province = "Thái Bình"
        body = "Ủy ban nhân dân huyện Vũ Thư"
        home = f"http://contrast-bar.localhost:{port}/"
        sections = {"Chính trị": "tin-tuc/chinh-tri", "Tin tức - Sự kiện": "tin-tuc/tin-tuc-su-kien"}

    class NumericPath(NumericPathPortal):
        """Damaged letters in addresses; stamps stand in the lists alone."""

        name = "mau_numeric_path"
        province = "Sóc Trăng"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://numeric-path.localhost:{port}/"
        sections = {
            "Đảng - Đoàn thể": "sotttt/1229/27531/40051/%EF%BF%BD%EF%BF%BDang-doan-the",
            "Tin tức - Sự kiện": "sotttt/1229/27531/40052/Tin-tuc",
        }

    class Ministry(SharePointPortal):
        """The lead stands twice; lists name only the page that follows."""

        name = "mau_ministry"
        province = "Đồng Nai"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://ministry.localhost:{port}/"
        sections = {
            "Hoạt động Đảng - Đoàn thể": "Pages/news.aspx?CatId=43",
            "Tin tức - Sự kiện": "Pages/news.aspx?CatId=51",
        }

    class Generic(GenericPortal):
        """Nothing is declared but where the lists are."""

        name = "mau_generic"
        province = "TP. Hồ Chí Minh"
        body = "Trung tâm Báo chí Thành phố"
        home = f"http://generic.localhost:{port}/"
        sections = {
            "Xây dựng Đảng": "xay-dung-dang-c12.html",
            "Tin tức - Sự kiện": "tin-tuc-su-kien-c3.html",
        }

    return [DotNetNuke, WebForms, WebSphere, Drupal, WordPress, ContrastBar, NumericPath, Ministry, Generic]
