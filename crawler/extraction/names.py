"""Where a page's classes and ids stand: read in one pass, they spare each selector a search of the tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import repeat
from typing import NamedTuple, cast

from lxml.etree import XPath
from parsel.csstranslator import HTMLTranslator

from crawler.extraction.element import HtmlElement

_TRANSLATOR = HTMLTranslator()
_PLAIN_STEP = re.compile(r"(?P<tag>[A-Za-z][A-Za-z0-9]*)?(?P<names>(?:[.#][A-Za-z_][\w-]*)*)", re.ASCII)
_NAME = re.compile(r"[.#][^.#]+")


class _Step(NamedTuple):
    """One compound of a selector: "p", ".sapo", "div.news#main"."""

    tag: str
    names: tuple[str, ...]  # with their sign

    def matches(self, element: HtmlElement) -> bool:
        return (not self.tag or element.tag == self.tag) and all(map(_bears, repeat(element), self.names))


class Names:
    """The classes and ids of a tree; what a selector matches is looked up once."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._bearers: dict[str, list[HtmlElement]] = {}
        self._matches: dict[str, list[HtmlElement]] = {}

    def select(self, css: str, region: HtmlElement) -> list[HtmlElement]:
        """Return the elements in `region`, or it itself, that a CSS selector matches, in document order."""
        if css not in self._matches:
            self._matches[css] = self._find(css)
        return [
            element
            for element in self._matches[css]
            if region is self._root or element is region or region in element.iterancestors()
        ]

    @cached_property
    def _classes(self) -> list[tuple[str, HtmlElement]]:
        return _values_of("class", self._root)

    @cached_property
    def _ids(self) -> list[tuple[str, HtmlElement]]:
        return _values_of("id", self._root)

    def _find(self, css: str) -> list[HtmlElement]:
        alternatives = _steps(css)
        if alternatives is not None:
            found = [matches for steps in alternatives if (matches := self._match(steps))]
            if len(found) <= 1:
                return found[0] if found else []
        return cast(list[HtmlElement], _xpath(css)(self._root))

    def _match(self, steps: tuple[_Step, ...]) -> list[HtmlElement]:
        *above, (tag, names) = steps
        found = self._bearing(names[0]) if names else list(self._root.iter(tag))
        if tag or len(names) > 1:
            found = [element for element in found if steps[-1].matches(element)]
        return [element for element in found if _lies_below(above, element)] if above else found

    def _bearing(self, name: str) -> list[HtmlElement]:
        """Return the elements that bear `name` (".class", "#id"), in document order."""
        if name not in self._bearers:
            values, word = self._ids if name[0] == "#" else self._classes, name[1:]
            self._bearers[name] = [
                element for value, element in values if word in value and _bears(element, name)
            ]
        return self._bearers[name]


def _values_of(attribute: str, root: HtmlElement) -> list[tuple[str, HtmlElement]]:
    return [(value, element) for element in root.iter() if (value := element.get(attribute))]


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


def _lies_below(steps: Sequence[_Step], element: HtmlElement) -> bool:
    """True where ancestors of `element` match the steps, outermost first."""
    missing = list(steps)
    for around in element.iterancestors():
        if missing[-1].matches(around):
            missing.pop()
            if not missing:
                return True
    return False


def _bears(element: HtmlElement, name: str) -> bool:
    if name[0] == "#":
        return element.get("id") == name[1:]
    return name[1:] in element.get("class", "").split()
