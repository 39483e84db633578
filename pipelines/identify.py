"""Stage 3: one article per portal and asset, whatever addresses it answers at."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import lru_cache
from string import ascii_letters, digits
from urllib.parse import quote, urlsplit, urlunsplit

from pipelines.article import Article
from pipelines.context import Context
from pipelines.digest import text_digest
from pipelines.text import storable

# Parameters that say how a reader came, never what is shown.
TRACKING = re.compile(
    r"utm_\w+|fbclid|fb_action_\w+|gclid|gclsrc|dclid|[gw]braid|msclkid|yclid|ttclid|twclid|gidzl|zarsrc"
    r"|zalo_src|_ga|_gl|mc_[ce]id|igshid|igsh|ref_src|spm|_hs(?:enc|mi)",
    re.IGNORECASE,
)
# Java, ASP.NET; the latter alone or beside other such marks ("/(X(1)S(lit3…))/").
_SESSION_PATH = re.compile(
    r";jsessionid=[^/?#]*|/\((?:[A-Z]\([\w-]{1,200}\)){0,3}S\(\w{24}\)\)(?=/)", re.IGNORECASE
)
# A short `sid` is a number of the portal's (PHP-Nuke: the story); a session's is long and random.
_SESSION = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken|p_auth)=.*|sid=[\w,-]{20,}", re.IGNORECASE
)
# Besides letters and digits, what a request line holds as it is printed; "%" stands before what is encoded.
_IN_QUERY = "!$%&()*+,-./:;=?@_~"
_IN_PATH = _IN_QUERY + "'"
_PLAIN = frozenset(ascii_letters + digits + _IN_QUERY)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}

# What one page is shown with: as a print copy, in the portal's own language, on the way back to a list.
_SHOWN_WITH = re.compile(
    r"(?:print|is_?print|in)=(?:1|true|yes)"
    r"|(?:\w+_)?(?:view_?mode|mode|view|layout|action|format|type)=print(?:er)?(?:_?friendly)?"
    r"|p_p_state=pop_up|tmpl=component"
    r"|(?:lang|language|language_?id|locale|p_l_lang|hl)=vi(?:[-_]vn)?"
    r"|(?:\w+_)?(?:redirect|back_?url|return_?url|inheritRedirect)=.*",
    re.IGNORECASE,
)
_COPY_SEGMENTS = frozenset({"pop_up", "print", "printview", "printpreview", "ban-in", "in-bai"})
_LANGUAGE_SEGMENTS = frozenset({"vi", "vi-vn", "vi_vn", "vn"})
_STATE = "/!ut/p/"  # WebSphere: what follows tells what the reader did last, and maybe what is shown
_SLUG_HYPHENS = 3  # from here on, what stands before the state names the article
_LONGEST_REPEAT = 8  # segments


@lru_cache(maxsize=1024)  # a page's own address comes by six times
def canonical_url(url: str) -> str:
    """Return the address without fragment, default port, session id and tracking parameters.

    Letters, spaces and signs that no request line holds are percent-encoded (UTF-8), as Scrapy does when it
    asks for the page. Everything else stays byte for byte, because portals have addresses that no re-encoding
    survives; of an address that cannot be split nothing else is changed, and what no database can store
    becomes U+FFFD.
    """
    url = storable(url.strip())
    try:
        scheme, host, path, query, _ = urlsplit(url)
    except ValueError:
        return url
    host = host.lower().removesuffix(_DEFAULT_PORTS.get(scheme.lower(), "\0"))
    query = "&".join(
        pair
        for pair in query.split("&")
        if not TRACKING.fullmatch(pair.partition("=")[0]) and not _SESSION.fullmatch(pair)
    )
    path = _SESSION_PATH.sub("", path) or "/"
    path = _encoded(path.replace("\\", "/"), _IN_PATH)
    return urlunsplit((scheme.lower(), host, path, _encoded(query.strip(), _IN_QUERY), "")).strip()


def _encoded(part: str, printed: str) -> str:
    return part if set(part) <= _PLAIN else quote(part, safe=printed)


def same_address(one: str, other: str) -> bool:
    """True where two addresses are one after `canonical_url`.

    With or without https, "www." and a last slash an address is the same: portals move between them.
    """
    return one == other or _bare(canonical_url(one)) == _bare(canonical_url(other))


def _bare(canonical: str) -> str:
    return canonical.partition("://")[2].removeprefix("www.").rstrip("/")


def page_identity(url: str) -> str:
    """Return what the addresses of one page have in common: the identity where no number of the portal's is.

    Without scheme and "www.", print marks, the prefix or parameter of the portal's own language, ways back,
    WebSphere's state behind a slug, and parts of the path that repeat themselves ("/web/guest/web/guest/…");
    the parameters in one order.
    """
    canonical = canonical_url(url)
    address, _, query = canonical.partition("?")
    scheme, colon, rest = address.partition("://")
    host, slash, path = (rest if colon else scheme).removeprefix("www.").partition("/")
    before, state, _ = (slash + path).partition(_STATE)
    if state and before.rpartition("/")[2].count("-") >= _SLUG_HYPHENS:
        path = before.removeprefix("/")
    segments = [segment for segment in path.split("/") if segment.lower() not in _COPY_SEGMENTS]
    if len(segments) > 1 and segments[0].lower() in _LANGUAGE_SEGMENTS:
        del segments[0]
    path = "/".join([host, *_once(segments)]).rstrip("/")
    pairs = sorted(pair for pair in query.split("&") if pair and not _SHOWN_WITH.fullmatch(pair))
    return f"{path}?{'&'.join(pairs)}" if pairs else path


def last_part(url: str) -> str:
    """Return the end of an address, which copies in other sections and languages share: slug and query."""
    path, mark, query = page_identity(url.partition(_STATE)[0]).partition("?")
    return path.rpartition("/")[2] + mark + query


def _once(segments: list[str]) -> list[str]:
    """Return a path without the parts that follow themselves; numbers may ("/11/11/": a day)."""
    kept: list[str] = []
    for segment in segments:
        kept.append(segment)
        for length in range(1, min(_LONGEST_REPEAT, len(kept) // 2) + 1):
            part = kept[-length:]
            if part == kept[-2 * length : -length] and not "".join(part).isdecimal():
                del kept[-length:]
                break
    return kept


def article_id(portal: str, asset: str, day: date) -> int:
    """Return the integer key: days since 1970-01-01 in the high bits, 24 bits of the identity's hash below.

    Sorting by it is sorting by date, and the same article gets the same key on every rebuild.
    """
    digest = hashlib.blake2b(f"{portal}\n{asset}".encode("utf-8", "surrogatepass"), digest_size=3).digest()
    return (day - date(1970, 1, 1)).days << 24 | int.from_bytes(digest, "big")


def identify(article: Article, context: Context) -> Article:
    """Return the article with canonical address, asset, id and the time it was first seen.

    A key once given stays, even when the printed date changes; an undated article takes the day of the event
    that it tells of, or else the day on which it was first seen. Where the portal tells no number, the
    address is the identity, unless the corpus has seen an article there, or one that says the same at an
    address with the same end.
    """
    article.url = canonical_url(article.url)
    portal = article.portal or urlsplit(article.url).netloc.removeprefix("www.")
    article.portal = portal
    if not article.asset:
        article.text_digest = text_digest(article)
        article.asset = context.alias(article) or page_identity(article.url)
    article.asset = storable(article.asset)
    article.last_seen = context.fetched_at
    if known := context.known(portal, article.asset):
        article.id, article.first_seen, article.revision = known.id, known.first_seen, known.revision
        return article
    first_seen = article.first_seen or context.fetched_at  # an import may tell it
    article.first_seen, article.revision = first_seen, 1
    article.id = article_id(portal, article.asset, max(_day(article, first_seen), date(1970, 1, 1)))
    return article


def _day(article: Article, first_seen: str) -> date:
    event = article.event_date or ""  # may be a month alone, or lie ahead
    if not article.date_published and len(event) >= 10 and event[:10] <= first_seen[:10]:
        return date.fromisoformat(event[:10])
    return date.fromisoformat((article.date_published or first_seen)[:10])
