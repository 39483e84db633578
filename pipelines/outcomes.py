"""The one list of what can become of a URL in a run."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How a URL ended. Every URL taken up in a run ends in exactly one; their sum is the run's total."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not_modified"
    DUPLICATE_ADDRESS = "duplicate_address"
    LISTED = "listed"
    INCOMPLETE = "incomplete"
    BLOCKED_BY_ROBOTS = "blocked_by_robots"
    CHALLENGED = "challenged"
    SOFT_404 = "soft_404"
    GONE = "gone"
    NOT_ARCHIVED = "not_archived"
    OFF_SITE = "off_site"
    HTTP_ERROR = "http_error"
    TLS_ERROR = "tls_error"
    DNS_ERROR = "dns_error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    NOT_HTML = "not_html"
    PARSE_ERROR = "parse_error"
    SKIPPED_BUDGET = "skipped_budget"

    @property
    def label(self) -> str:
        """What a person reads, in Vietnamese."""
        return LABELS[self]

    @property
    def failed(self) -> bool:
        """True where the page should have been an article or a list and we could not read it."""
        return self in FAILURES


LABELS = {
    Outcome.NEW: "bài mới",
    Outcome.REVISED: "bài có sửa đổi",
    Outcome.UNCHANGED: "không đổi",
    Outcome.NOT_MODIFIED: "không đổi (304)",
    Outcome.DUPLICATE_ADDRESS: "địa chỉ khác của bài đã có",
    Outcome.LISTED: "trang danh mục đã đọc",
    Outcome.INCOMPLETE: "thiếu tiêu đề hoặc nội dung",
    Outcome.BLOCKED_BY_ROBOTS: "robots.txt không cho phép",
    Outcome.CHALLENGED: "trang chặn hoặc xác minh",
    Outcome.SOFT_404: "báo không tồn tại (mã 200)",
    Outcome.GONE: "không còn (404/410)",
    Outcome.NOT_ARCHIVED: "không có trong bản lưu",
    Outcome.OFF_SITE: "địa chỉ ngoài cổng",
    Outcome.HTTP_ERROR: "lỗi HTTP",
    Outcome.TLS_ERROR: "lỗi TLS",
    Outcome.DNS_ERROR: "lỗi tên miền",
    Outcome.TIMEOUT: "quá thời gian chờ",
    Outcome.TOO_LARGE: "trang quá lớn",
    Outcome.NOT_HTML: "không phải trang HTML",
    Outcome.PARSE_ERROR: "không đọc được trang",
    Outcome.SKIPPED_BUDGET: "để lại lần sau (hết hạn mức)",
}

FAILURES = frozenset(
    {
        Outcome.CHALLENGED,
        Outcome.HTTP_ERROR,
        Outcome.TLS_ERROR,
        Outcome.DNS_ERROR,
        Outcome.TIMEOUT,
        Outcome.TOO_LARGE,
        Outcome.PARSE_ERROR,
    }
)

# After these the corpus holds the page's article.
IN_CORPUS = (
    Outcome.NEW, Outcome.REVISED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED, Outcome.DUPLICATE_ADDRESS
)  # fmt: skip
