"""One URL of a portal that is to be fetched, with what is already known of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, urldefrag, urlencode

from crawler.discovery.contract import PageRequest
from crawler.posted import form_digest

Kind = Literal["list", "article"]


@dataclass(frozen=True, slots=True)
class Target:
    """A row of the frontier.

    `headline` and `stamp` are what the list printed beside the link: the best second witness of both.
    `born` is from when its readings again are counted: when it was published, or first seen.
    `record` is the number of the archived response where the page was fetched but not yet read. `form` is
    the body of a POST; the digest of it stands as fragment in `url`, so that addresses stay apart.
    """

    portal: str
    url: str
    kind: Kind
    section: str | None = None
    asset: str | None = None
    headline: str | None = None
    stamp: str | None = None
    form: str | None = None
    record: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    born: str | None = None

    @classmethod
    def for_list(cls, portal: str, request: PageRequest, section: str | None) -> Target:
        """Return the target of a list page."""
        if request.form is None:
            return cls(portal, request.url, "list", section)
        form = urlencode(request.form)
        return cls(portal, f"{request.url}#{form_digest(form)}", "list", section, form=form)

    @property
    def request(self) -> PageRequest:
        """The list page as it was asked for."""
        if self.form is None:
            return PageRequest(self.url)
        return PageRequest(urldefrag(self.url).url, tuple(parse_qsl(self.form, keep_blank_values=True)))

    @property
    def form_as_json(self) -> str:
        """The body of a POST for a server that refuses forms: the same fields as a JSON object."""
        return json.dumps(dict(parse_qsl(self.form or "", keep_blank_values=True)), ensure_ascii=False)


class Leg(NamedTuple):
    """A list page's place in the walk over its list.

    `section_url` is the address of the list's first page, `rest` are the pages that are known to follow this
    one, and `resumed` tells that the walk goes on from where an earlier run ended.
    """

    section_url: str = ""
    rest: Sequence[PageRequest] = ()
    resumed: bool = False


def asked_with(target: Target, leg: Leg | None = None, *, as_json: bool = False) -> dict[str, Any]:
    """Return the `meta` of a page's request: what it is made with, nothing of an answer."""
    return {"target": target, "leg": leg or Leg(), "as_json": as_json}
