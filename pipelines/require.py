"""Stage 2: what an article must have to be one."""

from __future__ import annotations

from pipelines.article import Article, Drop
from pipelines.context import Context
from pipelines.outcomes import Outcome


def require(article: Article, context: Context) -> Article:
    """Return the article if it has an address, a headline and a body or an attachment.

    A missing date is a quality flag, not a loss: some portals print none.

    Raises:
        Drop: `incomplete`, naming what is missing.
    """
    missing = [
        name
        for name, present in (
            ("url", article.url),
            ("headline", article.headline),
            ("article_body", article.article_body or article.attachments),
        )
        if not present
    ]
    if missing:
        raise Drop(Outcome.INCOMPLETE, f"missing: {', '.join(missing)}")
    if not article.date_published:
        article.quality_flags.append("no_date")
    if not article.article_body:
        article.quality_flags.append("attachment_only")
    return article
