"""Where a page's classes and ids stand: read in one pass, they spare each selector a search of the tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

from lxml.etree import XPath
from lxml.html import HtmlElement
from parsel.csstranslator import HTMLTranslator

_TRANSLATOR = HTMLTranslator()
_CLASSES, _IDS = XPath("descendant-or-self::*/@class"), XPath("descendant-or-self::*/@id")
_PLAIN_STEP = re.compile(r"(?P<tag>[A-Za-z][A-Za-z0-9]*)?(?P<names>(?:[.#][A-Za-z_][\w-]*)*)", re.ASCII)
_NAME = re.compile(r"[.#][^.#]+")


@dataclass(frozen=True, slots=True)
class _Step:
    """One compound of a selector: "p", ".sapo", "div.news#main"."""

    tag: str
    names: tuple[str, ...]  # with their sign

    def matches(self, element: HtmlElement) -> bool:
        return (not self.tag or element.tag == self.tag) and all(_bears(element, name) for name in self.names)


class _Values:
    """The values of an attribute in document order; most are repeated many times."""

    def __init__(self, root: HtmlElement, attribute: XPath) -> None:
        self._values = cast(list[Any], attribute(root))  # strings that know their element
        self._distinct = frozenset(self._values)

    def where(self, holds: Callable[[str], bool]) -> list[HtmlElement]:
        """Return the elements, in document order, whose value `holds`."""
        chosen = frozenset(filter(holds, self._distinct))
        return [value.getparent() for value in self._values if value in chosen] if chosen else []


class Names:
    """The classes and ids of a tree."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._bearers: dict[str, list[HtmlElement]] = {}

    @cached_property
    def _classes(self) -> _Values:
        return _Values(self._root, _CLASSES)

    @cached_property
    def _ids(self) -> _Values:
        return _Values(self._root, _IDS)

    def bearers(self, name: str) -> list[HtmlElement]:
        """Return the elements that bear `name` (".class", "#id"), in document order."""
        if name not in self._bearers:
            bare = name[1:]
            self._bearers[name] = (
                self._ids.where(lambda value: value == bare)
                if name[0] == "#"
                else self._classes.where(lambda value: bare in value and bare in value.split())
            )
        return self._bearers[name]

    def select(self, region: HtmlElement, css: str) -> list[HtmlElement]:
        """Return the elements in `region`, or it itself, that a CSS selector matches, in document order."""
        alternatives = _steps(css)
        if alternatives is None:
            return _search(region, css)
        possible = [steps for steps in alternatives if self._may_match(steps)]
        if len(possible) > 1 or not all(steps[-1].names for steps in possible):
            return _search(region, css)
        return [
            element
            for steps in possible
            for element in self.bearers(steps[-1].names[0])
            if steps[-1].matches(element) and self._stands_in(region, element, steps[:-1])
        ]

    def _may_match(self, steps: tuple[_Step, ...]) -> bool:
        return all(self.bearers(name) for step in steps for name in step.names)

    def _stands_in(self, region: HtmlElement, element: HtmlElement, above: tuple[_Step, ...]) -> bool:
        """True where `element` is in `region`, and below elements of it that match the steps `above` it."""
        if not above and (region is self._root or region is element):
            return True
        missing = list(above)
        for around in element.iterancestors() if element is not region else ():
            if missing and missing[-1].matches(around):
                missing.pop()
            if around is region:
                return not missing
        return False


def _search(region: HtmlElement, css: str) -> list[HtmlElement]:
    return cast(list[HtmlElement], _xpath(css)(region))


@lru_cache(maxsize=1024)
def _xpath(css: str) -> XPath:
    return XPath(_TRANSLATOR.css_to_xpath(css))


@lru_cache(maxsize=1024)
def _steps(css: str) -> tuple[tuple[_Step, ...], ...] | None:
    """Return a selector's alternatives as steps, outermost first; None where it holds more than names."""
    alternatives = []
    for alternative in css.split(","):
        found = [_PLAIN_STEP.fullmatch(step) for step in alternative.split()]
        if not found or not all(found):
            return None
        alternatives.append(
            tuple(
                _Step((step["tag"] or "").lower(), tuple(_NAME.findall(step["names"])))
                for step in found
                if step
            )
        )
    return tuple(alternatives)


def _bears(element: HtmlElement, name: str) -> bool:
    if name[0] == "#":
        return element.get("id") == name[1:]
    return name[1:] in element.get("class", "").split()
