"""Huế."""

from __future__ import annotations

from crawler.platforms.aspnet import AspNetPortal


class ThuathienhueStttt(AspNetPortal):
    """Sở Thông tin và Truyền thông Thừa Thiên Huế."""

    name = "thuathienhue_stttt"
    province = "Thừa Thiên Huế"
    body = "Sở Thông tin và Truyền thông"
    home = "https://stttt.thuathienhue.gov.vn/"
    state = "frozen"
    valid_to = "2025-03-01"
    article_path = r"[?&]tc=(\d+)"
