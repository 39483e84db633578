"""Portals whose content changes while they are crawled, on one server of this machine.

A crawl reaches `http://so00.example.vn/` and its likes with `http_proxy` set to the server's address.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from crawler.clock import VIETNAM
from tests.served import Served

PAGE_SIZE = 10
_WORDS = (
    "chi bộ", "đảng viên", "kế hoạch", "hội nghị", "báo cáo", "nhiệm vụ", "cơ sở", "quý tới", "thảo luận",
    "kết quả", "đơn vị", "chuyển đổi số", "sinh hoạt", "nghị quyết", "kiểm tra", "thi đua", "cán bộ", "tập trung",
)  # fmt: skip


class Asked(NamedTuple):
    """One request: seconds of the monotonic clock, host, path with query, whether it was conditional."""

    time: float
    host: str
    path: str
    conditional: bool


@dataclass(slots=True)
class Printed:
    """An article as the portal prints it now."""

    number: int
    published: datetime
    version: int = 1

    @property
    def headline(self) -> str:
        return f"Hội nghị lần thứ {self.number} của chi bộ Văn phòng bàn nhiệm vụ quý tới"

    def paragraphs(self, host: str) -> list[str]:
        """Return the text: its words follow from host, number and version."""
        seed = hashlib.blake2b(f"{host} {self.number}".encode(), digest_size=64).digest()
        texts = [
            f"Sáng nay, {' '.join(_WORDS[byte % len(_WORDS)] for byte in seed[start : start + 16])} số "
            f"{self.number}."
            for start in range(0, 64, 16)
        ]
        return [*texts, f"Bản tin này đã được bổ sung lần {self.version}."]


@dataclass(slots=True)
class Site:
    """One portal. `etag` is "honest", "stuck" (the same whatever the page says) or "" for none."""

    host: str
    articles: list[Printed] = field(default_factory=list)
    etag: str = "honest"
    busy: list[tuple[int, str]] = field(default_factory=list)  # answers to come first: status, Retry-After
    busy_from: int | None = None  # the page from which on all are refused for two hours
    refused_at: float = 0.0  # monotonic
    hang: bool = False  # pages never come
    served: int = 0
    is_packed: bool = False  # articles by gzip, which prints the time of packing: no two answers are the same

    def publish(self, published: datetime | None = None) -> Printed:
        """Print one more article, on top of the list."""
        article = Printed(len(self.articles) + 1, published or datetime.now(VIETNAM))
        self.articles.append(article)
        return article

    def page(self, path: str) -> str | None:
        """Return the page at a path, None where there is none."""
        path, _, query = path.partition("?")
        if path in ("/", "/tin-tuc"):
            return self._list(int(query.partition("=")[2] or 1))
        number = path.removeprefix("/bai-viet-").removesuffix(".html")
        if number.isdecimal() and 0 < int(number) <= len(self.articles):
            return self._article(self.articles[int(number) - 1])
        return None

    def _list(self, number: int) -> str:
        rows = self.articles[::-1][(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        last = -(-len(self.articles) // PAGE_SIZE) or 1
        items = "".join(
            f'<li class="tin"><a href="/bai-viet-{row.number}.html">{row.headline}</a> '
            f"<span>{row.published:%d/%m/%Y %H:%M}</span></li>"
            for row in rows
        )
        pager = "".join(f'<li><a href="/tin-tuc?page={page}">{page}</a></li>' for page in range(1, last + 1))
        return _HTML.format("Tin tức", f'<ul class="ds">{items}</ul><ul class="pagination">{pager}</ul>')

    def _article(self, article: Printed) -> str:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in article.paragraphs(self.host))
        head = f'<h1>{article.headline}</h1><p class="ngay">{article.published:%d/%m/%Y %H:%M}</p>'
        return _HTML.format(article.headline, f'{head}<div class="noi-dung">{text}</div>')


_HTML = '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{}</title></head><body>{}</body></html>'


class ChangingPortals(Served):
    """The server, for as long as the context lasts; `sites` may be changed at any time."""

    def __init__(
        self, count: int = 1, *, articles: int = 12, robots: str = "User-agent: *\nDisallow:\n"
    ) -> None:
        self.sites = {host: Site(host) for host in map(host_of, range(count))}
        self.requests: list[Asked] = []
        now = datetime.now(VIETNAM).replace(second=0, microsecond=0)
        for site in self.sites.values():
            for age in range(articles, 0, -1):
                site.publish(now - timedelta(hours=2 * age))
        portals = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 60

            def do_GET(self) -> None:
                host, _, path = self.path.partition("://")[2].partition("/")
                validator = self.headers.get("If-None-Match")
                portals.requests.append(Asked(time.monotonic(), host, f"/{path}", validator is not None))
                site = portals.sites[host]
                if path == "robots.txt":
                    self._answer(200, robots, {"Content-Type": "text/plain"})
                    return
                while site.hang:
                    time.sleep(0.1)
                site.served += 1
                if site.busy_from is not None and site.served >= site.busy_from:
                    site.busy.append((429, "7200"))
                if site.busy:
                    status, retry_after = site.busy.pop(0)
                    site.refused_at = time.monotonic()
                    self._answer(status, "busy", {"Retry-After": _retry_after(retry_after)})
                    return
                page = site.page(f"/{path}")
                if page is None:
                    self._answer(404, _HTML.format("404", "<h1>404</h1>"))
                    return
                digest = "stuck" if site.etag == "stuck" else hashlib.sha1(page.encode()).hexdigest()
                headers = {"ETag": f'"{digest}"'} if site.etag and "bai-viet" in path else {}
                packing = {"Content-Encoding": "gzip"} if site.is_packed and "bai-viet" in path else {}
                if headers and validator == headers["ETag"]:
                    self._answer(304, "", headers)
                else:
                    self._answer(200, page, headers | packing)

            def _answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
                headers = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
                body = text.encode()
                if "Content-Encoding" in headers:
                    body = gzip.compress(body, mtime=time.monotonic_ns() % 2**32)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request: object, client_address: object) -> None:
                """Stay silent about crawls that were killed."""
                if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
                    super().handle_error(request, client_address)

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def pages(self, host: str | None = None) -> list[str]:
        """Return the paths that were asked for, robots.txt left out."""
        return [
            asked.path
            for asked in self.requests
            if host in (None, asked.host) and asked.path != "/robots.txt"
        ]


def _retry_after(text: str) -> str:
    """Return the header: "date+6" is a moment in six seconds."""
    _, is_date, seconds = text.partition("date+")
    moment = datetime.now(UTC) + timedelta(seconds=int(seconds or 0))
    return format_datetime(moment, usegmt=True) if is_date else text


def host_of(number: int) -> str:
    """Return the host of a portal."""
    return f"so{number:02}.example.vn"
