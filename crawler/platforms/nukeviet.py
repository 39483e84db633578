"""NukeViet portals."""

from __future__ import annotations

from crawler.extraction.layout import Layout
from crawler.portal import Portal


class NukeVietPortal(Portal):
    """A portal on NukeViet 3 or 4, the free Vietnamese content system.

    Set `sections` to lists (`vi/news/<section>/`), which turn by `page-N/`, or to feeds
    (`vi/news/rss/<section>/`, on some portals `vi/news/<section>/rss/`). A feed holds the newest articles
    only, twenty or so: take the list where the back-catalogue is wanted. Older portals leave out `vi/news/`
    or answer below `index.php/`.

    An article stands at `/vi/<module>/<section>/<slug>-<id>.html`. Every module and language counts its
    articles on its own, so these belong to the identity; section and slug do not, since editors change them
    and slugs lose letters. Print (`/print/`) and save (`/savefile/`) copies are the same article.

    Behind the stamp (`Thứ năm - 18/01/2024 16:09`) stand bare counters of views and comments ("285 0"); a
    picture's alternative text may be the hash of its file. Rows have no common markup, since every portal has
    a theme of its own: lists are read by evidence.

    Seen as text: sotttt.tayninh.gov.vn and some fourteen others. The selectors are those of the system's own
    `detail.tpl` (public code).
    """

    platform = "nukeviet"
    article_path = (
        r"^https?://[^/]+(?:/index\.php)?"
        r"(?:(?:/(vi|en)/([\w-]+))?/(?:[^?#]*/)?[^/?#]+-(\d{1,9})\.html"
        r"|/(vi|en)/([\w-]+)/savefile/[^/?#]+/[^/?#]+-(\d{1,9})/?"
        r"|\?language=(vi|en)&nv=([\w-]+)&op=(?:(?:savefile|print)/)?[^/?#&]+/[^/?#&]+-(\d{1,9}))(?:[&?#]|$)"
    )
    layouts = (
        Layout(
            name="nukeviet/4",
            probe="#news-bodyhtml",
            headline="h1.title",
            stamp="span.h5",
            lead=".hometext",
            body="#news-bodyhtml",
            author="p.h5.text-right",
        ),
        Layout(
            name="nukeviet/3",
            probe="#news_detail",
            headline="#news_detail h1",
            stamp="span.time",
            lead="#hometext",
            body=".bodytext",
        ),
    )
