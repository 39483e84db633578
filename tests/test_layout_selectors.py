"""Selectors of layouts: what is looked up by name is what a search of the tree would find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement
from parsel.csstranslator import HTMLTranslator

from crawler.extraction.names import Names

NAMES = ("tin", "tin-bai", "date", "sapo")
words = st.sampled_from(NAMES)
tags = st.sampled_from(("div", "p", "span"))
attributes = st.builds(
    lambda classes, identifier: (f' class="{" ".join(classes)}"' if classes else "") + identifier,
    st.lists(words, max_size=3),
    st.sampled_from(("", ' id="tin"', ' id="main"')),
)
leaves = st.builds(lambda tag, own: f"<{tag}{own}>a</{tag}>", tags, attributes)
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda own, inside: f"<div{own}>{''.join(inside)}</div>", attributes, st.lists(inner)
    ),
    max_leaves=12,
)
compounds = st.builds(
    lambda tag, names: tag + "".join(names) or "div",
    st.sampled_from(("", "div", "p")),
    st.lists(
        st.one_of(words.map(lambda word: f".{word}"), st.sampled_from(("#tin", "#main", "#no"))), max_size=2
    ),
)
selectors = st.lists(st.lists(compounds, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=2).map(
    ", ".join
)


def searched(root: HtmlElement, css: str) -> list[HtmlElement]:
    found: list[HtmlElement] = root.xpath(HTMLTranslator().css_to_xpath(css))
    return found


@given(tree=trees, css=selectors, place=st.integers(0, 30))
def test_a_selector_finds_what_a_search_of_the_tree_finds(tree: str, css: str, place: int) -> None:
    root = html.document_fromstring(f"<body>{tree}</body>")
    regions = list(root.iter())
    region = regions[place % len(regions)]
    inside = set(region.iter())
    expected = [element for element in searched(root, css) if element in inside]
    assert Names(root).select(css, region) == expected


@pytest.mark.parametrize("css", ["p[class*=ti]", "div > .tin", ".tin:first-child", "p.tin, div[id]", "*"])
def test_a_selector_of_more_than_names_is_searched_for(css: str) -> None:
    root = html.document_fromstring('<div id="a"><p class="tin">a</p><p class="tin">b</p></div>')
    assert Names(root).select(css, root) == searched(root, css)
    assert Names(root).select(css, root)


def test_a_name_inside_another_name_is_not_that_name() -> None:
    root = html.document_fromstring('<div class="tin-bai tin_2"><p id="tin">a</p></div>')
    assert Names(root).select(".tin", root) == []
    assert [element.tag for element in Names(root).select("#tin", root)] == ["p"]
