"""Lines that portals print around every article. Only whole lines count: "100%" in a sentence is text.

Source: portals.md §7.4, counted over the portals; English ones from the pages of general news sites.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 90  # characters of a label; what is longer is a sentence
# In lower case: most lines are none of these, and a pattern that ignores case tells so at twice the cost.
_LABELS = (
    # counters
    r"(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập)(?: (?:trang|bài|tin)(?: viết)?)? ?:? ?[\d.,]*",
    r"(?:bài viết có )?[\d.,]+ (?:số )?(?:lượt|lần) (?:xem|đọc)",
    r"(?:thích|chia sẻ|đọc|tải) ?:? ?[\d.,]+"
    r"|đánh giá ?:? ?[\d.,]+ ?/ ?\d+(?: ?\( ?[\d.,]+ (?:lượt|phiếu) ?\))?",
    r"(?:ngày (?:đăng|cập nhật)|cập nhật|hôm nay(?: là)? [^\d]{3,20}) ?:? ?\d{1,2}"
    r"(?:/\d{1,2}/| tháng \d{1,2} năm )\d{4}(?:[ ,-]+\d{1,2}[:h]\d{2}(?::\d{2})?)?",
    r"(?:đã (?:xem|đọc)|(?:cms-)?view count|views?|lượt trang|luot xem) ?:? ?[\d.,]*(?: lần)?",
    r"(?:đang (?:online|trực tuyến|truy cập)|hôm (?:nay|qua)|(?:trong )?(?:ngày|tuần|tháng"
    r"|năm)(?: (?:này|trước|nay))?"
    r"|tất cả|tổng(?: cộng| số)?) ?: ?[\d.,]*",
    r"(?:tổng (?:số )?(?:lượt )?truy cập|đã truy cập|thống kê truy cập) ?:? ?[\d.,]*",
    # size of letters, contrast
    r"xem với c[ỡở] chữ(?: ?:)?",
    r"c[ỡở] chữ(?: ?:)?",
    r"(?:- )?\+?a ?-(?: ?a)?(?: ?(?:\+ ?a|a ?\+))?",
    r"a\+ ?a?-?",
    r"(?:tăng|giảm) tương phản",
    # skip links, buttons, back and up
    r"skip to (?:main )?content",
    r"skip (?:ribbon commands|navigation links)",
    r"truy cập nội dung luôn",
    r"sign in|đăng nhập|log in|document|alternate text|anh-tin-bai|image (?:banner|advertisement)",
    r"loading(?:\.{3}|…)?|xuất bản thông tin|null|menu_war_\S*|chi tiết bài viết(?: tin tức)?",
    r"(?:quay lại|trở (?:lại|về)|về trang trước|(?:lên|về) đầu trang|đầu trang|trang chủ|home)",
    r"in(?: (?:bài|trang|tin)(?: (?:viết|này))?)?|bản in|trang in(?: ấn)?|phiên bản in|print(?: this page)?",
    r"(?:send )?e-?mail|gửi (?:e-?mail|mail|bài viết|cho bạn bè|phản hồi|bình luận)",
    r"chia sẻ(?: (?:bài viết|lên|qua|facebook|twitter|zalo|google\+?))*",
    r"facebook|twitter|zalo|google\+?|tweet|share|like|pinterest|linkedin|whatsapp|messenger|reddit"
    r"|flipboard",
    r"đánh giá bài viết(?: ?\( ?\d+ ?\))?|click để đánh giá bài viết|(?:tổng số điểm|xếp hạng).{0,60}",
    r"(?:đọc|nghe|lưu) (?:bài|tin)(?: viết)?",
    r"(?:bình luận|phản hồi|ý kiến) ?(?:\( ?\d+ ?\))?",
    r"theo dõi (?:chúng tôi|trên google news)|tags?|từ khóa",
    # English sites
    r"advert(?:isement)?s?|(?:article|story) continues below(?: advertisement)?|continue reading.{0,40}",
    r"read more|(?:share|save) (?:this|article|story|on|via).{0,30}|copy link|get short url",
    r"(?:\d+ )?comments?(?: ?\(\d+\))?|post comment|view gallery|sign up|follow us|photo gallery"
    r"|reblog|close",
    r"this slideshow requires javascript|\d+ ?(?:min|minute)s? read|\d* ?shares?|newsletters?|subscribe",
    r"privacy overview|(?:necessary )?always enabled|non-necessary|key points|source: news agencies",
)
_LINE = re.compile(rf"[\s.|«»<>:·•(-]*(?:(?:{'|'.join(_LABELS)})(?:[\s.|«»<>:·•)-]+|$))+")

_OTHERS = (
    r"liên quan|khác|cùng (?:chuyên mục|loại|chủ đề)|đã (?:đưa|đăng)|cũ(?: hơn)?|mới(?: (?:hơn|nhất))?"
    r"|cập nhật|nổi bật|xem nhiều|đọc nhiều|tiếp theo|trước đó|hơn"
)
_RELATED = (
    rf"(?:những |các )?(?:tin|bài)(?: (?:tức|bài|viết|mới|cũ))?(?: (?:{_OTHERS}))+",
    r"cùng chuyên mục|xem thêm|(?:có thể )?bạn (?:có thể )?quan tâm|liên quan|các chuyên mục",
    r"ý kiến (?:bạn đọc|độc giả)|gửi (?:ý kiến|bình luận).{0,30}|bình luận(?: của bạn)?",
    r"thống kê truy cập|liên kết website",
    r"(?:our )?(?:other|related|more|latest|recent|previous|top) (?:news|stories|articles|posts"
    r"|coverage|reading|videos|links)",
    r"more (?:from|in|on|great) .{1,40}|related(?: topics)?|you (?:may|might) (?:also )?(?:like"
    r"|be interested).{0,20}",
    r"read (?:also|next|this)|recommended(?: .{1,30})?|see also|don['’]t miss|most (?:read|popular"
    r"|viewed).{0,20}",
    r"tell us what you think|have your say.{0,40}|leave a (?:comment|reply)|what do you think\?",
)
_RELATED_HEADING = re.compile(rf"(?:{'|'.join(_RELATED)})[\s:.(\d)…»>]*")
_POINTER = re.compile(
    r"(?:>+|»|\*|-)?\s*(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|mời (?:bạn|quý vị) (?:đọc|xem)"
    r"|read (?:more|also|next|on)"
    r"|related(?: (?:story|article|video))?|see (?:more|also)|more|also (?:on|read|see)|watch(?: now)?"
    r"|don['’]t miss)\s?[:|>]",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"địa chỉ|(?:điện thoại|số đt|đt|tel|hotline|fax|email) ?:|giấy phép (?:số|xuất|thiết)"
    r"|chịu trách nhiệm|bản quyền"
    r"|©|copyright\b|all rights reserved|[®*]? ?(?:ghi rõ|đề nghị ghi|vui lòng ghi) .{0,20}nguồn"
    r"|cơ quan (?:chủ quản|thực hiện)|website được thiết kế|thiết kế (?:bởi|và)|(?:cổng"
    r"|trang) (?:thông tin|tin) điện tử "
    r"|đơn vị (?:quản lý|thiết kế|phát triển)|(?:tổng|trưởng ban) biên tập|người chịu|phát triển bởi"
    r"|bộ phận tiếp nhận",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"(?:từ khóa|từ khoá|tags?) ?: ?\S", re.IGNORECASE)
_COOKIES = re.compile(
    r"\bcookies?\b.{0,200}\b(?:website|site|browser|experience|consent|privacy|traffic)\b", re.IGNORECASE
)
_GLUED_LABEL = re.compile(
    r"(?<=[^\W\d_])(?:Thống kê truy cập|(?:Số )?(?:Lượt|Lần) (?:xem|đọc|truy cập)|Quay lại|In bài"
    r"|Bản in)[ :\d.,]*$"
)
_VIETNAMESE = re.compile("[ăđơưạ-ỹ]")  # the closing phrases below are English ones
_CLOSING = re.compile(
    r"\bfollow (?:him|her|us|me|them|the)\b|\bon (?:twitter|facebook)\b|\b(?:reached|reach (?:him|her"
    r"|me|us)) (?:at|by)\b"
    r"|\bnewsletters?\b|\bsubscri(?:be|ption)\b|\bsign up (?:for|to|here)\b|\byour inbox\b"
    r"|\bsend (?:us|your)\b"
    r"|\bhave a (?:news )?tip\b|\bjoin our\b|\bletters? to the editor\b|\bclick here (?:to|for)\b"
    r"|\bcontributed to this\b"
    r"|^(?:first )?(?:published|updated|posted)(?: on| at|:)|\bdownload (?:the|our) app\b",
    re.IGNORECASE,
)
_BY = r"(?-i:[A-ZÀ-Ỹ][\w.'’-]*)(?:[ ,]+(?:and |và )?(?-i:[A-ZÀ-Ỹ][\w.'’-]*)){0,5}"
_ABOVE = re.compile(
    rf"\|? ?(?:(?:first |last )?(?:published|updated|posted|modified)\b.{{0,70}}|(?:written "
    rf"|posted )?by:? {_BY}"
    r"(?: .{0,30}\d{4}.{0,20})?|(?:được )?(?:đăng|gửi|viết) bởi .{1,90}"
    r"|(?:author|publish date) ?:.{0,40})",
    re.IGNORECASE,
)


def is_boilerplate(text: str) -> bool:
    """True for a whole line that no article holds: a counter, a row of buttons, a cookie notice."""
    if len(text) <= _LONGEST and _is_label(text):
        return True
    if text[:1] in "tT" and len(text) <= 300 and _KEYWORDS.match(text):
        return True
    return "ookie" in text and len(text) <= 1_000 and _COOKIES.search(text) is not None


def opens_related(text: str) -> bool:
    """True for the heading of a list of other articles, of comments or of statistics."""
    return len(text) <= _LONGEST and _is_related_heading(text)


@lru_cache(maxsize=4096)  # the pages of a site repeat their short lines without end
def _is_label(text: str) -> bool:
    return _LINE.fullmatch(text.lower()) is not None


@lru_cache(maxsize=4096)
def _is_related_heading(text: str) -> bool:
    return _RELATED_HEADING.fullmatch(text.lower()) is not None


def points_elsewhere(text: str) -> bool:
    """True for a line that sends the reader to another article ("Xem thêm: …", "Read more: …")."""
    return len(text) <= 200 and _POINTER.match(text) is not None


def is_imprint(text: str) -> bool:
    """True for a line that opens like those of a footer: address, licence, responsible person, copyright."""
    return len(text) <= 400 and _IMPRINT.match(text) is not None


def stands_above(text: str) -> bool:
    """True for what stands between headline and text: who published it, and when."""
    return len(text) <= 120 and _ABOVE.fullmatch(text) is not None


def closes_off(text: str) -> bool:
    """True for a last line that speaks of the site instead of the matter: follow us, subscribe, a tip."""
    return len(text) <= 500 and not _VIETNAMESE.search(text) and _CLOSING.search(text) is not None


def without_glued_label(text: str) -> str:
    """Return a short line without the label that a page prints behind it with nothing between.

    "Đỗ HạnhThống kê truy cập", "T.HLượt xem: 12": the markup parts them by style alone.
    """
    found = _GLUED_LABEL.search(text) if len(text) <= _LONGEST else None
    return text[: found.start()] if found else text
