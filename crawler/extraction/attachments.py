"""Files that belong to the article: documents linked from its text or from the block behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.extraction.blocks import Block
from crawler.extraction.boilerplate import opens_related
from crawler.extraction.element import HtmlElement
from crawler.extraction.zones import CHROME, COMMENTS, FOOTER
from pipelines.article import Attachment
from pipelines.identify import canonical_url
from pipelines.text import line

if TYPE_CHECKING:
    from crawler.page import Page

_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
_EXTENSION = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|rtf|zip|rar|7z|mp[34])(?:$|[/?#&;])")
_DOWNLOAD = re.compile(r"op=savefile|/download(?:file)?[/?]|downloadfile\(")
_SESSION = ";jsessionid="
_BEHIND = 20  # lines behind the body
MOST_LINKS = 500  # of one element
_MOST_PIECES = 40  # of text in one link
_LONGEST_NAME = 300  # characters
_ONCLICK_FILE = re.compile(r"downloadFile\(\s*'([^']{0,300})'\s*,\s*'([^']{1,500})'", re.IGNORECASE)


def read_attachments(elements: Iterable[HtmlElement], page: Page) -> list[Attachment]:
    """Return the files that links and embedded viewers in `elements` name, each once."""
    found: dict[str, Attachment] = {}
    for element in dict.fromkeys(elements):
        for link in islice(element.iter("a", "iframe", "embed", "object"), MOST_LINKS):
            if attachment := _read(link, page):
                found.setdefault(attachment["url"], attachment)
    return list(found.values())


def boxes_behind(blocks: Sequence[Block]) -> list[HtmlElement]:
    """Return what holds links right behind the body; it ends where other articles or the footer begin."""
    box: list[HtmlElement] = []
    for block in blocks[:_BEHIND]:
        if block.zone & (CHROME | FOOTER | COMMENTS) or opens_related(block.text):
            break
        if block.link_chars:
            box.append(block.element)
    return box


def is_file(address: str) -> bool:
    """True for an address that leads to a document, not to a page."""
    lowered = address.lower()
    return _EXTENSION.search(lowered) is not None or _DOWNLOAD.search(lowered) is not None


def _read(link: HtmlElement, page: Page) -> Attachment | None:
    if onclick := _ONCLICK_FILE.search(link.get("onclick", "")):
        return _attachment(page.absolute(onclick[2]), _text_of(link) or onclick[1])
    address = link.get("href") or link.get("src") or link.get("data") or ""
    if not address or address.startswith(("#", "javascript:", "mailto:", "data:")):
        return None
    address = _inside_viewer(address)
    return _attachment(page.absolute(address), _text_of(link)) if is_file(address) else None


def _text_of(link: HtmlElement) -> str | None:
    return line("".join(islice(link.itertext(), _MOST_PIECES)))[:_LONGEST_NAME] or None


def _inside_viewer(address: str) -> str:
    """Return the file that a viewer shows (`/pdfjs/web/viewer.html?file=/upload/x.pdf`)."""
    if "viewer" not in address and "docs.google" not in address:
        return address
    try:
        query = parse_qs(urlsplit(address).query)
    except ValueError:
        return address
    return next((query[key][0] for key in ("file", "url", "src") if query.get(key)), address)


def _attachment(address: str, name: str | None) -> Attachment:
    if _SESSION in address:  # another one on each load would make the article a revision of itself
        address = canonical_url(address)
    extension = _EXTENSION.search(address.lower())
    media_type = _MEDIA_TYPES.get(extension[1]) if extension else None
    if not name:
        name = line(unquote(address.split("?")[0].rsplit("/", 1)[-1], errors="replace")) or None
    return Attachment(url=address, name=name, media_type=media_type)
