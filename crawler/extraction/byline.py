"""Who wrote it and who took the pictures, from the byline: mostly the last short line of the body.

A byline is a name ("Lê Hải", "THIÊN TRÚC", "H Yur Je", "T.H"), a unit ("Văn phòng Đảng ủy Sở"), both, or a
labelled line ("Tin: Vân Anh, Ảnh: Đình Nguyên"). Captions, headings, signatures of documents, lists of
people and the accounts that a CMS prints behind the byline are none.

Sources: bylines seen on provincial portals; measured on a recording of sotttt.hanoi.gov.vn
(`docs/extraction.md`). `tests/test_byline.py` holds each shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extraction.stamp_grammar import LOWER, UPPER
from pipelines.text import exact, fold, line

_LONGEST_LINE = 120  # characters; a longer line is a paragraph
_MOST_WORDS = 10  # in a unit's or a source's name


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
_ROMAN = re.compile(r"[IVXLC]+")
_JOINED = re.compile(r"\s?[,;&]\s?|\s[-–—]\s|\s(?:và|cùng)\s|\s?[-–—]\s?(?=\S+\s)")
_SUFFIX = re.compile(
    r"\s?\((?P<inside>(?:(?:nguồn|theo|ảnh|hình)\b[^()]{0,60})|tổng\shợp|t/?h|st|sưu\stầm|lược\sghi|biên\ssoạn)\)$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:văn\sphòng|phòng|ban|sở|bộ|chi\sbộ|đảng\s(?:bộ|ủy|uỷ)|công\sđoàn|đoàn\s(?:thanh\sniên|tncs|cơ\ssở|sở|trường)"
    r"|chi\sđoàn|liên\sđoàn|hội|trung\stâm|thanh\stra|[uủ]ỷ?y?\sban|ubnd|ubkt|ubmttq|cổng\s\S+|báo|đài|tạp\schí"
    r"|(?:tỉnh|thành|huyện|quận|thị)\s(?:ủy|uỷ|đoàn)|nhóm\s(?:pv|phóng\sviên|tác\sgiả)|bbt|bch|tổ|cục|chi\scục"
    r"|khối|trường|viện|bệnh\sviện|học\sviện|ttxvn|vnpt)\b",
    re.IGNORECASE,
)
_NO_UNIT = re.compile(
    r"\b(?:đã|được|sẽ|tại|trao|tặng|chụp|nhận|tham\sgia|phát\sbiểu|đạt|với|về|cho|chúc\smừng|ra\smắt|biểu\squyết"
    r"|tổ\schức\s(?:hội|đại|lễ)|thông\sbáo|yêu\scầu|đề\snghị|chỉ\sđạo|lần\sthứ|nhiệm\skỳ)\b",
    re.IGNORECASE,
)
_PART = r"(?:tin|bài(?:\sviết)?|ảnh|hình(?:\sảnh)?|video|clip|đồ\shọa)"
_LABEL = re.compile(
    rf"(?<!\w)(?P<label>{_PART}(?:\s?(?:,|và|-|–|&|/|\+)\s?{_PART}){{0,3}}"
    r"|(?:người|nhóm)\s(?:viết|thực\shiện|chụp)|tác\sgiả(?:\sbài\sviết)?|thực\shiện|biên\s(?:soạn|tập)"
    r"|tổng\shợp|nguồn(?:\s(?:tin|ảnh|bài))?)\s?:\s?",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\(?(?P<label>nguồn(?:\stin)?|theo)\s:?\s?(?P<value>(?:[^\s()]+\s?){1,10})\)?[.]?", re.IGNORECASE
)
_STAMP_BEHIND = re.compile(
    r"\s?[-–|,(]?\s?(?:ngày\s)?[0-9]{1,2}\s?[:/.-]\s?[0-9]{1,2}.{0,30}$", re.IGNORECASE
)
_GLUED = re.compile(rf"(?:\./\.?|/\.)\s?(?P<name>{_SYLLABLE}(?:\s{_SYLLABLE}){{0,4}})$")
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", '"', "”", ")", "»", "/")
_EDGES = " \t,;.:-–—()[]*|/"

# Offices that sign a document: the name below them is its signatory.
_SIGNATURE = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\.|(?:PHÓ\s)?(?:GIÁM\sĐỐC|CHỦ\sTỊCH|BÍ\sTHƯ|CHÁNH|TRƯỞNG|CHỦ\sNHIỆM|TỔNG|VIỆN\sTRƯỞNG)\b"
    r"|(?i:nơi\snhận|\(?đã\ský|xin\strân|trân\strọng|kính\s)"
)
# Capitalised like names, but places, headings and closing formulas.
_NO_NAMES = frozenset(
    "việt nam|hà nội|hà nam|hà giang|hà tĩnh|hải dương|hải phòng|hòa bình|hưng yên|an giang|bạc liêu|bắc giang"
    "|bắc kạn|bắc ninh|bến tre|bình dương|bình định|bình phước|bình thuận|cà mau|cần thơ|cao bằng|đà nẵng|đắk lắk"
    "|đắk nông|điện biên|đồng nai|đồng tháp|gia lai|hậu giang|hồ chí minh|khánh hòa|kiên giang|kon tum|lai châu"
    "|lạng sơn|lào cai|lâm đồng|long an|nam định|nghệ an|ninh bình|ninh thuận|phú thọ|phú yên|quảng bình"
    "|quảng nam|quảng ngãi|quảng ninh|quảng trị|sóc trăng|sơn la|tây ninh|thái bình|thái nguyên|thanh hóa"
    "|thừa thiên huế|tiền giang|trà vinh|tuyên quang|vĩnh long|vĩnh phúc|yên bái|bà rịa|vũng tàu"
    "|kết luận|trân trọng|nơi nhận|lời kết|mở đầu|tài liệu|phụ lục|trang chủ|tin tức|tin liên quan|thông báo"
    "|kế hoạch|văn bản|chỉ thị|nghị quyết|thể lệ|đính kèm|ảnh minh họa|bác hồ|quay lại|xem thêm|chia sẻ"
    "|bình luận|gửi email|bản in|in trang|facebook|other news".split("|")
)
# Words of CMS accounts, without marks; an account name holds no other word.
_ACCOUNT_WORDS = frozenset(
    "ad min admin administrator pho truong ban bien tap vien tong thu ky quan tri he thong nguoi dung bbt cms"
    " web master webmaster editor editors user root test guest superuser moderator mod btv sotttt stttt".split()
)
_ROLES = frozenset(
    "quản trị|quản trị viên|quản trị hệ thống|người quản trị|quản trị website|phó ban biên tập|trưởng ban biên tập"
    "|biên tập viên|người dùng|người đăng|tổng biên tập|phó tổng biên tập|thư ký biên tập".split("|")
)
# Surnames that lose a mark when typed without: "Nguyen Van A" is an account, "Thu Lan" a name.
_BARE_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh vu vo dang bui do ho ngo duong truong trinh dinh luong".split()
)
_LOGIN = re.compile(r"[a-z][a-z0-9]*(?:[._@-][a-z0-9.]+)*[0-9]*|\S+@\S+")


def trailing_byline(lines: Sequence[str]) -> Byline:
    """Return the byline at the end of a body's `lines`; account names behind it count as its lines."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_account_name(lines[end - 1])):
        end -= 1
    taken = len(lines) - end if any(text.strip() for text in lines[end:]) else 0
    accounts = Byline(lines=taken)
    if not end:
        return accounts
    before = [line(text) for text in lines[max(0, end - 4) : end]]
    last = before.pop()
    found = _read_line(last, before[-1] if before else "")
    if found is None:
        glued = _GLUED.search(last[-60:])
        return Byline(author=glued["name"] if glued and _is_name(glued["name"]) else None, lines=taken)
    if before and (pair := _read_pair(before, found, last)):
        found = pair
    return Byline(found.author, found.photographer, found.lines + taken)


def parse_byline(text: str) -> Byline:
    """Return the byline of a `text` that is known to be one: an author element, a byline line."""
    text = line(text)
    if not text or len(text) > _LONGEST_LINE or is_account_name(text):
        return NONE
    found = _read_line(text, "")
    if found:
        return found
    text = _STAMP_BEHIND.sub("", text).strip(_EDGES)
    if not any(character.isalpha() for character in text) or len(text.split()) > _MOST_WORDS:
        return NONE
    return Byline(author=text, lines=1)


def is_account_name(text: str) -> bool:
    """True for what a CMS calls its user: "Ad Min", "Pho Ban bien tap", "Quản trị", "nvanh", "Nguyen Van A"."""
    text = line(text).strip(_EDGES)
    if not text or len(text) > 60:
        return False
    if exact(text) in _ROLES or (text.islower() and text.isascii() and _LOGIN.fullmatch(text)):
        return True
    words = text.split()
    if not text.isascii():
        return False
    lowered = [word.lower().rstrip("0123456789") for word in words]
    if all(word in _ACCOUNT_WORDS for word in lowered):
        return not (len(words) == 1 and text.isupper() and len(text) <= 3)
    return len(words) > 1 and lowered[0] in _BARE_SURNAMES


def _read_line(text: str, before: str) -> Byline | None:
    """Read one line; `before` is the line above it."""
    if not text or len(text) > _LONGEST_LINE:
        return None
    if found := _read_labels(text):
        return found
    if source := _SOURCE.fullmatch(text):
        value = source["value"].strip(_EDGES)
        if value[:1].isupper() or "." in value or source["label"].lower() != "theo":
            return Byline(author=value, lines=1) if value else None
    if _SIGNATURE.match(before) or _SIGNATURE.match(text):
        return None
    photographer = None
    if suffix := _SUFFIX.search(text):
        text = text[: suffix.start()]
        credit = _read_labels(suffix["inside"])
        photographer = credit.photographer if credit else None
    elif text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
        if not _is_name(text):
            return None
    text = text.strip(" \t,;*|/–—-").removesuffix(".") if not _INITIALS.fullmatch(text) else text
    after_sentence = not before or before.endswith(_SENTENCE_ENDS)
    parts = [part for part in _JOINED.split(text) if part]
    if parts and all(_is_name(part) for part in parts):
        return Byline(text, photographer, 1)
    if len(parts) > 1 and _is_name(parts[0]) and _is_unit(" ".join(parts[1:])):
        return Byline(text, photographer, 1)
    if after_sentence and (_is_unit(text) or (_INITIALS.fullmatch(text) and not _ROMAN.fullmatch(text))):
        return Byline(text, photographer, 1)
    return None


def _read_labels(text: str) -> Byline | None:
    """Read "Tin: A, Ảnh: B", "Tin, ảnh: A", "Tác giả: A", "Nguồn: A"."""
    opened = text.lstrip(" (*-–[")
    labels = list(_LABEL.finditer(opened))
    if not labels or labels[0].start() > 0:
        return None
    if text.startswith("(") and fold(labels[0]["label"]) in {"anh", "hinh", "hinh anh"} and len(labels) == 1:
        return None  # "(Ảnh: …)" stands under a picture
    author = photographer = source = None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = opened[label.end() : following.start() if following else len(opened)]
        value = _STAMP_BEHIND.sub("", value).strip(_EDGES if "." not in value[:3] else " ,;-–()")
        if not value or len(value.split()) > _MOST_WORDS:
            return None
        name = fold(label["label"])
        pictures = "anh" in name.split() or "anh" in re.split(r"\W", name) or "hinh" in name or "chup" in name
        if name.startswith("nguon"):
            source = source or (None if pictures else value)
            photographer = photographer or (value if pictures else None)
            continue
        if pictures:
            photographer = photographer or value
        if not pictures or re.search(r"\b(?:tin|bai|viet)\b", name):
            author = author or value
    return Byline(author or source, photographer, 1)


def _read_pair(before: Sequence[str], found: Byline, last: str) -> Byline | None:
    """Join a byline of two lines: writer and photographer, name and unit, or a name and its account."""
    above = before[-1]
    upper = _read_line(above, before[-2] if len(before) > 1 else "")
    if upper is None or upper.lines == 0:
        return None
    if len(before) > 1 and _is_name(above) and _is_name(before[-2]) and _is_name(last):
        return NONE  # three names on three lines are a list of people
    if found.author is None or upper.author is None:
        return Byline(found.author or upper.author, found.photographer or upper.photographer, 2)
    if _is_unit(last) != _is_unit(above):
        return Byline(f"{upper.author} – {found.author}", found.photographer or upper.photographer, 2)
    if _is_name(last):
        return Byline(upper.author, upper.photographer or found.photographer, 2)
    return None


def _is_name(text: str) -> bool:
    text = text.strip()
    if not _NAME.fullmatch(text) or _UNIT.match(text):
        return False
    return exact(text) not in _NO_NAMES and not _SIGNATURE.match(text)


def _is_unit(text: str) -> bool:
    text = text.strip()
    return (
        _UNIT.match(text) is not None
        and 1 <= len(text.split()) <= _MOST_WORDS
        and not text.endswith((".", ":", ";", ","))
        and not _NO_UNIT.search(text)
        and not any(character.isdigit() for character in text)
    )
