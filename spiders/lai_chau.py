"""Lai Châu."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.sharepoint import SharePointPortal


class LaichauTinhuy(SharePointPortal):
    """Tỉnh ủy Lai Châu. A site on the central Party newspaper's host."""

    name = "laichau_tinhuy"
    province = "Lai Châu"
    body = "Tỉnh ủy"
    home = "https://dangcongsan.vn/tinhuylaichau/"
    sections = {"Xây dựng Đảng": "Lists/Xaydungdang/View.aspx"}
    kind = "party"
    article_path = r"(?i)/tinhuylaichau/Lists/([^/?#]+)/\w+\.aspx\?(?:[^#]*&)?ItemID=(\d+)"


class LaichauTruongchinhtri(NukeVietPortal):
    """Trường Chính trị tỉnh Lai Châu. Addresses are /index.php/<section>/<slug>-<id>.html."""

    name = "laichau_truongchinhtri"
    province = "Lai Châu"
    body = "Trường Chính trị tỉnh"
    home = "https://truongchinhtri.laichau.gov.vn/"
    kind = "other"
    article_path = r"/index\.php/[^?#]+-(\d+)\.html"
