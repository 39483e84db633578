"""Who wrote it and who took the pictures, from the byline: mostly the last short line of the body.

A byline is a name ("Lê Hải", "THIÊN TRÚC", "H Yur Je", "T.H"), a unit ("Văn phòng Đảng ủy Sở"), both, a
source ("Nguồn: HNP") or a labelled line ("Tin: Vân Anh, Ảnh: Đình Nguyên"). Captions, headings, signatures
of documents, lists of people and the accounts that a CMS prints behind the byline are none.

Sources: bylines seen on provincial portals, one of each shape in `tests/test_byline.py`; all of the 412
articles recorded of sotttt.hanoi.gov.vn were read by eye against this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.extraction.stamp_grammar import LOWER, UPPER
from pipelines.text import exact, fold, line

_LONGEST_LINE = 120  # characters; a longer line is a paragraph
_MOST_WORDS = 10  # in the name of a unit or a source
_MOST_NAMES = 4  # more people on one line are a list


@dataclass(frozen=True, slots=True)
class Byline:
    """`lines` of the body's end (or beginning) belong to the byline; 0 where none does.

    A name glued to the last sentence behind "./." is an author with no line of its own.
    """

    author: str | None = None
    photographer: str | None = None
    lines: int = 0


NONE = Byline()

_SYLLABLE = rf"(?:[{UPPER}][{LOWER}]{{0,6}}|[{UPPER}]{{1,7}}|[KH]['’])"
_NAME = re.compile(rf"{_SYLLABLE}(?:\s(?:thị|văn)(?=\s))?(?:\s{_SYLLABLE}){{1,4}}")
_INITIALS = re.compile(rf"[{UPPER}]{{2,5}}|(?:[{UPPER}]\.\s?){{1,4}}(?:[{UPPER}][{LOWER}]{{0,6}})?")
# What stands before a name without being part of it: degrees, ranks.
_TITLES = (
    r"(?:(?:GS|PGS|TSKH|TS|Th\.?[Ss]|BS(?:CK(?:II?|[12]))?|CK(?:II?|[12])|DS|KS|KTS|CN|LS|NCS)(?:[.,]\s?|\s)"
    rf"|(?:Đại|Thượng|Trung|Thiếu)\s(?:tướng|tá|úy|uý)\s){{1,4}}(?=[{UPPER}])"
)
_TITLE = re.compile(_TITLES)
_ROMAN = re.compile(r"[IVXLC]+")
_JOINED = re.compile(r"\s?[,;&]\s?|\s[-–—]\s?|\s?[-–—]\s|\s(?:và|cùng)\s")
_UNIT = re.compile(
    r"(?:văn\sphòng|phòng|ban|sở|bộ|(?:chi|đảng)\s(?:bộ|ủy|uỷ)|công\sđoàn|chi\sđoàn|liên\sđoàn"
    r"|đoàn\s(?:thanh\sniên|tncs|cơ\ssở|sở|trường)|hội|trung\stâm|thanh\stra|(?:ủy|uỷ)\sban|ubnd|ubkt|ubmttq"
    r"|cổng|báo|đài|tạp\schí|(?:tỉnh|thành|huyện|quận|thị)\s(?:ủy|uỷ|đoàn)|nhóm\s(?:pv|phóng\sviên|tác\sgiả)"
    r"|bbt|bch|tổ|cục|chi\scục|khối|trường|viện|bệnh\sviện|học\sviện|ttxvn|vnpt)(?!\w)",
    re.IGNORECASE,
)
_NO_UNIT = re.compile(
    r"\b(?:đã|được|sẽ|tại|trao|tặng|chụp|nhận|tham\sgia|phát\sbiểu|đạt|với|về|cho|chúc\smừng|ra\smắt|biểu\squyết"
    r"|tổ\schức\s(?:hội|đại|lễ)|thông\sbáo|yêu\scầu|đề\snghị|chỉ\sđạo|lần\sthứ|nhiệm\skỳ)\b|[0-9]{3}",
    re.IGNORECASE,
)
_PART = r"(?:tin|bài(?:\sviết)?|ảnh|hình(?:\sảnh)?|video|clip|đồ\shọa)"
_LABEL = re.compile(
    rf"(?<!\w)(?P<label>{_PART}(?:(?:\s?(?:,|và|-|–|&|/|\+)\s?|\s){_PART}){{0,3}}"
    r"|(?:người|nhóm)\s(?:viết|thực\shiện|chụp)|tác\sgiả(?:\sbài\sviết)?|thực\shiện|biên\ssoạn"
    r"|tổng\shợp|viết\sbởi|đăng\sbởi|nguồn(?:\s(?:tin|ảnh|bài))?)\s?:\s?",
    re.IGNORECASE,
)
_WRITING = frozenset(
    {"tin", "bai", "viet", "tac", "thuc", "soan", "hop", "boi"}
)  # words of labels, without marks
_PICTURING = frozenset({"anh", "hinh", "chup"})
_NOBODY = frozenset({"internet", "minh hoa", "tu lieu", "suu tam", "st"})  # behind "Ảnh:"
_SOURCE = re.compile(
    rf"\(?(?:nguồn(?:\stin)?|theo)\s(?P<value>(?:[{UPPER}]|\S{{1,60}}\.)[^\n:]{{1,80}})", re.IGNORECASE
)
_SITE = re.compile(r"\((?:https?://)?(?P<value>[\w-]{1,40}(?:\.[\w-]{1,20}){1,4})/?\)", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\s?\((?P<inside>(?:nguồn|theo|ảnh|hình)\b[^()]{0,60}"
    r"|tổng\shợp|thực\shiện|t/?h|st|sưu\stầm|lược\sghi|biên\ssoạn)\)$",
    re.IGNORECASE,
)
_STAMP_BEHIND = re.compile(
    r"\s?[-–|,(]?\s?(?:ngày\s)?[0-9]{1,2}\s?[:/.-]\s?[0-9]{1,2}.{0,30}$", re.IGNORECASE
)
_GLUED = re.compile(rf"(?:\./\.?|/\.)\s?(?P<name>(?:{_TITLES})?{_SYLLABLE}(?:\s{_SYLLABLE}){{1,4}})$")
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", '"', "”", ")", "»", "/")
_EDGES = " \t,;.:-–—()[]*|/"

# Offices that sign a document: the name below them is its signatory.
_SIGNATURE = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\.|(?:PHÓ\s)?(?:GIÁM\sĐỐC|CHỦ\sTỊCH|BÍ\sTHƯ|CHÁNH|TRƯỞNG|CHỦ\sNHIỆM|TỔNG|VIỆN\sTRƯỞNG)\b"
    r"|(?i:nơi\snhận|\(?đã\ský)"
)
_LONGEST_SIGNATURE = 60  # characters
# Capitalised like names, but places, headings and closing formulas.
_NO_NAMES = re.compile(
    "việt nam|hà nội|hà nam|hà giang|hà tĩnh|hải dương|hải phòng|hòa bình|hưng yên|an giang|bạc liêu"
    "|bắc giang|bắc kạn|bắc ninh|bến tre|bình dương|bình định|bình phước|bình thuận|cà mau|cần thơ"
    "|cao bằng|đà nẵng|đắk lắk|đắk nông|điện biên|đồng nai|đồng tháp|gia lai|hậu giang|hồ chí minh"
    "|khánh hòa|kiên giang|kon tum|lai châu|lạng sơn|lào cai|lâm đồng|long an|nam định|nghệ an"
    "|ninh bình|ninh thuận|phú thọ|phú yên|quảng (?:bình|nam|ngãi|ninh|trị)|sóc trăng|sơn la|tây ninh"
    "|thái bình|thái nguyên|thanh hóa|thừa thiên huế|tiền giang|trà vinh|tuyên quang|vĩnh long"
    "|vĩnh phúc|yên bái|bà rịa|vũng tàu|kết luận|trân trọng|nơi nhận|lời kết|mở đầu|tài liệu|phụ lục"
    "|trang chủ|tin tức|tin liên quan|thông báo|kế hoạch|văn bản|chỉ thị|nghị quyết|thể lệ|đính kèm"
    "|ảnh minh họa|bác hồ|quay lại|xem thêm|chia sẻ|bình luận|gửi email|bản in|other news|đảng ta"
    "|toàn văn"
)
# An account's name holds no other words than these, without marks.
_ACCOUNT_WORD = (
    r"(?:ad|min|admin|administrator|pho|truong|ban|bien|tap|vien|tong|thu|ky|quan|tri|he|thong|nguoi|dung|bbt|cms"
    r"|web|master|webmaster|editors?|users?|root|test|guest|superuser|moderator|mod|btv)[0-9]{0,4}"
)
_ACCOUNT = re.compile(rf"{_ACCOUNT_WORD}(?:\s{_ACCOUNT_WORD})*")
_ACCOUNT_BEHIND = re.compile(
    r"(?:\s(?:ad\smin|admin(?:istrator)?|(?:pho\s|truong\s)?ban\sbien\stap|quan\stri|bien\stap)(?:\svien)?)+$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:người )?quản trị(?: viên| hệ thống| website)?|(?:phó |trưởng )ban biên tập|(?:phó )?tổng biên tập"
    r"|biên tập viên|người (?:dùng|đăng)|thư ký biên tập"
)
# Surnames that lose a mark when typed without: "Nguyen Van A" is an account, "Thu Lan" a name.
_BARE_SURNAME = re.compile(
    r"(?:nguyen|tran|le|pham|hoang|huynh|vu|vo|dang|bui|do|ho|ngo|duong|truong|trinh|dinh|luong)\s"
)
_LOGIN = re.compile(r"[a-z][a-z0-9_]{3,30}(?:[._-][a-z0-9_]{1,30})?")


def trailing_byline(lines: Sequence[str]) -> Byline:
    """Return the byline at the end of a body's `lines`; account names behind it count as its lines."""
    end = len(lines)
    accounts = 0  # lines from the first account's name on
    while end and (not lines[end - 1].strip() or is_account_name(lines[end - 1])):
        end -= 1
        accounts = len(lines) - end if lines[end].strip() else accounts
    if not end:
        return Byline(lines=accounts)
    taken = len(lines) - end if accounts else 0
    last = _without_account(_line(lines, end - 1))
    above = _line(lines, end - 2) if len(last) <= _LONGEST_LINE else ""
    higher = _line(lines, end - 3) if len(above) <= _LONGEST_LINE else ""
    found = _read_line(last, above)
    if found is None and end > 2 and _is_unit(last) and _is_unit(above):
        found = _read_line(above, higher) and Byline(last, None, 1)  # a unit and its own unit
    if found is None:
        glued = _GLUED.search(last[-60:])
        return Byline(author=glued["name"] if glued and _is_name(glued["name"]) else None, lines=taken)
    found = _read_above(higher, above, found, last)
    behind = len(lines) - end if found.lines else taken
    return Byline(found.author, found.photographer, found.lines + behind)


def _line(lines: Sequence[str], at: int) -> str:
    return line(lines[at]) if at >= 0 else ""


def leading_byline(lines: Sequence[str]) -> Byline:
    """Return the labelled byline on the first line of a body ("Tin, ảnh: Hương Thảo 15/12/2023 14:25")."""
    first = line(lines[0]) if lines else ""
    return _read_labels(first) or NONE if len(first) <= _LONGEST_LINE else NONE


def parse_byline(text: str) -> Byline:
    """Return the byline of a `text` that is known to be one: an author element, a byline line."""
    if len(text) > 4 * _LONGEST_LINE or is_account_name(text):
        return NONE
    text = _without_account(line(text))
    if found := _read_line(text, ""):
        return found
    words = _STAMP_BEHIND.sub("", text)
    if not any(map(str.isalpha, words)) or len(words.split()) > _MOST_WORDS or re.search("[:@]", words):
        return NONE
    return Byline(author=words.strip(_EDGES), lines=1)


def is_account_name(text: str) -> bool:
    """True for what a CMS calls its user: "Ad Min", "Pho Ban bien tap", "Quản trị", "nvanh"."""
    if len(text) > _LONGEST_LINE:
        return False
    text = line(text).strip(_EDGES)
    if not text.isascii():
        return _ROLE.fullmatch(exact(text)) is not None
    lowered = text.lower()
    if _ACCOUNT.fullmatch(lowered):
        return text not in {"BBT", "BTV"}  # the editors, who sign
    return _LOGIN.fullmatch(text) is not None or _BARE_SURNAME.match(lowered) is not None


def _without_account(text: str) -> str:
    """Return a line without the account's name printed behind the author's; paragraphs as they are."""
    return _ACCOUNT_BEHIND.sub("", text) if len(text) <= _LONGEST_LINE else text


def _read_line(text: str, before: str) -> Byline | None:
    """Read one line; `before` is the line above it."""
    if not text or len(text) > _LONGEST_LINE:
        return None
    if found := _read_labels(text):
        return found
    if source := _read_source(text):
        return Byline(author=source, lines=1)
    if _SIGNATURE.match(text) or (len(before) <= _LONGEST_SIGNATURE and _SIGNATURE.match(before)):
        return None
    photographer = None
    if suffix := _SUFFIX.search(text):
        text = text[: suffix.start()]
        credit = _read_labels(suffix["inside"])
        photographer = credit.photographer if credit else None
    elif text.startswith("(") and text.endswith(")") and not _is_name(text[1:-1]):
        return None
    text = _STAMP_BEHIND.sub("", text).strip(" \t,;*|/–—-()")
    after_sentence = not before or before.endswith(_SENTENCE_ENDS) or _is_name(before)
    if after_sentence and _INITIALS.fullmatch(text) and not _ROMAN.fullmatch(text):
        return Byline(text, photographer, 1)
    text = text.removesuffix(".")
    if _are_names(text):
        return Byline(text, photographer, 1)
    names = _JOINED.split(text)
    if len(names) > 1 and _is_name(names[0]) and _is_unit(" ".join(names[1:])):
        return Byline(text, photographer, 1)
    return Byline(text, photographer, 1) if after_sentence and _is_unit(text) else None


def _read_labels(text: str) -> Byline | None:
    """Read "Tin: A, Ảnh: B", "Tin, ảnh: A", "Tác giả: A", "Nguồn: A"."""
    opened = text.lstrip(" (*-–[")
    if not _LABEL.match(opened):
        return None
    labels = list(_LABEL.finditer(opened))
    author = photographer = source = None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = opened[label.end() : following.start() if following else len(opened)]
        value = _STAMP_BEHIND.sub("", value).strip(_EDGES)
        if not value or len(value.split()) > _MOST_WORDS or not (value[0].isupper() or "." in value):
            return None
        if is_account_name(value):
            continue
        words = set(re.findall(r"\w+", fold(label["label"])))
        if words & _PICTURING and fold(value) not in _NOBODY:
            photographer = photographer or value
        if words & _WRITING and "nguon" not in words:
            author = author or value
        elif not words & _PICTURING:
            source = source or value
    if (author or source) is None and (photographer is None or text.startswith("(")):
        return None  # "(Ảnh: …)" stands under a picture
    return Byline(author or source, photographer, 1)


def _read_source(text: str) -> str | None:
    """Read "Nguồn HNP", "(Theo Báo Nhân dân)", "(hanoi.gov.vn)"; a sentence that begins so is none."""
    found = _SOURCE.fullmatch(text) or _SITE.fullmatch(text)
    if found is None:
        return None
    value = found["value"].strip(_EDGES)
    is_address = "." in value and " " not in value
    if not is_address and (not value[:1].isupper() or re.search(r"[0-9,]", value)):
        return None
    return value if len(value.split()) <= _MOST_WORDS else None


def _read_above(higher: str, above: str, found: Byline, last: str) -> Byline:
    """Return `found` with what the line above the byline `last` adds or corrects."""
    upper = _read_line(above, higher)
    if upper is None:
        return found
    if _is_name(last) and (_are_names(above) or _INITIALS.fullmatch(above)):
        # two lines are a byline and the account behind it; three are a list of people
        return NONE if _is_name(higher) else replace(upper, lines=2)
    if found.author is None or upper.author is None:
        return Byline(found.author or upper.author, found.photographer or upper.photographer, 2)
    if _read_source(last) or fold(last).startswith("nguon"):
        return replace(upper, lines=2)
    if _is_unit(last) and (_is_name(above) or _is_unit(above)):
        return Byline(f"{upper.author} – {found.author}", found.photographer, 2)
    return found


def _is_name(text: str) -> bool:
    text = _without_title(text.strip())
    if not _NAME.fullmatch(text) or _UNIT.match(text) or _SIGNATURE.match(text):
        return False
    return _NO_NAMES.fullmatch(exact(text)) is None


def _without_title(name: str) -> str:
    title = _TITLE.match(name)
    return name[title.end() :] if title else name


def _are_names(text: str) -> bool:
    names = _JOINED.split(_without_title(text))
    return len(names) <= _MOST_NAMES and all(map(_is_name, names))


def _is_unit(text: str) -> bool:
    text = text.strip()
    return (
        _UNIT.match(text) is not None
        and len(text.split()) <= _MOST_WORDS
        and not text.endswith((".", ":", ";", ","))
        and not _NO_UNIT.search(text)
    )
