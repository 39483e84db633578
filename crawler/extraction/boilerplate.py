"""Lines that portals print around every article. Only whole lines count: "100%" in a sentence is text.

Source: portals.md §7.4, counted over the portals; English ones from the pages of general news sites.
"""

from __future__ import annotations

import re

_LINE = re.compile(
    r"""(?:
      (?:số\s)?(?:lượt|lần)\s(?:xem|đọc|truy\scập)(?:\s(?:trang|bài|tin)(?:\sviết)?)?\s?:?\s?[\d.,]*
    | [\d.,]+\s(?:số\s)?(?:lượt|lần)\s(?:xem|đọc)
    | (?:đã\s(?:xem|đọc)|(?:cms-)?view\scount|views?|lượt\strang|luot\sxem)\s?:?\s?[\d.,]*(?:\slần)?
    | xem\svới\sc[ỡở]\schữ.{0,24} | c[ỡở]\schữ.{0,16} | (?:[-+]\s?)?a\s?-\s?a(?:\s?a)?\s?\+ | \+?\s?a\+\s?a-?
    | (?:tăng|giảm)\stương\sphản(?:\s(?:tăng|giảm)\stương\sphản)?
    | skip\sto\s(?:main\s)?content | skip\s(?:ribbon\scommands|navigation\slinks) | truy\scập\snội\sdung\sluôn
    | sign\sin | document | alternate\stext | anh-tin-bai | image\s(?:banner|advertisement) | loading(?:\.{3}|…)?
    | xuất\sbản\sthông\stin | null | menu_war_\S* | chi\stiết\sbài\sviết(?:\stin\stức)?
    | (?:«|<<|<|\|)?\s?(?:quay\slại|trở\s(?:lại|về)|về\strang\strước|(?:lên|về)\sđầu\strang|đầu\strang)\s?(?:\|)?
    | về\strang\strước\svề\sđầu\strang | \|?\s?về\sđầu\strang\s?\|\s?đăng\snhập\s?\|?
    | in(?:\s(?:bài|trang|tin)(?:\s(?:viết|này))?)? | bản\sin | print(?:\sthis\spage)? | send\semail | email
    | print\ssend\semail | gửi\s(?:email|mail|bài\sviết|cho\sbạn\sbè|phản\shồi|bình\sluận)
    | in\s+(?:gửi\s+)?email | chia\ssẻ(?:\s(?:bài\sviết|lên|qua|facebook|twitter|zalo|google\+?)){0,5}\s?:?
    | (?:facebook|twitter|zalo|google\+?|tweet|share|like|pinterest|linkedin|whatsapp|messenger)
    | đánh\sgiá\sbài\sviết.{0,20} | tổng\ssố\sđiểm.{0,60} | click\sđể\sđánh\sgiá.{0,20} | xếp\shạng:.{0,30}
    | (?:đọc|nghe)\s(?:bài|tin)(?:\sviết)? | lưu\s(?:bài|tin)(?:\sviết)? | (?:bình\sluận|phản\shồi|ý\skiến)\s?(?:\(\s?\d+\s?\))?
    | trang\schủ | home | theo\sdõi\s(?:chúng\stôi|trên\sgoogle\snews) | tag(?:s)?\s?: | từ\skhóa\s?: | null\s.{0,4}
    | advertisement | (?:story\s)?continue[sd]?\s(?:reading\s)?(?:below|after)?\s?(?:the\s|main\s)?(?:advertisement|story|advertising)?
    | read\smore | (?:share|save)\s(?:this|article|story|on|via).{0,30} | copy\slink | comments?(?:\s?\(\d+\))? | \d+\scomments?
    | view\sgallery | sign\sup.{0,40} | log\sin | follow\sus.{0,30} | photo\sgallery | reblog | related
    )[\s.|]*""",
    re.IGNORECASE | re.VERBOSE,
)
_RELATED_HEADING = re.compile(
    r"""(?:
      (?:các\s)?(?:tin|bài)(?:\s(?:tức|bài|viết))?\s(?:liên\squan|khác|cùng\schuyên\smục|cùng\sloại|đã\s(?:đưa|đăng)|cũ(?:\shơn)?
        |mới(?:\s(?:hơn|nhất))?|nổi\sbật|xem\snhiều|đọc\snhiều|tiếp\stheo|trước\sđó)
    | (?:những|các)\s(?:tin|bài)(?:\s(?:tức|viết|mới|cũ))?\s(?:khác|hơn|liên\squan|đã\sđưa|cùng\schuyên\smục|mới\shơn|cũ\shơn)
    | cùng\schuyên\smục | xem\sthêm | có\sthể\sbạn\squan\stâm | bạn\scó\sthể\squan\stâm | liên\squan
    | (?:other|related|more|latest|recent|previous|top)\s(?:news|stories|articles|posts|from\s.{1,40}|on\sthis\s\w+|coverage|reading|stor(?:y|ies).*)
    | you\s(?:may|might)\s(?:also\s)?(?:like|be\sinterested).{0,20} | read\s(?:also|next|this) | recommended(?:\s.{1,30})?
    | see\salso | don['’]t\smiss | most\s(?:read|popular|viewed).{0,20} | thống\skê\struy\scập | liên\skết\swebsite
    | các\schuyên\smục | ý\skiến\s(?:bạn\sđọc|độc\sgiả) | gửi\s(?:ý\skiến|bình\sluận).{0,30} | bình\sluận(?:\scủa\sbạn)?
    )\s*[:.(\d)…»>]*""",
    re.IGNORECASE | re.VERBOSE,
)
_IMPRINT = re.compile(
    r"""(?:địa\schỉ|(?:điện\sthoại|số\sđt|đt|tel|hotline|fax|email)\s?:|giấy\sphép\s(?:số|xuất|thiết)|chịu\strách\snhiệm|bản\squyền|©|copyright\b
    |[®*]?\s?(?:ghi\srõ|đề\snghị\sghi|vui\slòng\sghi)\s.{0,20}nguồn|cơ\squan\s(?:chủ\squản|thực\shiện)|website\sđược\sthiết\skế|thiết\skế\s(?:bởi|và)
    |(?:cổng|trang)\s(?:thông\stin|tin)\sđiện\stử\s|all\srights\sreserved|đơn\svị\s(?:quản\slý|thiết\skế|phát\striển)|tổng\sbiên\stập|trưởng\sban\sbiên\stập
    |người\schịu|phát\striển\sbởi|bộ\sphận\stiếp\snhận)""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTERS = re.compile(
    r"(?:đang\s(?:online|trực\stuyến|truy\scập)|hôm\s(?:nay|qua)|tổng\s(?:số\s)?(?:lượt\s)?truy\scập|đã\struy\scập)\s?:?\s?[\d.,]*",
    re.I,
)
_LONGEST = 90


def is_boilerplate(text: str) -> bool:
    """True for a whole line that no article holds: a counter, a button, a zoom label."""
    return len(text) <= _LONGEST and bool(_LINE.fullmatch(text) or _COUNTERS.fullmatch(text))


def opens_related(text: str) -> bool:
    """True for the heading of a list of other articles, of comments or of statistics."""
    return len(text) <= _LONGEST and bool(_RELATED_HEADING.fullmatch(text))


def is_imprint(text: str) -> bool:
    """True for a line that opens like those of a footer: address, licence, responsible person, copyright."""
    return len(text) <= 400 and bool(_IMPRINT.match(text))
