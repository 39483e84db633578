"""The sample portals as portals are declared, on the platforms' own classes."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetMvcPortal, AspNetPortal
from crawler.platforms.liferay import LiferayPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.slug_number import SlugNumberPortal
from crawler.portal import Portal


def sample_portals(port: int) -> list[type[Portal]]:
    """Return the five portals as a server on a port of this machine serves them."""

    class HaNoi(LiferayPortal):
        """One asset in two sections and as print copies; hidden account names."""

        name = "mau_ha_noi"
        province = "Hà Nội"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://ha-noi.localhost:{port}/"
        sections = {
            "Hoạt động Đảng, Đoàn thể": "hoat-ong-ang-oan-the",
            "Tin tức sự kiện": "vi/tin-tuc-su-kien",
        }

    class VinhPhuc(SharePointPortal):
        """Headlines stand in the lists alone; bare days as stamps, on some pages none."""

        name = "mau_vinh_phuc"
        province = "Vĩnh Phúc"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://vinh-phuc.localhost:{port}/"
        sections = {
            "Công tác Đảng, đoàn thể": "ct/cms/tintuc/Lists/DangDoanThe/View_List.aspx",
            "Tin hoạt động": "ct/cms/tintuc/Lists/TinHoatDong/View_List.aspx",
        }

    class ThanhHoa(AspNetPortal):
        """No publication date is printed."""

        name = "mau_thanh_hoa"
        province = "Thanh Hóa"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://thanh-hoa.localhost:{port}/"
        sections = {"Hoạt động Đảng, đoàn thể": "News.aspx?cat=7", "Tin tức - Sự kiện": "News.aspx?cat=2"}

    class PhuYen(AspNetMvcPortal):
        """Stamps stand on a line of their own."""

        name = "mau_phu_yen"
        province = "Phú Yên"
        body = "Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh"
        home = f"http://phu-yen.localhost:{port}/"
        sections = {"Xây dựng Đảng": "Home/Category/3", "Tin tức - Sự kiện": "Home/Category/1"}

    class HoChiMinh(SlugNumberPortal):
        """A page clock before the stamp; captions printed twice."""

        name = "mau_ho_chi_minh"
        province = "TP. Hồ Chí Minh"
        body = "Đảng bộ Thành phố"
        home = f"http://ho-chi-minh.localhost:{port}/"
        sections = {
            "Xây dựng Đảng": "chuyen-muc/xay-dung-dang",
            "Tin tức - Sự kiện": "chuyen-muc/tin-tuc-su-kien",
        }

    return [HaNoi, VinhPhuc, ThanhHoa, PhuYen, HoChiMinh]
