"""What the five sample portals have in common: addresses, what stands at them, what is missing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from hashlib import blake2b
from html import escape
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from crawler.clock import VIETNAM
from crawler.sample_portals import media
from crawler.sample_portals.articles import Attached, SampleArticle, load

HTML = "text/html; charset=utf-8"
MEDIA_TYPES = {"pdf": "application/pdf", "doc": "application/msword"}

# What a page says anew on every request; filled in when it is sent.
BASE = "@@base@@"  # scheme and host as the reader asked for them
CLOCK = "@@clock@@"  # the page clock that some portals print before the real stamp
VISITS = "@@visits@@"  # visitor counter

FICTION = "Cổng mẫu của tinso: mọi sự việc, tên người và số liệu đều là hư cấu"
_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")

Address = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a portal: key in the texts, name as printed, address of its first list page."""

    key: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends for one address."""

    body: bytes
    media_type: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict)

    def filled(self, base: str, now: datetime, visits: int) -> bytes:
        """Return the body as a reader gets it who asked for `base` at `now`, after `visits` others."""
        if self.media_type != HTML:
            return self.body
        clock = f"{_WEEKDAYS[now.weekday()]}, {now:%d/%m/%Y %H:%M}"
        return (
            self.body.replace(BASE.encode(), base.encode())
            .replace(CLOCK.encode(), clock.encode())
            .replace(VISITS.encode(), str(52318 + visits).encode())
        )


class Site(ABC):
    """A sample portal: all its addresses with their answers, made once.

    A subclass declares host, names and sections, and writes the markup of its kind of site. Only the query
    parameters in `parameters` choose a page, in any order; others are ignored, as real portals do.
    """

    host: ClassVar[str]
    name: ClassVar[str]  # the site's name as its pages print it
    sections: ClassVar[tuple[Section, ...]]
    parameters: ClassVar[frozenset[str]]
    page_size: ClassVar[int] = 6

    def __init__(self, revision: int = 1) -> None:
        self.articles = load(self.host, revision)

    @abstractmethod
    def article_paths(self, article: SampleArticle) -> list[str]:
        """Return every address at which `article` answers, the one that lists link to first."""

    @abstractmethod
    def list_path(self, section: Section, number: int) -> str:
        """Return the address of list page `number`, from 1."""

    @abstractmethod
    def article_page(self, article: SampleArticle, path: str) -> str:
        """Return the HTML of `article` at one of its addresses."""

    @abstractmethod
    def list_page(self, section: Section, rows: Sequence[SampleArticle], number: int, last: int) -> str:
        """Return the HTML of list page `number` of `last`."""

    @abstractmethod
    def plain_page(self, title: str, content: str) -> str:
        """Return a page with the site's frame around `content`: home, contact, "not found"."""

    @abstractmethod
    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        """Return the address of a document."""

    @abstractmethod
    def picture_path(self, article: SampleArticle, number: int) -> str:
        """Return the address of an article's picture `number`, from 0."""

    def row_path(self, article: SampleArticle, section: Section) -> str:
        """Return the address under which the list of `section` links to `article`."""
        return self.article_paths(article)[0]

    def listed(self, section: Section) -> list[SampleArticle]:
        """Return the articles that `section` lists, newest first, the missing ones included."""
        return [article for article in self.articles if section.key in article.sections]

    def home_rows(self) -> list[SampleArticle]:
        """Return what the home page shows."""
        return [article for article in self.articles if not article.missing][:6]

    def answer(self, target: str) -> Answer:
        """Return what stands at `target` (path and query): 404 where nothing does."""
        found = self._answers.get(self._address(target))
        return found or Answer(_page_bytes(self._not_found()), status=HTTPStatus.NOT_FOUND)

    def paths(self) -> list[str]:
        """Return every path at which something stands, without query."""
        return sorted({path for path, _ in self._answers})

    def _address(self, target: str) -> Address:
        parts = urlsplit(target)
        chosen = sorted(pair for pair in parse_qsl(parts.query) if pair[0] in self.parameters)
        return parts.path, tuple(chosen)

    @cached_property
    def _answers(self) -> dict[Address, Answer]:
        return {self._address(path): answer for path, answer in self._pages()}

    def _pages(self) -> Iterator[tuple[str, Answer]]:
        yield "/robots.txt", Answer(ROBOTS, "text/plain; charset=utf-8")
        yield "/", Answer(_page_bytes(self.plain_page("Trang chủ", self._home())))
        for path, title, text in PLAIN_PAGES:
            yield path, Answer(_page_bytes(self.plain_page(title, f"<p>{text}</p>")))
        for section in self.sections:
            yield from self._list_pages(section)
        for article in self.articles:
            yield from self._article_pages(article)

    def _list_pages(self, section: Section) -> Iterator[tuple[str, Answer]]:
        rows = self.listed(section)
        last = -(-len(rows) // self.page_size)
        for number in range(1, last + 1):
            here = rows[(number - 1) * self.page_size : number * self.page_size]
            answer = Answer(_page_bytes(self.list_page(section, here, number, last)))
            yield self.list_path(section, number), answer
            if number == 1:
                yield section.path, answer

    def _article_pages(self, article: SampleArticle) -> Iterator[tuple[str, Answer]]:
        if article.missing == "gone":
            return
        for path in self.article_paths(article):
            if article.missing == "soft_404":
                yield path, Answer(_page_bytes(self._not_found()))
            else:
                page = _page_bytes(self.article_page(article.as_printed(), path))
                yield path, Answer(page, headers=_validators(article, page))
        for number, _ in enumerate(article.captions):
            path = self.picture_path(article, number)
            yield path, Answer(media.png(path), "image/png")
        for attached in article.attachments:
            suffix = attached.file.rpartition(".")[2]
            document = media.pdf(attached.name) if suffix == "pdf" else media.rtf(attached.name)
            yield self.attachment_path(article, attached), Answer(document, MEDIA_TYPES[suffix])

    def _home(self) -> str:
        rows = self.home_rows()
        items = (
            f'<li><a href="{self.article_paths(row)[0]}">{escape(row.headline)}</a></li>' for row in rows
        )
        return f'<div class="tin-moi"><h3>Tin mới</h3><ul>{"".join(items)}</ul></div>'

    def _not_found(self) -> str:
        return self.plain_page("Thông báo", "<p>Bài viết không tồn tại hoặc đã bị xóa.</p>")


ROBOTS = b"User-agent: *\nCrawl-delay: 0\nDisallow: /search\n"
PLAIN_PAGES = (
    ("/gioi-thieu", "Giới thiệu", "Trang giới thiệu chức năng, nhiệm vụ và cơ cấu tổ chức của cơ quan."),
    ("/lien-he", "Liên hệ", "Mọi ý kiến xin gửi về bộ phận tiếp nhận của cơ quan trong giờ hành chính."),
    ("/search", "Tìm kiếm", "Nhập từ khóa cần tìm."),
)


def _page_bytes(html: str) -> bytes:
    return html.encode("utf-8")


def _validators(article: SampleArticle, page: bytes) -> dict[str, str]:
    """ETag on every article; Last-Modified on every other one, some hours after its publication."""
    validators = {"ETag": f'"{blake2b(page, digest_size=8).hexdigest()}"'}
    if article.moment and article.id % 2:
        changed = article.moment.replace(tzinfo=VIETNAM) + timedelta(hours=5)
        validators["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    return validators
