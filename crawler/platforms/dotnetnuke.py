"""DotNetNuke portals."""

from __future__ import annotations

from crawler.portal import Portal


class DotNetNukePortal(Portal):
    """A portal on DotNetNuke (DNN), whose news come from one of half a dozen modules.

    Set `sections` to the tabs that list news ("Chuyen-muc-tin/tabid/91/ctitle/199/Default.aspx"). The number
    in the article's address is the identity, however its module writes it: `/<tab>/post/<id>/<slug>.aspx`,
    `/tabid/92/title/<id>/…`, `/id/<id>`, `/ctl/detail/mid/<n>/ItemID/<id>`, `?nid=`, `?NewsViews=`, `?ID=`.
    Lists turn by links (`/currentpage/2/Default.aspx`) or by a postback (Telerik's grid, `rgPageNext`);
    numbers behind `title/` are dense, so a portal may be counted as well (`countable`). Headline, stamp and
    body are found by evidence: every skin draws its own.

    Caveats: a page clock ("Thứ Bảy, 19/10/2019 10:34:00 SA") stands before the real stamp; `tabid` and
    `ctitle` are pages and sections, never articles; the byline can be two lines, name and unit.

    Seen: danguykhoi.phutho.gov.vn, bdvtu.binhthuan.dcs.vn, tintuc.vinhlong.gov.vn, dailoc.quangnam.gov.vn
    (texts); the grid's postback and the `nid` stamps from public code.
    """

    platform = "dotnetnuke"
    article_path = (
        r"(?i)/post/(\d+)/|/tabid/\d+/title/(\d+)(?:/|$)|/(?:id|itemid|newsid)/(\d+)(?:[/?#.&]|$)"
        r"|[?&](?:nid|newsviews|itemid|newsid|id)=(\d+)"
    )
