"""Đà Nẵng."""

from __future__ import annotations

from crawler.platforms.dotnetnuke import DotNetNukePortal
from crawler.platforms.generic import GenericPortal
from crawler.platforms.liferay import LiferayPortal


class DanangStttt(GenericPortal):
    """Sở Thông tin và Truyền thông Đà Nẵng."""

    name = "danang_stttt"
    province = "Đà Nẵng"
    body = "Sở Thông tin và Truyền thông"
    home = "https://tttt.danang.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"[?&]dinhdanh=(\d+)"


class DanangVks(LiferayPortal):
    """Viện kiểm sát nhân dân Đà Nẵng. A portlet's id leaks into the text."""

    name = "danang_vks"
    province = "Đà Nẵng"
    body = "Viện kiểm sát nhân dân"
    home = "https://vksdanang.gov.vn/"
    sections = {"Đảng bộ": "web/guest/dang-doan-the/dm-dang-bo"}
    kind = "other"
    article_path = r"/chi-tiet\?(?:[^#]*&)?id=(\d+)"


class QuangnamDailoc(DotNetNukePortal):
    """Ủy ban nhân dân huyện Đại Lộc, Quảng Nam. Bylines are two lines, name and unit."""

    name = "quangnam_dailoc"
    province = "Quảng Nam"
    body = "Ủy ban nhân dân huyện Đại Lộc"
    home = "https://dailoc.quangnam.gov.vn/"
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"


class QuangnamTamky(GenericPortal):
    """Ủy ban nhân dân thành phố Tam Kỳ, Quảng Nam. Oracle WebCenter."""

    name = "quangnam_tamky"
    province = "Quảng Nam"
    body = "Ủy ban nhân dân thành phố Tam Kỳ"
    home = "https://tamky.quangnam.gov.vn/"
    kind = "district"
    state = "frozen"
    valid_to = "2025-07-01"
    article_path = r"[?&]dDocName=(\w+)"
