"""Kinds of activity as a facet and a filter of the articles: they stand in a table of their own.

`?_activity=dai_hoi&_activity=an_sinh` are the articles of both kinds, in pages, JSON and CSV alike.
"""

from __future__ import annotations

from typing import Any

from datasette import Request
from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.filters import FilterArguments
from datasette.utils import path_with_replaced_args

ARGUMENT = "_activity"
_TABLE = "articles"


def narrowed(request: Request, table: str) -> FilterArguments:
    """Return the condition for the kinds that an address asks for; none for other tables."""
    kinds = request.args.getlist(ARGUMENT) if table == _TABLE else []
    return FilterArguments(
        [f"id IN (SELECT article FROM activities WHERE kind = :activity_{n})" for n in range(len(kinds))],
        {f"activity_{n}": kind for n, kind in enumerate(kinds)},
    )


def toggled(request: Request, kind: str) -> str:
    """Return the address that asks for a kind too, or no longer; from the first page on."""
    chosen = request.args.getlist(ARGUMENT)
    rest = [other for other in chosen if other != kind] if kind in chosen else [*chosen, kind]
    pairs = [(ARGUMENT, other) for other in rest] or [(ARGUMENT, None)]
    return str(path_with_replaced_args(request, [*pairs, ("_next", None)]))


class ActivityFacet(Facet):
    """How many of the articles found are of each kind."""

    type = "activity"

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the facet, or its name under those that took too long."""
        if self.table != _TABLE or not self.get_configs():
            return [], []
        # All articles need no look at each: a million take a second then.
        found = f" JOIN (SELECT id FROM ({self.sql})) ON id = article" if " where " in self.sql else ""
        try:
            rows = await self.ds.execute(
                self.database,
                f"SELECT kind, count(*) FROM activities{found} GROUP BY kind ORDER BY 2 DESC, 1",
                self.params,
                truncate=False,
                custom_time_limit=self.ds.setting("facet_time_limit_ms"),
            )
        except QueryInterrupted:
            return [], [self.type]
        chosen = self.request.args.getlist(ARGUMENT)
        facet = {
            "name": self.type,
            "type": self.type,
            "hideable": False,
            "toggle_url": None,
            "results": [self._value(kind, count, kind in chosen) for kind, count in rows.rows],
            "truncated": False,
        }
        return [facet], []

    def _value(self, kind: str, count: int, selected: bool) -> dict[str, Any]:
        return {
            "value": kind,
            "label": kind,
            "count": count,
            "toggle_url": self.ds.absolute_url(self.request, toggled(self.request, kind)),
            "selected": selected,
        }
