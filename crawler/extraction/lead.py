"""The lead: a block of its own above the text, or the text's first paragraph set apart.

A lead in a block of its own is the description and no part of the body; a first paragraph in bold is both.
"""

from __future__ import annotations

from crawler.extraction.blocks import Block
from crawler.extraction.clean import Text
from crawler.extraction.metadata import Metadata
from pipelines.text import fold, line

_SHORTEST = 30  # characters by which a repetition is recognised
_SHORTEST_LEAD = 60


def split_lead(text: Text, declared: str | None, data: Metadata) -> tuple[str | None, list[Block]]:
    """Return the lead and the body's lines.

    `declared` is the text of the element that a layout names; `data` may hold the page's description. A lead
    printed twice in a row is kept once; which of the two goes is the shorter, the first.
    """
    lines = text.lines
    lead = declared or " ".join(block.text for block in text.lead) or None
    if len(lines) < 2:
        return lead, lines
    first = lines[0]
    if first.text[:1] == lines[1].text[:1] and _repeats(first.text, lines[1].text):
        return lead or _without_second_stop(first.text), lines[1:]
    if lead is None and _is_described(first.text, data):
        if _stands_apart(first, lines[1]):
            return first.text, lines[1:]
        return first.text, lines
    if lead is None and len(first.text) >= _SHORTEST_LEAD and first.bold_chars * 10 >= len(first.text) * 8:
        return line(first.text), lines
    return lead, lines


def _repeats(first: str, second: str) -> bool:
    """True where the second line begins with all of the first."""
    if len(first) < _SHORTEST or len(second) + 4 < len(first):
        return False
    stem = fold(first).rstrip(" .…")
    return len(stem) >= _SHORTEST and fold(second[: len(first) + 8]).startswith(stem)


def _same(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= 8 and fold(one) == fold(other)


def _without_second_stop(text: str) -> str:
    return f"{text.rstrip('.')}." if text.endswith("..") and not text.endswith("...") else text


def _is_described(text: str, data: Metadata) -> bool:
    """True where the page's description, not cut off, is this text."""
    description = data.first("description", "og:description") or ""
    is_whole = len(description) >= _SHORTEST_LEAD and not description.endswith(("...", "…"))
    return is_whole and _same(text, description)


def _stands_apart(first: Block, second: Block) -> bool:
    """True where the markup treats the first line unlike the second."""
    one, other = first.element, second.element
    return (
        one.getparent() is not other.getparent()
        or one.tag != other.tag
        or one.get("class") != other.get("class")
    )
