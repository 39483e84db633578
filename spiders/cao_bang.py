"""Cao Bằng."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietPortal


class CaobangSkhcn(NukeVietPortal):
    """Sở Khoa học và Công nghệ Cao Bằng. Known from save-as copies (op=savefile)."""

    name = "caobang_skhcn"
    province = "Cao Bằng"
    body = "Sở Khoa học và Công nghệ"
    home = "http://khcncaobang.gov.vn/"
    kind = "khcn"
