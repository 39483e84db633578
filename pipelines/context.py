"""What a stage may know besides the article: when the page was fetched, and what the corpus holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.article import Article, Known


@dataclass(frozen=True, slots=True)
class Context:
    """What the stages are told.

    `fetched_at` is the capture time (ISO 8601, +07:00), `address` the URL that was asked for. The corpus is
    asked by `known(portal, asset)` for an article, and by `alias(article)` for the asset of one of the portal
    that was seen at the article's address, or has its text (`text_digest`) at an address with the same end.
    """

    fetched_at: str
    address: str
    known: Callable[[str, str], Known | None] = lambda portal, asset: None
    alias: Callable[[Article], str | None] = lambda article: None
