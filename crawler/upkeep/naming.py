"""How a portal would be declared: whose it is and what to call it, told by its host and its home page."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from crawler.page import Page
from pipelines.provinces import key, names_of, provinces, successors
from pipelines.text import clean, exact, fold, line

_LONGEST_TITLE = 50  # characters of a title that stands in for a body
_HOME = re.compile(r"^trang chủ(?: [-–|])? *", re.IGNORECASE)
_SHORTEST_INSIDE = 6  # letters of a province's name that is looked for inside a label: "stttttuyenquang"
_TOP = {"www", "new", "tintuc", "gov", "vn", "org", "com", "net", "dcs", "localhost"}

_BODY = re.compile(
    r"(?:sở|đảng ủy|đảng bộ|tỉnh ủy|thành ủy|huyện ủy|ban (?:tuyên giáo|tổ chức|dân vận|nội chính)|văn phòng"
    r"|ủy ban nhân dân|ubnd|trung tâm|chi cục|liên đoàn lao động|tỉnh đoàn|cổng thông tin điện tử)"
    r" [^|–—\n:\-]{1,80}"
)
_PLACE = re.compile(r"\s(?:(?:của )?(?:tỉnh|thành phố|tp\.?)(?:\s.*)?)$")
_KINDS = (
    (re.compile(r"^sở thông tin"), "tttt"),
    (re.compile(r"^sở khoa học"), "khcn"),
    (re.compile(r"^đảng ủy (?:các )?khối|^đảng ủy khối"), "party-bloc"),
    (re.compile(r"^(?:tỉnh|thành) ủy|^đảng (?:bộ|ủy)|^ban "), "party"),
    (re.compile(r"(?:nhân dân|ubnd) (?:xã|phường)"), "commune"),
    (re.compile(r"(?:nhân dân|ubnd) (?:huyện|quận|thị xã|thành phố)|^huyện ủy"), "district"),
    (re.compile(r"^cổng thông tin"), "province"),
    (re.compile(r"^liên đoàn|^tỉnh đoàn"), "mass"),
    (re.compile(r"^sở "), "other-so"),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A body as hosts tell it: how the portal's name ends, the hosts' forms, body, kind (None: not told)."""

    unit: str
    hosts: tuple[str, ...]
    body: str | None
    kind: str | None


_OWN_HOSTS = {
    "gov": _Told("cong", (), "Cổng thông tin điện tử", "province"),
    "dcs": _Told("dangbo", (), "Đảng bộ tỉnh", "party"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Whose portal it is. `is_sure` is False where the body is only what the page's title says."""

    name: str
    province: str
    body: str
    kind: str
    is_sure: bool


def named(home: str, page: Page, *, province: str | None = None, name: str | None = None) -> Named | None:
    """Return what host and home page tell, None where they tell no province and none is given.

    `province` may be any spelling of a name; a name of today that is a former one too stays as it is.
    """
    found = _given(province) if province else _of_host(home) or _of_texts(page)
    if found is None:
        return None
    told = _of_body(home, found, page)
    title = _HOME.sub("", line(page.selector.xpath("string(//title)").get() or ""))
    body = told.body or title[:_LONGEST_TITLE].strip() or urlsplit(home).hostname or ""
    own = f"{key(found)}_" + (name or told.unit).removeprefix(f"{key(found)}_")
    return Named(own, found, body, told.kind or "other", told.body is not None)


def class_name(name: str) -> str:
    """Return the class's name for a portal's: hanoi_stttt → HanoiStttt."""
    return "".join(part.capitalize() for part in name.split("_"))


def file_name(province: str) -> str:
    """Return the file of a province of today: "Hà Nội" → ha_noi.py."""
    return "_".join(re.findall(r"[a-z]+", fold(province))) + ".py"


def _given(typed: str) -> str | None:
    wanted = names_of(typed)
    own = [name for name in wanted if _bare(name) == _bare(typed)]
    if own:
        return own[0]
    today = [name for name in wanted if name in provinces()]
    return next(iter(today or wanted), None)


def _bare(text: str) -> str:
    return re.sub(r"^(?:tinh|thanhpho|tp)(?=\w)", "", key(text))


def _of_host(home: str) -> str | None:
    parts = urlsplit(home)
    labels = [re.sub(r"\W|city$", "", label) for label in (parts.hostname or "").split(".")]
    for label in labels:
        if label not in _TOP and (found := _given(label)):
            return found
    keys = {_bare(name): name for name in (*provinces(), *successors())}
    inside = [
        bare
        for bare in keys
        for label in labels
        if len(bare) >= _SHORTEST_INSIDE and (label.startswith(bare) or label.endswith(bare))
    ]
    return keys[max(inside, key=len)] if inside else None


def _of_texts(page: Page) -> str | None:
    """Return the province that the page's own titles name; None for none or several."""
    names = {*provinces(), *successors()}
    for text in map(exact, _titles(page)):
        found = {
            name for name in names if re.search(rf"\b{re.escape(exact(name).removeprefix('tp. '))}\b", text)
        }
        if len(found) == 1:
            return found.pop()
    return None


def _titles(page: Page) -> list[str]:
    query = "//title/text() | //meta[@property='og:site_name']/@content | //h1//text() | //header//text()"
    footer = "//footer//text() | //*[contains(@class, 'footer') or contains(@id, 'footer')]//text()"
    texts = page.selector.xpath(query).getall()[:40] + page.selector.xpath(footer).getall()[:40]
    return [text for raw in texts if (text := line(clean(raw)))]


def _of_body(home: str, province: str, page: Page) -> _Told:
    """Return what host, path and titles tell of the body; None in what they do not tell."""
    parts = urlsplit(home)
    labels = [label for label in (parts.hostname or "").split(".") if label not in _TOP]
    labels = [rest for label in labels if (rest := _without(label, province))]
    folders = [_without(segment, province) for segment in parts.path.split("/") if segment]
    for label in [*labels, *folders]:
        if found := next((row for row in _bodies() if any(fnmatch(label, form) for form in row.hosts)), None):
            return found if found.body else replace(found, body=_printed(page))
    if not labels and not folders:  # the province's own host
        own = _OWN_HOSTS["dcs" if ".dcs." in f".{parts.hostname}." else "gov"]
        return own if (parts.hostname or "").endswith(".vn") else replace(own, body=None, kind=None)
    body = _printed(page)
    return _Told((labels or folders)[0], (), body, _kind(body) if body else None)


def _printed(page: Page) -> str | None:
    """Return the body that the page's own titles name."""
    for text in _titles(page):
        if found := _BODY.search(exact(text)):
            body = _PLACE.sub("", text[found.start() : found.end()].strip())
            return body[:1].upper() + body[1:]
    return None


def _without(label: str, province: str) -> str:
    return re.sub(r"[^a-z0-9]", "", label.lower()).replace(_bare(province), "")


@cache
def _bodies() -> tuple[_Told, ...]:
    text = (files("crawler") / "data" / "bodies.json").read_text(encoding="utf-8")
    return tuple(
        _Told(row["name"], tuple(row["hosts"]), row["body"], row["kind"])
        for row in json.loads(text)["bodies"]
    )


def _kind(body: str) -> str | None:
    return next((kind for pattern, kind in _KINDS if pattern.search(exact(body))), None)
