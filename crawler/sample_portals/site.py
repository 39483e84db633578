"""What the sample portals have in common: addresses, what stands at them, what is missing."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from hashlib import blake2b
from http import HTTPStatus
from itertools import count
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from jinja2 import Environment, PackageLoader

from crawler.clock import VIETNAM
from crawler.sample_portals import media
from crawler.sample_portals.articles import Attached, Heading, Picture, SampleArticle, load

HTML = "text/html; charset=utf-8"
XML = "application/rss+xml; charset=utf-8"
_WRITTEN = (HTML, XML)  # media types of bodies that are filled in when they are sent
MEDIA_TYPES = {"pdf": "application/pdf", "doc": "application/msword"}

# What a page says anew on every request; filled in when it is sent.
BASE = "@@base@@"  # scheme and host as the reader asked for them
CLOCK = "@@clock@@"  # the page clock that some portals print before the real stamp
VISITS = "@@visits@@"  # visitor counter

FICTION = "Cổng mẫu của tinso: mọi sự việc, tên người và số liệu đều là hư cấu"
_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")

Address = tuple[str, tuple[tuple[str, str], ...]]
PlainPage = tuple[str, str, str]  # path, title, text

NOT_FOUND = "Bài viết không tồn tại hoặc đã bị xóa."
ROBOTS = b"User-agent: *\nCrawl-delay: 0\nDisallow: /search\n"
PLAIN_PAGES: tuple[PlainPage, ...] = (
    ("/gioi-thieu", "Giới thiệu", "Trang giới thiệu chức năng, nhiệm vụ và cơ cấu tổ chức của cơ quan."),
    ("/lien-he", "Liên hệ", "Mọi ý kiến xin gửi về bộ phận tiếp nhận của cơ quan trong giờ hành chính."),
    ("/search", "Tìm kiếm", "Nhập từ khóa cần tìm."),
)

_PAGES = Environment(
    loader=PackageLoader(__package__, "pages"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.globals |= {"BASE": BASE, "CLOCK": CLOCK, "VISITS": VISITS, "FICTION": FICTION}
_PAGES.globals["weekday"] = lambda moment: _WEEKDAYS[moment.weekday()]


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
        if not self.media_type.startswith(_WRITTEN):
            return self.body
        clock = f"{_WEEKDAYS[now.weekday()]}, {now:%d/%m/%Y %H:%M}"
        return (
            self.body.replace(BASE.encode(), base.encode())
            .replace(CLOCK.encode(), clock.encode())
            .replace(VISITS.encode(), str(52318 + visits).encode())
        )


@dataclass(frozen=True, slots=True)
class Posted:
    """What a reader sent by POST."""

    target: str  # path and query
    media_type: str
    body: str
    referer: str = ""

    @property
    def is_json(self) -> bool:
        """True for a body that calls itself JSON."""
        return self.media_type.startswith("application/json")

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the form, or of the JSON object; of a name sent twice, the last value."""
        if self.is_json:
            return {name: str(value) for name, value in json.loads(self.body).items()}
        return dict(parse_qsl(self.body, keep_blank_values=True))


class Site(ABC):
    """A sample portal: all its addresses with their answers, made once.

    A subclass declares host, names, sections and addresses; the markup is in `pages/<host label>/`. Only the
    query parameters in `parameters` choose a page, in any order; others are ignored, as real portals do.
    """

    host: ClassVar[str]
    name: ClassVar[str]  # the site's name as its pages print it
    sections: ClassVar[tuple[Section, ...]]
    parameters: ClassVar[frozenset[str]]
    templates: ClassVar[str] = ""  # folder below pages/, where it is not the host's first label
    page_size: ClassVar[int] = 6
    plain_pages: ClassVar[tuple[PlainPage, ...]] = PLAIN_PAGES
    decorations: ClassVar[tuple[str, ...]] = ()  # pictures of the frame

    def __init__(self, revision: int = 1) -> None:
        self.articles = load(self.host, revision)

    @abstractmethod
    def article_paths(self, article: SampleArticle) -> list[str]:
        """Return every address at which `article` answers, the one that lists link to first."""

    @abstractmethod
    def list_path(self, section: Section, number: int) -> str:
        """Return the address of list page `number`, from 1."""

    @abstractmethod
    def attachment_path(self, article: SampleArticle, attached: Attached) -> str:
        """Return the address of a document."""

    @abstractmethod
    def picture_path(self, article: SampleArticle, number: int) -> str:
        """Return the address of an article's picture `number`, from 0."""

    def row_path(self, article: SampleArticle, section: Section) -> str:
        """Return the address under which the list of `section` links to `article`."""
        return self.article_paths(article)[0]

    def about(self, article: SampleArticle, path: str) -> dict[str, Any]:
        """Return what this kind of site prints around `article` at one of its addresses."""
        return {}

    def listed(self, section: Section) -> list[SampleArticle]:
        """Return the articles that `section` lists, newest first, the missing ones included."""
        return [article for article in self.articles if section.key in article.sections]

    def answer(self, target: str) -> Answer:
        """Return what stands at `target` (path and query): 404 where nothing does."""
        if found := self._answers.get(self._address(target)):
            return found
        return replace(self._plain("Thông báo", text=NOT_FOUND), status=HTTPStatus.NOT_FOUND)

    def posted(self, posted: Posted) -> Answer:
        """Return the answer to a POST: 405 where the portal takes none."""
        return replace(self._plain("Thông báo", text=NOT_FOUND), status=HTTPStatus.METHOD_NOT_ALLOWED)

    def paths(self) -> list[str]:
        """Return every path at which something stands, without query."""
        return sorted({path for path, _ in self._answers})

    def _address(self, target: str) -> Address:
        path, _, query = target.partition("?")
        chosen = sorted(pair for pair in parse_qsl(query) if pair[0] in self.parameters)
        return path, tuple(chosen)

    @cached_property
    def _answers(self) -> dict[Address, Answer]:
        return {self._address(path): answer for path, answer in self._pages()}

    def _pages(self) -> Iterator[tuple[str, Answer]]:
        yield "/robots.txt", Answer(ROBOTS, "text/plain; charset=utf-8")
        newest = [article for article in self.articles if not article.missing][: self.page_size]
        yield "/", self._plain("Trang chủ", rows=newest)
        for path, title, text in self.plain_pages:
            yield path, self._plain(title, text=text)
        for path in self.decorations:
            yield path, Answer(media.png(path), "image/png")
        for section in self.sections:
            yield from self._list_pages(section)
        for article in self.articles:
            if article.missing == "soft_404":
                yield self.article_paths(article)[0], self._plain("Thông báo", text=NOT_FOUND)
            elif not article.missing:
                yield from self._article_pages(article.as_printed())
                yield from self._media(article)

    def _list_pages(self, section: Section) -> Iterator[tuple[str, Answer]]:
        rows = self.listed(section)
        last = -(-len(rows) // self.page_size)
        for number in range(1, last + 1):
            start = (number - 1) * self.page_size
            page = self._render(
                "list",
                section=section,
                title=section.name,
                rows=[row.as_printed() for row in rows[start : start + self.page_size]],
                number=number,
                last=last,
                first=start + 1,
                total=len(rows),
            )
            yield self.list_path(section, number), Answer(page)
            if number == 1:
                yield section.path, Answer(page)

    def _article_pages(self, article: SampleArticle) -> Iterator[tuple[str, Answer]]:
        own = next(section for section in self.sections if section.key in article.sections)
        documents = [
            {"address": self.attachment_path(article, attached), "name": attached.name}
            for attached in article.attachments
        ]
        for path in self.article_paths(article):
            about = {
                "section": own,
                "title": article.headline,
                "article": article,
                "blocks": self._blocks(article),
                "documents": documents,
            }
            page = self._render("article", **about | self.about(article, path))
            yield path, Answer(page, headers=_validators(article, page))

    def _media(self, article: SampleArticle) -> Iterator[tuple[str, Answer]]:
        for number, _ in enumerate(article.captions):
            path = self.picture_path(article, number)
            yield path, Answer(media.png(path), "image/png")
        for attached in article.attachments:
            suffix = attached.file.rpartition(".")[2]
            document = media.pdf(attached.name) if suffix == "pdf" else media.rtf(attached.name)
            yield self.attachment_path(article, attached), Answer(document, MEDIA_TYPES[suffix])

    def _blocks(self, article: SampleArticle) -> list[dict[str, str]]:
        """Return the body as templates print it: kind, text, and the address of a picture."""
        pictures = count()
        blocks: list[dict[str, str]] = []
        for block in article.body:
            match block:
                case Picture(caption):
                    address = self.picture_path(article, next(pictures))
                    blocks.append({"kind": "picture", "text": caption, "address": address})
                case Heading(text):
                    blocks.append({"kind": "heading", "text": text})
                case text:
                    blocks.append({"kind": "paragraph", "text": text})
        return blocks

    def _plain(self, title: str, *, text: str = "", rows: Sequence[SampleArticle] = ()) -> Answer:
        """Return a page that is neither list nor article: home, contact, "not found"."""
        section = Section("", title, "/")
        return Answer(self._render("plain", section=section, title=title, text=text, rows=rows))

    def _render(self, template: str, **context: Any) -> bytes:
        folder = self.templates or self.host.removesuffix(".localhost")
        return _PAGES.get_template(f"{folder}/{template}.html").render(site=self, **context).encode("utf-8")


def _validators(article: SampleArticle, page: bytes) -> dict[str, str]:
    """ETag on every article; Last-Modified on every other one, some hours after its publication."""
    validators = {"ETag": f'"{blake2b(page, digest_size=8).hexdigest()}"'}
    if article.moment and article.id % 2:
        changed = article.moment.replace(tzinfo=VIETNAM) + timedelta(hours=5)
        validators["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    return validators
