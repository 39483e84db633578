"""What portals' classes must keep to among each other; what one class alone must is checked when it loads."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urlsplit

from crawler.portal import Portal
from crawler.upkeep.naming import class_name, file_name
from pipelines.provinces import ended, key, kinds, provinces, successor

MOST_LINES = 12


def problems(portals: Iterable[type[Portal]]) -> list[str]:
    """Return every breach, each with portal, attribute and remedy; [] where all is well."""
    portals = list(portals)
    return list(chain(*map(_names, portals), *map(_life, portals), _successors(portals), _addresses(portals)))


def lines_of(portal: type[Portal]) -> int:
    """Return how many lines a portal's class takes, docstring included."""
    return len(inspect.getsource(portal).splitlines())


def _names(portal: type[Portal]) -> Iterator[str]:
    file = f"{portal.__module__.rpartition('.')[2]}.py"
    today = successor(portal.province)
    if portal.__name__ != class_name(portal.name):
        yield f"{portal.name}: the class is {portal.__name__}; call it {class_name(portal.name)}"
    if not portal.name.startswith(f"{key(portal.province)}_"):
        yield f"{portal.name}: name: begin it with {key(portal.province)}_, for {portal.province}"
    if file != file_name(today):
        yield f"{portal.name}: stands in {file}; {portal.province} is {today} now: use {file_name(today)}"
    if not (portal.__doc__ or "").strip():
        yield f"{portal.name}: has no docstring; say whose portal it is and what to beware of"
    if (lines := lines_of(portal)) > MOST_LINES:
        yield f"{portal.name}: {lines} lines; leave out what is found by evidence, {MOST_LINES} are enough"


def _life(portal: type[Portal]) -> Iterator[str]:
    has_ended = portal.state in ("frozen", "dead")
    if has_ended and not portal.valid_to:
        yield f"{portal.name}: valid_to: a {portal.state} portal says since when"
    is_merged = len(provinces()[successor(portal.province)].formed_from) > 1
    ends = (kinds()[portal.kind].ended, ended(portal.province) if is_merged else None)
    limits = [day for day in ends if day]
    if limits and (portal.state == "live" or (portal.valid_to or "") > min(limits)):
        yield f"{portal.name}: valid_to: the body ended on {min(limits)}; say so, and state"
    if portal.home_is_certain == (urlsplit(portal.home).hostname or "").endswith(".invalid"):
        yield f"{portal.name}: home: where home_is_certain = False, and only there, it is http://<name>.invalid/"


def _successors(portals: list[type[Portal]]) -> Iterator[str]:
    by_name = {portal.name: portal for portal in portals}
    for portal in portals:
        if (name := portal.successor_portal) is None:
            continue
        if name not in by_name:
            yield f"{portal.name}: successor_portal: {name!r} is no portal"
        elif successor(by_name[name].province) != successor(portal.province):
            yield f"{portal.name}: successor_portal: {name!r} is of another province"


def _addresses(portals: list[type[Portal]]) -> Iterator[str]:
    taken: dict[str, str] = {}
    for portal in portals:
        hosts = [f"http://{host}/" for host in portal.hosts]
        for address in dict.fromkeys(map(_bare, [portal.home, *hosts, *portal.section_urls().values()])):
            if (other := taken.setdefault(address, portal.name)) != portal.name:
                yield f"{portal.name}: {address} is {other}'s already; keep it in one of them"


def _bare(address: str) -> str:
    """Return an address as it is compared: without scheme, www and the slash at its end."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")
