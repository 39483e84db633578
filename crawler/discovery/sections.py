"""The sections of a portal that carry Party news, found by the names that its menus give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.discovery.addresses import article_likeness
from crawler.discovery.contract import Row
from crawler.discovery.links import Link, page_links, path_of, site_of
from crawler.page import Page
from pipelines.text import exact, fold, line

_LONGEST_NAME = 12  # words; section names are labels, not sentences


@dataclass(frozen=True, slots=True)
class Section:
    """A section's list: its name as the menu prints it, how likely it carries Party news (0..1), and why."""

    name: str
    url: str
    score: float
    reasons: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Clue:
    """A form of section name; `score` is how far the name alone promises Party news."""

    reason: str
    pattern: re.Pattern[str]
    score: float


# With their marks: "đảng" (the Party) is not "đăng" (to register, to post) nor "đang" (under way).
_NAMES = (
    _Clue("names Party work", re.compile(r"(?:công tác|hoạt động|xây dựng|sinh hoạt|tin tức|tin) (?:của )?(?:xây dựng )?đảng"), 1.0),
    _Clue("names a Party body", re.compile(r"đảng bộ|đảng ủy|chi bộ|tổ chức đảng|cấp ủy|ban thường vụ|thành ủy|tỉnh ủy|huyện ủy"), 0.9),
    _Clue("names the Party", re.compile(r"\bđảng\b"), 0.9),
    _Clue("names Party work", re.compile(r"học tập và làm theo|tuyên giáo|nghị quyết của đảng|kiểm tra,? giám sát|dân vận"), 0.7),
    _Clue("names the mass organisations", re.compile(r"đoàn thể|công đoàn|đoàn thanh niên|cựu chiến binh|hội phụ nữ"), 0.6),
    _Clue("names politics", re.compile(r"\bchính trị\b"), 0.5),
    _Clue("names internal news", re.compile(r"(?:tin|thông tin|hoạt động) nội bộ"), 0.5),
    _Clue("names the body's own news", re.compile(r"tin (?:tức )?hoạt động|hoạt động (?:của )?(?:sở|ngành|cơ quan|đơn vị)"), 0.45),
    _Clue("names general news", re.compile(r"tin tức|sự kiện|tin mới|thời sự|tin trong (?:tỉnh|ngành)|bản tin"), 0.4),
)  # fmt: skip
# Without marks, and with the đ that Liferay's slugs lose ("hoat-ong-ang-oan-the").
_SLUGS = (
    _Clue("slug names Party work", re.compile(r"(?:cong-tac|hoat-d?ong|xay-dung|sinh-hoat|tin)(?:-cua)?(?:-xay-dung)?-d?ang(?!-(?:ky|tai|nhap|tin))\b"), 0.9),
    _Clue("slug names a Party body", re.compile(r"\bd?ang-(?:bo|uy|doan-the|oan-the|vien)\b|\bchi-bo\b|\bto-chuc-d?ang\b|\btinh-uy\b|\bthanh-uy\b"), 0.8),
    _Clue("slug names mass organisations", re.compile(r"\bd?oan-the\b|\bcong-d?oan\b|\bcuu-chien-binh\b"), 0.5),
    _Clue("slug names internal news", re.compile(r"\btin-noi-bo\b|\bthong-tin-noi-bo\b"), 0.5),
    _Clue("slug names general news", re.compile(r"\btin-tuc\b|\bsu-kien\b|\btin-hoat-d?ong\b|\bthoi-su\b"), 0.35),
)  # fmt: skip
_NO_LIST = re.compile(
    r"đăng (?:nhập|ký|xuất)|liên hệ|giới thiệu|sơ đồ|cơ cấu|tổ chức bộ máy|lãnh đạo|chức năng|văn bản|thủ tục|lịch |hỏi đáp"
    r"|góp ý|tìm kiếm|thư viện|video|hình ảnh|album|danh bạ|rss|tải về|email|thư điện tử|điều lệ|văn kiện|xem (?:tất cả|thêm)"
)
_PARTY_SITE = re.compile(
    r"\.dcs\.vn$|(?:^|\.)(?:duk\w*|danguy\w*|khoicq\w*|tinhuy\w*|thanhuy\w*|hcmcpv)\.", re.IGNORECASE
)
_PARTY_HEADLINE = re.compile(
    r"\bđảng\b|\bchi bộ\b|\bđảng (?:bộ|ủy|viên)\b|\bbí thư\b|\bcấp ủy\b|\b(?:tỉnh|thành|huyện|thị|quận) ủy\b|\bnghị quyết\b"
    r"|học tập và làm theo|tư tưởng,? đạo đức|\bban (?:thường vụ|chấp hành)\b|\bđại biểu toàn quốc\b|\bkiểm tra,? giám sát\b"
)


def party_sections(page: Page) -> list[Section]:
    """Return the sections that the page links to and that may carry Party news, likeliest first.

    Names are those of 151 Vietnamese official hosts (portals.md §7.4). Sections of general news come as
    weaker ones, because most Party items of a department stand there; on a Party body's own portal they
    are strong. Of several names for one address the strongest stays.
    """
    party_site = is_party_site(page)
    best: dict[str, Section] = {}
    site = site_of(page.url)
    for link in page_links(page):
        if site_of(link.url) != site or _is_no_section(link):
            continue
        section = _judge(link, party_site)
        if section and section.score > (best[link.key].score if link.key in best else 0.0):
            best[link.key] = section
    return sorted(best.values(), key=lambda section: -section.score)


def is_party_site(page: Page) -> bool:
    """True where the host or the page title says that the portal is a Party body's own."""
    title = exact(line(page.selector.xpath("string(//title)").get() or ""))
    named = re.search(r"đảng ủy|đảng bộ|tỉnh ủy|thành ủy", title) is not None
    return named or _PARTY_SITE.search(site_of(page.url)) is not None


def party_share(rows: Iterable[Row]) -> float:
    """Return the share of rows whose headline speaks of the Party, 0..1; 0 for no rows."""
    headlines = [exact(row.headline or "") for row in rows]
    return (
        sum(_PARTY_HEADLINE.search(text) is not None for text in headlines) / len(headlines)
        if headlines
        else 0.0
    )


def _is_no_section(link: Link) -> bool:
    return (
        len(link.text.split()) > _LONGEST_NAME
        or _NO_LIST.search(exact(link.text)) is not None
        or (article_likeness(link.url) >= 0.6 and len(link.text.split()) > 6)
    )


def _judge(link: Link, party_site: bool) -> Section | None:
    name = line(link.text) or line(link.element.get("title") or "")
    told, slug = exact(name), fold(path_of(link.url)).replace("_", "-").replace("%20", "-").replace("+", "-")
    found = [clue for clue in _NAMES if clue.pattern.search(told)][:1]
    found += [clue for clue in _SLUGS if clue.pattern.search(slug)][:1]
    if not found:
        return None
    score, reasons = max(clue.score for clue in found), [clue.reason for clue in found]
    if len(found) == 2:
        score = min(1.0, score + 0.05)
    if party_site:
        score, reasons = min(1.0, score + 0.4), [*reasons, "a Party body's own portal"]
    return Section(name or slug.strip("/").rsplit("/", 1)[-1], link.url, round(score, 2), tuple(reasons))
