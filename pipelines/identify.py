"""Stage 3: one article per portal and asset, whatever addresses it answers at."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from string import ascii_letters, digits
from urllib.parse import quote, urlsplit, urlunsplit

from pipelines.article import Article
from pipelines.context import Context
from pipelines.text import storable

# Parameters that say how a reader came, never what is shown.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|zalo_src|_ga|mc_[ce]id|igshid|ref_src|spm", re.IGNORECASE)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*|/\(S\(\w{24}\)\)(?=/)", re.IGNORECASE)  # Java, ASP.NET
# A short `sid` is a number of the portal's (PHP-Nuke: the story); a session's is long and random.
_SESSION = re.compile(r"(?:jsessionid|phpsessid|aspsessionid\w*)=.*|sid=[\w,-]{20,}", re.IGNORECASE)
# Besides letters and digits, what a request line holds as it is printed; "%" stands before what is encoded.
_IN_QUERY = "!$%&()*+,-./:;=?@_~"
_IN_PATH = _IN_QUERY + "'"
_PLAIN = frozenset(ascii_letters + digits + _IN_QUERY)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


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
    """True where two addresses are one after `canonical_url`; a portal that moved to https is the same."""
    return canonical_url(one).partition("://")[2] == canonical_url(other).partition("://")[2]


def article_id(portal: str, asset: str, day: date) -> int:
    """Return the integer key: days since 1970-01-01 in the high bits, 24 bits of the identity's hash below.

    Sorting by it is sorting by date, and the same article gets the same key on every rebuild.
    """
    digest = hashlib.blake2b(f"{portal}\n{asset}".encode("utf-8", "surrogatepass"), digest_size=3).digest()
    return (day - date(1970, 1, 1)).days << 24 | int.from_bytes(digest, "big")


def identify(article: Article, context: Context) -> Article:
    """Return the article with canonical address, asset, id and the time it was first seen.

    A key once given stays, even when the printed date changes; an undated article takes the day of the event
    that it tells of, or else the day on which it was first seen.
    """
    article.url = canonical_url(article.url)
    article.asset = storable(article.asset or article.url)
    portal = article.portal or urlsplit(article.url).netloc
    article.portal = portal
    article.last_seen = context.fetched_at
    if known := context.known(portal, article.asset):
        article.id, article.first_seen, article.revision = known.id, known.first_seen, known.revision
        return article
    article.first_seen, article.revision = context.fetched_at, 1
    article.id = article_id(portal, article.asset, max(_day(article, context), date(1970, 1, 1)))
    return article


def _day(article: Article, context: Context) -> date:
    event = article.event_date or ""  # may be a month alone, or lie ahead
    if not article.date_published and len(event) >= 10 and event[:10] <= context.fetched_at[:10]:
        return date.fromisoformat(event[:10])
    return date.fromisoformat((article.date_published or context.fetched_at)[:10])
