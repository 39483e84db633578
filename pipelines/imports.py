"""Articles that somebody else has read, through the same stages into the corpus."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipelines.article import Article, Drop
from pipelines.lines import Line
from pipelines.outcomes import Outcome
from pipelines.process import process
from pipelines.record import BadRecord, article_of, check_times
from pipelines.store import Store

logger = logging.getLogger(__name__)


class Imported(NamedTuple):
    """What became of a line: the portal of its article (None where it holds none), the outcome, and why."""

    place: str
    portal: str | None
    outcome: Outcome
    reason: str | None = None


def import_articles(
    lines: Iterable[Line],
    store: Store,
    *,
    at: str,
    complete: Callable[[Article], None] = lambda article: None,
    unknown: Callable[[str, str], None] = lambda place, name: None,
) -> Iterator[Imported]:
    """Yield what becomes of each line; a bad one never stops the rest.

    `at` is now (ISO 8601, +07:00), the time at which an article was seen that tells none. `complete` adds
    what is known of an article's portal; `unknown` is told of names that no record has.
    """
    for line in lines:
        if line.fault:
            yield Imported(line.place, None, Outcome.PARSE_ERROR, line.fault)
            continue
        try:
            article, names = article_of(line.value)
            check_times(article, at)
        except BadRecord as error:
            yield Imported(line.place, None, Outcome.PARSE_ERROR, str(error))
            continue
        for name in names:
            unknown(line.place, name)
        complete(article)
        yield _stored(line.place, article, store, at)


def _stored(place: str, article: Article, store: Store, at: str) -> Imported:
    url = article.url
    try:
        processed = process(article, store.context(article.last_seen or at, url))
        store.put(url, processed, source="import")
    except Drop as drop:
        return Imported(place, article.portal, Outcome(drop.outcome), drop.reason)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        logger.exception("%s: %s: a stage failed", place, url)  # a defect of ours; the other lines go on
        return Imported(place, article.portal, Outcome.PARSE_ERROR, f"{type(error).__name__}: {error}")
    return Imported(place, article.portal, processed.outcome)
