"""What a crawl of the sample portals must find: the record of every article, as its text says it."""

from __future__ import annotations

from typing import Any

from crawler.sample_portals.articles import Missing, SampleArticle, load
from crawler.sample_portals.site import Site
from crawler.sample_portals.sites import ALL_SITES


def expected(host: str, revision: int = 1) -> list[dict[str, Any]]:
    """Return the records of `host`, newest first, addresses without port.

    Keys with the meaning of design §9: `url` (the one that its list links to), `headline`, `description`,
    `author`, `photographer`, `date_published` (+07:00, a day where no time is known, None where no date is
    printed), `event_date`, `is_party`, `article_section`, `attachments` (url, name), `images` (url, caption).
    Beside them: `asset` (the number in the address), `addresses` (all), `paragraphs` (of the body, lead and
    captions left out), `sections` (names, all), `repost_of` (url or None). Raises KeyError for a host that
    is no sample portal.
    """
    site = ALL_SITES[host](revision)
    return [_record(site, article) for article in site.articles if not article.missing]


def missing(host: str) -> dict[str, Missing]:
    """Return the addresses that the lists of `host` link to and that hold no article, with what they say."""
    site = ALL_SITES[host]()
    return {
        f"http://{host}{site.article_paths(article)[0]}": article.missing
        for article in site.articles
        if article.missing
    }


def _record(site: Site, article: SampleArticle) -> dict[str, Any]:
    root = f"http://{site.host}"
    names = [section.name for section in site.sections if section.key in article.sections]
    return {
        "url": root + site.article_paths(article)[0],
        "asset": str(article.id),
        "addresses": [root + path for path in site.article_paths(article)],
        "headline": article.headline,
        "description": article.lead,
        "paragraphs": article.paragraphs,
        "author": article.author,
        "photographer": article.photographer,
        "date_published": _published(article),
        "event_date": article.event,
        "is_party": article.party,
        "article_section": names[0],
        "sections": names,
        "images": [
            {"url": root + site.picture_path(article, number), "caption": caption or None}
            for number, caption in enumerate(article.captions)
        ],
        "attachments": [
            {"url": root + site.attachment_path(article, attached), "name": attached.name}
            for attached in article.attachments
        ],
        "repost_of": _origin(article),
    }


def _published(article: SampleArticle) -> str | None:
    if article.moment is None or not article.has_time:
        return article.published
    return f"{article.moment.isoformat(timespec='seconds')}+07:00"


def _origin(article: SampleArticle) -> str | None:
    if article.repost_of is None:
        return None
    host, number = article.repost_of
    source = next(other for other in load(host) if other.id == number)
    return f"http://{host}{ALL_SITES[host]().article_paths(source)[0]}"
