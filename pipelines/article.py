"""The Article record: what every tool reads. Names are schema.org NewsArticle's (design §9)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, TypedDict


class Image(TypedDict):
    url: str
    caption: str | None
    credit: str | None


class Attachment(TypedDict):
    url: str
    name: str | None
    media_type: str | None


class ArchiveRef(TypedDict):
    """Where the raw page lies: WARC file name inside the data directory's `archive/`, offset in bytes."""

    file: str
    offset: int


@dataclass(slots=True)
class Article:
    """One article as a portal published it. A field that no stage has filled is None.

    Times are ISO 8601 with +07:00, or a bare date where no time was printed.
    """

    url: str
    portal: str | None = None
    id: int | None = None
    province: str | None = None
    successor_province: str | None = None
    body: str | None = None
    article_section: str | None = None
    headline: str | None = None
    description: str | None = None
    article_body: str | None = None
    author: str | None = None
    photographer: str | None = None
    date_published: str | None = None
    date_published_raw: str | None = None
    date_published_source: str | None = None
    date_modified: str | None = None
    event_date: str | None = None
    event_date_source: str | None = None
    images: list[Image] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    in_language: str | None = None
    word_count: int | None = None
    is_party: bool | None = None
    party_score: float | None = None
    party_reasons: list[str] | None = None
    activities: list[str] | None = None
    people: list[dict[str, Any]] | None = None
    organisations: list[dict[str, Any]] | None = None
    documents: list[dict[str, Any]] | None = None
    figures: list[dict[str, Any]] | None = None
    cluster: int | None = None
    duplicate_of: int | None = None
    related: list[str] | None = None
    revision: int | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    layout: str | None = None
    extractor_version: str | None = None
    quality_flags: list[str] = field(default_factory=list)
    archive: ArchiveRef | None = None
    # What the corpus keeps beside the record: identity within the portal, and the readable body, which is
    # the page's own until it is to be written (`pipelines.process.tell`).
    asset: str | None = None
    body_html: str | None = None
    text_digest: str | None = None

    def record(self) -> dict[str, Any]:
        """Return the record as JSON exports and `tinso extract` print it."""
        return {name: getattr(self, name) for name in FIELDS}


_BESIDE = {"asset", "body_html", "text_digest"}
FIELDS = ("id", *(item.name for item in fields(Article) if item.name not in _BESIDE | {"id"}))


def failure_flag(stage: str) -> str:
    """Return the quality flag of an article on which a stage failed; what the stage tells is then None."""
    return f"{stage}_failed"


@dataclass(frozen=True, slots=True)
class Sighting:
    """An address at which an article was seen: its own, a print copy, another section's copy.

    `source` says how: "list" (a row of a list), "page" (a link on the article's page), "crawl" (fetched),
    "archive" (an address in a replayed archive), "import" (named by an imported record).
    """

    portal: str
    asset: str
    url: str
    source: str
    seen_at: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the corpus already holds of an article."""

    id: int
    url: str
    headline: str
    article_body: str
    text_digest: str
    revision: int
    first_seen: str
    last_seen: str = ""
    description: str = ""
    attachments: str = ""  # their addresses, one a line


class Drop(Exception):
    """Raised by a stage that keeps an article out of the corpus; the reason is shown to a person."""

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
