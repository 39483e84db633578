"""Stage 3: one article per portal and asset, whatever addresses it answers at."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import lru_cache
from string import ascii_letters, digits
from unicodedata import normalize
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

from pipelines.article import Article
from pipelines.context import Context
from pipelines.digest import text_digest
from pipelines.text import storable

# Parameters that say how a reader came, never what is shown.
TRACKING = re.compile(
    r"utm_\w+|fbclid|fb_action_\w+|fb_comment_id|mibextid|gclid|gclsrc|gad_\w+|srsltid|dclid|[gw]braid|msclkid"
    r"|ys?clid|ttclid|twclid|gidzl|zarsrc|zalo_src|_ga|_gl|mc_[ce]id|igshid|igsh|ref_src|spm|_hs(?:enc|mi)"
    r"|_x_tr_\w+|__cf_chl_\w+",
    re.IGNORECASE,
)
# Java, ASP.NET; the latter alone or beside other such marks ("/(X(1)S(lit3…))/").
_SESSION_PATH = re.compile(
    r";jsessionid=[^/?#]*|/\((?:[A-Z]\([\w-]{1,200}\)){0,3}S\(\w{24}\)\)(?=/)", re.IGNORECASE
)
# A short `sid` is a number of the portal's (PHP-Nuke: the story); a session's is long and random.
_SESSION = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken|p_auth|p_p_auth)=.*|sid=[\w,-]{20,}", re.IGNORECASE
)
# Besides letters and digits, what a request line holds as it is printed; "%" stands before what is encoded.
_IN_QUERY = "!$%&()*+,-./:;=?@_~"
_IN_PATH = _IN_QUERY + "'"
_PLAIN = frozenset(ascii_letters + digits + _IN_QUERY)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}

# What one page is shown with: as a print copy, in the portal's own language, from its first part on, in a
# portlet's window, with a form for comments, on the way back to a list; and a parameter without value.
_SHOWN_WITH = re.compile(
    r"(?:print|is_?print|print_?mode|in|IsDlg|amp|preview)=(?:1|true|yes)"
    r"|(?:\w+_)?(?:view_?mode|mode|view|layout|action|format|type)=print(?:er)?(?:_?friendly)?"
    r"|p_p_(?:state|mode|lifecycle|col_id|col_pos|col_count)=.*|tmpl=component"
    r"|(?:lang|language|language_?id|locale|p_l_lang|hl|l|culture)=(?:vi(?:[-_]vn)?|vn)"
    r"|page(?:_?(?:index|no|num(?:ber)?))?=[01]|replytocom=\d+|share=[a-z]+|nb=1"
    r"|(?:\w+_)?(?:redirect|back_?url|return_?url|inheritRedirect|destination)=.*|source=(?:/|https?:|%2F).*"
    r"|[^=]*=",
    re.IGNORECASE,
)
# Joomla: menu and section by which a reader came; behind an article's number stands its slug, or none.
_JOOMLA = re.compile(r"option=com_\w+")
_JOOMLA_WAY = re.compile(r"(?:Itemid|catid)=.*")
_JOOMLA_SLUG = re.compile(r"(?<=^id=)(\d+):.*")
_COPY_SEGMENTS = frozenset({"pop_up", "print", "printview", "printpreview", "ban-in", "in-bai", "amp"})
_LANGUAGE_SEGMENTS = frozenset({"vi", "vi-vn", "vi_vn", "vn"})
_INDEX_SEGMENTS = frozenset({
    "index.php", "index.html", "index.htm", "index.aspx", "index.jsp", "default.aspx", "default.asp",
})  # fmt: skip
_GUEST = ["web", "guest"]  # Liferay: the site that a host without a site in its path shows
# Windows knows no case: neither in the path of a page nor in the names of its parameters.
_CASELESS = re.compile(r"\.(?:aspx?|ashx)(?:/|$)", re.IGNORECASE)
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_TWICE_ENCODED = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
_MEANT_ALIKE = frozenset(ascii_letters + digits + "-._~!$'()*,:@")  # encoded or not
# WebSphere: what follows tells what the reader did last, and maybe what is shown.
_STATE = re.compile(r"/(?:!|%21)ut/p/")
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
    host = host.lower().removesuffix(_DEFAULT_PORTS.get(scheme.lower(), "\0")).rstrip(".")
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
    """True where two addresses are one, but for how they are spelt.

    With or without https, "www." and a last slash an address is the same: portals move between them.
    """
    return one == other or _spelt(canonical_url(one)) == _spelt(canonical_url(other))


def _spelt(canonical: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the host, the segments of the path and the parameters that all spellings of an address share."""
    address, _, query = canonical.partition("?")
    scheme, colon, rest = address.partition("://")
    host, _, path = (rest if colon else scheme).removeprefix("www.").partition("/")
    path, query = _decoded(path), _decoded(query).replace("%20", "+")
    pairs = [pair.removeprefix("amp;") for pair in query.split("&") if pair]
    if _CASELESS.search(path):
        path = path.lower()
        pairs = [name.lower() + mark + value for name, mark, value in (pair.partition("=") for pair in pairs)]
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", ".") and segment.lower() not in _INDEX_SEGMENTS:
            segments.append(segment)
    return host, tuple(segments), tuple(sorted(pairs))


def _decoded(part: str) -> str:
    """Return a part of an address with each letter as it is read, however it was encoded, composed or not."""
    if "%" not in part:
        return part
    return normalize("NFC", _ENCODED.sub(_letters, _TWICE_ENCODED.sub("%", part)))


def _letters(encoded: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(encoded[0]).decode()
    except UnicodeDecodeError:  # of an older encoding
        return encoded[0].upper()
    return "".join(
        letter if letter in _MEANT_ALIKE or letter > "\x9f" else quote(letter, safe="") for letter in text
    )


def page_identity(url: str) -> str:
    """Return what the addresses of one page have in common: the identity where no number of the portal's is.

    Spelt in one way, without scheme and "www.", print marks, the prefix or parameter of the portal's own
    language, ways back, WebSphere's state behind a slug, and parts of the path that repeat themselves
    ("/web/guest/web/guest/…"); the parameters in one order.
    """
    host, segments, pairs = _spelt(_without_state(canonical_url(url)))
    shown = [segment for segment in segments if segment.lower() not in _COPY_SEGMENTS]
    path = "/".join([host, *_without_prefix(_once(shown))])
    if any(map(_JOOMLA.fullmatch, pairs)):
        pairs = tuple(_JOOMLA_SLUG.sub(r"\1", pair) for pair in pairs if not _JOOMLA_WAY.fullmatch(pair))
    query = "&".join(pair for pair in pairs if not _SHOWN_WITH.fullmatch(pair))
    return f"{path}?{query}" if query else path


def last_part(url: str) -> str:
    """Return the end of an address, which copies in other sections and languages share: slug and query."""
    path, mark, query = page_identity(_STATE.split(url, maxsplit=1)[0]).partition("?")
    return path.rpartition("/")[2] + mark + query


def _without_state(url: str) -> str:
    """Return an address without WebSphere's state, where the slug before it names the article."""
    state = _STATE.search(url)
    if not state or url[: state.start()].rpartition("/")[2].count("-") < _SLUG_HYPHENS:
        return url
    return url[: state.start()] + "".join(url[state.end() :].partition("?")[1:])


def _without_prefix(segments: list[str]) -> list[str]:
    """Return a path without the segments before it that name the portal's own language, or its only site."""
    while len(segments) > 1:
        if segments[0].lower() in _LANGUAGE_SEGMENTS:
            segments = segments[1:]
        elif segments[:2] == _GUEST:
            segments = segments[2:]
        else:
            break
    return segments


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
