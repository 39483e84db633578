"""Portals that open with a bar for letter size and contrast."""

from __future__ import annotations

from crawler.portal import Portal


class ContrastBarPortal(Portal):
    """A portal with the bar "A- A A+ | Tăng tương phản Giảm tương phản", of a vendor that is not known.

    Set `sections` to `/tin-tuc/<section>`; articles stand below it, at `/tin-tuc/<section>/<slug cut>.html`.
    Section and slug together are the identity: the slug is cut at some sixty letters, so that two yearly
    reports differ by a number at its end or not at all, and it may name another article than the one that
    answers (Bình Định). How lists turn is not known; whatever pager the page has is followed.

    Caveats: bar and "Chia sẻ bài viết lên facebook/twitter/google+" surround the text; slugs made from
    decomposed letters fall into syllables ("da-ng-bo-chi-nh-quye-n"); no markup is known, so all fields are
    found by evidence.

    Seen: binhdinh.gov.vn, sovhttdl.quangngai.gov.vn, vuthu.thaibinh.gov.vn (texts).
    """

    platform = "contrast_bar"
    article_path = r"/tin-tuc/([^/?#]+/[^/?#]+?)\.html(?:[?#]|$)"
