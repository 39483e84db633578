"""The words and expressions of a stamp: dates, times, weekdays, labels, and the traps around dates.

Every expression is linear: repeats are bounded, or possessive where what they take can be taken in one way
only. What looks back is tried on a window of `WINDOW` characters.
"""

from __future__ import annotations

import re

# Vietnamese letters, for use inside brackets of an expression that minds their case.
LOWER = "a-zà-öø-ýăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFA, 2)))
UPPER = LOWER.upper()

_MONTHS = ("", "giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTH_ALIASES = {"một": 1, "bốn": 4, "bẩy": 7, "chạp": 12}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "chủ": 6, "cn": 6}
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# "lần thứ năm" is the fifth time, no Thursday.
_WEEKDAY = (
    r"(?<!lần\s)(?<!kỳ\s)thứ\s{0,2}(?P<weekday>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?!\w)"
    r"|\b(?P<sunday>chủ|cn)(?:\s{0,2}nhật)?(?!\w)"
    r"|\b(?P<english>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?(?!\w)"
)
_TIME = (
    r"(?P<time>(?P<hour>[0-9]{1,2})(?:"
    r":(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"|\s?(?:giờ|h|g)(?:\s?(?P<minute_word>[0-5][0-9])(?:\s?phút|p)?|(?![^\W_]))"
    r")(?![0-9])['’′]?(?:\s{0,2}(?P<half>[ap]\.?\s?m\b\.?|sa|ch|sáng|trưa|chiều|tối)(?![^\W\d_]))?)"
)
DATE = re.compile(
    r"(?<![0-9])(?<![0-9][/.\-])(?:"
    r"(?P<first>[0-9]{1,2})\s{0,3}(?P<sign>[/.\-–])\s{0,3}(?P<middle>[0-9]{1,2})\s{0,3}(?P=sign)\s{0,3}"
    r"(?P<last>[0-9]{4})(?![0-9])(?!/\w|\.[0-9])"
    r"|(?P<year>(?:19|20)[0-9]{2})(?P<sign_iso>[/.\-])(?P<month>[0-9]{1,2})(?P=sign_iso)(?P<day>[0-9]{1,2})"
    r"(?![0-9])"
    r"|(?P<day_word>[0-9]{1,2})\s{0,3}tháng\s{0,3}"
    r"(?P<month_word>[0-9]{1,2}|mười\s(?:một|hai)|một|giêng|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|chạp)"
    r"\s{0,3}[,/]?\s{0,3}(?:năm\s{0,3})?(?P<year_word>[0-9]{4})(?![0-9])"
    r")",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:(?:ngày|thời\sgian|lúc|đã|được)\s(?:đăng|xuất\sbản|phát\shành|gửi|tạo|đưa|viết)(?:\s(?:tải|tin|bài|lên))?"
    r"|đăng(?:\s(?:tải|tin|bài))?(?=\s?:|\s(?:lúc|ngày|vào))|(?:xuất\sbản|gửi|tạo|viết)(?=\s?:|\s(?:lúc|ngày|vào))"
    r"|cập\snhật(?:\slần\scuối|\smới\snhất|\scuối)?"
    r"|(?:publish(?:ed)?|posted|updated|modified|created)(?:\s(?:date|on|at))?|(?<!\w)date)(?!\w)"
)
_UNNAMED = re.compile(r"\?P<\w+>")  # CPython 3.11 loses the spans of groups inside possessive repeats
# Possessive: what stands between label and date is taken in one piece, with nothing to try again.
BEFORE = re.compile(
    rf"(?P<label>{_LABEL})?(?P<between>(?:{_UNNAMED.sub('?:', f'{_TIME}|{_WEEKDAY}')}|ngày|lúc|vào"
    r"|[\s|,;:.\-–—•·(\[*])*+)$",
    re.IGNORECASE,
)
TIME = re.compile(_TIME, re.IGNORECASE)
WEEKDAY = re.compile(_WEEKDAY, re.IGNORECASE)
AFTER = re.compile(rf"(?>[\s|,;.\-–—•·(\[]|lúc|vào){{0,14}}+{_TIME}", re.IGNORECASE)
ISO_TAIL = re.compile(r"[Tt][0-9]{2}:?[0-9]{2}[0-9:.]{0,14}(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
UPDATED = re.compile(r"cập|updated|modified", re.IGNORECASE)
WINDOW = 56  # characters before a date in which its label, weekday, time and traps are looked for

TRAP_BEFORE = re.compile(
    r"(?:"
    # documents: "số 12/QĐ-UBND ngày", "36-CT/TW ngày"
    r"\b[Ss]ố:?\s?[0-9][^\s|]{0,30},?|/\s?[A-ZĐÐ][\w&Đ.-]{0,16},?"
    # licences, validity, births
    r"|\b(?i:cấp|ký|ban\shành|hiệu\slực(?:\s\w{1,4})?|giấy\sphép[^.;|]{0,40}?|sinh(?:\snhật)?|mất|kỷ\sniệm)"
    r"(?i:\sngày|\slần\sđầu)?\s?:?"
    # datelines; "Hôm nay, …" is the page's clock
    r"|\b(?i:sáng|trưa|chiều|tối|đêm|hôm)(?:\s(?i:nay|qua|mai))?\s?[,(:-]?"
    # letter heads: "Hải Phòng, ngày …"
    rf"|\b[{UPPER}][^\W\d_]{{1,9}}\s?,(?=\s?ngày\s?$)"
    # inside a sentence: "Từ 27/4/2021", "hội nghị, ngày 8/4/2019"
    r"|\b(?i:từ|đến|tới|hết|trước|sau|vào|trong)|\w[\s,;(“\"]{0,3}(?=ngày\s?$)"
    # the end of a list or range of days: "12 - 20/6/2017", "01/9 - 15/9/2020", "30/3/2019 - 5/4/2019"
    r"|(?<![0-9])[0-9]{1,2}(?:\s?[/.-]\s?[0-9]{1,2})?(?:\s?[/.-]\s?[0-9]{4})?\s{0,2}[-–—,&]"
    r")\s?(?:ngày\s?)?$"
)
WORD_BEFORE = re.compile(rf"(?<!\w)(?!ngày)[{LOWER}]{{2,10}}\s{{1,2}}(?P<day>(?i:ngày)\s{{0,2}})?$")
SENTENCE_AFTER = re.compile(
    rf"\s?,\s?[^\W\d_][^\n]{{30}}|\)\s?(?:[.;,]|[{LOWER}])|\s(?!lượt|đã\sxem)[{LOWER}]{{2,10}}\s[^\W\d_][^\n]{{40}}"
)
RANGE_AFTER = re.compile(r"\s{0,3}[-–—]\s{0,3}(?:ngày\s)?[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?[0-9]{4}")
HOURS_AFTER = re.compile(r"\s{0,2}[-–—]\s{0,2}[0-9]{1,2}\s?(?::|h|g|giờ)[0-9]{0,2}\b", re.IGNORECASE)

AGO = re.compile(
    r"(?<!\w)(?P<count>[0-9]{1,3})\s{0,3}(?P<unit>giây|phút|giờ|tiếng|ngày|tuần)\s{0,3}trước(?!\w)",
    re.IGNORECASE,
)
NEAR = re.compile(
    rf"(?<!\w)hôm\s?(?P<near>nay|qua|kia)(?!\w)(?:(?>[\s|,:\-–]|lúc){{0,6}}+{_TIME}|(?![\s:,|-]{{0,3}}[0-9]))",
    re.IGNORECASE,
)


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's word as `DATE` finds it, in lower case."""
    return _MONTH_ALIASES.get(word) or _MONTHS.index(word)


def weekday_number(found: re.Match[str] | None) -> int | None:
    """Return 0 (Monday) to 6 for what `WEEKDAY` found."""
    if found is None:
        return None
    if found["english"]:
        return _ENGLISH_WEEKDAYS.index(found["english"].casefold())
    name = (found["weekday"] or found["sunday"]).casefold()
    return int(name) - 2 if name.isdigit() else _WEEKDAYS[name]
