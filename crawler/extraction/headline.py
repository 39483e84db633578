"""The headline: the line that most witnesses name, as the page prints it.

Witnesses: the list row that led here, the title element, og:title, JSON-LD, the words of the address,
the element's tag and class, and where it stands before the body. None is believed alone: first headings
are side-bar labels, titles are "Document" or cut, addresses lose letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from crawler.extraction.blocks import Block, names_of
from crawler.extraction.boilerplate import is_boilerplate, opens_related
from crawler.extraction.contract import Candidate, Hints
from crawler.extraction.metadata import Metadata
from crawler.extraction.zones import ASIDE, HIDDEN
from pipelines.text import fold, line

_USELESS = frozenset(
    fold(text)
    for text in (
        *(
            "Document",
            "Untitled",
            "Untitled Document",
            "Sign In",
            "Alternate Text",
            "View Detail",
            "NewsDetail",
        ),
        *("Home", "Index", "News", "Article", "Trang chủ", "Trang chi tiết", "Chi tiết", "Chi tiết tin"),
        *("Chi tiết bài viết", "Chi tiết tin tức", "Nội dung", "Bài viết", "Xem tin", "Tin tức"),
        *("Tin tức - Sự kiện", "Tin tức sự kiện"),
    )
)
_SEPARATOR = re.compile(r"\s+[-–—|:»·]+\s+|\s*[|»]\s*")
_SITE_NAME = re.compile(
    r"(?:(?:cổng|trang)\s(?:thông\stin|tin|tt)|sở\s|ubnd|ủy\sban|bộ\s|đảng\sủy|báo\s|website|portal\b"
    r"|.*\.(?:vn|com|org|net)\b)",
    re.IGNORECASE,
)
_TITLE_CLASS = re.compile(r"title|headline|heading|tieu-?de|tittle|header-news", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"(?:cổng|trang|website|sở|ubnd|ủy ban|uỷ ban|bộ|đảng (?:ủy|uỷ|bộ)|ban|hội|tỉnh|huyện|thành phố"
    r"|báo|trung tâm)\b"
    r"(?!.*\b(?:tổ chức|triển khai|đại hội|hội nghị|tham gia|làm việc|ban hành|công bố|phát động"
    r"|kiểm tra|giám sát|thông báo"
    r"|tổng kết|sơ kết|kết nạp|trao|thăm|gặp|đón|dự|họp|tập huấn|ra mắt|khai|bế|chúc|tặng|xử|đạt|tăng"
    r"|quyết|yêu cầu|hướng dẫn"
    r"|nâng|đẩy|thực hiện|học tập|góp|ủng hộ|về|lần thứ|nhiệm kỳ)\b)[^\d:,“”\"?!]*",
    re.IGNORECASE,
)
_STAMP_BEHIND = re.compile(
    r"\s*[(\[]\s?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}(?:[\s|,-]{0,3}\d{1,2}[:h]\d{2}(?::\d{2})?)?\s?[)\]]\s*$"
)
_BOX_TITLE = re.compile(
    r"(?:portlet|module|box|block|widget|panel|side-?bar|menu|cat(?:egory)?)-?(?:title|header|heading)", re.I
)
_STAMP_SHAPE = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|tháng\s\d{1,2}[\s,]+năm\s\d{4}")
_LETTERS = re.compile(r"[a-z0-9]+")
_CUT = ("…", "...")
_LONGEST = 400
_ENOUGH = 1.5
_LITTLE = 0.9  # enough where the title says nothing


@dataclass(slots=True)
class Witnesses:
    """What else names the headline, folded once for all candidates."""

    title: str
    social: list[str]
    hint: str
    slug: frozenset[str]

    @classmethod
    def of(cls, data: Metadata, hints: Hints, url: str) -> Witnesses:
        social = [
            data.first("og:title", "twitter:title", "dc.title"),
            data.ld_text("headline"),
            data.first("headline"),
        ]
        return cls(
            "" if _names_organisation(data.title) else _folded(data.title),
            [_folded(text) for text in social if text],
            _folded(hints.headline or ""),
            frozenset(slug_words(url)),
        )


def slug_words(url: str) -> list[str]:
    """Return the words of the longest part of an address's path, without marks; [] where it has none."""
    parts = urlsplit(url)
    path = unquote(f"{parts.path}/{parts.query}", errors="replace")
    part = max(path.split("/"), key=lambda part: part.count("-"), default="")
    words = [word for word in _LETTERS.findall(fold(part)) if not word.isdigit() or len(word) < 5]
    return words if len(words) >= 3 else []


def printed_title(blocks: Sequence[Block], data: Metadata, hints: Hints) -> int:
    """Return the index of the line that prints the page's title in so many words; -1 where none does.

    Of several the first heading counts, else the first.
    """
    titles = [
        _folded(text)
        for text in (data.title, data.first("og:title"), data.ld_text("headline"), hints.headline)
        if text and not _names_organisation(text)
    ]
    found = -1
    for index, block in enumerate(blocks):
        if not 12 <= len(block.text) <= _LONGEST or block.zone & ASIDE or block.is_linked:
            continue
        text = _folded(block.text)
        if any(title.startswith(text) for title in titles):
            if block.heading:
                return index
            found = index if found < 0 else found
    return found


def likely_title(blocks: Sequence[Block]) -> int:
    """Return the index of the first line that the markup calls a title; -1 where none is.

    For pages whose title element says nothing and whose text is too short to stand out.
    """
    for index, block in enumerate(blocks):
        if not 15 <= len(block.text) <= _LONGEST or block.zone & ASIDE or block.is_linked:
            continue
        names = names_of(block)
        called_title = (block.heading or _TITLE_CLASS.search(names)) and not _BOX_TITLE.search(names)
        if called_title and not (is_boilerplate(block.text) or opens_related(block.text)):
            return index
    return -1


def find_headline(
    blocks: Sequence[Block],
    body_first: int,
    data: Metadata,
    hints: Hints,
    url: str,
    endings: Iterable[str] = (),
) -> tuple[str | None, list[Candidate], int]:
    """Return headline, candidates, and the index of the line that prints it (-1: none does).

    `body_first` is the index of the body's first paragraph; `endings` are, folded, what the site puts behind
    its headlines in titles.
    """
    witnesses = Witnesses.of(data, hints, url)
    refused = names_of_the_site(data, hints).union(endings)
    scored: list[tuple[float, int, str]] = []
    candidates: list[Candidate] = []
    for index, block in _near(blocks, body_first):
        value = block.text
        if _folded(value) in refused:
            candidates.append(Candidate(None, value, "generic", 0.0, "names the site or a section"))
            continue
        if is_boilerplate(value) or opens_related(value) or _is_stamp(value):
            continue
        score = _score(block, index, body_first, witnesses)
        if index + 1 < len(blocks) and index < body_first + 2 and holds_stamp(blocks[index + 1].text):
            score += 0.8
        scored.append((score, index, value))
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    if scored and scored[0][0] >= _ENOUGH:
        score, index, printed = scored[0]
        value = without_stamp(printed)
        chosen = Candidate(value, printed, "generic", score, "chosen")
        others = [
            Candidate(text, text, "generic", points, "fewer witnesses") for points, _, text in scored[1:6]
        ]
        return value, [chosen, *others, *candidates], index
    if scored and scored[0][0] >= _LITTLE and _names_organisation(data.title) and not hints.headline:
        score, index, value = scored[0]
        candidates.insert(0, Candidate(value, value, "generic", score, "chosen"))
        return value, candidates, index
    for text, source, cut in _elsewhere(data, hints, refused):
        if text and fold(text) not in refused and not (cut and len(text) < 12):
            candidates.insert(0, Candidate(text, text, source, 1.0, "chosen"))
            return text, candidates, -1
    return None, candidates, -1


def names_of_the_site(data: Metadata, hints: Hints) -> frozenset[str]:
    """Return, folded, what is never a headline: the site's, the section's and the portal's names."""
    names = [*hints.site_names, hints.section, data.first("og:site_name", "application-name")]
    return _USELESS | {fold(line(name)) for name in names if name}


def without_site(title: str, names: Iterable[str]) -> str:
    """Return a title without the site's name behind it; dashes inside the headline stay.

    `names` are folded. Without a known name only an ending that looks like a site's name is cut.
    """
    parts = list(_SEPARATOR.finditer(title))
    known = set(names)
    for separator in parts:
        if fold(title[separator.end() :]) in known:
            return title[: separator.start()].strip()
    if parts and _SITE_NAME.match(title[parts[-1].end() :]):
        return title[: parts[-1].start()].strip()
    return title


def without_stamp(headline: str) -> str:
    """Return a headline without the date in brackets that some portals glue to it."""
    found = _STAMP_BEHIND.search(headline)
    return headline[: found.start()] if found and found.start() >= 12 else headline


def _elsewhere(data: Metadata, hints: Hints, names: frozenset[str]) -> Iterable[tuple[str | None, str, bool]]:
    hint = line(hints.headline or "")
    if hint and not hint.endswith(_CUT):
        yield hint, "list", False
    yield data.ld_text("headline"), "json-ld", False
    for value in (data.first("og:title", "twitter:title"), data.title):
        if value:
            yield without_site(value, names), "meta", False
    yield hint, "list", True


def _near(blocks: Sequence[Block], body_first: int) -> Iterable[tuple[int, Block]]:
    start = max(body_first - 60, 0)
    for index in range(start, min(body_first + 5, len(blocks))):
        block = blocks[index]
        if 5 < len(block.text) <= _LONGEST and not block.zone & HIDDEN:
            yield index, block


def _score(block: Block, index: int, body_first: int, witnesses: Witnesses) -> float:
    text = _folded(block.text)
    size = len(text)
    score = 0.0
    if size >= 8 and witnesses.title:
        if witnesses.title.startswith(text):
            score += 3.0
        elif text in witnesses.title:
            score += 1.0
        elif _is_cut_of(witnesses.title, text):
            score += 2.5
    if any(_same(text, other) for other in witnesses.social):
        score += 2.5
    if witnesses.hint and _same(text, witnesses.hint):
        score += 3.0
    if witnesses.slug:
        words = set(_LETTERS.findall(text))
        score += 2.0 * len(words & witnesses.slug) / len(witnesses.slug | words)
    if block.heading:
        score += 1.2 - 0.2 * block.heading
    names = names_of(block)
    if _BOX_TITLE.search(names):
        score -= 1.0
    elif _TITLE_CLASS.search(names):
        score += 0.7
    distance = body_first - index
    score += 1.0 / (1 + distance / 4) if distance >= 0 else -0.5 + 0.1 * distance
    if block.link_chars * 2 > len(block.text):
        score -= 1.0
    if block.zone & ASIDE:
        score -= 1.5
    if size < 15:
        score -= 1.0
    if _names_organisation(block.text):
        score -= 2.5
    if size > 250:
        score -= 1.0
    return score


def holds_stamp(text: str) -> bool:
    """True for a short line with a whole date in it."""
    return len(text) <= 120 and _STAMP_SHAPE.search(text) is not None


def _is_stamp(text: str) -> bool:
    """True for a line that says little but a date."""
    return holds_stamp(text) and sum(map(str.isalpha, _STAMP_SHAPE.sub("", text))) < 20


def _names_organisation(text: str) -> bool:
    """True for the name of a body or a site, which no headline is alone."""
    return len(text) < 80 and _ORGANISATION.fullmatch(text) is not None


def _same(text: str, other: str) -> bool:
    return text == other or (len(text) >= 20 and other.startswith(text)) or _is_cut_of(other, text)


def _is_cut_of(cut: str, text: str) -> bool:
    """True where `cut` is the beginning of `text`, ended by dots."""
    stem = cut.rstrip(".… ")
    return len(stem) >= 20 and len(stem) < len(cut) and text.startswith(stem)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return " ".join(fold(text).split())
