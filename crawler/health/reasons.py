"""Why a portal is in its state, in English for the command line and in Vietnamese for the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_TEXTS = {
    "ok": ("as usual", "như thường lệ"),
    "first": ("visited once; what is usual is not known yet", "mới đọc một lần, chưa biết nhịp thường lệ"),
    "frozen": (
        "readable; declared frozen, so no news is expected",
        "vẫn đọc được; cổng đã ngừng cập nhật nên không chờ bài mới",
    ),
    "declared_moved": ("declared moved", "đã khai báo là chuyển sang địa chỉ khác"),
    "declared_dead": ("declared dead", "đã khai báo là không còn hoạt động"),
    "silent": (
        "no article since {day}, {days} days; usual gaps are up to {usual}",
        "không có bài mới từ {ngay}, đã {days} ngày; thường lệ không quá {usual} ngày",
    ),
    "silent_long": (
        "no article since {day}, {days} days",
        "không có bài mới từ {ngay}, đã {days} ngày",
    ),
    "empty": ("its lists are read, but hold no article", "đọc được danh mục nhưng không có bài nào"),
    "unreachable": (
        "cannot be reached from here ({detail}); that does not mean it is gone",
        "không kết nối được từ máy này ({chi_tiet}); không có nghĩa là cổng đã đóng",
    ),
    "refused": (
        "answers with a challenge or a refusal ({detail})",
        "trả về trang chặn hoặc xác minh ({chi_tiet})",
    ),
    "moved": ("its lists lead to another host ({detail})", "danh mục chuyển sang máy chủ khác ({detail})"),
    "gone": (
        "answers, but its lists are gone ({detail}): closed, or rebuilt under new addresses",
        "cổng có trả lời nhưng các danh mục không còn ({chi_tiet}): đã đóng, hoặc đổi địa chỉ",
    ),
    "unreadable": (
        "its lists cannot be read any more ({detail}): the layout has changed",
        "không đọc được danh mục nữa ({chi_tiet}): giao diện đã thay đổi",
    ),
    "strange": (
        "its lists are not as declared ({detail})",
        "danh mục không còn như khai báo ({chi_tiet})",
    ),
    "short": (
        "its lists have {rows} rows, usually {usual}: part of them is not found any more",
        "danh mục chỉ còn {rows} dòng, thường là {usual}: có phần không còn đọc được",
    ),
    "part": ("{count} of {all} lists: {name}: {inner}", "{count}/{all} danh mục: {name}: {inner}"),
    "read": (
        "{good} of the last {all} articles could be read, usually {usual} %",
        "chỉ đọc được {good} trong {all} bài gần nhất, thường là {usual} %",
    ),
    "dated": (
        "{good} of the last {all} articles have a date, usually {usual} %",
        "chỉ {good} trong {all} bài gần nhất có ngày đăng, thường là {usual} %",
    ),
    "with_text": (
        "{good} of the last {all} articles have a text, usually {usual} %",
        "chỉ {good} trong {all} bài gần nhất có nội dung, thường là {usual} %",
    ),
    "by_layout": (
        "{good} of the last {all} articles look as declared, usually {usual} %; the rest is read by evidence",
        "chỉ {good} trong {all} bài gần nhất đúng mẫu đã khai báo, thường là {usual} %",
    ),
    "stopped": (
        "no crawl has ended since {at}; usually one does every {usual} hours",
        "không có lượt thu thập nào kết thúc từ {luc}; thường cứ {usual} giờ có một lượt",
    ),
    "left_out": ("not crawled for {days} days: {names}", "đã {days} ngày không thu thập: {names}"),
    "offline": (
        "nearly all portals cannot be reached at once: this machine's own connection is broken",
        "gần như mọi cổng cùng lúc không kết nối được: mạng của máy này có vấn đề",
    ),
    "disk": ("the disk will be full in {days} days", "ổ đĩa sẽ đầy sau {days} ngày"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A text by its code, with what stands in its gaps."""

    code: str
    facts: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, code: str, **facts: object) -> Reason:
        """Return a reason with these facts."""
        return cls(code, tuple(facts.items()))

    @property
    def english(self) -> str:
        """The reason as the command line prints it."""
        return self._text(0)

    @property
    def vietnamese(self) -> str:
        """The reason as the site prints it."""
        return self._text(1)

    def _text(self, language: int) -> str:
        facts = {
            name: value._text(language) if isinstance(value, Reason) else value for name, value in self.facts
        }
        return _TEXTS[self.code][language].format(**facts)


def vietnamese_day(day: date) -> str:
    """Return a day as Vietnamese readers write it."""
    return f"{day:%d/%m/%Y}"
