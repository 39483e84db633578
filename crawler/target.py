"""One URL of a portal that is to be fetched, with what is already known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["list", "article"]


@dataclass(frozen=True, slots=True)
class Target:
    """A row of the frontier.

    `headline` and `stamp` are what the list printed beside the link: the best second witness of both.
    `record` is the number of the archived response where the page was fetched but not yet read.
    """

    portal: str
    url: str
    kind: Kind
    section: str | None = None
    asset: str | None = None
    headline: str | None = None
    stamp: str | None = None
    first: bool = False  # a section's own address: fetched in every crawl
    record: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
