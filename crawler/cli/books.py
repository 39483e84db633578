"""What became of everything, on a terminal: while it goes on, and as a table at the end."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from pipelines.outcomes import Outcome

Counts = Mapping[tuple[str, str, Outcome], int]  # (portal, kind, outcome) → number of URLs
Portals = Mapping[str, Mapping[tuple[str, Outcome], int]]  # the same by portal
_STORED = (Outcome.NEW, Outcome.REVISED)


def progress(counts: Counts, doing: str) -> AbstractContextManager[object]:
    """Show the sums of growing books on a terminal; nothing where there is none."""
    console = Console(stderr=True)
    if not console.is_terminal or os.environ.get("TERM") == "dumb":
        return nullcontext()

    def line() -> Text:
        totals: Counter[Outcome] = Counter()
        for (_, _, outcome), urls in list(counts.items()):
            totals[outcome] += urls
        counted = " · ".join(f"{outcome} {urls}" for outcome, urls in totals.most_common())
        return Text(f"{doing}  {counted or '…'}")

    return Live(get_renderable=line, console=console, refresh_per_second=4, transient=True)


def show_table(portals: Portals) -> None:
    """Print the table of outcomes, one line a portal."""
    seen = {outcome for counts in portals.values() for _, outcome in counts}
    outcomes = [outcome for outcome in Outcome if outcome in seen]
    table = Table("portal", *outcomes, "sum", box=None, header_style="bold", pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for portal, counts in portals.items():
        by_outcome: Counter[Outcome] = Counter()
        for (_, outcome), urls in counts.items():
            by_outcome[outcome] += urls
        cells = [str(by_outcome[outcome] or "") for outcome in outcomes]
        table.add_row(portal, *cells, str(by_outcome.total()))
    console().print(table)


def show_stored(portals: Portals) -> None:
    """Print how many articles a command stored."""
    articles = sum(
        urls for counts in portals.values() for (_, outcome), urls in counts.items() if outcome in _STORED
    )
    number = "1 article" if articles == 1 else f"{articles} articles"
    said = f"{number} stored" if articles else "nothing new: no article stored"
    console().print(said, markup=False, highlight=False)


def console() -> Console:
    """Return the console of standard output: as wide as the terminal, or wide enough for a file."""
    return Console(width=None if sys.stdout.isatty() else 200)


def by_portal(counts: Counts) -> dict[str, Counter[tuple[str, Outcome]]]:
    """Return portal → (kind, outcome) → number of URLs, portals in order of their names."""
    portals: dict[str, Counter[tuple[str, Outcome]]] = {}
    for (portal, kind, outcome), urls in sorted(counts.items()):
        portals.setdefault(portal, Counter())[kind, outcome] += urls
    return portals
