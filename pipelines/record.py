"""A record in JSON as an Article again: what `tinso export` wrote, or anybody with the same names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pipelines.article import FIELDS, Article

_VIETNAM = timezone(timedelta(hours=7))
_EARLIEST = "1900-01-01"
_IMAGE = ("url", "caption", "credit")
_ATTACHMENT = ("url", "name", "media_type")


class BadRecord(ValueError):
    """Raised by `article_of` for a record that is no article; its text says which name is wrong, and how."""


class Read(NamedTuple):
    """An article as its record gives it, and the names in it that no record has."""

    article: Article
    unknown: tuple[str, ...]


def article_of(record: object) -> Read:
    """Return the article that a record tells of; url, headline and article_body suffice.

    What a page says is taken over, `first_seen` and `last_seen` too. What the stages find out themselves
    (id, topic, people, cluster, …) is left to them, and `archive` names a file that is elsewhere. Times
    become +07:00; one without a zone is taken as Vietnam's.

    Raises:
        BadRecord: it is no object, or a value is not of its kind.
    """
    if not isinstance(record, Mapping):
        remedy = "; jq -c '.[]' FILE takes a list apart" if isinstance(record, list) else ""
        raise BadRecord(f"is no JSON object; write one article a line{remedy}")
    values = {}
    for name, read in _READERS.items():
        if (value := record.get(name)) is not None:
            try:
                values[name] = read(value)
            except (ValueError, OverflowError) as error:
                raise BadRecord(f"{name}: {error}") from error
    article = Article(url=values.pop("url", ""))
    for name, value in values.items():
        setattr(article, name, value)
    return Read(article, tuple(name for name in record if name not in _NAMES))


def check_times(article: Article, at: str) -> None:
    """See that a record's times can be: one in the future would head every list, and let no crawl revise.

    `at` is now (ISO 8601, +07:00). Clocks may differ by a day. Before 1900 is what programs write for no date
    (0001-01-01).

    Raises:
        BadRecord: one cannot be.
    """
    latest = (date.fromisoformat(at[:10]) + timedelta(days=1)).isoformat()
    for name in ("date_published", "first_seen", "last_seen"):
        value = getattr(article, name)
        if value and not _EARLIEST <= value[:10] <= latest:
            when = "in the future" if value[:10] > latest else f"before {_EARLIEST[:4]}"
            raise BadRecord(f"{name}: {value!r} is {when}; mend it or leave it out")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{_short(value)} is no text; put it in quotation marks")
    return value


def _address(value: object) -> str:
    text = _text(value).strip()
    try:
        parts = urlsplit(text)  # ValueError: "http://[x"
        is_address = parts.scheme.lower() in ("http", "https") and parts.hostname
        _ = parts.port  # ValueError: past 65535
    except ValueError as error:
        raise ValueError(f"{_short(value)} is no address ({error}); copy it from the browser") from error
    if not is_address:
        raise ValueError(f"{_short(value)} is no address; begin with http:// or https://")
    return text


def _day_or_moment(value: object) -> str:
    """Return a date as it is, a moment in Vietnam's time."""
    text = _text(value).strip()
    try:
        if len(text) == len("2023-05-04"):
            return date.fromisoformat(text).isoformat()
        return _moment(text)
    except (ValueError, OverflowError) as error:
        remedy = "write it as 2023-05-04 or 2023-05-04T07:30:00+07:00, or leave it out"
        raise ValueError(f"{_short(value)} is no ISO 8601 date; {remedy}") from error


def _moment(value: object) -> str:
    try:
        moment = datetime.fromisoformat(_text(value).strip())
        zoned = moment.replace(tzinfo=moment.tzinfo or _VIETNAM)
        return zoned.astimezone(_VIETNAM).isoformat(timespec="seconds")
    except (ValueError, OverflowError) as error:  # the latter: within a day of the year 1 or 9999's end
        raise ValueError(
            f"{_short(value)} is no ISO 8601 time; write it as 2023-05-04T07:30:00+07:00"
        ) from error


def _event_date(value: object) -> str:
    """Return a day, a day with an hour, or a month alone."""
    text = _text(value).strip()
    remedy = "write it as 2023-05-04 or 2023-05, or leave it out"
    try:
        if not re.fullmatch(r"\d{4}-\d{2}(-\d{2}(T\S{1,20})?)?", text):
            raise ValueError("of another form")
        date.fromisoformat(text[:10] if len(text) >= 10 else f"{text}-01")
    except ValueError as error:
        raise ValueError(f"{_short(value)} is no day or month ({error}); {remedy}") from error
    return text


def _list_of(read: Callable[[object], Any]) -> Callable[[object], list[Any]]:
    def read_list(value: object) -> list[Any]:
        if not isinstance(value, list):
            raise ValueError(f"{_short(value)} is no list; put it in brackets")
        return [read(item) for item in value]

    return read_list


def _part(names: tuple[str, ...]) -> Callable[[object], dict[str, str | None]]:
    def read_part(value: object) -> dict[str, str | None]:
        if isinstance(value, str):
            value = {"url": value}
        if not isinstance(value, Mapping) or not isinstance(value.get("url"), str):
            raise ValueError(f"{_short(value)} has no url; write {{{', '.join(names)}}}")
        return {name: None if value.get(name) is None else _text(value[name]) for name in names}

    return read_part


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


_READERS: dict[str, Callable[[object], Any]] = {
    "url": _address,
    **dict.fromkeys(
        (
            "portal", "province", "successor_province", "body", "article_section", "headline", "description",
            "article_body", "author", "photographer", "date_published_raw", "date_published_source",
            "event_date_source", "layout", "extractor_version",
        ),
        _text,
    ),
    "date_published": _day_or_moment,
    "date_modified": _day_or_moment,
    "event_date": _event_date,
    "first_seen": _moment,
    "last_seen": _moment,
    "images": _list_of(_part(_IMAGE)),
    "attachments": _list_of(_part(_ATTACHMENT)),
    "keywords": _list_of(_text),
    "quality_flags": _list_of(_text),
}  # fmt: skip
_NAMES = frozenset(FIELDS)
