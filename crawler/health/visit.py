"""What one crawl saw of a portal, as far as its health is told from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class ListTry:
    """How the first page of a section's list was found.

    `outcome` is one of `pipelines.outcomes`, `reason` what the ledger wrote beside it. `rows` counts the
    article links (None: the page was not read, or had not changed); `newest` is the newest day among their
    stamps (ISO 8601).
    """

    name: str
    outcome: str
    rows: int | None = None
    newest: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One portal in one run; `at` is when its crawl ended (ISO 8601, +07:00).

    `lists`: by a section's address, None where it was not asked for this time. `fresh`: outcome → number of
    article pages that this visit found. `stored`: articles new to the corpus, of which `dated` have a day of
    publication, `with_text` a body, `by_layout` were read by a declared layout.
    """

    portal: str
    at: str
    lists: Mapping[str, ListTry | None] = field(default_factory=dict)
    fresh: Mapping[str, int] = field(default_factory=dict)
    stored: int = 0
    dated: int = 0
    with_text: int = 0
    by_layout: int = 0

    @property
    def tries(self) -> dict[str, ListTry]:
        """The lists that were asked for."""
        return {url: tried for url, tried in self.lists.items() if tried}

    def to_json(self) -> str:
        """Return everything but portal and time as JSON."""
        content = asdict(self)
        del content["portal"], content["at"]
        return json.dumps(content, ensure_ascii=False)

    @classmethod
    def from_json(cls, portal: str, at: str, text: str) -> Visit:
        """Return the visit that `to_json` wrote."""
        content = json.loads(text)
        lists = {url: tried and ListTry(**tried) for url, tried in content.pop("lists").items()}
        return cls(portal, at, lists, **content)
