"""What makes two readings of an article the same text."""

from __future__ import annotations

import hashlib

from pipelines.article import Article
from pipelines.text import exact


def text_digest(article: Article) -> str:
    """Return the digest of what a reader reads: headline, lead, body and the attachments' addresses.

    Counters, clocks, images and markup are outside it; so are spacing, case and tone placement.
    """
    parts = [article.headline or "", article.description or "", article.article_body or ""]
    parts += [attachment["url"] for attachment in article.attachments]
    words = " ".join(filter(None, map(exact, parts))).replace("\n", " ").strip(" ")
    if "  " in words or not words.isprintable():  # of all spaces only the plain one is printable
        words = " ".join(words.split())
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest()
