"""The articles of the sample portals, as their JSON files hold them.

Events, people, bodies and figures are invented; only the manner is that of the departments' portals. A file
`texts/<host label>.json` is a list of articles, newest last:

- `id`, `headline`, `published` (what the portal prints: minute, day, or null), `party`, `lead`, `body`;
- `body` is a list of paragraphs; `{"picture": caption}` and `{"heading": text}` stand between them;
- `author`, `photographer`, `event` (the day it tells of, where a dateline says so), `attachments`;
- `sections`: keys of the sections that list it, where that is not simply its own;
- `revised`: what `revision=2` prints, paragraph number (from 0, among `body`) to text;
- `repost_of`: another portal's article whose first `blocks` blocks are printed here, under this headline;
- `missing`: the list has the row, the page is gone ("gone") or says so with status 200 ("soft_404").
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

from pipelines.text import fold

Missing = Literal["gone", "soft_404"]
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside the text, drawn from its address. An empty caption: the portal makes one up."""

    caption: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-heading, which these portals print as a plain or bold line."""

    text: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A document that belongs to an article: file name in the address, name as printed."""

    file: str
    name: str


Block = str | Picture | Heading


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article of one portal, before any markup."""

    host: str
    id: int
    headline: str
    published: str | None  # "2020-03-18T17:23", "2020-03-18", or None where the portal prints no date
    party: bool
    sections: tuple[str, ...]
    lead: str | None = None
    body: tuple[Block, ...] = ()
    author: str | None = None
    photographer: str | None = None
    event: str | None = None
    attachments: tuple[Attached, ...] = ()
    decomposed: bool = False  # printed in NFD
    repost_of: tuple[str, int] | None = None
    missing: Missing | None = None

    @property
    def slug(self) -> str:
        """The headline as portals put it into an address: without marks, cut at a hundred letters."""
        return _NOT_IN_SLUG.sub("-", fold(self.headline))[:100].strip("-")

    @property
    def paragraphs(self) -> list[str]:
        """The text without lead and captions, sub-headings included."""
        return [
            block.text if isinstance(block, Heading) else block
            for block in self.body
            if not isinstance(block, Picture)
        ]

    @property
    def captions(self) -> list[str]:
        """The captions of the pictures, in order."""
        return [block.caption for block in self.body if isinstance(block, Picture)]

    @property
    def moment(self) -> datetime | None:
        """When it was published; midnight where only the day is known."""
        return datetime.fromisoformat(self.published) if self.published else None

    @property
    def has_time(self) -> bool:
        """True where the hour of publication is known."""
        return bool(self.published) and "T" in str(self.published)

    def as_printed(self) -> SampleArticle:
        """Return the article in the Unicode form in which its portal prints it."""
        if not self.decomposed:
            return self
        return replace(
            self,
            headline=_decompose(self.headline),
            lead=_decompose(self.lead) if self.lead else None,
            body=tuple(_decompose_block(block) for block in self.body),
        )


def _decompose(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _decompose_block(block: Block) -> Block:
    match block:
        case Picture(caption):
            return Picture(_decompose(caption))
        case Heading(text):
            return Heading(_decompose(text))
        case _:
            return _decompose(block)


@cache
def load(host: str, revision: int = 1) -> tuple[SampleArticle, ...]:
    """Return the articles of `host`, newest first, as `revision` (1 or 2) of the portal prints them.

    Raises FileNotFoundError for a host that is no sample portal.
    """
    articles = [_read(host, raw, revision) for raw in _raw(host).values()]
    return tuple(sorted(articles, key=lambda article: article.id, reverse=True))


@cache
def _raw(host: str) -> dict[int, dict[str, Any]]:
    file = resources.files(__package__) / "texts" / f"{host.removesuffix('.localhost')}.json"
    return {raw["id"]: raw for raw in json.loads(file.read_text(encoding="utf-8"))}


def _read(host: str, raw: dict[str, Any], revision: int) -> SampleArticle:
    body: list[Block] = [_block(block) for block in raw.get("body", ())]
    origin: tuple[str, int] | None = None
    if repost := raw.get("repost_of"):
        origin = (repost["host"], repost["id"])
        source = _raw(origin[0])[origin[1]]
        body += [_block(block) for block in source["body"][: repost["blocks"]]]
    if revision > 1:
        for number, text in raw.get("revised", {}).items():
            body[int(number)] = text
    return SampleArticle(
        host=host,
        id=raw["id"],
        headline=raw["headline"],
        published=raw.get("published"),
        party=raw["party"],
        sections=tuple(raw.get("sections", ["dang" if raw["party"] else "tin"])),
        lead=raw.get("lead"),
        body=tuple(body),
        author=raw.get("author"),
        photographer=raw.get("photographer"),
        event=raw.get("event"),
        attachments=tuple(Attached(**attached) for attached in raw.get("attachments", ())),
        decomposed=raw.get("decomposed", False),
        repost_of=origin,
        missing=raw.get("missing"),
    )


def _block(raw: str | dict[str, str]) -> Block:
    if isinstance(raw, str):
        return raw
    return Picture(raw["picture"]) if "picture" in raw else Heading(raw["heading"])
