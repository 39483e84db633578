"""Our own extractor behind the same question as the peers in `peers.py`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from benchmarks.cases import Case
from benchmarks.scoring import Reading
from crawler import platforms
from crawler.declaration import Declaration
from crawler.extraction import extract
from crawler.extraction.layout import Layout
from crawler.extraction.read import read_page
from crawler.page import Page


def page_of(case: Case) -> Page:
    """Return a case's page, read from the bytes as they were fetched."""
    return read_page(case.body, case.url, content_type=case.content_type, fetched_at=case.fetched_at)


def ask_ours(case: Case, layouts: Sequence[Layout] = ()) -> Reading:
    """Return our answer about a page without any hint, with the CPU seconds that it took.

    An exception is not caught: there must be none.
    """
    started = time.process_time()
    article = extract(page_of(case), layouts=layouts).article
    seconds = time.process_time() - started
    return Reading(
        body=article.article_body,
        headline=article.headline,
        date=article.date_published,
        author=article.author,
        seconds=seconds,
    )


def with_markup(case: Case, layouts: Sequence[Layout]) -> Reading:
    """Return an empty answer with the CPU seconds of reading a page as a crawl does, markup and all."""
    started = time.process_time()
    extraction = extract(page_of(case), layouts=layouts)
    extraction.article.body_html = extraction.body_html
    return Reading(seconds=time.process_time() - started, fields=frozenset())


def only_parse(case: Case) -> Reading:
    """Return an empty answer with the CPU seconds of decoding and parsing a page: the floor under ours."""
    started = time.process_time()
    page_of(case)
    return Reading(seconds=time.process_time() - started, fields=frozenset())


@cache
def layouts_of(family: str) -> tuple[Layout, ...]:
    """Return the layouts that the platforms of a family declare; none for pages of no platform."""
    found: list[Layout] = []
    for module in iter_modules(platforms.__path__, f"{platforms.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Declaration) and value.platform == family:
                found += [layout for layout in value.layouts if layout not in found]
    return tuple(found)
