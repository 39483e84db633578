"""What the site says: dates, numbers, and names of what the corpus keeps as codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from pipelines.activities import ACTIVITIES
from pipelines.outcomes import LABELS
from web.languages import VIETNAMESE, Spoken, chosen, gettext

_VIETNAM = timezone(timedelta(hours=7))
_MONTH = re.compile(r"(\d{4})-(\d\d)")

COLUMNS = Spoken(
    {
        "province": "Tỉnh, thành phố",
        "province_then": "Tỉnh, thành phố khi đăng",
        "successor_province": "Tỉnh, thành phố từ 1/7/2025",
        "portal": "Cổng thông tin",
        "year": "Năm đăng",
        "is_party": "Hoạt động Đảng",
        "party": "Nội dung",
        "activity": "Loại hoạt động",
        "section": "Chuyên mục",
        "article_section": "Chuyên mục",
        "person": "Người được nhắc",
        "organisation": "Tổ chức, cơ quan được nhắc",
        "document": "Văn bản được dẫn",
        "month": "Tháng đăng",
        "since": "Từ ngày",
        "until": "Đến ngày",
        "author": "Tác giả",
        "body": "Cơ quan",
    }
)
# What stands for the values that the corpus keeps as codes, by column.
VALUES = {
    "is_party": Spoken({"1": "phải", "0": "không phải"}),
    "party": Spoken({"1": "Hoạt động Đảng", "0": "Tin khác"}),
    "activity": Spoken({kind: activity.label for kind, activity in ACTIVITIES.items()}),
}
STATES = Spoken(
    {
        "live": "đang hoạt động",
        "frozen": "đã ngừng cập nhật",
        "moved": "đã chuyển sang địa chỉ khác",
        "dead": "không còn truy cập được",
    }
)
SIGHTINGS = Spoken(
    {
        "crawl": "đã tải",
        "list": "thấy trong danh mục",
        "page": "thấy trên trang bài",
        "archive": "thấy trong bản lưu",
        "import": "ghi trong tệp nhập vào",
    }
)
LINKS = Spoken(
    {
        "same_text": "đăng nguyên văn",
        "repost": "đăng lại",
        "excerpt": "trích đăng",
        "rewrite": "viết lại",
        "cluster": "cùng nhóm bài",
    }
)
FLAGS = Spoken(
    {
        "no_date": "trang gốc không ghi ngày đăng",
        "attachment_only": "bài chỉ có tệp đính kèm",
        "platform_changed": "cổng đã đổi hệ thống, bài đọc không theo khai báo",
        "headline_from_list": "tiêu đề lấy từ danh mục của cổng",
        "stamp_is_clock": "trang có đồng hồ, không lấy làm ngày đăng",
        "entities_repaired": "đã sửa ký tự bị hỏng",
        "private_use": "có ký tự riêng không đọc được",
        "cut_short": "trang bị ngắt giữa chừng, có thể thiếu phần cuối",
        "truncated": "bản lưu chỉ giữ phần đầu của trang",
        "page_truncated": "trang quá dài, chỉ đọc phần đầu",
        "nesting_flattened": "trang lồng thẻ quá sâu, cấu trúc đã làm phẳng",
        "encoding_repaired": "bảng mã ghi sai, đã sửa",
        "encoding_damaged": "bảng mã hỏng, một số ký tự bị mất",
        "classify_failed": "chưa xếp được loại bài (lỗi của Tin Sở)",
        "entities_failed": "chưa nhận ra được người, cơ quan, văn bản trong bài (lỗi của Tin Sở)",
    }
)
_SOURCES = Spoken(
    {
        "layout": "ngày in trên trang bài",
        "meta": "ngày ghi trong siêu dữ liệu của trang",
        "json-ld": "ngày ghi trong dữ liệu có cấu trúc của trang",
        "list": "ngày in trong danh mục của cổng",
        "url": "ngày có trong địa chỉ trang",
        "text": "ngày in trên trang, nhận ra trong phần chữ",
        "generic": "ngày nhận ra trên trang bài",
    }
)
_EVENT_SOURCES = Spoken(
    {
        "dateline": "theo câu mở đầu bài",
        "text": "theo nội dung bài",
        "published": "năm theo ngày đăng",
        "term": "năm theo nhiệm kỳ",
    }
)
OUTCOMES = Spoken({outcome.value: label for outcome, label in LABELS.items()})
_EVENT_YEARS = Spoken({"text": "năm theo nội dung bài"})


def date(moment: str | None) -> str:
    """Return an ISO 8601 date or time as `dd/MM/yyyy` or `dd/MM/yyyy HH:mm`, in Vietnam's time.

    "không ghi ngày" where there is none; what is no date comes back as it is. In English: 1 Jun 2025, 06:00.
    """
    if not moment:
        return gettext("không ghi ngày")
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    if parsed.tzinfo:
        parsed = parsed.astimezone(_VIETNAM)
    has_time = len(moment) > len("2025-06-01")
    if chosen() == VIETNAMESE:
        return parsed.strftime("%d/%m/%Y %H:%M" if has_time else "%d/%m/%Y")
    return f"{parsed.day} {parsed.strftime('%b %Y, %H:%M' if has_time else '%b %Y')}"


def number(count: int) -> str:
    """Return a count as Vietnamese readers write it: 1.234.567."""
    written = f"{count:,}"
    return written.replace(",", ".") if chosen() == VIETNAMESE else written


def share(figure: str) -> str:
    """Return a share as the benchmarks print it (".983", "1.000") as Vietnamese readers write it: 98,3%."""
    written = f"{100 * float(figure):.1f}%"
    return written.replace(".", ",") if chosen() == VIETNAMESE else written


def date_source(source: str | None) -> str:
    """Return in words where a date was read; a source we have no words for is named as it is."""
    if not source:
        return ""
    return _SOURCES.get(source.partition(":")[0], source)


def event_source(source: str | None) -> str:
    """Return in words where an event's date was read, and after "+" its year."""
    first, _, year = (source or "").partition("+")
    words = [_EVENT_SOURCES.get(first, first)]
    words += [_EVENT_YEARS.get(year) or _EVENT_SOURCES.get(year, year)] if year else []
    return ", ".join(words)


def period(first: str, last: str) -> str:
    """Return two moments in words, one where they read the same."""
    return date(first) if date(first) == date(last) else f"{date(first)} – {date(last)}"


def label(column: str, value: str | int) -> str:
    """Return a value as a reader knows it."""
    if column == "month" and (month := _MONTH.fullmatch(str(value))):
        return f"{int(month[2])}/{month[1]}"
    known: Mapping[str, str] = VALUES.get(column, {})
    return known.get(str(value), str(value))


def condition(column: str, lookup: str, value: str) -> str:
    """Return a filter of the articles page in words."""
    name = COLUMNS.get(column, column)
    if lookup == "exact":
        return f"{name}: {label(column, value)}"
    if column == "date_published" and lookup in {"gt", "gte"}:
        return gettext("từ ngày %s") % date(value)
    if column == "date_published" and lookup in {"lt", "lte"}:
        return gettext("trước ngày %s") % date(value)
    return f"{name} {lookup} {value}"
