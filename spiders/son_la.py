"""Sơn La."""

from __future__ import annotations

from crawler.platforms.generic import GenericPortal


class SonlaSnv(GenericPortal):
    """Sở Nội vụ Sơn La. The path holds year and month; headlines are in capitals."""

    name = "sonla_snv"
    province = "Sơn La"
    body = "Sở Nội vụ"
    home = "http://sonoivu.sonla.gov.vn/"
    kind = "other-so"
    article_path = r"/\d{4}/\d{2}/([^/?#]+)\.html"
