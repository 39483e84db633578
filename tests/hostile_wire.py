"""Faults of the connection and of HTTP itself."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from itertools import count, repeat

from tests.hostile_faults import TRIES, Fault, at_article, right
from tests.hostile_pages import article
from tests.hostile_portal import Answer, Asked, Wire, head, page


def drip(data: bytes, pause: float = 0.05) -> Answer:
    """Send one byte after the other, and then the last one for ever."""

    def answer(wire: Wire, asked: Asked) -> None:
        for byte in data:
            wire.send(bytes([byte]))
            wire.wait(pause)
        for _ in repeat(None):
            wire.send(b" ")
            wire.wait(pause)

    return answer


def silence(wire: Wire, asked: Asked) -> None:
    """Accept, and say nothing."""
    wire.wait(3600)


def broken(data: bytes, how: str) -> Answer:
    """Send a part, then `drop` or `reset` the connection."""

    def answer(wire: Wire, asked: Asked) -> None:
        wire.send(data)
        wire.wait(0.05)
        getattr(wire, how)()

    return answer


def flood(start: bytes, part: bytes, size: int = 1 << 16) -> Answer:
    """Send `start`, then `part` for ever."""
    block = part * max(1, size // len(part))

    def answer(wire: Wire, asked: Asked) -> None:
        wire.send(start)
        for _ in repeat(None):
            wire.send(block)

    return answer


def cut_anywhere(name: str) -> Answer:
    """Send a page without its length, ending somewhere else each time."""
    draw = random.Random(name)

    def answer(wire: Wire, asked: Asked) -> None:
        whole = right(name)
        wire.send(head(200, ("Connection", "close")) + whole[: draw.randrange(400, len(whole) - 200)])
        wire.drop()

    return answer


def first_then(first: bytes | Answer, then: bytes, times: int = 1) -> Answer:
    """Answer so at first, and rightly from then on."""
    seen = count()

    def answer(wire: Wire, asked: Asked) -> None:
        chosen = first if next(seen) < times else then
        if callable(chosen):
            chosen(wire, asked)
        else:
            wire.send(chosen)

    return answer


def desync(name: str) -> Answer:
    """Answer twice at once: the second answer must not be taken for that of another page."""
    both = page(right(name)) + page(article("poison.example", 9))
    return lambda wire, asked: wire.send(both)


def late_desync(name: str) -> Answer:
    """As `desync`, with a pause between."""

    def answer(wire: Wire, asked: Asked) -> None:
        wire.send(page(right(name)))
        wire.wait(0.02)
        wire.send(page(article("poison.example", 9)))

    return answer


def bomb() -> bytes:
    """Return 1 GB of spaces, compressed twice: a few kB."""
    once = gzip.compress(b" " * (16 << 20), 9)
    return gzip.compress(once * 64, 9)


def wire_faults() -> Iterator[Fault]:
    """Yield the faults of the connection."""
    half = head(200, ("Content-Length", 90_000)) + b"<html><body>" + b"bai " * 1000
    yield at_article("slow_drip", "a byte every 50 ms, for ever", drip(half), "timeout", TRIES)
    yield at_article("silence", "accepts, and says nothing", silence, "timeout", TRIES)
    reset = broken(b"", "reset")
    fault = at_article("reset", "RST before the answer", reset, "http_error", TRIES)
    for path, content in fault.site.answers.items():  # on a kept connection Twisted would ask twice
        if isinstance(content, bytes):
            fault.site.answers[path] = content.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    yield fault
    yield at_article("reset_in_body", "RST in mid-body", broken(half, "reset"), "http_error", TRIES)
    yield at_article("close_in_body", "closes in mid-body", broken(half, "drop"), "http_error", TRIES)
    once = first_then(broken(half, "reset"), page(right("reset_once")))
    yield at_article("reset_once", "RST in mid-body, once", once, "new", 2)
    yield at_article("cut", "breaks off elsewhere each time", cut_anywhere("cut"), "http_error", TRIES)
    whole = right("length_long")
    longer = broken(head(200, ("Content-Length", len(whole) + 500)) + whole, "drop")
    yield at_article("length_long", "Content-Length too long", longer, "http_error", TRIES)
    whole = right("length_short")
    shorter = head(200, ("Content-Length", len(whole) - 300)) + whole
    yield at_article("length_short", "Content-Length too short", shorter, "new", 2, flags=("cut_short",))
    for name, does, lengths in (
        ("length_twice", "two Content-Lengths", (len(whole), 9)),
        ("length_negative", "Content-Length: -1", (-1,)),
    ):
        answer = head(200, *(("Content-Length", length) for length in lengths)) + whole
        yield at_article(name, does, answer, "http_error", TRIES)
    chunked = head(200, ("Transfer-Encoding", "chunked"))
    torn = broken(chunked + b"400\r\n" + b"x" * 1024 + b"\r\n", "drop")
    yield at_article("chunk_torn", "chunks without an end", torn, "http_error", TRIES)
    garbage = broken(chunked + b"zz\r\nabc\r\n", "drop")
    yield at_article("chunk_garbage", "a chunk of size 'zz'", garbage, "http_error", TRIES)
    endless = flood(chunked, b"10000\r\n" + b"x" * 65536 + b"\r\n")
    # A busy machine may not take in as much as DOWNLOAD_MAXSIZE in time.
    yield at_article("body_endless", "a body without end", endless, "too_large", (1, 2))
    large = flood(head(200, ("Content-Length", 100 << 20)), b"<p>bai</p>")
    yield at_article("too_large", "a page of 100 MB", large, "too_large")
    yield at_article("desync", "two answers to one request", desync("desync"), "new")
    yield at_article("late_desync", "a second answer, a moment later", late_desync("late_desync"), "new")


def packing_faults() -> Iterator[Fault]:
    """Yield the faults of compression."""
    packed = ("Content-Encoding", "gzip")
    bombed = page(bomb(), 200, ("Content-Encoding", "gzip, gzip"))
    yield at_article("gzip_bomb", "1 GB in a few kB of gzip", bombed, "too_large")
    lie = page(right("gzip_lie"), 200, packed)
    yield at_article("gzip_lie", "says gzip, and is none", lie, "new")
    torn = page(gzip.compress(right("gzip_torn"))[:-100], 200, packed)
    yield at_article(
        "gzip_torn", "gzip that breaks off, alike each time", torn, "new", 2, flags=("cut_short",)
    )
    unknown = page(right("coding_unknown"), 200, ("Content-Encoding", "x-nen"))
    yield at_article("coding_unknown", "an encoding that does not exist", unknown, "new")


def head_faults() -> Iterator[Fault]:
    """Yield the faults of status lines and headers."""
    bare = broken(right("http_0_9"), "drop")
    yield at_article("http_0_9", "HTTP/0.9: no status line", bare, "http_error", TRIES)
    noise = broken(random.Random(1).randbytes(4096), "drop")
    yield at_article("no_http", "4 kB of noise", noise, "http_error", TRIES)
    bad = page(right("bad_headers")).replace(b"X\r\n", b"X\r\nServer IIS\r\n\xff\xfe\x00: \x01\r\n", 1)
    yield at_article("bad_headers", "headers without colon, with NUL and 0xFF", bad, "new")
    long = page(right("long_header"), 200, ("X-Trace", "x" * (1 << 20)))
    yield at_article("long_header", "a header of 1 MB", long, "http_error", TRIES)
    cookies = flood(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: phien=%s; path=/\r\n" % (b"a" * 200))
    yield at_article("cookie_storm", "Set-Cookie without end", cookies, "http_error", TRIES)
    for status in (100, 103):
        interim = b"HTTP/1.1 %d X\r\n\r\n" % status
        yield at_article(f"flood_{status}", f"{status} without end", flood(b"", interim), "http_error", TRIES)
    interim = b"HTTP/1.1 100 X\r\n\r\nHTTP/1.1 103 X\r\nLink: </a.css>\r\n\r\n"
    yield at_article("hints", "100 and 103 before the page", interim + page(right("hints")), "new")
