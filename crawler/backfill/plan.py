"""Which captures are had, and in what order: few requests that give every article and its revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from crawler.backfill.book import Held
from crawler.backfill.found import moment

LIST_GAP = timedelta(days=7)  # captures of one list page that lie closer lead to the same articles


def lists_to_have(captures: Sequence[Held]) -> list[Held]:
    """Return the captures of a list page that are worth having, in the order of time.

    `captures` are in the order of time; what lies within a week of one that is had or chosen is left out.
    """
    chosen = [one for one in captures if one.is_had]
    for one in [one for one in captures if one.state == "waiting"]:
        taken = moment(one.found.timestamp)
        if all(abs(taken - moment(other.found.timestamp)) >= LIST_GAP for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.found.timestamp)


def versions(captures: Sequence[Held]) -> list[Held]:
    """Return the captures of an article's page that may differ, in the order of time.

    Left out are those that their archive did not give, those whose index says that they are the same as the
    one before, truncated ones where there are whole ones, and those older than one that is had: they would
    revise nothing.
    """
    there = [one for one in captures if one.is_had or one.state != "done"]
    whole = [one for one in there if not one.found.truncated] or there
    kept: list[Held] = []
    for one in whole:
        digest = one.found.digest
        if one.is_had or not kept or not digest or digest != kept[-1].found.digest:
            kept.append(one)
    last = max((number for number, one in enumerate(kept) if one.is_had), default=-1)
    return [one for number, one in enumerate(kept) if one.is_had or number > last]


class Order(NamedTuple):
    """Captures in the order in which to have them; `copies` of articles only where nothing else gave them."""

    main: list[Held]
    copies: list[Held]


def article_order(articles: Iterable[Sequence[Sequence[Held]]]) -> Order:
    """Return the captures to have, of articles given as the captures of each of their addresses.

    An article's main address is the first, if it has captures at all, else the one with the most. Every
    article comes once before any comes twice, so that a run that is cut short has the most; captures of one
    page follow each other in time, so that their differences are revisions.
    """
    main: list[tuple[int, str, str, Held]] = []
    copies: list[Held] = []
    for addresses in articles:
        first, *others = map(versions, addresses)
        others.sort(key=_worth)
        if not first and others:
            first, *others = others
        main += [(rank, one.found.timestamp, one.found.url, one) for rank, one in enumerate(first)]
        copies += [other[0] for other in others if other]
    main.sort(key=lambda item: item[:3])
    copies.sort(key=lambda one: (one.found.timestamp, one.found.url))
    return Order(
        [held for *_, held in main if held.state != "done"], [one for one in copies if one.state != "done"]
    )


def _worth(captures: Sequence[Held]) -> tuple[bool, int, str]:
    """Sort first the address that is had already, then the one captured most, then the shortest."""
    is_had = any(one.is_had for one in captures)
    url = captures[0].found.url if captures else ""
    return not is_had, -len(captures), f"{len(url):05}{url}"
