"""WordPress portals."""

from __future__ import annotations

import re

from crawler.extraction.layout import Layout
from crawler.page import Page
from crawler.portal import Portal

_POST = re.compile(r"[?&]p=(\d+)|\bpostid-(\d+)\b")


class WordPressPortal(Portal):
    """A portal on WordPress.

    Set `sections` to the categories ("category/xay-dung-dang/"), or to their feeds where the list page is a
    magazine of many boxes ("category/xay-dung-dang/feed/": the newest ten or so). Lists turn by `/page/N/`.
    A post answers at `/?p=<n>` and at its permalink: the number, which the page names
    (`link[rel=shortlink]`, the body's class `postid-<n>`), is the identity.

    Caveats: `rel=author` and `.author` name an account, not the writer, whose name is the last line of the
    body; share buttons and related posts stand inside `.entry-content`; dates are in the theme's language
    and often only in `time[datetime]`.

    Seen: ttthlak.gov.vn (text). The layouts are those of WordPress's own themes.
    """

    platform = "wordpress"
    layouts = (
        Layout(
            name="wordpress/theme",
            probe=".entry-content",
            headline="h1.entry-title, .entry-title",
            stamp="time.entry-date, time.published, .entry-date, .posted-on",
            body=".entry-content",
            drop=".sharedaddy, .addtoany_share_save_container, .jp-relatedposts, .yarpp-related, .post-views",
        ),
        Layout(
            name="wordpress/blocks",
            probe=".wp-block-post-content",
            headline=".wp-block-post-title",
            stamp=".wp-block-post-date",
            body=".wp-block-post-content",
            drop=".sharedaddy, .jp-relatedposts",
        ),
    )

    @classmethod
    def asset_on(cls, page: Page) -> str | None:
        """Return the number of the post on a page, which its address need not tell."""
        witnesses = page.selector.xpath("//link[@rel='shortlink']/@href | //body/@class").getall()
        found = _POST.search(" ".join([page.url, *witnesses]))
        return (found[1] or found[2]) if found else None
