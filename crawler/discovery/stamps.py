"""The stamp that a list prints beside a headline, as printed; what it means is read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from pipelines.text import exact, line

_LONGEST = 90  # a stamp with its label, weekday and counter; a summary is longer
_DATE = re.compile(
    r"\b\d{1,2} {0,2}[/.-] {0,2}\d{1,2} {0,2}[/.-] {0,2}\d{4}\b"
    r"|\b\d{4}[/-]\d{1,2}[/-]\d{1,2}\b"
    r"|\b\d{1,2} tháng \d{1,2},? (?:năm )?\d{4}\b"
    r"|\b\d{1,2} (?:phút|giờ|ngày|tuần|tháng|năm) trước\b"
    r"|\b(?:hôm qua|hôm nay)\b"
)
_LETTERS = re.compile(r"[^\W\d_]+")
# What stands round a date in a stamp; other words mean a sentence that mentions a date.
_STAMP_WORD = re.compile(
    r"ngày|tháng|năm|đăng|được|cập|nhật|lúc|xuất|bản|thứ|hai|ba|tư|sáu|bảy|chủ|vào|hồi|giờ|phút|trước|hôm|qua|nay"
    r"|am|pm|sa|ch|gmt|h|lượt|xem|số|đọc|đã|view|count|publish|published|date|posted|on|by|tin|bài|thời|gian|bởi"
    r"|tác|giả|người"
)
_MOST_FOREIGN = 5  # words: a name and a unit's
_STAMP_CLASS = re.compile(r"date|time|ngay|stamp|publish", re.IGNORECASE)
_GLUED = re.compile(r"^(.{8,}?) {0,2}(\( {0,2}\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[^()]{0,20}\))$", re.DOTALL)
_UNREAD = frozenset({"script", "style", "noscript", "template", "select", "option", "textarea"})


def printed_stamp(nodes: Iterable[HtmlElement], headline: HtmlElement | None = None) -> str | None:
    """Return the text that dates a row, or None where the row prints no date.

    `nodes` are the elements of the row; nothing inside `headline` is looked at, because titles name dates
    too. An element whose class says "date" goes before one that only looks like a stamp.
    """
    plain = None
    for text, holder in _texts(nodes, headline):
        if len(text) <= _LONGEST and is_stamp(text):
            whole = line("".join(holder.itertext())) if holder is not None else text
            stamp = whole if text in whole and len(whole) <= _LONGEST and is_stamp(whole) else text
            if holder is not None and _STAMP_CLASS.search(_class_of(holder)):
                return stamp
            plain = plain or stamp
    return plain


def is_stamp(text: str) -> bool:
    """True when `text` is a date with what stamps carry (label, weekday, time, counter, name), not prose."""
    lowered = exact(text)
    if not _DATE.search(lowered):
        return False
    foreign = [word for word in _LETTERS.findall(lowered) if not _STAMP_WORD.fullmatch(word)]
    return len(foreign) <= _MOST_FOREIGN


def split_glued_stamp(headline: str) -> tuple[str, str | None]:
    """Return headline and stamp of "Headline (27/11/2020)"; the stamp is None where none is glued on."""
    if found := _GLUED.match(headline):
        return found[1], found[2]
    return headline, None


def _class_of(holder: HtmlElement) -> str:
    """Return tag, class and id of an element: where portals say that it is a date."""
    return f"{holder.tag} {holder.get('class') or ''} {holder.get('id') or ''}"


def _texts(
    nodes: Iterable[HtmlElement], headline: HtmlElement | None
) -> Iterator[tuple[str, HtmlElement | None]]:
    """Yield each text of the row with the element that holds it; None: it stands between the nodes."""
    for node in nodes:
        yield from _inner_texts(node, headline)
        if node.tail:
            yield line(node.tail), None


def _inner_texts(node: HtmlElement, headline: HtmlElement | None) -> Iterator[tuple[str, HtmlElement]]:
    stack = [(node, False)]
    while stack:
        element, left = stack.pop()
        if left:
            if element.tail and element.tail.strip():
                parent = element.getparent()
                if parent is not None:
                    yield line(element.tail), parent
            continue
        if element is not node:
            stack.append((element, True))
        if element is headline or not isinstance(element.tag, str) or element.tag in _UNREAD:
            continue
        # "2 giờ trước" may carry the full stamp in its title.
        if element.get("title") and element.tag not in ("a", "img"):
            yield line(element.get("title")), element
        if element.text and element.text.strip():
            yield line(element.text), element
        stack.extend((child, False) for child in reversed(element))
