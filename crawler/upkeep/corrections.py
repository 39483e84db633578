"""What a check says about a portal's class: lines to correct, and what is worth knowing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from crawler.discovery.addresses import article_pattern, site_of
from crawler.platforms import platforms
from crawler.upkeep.check import Check, ListChecked
from pipelines.article import Article

_OWN_MARKS = 0.4  # score of the declared platform from which it is believed
_OTHER_MARKS = 0.7  # score of another one from which it is proposed instead
_PARTY = 0.3  # share of Party news in the rows from which a section counts as one that carries it
_QUIET = 365  # days without an article after which a portal looks frozen
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](?:19|20)\d{2}(?!\d)")

# The share of articles that have a field, on portals that are read rightly: headline, body and date stand on
# all, two of five Party articles of the recorded Hà Nội portal have a lead, bylines are the rule (portals.md
# §2.6). Pages of these platforms may print no date at all, or in their lists alone.
_NORMAL = {"headline": 1.0, "article_body": 1.0, "date_published": 1.0, "description": 0.4, "author": 0.5}
_UNDATED = {"sharepoint", "aspnet", "contrast_bar", "numeric_path"}
_ENOUGH = 0.8  # of what is normal


def normal(platform: str) -> dict[str, float]:
    """Return field → share of a platform's articles that normally have it, 0..1."""
    return _NORMAL | ({"date_published": 0.0} if platform in _UNDATED else {})


def below_normal(report: Check) -> dict[str, tuple[int, float]]:
    """Return field → (articles that have it, share that normally have it), for fields that fall short."""
    coverage, articles = report.coverage(), report.read
    with_text = sum(bool(article.article_body or article.attachments) for article in articles)
    coverage["article_body"] = max(coverage["article_body"], with_text)
    return {
        name: (coverage[name], share)
        for name, share in normal(report.portal.platform).items()
        if articles and coverage[name] < share * _ENOUGH * len(articles)
    }


def corrections(report: Check) -> list[str]:
    """Return the lines that the portal's class needs, each with its reason behind `#`; [] for none."""
    if not report.is_reached:
        return []
    return [*_connection(report), *_platform(report), *_sections(report), *_dates(report), *_fields(report)]


def notes(report: Check) -> list[str]:
    """Return what is worth knowing and needs no correction."""
    return list(_notes(report))


def _connection(report: Check) -> Iterator[str]:
    portal, connection = report.portal, report.connection
    if connection and connection.tls and connection.needs != portal.tls:
        if connection.needs == "modern":
            yield f'tls = "modern"  # {connection.tls} with a valid certificate; drop tls_note too'
        else:
            yield f'tls = "{connection.needs}"'
            yield f'tls_note = "{report.checked_on}: {connection.problem}"'
    if report.home_url and not portal.owns(report.home_url):
        yield f'home = "{report.home_url}"  # {portal.home} leads there'


def _platform(report: Check) -> Iterator[str]:
    portal, scores = report.portal, dict(report.detected)
    if not portal.province or scores.get(portal.platform, 0.0) >= _OWN_MARKS:  # nobody's class: no base
        return
    bases = {base.platform: base for base in platforms()}
    best = next((name for name, score in report.detected if score >= _OTHER_MARKS and name in bases), None)
    if best and best != portal.platform:
        yield (
            f"class {portal.__name__}({bases[best].__name__}):"
            f"  # the pages bear the marks of {best} ({scores[best]:.2f}), not of {portal.platform}"
        )


def _sections(report: Check) -> Iterator[str]:
    for found in report.lists:
        yield from _list(report, found)
    if report.lists and not any(found.rows and found.party_share >= _PARTY for found in report.lists):
        for other in report.others:
            if other.rows and other.party_share >= _PARTY:
                yield (
                    f'sections: add "{other.name}": "{_relative(report, other.url)}"'
                    f"  # {other.party_share:.0%} Party news in {len(other.rows)} rows"
                )
    if not any(found.rows for found in report.lists) and not (report.portal.countable and report.read):
        yield "sections = {…}  # no list was read: 'tinso discover' shows what the home page leads to"


def _list(report: Check, found: ListChecked) -> Iterator[str]:
    portal = report.portal
    if found.problem:
        yield f'sections: replace or drop "{found.name}"  # {found.url}: {found.problem}'
    elif found.rows:
        return
    elif not found.by_evidence:
        yield f'sections: replace or drop "{found.name}"  # {found.url} holds no list of articles'
    elif portal.article_path and not any(portal.asset_of(row.url) for row in found.by_evidence):
        pattern = article_pattern([row.url for row in found.by_evidence], found.url)
        yield (
            f"article_path = {_raw(pattern)}"
            f"  # {found.name!r} leads to {len(found.by_evidence)} addresses like {found.by_evidence[0].url}"
        )
    else:
        rows = len(found.by_evidence)
        yield f"row = None  # {portal.row!r} finds nothing at {found.url}, evidence {rows} rows"


def _raw(pattern: str | None) -> str:
    return "None" if pattern is None else f'r"{pattern}"'


def _relative(report: Check, url: str) -> str:
    home = report.portal.home
    return url.removeprefix(home if home.endswith("/") else f"{home}/")


def _dates(report: Check) -> Iterator[str]:
    """Yield the order of day and month, where a number above 12 tells the other one."""
    printed = [row.stamp or "" for found in report.lists for row in found.rows]
    printed += [article.date_published_raw or "" for article in report.read]
    numbers = [(int(one), int(two), text) for text in printed for one, two in _NUMERIC_DATE.findall(text)]
    months_first = [text for one, two, text in numbers if two > 12 >= one]
    days_first = [text for one, two, text in numbers if one > 12 >= two]
    told = "MDY" if months_first and not days_first else "DMY" if days_first and not months_first else None
    if told and told != report.portal.date_order:
        yield f'date_order = "{told}"  # {(months_first or days_first)[0]!r} is printed'


def _fields(report: Check) -> Iterator[str]:
    read, tried = len(report.read), len(report.articles)
    is_listed = any(found.rows for found in report.lists)  # numbers that are counted may hold nothing
    if tried and (not read or (is_listed and read * 2 < tried)):
        yield f"article_path or layouts: {tried - read} of {tried} pages give no article"
    for name, (filled, _) in below_normal(report).items():
        if name in ("headline", "article_body", "date_published"):
            url = next(article.url for article in report.read if not getattr(article, name))
            yield f"layouts: {name} on {filled} of {read} articles  # see: tinso extract --explain {url}"


def _has_layout(article: Article) -> bool:
    return article.layout not in (None, "generic")


def _notes(report: Check) -> Iterator[str]:
    portal = report.portal
    for checked in report.articles:
        if checked.problem:
            yield f"{checked.url} gives no article: {checked.problem}"
    if portal.province and portal.layouts and report.read and not any(map(_has_layout, report.read)):
        yield f"no layout of {portal.platform} matches the pages: they are read by evidence alone"
    if report.is_reached and not portal.province:
        yield f"nobody has declared it; 'tinso new {portal.home}' writes its class"
    if report.home_url and urlsplit(report.home_url).scheme != urlsplit(portal.home).scheme:
        yield f"{portal.home} leads to {report.home_url}; naming that as home spares a request"
    if portal.province:
        for found in report.others:
            if found.rows and found.party_share >= _PARTY:
                yield f"{found.name} carries Party news too and is not declared: {found.url}"
    off_site = sorted(
        {site_of(row.url) for found in report.lists for row in found.rows if not portal.owns(row.url)}
    )
    if off_site:
        yield f"lists lead to other hosts too: {', '.join(off_site)} (if its own: `hosts`)"
    days = [article.date_published[:10] for article in report.read if article.date_published]
    if days and portal.state == "live" and report.checked_on:
        age = (date.fromisoformat(report.checked_on) - date.fromisoformat(max(days))).days
        if age > _QUIET:
            yield f'the newest article read is of {max(days)}: state = "frozen"?'
    if portal.state == "dead" and report.is_reached:
        yield 'declared "dead", but it answers'
