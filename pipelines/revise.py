"""Stage 4: did the text change since we last read it?"""

from __future__ import annotations

import difflib
import hashlib

from pipelines.article import Article
from pipelines.context import Context
from pipelines.identify import same_address
from pipelines.text import exact

_MOST_LINES_TO_COMPARE = 2000  # difflib is quadratic in the worst case


def text_digest(article: Article) -> str:
    """Return the digest of what a reader reads: headline, lead, body and the attachments' addresses.

    Counters, clocks, images and markup are outside it; so are spacing, case and tone placement.
    """
    parts = [article.headline or "", article.description or "", article.article_body or ""]
    parts += [attachment["url"] for attachment in article.attachments]
    words = " ".join(exact("\n".join(parts)).split())
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest()


def revise(article: Article, context: Context) -> Article:
    """Return the article with the digest of its text, and its revision raised where the text is new.

    Only the article's own address can revise it (a print copy or another section's copy may lack the lead),
    and only a capture that is not older than what the corpus holds.
    """
    article.text_digest = text_digest(article)
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
