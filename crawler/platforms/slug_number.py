"""Portals whose article addresses end in a long number."""

from __future__ import annotations

from crawler.portal import Portal


class SlugNumberPortal(Portal):
    """A portal with articles at `/<section>/<slug>-<10 digits>`, as the Hồ Chí Minh City committee's.

    Set `sections` to the lists; the number is the identity. A page clock stands before the real stamp
    (`15:39 26/06/2020`), captions are printed twice, the byline names writer and photographer
    ("Tin: …, Ảnh: …").

    Known from seed 004 and public code: hcmcpv.org.vn.
    """

    platform = "slug_number"
    article_path = r"/[^/?#]+-(\d{8,12})(?:\.html?)?(?:[?#]|$)"
