"""VNPT portals (on Liferay)."""

from __future__ import annotations

from crawler.extraction.layout import Layout
from crawler.portal import Portal


class VnptPortal(Portal):
    """A portal by VNPT: Liferay below, with portlets of the vendor's own (`…_WAR_Article_Bai_Vietportlet…`).

    Set `sections` to friendly addresses; lists turn by Liferay's `_<portlet>_cur=N`. An article answers at
    `/chi-tiet-tin?/<slug>/<id>`, at `/chi-tiet-tin/?/<slug>/<id>` and at a copy below `/en/`: the number is
    the identity. Addresses with `p_auth=` are actions, not pages.

    The headline is a `div`; the stamp is a day without time (`23/10/2019`). The lead may be a block of its
    own or `p.des` at the head of the text, the byline is `p.author`. Rows have no common markup: lists are
    read by evidence.

    Seen on portals of this family in the education service; no department's host is known yet.
    """

    platform = "vnpt"
    article_path = r"/chi-tiet-[a-z-]{1,40}/?\?/(?:[^?#/&]*/)*(\d+)(?:[?#&]|$)"
    layouts = (
        Layout(
            name="vnpt/tin_bai",
            probe="#idDivMainChiTietTinTittle, .CTTDivTittleBaiViet",
            headline="#idDivMainChiTietTinTittle, .CTTDivTittleBaiViet",
            stamp="span.UI_Tinbai_chitiet_startdate",
            lead="div.UI_Tinbai_chitiet_noidungngan, div.UI_Tinbai_chitiet_noidung p.des",
            body="div.UI_Tinbai_chitiet_noidung",
            author="div.UI_Tinbai_chitiet_noidung p.author",
        ),
    )
