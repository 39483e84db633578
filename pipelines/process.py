"""One article through all stages, for whoever feeds them: a crawl, a replay, an import."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import fields
from operator import attrgetter
from typing import NamedTuple

from pipelines import STAGES, TELLING, Teller
from pipelines.article import Article, Known, failure_flag
from pipelines.context import Context
from pipelines.identify import same_address
from pipelines.markup import sanitised
from pipelines.outcomes import Outcome

logger = logging.getLogger(__name__)

_FIELDS = tuple(field.name for field in fields(Article))
_values_of = attrgetter(*_FIELDS)


class Processed(NamedTuple):
    """The article as it goes to the store, what became of it, and what the corpus held before."""

    article: Article
    outcome: Outcome
    before: Known | None


def process(article: Article, context: Context) -> Processed:
    """Return the article after the stages that say which it is, with its outcome.

    Raises:
        Drop: a stage kept the article out; it names the outcome and the reason.
    """
    for stage in STAGES:
        article = stage(article, context)
    before = context.known(article.portal or "", article.asset or "")
    if before is None:
        return Processed(article, Outcome.NEW, None)
    if not same_address(context.address, before.url):
        return Processed(article, Outcome.DUPLICATE_ADDRESS, before)
    revised = (article.revision or 1) > before.revision
    return Processed(article, Outcome.REVISED if revised else Outcome.UNCHANGED, before)


def tell(articles: Collection[Article]) -> None:
    """Make articles ready to be written: their markup safe, then through the stages that tell of them.

    A stage sees all of them before the next begins: what it looks words up in stays near the processor, which
    saves a fifth of its time.
    """
    for article in articles:
        article.body_html = sanitised(article.body_html)
    for stage in TELLING:
        for article in articles:
            told(stage, article)


def told(stage: Teller, article: Article) -> Article:
    """Return the article after a stage that only tells of it; where the stage fails, as it was, and flagged.

    A defect of ours must not cost an article: it is logged with portal and address.
    """
    flag = failure_flag(stage.__name__)
    before = _values_of(article)
    article.quality_flags = [other for other in article.quality_flags if other != flag]
    try:
        return stage(article)
    except Exception:
        logger.exception("%s: %s: the stage %s failed", article.portal, article.url, stage.__name__)
        flags = [*article.quality_flags, flag]
        for name, value in zip(_FIELDS, before, strict=True):
            setattr(article, name, value)
        article.quality_flags = flags
        return article
