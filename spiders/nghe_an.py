"""Nghệ An."""

from __future__ import annotations

from crawler.platforms.uiarticle import UiArticlePortal


class NgheanThanhtra(UiArticlePortal):
    """Thanh tra tỉnh Nghệ An. Bylines name person and unit. The platform is likely."""

    name = "nghean_thanhtra"
    province = "Nghệ An"
    body = "Thanh tra tỉnh"
    home = "http://thanhtra.nghean.gov.vn/"
    kind = "other-so"
