"""ASP.NET pages that turn by sending their own form back: `__doPostBack('target','argument')`."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import islice

from crawler.discovery.contract import PageRequest
from crawler.discovery.pagers import is_calendar, number_of, says_next
from crawler.extraction.element import HtmlElement
from crawler.page import Page

_POSTBACK = re.compile(
    r"(?:__doPostBack\(|PostBackOptions\()\s*['\"]([^'\"]{1,300})['\"]\s*,\s*['\"]([^'\"]{0,300})['\"]"
)
_PAGE_ARGUMENT = re.compile(r"Page\$(\d{1,5})")
_CALENDAR = re.compile(r"calendar|lich|datepicker", re.IGNORECASE)
_MOST_PAGES = 100  # each carries the form, `__VIEWSTATE` of 100 kB and more
_MOST_MARKERS = 400
_UNSENT = frozenset({"submit", "button", "image", "reset", "file"})


@dataclass(frozen=True, slots=True)
class _Call:
    """An anchor or button that sends the form back, with what it says to the server."""

    element: HtmlElement
    target: str
    argument: str


def postback_pages(page: Page) -> list[PageRequest]:
    """Return the pages after this one that its ASP.NET pager can ask for, in order; [] where it has none.

    Each carries the whole form of this page (`__VIEWSTATE` and all), as a browser would send it.
    """
    numbered: dict[int, _Call] = {}
    forward: _Call | None = None
    for element in page.root.iter("a", "input"):
        called = _POSTBACK.search(element.get("href") or "") or _POSTBACK.search(element.get("onclick") or "")
        if called is None or _CALENDAR.search(called[1]):
            continue
        call = _Call(element, called[1], called[2])
        named = _PAGE_ARGUMENT.fullmatch(call.argument)
        number = int(named[1]) if named else number_of(element)
        if number is not None:
            numbered.setdefault(number, call)
        elif forward is None and (says_next(element) or "rgPageNext" in (element.get("class") or "")):
            forward = call
    if is_calendar(numbered):
        numbered = {}
    current = _current(numbered)
    calls = [numbered[number] for number in sorted(numbered) if number > current]
    if not calls and forward:
        calls = [forward]
    return _requests(page, calls[:_MOST_PAGES]) or _next_button(page)


def _current(numbered: dict[int, _Call]) -> int:
    """Return the number that the pager prints without a link, or else the one before its first."""
    if not numbered:
        return 0
    for number in (min(numbered), max(numbered)):
        for above, _ in zip(numbered[number].element.iterancestors(), range(3), strict=False):
            for marker in islice(above.iter("span", "b", "strong", "a", "em", "li"), _MOST_MARKERS):
                shown = number_of(marker)
                if (
                    shown
                    and shown not in numbered
                    and marker.get("href") is None
                    and _is_beside(shown, numbered)
                ):
                    return shown
    return min(numbered) - 1


def _is_beside(number: int, linked: Container[int]) -> bool:
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


def _requests(page: Page, calls: list[_Call]) -> list[PageRequest]:
    form = _form_of(calls[0].element, page) if calls else None
    if form is None:
        return []
    action = _action(form, page)
    kept = tuple(field for field in _fields(form) if field[0] not in ("__EVENTTARGET", "__EVENTARGUMENT"))
    return [
        PageRequest(action, (("__EVENTTARGET", call.target), ("__EVENTARGUMENT", call.argument), *kept))
        for call in calls
    ]


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
