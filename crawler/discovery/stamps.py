"""The stamp that a list prints beside a headline, as printed; what it means is read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from crawler.extraction.element import HtmlElement
from pipelines.text import exact, line

_LONGEST = 90  # a stamp with its label, weekday and counter; a summary is longer
_DATE = re.compile(
    r"\b\d{1,2} {0,2}[/.-] {0,2}\d{1,2} {0,2}[/.-] {0,2}\d{4}\b"
    r"|\b\d{4}[/-]\d{1,2}[/-]\d{1,2}\b"
    r"|\b\d{1,2} tháng \d{1,2},? (?:năm )?\d{4}\b"
    r"|\b\d{1,2} (?:phút|giờ|ngày|tuần|tháng|năm) trước\b"
    r"|\b(?:hôm qua|hôm nay)\b"
)
_MAY_DATE = re.compile(r"\d|[hH](?:[ôÔ]|[oO]\u0302)")  # one of which each of these holds
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
    for printed, holder in _texts(nodes, headline):
        if not _MAY_DATE.search(printed):
            continue
        is_named = holder is not None and _STAMP_CLASS.search(_class_of(holder)) is not None
        if plain and not is_named:
            continue
        text = line(printed.strip())  # most are padded, and clean but for that
        if len(text) > _LONGEST or not is_stamp(text):
            continue
        whole = line("".join(holder.itertext()).strip()) if holder is not None else text
        is_more = len(whole) <= _LONGEST and whole != text and text in whole
        plain = whole if is_more and is_stamp(whole) else text
        if is_named:
            break
    return plain


def is_stamp(text: str) -> bool:
    """True when `text` is a date with what stamps carry (label, weekday, time, counter, name), not prose."""
    if not _DATE.search(text.lower()):
        return False
    foreign = [word for word in _LETTERS.findall(exact(text)) if not _STAMP_WORD.fullmatch(word)]
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
            yield node.tail, None


def _inner_texts(node: HtmlElement, headline: HtmlElement | None) -> Iterator[tuple[str, HtmlElement | None]]:
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element.tail and element is not node:
                yield element.tail, element.getparent()
        elif element is headline or element.tag in _UNREAD:
            walk.skip_subtree()
        else:
            # "2 giờ trước" may carry the full stamp in its title.
            if element.tag not in ("a", "img") and (title := element.get("title")):
                yield title, element
            if element.text:
                yield element.text, element
