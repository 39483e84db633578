"""What a page says about itself for machines: title, meta elements, JSON-LD, `itemprop`.

Sources: HTML Living Standard (meta, title), Open Graph protocol, schema.org NewsArticle as JSON-LD.
Portals fill these carelessly; every value is a witness, never the truth.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crawler.extraction.element import HtmlElement
from pipelines.text import line

_TYPES = {
    "article",
    "newsarticle",
    "blogposting",
    "reportagenewsarticle",
    "webpage",
    "report",
    "socialmediaposting",
}
_LONGEST = 2_000  # characters of a title or meta value
_LD_CAP = 400_000  # characters
_CONTROL = re.compile(r"[\x00-\x1f]+")
LONGEST_LINK = 8000  # characters: a longer one no server takes, and thousands are remembered


@dataclass(slots=True)
class Metadata:
    """`meta` holds name, property and itemprop in lower case; the first value of each counts, as written.

    `links` are the page's, as printed, up to `LONGEST_LINK`: they stand here because one pass over the tree
    finds them too.
    """

    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    linked_data: dict[str, Any] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str | None:
        """Return the first of the meta values that holds text."""
        raws = (raw for name in names if (raw := self.meta.get(name)))
        return next((value for raw in raws if (value := _unescaped(raw))), None)

    def ld_text(self, name: str) -> str | None:
        """Return a text property of the article in JSON-LD."""
        value = self.linked_data.get(name)
        return line(html.unescape(value[:_LONGEST])) or None if isinstance(value, str) else None


def read_metadata(root: HtmlElement) -> Metadata:
    """Return what the page's head, and the meta elements, JSON-LD and links of its body, say."""
    data = Metadata()
    for element in root.iter("a", "meta", "script", "title"):
        tag, get = element.tag, element.get
        if tag == "a":
            if (link := get("href")) and len(link) <= LONGEST_LINK:
                data.links.append(link)
        elif tag == "meta":
            name = get("property") or get("name") or get("itemprop")
            if name and (content := get("content")):
                data.meta.setdefault(name.strip().lower(), content)
        elif tag == "script":
            if "ld+json" in get("type", "") and element.text and len(element.text) < _LD_CAP:
                _read_linked_data(element.text, data)
        elif not data.title and element.text:
            data.title = _unescaped(element.text)
    return data


def _unescaped(text: str) -> str:
    """Return the value as meant: portals escape it twice (`&amp;aacute;`)."""
    text = text[:_LONGEST]
    return line(html.unescape(html.unescape(text)) if "&" in text else text)


def _read_linked_data(text: str, data: Metadata) -> None:
    try:
        document = json.loads(_CONTROL.sub(" ", text).strip().rstrip(";"))
    except (ValueError, RecursionError):  # a broken block is no witness
        return
    for item in _things(document):
        kinds = item.get("@type")
        names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
        if names & _TYPES:
            for key, value in item.items():
                if key not in data.linked_data or (
                    names - {"webpage"} and key in ("headline", "datePublished")
                ):
                    data.linked_data[key] = value


def _things(document: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [document], 0
    while waiting and seen < 500:
        thing = waiting.pop()
        seen += 1
        if isinstance(thing, list):
            waiting.extend(reversed(thing))
        elif isinstance(thing, dict):
            yield thing
            waiting.extend(thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing)
