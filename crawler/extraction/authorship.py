"""Who wrote the article: the byline at the end of the text, beside it, or above it.

The last lines of the body come first; then a block behind the body, or between headline and body, that
says of itself that it names the author; then JSON-LD, if it names a person. `meta name=author` is the site
on every portal seen, and the CMS's account names are nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from typing import Any

from crawler.extraction.blocks import Block
from crawler.extraction.byline import Byline, is_account_name, leading_byline, parse_byline, trailing_byline
from crawler.extraction.metadata import Metadata
from crawler.extraction.zones import HIDDEN
from pipelines.text import fold, line

_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:author|tac-?gia|byline|nguon|source)(?!-?(?:bio|box|info))", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:tin|bài(?: viết)?|ảnh|tác giả|người viết|thực hiện|nguồn(?: tin)?)(?:\s?(?:,|và|-|/)\s?(?:tin"
    r"|bài|ảnh|video))*\s?:",
    re.IGNORECASE,
)
_CLOSING_SIGN = re.compile(r"(?<=\w)\s?(?:\./\.?|/\.)$")
_LONGEST = 120  # characters
TAIL = 4  # lines in which a byline of two lines, and what stands before it, have room


def read_authorship(
    lines: list[Block], around: Iterable[Block], data: Metadata, site_names: Callable[[], Set[str]]
) -> tuple[Byline, list[Block]]:
    """Return the byline and the lines without it.

    `around` are lines near the body that are not its own; `site_names` gives, folded, what the site calls
    itself.
    """
    while lines and len(lines[-1].text) < 60 and is_account_name(lines[-1].text):
        lines = lines[:-1]
    found = trailing_byline(without_closing_sign([block.text for block in lines[-TAIL:]]))
    if found.lines:
        lines = lines[: len(lines) - found.lines]
    if found.author:
        return found, lines
    top = leading_byline([block.text for block in lines[:1]])
    if top.author or top.photographer:
        return Byline(top.author, top.photographer or found.photographer), lines[top.lines :]
    for block in around:
        if names_author(block):
            beside = parse_byline(block.text)
            if (
                beside.author
                and not is_account_name(beside.author)
                and fold(beside.author) not in site_names()
            ):
                return Byline(beside.author, beside.photographer or found.photographer), lines
    person = person_of(data)
    if person and not is_account_name(person) and fold(person) not in site_names():
        return Byline(person, found.photographer), lines
    return found, lines


def names_author(block: Block) -> bool:
    """True for a short line that says of itself, or whose element says, that it names the author."""
    if len(block.text) > _LONGEST or block.zone & HIDDEN:
        return False
    name = f"{block.element.get('class', '')} {block.element.get('id', '')}"
    return bool(_LABEL.match(block.text) or _AUTHOR_CLASS.search(name))


def without_closing_sign(lines: Sequence[str]) -> list[str]:
    """Return lines without the "./." behind the last."""
    return [*lines[:-1], *(_CLOSING_SIGN.sub("", last) for last in lines[-1:])]


def person_of(data: Metadata) -> str | None:
    """Return the name of the first author in JSON-LD that is a person."""
    value: Any = data.linked_data.get("author")
    items: Sequence[Any] = value if isinstance(value, list) else [value]
    for item in items[:5]:
        if isinstance(item, dict) and item.get("@type") == "Person" and isinstance(item.get("name"), str):
            return line(item["name"]) or None
    return None
