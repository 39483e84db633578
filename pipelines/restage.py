"""One stage over the articles as they are stored: what it would give today, in the place of what it gave."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import NamedTuple

from pipelines import STAGES, TELLING
from pipelines.article import Article, failure_flag
from pipelines.digest import text_digest
from pipelines.load import load
from pipelines.process import told
from pipelines.selection import Selection, select
from pipelines.store import Store

logger = logging.getLogger(__name__)

# Which article it is and which revision follows from pages, not from what is stored.
_IDENTITY = frozenset({"require", "identify", "revise"})
_TELLING = {stage.__name__: stage for stage in TELLING}
RESTAGED: dict[str, Callable[..., Article]] = {
    **{stage.__name__: stage for stage in STAGES if stage.__name__ not in _IDENTITY},
    **_TELLING,
}
# What the search index holds of an article.
_INDEXED = (
    "headline", "description", "article_body", "article_section", "author", "province", "successor_province",
    "body", "date_published",
)  # fmt: skip


class Batch(NamedTuple):
    """Numbers of articles: looked at, changed, and such that the stage failed on."""

    articles: int
    changed: int
    failed: int


def restage(store: Store, stage: str, portal: str | None = None) -> Iterator[Batch]:
    """Run a stage (a key of `RESTAGED`) over all articles, or a portal's; yield a batch once it is on disk.

    Keys, times and revisions stay. A kill loses the batch in work; another run finds the others done.

    Raises:
        UnknownName: the corpus has no such portal.
    """
    for ids in select(store.connection, Selection(portal=portal)):
        changed: list[Article] = []
        reworded: set[int] = set()
        failed = 0
        for before in load(store.connection, ids):
            article = _staged(store, stage, before)
            failed += article is None or failure_flag(stage) in article.quality_flags
            if article is None or article == before:
                continue
            article.text_digest = text_digest(article)
            changed.append(article)
            if any(getattr(article, name) != getattr(before, name) for name in _INDEXED):
                reworded.add(article.id or 0)
        store.rewrite(changed, reworded)
        yield Batch(len(ids), len(changed), failed)


def _staged(store: Store, stage: str, before: Article) -> Article | None:
    """Return the article after a stage; None where one failed that cannot be done without."""
    article = deepcopy(before)
    if stage in _TELLING:
        return told(RESTAGED[stage], article)
    try:
        return RESTAGED[stage](article, store.context(before.last_seen or "", before.url))
    except Exception:  # a defect of ours: the article stays as it is
        logger.exception("%s: %s: the stage %s failed", before.portal, before.url, stage)
        return None
