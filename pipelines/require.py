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
    flags = {"no_date": not article.date_published, "attachment_only": not article.article_body}
    kept = [flag for flag in article.quality_flags if flag not in flags]  # an import's may be out of date
    article.quality_flags = kept + [flag for flag, holds in flags.items() if holds]
    return article
