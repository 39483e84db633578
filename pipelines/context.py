"""What a stage may know besides the article: when the page was fetched, and what the corpus holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.article import Known


@dataclass(frozen=True, slots=True)
class Context:
    """What the stages are told.

    `fetched_at` is the capture time (ISO 8601, +07:00), `address` the URL that was asked for, and
    `known(portal, asset)` asks the corpus.
    """

    fetched_at: str
    address: str
    known: Callable[[str, str], Known | None] = lambda portal, asset: None
