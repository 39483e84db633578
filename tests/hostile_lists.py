"""Faults of lists, of robots.txt and of TLS, and hosts that fail as a whole."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.hostile_answers import CAPTCHA, GONE, redirect
from tests.hostile_faults import TRIES, Fault, Number, at_list, at_robots, host_of
from tests.hostile_pages import LIST, ROBOTS, address, listing, plain_article, plain_listing, rows, site
from tests.hostile_portal import Answer, Asked, Site, Wire, packed, page
from tests.hostile_wire import broken, drip, flood

_THREE = {address(number): number for number in (1, 2, 3)}
_ALL: dict[str, Number] = {"listed": 1, "new": 3}


def list_faults() -> Iterator[Fault]:
    """Yield lists that are none."""
    bare = page("<html><body><h1>Tin Đảng</h1></body></html>")
    yield at_list("list_empty", "a list without rows", bare, {"parse_error": 1})
    yield at_list("list_gone", "a list that 'does not exist'", page(GONE), {"soft_404": 1})
    yield at_list("list_captcha", "a captcha in the list's place", page(CAPTCHA), {"challenged": 1})
    yield at_list("list_blank", "an empty body in the list's place", page(b""), {"not_html": 1})
    away = redirect("http://elsewhere.example/")
    yield at_list("list_away", "a list that redirects to another site", away, {"off_site": 1})
    yield at_list("list_500", "HTTP 500 in the list's place", page("", 500), {"http_error": 1}, TRIES)
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    feed = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "bai">{entities}]><rss><channel><item>'
        f"<title>&h;</title><link>{address(1)}</link></item></channel></rss>"
    )
    growing = page(feed, kind="application/rss+xml")
    yield at_list("feed_bomb", "a feed whose entities grow without end", growing, {"parse_error": 1})
    bomb = gzip.compress(b"<urlset>") + gzip.compress(b" " * (16 << 20), 9) * 16
    sitemap = page(bomb, kind="application/gzip")
    yield at_list("sitemap_bomb", "a sitemap of 256 MB in 256 kB of gzip", sitemap, {"parse_error": 1})


def walk_faults() -> Iterator[Fault]:
    """Yield lists that never end, and lists that lead astray."""
    same = _endless("list_repeats", "?trang={}")
    yield Fault(
        "list_repeats", "the same rows on every page, for ever", same, {"listed": 2, "new": 3}, 1, LIST
    )
    grown = _endless("calendar", "{}&ngay=01")
    does = "a pager whose addresses grow, for ever"
    yield Fault("calendar", does, grown, {"listed": 2, "new": 3}, 1, LIST)
    hosts = ("127.0.0.1", "10.1.2.3", "169.254.169.254", "elsewhere.example", "[::1]")
    strange = {f"http://{host}{address(9)}": number for number, host in enumerate(hosts, 11)}
    host = host_of("links_away")
    mixed = page(f"<html><body>{rows(host, {**_THREE, **strange})}</body></html>")
    does = "rows that lead to private addresses and other sites"
    by_evidence = {"article_path": None}
    yield at_list("links_away", does, mixed, {**_ALL, "off_site": 5}, also=by_evidence)
    base = '<head><base href="http://elsewhere.example/"></head><body>'
    turned = page(listing(host_of("base_away"), 1, 2, 3).replace("<body>", base))
    yield at_list("base_away", "a base that turns all links away", turned, {"parse_error": 1})
    host = host_of("ids_twice")
    twice = {**_THREE, f"{LIST}/-/view_content/2-dia-chi-khac.html": 2}
    doubled = page(f"<html><body>{rows(host, twice)}</body></html>")
    yield at_list("ids_twice", "one article under two addresses", doubled, _ALL)
    host = host_of("long_link")
    long = {**_THREE, f"{LIST}/-/view_content/4-{'dai-' * 50_000}.html": 4}
    yield at_list("long_link", "a link of 200,000 letters", page(f"<html>{rows(host, long)}</html>"), _ALL)
    host = host_of("new_layout")
    others = {f"/tin-tuc/chi-bo-{n}-20{n}.html": n for n in (1, 2, 3)}
    pages: dict[str, bytes | Answer] = {path: page(plain_article(host, n)) for path, n in others.items()}
    changed = site(host, 0, {**pages, LIST: page(plain_listing(host, others))})
    yield Fault("new_layout", "another system than the declared one", changed, _ALL, 1, LIST)
    name = "many_rows"
    many = {address(9_000_000 + number): number for number in range(12_000)}
    crowded = packed(f"<html><body>{rows(host_of(name), {**_THREE, **many})}</body></html>".encode())
    closed = page(f"User-agent: *\nDisallow: {LIST}/-/view_content/9\n", kind="text/plain")
    outcomes: dict[str, Number] = {**_ALL, "blocked_by_robots": 12_000}
    does = "12,000 rows on one page, which robots.txt forbids"
    answers: dict[str, bytes | Answer] = {LIST: crowded, ROBOTS: closed}
    yield Fault(name, does, site(host_of(name), 3, answers), outcomes, 1, LIST, slow=True)


def _endless(name: str, link: str) -> Site:
    """Return a site whose list has the same rows and a further page, whatever is asked for."""
    host = host_of(name)

    def answer(wire: Wire, asked: Asked) -> None:
        if not asked.path.startswith(LIST):
            wire.send(page("", 404))
            return
        number = asked.path.count("=") + 1
        after = link.format(number + 1 if link[0] == "?" else asked.path + ("" if "?" in asked.path else "?"))
        links = "".join(f'<li><a href="{after}">{words}</a></li>' for words in (number + 1, "Trang sau"))
        wire.send(page(listing(host, 1, 2, 3, more=f'<ul class="pagination">{links}</ul>')))

    right = site(host).answers
    return Site({**right, LIST: answer}, answer)


def host_faults() -> Iterator[Fault]:
    """Yield hosts that fail as a whole; how many pages are under way when it is noticed, differs."""
    for name, does, home, outcome in (
        ("no_host", "a host whose name is unknown", "https://no-such-host.invalid/", "dns_error"),
        ("no_server", "a host where nothing listens", "https://127.0.2.1:9/", "http_error"),
    ):
        yield Fault(name, does, Site({}), {outcome: 1}, 0, ROBOTS, home=home)
    host = host_of("all_captcha")
    answers: dict[str, bytes | Answer] = {address(n): page(CAPTCHA) for n in range(1, 41)}
    outcomes: dict[str, Number] = {"listed": 1, "challenged": (10, 14), "skipped_budget": (26, 30)}
    does = "a captcha for each of 40 articles"
    yield Fault("all_captcha", does, site(host, 40, answers), outcomes, (0, 1))
    host = host_of("goes_down")
    answers = {address(n): broken(b"", "reset") for n in range(4, 41)}
    outcomes = {"listed": 1, "new": 3, "http_error": (10, 14), "skipped_budget": (23, 27)}
    does = "a host that goes down after three of 40 articles"
    yield Fault("goes_down", does, site(host, 40, answers), outcomes, 1, address(1))


def robots_faults() -> Iterator[Fault]:
    """Yield the faults of robots.txt. Where it forbids the list, the list is the only URL."""
    text = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    blocked: dict[str, Number] = {"blocked_by_robots": 1}
    yield at_robots("robots_500", "robots.txt: HTTP 500", page("", 500), blocked, TRIES)
    busy = page("", 429)
    yield at_robots("robots_429", "robots.txt: HTTP 429", busy, blocked, TRIES)
    rule = b"User-agent: *\nDisallow: /dang/-/view_content/2\n"
    endless = flood(text + rule, b"# chu thich\n")
    yield at_robots("robots_endless", "robots.txt without end", endless, {"listed": 1, "new": 2, **blocked})
    dripping = drip(text + b"User-agent: *")
    yield at_robots("robots_drip", "robots.txt a byte at a time", dripping, {"timeout": 1}, TRIES)
    reset = broken(b"", "reset")
    yield at_robots("robots_reset", "robots.txt: RST", reset, {"http_error": 1}, TRIES)
    closed = "User-agent: *\nDisallow: /\n"
    yield at_robots("robots_forbids", "robots.txt forbids everything", page(closed), blocked)
    yield at_robots("robots_404", "robots.txt: HTTP 404, with rules", page(closed, 404), _ALL)
    html = page("<html><body>Trang chủ<br>Disallow</body></html>")
    yield at_robots("robots_html", "robots.txt is a page", html, _ALL)
    yield at_robots("robots_loop", "robots.txt redirects to itself", redirect(ROBOTS), _ALL, 6)
    inside = redirect("http://127.0.0.1/")
    yield at_robots("robots_private", "robots.txt redirects to http://127.0.0.1/", inside, blocked)
    wild = f"User-agent: *\nDisallow: {'/*a' * 3000}\n" + "Disallow: /*e*e*e*e*e*e*e*e*e*e*x$\n" * 200
    yield at_robots("robots_wild", "robots.txt full of wildcards", page(wild), _ALL)
    slow = page("User-agent: *\nCrawl-delay: 31536000\n")
    yield at_robots("robots_delay", "Crawl-delay of a year", slow, _ALL, slow=True)


def tls_faults() -> Iterator[Fault]:
    """Yield the faults of TLS."""
    error: dict[str, Number] = {"tls_error": 1}
    for name, does, how, outcomes in (
        ("tls_good", "TLS as it should be", {}, _ALL),
        ("tls_expired", "a certificate that has expired", {"days": (-9, -2)}, error),
        ("tls_future", "a certificate that is not valid yet", {"days": (2, 9)}, error),
        ("tls_other_host", "a certificate of another host", {"host": "other.example"}, error),
        ("tls_self_signed", "a certificate that nobody vouches for", {"trusted": False}, error),
        ("tls_old", "TLS 1.0 alone", {"old": True}, error),
    ):
        asked = 1 if outcomes is _ALL else 0
        yield Fault(name, does, site(host_of(name)), outcomes, asked, ROBOTS, tls=how)
    plain = "https://127.0.0.1:{port}/"
    yield Fault("tls_none", "plain HTTP where TLS is expected", Site({}), error, 0, ROBOTS, home=plain)
