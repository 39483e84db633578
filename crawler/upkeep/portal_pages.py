"""Frozen pages of portals: a page as it came, and what a person has agreed is to be read from it.

`tests/portals/<name>/<n>.html.gz` is the page's bytes, `<n>.json` beside it says where it stood, which list
row led to it, and what is expected. Expectations are written by the extractor and count only when a person
has compared them with the page and set `reviewed` to true.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.archive import Capture
from crawler.extraction.contract import Hints
from crawler.extraction.read import read_page
from crawler.page import Page
from crawler.portal import Portal
from pipelines.article import Article

EXPECTED = (
    "headline",
    "date_published",
    "event_date",
    "author",
    "photographer",
    "description",
    "article_body",
    "images",
    "attachments",
)
_HINTS = ("headline", "stamp", "section")


@dataclass(frozen=True, slots=True)
class FrozenPage:
    """One frozen page; `expected` holds article_body as a list of its lines, which is easier to review."""

    file: Path  # the JSON
    portal: str
    page: Page
    hints: Hints
    reviewed: bool
    expected: dict[str, Any]


def freeze(number: int, portal: str, capture: Capture, hints: Hints, article: Article) -> dict[str, bytes]:
    """Return file name → content for a page and its expectations, which nobody has reviewed."""
    content_type = next((value for name, value in capture.headers if name.lower() == "content-type"), None)
    about = {
        "portal": portal,
        "url": capture.url,
        "content_type": content_type,
        "fetched_at": capture.fetched_at,
        "hints": {name: getattr(hints, name) for name in _HINTS},
        "reviewed": False,
        "expected": _values(article),
    }
    text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    return {
        f"{number}.html.gz": gzip.compress(capture.body, mtime=0),
        f"{number}.json": text.encode("utf-8"),
    }


def frozen_pages(folder: Path) -> Iterator[FrozenPage]:
    """Yield the pages below a folder of portals (`<folder>/<name>/<n>.json`), in order.

    Raises OSError, ValueError or KeyError for a pair of files that is not whole.
    """
    for file in sorted(folder.glob("*/*.json")):
        about = json.loads(file.read_text(encoding="utf-8"))
        body = gzip.decompress(file.with_suffix(".html.gz").read_bytes())
        page = read_page(
            body, about["url"], content_type=about["content_type"], fetched_at=about["fetched_at"]
        )
        hints = Hints(**about["hints"])
        yield FrozenPage(file, about["portal"], page, hints, about["reviewed"] is True, about["expected"])


def differences(portal: type[Portal], frozen: FrozenPage) -> list[str]:
    """Return a line for every field that is not read as expected; a field that is not named is free."""
    read = _values(portal.read_article(frozen.page, frozen.hints).article)
    return [
        f"{name}: read {read[name]!r}, expected {value!r}"
        for name, value in frozen.expected.items()
        if read[name] != value
    ]


def _values(article: Article) -> dict[str, Any]:
    record = dataclasses.asdict(article)
    record["article_body"] = (article.article_body or "").splitlines()
    return {name: record[name] for name in EXPECTED}
