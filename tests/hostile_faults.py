"""How a fault of the hostile portal is told: what a host does, and what must become of it.

A site has one list and three articles, the second of which is at fault where nothing else is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.hostile_pages import BAD, LIST, ROBOTS, article, site
from tests.hostile_portal import Answer, Site

TRIES = -1  # in the place of a number of requests: as often as a page is tried that fails in passing


Number = int | tuple[int, int]  # as many, or at least and at most


@dataclass(frozen=True)
class Fault:
    """One way to misbehave.

    `outcomes` are the numbers of URLs by outcome, over lists and articles; `asked` is how often `path`, which
    is at fault, is asked for in one run. `tls` are arguments of `Authority.context` for a host reached by
    https; `also` are further attributes of the portal's class.
    """

    name: str
    does: str
    site: Site
    outcomes: dict[str, Number]
    asked: Number
    path: str = BAD
    tls: dict[str, Any] | None = None
    also: dict[str, Any] = field(default_factory=dict)
    home: str | None = None  # where the host is reached without the proxy; {port} is the server's
    flags: tuple[str, ...] = ()  # quality flags that the article at fault must have
    slow: bool = False  # takes minutes: `make soak` alone has it

    @property
    def host(self) -> str:
        """The host that answers so."""
        return host_of(self.name)


def host_of(name: str) -> str:
    """Return the host under which a fault is reached through the proxy."""
    return f"{name.replace('_', '-')}.example"


def at_article(
    name: str, does: str, answer: bytes | Answer, outcome: str, asked: Number = 1, **more: Any
) -> Fault:
    """Return a fault of the second of three articles; the other two must be stored."""
    counts = {"new": 3} if outcome == "new" else {"new": 2, outcome: 1}
    outcomes: dict[str, Number] = {"listed": 1, **counts}
    return Fault(name, does, site(host_of(name), 3, {BAD: answer}), outcomes, asked, **more)


def at_list(
    name: str, does: str, answer: bytes | Answer, outcomes: dict[str, Number], asked: int = 1, **more: Any
) -> Fault:
    """Return a fault of the list."""
    return Fault(name, does, site(host_of(name), 3, {LIST: answer}), outcomes, asked, LIST, **more)


def at_robots(
    name: str, does: str, answer: bytes | Answer, outcomes: dict[str, Number], asked: int = 1, **more: Any
) -> Fault:
    """Return a fault of robots.txt."""
    answers = {ROBOTS: answer}
    return Fault(name, does, site(host_of(name), 3, answers), outcomes, asked, ROBOTS, **more)


def right(name: str) -> bytes:
    """Return the second article of a fault's host as it should be."""
    return article(host_of(name), 2).encode()
