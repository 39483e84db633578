"""What a fetched page is, before anybody reads an article out of it.

A page with status 200 can be a challenge, a login form, a message that the article is gone, a list, a
viewer around a file. Each is told by its own signs; what shows none of them is an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crawler.extraction.blocks import Block, is_prose
from crawler.extraction.body import find_body
from crawler.extraction.contract import Hints, PageKind
from crawler.extraction.element import HtmlElement, text_of
from crawler.extraction.headline import holds_stamp, printed_title
from crawler.extraction.zones import ASIDE
from pipelines.text import fold

if TYPE_CHECKING:
    from crawler.page import Page

_LITTLE = 400  # characters of visible text: a page with less may be a stub
_OWN_TEXT = 350  # of prose outside its teasers: an article among teasers has more
_ROW_TEXT = 450  # the most that a row and its teaser say
_TEASER = 80
_SHORT_TEXT = 600  # of prose: messages, forms and viewers have less

_CHALLENGE_SCRIPT = re.compile(
    r"document\.cookie\s*=|location\.reload|\bD1N=|_cf_chl|challenge-platform|captcha", re.I
)
_CHALLENGE_TEXT = re.compile(
    r"just a moment|checking your browser|attention required|verify (?:that )?you are (?:a )?human"
    r"|are you a robot"
    r"|ddos protection|access denied|request (?:rejected|blocked)|requested url was rejected|security check"
    r"|truy cập (?:của bạn )?(?:đã )?bị (?:từ chối|chặn)|xác (?:minh"
    r"|thực) (?:bạn )?không phải (?:là )?(?:robot|người máy)"
    r"|enable javascript (?:and|to)|unusual traffic|mã xác nhận captcha",
    re.IGNORECASE,
)
_ERROR_TEXT = re.compile(
    r"^(?:40[0134]|410|50[0-4])(?:\s?[-–|:!.]|\s(?:not|error|forbidden|bad|internal|server|service)|$)"
    r"|(?:lỗi|error|http)\s?:?\s?(?:40[0134]|410|50[0-4])\b|not found|no longer (?:available|exists)"
    r"|page (?:cannot|could not|can't) be"
    r"|không tìm thấy|không (?:còn )?tồn tại|(?:đã|bị) (?:bị )?(?:xóa|xoá|gỡ)(?: bỏ)?\b"
    r"|không có (?:dữ liệu|bài viết|nội dung)"
    r"|server error|runtime error|đã (?:có|xảy ra) lỗi|lỗi (?:hệ thống|máy chủ|trang)"
    r"|trang bạn (?:yêu cầu|tìm|truy cập)"
    r"|nội dung (?:này )?đang được cập nhật|http status|page error"
    r"|an (?:unexpected )?error (?:has )?occurred",
    re.IGNORECASE,
)
_LOGIN_TEXT = re.compile(r"đăng nhập|log ?in|sign ?in|tên (?:đăng nhập|truy cập)|mật khẩu", re.IGNORECASE)
_LOGIN_URL = re.compile(r"/(?:authenticate|login|sign-?in|dang-?nhap)\b", re.IGNORECASE)
_PRINT_URL = re.compile(
    r"viewmode=print|/pop_up/|[?&/](?:print|in|printitem|inbai|in-bai|bản-in)(?:=(?:1|true|yes)|/"
    r"|\.aspx|\.html?|$|&)"
    r"|article\.print|printview|/print[/.?-]|view=print|layout=print|in-tin-bai|printer-friendly"
    r"|p_p_state=pop_up",
    re.IGNORECASE,
)
_PRINT_CALL = re.compile(r"window\.print\(\)")
_DOCUMENT_LABELS = re.compile(
    r"(?:số[/ ]?(?:ký hiệu|hiệu|kí hiệu)|ngày (?:ban hành|có hiệu lực|hiệu lực|văn bản)|trích yếu"
    r"|cơ quan ban hành|người ký"
    r"|loại văn bản|hình thức văn bản|lĩnh vực|tình trạng hiệu lực|tệp đính kèm|tập tin đính kèm"
    r"|file đính kèm)\s?:?.{0,80}",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?)(?:$|[?#&])", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:trang )?(?:sau|tiếp(?: theo)?|kế|cuối|trước)\s?[»>]*|next|previous|last|[»«›‹]|>>|<<", re.IGNORECASE
)
_MORE = re.compile(
    r"[\[(.…\s]*(?:xem (?:tiếp|thêm|chi tiết)|(?:đọc|xem) (?:tiếp|thêm)|chi tiết|read more)[\])\s.…»>]*",
    re.IGNORECASE,
)
_HOME_PATH = re.compile(
    r"/?(?:(?:vi|en|vn)(?:[-_][a-z]{2})?/?)?|(?:/[\w.-]+){0,4}/(?:trang-?chu|home|index|default"
    r"|main)(?:\.[a-z]{3,5})?/?",
    re.IGNORECASE,
)


def kind_of(page: Page) -> PageKind:
    """Return what `page` is; "article" where nothing says otherwise."""
    blocks = [block for block in page.scan.blocks if block.text]
    shown = sum(len(block.text) for block in blocks)
    prose = sum(len(block.text) for block in blocks if is_prose(block) and not block.zone & ASIDE)
    opening = "\n".join(block.text for block in blocks[:12])[:2000]
    if _is_challenge(page, shown, prose, opening):
        return "challenge"
    if _is_print_copy(page):
        return "print_copy"
    if prose < _SHORT_TEXT:
        if _is_error(page, shown, opening):
            return "error"
        if _is_login(page, prose, opening):
            return "login"
        if _is_document(page, blocks):
            return "document"
    if _is_list(page, prose):
        return "home" if _is_home(page) else "list"
    return "article"


def _is_challenge(page: Page, shown: int, prose: int, opening: str) -> bool:
    if shown < _LITTLE:
        scripts = " ".join(script.text or "" for script in page.root.iter("script"))[:200_000]
        if _CHALLENGE_SCRIPT.search(scripts) and (shown < 80 or _CHALLENGE_TEXT.search(opening)):
            return True
    named = f"{page.metadata.title}\n{opening[:600]}"
    return prose < _SHORT_TEXT and shown < 2_000 and bool(_CHALLENGE_TEXT.search(named))


def _is_error(page: Page, shown: int, opening: str) -> bool:
    title = page.metadata.title
    if len(title) < 80 and _ERROR_TEXT.search(title):
        return True
    headings = " ".join(block.text for block in page.scan.blocks if block.heading and len(block.text) < 120)
    if _ERROR_TEXT.search(headings[:1000]):
        return True
    messages = [
        block.text
        for block in page.scan.blocks
        if len(block.text) < 200
        and not block.zone & ASIDE
        and not block.is_linked
        and _ERROR_TEXT.search(block.text)
    ]
    return bool(messages) and (shown < 1_500 or bool(_ERROR_TEXT.match(messages[0])))


def _is_login(page: Page, prose: int, opening: str) -> bool:
    if not (page.root.xpath("//input[@type='password']") or _LOGIN_URL.search(page.url)):
        return False
    return prose < 300 and bool(_LOGIN_TEXT.search(f"{page.metadata.title}\n{opening}"))


def _is_print_copy(page: Page) -> bool:
    if _PRINT_URL.search(page.url):
        return True
    body = page.root.find("body")
    return body is not None and bool(_PRINT_CALL.search(body.get("onload", "")))


def _is_document(page: Page, blocks: list[Block]) -> bool:
    viewers = page.root.xpath("//iframe/@src | //embed/@src | //object/@data")
    if any(_FILE.search(unquote(address)) for address in viewers):
        return True
    labels = {
        fold(found.group())[:10]
        for block in blocks
        if not block.zone & ASIDE
        for part in block.text.split(" | ")
        if (found := _DOCUMENT_LABELS.fullmatch(part))
    }
    return len(labels) >= 4


def _is_list(page: Page, prose: int) -> bool:
    """True where rows that link to other pages make up the page's main part."""
    scan = page.scan
    title_at = printed_title(scan.blocks, page.metadata, Hints())
    rows = [
        block for block in scan.blocks if block.is_linked and len(block.text) >= 25 and not block.zone & ASIDE
    ]
    announced = sum(block.is_linked and _MORE.fullmatch(block.text) is not None for block in scan.blocks)
    if announced >= 3 and prose < announced * _ROW_TEXT:
        return True
    if len(rows) < 4:
        teasers = len(rows) >= 2 and prose >= _TEASER and title_at < 0
        return _own_text(scan.blocks) < _TEASER and (teasers or (bool(rows) and _has_pager(page.root)))
    if title_at >= 0 and _is_stamped(scan.blocks[title_at + 1 : title_at + 3]):
        return False
    box = find_body(scan, title_at)
    if box is None:
        return True
    inside = scan.of(box)
    paragraphs = [block for block in inside if is_prose(block) and not block.zone & ASIDE]
    longest = max((len(block.text) for block in paragraphs), default=0)
    text = sum(len(block.text) for block in paragraphs)
    linked = sum(block.is_linked and len(block.text) >= 25 for block in inside)
    if linked >= 4 and linked * 2 >= len(paragraphs) and text < linked * _ROW_TEXT:
        return _own_text(inside) < _OWN_TEXT
    return text < _SHORT_TEXT and longest < 350 and len(rows) >= 8 and title_at < 0


def _is_stamped(behind_title: Sequence[Block]) -> bool:
    """True where a stamp stands behind the title before any row does: so articles begin."""
    for block in behind_title:
        if block.is_linked:
            return False
        if holds_stamp(block.text):
            return True
    return False


def _has_pager(root: HtmlElement) -> bool:
    """True where links lead through the pages of a list."""
    links = [" ".join(text_of(link).split()) for link in root.iter("a")]
    return any(_NEXT.fullmatch(text) for text in links) or sum(text.isdigit() for text in links) >= 2


def _own_text(blocks: Sequence[Block]) -> int:
    """Return the characters of prose that no linked row announces: teasers stand right behind their link."""
    since_row, own = 9, 0
    for block in blocks:
        if block.is_linked and len(block.text) >= 25:
            since_row = 0
        else:
            since_row += 1
            if is_prose(block) and not block.zone & ASIDE and (since_row > 3 or len(block.text) > 600):
                own += len(block.text)
    return own


def _is_home(page: Page) -> bool:
    parts = urlsplit(page.url)
    return not parts.query and _HOME_PATH.fullmatch(unquote(parts.path, errors="replace")) is not None
