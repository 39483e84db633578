"""Stage 4: did the text change since we last read it?"""

from __future__ import annotations

import difflib

from pipelines.article import Article
from pipelines.context import Context
from pipelines.digest import text_digest
from pipelines.identify import same_address

_MOST_LINES_TO_COMPARE = 2000  # difflib is quadratic in the worst case


def revise(article: Article, context: Context) -> Article:
    """Return the article with the digest of its text, and its revision raised where the text is new.

    Only the article's own address can revise it (a print copy or another section's copy may lack the lead),
    and only a capture that is not older than what the corpus holds.
    """
    article.text_digest = article.text_digest or text_digest(article)
    known = context.known(article.portal or "", article.asset or "")
    if (
        known
        and known.text_digest != article.text_digest
        and known.last_seen <= context.fetched_at
        and same_address(context.address, known.url)
    ):
        article.revision = known.revision + 1
    return article


def unified_diff(before: list[str], after: list[str]) -> str:
    """Return the change as a unified diff of lines, or "" where the texts are too long to compare."""
    if max(len(before), len(after)) > _MOST_LINES_TO_COMPARE:
        return ""
    return "\n".join(difflib.unified_diff(before, after, "before", "after", lineterm="", n=1))
