"""Figures as Markdown tables, the way the docs print them."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.scoring import Tally

_COLUMNS = {
    "f1": "body F1",
    "precision": "P",
    "recall": "R",
    "headline": "headline",
    "minute": "date, minute",
    "day": "date, day",
    "author": "author",
    "leak": "leak",
}


def accuracy_table(tallies: Mapping[str, Tally]) -> str:
    """Return one row per extractor; columns that no extractor has a figure in are left out."""
    rows = {name: tally.row() for name, tally in tallies.items() if tally.marks or tally.overlaps}
    columns = [key for key in _COLUMNS if any(row[key] is not None for row in rows.values())]
    head = ["", *(_COLUMNS[key] for key in columns)]
    return markdown(head, [[name, *(_rate(row[key]) for key in columns)] for name, row in rows.items()])


def speed_table(corpora: Mapping[str, Mapping[str, Tally]], unit: str) -> str:
    """Return pages per CPU second by corpus, with the ratio to `unit` in brackets."""
    names = list(dict.fromkeys(name for tallies in corpora.values() for name in tallies))
    rows = []
    for name in names:
        cells = []
        for tallies in corpora.values():
            speed, base = (_speed(tallies.get(each)) for each in (name, unit))
            cells.append(f"{speed:.0f} ({speed / base:.1f} ×)" if speed and base else _count(speed))
        rows.append([name, *cells])
    return markdown(["pages per CPU second", *corpora], rows)


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _speed(tally: Tally | None) -> float | None:
    return tally.row()["pages_per_second"] if tally else None


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def _count(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
