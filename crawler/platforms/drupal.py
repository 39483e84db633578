"""Drupal portals."""

from __future__ import annotations

import re

from crawler.extraction.layout import Layout
from crawler.page import Page
from crawler.portal import Portal

_NODE = re.compile(r"/(?:node|print)/(\d+)/?(?:[?#]|$)|\bpage-node-(\d+)\b")


class DrupalPortal(Portal):
    """A portal on Drupal 7 or later, whose lists are views.

    Set `sections` to the views' addresses ("tin-tuc/xay-dung-dang"). Lists turn by `?page=N`, from 0, with a
    `ul.pager`. An article answers at `/node/<n>` and at an alias, which drops stop words and need not
    resemble its headline: the node's number, which the page names (`link[rel=shortlink]`, the body's class),
    is the identity, and rows are told from menus by evidence alone.

    Caveats: "Skip to main content" opens every page; side boxes are views too (`.views-row`); a banner about
    another event can stand above the headline; the stamp often stands in a sentence ("Đăng bởi … vào
    15/07/2022 - 09:15") whose name is an account.

    Seen: sokhcn.angiang.gov.vn, sonn.langson.gov.vn, www.langson.gov.vn (texts). Both layouts are those of
    Drupal's own templates; paging by `?page=N` is likely.
    """

    platform = "drupal"
    layouts = (
        Layout(
            name="drupal/7",
            probe=".field-name-body .field-item",
            headline="h1#page-title, h1.page-title, h1.title, .node h2",
            stamp=".submitted, .field-name-post-date .field-item, .date-display-single",
            lead=".field-name-field-summary .field-item, .field-name-field-tom-tat .field-item",
            body=".field-name-body .field-item",
            drop=".links, .field-name-field-related",
            attachments=".field-type-file a, .file a",
        ),
        Layout(
            name="drupal/8",
            probe="article .field--name-body, .node__content .field--name-body",
            headline="h1.page-title, h1.page-header, h1",
            stamp=".node__submitted, .node__meta, .field--name-created, time[datetime]",
            lead=".field--name-field-summary, .field--name-field-tom-tat",
            body="article .field--name-body, .node__content .field--name-body",
            drop=".links, .field--name-field-related",
            attachments=".field--type-file a, .file a",
        ),
    )

    @classmethod
    def asset_on(cls, page: Page) -> str | None:
        """Return the number of the node on a page, which its address need not tell."""
        witnesses = page.selector.xpath("//link[@rel='shortlink']/@href | //body/@class").getall()
        found = _NODE.search(" ".join([page.url, *witnesses]))
        return (found[1] or found[2]) if found else None
