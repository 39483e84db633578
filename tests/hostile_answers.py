"""Faults of what is answered in right HTTP: redirects, statuses, pages that are none, and encodings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tests.hostile_faults import TRIES, Fault, Number, at_article, host_of, right
from tests.hostile_pages import BAD, LIST, address, article, site
from tests.hostile_portal import Answer, Asked, Site, Wire, packed, page
from tests.hostile_wire import first_then

COOKIE = "D1N=0123456789abcdef0123456789abcdef"
STUB = f'<html><script>document.cookie="{COOKIE}; path=/";location.reload();</script></html>'
CAPTCHA = (
    "<html><head><title>Attention Required!</title></head><body><h1>Xác minh không phải robot</h1>"
    '<script src="/captcha.js"></script><div class="g-recaptcha"></div></body></html>'
)
LOGIN = (
    "<html><head><title>Đăng nhập</title></head><body><form action=/login><label>Tên đăng nhập</label>"
    "<input name=u><label>Mật khẩu</label><input type=password name=p></form></body></html>"
)
GONE = (
    "<html><head><title>Thông báo</title></head><body><h2>Bài viết không tồn tại hoặc đã bị xóa</h2>"
    "</body></html>"
)


def redirect(where: str | bytes, status: int = 302) -> bytes:
    """Return a redirect; the address is sent as it is."""
    raw = where.encode() if isinstance(where, str) else where
    return page("", status).replace(b"\r\n", b"\r\nLocation: " + raw + b"\r\n", 1)


def redirect_for_ever(wire: Wire, asked: Asked) -> None:
    """Lead to an address that is new each time."""
    wire.send(redirect(f"{BAD}?r={int(asked.time * 1_000_000)}"))


def redirect_faults() -> Iterator[Fault]:
    """Yield the faults of redirects."""
    yield at_article("redirect_endless", "redirects to ever new addresses", redirect_for_ever, "http_error")
    yield at_article("redirect_loop", "redirects to itself", redirect(BAD), "http_error", 6)
    for name, where in {
        "away": "http://elsewhere.example/tin",
        "loopback": "http://127.0.0.1/admin",
        "private": "http://10.0.0.1/",
        "metadata": "http://169.254.169.254/latest/meta-data/",
        "decimal": "http://2130706433/",
        "ipv6": "http://[::ffff:127.0.0.1]/",
        "localhost": "http://localhost:6379/",
    }.items():
        yield at_article(f"redirect_{name}", f"redirects to {where}", redirect(where), "off_site")
    for name, where in {"file": "file:///etc/passwd", "garbage": "http://[::1"}.items():
        yield at_article(f"redirect_{name}", f"redirects to {where}", redirect(where), "http_error")
    yield at_article("redirect_nowhere", "302 without Location", page("", 302), "http_error")
    yield at_article("redirect_home", "sends to the home page instead", redirect("/"), "soft_404")
    for encoding, words, path in (
        ("utf-8", "2 bài viết.html", "2%20b%C3%A0i%20vi%E1%BA%BFt.html"),
        ("latin-1", "2 bài.html", "2%20b%E0i.html"),
    ):
        name = f"location_{encoding.replace('-', '')}"
        target = redirect(f"{LIST}/-/view_content/".encode() + words.encode(encoding))
        fault = at_article(name, f"Location with spaces and Vietnamese letters in {encoding}", target, "new")
        fault.site.answers[f"{LIST}/-/view_content/{path}"] = page(right(name))
        yield fault


def status_faults() -> Iterator[Fault]:
    """Yield the faults of statuses."""
    for status, outcome, asked in (
        (404, "gone", 1),
        (410, "gone", 1),
        (403, "http_error", 1),
        (304, "http_error", 1),
        (999, "http_error", 1),
        (500, "http_error", TRIES),
        (503, "http_error", TRIES),
    ):
        answer = page(f"<h1>{status}</h1>", status)
        yield at_article(f"status_{status}", f"HTTP {status}", answer, outcome, asked)
    busy = first_then(page("", 429, ("Retry-After", 1)), page(right("busy")))
    yield at_article("busy", "429 with Retry-After: 1, then the page", busy, "new", 2)
    year = page("", 503, ("Retry-After", 31_536_000))
    name, does = "busy_for_a_year", "503 with Retry-After of a year, for every article"
    answers: dict[str, bytes | Answer] = {address(number): year for number in range(1, 10)}
    outcomes: dict[str, Number] = {"listed": 1, "http_error": (1, 2), "skipped_budget": (7, 8)}
    yield Fault(name, does, site(host_of(name), 9, answers), outcomes, (0, 1), address(1))


def refusal_faults() -> Iterator[Fault]:
    """Yield pages with status 200 that are no pages."""
    stub = page(STUB)
    yield at_article("captcha", "a captcha", page(CAPTCHA), "challenged")
    yield at_article("stub", "the D1N cookie stub", stub, "challenged")
    answering = {"cookie_stub": "answer"}
    guarded = site(host_of("stub_answered")).answers.items()
    every = Site({path: behind_stub(content) for path, content in guarded})
    does = "the D1N stub for every page, to be answered"
    yield Fault("stub_answered", does, every, {"listed": 1, "new": 3}, 1, also=answering)
    yield at_article(
        "stub_for_ever", "the D1N stub, whatever is answered", stub, "challenged", 2, also=answering
    )
    yield at_article("login", "a login form", page(LOGIN), "challenged")
    yield at_article("soft_404", "'does not exist'", page(GONE), "soft_404")
    yield at_article("empty", "an empty body", page(b""), "not_html")
    yield at_article("bom", "nothing but a byte order mark", page(b"\xef\xbb\xbf"), "not_html")
    yield at_article("spaces", "nothing but spaces", page(b" \r\n" * 500), "not_html")
    shell = "<html><body><div id=app></div><script src=/a.js></script></body></html>"
    yield at_article("shell", "a shell for JavaScript", page(shell), "incomplete")
    refresh = '<html><meta http-equiv=refresh content="0;url=http://elsewhere.example/"><body></body></html>'
    yield at_article("refresh_away", "meta refresh to another site", page(refresh), "incomplete")


def content_faults() -> Iterator[Fault]:
    """Yield faults of what a page holds, and of what is said of it."""
    for name, does, body in (
        ("png", "an image that says it is a page", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("pdf", "a PDF that says it is a page", b"%PDF-1.7\n" + bytes(range(256)) * 20),
        ("json", "JSON that says it is a page", b'{"loi": "khong co"}'),
    ):
        yield at_article(name, does, page(body), "not_html")
    for name, does, kind in (
        ("says_png", "a page that says it is an image", "image/png"),
        ("says_bytes", "a page that says it is bytes", "application/octet-stream"),
        ("says_nothing", "a page without Content-Type", ""),
        ("says_1258", "UTF-8 that says it is windows-1258", "text/html; charset=windows-1258"),
    ):
        yield at_article(name, does, page(right(name), kind=kind), "new")
    cp1258 = page(in_1258(right("is_1258").decode()))
    yield at_article("is_1258", "windows-1258 that says it is UTF-8", cp1258, "new")
    utf16 = page(right("is_utf16").decode().encode("utf-16-le"))
    yield at_article("is_utf16", "UTF-16 that says it is UTF-8", utf16, "new")
    yield at_article("nul", "NUL bytes in the text", page(right("nul").replace(b" ", b" \0")), "new")
    deep = right("nested").replace(b"</body>", b"<div>" * 300_000 + b"</body>")
    yield at_article("nested", "300,000 nested tags behind the text", packed(deep), "new")
    deep = right("nested_before").replace(b"<body>", b"<body>" + b"<b>" * 300_000)
    yield at_article("nested_before", "300,000 nested tags before it", packed(deep), "new")
    stamped = article(host_of("future"), 2, stamp="18/03/2199 | 5:23 PM")
    yield at_article("future", "a date in the future", page(stamped), "new")


def behind_stub(content: bytes | Answer) -> Answer:
    """Return the stub for who does not bring its cookie."""

    def answer(wire: Wire, asked: Asked) -> None:
        has_cookie = COOKIE in asked.headers.get("cookie", "")
        assert isinstance(content, bytes)
        wire.send(content if has_cookie else page(STUB))

    return answer


def in_1258(text: str) -> bytes:
    """Return text in windows-1258, which writes tones as characters of their own."""
    return b"".join(_letter(character) for character in text)


def _letter(character: str) -> bytes:
    for tone in ("", *"\u0300\u0301\u0303\u0309\u0323"):
        parts = unicodedata.normalize("NFD", character)
        if tone in parts:
            try:
                return (unicodedata.normalize("NFC", parts.replace(tone, "", 1)) + tone).encode("cp1258")
            except UnicodeEncodeError:
                continue
    raise ValueError(character)
