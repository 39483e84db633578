"""ASP.NET pages that turn by sending their own form back: `__doPostBack('target','argument')`."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.discovery.contract import PageRequest
from crawler.discovery.pagers import is_calendar, number_of, says_next
from crawler.page import Page

_POSTBACK = re.compile(
    r"(?:__doPostBack\(|PostBackOptions\()\s*['\"]([^'\"]{1,300})['\"]\s*,\s*['\"]([^'\"]{0,300})['\"]"
)
_PAGE_ARGUMENT = re.compile(r"Page\$(\d{1,5})")
_CALENDAR = re.compile(r"calendar|lich|datepicker", re.IGNORECASE)
_UNSENT = frozenset({"submit", "button", "image", "reset", "file"})


def postback_pages(page: Page) -> list[PageRequest]:
    """Return the pages after this one that its ASP.NET pager can ask for, in order; [] where it has none.

    Each carries the whole form of this page (`__VIEWSTATE` and all), as a browser would send it.
    """
    numbered: dict[int, tuple[HtmlElement, str, str]] = {}
    forward: tuple[HtmlElement, str, str] | None = None
    for anchor in page.root.iter("a", "input"):
        called = _POSTBACK.search(anchor.get("href") or "") or _POSTBACK.search(anchor.get("onclick") or "")
        if called is None or _CALENDAR.search(called[1]):
            continue
        named = _PAGE_ARGUMENT.fullmatch(called[2])
        number = int(named[1]) if named else number_of(anchor)
        if number is not None:
            numbered.setdefault(number, (anchor, called[1], called[2]))
        elif says_next(anchor) or "rgPageNext" in (anchor.get("class") or ""):
            forward = forward or (anchor, called[1], called[2])
    if is_calendar(numbered):
        numbered = {}
    current = _current(numbered)
    turns = [numbered[number] for number in sorted(numbered) if number > current]
    if not turns and forward:
        turns = [forward]
    return [request for turn in turns if (request := _request(page, *turn))] or _next_button(page)


def _current(numbered: dict[int, tuple[HtmlElement, str, str]]) -> int:
    """Return the number that the pager prints without a link; 1 where there is none."""
    linked = set(numbered)
    for number in sorted(numbered):
        anchor = numbered[number][0]
        for above, _ in zip(anchor.iterancestors(), range(3), strict=False):
            for marker in above.iter("span", "b", "strong", "a", "em", "li"):
                shown = number_of(marker)
                if shown and shown not in linked and marker.get("href") is None and _is_beside(shown, linked):
                    return shown
    return min(linked) - 1 if linked else 0


def _is_beside(number: int, linked: set[int]) -> bool:
    return number - 1 in linked or number + 1 in linked


def _next_button(page: Page) -> list[PageRequest]:
    """Telerik's grid turns by a submit button (`rgPageNext`) with a name and no script."""
    for button in page.root.iter("input"):
        name, script = button.get("name"), button.get("onclick") or ""
        if name and "rgPageNext" in (button.get("class") or "") and "return false" not in script:
            form = _form_of(button, page)
            if form is not None:
                return [PageRequest(_action(form, page), (*_fields(form), (name, button.get("value") or "")))]
    return []


def _request(page: Page, anchor: HtmlElement, target: str, argument: str) -> PageRequest | None:
    form = _form_of(anchor, page)
    if form is None:
        return None
    sent = [
        (name, value) for name, value in _fields(form) if name not in ("__EVENTTARGET", "__EVENTARGUMENT")
    ]
    return PageRequest(_action(form, page), (("__EVENTTARGET", target), ("__EVENTARGUMENT", argument), *sent))


def _form_of(element: HtmlElement, page: Page) -> HtmlElement | None:
    around = next(element.iterancestors("form"), None)
    return around if around is not None else next(page.root.iter("form"), None)


def _action(form: HtmlElement, page: Page) -> str:
    return page.absolute(form.get("action") or page.url)


def _fields(form: HtmlElement) -> list[tuple[str, str]]:
    """Return what a browser would send of the form without pressing a button."""
    fields = []
    for field in form.iter("input", "select", "textarea"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if not name or kind in _UNSENT or field.get("disabled") is not None:
            continue
        if kind in ("checkbox", "radio"):
            if field.get("checked") is not None:
                fields.append((name, field.get("value") or "on"))
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = next((option for option in options if option.get("selected") is not None), None)
            if chosen is None and options:
                chosen = options[0]
            if chosen is not None:
                fields.append((name, chosen.get("value") or (chosen.text or "").strip()))
        else:
            fields.append((name, field.text or "" if field.tag == "textarea" else field.get("value") or ""))
    return fields
