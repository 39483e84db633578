"""One article through all stages, for whoever feeds them: a crawl, a replay, an import."""

from __future__ import annotations

from typing import NamedTuple

from pipelines import STAGES
from pipelines.article import Article, Known
from pipelines.context import Context
from pipelines.identify import same_address
from pipelines.outcomes import Outcome


class Processed(NamedTuple):
    """The article as it goes to the store, what became of it, and what the corpus held before."""

    article: Article
    outcome: Outcome
    before: Known | None


def process(article: Article, context: Context) -> Processed:
    """Return the article after every stage, with its outcome.

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
