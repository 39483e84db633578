"""How portals name the sections that carry Party news (portals.md §7.4: 151 official hosts)."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clue:
    """A form of section name; `score` is how far it alone promises Party news, 0..1."""

    reason: str
    pattern: re.Pattern[str]
    score: float


def _clue(score: float, reason: str, *forms: str) -> Clue:
    return Clue(reason, re.compile("|".join(forms)), score)


# On the exact form, where marks count: "đảng" (the Party) is not "đăng" (to post) nor "đang" (under way).
# The first that matches is the one that counts.
NAMES = (
    _clue(
        1.0,
        "names Party work",
        r"(?:công tác|hoạt động|xây dựng|sinh hoạt|tin tức|tin) (?:của |xây dựng )?đảng\b",
    ),
    _clue(
        0.9,
        "names a Party body",
        r"\bđảng (?:bộ|ủy|đoàn)\b",
        r"\bchi bộ\b",
        r"\btổ chức đảng\b",
        r"\bcấp ủy\b",
    ),
    _clue(0.9, "names a Party body", r"\b(?:tỉnh|thành|huyện|thị|quận) ủy\b", r"\bban thường vụ\b"),
    _clue(0.9, "names the Party", r"\bđảng\b"),
    _clue(
        0.7,
        "names Party work",
        r"\bhọc tập và làm theo\b",
        r"\btuyên giáo\b",
        r"\bdân vận\b",
        r"\bkiểm tra,? giám sát\b",
    ),
    _clue(
        0.6,
        "names mass organisations",
        r"\bđoàn thể\b",
        r"\bcông đoàn\b",
        r"\bđoàn thanh niên\b",
        r"\bcựu chiến binh\b",
    ),
    _clue(0.5, "names politics", r"\bchính trị\b"),
    _clue(0.5, "names internal news", r"\b(?:tin|thông tin|hoạt động) nội bộ\b"),
    _clue(
        0.45,
        "names the body's own news",
        r"\btin (?:tức )?hoạt động\b",
        r"\bhoạt động (?:của )?(?:sở|ngành|cơ quan|đơn vị)\b",
    ),
    _clue(
        0.4,
        "names general news",
        r"\btin tức\b",
        r"\bsự kiện\b",
        r"\bthời sự\b",
        r"\btin trong (?:tỉnh|ngành)\b",
        r"\bbản tin\b",
    ),
)

# On slugs: without marks, and with the đ that Liferay loses ("hoat-ong-ang-oan-the").
SLUGS = (
    _clue(
        0.9,
        "slug names Party work",
        r"\b(?:cong-tac|hoat-d?ong|xay-dung|sinh-hoat|tin)(?:-cua|-xay-dung)?-d?ang(?!-(?:ky|tai|nhap|tin))\b",
    ),
    _clue(
        0.8,
        "slug names a Party body",
        r"\bd?ang-(?:bo|uy|d?oan-the)\b",
        r"\bchi-bo\b",
        r"\b(?:tinh|thanh)-uy\b",
    ),
    _clue(0.5, "slug names mass organisations", r"\bd?oan-the\b", r"\bcong-d?oan\b", r"\bcuu-chien-binh\b"),
    _clue(0.5, "slug names internal news", r"\b(?:thong-)?tin-noi-bo\b"),
    _clue(
        0.35, "slug names general news", r"\btin-tuc\b", r"\bsu-kien\b", r"\btin-hoat-d?ong\b", r"\bthoi-su\b"
    ),
)

# Pages that are no list of news, whatever else their name says.
NO_LIST = re.compile(
    r"\bđăng (?:nhập|ký|xuất)\b|\bliên hệ\b|\bgiới thiệu\b|\bsơ đồ\b|\bcơ cấu\b|\btổ chức bộ máy\b"
    r"|\blãnh đạo\b|\bchức năng\b|\bvăn (?:bản|kiện)\b|\bthủ tục\b|\blịch (?:công tác|làm việc|tiếp)"
    r"|\bhỏi đáp\b|\bgóp ý\b|\btìm kiếm\b|\bthư (?:viện|điện tử)\b|\bvideo\b|\bhình ảnh\b|\balbum\b"
    r"|\bdanh bạ\b|\brss\b|\bemail\b|\bđiều lệ\b|\bxem (?:tất cả|thêm)\b"
)

PARTY_HOST = re.compile(r"\.dcs\.vn$|(?:^|\.)(?:duk|danguy|khoicq|tinhuy|thanhuy|hcmcpv)[\w-]*\.")
PARTY_TITLE = re.compile(r"\bđảng (?:ủy|bộ)\b|\b(?:tỉnh|thành) ủy\b")
PARTY_HEADLINE = re.compile(
    r"\bđảng\b|\bchi bộ\b|\bbí thư\b|\bcấp ủy\b|\b(?:tỉnh|thành|huyện|thị|quận) ủy\b"
    r"|\bban (?:thường vụ|chấp hành)\b|\bhọc tập và làm theo\b|\btư tưởng,? đạo đức\b|\bđại biểu toàn quốc\b"
    r"|\bkiểm tra,? giám sát\b|\bnghị quyết số\b"
)
