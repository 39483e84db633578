"""What a fetched page is, before anybody reads an article out of it."""

from __future__ import annotations

from crawler.extraction.contract import PageKind
from crawler.page import Page


def kind_of(page: Page) -> PageKind:
    """Return what `page` is; "article" where nothing says otherwise."""
    return "article"
