"""Portals whose article addresses are rows of numbers."""

from __future__ import annotations

from crawler.portal import Portal


class NumericPathPortal(Portal):
    """A portal with articles at `/<site>/<n>/<n>/<n>/<article>/<section>/<Slug>.aspx`.

    Set `sections` to the lists (`/<site>/<n>/<n>/<section number>/<section>`); the fourth number of an
    article's address is the identity. Some hosts leave out the site, some the ending (Trà Vinh:
    `/1446/38995/68251/637244/tin-noi-bat/<slug>`). How lists turn is not known; whatever pager the page has
    is followed.

    Caveats: section names in the path hold damaged letters (`%EF%BF%BD`): addresses are kept byte for byte;
    the writer's initials are glued to the counter behind them ("T.HThống kê truy cập"); no markup is known,
    so all fields are found by evidence.

    Seen: sotttt.soctrang.gov.vn, dbnd.soctrang.gov.vn, stttt.travinh.gov.vn, giamngheo.ninhthuan.gov.vn
    (texts).
    """

    platform = "numeric_path"
    article_path = r"(?:/\d{1,9}){3}/(\d{1,9})/[^/?#]+/[^/?#]+"
